"""An experiment between teams in sentences: what was agreed, what it showed, what that says by the rule."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from app.domain.stored_words import ANSWERED
from app.domain.tradeoffs.effects import Effect, Known
from app.domain.tradeoffs.experiment import Measure, Plan
from app.domain.tradeoffs.objective_figures import Unit
from app.domain.tradeoffs.verdict import Outcome, Reason, Verdict, Why
from app.words.tradeoffs.objectives import unit_said

NOTHING_SAID = (
    "it happened to nobody or to everybody, one customer or no spread was put in, or the first arm stands at 0 or below"
)

OUTCOME_SAID = {
    Outcome.THIS_ARM: "this arm",
    Outcome.NOT_YET: "not yet",
    Outcome.INCONCLUSIVE: "inconclusive",
}


_KNOWN = frozenset(map(str, Known))
"""A newer release may know more."""


def figure_said(value: float) -> str:
    """2, 0.34, 57,353: three digits that count."""
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    said = f"{value:.3g}"
    return f"{float(said):f}".rstrip("0").rstrip(".") if "e" in said else said


def signed(value: float, unit: Unit) -> str:
    """+2%, −0.3 percentage points."""
    sign = "−" if value < 0 else "+"
    return f"{sign}{figure_said(abs(value))}{unit_said(unit)}"


def measure_said(one: Measure) -> str:
    """A metric of the plan in a line, as its form reads it."""
    parts = [one.name]
    if one.today is not None:
        today = f"{figure_said(one.today * 100)}%" if one.is_share else figure_said(one.today)
        parts.append(f"today {today}" + (f" ± {figure_said(one.spread)}" if one.spread is not None else ""))
    if one.matters is not None:
        parts.append(f"matters from {figure_said(one.matters)}{unit_said(one.unit)}")
    if one.may_lose is not None:
        parts.append(f"may lose {figure_said(one.may_lose)}{unit_said(one.unit)}")
    if one.worth is not None:
        parts.append(f"worth {figure_said(one.worth)}")
    parts.append("more is better" if one.up_is_good else "less is better")
    return "; ".join(parts)


def rule_said(plan: Plan) -> str:
    """By what it is decided."""
    if plan.exchanged:
        rates = ", ".join(
            f"{figure_said(one.worth or 0)} for 1{unit_said(one.unit)} of {one.name}" for one in plan.exchanged
        )
        rule = f"By the net value for customers: {rates}."
    else:
        order = [one.name for one in plan.deciding]
        rule = f"{order[0]} decides" + (f", then {', then '.join(order[1:])}." if order[1:] else ".")
    lost = [f"{figure_said(one.may_lose or 0)}{unit_said(one.unit)} of {one.name}" for one in plan.guarded]
    return rule + (f" Nobody may lose more than {', or '.join(lost)}." if lost else "")


def size_said(plan: Plan) -> str:
    """How many and how long."""
    weeks = plan.days // 7
    many = f"{plan.needed:,} customers in each of {len(plan.arms)} arms"
    return (
        f"{many}, {_day(plan.starts)} to {_day(plan.ends)} ({plan.days} days{f', {weeks} weeks' if weeks > 1 else ''})."
    )


def _day(one: date) -> str:
    return f"{one.day} {one:%b %Y}"


def effect_said(measure: Measure, one: Effect) -> str:
    """+2% (+1.2 to +2.8), or what is missing of it."""
    if one.known is Known.MISSING:
        return "not put in"
    if one.known is Known.NOTHING:
        return f"nothing to compare: {NOTHING_SAID}"
    if str(one.known) not in _KNOWN:
        return ANSWERED
    value = "no figure" if one.value is None else signed(one.value, measure.unit)
    if one.known is Known.FIGURE:
        return f"{value}, without an interval: it decides nothing by itself"
    return f"{value} ({between_said(one.low or 0.0, one.high or 0.0)})"


def between_said(low: float, high: float) -> str:
    """+1.34 to +2.66: as exact as the interval is wide."""
    half = (high - low) / 2
    digits = 3 if half <= 0 else min(6, max(0, 2 - math.ceil(math.log10(half))))
    return " to ".join(signed(round(one, digits), Unit.COUNT) for one in (low, high))


def effect_lines(plan: Plan, verdict: Verdict) -> list[str]:
    """A line for every arm, each metric with its interval."""
    lines = []
    for arm in plan.arms[1:]:
        said = [
            f"{measure.name} {effect_said(measure, one)}"
            for measure in plan.measures
            for one in verdict.effects
            if one.arm == arm and one.measure == measure.name
        ]
        lines.append(f"{arm}: {'; '.join(said)}")
    return lines


def verdict_said(plan: Plan, verdict: Verdict, late: bool = False) -> str:
    """The verdict in one or two sentences. ``late``: by a plan that was changed while it ran."""
    return f"{_verdict_said(plan, verdict)} {CHANGED_LATE}" if late else _verdict_said(plan, verdict)


CHANGED_LATE = "The experiment was changed while it ran; every side agreed to the change."


def _verdict_said(plan: Plan, verdict: Verdict) -> str:
    if verdict.outcome is Outcome.NOT_YET:
        more = f" About {verdict.more} more days." if verdict.more else ""
        return f"Not yet.{more} {reasons_said(plan, verdict.reasons)}".strip()
    if verdict.outcome is Outcome.INCONCLUSIVE:
        return f"Inconclusive. {reasons_said(plan, verdict.reasons)}".strip()
    if str(verdict.outcome) not in OUTCOME_SAID:
        return f"{ANSWERED}."
    unit = next((one.unit for one in plan.measures if one.name == verdict.by), Unit.COUNT)
    if verdict.arm == plan.arms[0]:
        gains = "every other arm is worse for customers, or loses more than anybody may"
    elif verdict.by:
        gains = f"{_gain(verdict, unit)} for {verdict.by}"
    else:
        gains = f"{_gain(verdict, unit)} net value for customers"
    others = [one for one in verdict.reasons if one.why is not Why.KEEPS_TODAY]
    return f"This arm: {verdict.arm}. By the rule that was agreed: {gains}. {reasons_said(plan, others)}".strip()


def _gain(verdict: Verdict, unit: Unit) -> str:
    between = between_said(verdict.low or 0.0, verdict.high or 0.0)
    return f"{signed(verdict.value or 0.0, unit)} better ({between})".replace("+", "", 1)


def reasons_said(plan: Plan, reasons: Sequence[Reason]) -> str:
    """Each kind once, with the metrics and arms that it is about."""
    said = []
    for why in dict.fromkeys(one.why for one in reasons):
        about = [one for one in reasons if one.why is why]
        names = ", ".join(dict.fromkeys(one.measure for one in about if one.measure))
        arms = ", ".join(dict.fromkeys(one.arm for one in about if one.arm))
        said.append(
            _WHY_SAID.get(why, f"{ANSWERED}.").format(
                names=names, arms=arms, needed=f"{plan.needed:,}", ends=_day(plan.ends)
            )
        )
    return " ".join(said)


_WHY_SAID = {
    Why.SPLIT_OFF: "The split did not come out as planned: somebody is missing from an arm, so its figures are about "
    "who came. Find out why, and begin anew.",
    Why.SPLIT_UNCHECKED: "Nobody said how many customers each arm had, so the split could not be checked.",
    Why.STOPPED_EARLY: "It was stopped before its planned end, {ends}, or before each arm had {needed} customers.",
    Why.METRIC_MISSING: "Declared and not put in: {names}.",
    Why.NO_INTERVAL: "{names} came as a figure without an interval: it decides nothing by itself.",
    Why.NOTHING: f"Nothing to compare in {{names}}: {NOTHING_SAID}.",
    Why.TOO_FEW: "Each arm needs {needed} customers.",
    Why.TOO_SOON: "It runs until {ends}: an earlier look would see what is not there.",
    Why.NO_DIFFERENCE: "No arm is told from the first by the rule: what difference there is, is smaller than this can "
    "see.",
    Why.LOSS_POSSIBLE: "{arms} would be better, but may lose more of {names} than anybody may.",
    Why.KEEPS_TODAY: "Every other arm is worse, or loses more than anybody may.",
}

UNTESTED = "No arm tested it, so nothing here says what it does."
IN_THE_MIDDLE = "In the middle: no arm tested it, so nothing here says what it does."
