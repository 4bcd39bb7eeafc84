"""Simulated experiments: customers drawn by a known share or mean, judged at the end, or looked at every day."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from app.domain.tradeoffs.experiment import Measure, Plan, ends_on, needed
from app.domain.tradeoffs.objective_figures import Unit
from app.domain.tradeoffs.results import Observed, Results
from app.domain.tradeoffs.verdict import Outcome, Verdict, judge

START = date(2026, 12, 7)
CONVERSION = Measure("conversion", True, Unit.PERCENTAGE_POINTS, 0.05, None, matters=0.5)
RETURNS = Measure("returns", False, Unit.PERCENTAGE_POINTS, 0.04, None, may_lose=0.5)
REVENUE = Measure("revenue", True, Unit.PERCENT, 2.4, 6.0, matters=4.0)


def plan_for(arms: int, measures: Sequence[Measure]) -> Plan:
    """For four weeks at the pace that fills each arm on the way."""
    size = needed(arms, measures)
    a_day = size * arms / 26
    ends = ends_on(START, arms, size, a_day)
    return Plan(tuple(f"arm {at}" for at in range(arms)), tuple(measures), "all", START, ends, a_day, size)


def share_conclusive(
    plan: Plan, lifts: Mapping[tuple[str, int], float], many: int, *, seed: int, daily: bool = False
) -> float:
    """How many of so many experiments call an arm. ``lifts``: the true effect, by metric and arm."""
    rng = np.random.default_rng(seed)
    found = [_run(plan, lifts, rng, daily) for _ in range(many)]
    return sum(one.outcome is Outcome.THIS_ARM for one in found) / many


def _run(plan: Plan, lifts: Mapping[tuple[str, int], float], rng: np.random.Generator, daily: bool) -> Verdict:
    days = plan.days + 1
    came = rng.poisson((plan.a_day or 0) / len(plan.arms), size=(len(plan.arms), days))
    told: dict[tuple[str, int], np.ndarray] = {}
    for measure in plan.measures:
        for at in range(len(plan.arms)):
            mean = (measure.today or 0) + lifts.get((measure.name, at), 0)
            if measure.is_share:
                told[measure.name, at] = rng.binomial(came[at], mean).cumsum()
            else:
                spread = (measure.spread or 0) * np.sqrt(came[at])
                told[measure.name, at] = rng.normal(mean * came[at], spread).cumsum()
    seen = came.cumsum(axis=1)
    for day in range(days) if daily else [days - 1]:
        rows = tuple(
            _row(measure, plan.arms[at], int(seen[at, day]), float(told[measure.name, at][day]))
            for measure in plan.measures
            for at in range(len(plan.arms))
        )
        verdict = judge(plan, Results(rows, plan.starts + timedelta(days=day)))
        if verdict.final:
            return verdict
    return verdict


def _row(measure: Measure, arm: str, seen: int, sum_: float) -> Observed:
    if measure.is_share:
        return Observed(measure.name, arm, "simulated", seen, hits=int(sum_))
    return Observed(measure.name, arm, "simulated", seen, mean=sum_ / max(1, seen), spread=measure.spread)
