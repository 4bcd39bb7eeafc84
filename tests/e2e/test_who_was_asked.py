"""Question 7: a result belongs to a person, and a person to a result."""

import pytest

from demo.stories import Telling
from tests.e2e import scenes


@pytest.mark.parametrize(
    ("who", "result", "sentence"),
    [
        (None, "cannot_decide", "Choose who was asked as peer."),
        (None, "no_answer", "Choose who was asked as peer."),
        ("sam", "disagree", "Name somebody else: you can't have asked yourself."),
        ("priya", "not_asked", "What did the peer say? Choose the result below their name."),
    ],
)
def test_a_rung_counts_as_asked_with_a_person_and_what_they_said(
    shown: Telling, who: str | None, result: str, sentence: str
) -> None:
    sam = shown.cast.sam
    id = scenes.asks(shown, 5)
    person = {"who_peer": getattr(shown.cast, who)} if who else {}
    shown.taps(sam, "answer_form", fill={**person, "result_peer": result})
    assert sentence in scenes.last(sam)
    assert scenes.decision(shown, id).answers.tried is None
    shown.taps(sam, "answer_form", fill={"who_peer": shown.cast.priya, "result_peer": "cannot_decide"})
    tried = scenes.decision(shown, id).answers.tried
    assert tried
    assert tried[0].who == shown.cast.priya.id
