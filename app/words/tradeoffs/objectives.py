"""A team's objective said back, and handed back with what is missing."""

from __future__ import annotations

from decimal import Decimal

from app.domain.tradeoffs.objective_figures import Unit
from app.domain.tradeoffs.objective_types import Change, Direction, Metric, Missing

MISSING_SAID = {
    Missing.ACTIVITY: "That is something you do. Write what becomes of it for customers, with a number: "
    "“Increase same-day delivery adoption by 15%”.",
    Missing.NUMBER: "It has a direction and no number. Write by how much, or to what: "
    "“Cut checkout time from 45 seconds to 8”.",
    Missing.DIRECTION: "It has a number and no direction. Write which way it is to go: “Raise conversion to 5%”, "
    "“Keep churn below 3%”.",
    Missing.METRIC: "Write in one sentence what gets better for customers, and by how much: "
    "“Reduce latency for media uploads by 200 ms”.",
}

INTERNAL_REMARK = (
    "It counts, with a remark: no customer feels this one. The figure of a customer that it moves would settle more."
)

UNIT_SAID = {
    Unit.PERCENT: "%", Unit.PERCENTAGE_POINTS: " percentage points", Unit.POINTS: " points", Unit.MONEY: "",
    Unit.MILLISECONDS: " ms", Unit.SECONDS: " seconds", Unit.MINUTES: " minutes", Unit.HOURS: " hours",
    Unit.DAYS: " days", Unit.WEEKS: " weeks", Unit.MONTHS: " months", Unit.YEARS: " years", Unit.COUNT: "",
}  # fmt: skip


def unit_said(unit: Unit) -> str:
    """As it stands behind a figure; nothing for one that only a newer release knows."""
    return UNIT_SAID.get(unit, "")


def metric_said(metric: Metric) -> str:
    """“same-day delivery adoption: up by 15% of what it is”, “churn: down to 3% or less, from 5%, by 31 Mar 2027”."""
    amount = quantity_said(metric.amount, metric.unit)
    if metric.change is Change.BY:
        relative = " of what it is" if metric.unit is Unit.PERCENT else ""
        how = f"{metric.direction.value} by {amount}{relative}"
    else:
        how = f"{amount} or {'more' if metric.direction is Direction.UP else 'less'}"
    base = f", from {quantity_said(metric.baseline, metric.unit)}" if metric.baseline is not None else ""
    on = f", by {metric.on.day} {metric.on:%b %Y}" if metric.on is not None else ""
    return f"{metric.name}: {how}{base}{on}"


def quantity_said(amount: Decimal, unit: Unit) -> str:
    """15%, 0.3 percentage points, 1,200,000."""
    digits = f"{amount:,f}"
    said = digits.rstrip("0").rstrip(".") if "." in digits else digits
    one = unit_said(unit)
    return f"{said}{one.removesuffix('s') if amount == 1 and len(one) > 3 else one}"
