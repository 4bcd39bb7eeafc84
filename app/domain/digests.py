"""Rows → figures: what a channel's digest says, worked out without Slack, SQL or a clock.

What is open, most urgent first; what was settled since the last digest, and how long
it had waited. Private decisions never get here: the query leaves them out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.domain.insights.cases import days_between
from app.domain.insights.crowd import is_crowd
from app.domain.insights.survival import FEWEST_ENDS, End, Wait, kaplan_meier
from app.domain.lifecycle import OPEN, Status
from app.domain.who_acts_next import Standing

THIS_WEEK = timedelta(days=7)
"""Due within seven days counts as this week, whatever the weekday."""

DEFLECTED = frozenset({Status.DEFLECTED, Status.LEARNED})
"""Two-way doors: their team decided, no leader did."""

DECIDED = frozenset({Status.APPROVED, Status.DECLINED, Status.IMPLEMENTED, Status.REVIEWED})
"""One-way doors that got their answer."""


@dataclass(frozen=True)
class Row:
    """One open decision."""

    name: str  # D-42
    title: str
    status: Status
    standing: Standing  # of which it follows who acts next
    deadline: date | None
    created: date


@dataclass(frozen=True)
class Settled:
    """One decision that was deflected or decided. Both moments are aware."""

    name: str
    title: str
    status: Status
    created_at: datetime
    decided_at: datetime
    owner: str  # a user id
    signers: tuple[str, ...]  # user ids


@dataclass(frozen=True)
class Waited:
    """Days until half of a year's decisions had their answer, counting those that still wait; None: not yet known."""

    median_days: float | None
    decisions: int


@dataclass(frozen=True)
class Figures:
    """Open decisions, most urgent first, and what was settled, oldest first."""

    overdue: tuple[Row, ...] = ()
    this_week: tuple[Row, ...] = ()
    waiting: tuple[Row, ...] = ()
    deflected: tuple[Settled, ...] = ()
    decided: tuple[Settled, ...] = ()
    waited: Waited | None = None

    @property
    def nothing(self) -> bool:
        """Nothing is open and nothing was settled: a digest that would only be noise."""
        return not (self.overdue or self.this_week or self.waiting or self.deflected or self.decided)


def figures(rows: Iterable[Row], settled: Iterable[Settled], today: date, waited: Waited | None = None) -> Figures:
    """Sort what is open by urgency as of ``today``, and count what was settled. Closed rows are left out."""
    in_order = sorted((row for row in rows if row.status in OPEN), key=_urgency)
    done = sorted((one for one in settled if one.status in DEFLECTED | DECIDED), key=lambda one: one.decided_at)
    week = today + THIS_WEEK
    return Figures(
        overdue=tuple(row for row in in_order if row.deadline is not None and row.deadline < today),
        this_week=tuple(row for row in in_order if row.deadline is not None and today <= row.deadline <= week),
        waiting=tuple(row for row in in_order if row.deadline is None or row.deadline > week),
        deflected=tuple(one for one in done if one.status in DEFLECTED),
        decided=tuple(one for one in done if one.status in DECIDED),
        waited=waited,
    )


def _urgency(row: Row) -> tuple[date, date]:
    """The earliest deadline first; without one, what was raised first."""
    return row.deadline or date.max, row.created


@dataclass(frozen=True)
class Begun:
    """One decision of the channel, open or not, of whoever brought it up. ``ended``: by ``end``, where it did."""

    begun: datetime
    ended: datetime | None
    end: End | None
    by: str


WAITED_OVER = timedelta(days=365)
"""How far back a digest looks to say how long decisions take."""


def waited(begun: Iterable[Begun], now: datetime) -> Waited | None:
    """How long decisions of a channel take, with those still open; None where it is of too few to be told."""
    known = list(begun)
    waits = [
        Wait(days_between(one.begun, min(one.ended or now, now)), one.end if one.ended and one.ended <= now else None)
        for one in known
    ]
    found = kaplan_meier(waits)
    if found.events < FEWEST_ENDS or not is_crowd(one.by for one in known):
        return None
    return Waited(found.median, len(known))
