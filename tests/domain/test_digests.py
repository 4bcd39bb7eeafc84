"""Rows in, figures out: what is urgent, who acts next, how long decisions waited."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.domain.digests import Figures, Row, Settled, figures
from app.domain.lifecycle import OPEN, Status
from app.domain.who_acts_next import Standing

TODAY = date(2026, 11, 23)


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


def test_what_was_settled_is_told_apart_and_its_wait_is_the_median() -> None:
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
    assert found.waited_days == 1
    assert not found.nothing


def test_a_clock_that_went_backwards_counts_as_no_wait() -> None:
    assert figures([], [settled("D-1", Status.APPROVED, -3)], TODAY).waited_days == 0


def test_an_empty_channel_has_nothing_to_tell() -> None:
    assert figures([], [], TODAY) == Figures()
    assert Figures().nothing
    assert Figures().waited_days is None


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
