"""The effect of each arm on each metric, against the first arm, with an interval that is corrected for several.

The distributions are SciPy's, loaded when a result is there to be judged and not before.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.domain.stored_words import StoredEnum
from app.domain.tradeoffs.experiment import Measure, Plan
from app.domain.tradeoffs.objective_figures import Unit
from app.domain.tradeoffs.results import Observed, Results, Shape


class Known(StoredEnum):
    """What is known of an effect."""

    INTERVAL = "interval"
    FIGURE = "figure"  # without an interval: it decides nothing
    NOTHING = "nothing"  # nobody or everybody, one customer, no spread, or a first arm at nothing
    MISSING = "missing"


@dataclass(frozen=True)
class Effect:
    """Of one arm on one metric, in the metric's unit. Positive: more of it, whether that is good or not."""

    measure: str
    arm: str
    known: Known
    value: float | None = None
    low: float | None = None
    high: float | None = None

    def gain(self, up_is_good: bool) -> tuple[float, float, float]:
        """Value, low and high of what a customer gains; only where there is an interval."""
        value, low, high = self.value or 0.0, self.low or 0.0, self.high or 0.0
        return (value, low, high) if up_is_good else (-value, -high, -low)


def effects(plan: Plan, results: Results) -> tuple[Effect, ...]:
    """Of every arm but the first, on every metric of the plan, in their order."""
    return tuple(
        effect_of(measure, arm, results.of(measure.name, plan.arms[0]), results.of(measure.name, arm), plan.alpha)
        for measure in plan.measures
        for arm in plan.arms[1:]
    )


def effect_of(measure: Measure, arm: str, first: Observed | None, other: Observed | None, alpha: float) -> Effect:
    if other is None:
        return Effect(measure.name, arm, Known.MISSING)
    if other.shape is Shape.EFFECT:
        return _widened(measure, arm, other, alpha)
    if other.shape is Shape.FIGURE:
        value = other.effect
        if value is None and other.mean is not None and first is not None and first.mean is not None:
            value = _in_unit(measure, first.mean, other.mean)
        return Effect(measure.name, arm, Known.FIGURE, value)
    if first is None:
        return Effect(measure.name, arm, Known.MISSING)
    if first.shape is not other.shape:
        return Effect(measure.name, arm, Known.FIGURE)
    if other.shape is Shape.COUNTS:
        return _of_counts(measure, arm, first, other, alpha)
    return _of_means(measure, arm, first, other, alpha)


def _in_unit(measure: Measure, first: float, other: float) -> float | None:
    if measure.relative:
        return (other / first - 1) * 100 if first > 0 else None
    return (other - first) * _scale(measure)


def _scale(measure: Measure) -> float:
    """From a difference of shares or means to the metric's unit: 0.01 is one percentage point."""
    return 100.0 if measure.unit is Unit.PERCENTAGE_POINTS else 1.0


def _widened(measure: Measure, arm: str, one: Observed, alpha: float) -> Effect:
    """An interval that somebody else worked out for one comparison, made as wide as several need."""
    from scipy.special import ndtri

    assert one.effect is not None
    assert one.low is not None
    assert one.high is not None
    more = float(ndtri(1 - alpha / 2)) / float(ndtri(0.5 + one.level / 200))
    low, high = (one.effect - (one.effect - one.low) * more, one.effect + (one.high - one.effect) * more)
    return Effect(measure.name, arm, Known.INTERVAL, one.effect, low, high)


def _of_counts(measure: Measure, arm: str, first: Observed, other: Observed, alpha: float) -> Effect:
    from scipy.special import ndtri

    z = float(ndtri(1 - alpha / 2))
    n0, n1, x0, x1 = first.seen or 1, other.seen or 1, first.hits or 0, other.hits or 0
    p0, p1 = x0 / n0, x1 / n1
    if (x0, x1) == (0, 0) or (x0, x1) == (n0, n1):
        return Effect(measure.name, arm, Known.NOTHING, 0.0)
    if measure.relative:
        if not x0:
            return Effect(measure.name, arm, Known.NOTHING)
        if not x1:  # it happened to nobody there: at most as often as both intervals allow
            high = (wilson(0, n1, z)[1] / wilson(x0, n0, z)[0] - 1) * 100
            return Effect(measure.name, arm, Known.INTERVAL, -100.0, -100.0, high)
        log, error = math.log(p1 / p0), math.sqrt((1 - p1) / x1 + (1 - p0) / x0)
        value, low, high = ((math.exp(log + side * z * error) - 1) * 100 for side in (0, -1, 1))
        return Effect(measure.name, arm, Known.INTERVAL, value, low, high)
    low0, high0 = wilson(x0, n0, z)
    low1, high1 = wilson(x1, n1, z)
    difference = p1 - p0
    low = difference - math.hypot(p1 - low1, high0 - p0)
    high = difference + math.hypot(high1 - p1, p0 - low0)
    scale = _scale(measure)
    return Effect(measure.name, arm, Known.INTERVAL, difference * scale, low * scale, high * scale)


def wilson(hits: int, of: int, z: float) -> tuple[float, float]:
    """Wilson's interval of a share; of two of them, squared and added, is Newcombe's of their difference."""
    share, wide = hits / of, z * z / of
    middle, half = share + wide / 2, z * math.sqrt((share * (1 - share) + wide / 4) / of)
    return (middle - half) / (1 + wide), (middle + half) / (1 + wide)


def _of_means(measure: Measure, arm: str, first: Observed, other: Observed, alpha: float) -> Effect:
    from scipy.special import stdtrit

    n0, n1 = first.seen or 1, other.seen or 1
    m0, m1, s0, s1 = (one or 0.0 for one in (first.mean, other.mean, first.spread, other.spread))
    if n0 < 2 or n1 < 2 or (s0 == 0 and s1 == 0):
        return Effect(measure.name, arm, Known.NOTHING, _in_unit(measure, m0, m1))
    v0, v1 = s0 * s0 / n0, s1 * s1 / n1
    freedom = (v0 + v1) ** 2 / (v0 * v0 / (n0 - 1) + v1 * v1 / (n1 - 1))
    t = float(stdtrit(freedom, 1 - alpha / 2))
    if not measure.relative:
        scale = _scale(measure)
        value, half = (m1 - m0) * scale, t * math.sqrt(v0 + v1) * scale
        return Effect(measure.name, arm, Known.INTERVAL, value, value - half, value + half)
    if m0 <= 0:
        return Effect(measure.name, arm, Known.NOTHING)
    between = _ratio(m0, m1, v0, v1, t)
    if between is None:
        return Effect(measure.name, arm, Known.FIGURE, (m1 / m0 - 1) * 100)
    low, high = between
    return Effect(measure.name, arm, Known.INTERVAL, (m1 / m0 - 1) * 100, (low - 1) * 100, (high - 1) * 100)


def _ratio(m0: float, m1: float, v0: float, v1: float, t: float) -> tuple[float, float] | None:
    """Fieller's interval of the ratio of two means; None where the lower one could be nothing at all."""
    share = t * t * v0 / (m0 * m0)
    if share >= 1:
        return None
    ratio = m1 / m0
    half = t / m0 * math.sqrt(v1 + ratio * ratio * v0 - share * v1)
    return (ratio - half) / (1 - share), (ratio + half) / (1 - share)


def split_chance(plan: Plan, results: Results) -> float | None:
    """How likely a split is at least as uneven as this one, where the arms were drawn as planned: exact for each arm,
    corrected for several. None where not every arm says how many it had."""
    from scipy.special import bdtr, bdtrc

    counts = [results.seen(arm) for arm in plan.arms]
    if any(one is None for one in counts):
        return None
    seen = [one or 0 for one in counts]
    share = 1 / len(seen)
    chances = []
    for one in seen:
        below = float(bdtr(one, sum(seen), share))
        above = 1.0 if one == 0 else float(bdtrc(one - 1, sum(seen), share))
        chances.append(min(1.0, 2 * min(below, above)))
    return min(1.0, min(chances) * (1 if len(seen) == 2 else len(seen)))
