"""Rows in, figures out: what is urgent, who acts next, how long decisions waited."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.domain.digests import Begun, Figures, Row, Settled, Waited, figures, waited
from app.domain.insights.survival import End
from app.domain.lifecycle import OPEN, Status
from app.domain.who_acts_next import Standing

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def row(
    name: str = "D-1",
    status: Status = Status.IN_REVIEW,
    deadline: date | None = None,
    created: date = TODAY,
) -> Row:
    return Row(name, "Tighten the return policy", status, Standing(status, "U1", "U1"), deadline, created)


def settled(name: str, status: Status, waited: float, at: datetime = datetime(2026, 11, 20, 12, tzinfo=UTC)) -> Settled:
    return Settled(name, "Drop the beta flag", status, at - timedelta(days=waited), at, "U1", ("U2",))


def names(rows: tuple[Row, ...] | tuple[Settled, ...]) -> list[str]:
    return [one.name for one in rows]


def test_open_decisions_are_overdue_due_this_week_or_waiting() -> None:
    found = figures(
        [
            row("late", deadline=TODAY - timedelta(days=1)),
            row("today", deadline=TODAY),
            row("in seven", deadline=TODAY + timedelta(days=7)),
            row("in eight", deadline=TODAY + timedelta(days=8)),
            row("undated"),
        ],
        [],
        TODAY,
    )
    assert names(found.overdue) == ["late"]
    assert names(found.this_week) == ["today", "in seven"]
    assert names(found.waiting) == ["in eight", "undated"]


def test_without_a_deadline_the_one_raised_first_comes_first() -> None:
    found = figures([row("new"), row("old", created=TODAY - timedelta(days=9))], [], TODAY)
    assert names(found.waiting) == ["old", "new"]


def test_what_has_closed_is_not_shown_as_open() -> None:
    found = figures([row(status=Status.APPROVED), row(status=Status.WITHDRAWN)], [], TODAY)
    assert found.nothing


def test_what_was_settled_is_told_apart() -> None:
    found = figures(
        [],
        [
            settled("D-1", Status.DEFLECTED, 0.25),
            settled("D-2", Status.LEARNED, 1),
            settled("D-3", Status.APPROVED, 9),
            settled("D-4", Status.WITHDRAWN, 90),
        ],
        TODAY,
    )
    assert names(found.deflected) == ["D-1", "D-2"]
    assert names(found.decided) == ["D-3"]
    assert not found.nothing


def begun(days_ago: float, answered_after: float | None, by: str, end: End = End.DECIDED) -> Begun:
    at = NOW - timedelta(days=days_ago)
    ended = None if answered_after is None else at + timedelta(days=answered_after)
    return Begun(at, ended, end if ended else None, by)


def test_how_long_decisions_take_counts_those_that_still_wait() -> None:
    quick = [begun(20, days, by) for days, by in ((1, "UA"), (1, "UB"), (2, "UC"), (2, "UA"), (3, "UB"))]
    assert waited(quick, NOW) == Waited(2, 5)
    slow = [begun(20, None, "UC") for _ in range(4)]
    assert waited(quick + slow, NOW) == Waited(3, 9)
    assert waited(quick + slow * 2, NOW) == Waited(None, 13)


def test_how_long_decisions_take_is_not_told_of_a_handful_or_of_two_people() -> None:
    assert waited([begun(20, 1, by) for by in ("UA", "UB", "UC", "UD")], NOW) is None
    assert waited([begun(20, 1, by) for by in ("UA", "UB") * 3], NOW) is None


def test_a_clock_that_went_backwards_counts_as_no_wait() -> None:
    assert waited([begun(3, -1, by) for by in ("UA", "UB", "UC", "UA", "UB")], NOW) == Waited(0, 5)


def test_an_empty_channel_has_nothing_to_tell() -> None:
    assert figures([], [], TODAY) == Figures()
    assert Figures().nothing
    assert waited([], NOW) is None


days = st.integers(-400, 400).map(lambda n: TODAY + timedelta(days=n))
rows = st.builds(
    row,
    name=st.uuids().map(str),
    status=st.sampled_from(sorted(Status)),
    deadline=st.none() | days,
    created=days,
)


@given(st.lists(rows, max_size=30))
def test_every_open_row_is_told_once_and_deadlines_never_go_backwards(given_rows: list[Row]) -> None:
    found = figures(given_rows, [], TODAY)
    told = [*found.overdue, *found.this_week, *found.waiting]
    assert sorted(names(tuple(told))) == sorted(one.name for one in given_rows if one.status in OPEN)
    dates = [one.deadline or date.max for one in told]
    assert all(a <= b for a, b in pairwise(dates))
