"""What many decisions say together, and that nothing is told about fewer than three people."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.answers import Undo
from app.domain.findings import GateName
from app.domain.insights.cases import Asked, Case, Seen
from app.domain.insights.crowd import FEWEST_PEOPLE, kept_back
from app.domain.insights.figures import as_json, as_rows
from app.domain.insights.forecasts import Forecast, Interval
from app.domain.insights.report import ALL, Hindsight, hindsight, report
from app.domain.insights.survival import End
from app.domain.ladder import Rung
from app.domain.lifecycle import Status
from app.domain.looking_back import Right, Undone
from app.domain.triage.doors import Door
from app.words import insights as words

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
BEGUN = NOW - timedelta(days=90)
PEOPLE = ("UA", "UB", "UC", "UD")


def case(number: int = 0, days: float | None = 3, **changed: Any) -> Case:
    known: dict[str, Any] = {
        "begun": BEGUN, "status": Status.APPROVED, "people": frozenset({PEOPLE[number % 4]}),
        "ended": None if days is None else BEGUN + timedelta(days=days), "end": None if days is None else End.DECIDED,
        "door": Door.ONE_WAY, "rung": Rung.VP,
    }  # fmt: skip
    return Case(**{**known, **changed})


def seen(undone: Undone | None = None, took: Undo | None = None, right: Right = Right.YES, **changed: Any) -> Seen:
    return replace(Seen(BEGUN + timedelta(days=40), right, undone, took), **changed)


def test_what_is_open_counts_as_open_and_other_ends_as_other_ends() -> None:
    cases = [case(at, days) for at, days in enumerate((1, 2, 3, 4, 5, None, None, None))]
    cases.append(case(0, 6, end=End.WITHDRAWN, status=Status.WITHDRAWN))
    found = report(cases, NOW).waits[ALL]
    assert (found.cases, found.open, found.ended[End.DECIDED], found.ended[End.WITHDRAWN]) == (9, 3, 5, 1)
    assert found.median == 5


def test_a_median_of_fewer_than_five_is_not_told() -> None:
    found = report([case(at, 3) for at in range(4)], NOW).waits[ALL]
    assert found.median is None
    assert "not yet known: fewer than 5" in words.waits_said(ALL, found)


def test_as_known_on_a_day_what_was_decided_later_is_open() -> None:
    cases = [case(at, days) for at, days in enumerate((1, 2, 30, 40, 50))]
    then = report(cases, BEGUN + timedelta(days=10)).waits[ALL]
    assert (then.open, then.ended[End.DECIDED]) == (3, 2)
    assert report(cases, BEGUN).cases == 0
    assert report(cases, NOW, since=BEGUN + timedelta(days=1)).cases == 0


@pytest.mark.parametrize(
    ("undone", "took", "found"),
    [
        (Undone.YES, Undo.DAYS, Hindsight.TWO_WAY), (Undone.YES, Undo.WEEKS, Hindsight.ONE_WAY),
        (Undone.COULD_NOT, None, Hindsight.ONE_WAY), (Undone.NO, None, Hindsight.NOT_TRIED),
        (None, None, Hindsight.NOT_ANSWERED),
    ],
)  # fmt: skip
def test_what_a_door_turned_out_to_be(undone: Undone | None, took: Undo | None, found: Hindsight) -> None:
    assert hindsight(case(seen=seen(undone, took))) is found
    assert hindsight(case()) is Hindsight.NOT_ANSWERED


def test_doors_are_held_against_hindsight_with_those_not_answered() -> None:
    wrong = [case(at, door=Door.TWO_WAY, seen=seen(Undone.YES, Undo.MONTHS)) for at in range(3)]
    right = [case(at, door=Door.TWO_WAY, seen=seen(Undone.YES, Undo.HOURS)) for at in range(6)]
    found = report([*wrong, *right, *(case(at, door=Door.TWO_WAY) for at in range(3))], NOW)
    assert found.doors.cells[Door.TWO_WAY, Hindsight.ONE_WAY] == 3
    assert found.doors.cells[Door.TWO_WAY, Hindsight.NOT_ANSWERED] == 3
    share = found.doors.wrong[Door.TWO_WAY]
    assert share is not None
    assert (share.hits, share.of) == (3, 9)
    assert found.deflected is not None
    assert found.deflected.value == 1


def test_overridden_gates_say_what_became_of_them() -> None:
    cases = [
        case(at, overridden=(GateName.TRIED,), seen=seen(right=Right.NO if at == 0 else Right.YES)) for at in range(4)
    ]
    cases.append(case(1, None, overridden=(GateName.TRIED,), status=Status.IN_REVIEW))
    found = report(cases, NOW).overridden[GateName.TRIED]
    assert (found.cases, found.approved, found.open, found.right[Right.NO]) == (5, 4, 1, 1)
    assert "Of 4 looked back on, 1 was wrong." in words.became_said(GateName.TRIED, found)


def test_dissent_that_was_right_is_counted() -> None:
    below = [case(at, disagreed=True, seen=seen(right=Right.NO if at < 2 else Right.YES)) for at in range(4)]
    again = [
        case(at, status=Status.DECLINED, revisited=seen(right=Right.NO if at == 0 else Right.YES)) for at in range(3)
    ]
    found = report([*below, *again], NOW)
    assert found.disagreed is not None
    assert found.revisited is not None
    assert (found.disagreed.hits, found.disagreed.of) == (2, 4)
    assert (found.revisited.hits, found.revisited.of) == (1, 3)


def test_how_long_signers_take_counts_those_who_have_not_answered() -> None:
    def asked(who: str, days: float | None) -> Asked:
        return Asked(who, Rung.VP, BEGUN, None if days is None else BEGUN + timedelta(days=days))

    cases = [case(at, None, asked=(asked(f"US{at % 3}", days),)) for at, days in enumerate((1, 2, 3, 4, 5, None))]
    found = report(cases, NOW).signers["vp"]
    assert (found.cases, found.open, found.median) == (6, 1, 3)
    assert report([case(at, None, asked=(asked("US", 1),)) for at in range(6)], NOW).signers == {}


def test_of_predictions_nothing_is_told_below_ten() -> None:
    def foretold(count: int, people: int = 4) -> list[Case]:
        return [
            case(at % people, seen=seen(forecast=Forecast(0.7, at % 10 < 7), interval=Interval(1, 2, 1.5)))
            for at in range(count)
        ]

    nothing = report(foretold(9), NOW).calibration
    assert (nothing.score, nothing.steps, nothing.coverage) == (None, (), None)
    assert "9 predictions with a probability so far; from 10 on" in " ".join(words.calibration_said(nothing))
    found = report(foretold(10), NOW).calibration
    assert found.score is not None
    assert found.coverage is not None
    assert found.score.reliability == pytest.approx(0)
    assert found.coverage.value == 1
    assert report(foretold(20, people=2), NOW).calibration.score is None


CELLS = st.dictionaries(st.integers(0, 8), st.lists(st.sampled_from("abcdef"), max_size=5), max_size=8)


@given(CELLS)
def test_what_is_kept_back_is_of_three_people_or_all_there_is(cells: Mapping[int, Iterable[str]]) -> None:
    back = kept_back(cells)
    filled = {key for key, who in cells.items() if who}
    assert all(len(set(cells[key])) >= FEWEST_PEOPLE for key in filled - back)
    together = {who for key in back for who in cells[key]}
    assert not back or len(together) >= FEWEST_PEOPLE or back == filled


@given(st.lists(st.builds(
    case, st.integers(0, 3), st.sampled_from([None, 1.0, 5.0]), door=st.sampled_from([None, *Door]),
    rung=st.sampled_from([None, *Rung]), seen=st.sampled_from([None, seen(Undone.YES, Undo.DAYS), seen(Undone.NO)]),
    overridden=st.sampled_from([(), (GateName.TRIED,)]),
), max_size=25))  # fmt: skip
def test_no_cell_is_of_fewer_than_three_people(cases: list[Case]) -> None:
    found = report(cases, NOW)
    for (door, was), number in found.doors.cells.items():
        if number:
            assert len({who for one in cases if one.door is door and hindsight(one) is was for who in one.people}) >= 3
    for name in found.waits:
        group = [one for one in cases if name in (ALL, one.door, one.rung)]
        assert len({who for one in group for who in one.people}) >= 3
    assert not any(who in str(as_json(found)) for who in PEOPLE)
    assert len({len(row) for row in as_rows(found)}) == 1
