"""Every finding has its sentence, and what people typed is in the answers alone."""

from dataclasses import fields
from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.answers import Answers, Commitment, Deadline, Trial
from app.domain.findings import Finding, ToldBefore
from app.words.triage.verdict import Background, say
from tests.findings import any_one

TODAY = date(2026, 11, 23)
KINDS = [kind for kind in get_args(Finding) if kind is not ToldBefore]
TYPED = Answers(
    trial=Trial(True, "  three slots. ", "revenue a slot"),
    deadline=Deadline(True, "the holiday returns."),
    commitment=Commitment(True, "Launch in Q4."),
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("answers", [Answers(), TYPED], ids=["bare", "typed"])
@given(st.data())
def test_every_finding_is_one_sentence_whatever_its_figures_are(
    kind: type, answers: Answers, data: st.DataObject
) -> None:
    """Also where the words of the answers are gone."""
    said = say(data.draw(any_one(kind)), Background(answers, TODAY))
    assert said[0].isupper()
    assert said.endswith(".")
    assert not said.endswith("..")
    assert "  " not in said
    assert "None" not in said


@pytest.mark.parametrize("kind", KINDS)
def test_a_finding_names_its_answer_and_holds_no_words(kind: Any) -> None:
    assert kind.came_from in {field.name for field in fields(Answers)}
    assert {field.name for field in fields(kind) if field.type is str} <= {"who"}, "a user id is no word"


def test_the_kinds_are_told_apart_in_what_is_stored() -> None:
    names = [next(field.default for field in fields(kind) if field.name == "kind") for kind in get_args(Finding)]
    assert len(set(names)) == len(names)


def test_what_was_told_before_is_said_as_it_was() -> None:
    assert (
        say(ToldBefore("It can be undone within days."), Background(Answers(), TODAY))
        == "It can be undone within days."
    )
