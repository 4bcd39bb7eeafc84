"""The arms of an experiment with their intervals, as a picture: one panel a metric, nothing left of what nobody may
lose."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from multiprocessing import get_context
from typing import TYPE_CHECKING

from app.domain.tradeoffs.effects import Effect, Known
from app.domain.tradeoffs.experiment import Measure, Plan
from app.domain.tradeoffs.verdict import Outcome, Verdict
from app.slack.pictures import BLUE, INK, ORANGE, PAPER, SECONDS, SOFT, check_can_draw, plain, png
from app.words.tradeoffs.objectives import unit_said

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@lru_cache(maxsize=1)
def draw_aside(plan: Plan, verdict: Verdict) -> bytes | None:
    """A PNG, drawn by a process that ends with it; None where no metric has an interval. It is drawn
    once: every side gets the same.

    Raises:
        CannotDraw: matplotlib is not installed.
    """
    if not _shown(plan, verdict):
        return None
    check_can_draw()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as helper:
        return helper.submit(draw, plan, verdict).result(timeout=SECONDS)


def _shown(plan: Plan, verdict: Verdict) -> list[tuple[Measure, list[Effect]]]:
    found = [
        (measure, [one for one in verdict.effects if one.measure == measure.name and one.known is Known.INTERVAL])
        for measure in plan.measures
    ]
    return [(measure, effects) for measure, effects in found if effects]


def draw(plan: Plan, verdict: Verdict) -> bytes:
    """In this process."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    shown = _shown(plan, verdict)
    arms = plan.arms[1:]
    height = 0.9 + len(shown) * (0.75 + 0.34 * len(arms))
    figure = Figure(figsize=(5.2, height), dpi=200, facecolor=PAPER, layout="constrained")
    for axes, (measure, effects) in zip(figure.subplots(len(shown), 1, squeeze=False)[:, 0], shown, strict=True):
        _plot(axes, plan, verdict, measure, effects)
    return png(figure, FigureCanvasAgg)


def _plot(axes: Axes, plan: Plan, verdict: Verdict, measure: Measure, effects: list[Effect]) -> None:
    arms = list(plan.arms[1:])
    axes.set_facecolor(PAPER)
    axes.axvline(0, color=SOFT, linewidth=1)
    if measure.may_lose is not None:
        lost = -measure.may_lose if measure.up_is_good else measure.may_lose
        axes.axvline(lost, color=ORANGE, linewidth=1.5, linestyle="--", label="nobody may lose more")
        axes.legend(frameon=False, fontsize=8, labelcolor=INK, loc="best")
    for one in effects:
        value, low, high = one.value or 0.0, one.low or 0.0, one.high or 0.0
        chosen = verdict.outcome is Outcome.THIS_ARM and verdict.arm == one.arm
        at = arms.index(one.arm)
        axes.errorbar(
            [value], [at], xerr=[[value - low], [high - value]], fmt="o", color=BLUE if chosen else SOFT, capsize=4,
            markersize=8 if chosen else 6, linewidth=2.5 if chosen else 1.5,
        )  # fmt: skip
    axes.set_yticks(range(len(arms)), [plain(arm[:24]) for arm in arms])
    axes.set_ylim(len(arms) - 0.4, -0.6)
    unit = unit_said(measure.unit).strip()
    axes.set_title(plain(f"{measure.name[:48]}{f', in {unit}' if unit else ''}, against {plan.arms[0][:24]}"),
                   loc="left", fontsize=10, color=INK)  # fmt: skip
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.tick_params(colors=SOFT, labelsize=9)
