"""A report as plain JSON, and as rows of a spreadsheet: every figure with its base and its interval."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.insights.forecasts import Brier, Step
from app.domain.insights.report import Became, Calibration, Report, Waits
from app.domain.insights.shares import Share
from app.domain.insights.survival import Curve, Point

DAYS_TOLD = 20
"""Moments of a curve that are told at most; a curve of thousands of steps is no figure any more."""


def as_json(report: Report) -> dict[str, Any]:
    """What is kept back, since it is of fewer than three people, and what is not known yet, is null."""
    return {
        "on": report.on.isoformat(),
        "since": report.since.isoformat() if report.since else None,
        "decisions": report.cases,
        "kept_back": report.kept_back,
        "time_to_decide": {name: _waits(one) for name, one in report.waits.items()},
        "waiting_for_signers": {name: _waits(one) for name, one in report.signers.items()},
        "deflected": _share(report.deflected),
        "settled_by_an_earlier_one": _share(report.settled),
        "doors": {
            "cells": [
                {"verdict": door.value, "hindsight": seen.value, "decisions": number}
                for (door, seen), number in report.doors.cells.items()
            ],
            "wrong": {door.value: _share(one) for door, one in report.doors.wrong.items()},
        },
        "overridden": {gate.value: _became(one) for gate, one in report.overridden.items()},
        "dissent": {"below": _share(report.disagreed), "revisited": _share(report.revisited)},
        "calibration": _calibration(report.calibration),
    }


def _waits(one: Waits) -> dict[str, Any]:
    return {
        "cases": one.cases,
        **{end.value: number for end, number in one.ended.items()},
        "open": one.open,
        "known": one.tells,
        "median_days": one.median,
        "median_low": one.curve.median_low if one.tells else None,
        "median_high": one.curve.median_high if one.tells else None,
        "settled_median_days": one.settled.median if one.settled.events else None,
        "curve": [
            {
                "days": point.days,
                "at_risk": point.at_risk,
                "waiting": point.waiting,
                "low": point.low,
                "high": point.high,
            }
            for point in thinned(one.curve)
        ],
        "ends": {end.value: points[-1][1] if points else 0.0 for end, points in one.ends.items()},
    }


def thinned(curve: Curve, most: int = DAYS_TOLD) -> list[Point]:
    """The first and the last moment and some between, evenly over the moments."""
    points = list(curve.points)
    if len(points) <= most:
        return points
    return [points[round(at * (len(points) - 1) / (most - 1))] for at in range(most)]


def _share(one: Share | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {"share": one.value, "of": one.of, "hits": one.hits, "low": one.low, "high": one.high}


def _became(one: Became) -> dict[str, Any]:
    return {
        "decisions": one.cases, "approved": one.approved, "declined": one.declined, "given_back": one.given_back,
        "withdrawn_or_expired": one.ended, "open": one.open,
        "right": {right.value: number for right, number in one.right.items()},
    }  # fmt: skip


def _calibration(one: Calibration) -> dict[str, Any]:
    return {
        "forecasts": one.forecasts,
        "brier": _brier(one.score),
        "reliability": [_step(step) for step in one.steps],
        "intervals": one.intervals,
        "coverage": _share(one.coverage),
    }


def _brier(one: Brier | None) -> dict[str, float] | None:
    if one is None:
        return None
    return {
        "score": one.score, "reliability": one.reliability, "resolution": one.resolution,
        "uncertainty": one.uncertainty, "base_rate": one.base,
    }  # fmt: skip


def _step(step: Step) -> dict[str, Any]:
    return {"said": step.said, "came": _share(step.came)}


# ── a spreadsheet ───────────────────────────────────────────────────────────────────────────────────────

COLUMNS = ("section", "group", "figure", "value", "low", "high", "of")


def as_rows(report: Report) -> Iterator[tuple[object, ...]]:
    """A row a figure: section, group, figure, value, low, high, of how many."""
    whole = as_json(report)
    yield "about", "", "decisions", whole["decisions"], None, None, None
    yield "about", "", "on", whole["on"], None, None, None
    for section in ("time_to_decide", "waiting_for_signers"):
        for group, one in whole[section].items():
            yield section, group, "median_days", one["median_days"], one["median_low"], one["median_high"], one["cases"]
            for figure in ("decided", "withdrawn", "expired", "open"):
                yield section, group, figure, one[figure], None, None, one["cases"]
            for point in one["curve"]:
                yield section, group, f"waiting_after_{point['days']:g}_days", point["waiting"], point["low"], \
                    point["high"], point["at_risk"]  # fmt: skip
    yield _row("deflection", "", "deflected", whole["deflected"])
    yield _row("deflection", "", "settled_by_an_earlier_one", whole["settled_by_an_earlier_one"])
    for cell in whole["doors"]["cells"]:
        yield "doors", cell["verdict"], cell["hindsight"], cell["decisions"], None, None, None
    for door, one in whole["doors"]["wrong"].items():
        yield _row("doors", door, "wrong", one)
    for gate, one in whole["overridden"].items():
        for figure, value in one.items():
            for name, number in value.items() if isinstance(value, Mapping) else [("", value)]:
                yield "overridden", gate, f"{figure}_{name}".strip("_"), number, None, None, one["decisions"]
    for kind, one in whole["dissent"].items():
        yield _row("dissent", kind, "was_right", one)
    calibration = whole["calibration"]
    for figure, value in (calibration["brier"] or {"score": None}).items():
        yield "calibration", "brier", figure, value, None, None, calibration["forecasts"]
    for step in calibration["reliability"]:
        yield _row("calibration", f"said {step['said']:.3f}", "came", step["came"])
    yield _row("calibration", "intervals", "coverage", calibration["coverage"])


def _row(section: str, group: str, figure: str, one: Mapping[str, Any] | None) -> tuple[object, ...]:
    found = one or {}
    return section, group, figure, found.get("share"), found.get("low"), found.get("high"), found.get("of")
