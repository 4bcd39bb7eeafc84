"""Were we as sure as we should have been? Predictions with a probability, and intervals that one was 80% sure of.

A forecast is not wrong because the less likely came. What can be asked of many: of those made with 70%, did about 70 of
100 come true? And of the intervals that four of five should hold, how many did?
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.insights.shares import Share, share

SURE_OF_INTERVAL = 0.8
"""How sure whoever gives an interval is that it holds what comes."""

STEPS = 10
"""Steps of a reliability plot, equally wide: 0 to 10%, 10 to 20%, …"""

FEWEST = 10
"""Below so many forecasts nothing is said: chance would be read as a habit."""


@dataclass(frozen=True)
class Forecast:
    """A probability from 0 to 1, and whether it came."""

    probability: float
    came: bool


@dataclass(frozen=True)
class Interval:
    """What one was 80% sure it would lie in, and where it came to lie."""

    low: float
    high: float
    actual: float

    @property
    def holds(self) -> bool:
        return self.low <= self.actual <= self.high


@dataclass(frozen=True)
class Step:
    """The forecasts of one step: what was said in the mean, and how often it came."""

    said: float
    came: Share


@dataclass(frozen=True)
class Brier:
    """The mean square of what forecasts were off by: 0 is perfect, 0.25 is what “fifty-fifty” always gets.

    ``score == reliability - resolution + uncertainty``. Reliability: what is lost where said and came differ, less is
    better. Resolution: what is gained by telling cases apart, more is better. Uncertainty: what it was about. Within a
    step forecasts differ a little; what that gains or costs counts with the resolution, so that the parts add up.
    """

    score: float
    reliability: float
    resolution: float
    uncertainty: float
    base: float  # how often it came, of all
    forecasts: int


def steps_of(forecasts: Iterable[Forecast]) -> tuple[Step, ...]:
    """The reliability plot: a point for each step that has forecasts, at the mean of what was said in it."""
    return tuple(
        Step(
            math.fsum(one.probability for one in group) / len(group), share(sum(one.came for one in group), len(group))
        )
        for group in _grouped(forecasts)
    )


def brier(forecasts: Iterable[Forecast]) -> Brier | None:
    """The score with its parts; None where there are no forecasts."""
    given = list(forecasts)
    if not given:
        return None
    n = len(given)
    base = sum(one.came for one in given) / n
    score = math.fsum((one.probability - one.came) ** 2 for one in given) / n
    reliability, resolution = list[float](), list[float]()
    for group in _grouped(given):
        size = len(group)
        said, came = math.fsum(one.probability for one in group) / size, sum(one.came for one in group) / size
        reliability.append(size * (said - came) ** 2)
        within = math.fsum((one.probability - said) ** 2 for one in group)
        along = math.fsum((one.came - came) * (one.probability - said) for one in group)
        resolution.append(size * (came - base) ** 2 - within + 2 * along)
    return Brier(score, math.fsum(reliability) / n, math.fsum(resolution) / n, base * (1 - base), base, n)


def step_number(probability: float) -> int:
    """Into which step a forecast falls, from 0 on. Equal forecasts always fall into one."""
    return min(STEPS - 1, int(probability * STEPS + 1e-9))  # 0.3 times ten is a hair below three


def _grouped(forecasts: Iterable[Forecast]) -> Sequence[list[Forecast]]:
    steps: dict[int, list[Forecast]] = {}
    for one in forecasts:
        steps.setdefault(step_number(one.probability), []).append(one)
    return [steps[at] for at in sorted(steps)]


def coverage(intervals: Iterable[Interval]) -> Share:
    """How many of the intervals held what came."""
    given = list(intervals)
    return share(sum(one.holds for one in given), len(given))
