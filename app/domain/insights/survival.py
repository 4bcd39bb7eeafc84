"""How long it takes, counting what is still open: Kaplan and Meier's estimate with its band.

Leaving out what is open makes every wait look short, since the slow ones are the open ones. Here each case counts for
as long as it was watched. What ended otherwise (withdrawn, expired) leaves the count at that moment, as what is open
does; how often each end comes is told beside it, by Aalen and Johansen's estimate, which takes no end for another.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

SURE = 0.95
"""How sure every band is."""

FEWEST_ENDS = 5
"""Below so many ends a median is one of a handful of cases: it is not said."""

HALF = 0.5
_EXACTLY = 1e-12
"""A product of shares that comes to one half by rule may come out a hair above it."""


class End(StrEnum):
    """How a decision ended, seen from the wait for an answer."""

    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Wait:
    """How long one case was watched, in days, and how it ended; ``end`` None: it was still open then."""

    days: float
    end: End | None


@dataclass(frozen=True)
class Point:
    """A moment at which somebody got an answer. Shares are from 0 to 1."""

    days: float
    at_risk: int  # cases watched up to here
    events: int  # those that ended here, by the end that is asked about
    waiting: float  # the share still waiting after this moment
    low: float
    high: float


@dataclass(frozen=True)
class Curve:
    """The share still waiting, over the days. Begins at 1; between two points it stays as it is."""

    points: tuple[Point, ...]
    cases: int
    events: int
    longest: float  # days the longest watched case was watched

    @property
    def median(self) -> float | None:
        """Days until half of all have their answer; None where that is not known yet."""
        return self._reaches([point.waiting for point in self.points])

    @property
    def median_low(self) -> float | None:
        """Where the band's lower edge has come down to one half: the shortest median that fits."""
        return self._reaches([point.low for point in self.points])

    @property
    def median_high(self) -> float | None:
        """The longest median that fits; None where there is no telling."""
        return self._reaches([point.high for point in self.points])

    def _reaches(self, shares: Sequence[float]) -> float | None:
        passed = (point.days for point, share in zip(self.points, shares, strict=True) if share <= HALF + _EXACTLY)
        return next(passed, None)

    def waiting_after(self, days: float) -> float:
        """The share still waiting after so many days."""
        return next((point.waiting for point in reversed(self.points) if point.days <= days), 1.0)


def kaplan_meier(waits: Iterable[Wait], of: Iterable[End] = (End.DECIDED,), sure: float = SURE) -> Curve:
    """The share still waiting for one of the ends ``of``. The band is Greenwood's, on the log-log scale, so that it
    stays between 0 and 1; where nobody is left waiting it has no width, and says nothing."""
    asked, z = frozenset(of), NormalDist().inv_cdf((1 + sure) / 2)
    watched = list(waits)
    ended = Counter(wait.days for wait in watched if wait.end in asked)
    leaving = Counter(wait.days for wait in watched)
    points, at_risk, waiting, variance = list[Point](), len(watched), 1.0, 0.0
    for days in sorted(leaving):
        if events := ended.get(days, 0):
            left = at_risk - events
            waiting = waiting * left / at_risk
            variance += events / (at_risk * left) if left else 0.0
            low, high = _band(waiting, variance, z)
            points.append(Point(days, at_risk, events, waiting, low, high))
        at_risk -= leaving[days]
    return Curve(tuple(points), len(watched), sum(ended.values()), max(leaving, default=0.0))


def _band(waiting: float, variance: float, z: float) -> tuple[float, float]:
    if not 0.0 < waiting < 1.0:
        return waiting, waiting
    log = math.log(waiting)
    spread = z * math.sqrt(variance) / log
    return math.exp(-math.exp(math.log(-log) - spread)), math.exp(-math.exp(math.log(-log) + spread))


def how_they_ended(waits: Iterable[Wait]) -> Mapping[End, tuple[tuple[float, float], ...]]:
    """For each end the share that has come to it by when: (days, share), growing. Aalen and Johansen's estimate: the
    shares and what still waits add up to 1 at every moment."""
    watched = list(waits)
    by_end = {end: Counter(wait.days for wait in watched if wait.end is end) for end in End}
    leaving = Counter(wait.days for wait in watched)
    found: dict[End, list[tuple[float, float]]] = {end: [] for end in End}
    reached, at_risk, waiting = dict.fromkeys(End, 0.0), len(watched), 1.0
    for days in sorted(leaving):
        here = {end: by_end[end].get(days, 0) for end in End}
        for end, events in here.items():
            if events:
                reached[end] += waiting * events / at_risk
                found[end].append((days, reached[end]))
        waiting = waiting * (at_risk - sum(here.values())) / at_risk
        at_risk -= leaving[days]
    return {end: tuple(points) for end, points in found.items()}
