"""The experiment that several teams agree to before it starts: arms, what is measured, the rule, and for how long."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import NormalDist

from app.domain.tradeoffs.objective_figures import Unit
from app.domain.tradeoffs.objective_types import Change, Direction, Metric

LEVEL = 0.045
"""Of experiments without an effect, at most so many are called conclusive. A hair under five in a hundred: what is
approximate about an interval of counts has to stay inside of that, too."""

POWER = 0.8
"""Of experiments with the planned effect and size, at least so many are."""

FEWEST = 100
"""In each arm, whatever a calculation says: below it the shape of the figures decides more than their mean."""

WHOLE_WEEKS = 7
"""Days. Mondays and Sundays are other customers: an experiment runs for whole weeks."""

LONGEST = timedelta(days=366)


def as_floats(one: object, *names: str) -> None:
    """2 and 2.0 are the same figure: kept as one, so that what is read back is what was written."""
    for name in names:
        if (value := getattr(one, name)) is not None:
            object.__setattr__(one, name, float(value))


@dataclass(frozen=True)
class Measure:
    """One metric of an experiment. ``today`` and ``spread``: its mean and the standard deviation of one customer;
    without a spread it is a share from 0 to 1. ``matters``: the smallest effect that would, ``may_lose``: the loss
    that nobody may exceed, ``worth``: of one unit, for an exchange; all three in ``unit``: per cent of what it is,
    percentage points, or its own."""

    name: str
    up_is_good: bool
    unit: Unit
    today: float | None = None
    spread: float | None = None
    matters: float | None = None
    may_lose: float | None = None
    worth: float | None = None

    def __post_init__(self) -> None:
        as_floats(self, "today", "spread", "matters", "may_lose", "worth")

    @property
    def is_share(self) -> bool:
        return self.spread is None

    @property
    def relative(self) -> bool:
        return self.unit is Unit.PERCENT

    def as_difference(self, effect: float) -> float | None:
        """An effect in ``unit`` as a difference of means or shares; None where today's figure is not known."""
        if self.unit is Unit.PERCENT:
            return None if not self.today else abs(self.today) * effect / 100
        return effect / 100 if self.unit is Unit.PERCENTAGE_POINTS else effect


@dataclass(frozen=True)
class Plan:
    """What every party agrees to. ``arms``: the first is as it is today. ``measures``: in the order in which they
    decide, those that only may not lose last. ``a_day``: how many customers come in a day, over all arms."""

    arms: tuple[str, ...]
    measures: tuple[Measure, ...]
    who_sees: str
    starts: date
    ends: date
    a_day: float | None
    needed: int
    """In each arm; they are drawn alike."""

    def __post_init__(self) -> None:
        as_floats(self, "a_day")

    @property
    def exchanged(self) -> tuple[Measure, ...]:
        """What is exchanged against each other; none where the order decides."""
        return tuple(one for one in self.measures if one.worth is not None)

    @property
    def deciding(self) -> tuple[Measure, ...]:
        """What can call an arm the better one: those with an effect that would matter, in their order."""
        return self.exchanged or tuple(one for one in self.measures if one.matters is not None)

    @property
    def guarded(self) -> tuple[Measure, ...]:
        return tuple(one for one in self.measures if one.may_lose is not None)

    @property
    def comparisons(self) -> int:
        """How many intervals could call an arm the better one."""
        others = len(self.arms) - 1
        return others if self.exchanged else others * len(self.deciding)

    @property
    def alpha(self) -> float:
        """Of one interval, two-sided: corrected for several arms and several metrics that decide."""
        return LEVEL / max(1, self.comparisons)

    @property
    def days(self) -> int:
        return (self.ends - self.starts).days


def measure_of(metric: Metric) -> Measure:
    """What a team's objective puts into the experiment: the change that it is after is the one that would matter."""
    unit, matters = metric.unit, float(metric.amount)
    today = float(metric.baseline) if metric.baseline is not None else None
    if metric.change is Change.TO:
        unit = Unit.PERCENTAGE_POINTS if metric.unit is Unit.PERCENT else metric.unit
        matters = abs(float(metric.amount) - today) if today is not None else 0.0
    share = unit is Unit.PERCENTAGE_POINTS
    if share or (metric.unit is Unit.PERCENT and metric.is_share):
        today = today / 100 if today is not None else None
    else:
        today = None  # a mean, of which the objective has no standard deviation
    return Measure(metric.name, metric.direction is Direction.UP, unit, today, None, matters or None)


# ── how many ────────────────────────────────────────────────────────────────────────────────────────────


class NotPlanned(ValueError):
    """It can't be worked out how many are needed; ``name``: of the metric whose figure of today is missing."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def needed(arms: int, measures: Sequence[Measure]) -> int:
    """How many customers each arm takes, to see the smallest effect that would matter in ``POWER`` of all cases, and to
    shut out, where nothing is lost, the loss that nobody may exceed.

    All of that has to come true at once, so each part is given its share of what may go wrong.

    Raises:
        NotPlanned: without today's figure of a metric, or with nothing that would matter.
    """
    exchanged = [one for one in measures if one.worth is not None]
    deciding = exchanged or [one for one in measures if one.matters is not None]
    guarded = [one for one in measures if one.may_lose is not None]
    if not deciding:
        raise NotPlanned("")
    comparisons = (arms - 1) * (1 if exchanged else len(deciding))
    first = deciding[0]
    parts = 1 + sum(one is not first for one in guarded)
    reach = _quantile(1 - LEVEL / comparisons / 2) + _quantile(1 - (1 - POWER) / parts)
    if exchanged:
        sizes = [(reach * _exchanged_spread(exchanged) / _exchanged_effect(exchanged)) ** 2]
    else:
        sizes = [_size(first, first.matters or 0.0, reach)]
    sizes += [_size(one, one.may_lose or 0.0, reach) for one in guarded if one is not first]
    return max(FEWEST, math.ceil(max(sizes)))


def _size(measure: Measure, effect: float, reach: float) -> float:
    difference = measure.as_difference(effect)
    if not difference:
        raise NotPlanned(measure.name)
    return 2 * (_deviation(measure) * reach / difference) ** 2


def _deviation(measure: Measure) -> float:
    """Of one customer. Of a share: where it stands, or after the change that would matter, whichever is wider."""
    if measure.spread is not None:
        return measure.spread
    if measure.today is None or not 0 < measure.today < 1:
        raise NotPlanned(measure.name)
    change = measure.as_difference(measure.matters or 0.0) or 0.0
    widest = max(
        (p * (1 - p) for p in (measure.today, measure.today + change, measure.today - change) if 0 < p < 1),
        default=0.25,
    )
    return math.sqrt(widest)


def _exchanged_spread(exchanged: Sequence[Measure]) -> float:
    """Of the net value for one customer a side, in the units that are exchanged. Nobody knows how the metrics go
    together: the widest that can be is taken."""
    found = 0.0
    for one in exchanged:
        unit = one.as_difference(1.0)
        if not unit:
            raise NotPlanned(one.name)
        found += abs(one.worth or 0.0) * _deviation(one) / unit
    return math.sqrt(2) * found


def _exchanged_effect(exchanged: Sequence[Measure]) -> float:
    """The smallest net value that would matter: the first metric's effect, where the others stay as they are."""
    first = next((one for one in exchanged if one.matters), None)
    if first is None or not first.worth:
        raise NotPlanned(exchanged[0].name)
    return abs(first.worth * (first.matters or 0.0))


def ends_on(starts: date, arms: int, needed_: int, a_day: float) -> date:
    """The last day: once every arm has seen as many as are needed, after whole weeks, and within a year."""
    weeks = max(1, math.ceil(needed_ * arms / a_day / WHOLE_WEEKS))
    return starts + min(timedelta(weeks=weeks), LONGEST)


def _quantile(share: float) -> float:
    return NormalDist().inv_cdf(share)
