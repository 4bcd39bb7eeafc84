"""What an experiment says by the rule that was agreed: this arm, not yet, or inconclusive; and why.

It decides once, at its planned end and size. Whoever looks every day before that is told how long it still takes, so
looking often finds nothing that is not there. Once it has said something, only what was mistyped may be mended: figures
of further days would be a second look.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.stored_words import StoredEnum
from app.domain.tradeoffs.effects import Effect, Known, effects, split_chance
from app.domain.tradeoffs.experiment import WHOLE_WEEKS, Measure, Plan
from app.domain.tradeoffs.results import Results

SPLIT_OFF_BELOW = 0.001
"""A split less likely than that was not drawn as planned: what its arms show is about who came, not what they saw."""


class Outcome(StoredEnum):
    THIS_ARM = "this_arm"
    NOT_YET = "not_yet"
    INCONCLUSIVE = "inconclusive"


class Why(StoredEnum):
    SPLIT_OFF = "split_off"
    SPLIT_UNCHECKED = "split_unchecked"  # no arm says how many it had
    STOPPED_EARLY = "stopped_early"
    METRIC_MISSING = "metric_missing"
    NO_INTERVAL = "no_interval"
    NOTHING = "nothing"  # nothing happened in it, or always
    TOO_FEW = "too_few"
    TOO_SOON = "too_soon"
    NO_DIFFERENCE = "no_difference"
    LOSS_POSSIBLE = "loss_possible"  # better, but more may be lost than anybody may
    KEEPS_TODAY = "keeps_today"  # every other arm is worse, or loses more


@dataclass(frozen=True)
class Reason:
    why: Why
    measure: str = ""
    arm: str = ""


@dataclass(frozen=True)
class Verdict:
    """``value``, ``low``, ``high``: what the arm gains for customers by the rule; ``by``: the metric that decided,
    empty for an exchange, in which they are net. ``more``: days that it still takes, as far as can be told."""

    outcome: Outcome
    reasons: tuple[Reason, ...]
    effects: tuple[Effect, ...] = ()
    arm: str = ""
    by: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    more: int | None = None
    split: float | None = None
    fewest: int | None = None
    """Customers in the smallest arm."""

    @property
    def final(self) -> bool:
        return self.outcome is not Outcome.NOT_YET


def judge(plan: Plan, results: Results) -> Verdict:
    """By the plan that stands."""
    seen = [results.seen(arm) for arm in plan.arms]
    fewest = None if any(one is None for one in seen) else min(one or 0 for one in seen)
    split = split_chance(plan, results)
    found = effects(plan, results)
    reasons = [Reason(Why.SPLIT_UNCHECKED)] if split is None else []

    def said(outcome: Outcome, *why: Reason, more: int | None = None) -> Verdict:
        return Verdict(outcome, (*why, *reasons), found, more=more, split=split, fewest=fewest)

    if split is not None and split < SPLIT_OFF_BELOW:
        return said(Outcome.INCONCLUSIVE, Reason(Why.SPLIT_OFF))
    soon = results.until < plan.ends
    few = fewest is not None and fewest < plan.needed
    if results.stopped and (soon or few):
        return said(Outcome.INCONCLUSIVE, Reason(Why.STOPPED_EARLY), *_unusable(plan, found))
    if soon or few:
        why = [Reason(Why.TOO_SOON)] if soon else []
        why += [Reason(Why.TOO_FEW)] if few else []
        return said(Outcome.NOT_YET, *why, more=_more(plan, results, fewest))
    if unusable := _unusable(plan, found):
        return said(Outcome.INCONCLUSIVE, *unusable)
    return _by_rule(plan, found, said(Outcome.INCONCLUSIVE))


def _unusable(plan: Plan, found: Sequence[Effect]) -> tuple[Reason, ...]:
    """Metrics of the rule that can't be held against it."""
    told = {
        Known.MISSING: Why.METRIC_MISSING,
        Known.FIGURE: Why.NO_INTERVAL,
        Known.NOTHING: Why.NOTHING,
    }
    return tuple(Reason(told[one.known], one.measure, one.arm) for one in found if one.known in told)


def _more(plan: Plan, results: Results, fewest: int | None) -> int | None:
    """Days: until the planned end, and until the smallest arm is full at the pace it has had."""
    left = max(0, (plan.ends - results.until).days)
    if fewest is None or fewest >= plan.needed:
        return left
    days = (results.until - plan.starts).days + 1
    if fewest <= 0 or days <= 0:
        return None
    missing = math.ceil((plan.needed - fewest) / (fewest / days))
    return max(left, math.ceil(missing / WHOLE_WEEKS) * WHOLE_WEEKS)


# ── the rule ────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Gain:
    arm: str
    value: float
    low: float
    high: float


def _by_rule(plan: Plan, found: Sequence[Effect], bare: Verdict) -> Verdict:
    """By the exchange, or by the first metric in the order that tells an arm apart."""
    steps: list[tuple[str, list[_Gain]]]
    if plan.exchanged:
        steps = [("", [_net(plan, found, arm) for arm in plan.arms[1:]])]
    else:
        steps = [(one.name, [_gain(one, found, arm) for arm in plan.arms[1:]]) for one in plan.deciding]
    losing = {arm: _loses(plan, found, arm) for arm in plan.arms[1:]}
    held = [Reason(Why.LOSS_POSSIBLE, measure, arm) for arm, (measure, _) in losing.items() if measure]
    better: list[str] = []
    for by, gains in steps:
        ahead = [one for one in gains if one.low > 0]
        allowed = [one for one in ahead if not losing[one.arm][0]]
        better += [one.arm for one in ahead]
        if allowed:
            best = max(allowed, key=lambda one: one.value)
            return _won(bare, best, by)
    worse = {one.arm for _, gains in steps for one in gains if one.high < 0}
    if all(arm in worse or losing[arm][1] for arm in plan.arms[1:]):
        stays = _Gain(plan.arms[0], 0.0, 0.0, 0.0)
        return _won(bare, stays, steps[0][0], Reason(Why.KEEPS_TODAY))
    why = [one for one in held if one.arm in better] or [Reason(Why.NO_DIFFERENCE)]
    return Verdict(Outcome.INCONCLUSIVE, (*why, *bare.reasons), bare.effects, split=bare.split, fewest=bare.fewest)


def _won(bare: Verdict, gain: _Gain, by: str, *why: Reason) -> Verdict:
    return Verdict(
        Outcome.THIS_ARM, (*why, *bare.reasons), bare.effects, gain.arm, by, gain.value, gain.low, gain.high,
        split=bare.split, fewest=bare.fewest,
    )  # fmt: skip


def _effect(found: Sequence[Effect], measure: str, arm: str) -> Effect:
    return next(one for one in found if one.measure == measure and one.arm == arm)


def _gain(measure: Measure, found: Sequence[Effect], arm: str) -> _Gain:
    return _Gain(arm, *_effect(found, measure.name, arm).gain(measure.up_is_good))


def _net(plan: Plan, found: Sequence[Effect], arm: str) -> _Gain:
    """Every metric's gain by what one unit of it is worth. How the metrics go together is not known, so their intervals
    are added as if they always erred together."""
    value = low = high = 0.0
    for one in plan.exchanged:
        worth = one.worth or 0.0
        its = _effect(found, one.name, arm).gain(one.up_is_good)
        value += worth * its[0]
        low += min(worth * its[1], worth * its[2])
        high += max(worth * its[1], worth * its[2])
    return _Gain(arm, value, low, high)


def _loses(plan: Plan, found: Sequence[Effect], arm: str) -> tuple[str, bool]:
    """A metric of which this arm may lose more than anybody may, and whether it certainly does for one."""
    possible, certain = "", False
    for one in plan.guarded:
        _, low, high = _effect(found, one.name, arm).gain(one.up_is_good)
        if low < -(one.may_lose or 0.0):
            possible = possible or one.name
        certain = certain or high < -(one.may_lose or 0.0)
    return possible, certain
