"""Answers in a person's own words: taken where they are as plain as a tap, asked back where not."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.answers import Commitment, Effect
from app.domain.reading.saying_no import Said, says
from app.domain.triage.questions import Question
from app.domain.understood import Read
from app.words.reading.asked_back import AskedBack
from app.words.triage.answers import EFFECT_SAID
from app.words.triage.typed_answers import FORM_ONLY, HOW, NONE, how, read_answer
from tests.words.triage.phrases_answers import ASKED, READ

TODAY = date(2026, 12, 2)
BY_TAP = [question for question in Question if question not in FORM_ONLY]


def answer(question: str, text: str) -> Read[object] | AskedBack[object]:
    return read_answer(text, Question(question), today=TODAY)


@pytest.mark.parametrize(("question", "text", "said"), READ)
def test_an_answer_is_taken_the_way_it_was_meant(question: str, text: str, said: str) -> None:
    found = answer(question, text)
    assert isinstance(found, Read), found
    assert found.said == said


@pytest.mark.parametrize(("question", "text", "offered"), ASKED)
def test_what_is_not_as_plain_as_a_tap_is_asked_back(question: str, text: str, offered: tuple[str, ...]) -> None:
    found = answer(question, text)
    assert isinstance(found, AskedBack), found
    assert tuple(one.said for one in found.candidates) == offered


@pytest.mark.parametrize("question", BY_TAP)
@pytest.mark.parametrize("today", [TODAY, date(2026, 12, 5), date(2027, 12, 31), date(2028, 2, 29)])
def test_a_refusal_proposes_no_words_that_it_then_refuses(question: Question, today: date) -> None:
    proposed = re.findall("“(.+?)”", how(question, today))
    if question is Question.UNDO:
        proposed = ["hours", "days", "weeks", "months", "never"]
    if question is Question.UNDO_COST:
        listed = HOW[question].split("one of: ")[1].rstrip(".")
        proposed = [one.strip().removeprefix("or ") for one in listed.split(",")]
    for one in proposed:
        assert isinstance(read_answer(one, question, today=today), Read), one


@pytest.mark.parametrize("effect", list(Effect))
@pytest.mark.parametrize("form", ["no {}", "not {}", "without any {}", "{} is not touched", "never {}"])
def test_a_denied_effect_is_never_ticked(effect: Effect, form: str) -> None:
    text = form.format({"data_gone": "data deleted"}.get(effect.value, EFFECT_SAID[effect]))
    found = answer("effects", text)
    for one in [found] if isinstance(found, Read) else found.candidates:
        assert isinstance(one.value, frozenset)
        assert effect not in one.value


@pytest.mark.parametrize("word", ["no", "not", "never", "none", "nicht", "kein", "pas", "sin", "inte", "isn't"])
def test_what_denies_anything_threatens_no_commitment_by_itself(word: str) -> None:
    found = answer("commitment", f"the Q4 target is {word} part of it")
    assert not (isinstance(found, Read) and found.value == Commitment(True, f"the Q4 target is {word} part of it"))


@given(st.sampled_from(BY_TAP), st.text(max_size=40))
def test_any_text_is_an_answer_or_a_sentence(question: Question, text: str) -> None:
    found = read_answer(text, question, today=TODAY)
    assert found.said if isinstance(found, Read) else found.sentence


@given(st.sampled_from(sorted(NONE)), st.sampled_from(["but", "except", "however", "unless"]))
def test_a_no_with_a_but_is_no_plain_no(question: Question, but: str) -> None:
    assert says(f"No, {but} the Q4 target") is not Said.NO
    assert read_answer(f"No, {but} one thing", question, today=TODAY) != NONE[question]
