"""A decision as insights see it: when it began and ended, what was judged, and what came of it. No words, no names."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from app.domain.answers import Undo
from app.domain.findings import GateName
from app.domain.insights.forecasts import Forecast, Interval
from app.domain.insights.survival import End, Wait
from app.domain.ladder import Rung
from app.domain.lifecycle import Status
from app.domain.looking_back import Right, Undone
from app.domain.triage.doors import Door

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Asked:
    """One signer who was asked, and when they answered; None: not yet, or handed over at ``left``."""

    who: str
    rung: Rung | None  # None: bar raiser
    at: datetime
    answered: datetime | None = None
    left: datetime | None = None  # no longer asked from then on

    def wait(self, on: datetime) -> Wait:
        """As known at that moment."""
        until = min(one for one in (self.answered, self.left, on) if one is not None)
        answered = self.answered is not None and self.answered <= on
        return Wait(days_between(self.at, until), End.DECIDED if answered else None)


@dataclass(frozen=True)
class Seen:
    """What a look back wrote down in choices and figures."""

    at: datetime
    right: Right
    undone: Undone | None = None
    undo_took: Undo | None = None
    forecast: Forecast | None = None
    interval: Interval | None = None


@dataclass(frozen=True)
class Case:
    """``people``: requester and owner, by id; they are counted, never told. ``seen``: the learning check or the review;
    ``revisited``: what came of a no that somebody went along with. All moments are aware."""

    begun: datetime
    status: Status
    people: frozenset[str]
    ended: datetime | None = None
    end: End | None = None
    door: Door | None = None
    rung: Rung | None = None
    overridden: tuple[GateName, ...] = ()  # gates that had failed when it went on all the same
    disagreed: bool = False  # somebody on the rung below said so
    seen: Seen | None = None
    revisited: Seen | None = None
    asked: tuple[Asked, ...] = field(default=())
    imported: bool = False

    def wait(self, on: datetime) -> Wait:
        """How long it was watched until ``on``, and how it had ended by then."""
        if self.ended is not None and self.ended <= on:
            return Wait(days_between(self.begun, self.ended), self.end)
        return Wait(days_between(self.begun, on), None)

    def as_known(self, on: datetime) -> Case | None:
        """The same as it was known at that moment; None where it had not begun. What ended later was open then."""
        if self.begun >= on:
            return None
        ended = self.ended is not None and self.ended <= on
        return replace(
            self,
            status=self.status if ended or self.ended is None else Status.TRIAGE,
            ended=self.ended if ended else None,
            end=self.end if ended else None,
            seen=self.seen if self.seen and self.seen.at <= on else None,
            revisited=self.revisited if self.revisited and self.revisited.at <= on else None,
            asked=tuple(one for one in self.asked if one.at < on),
        )


def days_between(begun: datetime, ended: datetime) -> float:
    """Never below zero: clocks of two machines may differ by a breath."""
    return max(0.0, (ended - begun) / _DAY)
