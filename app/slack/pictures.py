"""Charts as pictures, where Slack has none of that kind or a workspace takes none.

matplotlib draws them. It comes with the extra ``charts``, and the bot loads it in a process that ends with the drawing,
so that it stays as small as it was.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from app.domain.insights.report import ALL, Hindsight, Report
from app.domain.triage.doors import Door
from app.words import insights as words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SECONDS = 60
_INK, _SOFT, _GRID, _BLUE, _ORANGE = "#1d1c1d", "#616061", "#dddddd", "#1264a3", "#c25b12"
_PAPER = "#ffffff"
"""Its own paper: a picture is read alike on a light and on a dark page."""


class CannotDraw(Exception):
    """There is nothing to draw with."""


def can_draw() -> bool:
    return find_spec("matplotlib") is not None


def draw_aside(name: str, report: Report) -> bytes | None:
    """A PNG, drawn by a process that ends with it; None where there is too little to draw.

    Raises:
        CannotDraw: matplotlib is not installed.
    """
    if CHARTS[name][0](report) is None:
        return None
    _check()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as helper:
        return helper.submit(draw, name, report).result(timeout=SECONDS)


def all_of(report: Report) -> Mapping[str, bytes]:
    """Every chart there is enough for, by its name, as PNG.

    Raises:
        CannotDraw: matplotlib is not installed.
    """
    _check()
    drawn = {name: draw(name, report) for name in CHARTS}
    return {name: picture for name, picture in drawn.items() if picture is not None}


def _check() -> None:
    if not can_draw():
        raise CannotDraw("Pictures need matplotlib: install Threshold with its extra “charts”.")


def draw(name: str, report: Report) -> bytes | None:
    """In this process."""
    told, plot = CHARTS[name]
    title = told(report)
    if title is None:
        return None
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(5.2, 3.5), dpi=200, facecolor=_PAPER, layout="constrained")
    axes = figure.add_subplot()
    axes.set_facecolor(_PAPER)
    plot(axes, report)
    axes.set_title(_plain(title), loc="left", fontsize=11, color=_INK, pad=10)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(_SOFT)
    axes.tick_params(colors=_SOFT, labelsize=9)
    return _png(figure, FigureCanvasAgg)


def _png(figure: Figure, canvas: Any) -> bytes:
    out = io.BytesIO()
    canvas(figure).print_png(out, metadata={"Software": None})  # the same figures give the same bytes
    return out.getvalue()


def _plain(text: str) -> str:
    """matplotlib takes what stands between two dollars for mathematics."""
    return text.replace("$", r"\$")


# ── how long ────────────────────────────────────────────────────────────────────────────────────────────


def _time_title(report: Report) -> str | None:
    found = report.waits.get(ALL)
    return "How many still wait, by days since they began" if found and found.tells else None


def _plot_time(axes: Axes, report: Report) -> None:
    found = report.waits[ALL]
    points = [point for point in found.curve.points if point.waiting > 0.02]
    days = [0.0, *(point.days for point in points)]
    shares = [1.0, *(point.waiting for point in points)]
    low, high = [1.0, *(point.low for point in points)], [1.0, *(point.high for point in points)]
    axes.fill_between(days, low, high, step="post", color=_BLUE, alpha=0.18, linewidth=0, label="95% band")
    axes.step(days, shares, where="post", color=_BLUE, linewidth=2, label="still waiting")
    if found.median is not None:
        axes.axvline(
            found.median,
            color=_ORANGE,
            linewidth=1.5,
            linestyle="--",
            label=f"half within {words.days_said(found.median)}",
        )
    axes.set_ylim(0, 1.02)
    axes.set_xlim(left=0)
    axes.yaxis.set_major_formatter(lambda share, _at: f"{share:.0%}")
    axes.grid(axis="y", color=_GRID)
    axes.set_xlabel(f"days ({found.cases:,} decisions, {found.open:,} of them open)", color=_SOFT)
    axes.legend(frameon=False, fontsize=9, labelcolor=_INK)


# ── doors ───────────────────────────────────────────────────────────────────────────────────────────────


def _doors_title(report: Report) -> str | None:
    cells = [report.doors.cells[door, seen] for door in Door for seen in (Hindsight.TWO_WAY, Hindsight.ONE_WAY)]
    return "Doors that had to be undone" if all(one is not None for one in cells) and any(cells) else None


def _plot_doors(axes: Axes, report: Report) -> None:
    width = 0.36
    for at, (seen, color) in enumerate(((Hindsight.TWO_WAY, _BLUE), (Hindsight.ONE_WAY, _ORANGE))):
        label = words.HINDSIGHT_SAID[seen]
        values = [report.doors.cells[door, seen] or 0 for door in Door]
        bars = axes.bar(
            [x + (at - 0.5) * width for x in range(len(Door))], values, width * 0.92, color=color, label=label
        )
        axes.bar_label(bars, fontsize=9, color=_INK, padding=2)
    axes.set_xticks(range(len(Door)), [f"judged a {words.DOOR_SAID[door]}" for door in Door])
    axes.set_ylabel("decisions", color=_SOFT)
    axes.margins(y=0.35)
    axes.legend(frameon=False, fontsize=9, labelcolor=_INK)


# ── predictions ─────────────────────────────────────────────────────────────────────────────────────────


def _predictions_title(report: Report) -> str | None:
    return "How sure we were, and how often it came" if report.calibration.steps else None


def _plot_predictions(axes: Axes, report: Report) -> None:
    steps = report.calibration.steps
    said, came = [step.said for step in steps], [step.came.value or 0.0 for step in steps]
    below = [one - step.came.low for one, step in zip(came, steps, strict=True)]
    above = [step.came.high - one for one, step in zip(came, steps, strict=True)]
    axes.plot([0, 1], [0, 1], color=_SOFT, linewidth=1, linestyle=":", label="as often as said")
    axes.errorbar(said, came, yerr=[below, above], fmt="o", color=_BLUE, ecolor=_BLUE, capsize=3, markersize=7,
                  label="came (95% interval), of so many")  # fmt: skip
    for x, step in zip(said, steps, strict=True):
        above_it: dict[str, Any] = {"textcoords": "offset points", "xytext": (0, 3), "ha": "center", "fontsize": 8}
        axes.annotate(str(step.came.of), (x, step.came.high), color=_SOFT, **above_it)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda share, _at: f"{share:.0%}")
    axes.set_xlim(0, 1.05)
    axes.set_ylim(0, 1.05)
    axes.grid(color=_GRID)
    axes.set_xlabel("said, in the mean", color=_SOFT)
    axes.set_ylabel("came", color=_SOFT)
    axes.legend(frameon=False, fontsize=9, labelcolor=_INK, loc="upper left")


CHARTS: Mapping[str, tuple[Callable[[Report], str | None], Callable[[Axes, Report], None]]] = {
    "time": (_time_title, _plot_time),
    "doors": (_doors_title, _plot_doors),
    "predictions": (_predictions_title, _plot_predictions),
}
"""Each with its title (None: too little to draw) and how it is drawn."""
