"""Every reason for which a reader asks back has its sentence, whatever its figures are."""

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.library.asking import Narrowing, NoSuch
from app.domain.people.places import PlaceDoubt
from app.domain.reading.amounts import AmountDoubt
from app.domain.reading.days.doubts import DayDoubt, NotInMonth, Open, OtherWeekday
from app.domain.understood import Refused
from app.words.reading import days, money, places, wanted
from tests.findings import DAYS, any_one

TODAY = date(2026, 11, 23)
WITHIN = {
    NotInMonth: st.builds(NotInMonth, st.integers(29, 31), st.integers(1, 12), st.none() | st.integers(1, 9999)),
    OtherWeekday: st.builds(OtherWeekday, DAYS, st.integers(0, 6), st.none() | DAYS),
}
"""Those whose figures are no figures at random."""


def is_a_sentence(said: str) -> bool:
    return said[0] in "“" or said[0].isupper() or said[0].isdigit()


@pytest.mark.parametrize("kind", get_args(DayDoubt))
@given(st.data())
def test_every_doubt_about_a_day_is_said_with_what_may_be_typed(kind: type, data: st.DataObject) -> None:
    why = data.draw(WITHIN[kind] if kind in WITHIN else any_one(kind))
    said = days.say(why, TODAY)
    assert is_a_sentence(said)
    assert said.endswith(".")
    assert "None" not in said
    assert days.asked_back(Refused(why), TODAY).sentence == f"{said} {days.how(TODAY)}"


def test_whatever_leaves_a_day_open_has_its_words() -> None:
    assert set(days.LEFT_OPEN) == set(get_args(Open))


@pytest.mark.parametrize("kind", get_args(AmountDoubt))
@given(st.data())
def test_every_doubt_about_money_is_said_with_what_to_type(kind: type, data: st.DataObject) -> None:
    said = money.say(data.draw(any_one(kind)))
    assert is_a_sentence(said)
    assert said.endswith(".")
    assert any(word in said for word in ("Type", "Write", "Check", "like"))


@pytest.mark.parametrize("kind", get_args(PlaceDoubt))
@given(st.data())
def test_every_doubt_about_a_place_is_said(kind: type, data: st.DataObject) -> None:
    said = places.say(data.draw(any_one(kind)))
    assert is_a_sentence(said)
    assert said[-1] in ".?"


@pytest.mark.parametrize("name", get_args(Narrowing))
def test_what_narrows_a_search_and_is_none_is_said_with_what_there_is(name: Narrowing) -> None:
    said = wanted.say(NoSuch(name, "whatever"))
    assert "“whatever”" in said
    assert any(word in said for word in ("There are", "Choose", "Write"))
