"""How a channel or a workspace decides: sentences with their figures, and charts where Slack has them of its own."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.insights.report import ALL, Hindsight, Report, Waits
from app.domain.insights.survival import Curve
from app.domain.triage.doors import Door
from app.slack.ids import COMMAND
from app.slack.views.blocks import Block, code, context, divider, header, section
from app.slack.views.scene import Message
from app.slack.views.text import escape
from app.words import insights as words

MOST_GROUPS = 7
_CATEGORIES = 12
_TITLE, _LABEL = 50, 20


def insights_message(report: Report, *, whole: bool, charts: bool = False) -> Message:
    """``whole``: of the workspace, else of the channel it is posted in. ``charts``: with Slack's own; what they show
    stands in the sentences too."""
    whose = "this workspace decides" if whole else "this channel decides"
    blocks: list[Block] = [header(f"How {whose}")]
    if not report.cases:
        said = (
            f"Nothing was decided here yet, so there is nothing to add up. {COMMAND} and a sentence starts a decision."
        )
        return Message(said, [*blocks, section(escape(said))])
    blocks.append(context(escape(f"{report.cases:,} decisions, as known on {report.on:%d %b %Y}. {_LEFT_OUT}")))
    blocks += _chapter("Time to decide", _waits(report))
    if charts and (curve := _curve_chart(report)):
        blocks.append(curve)
    blocks += _chapter("Waiting for signers", [words.signers_said(name, one) for name, one in report.signers.items()])
    blocks += _chapter(
        "Doors", [words.deflected_said(report.deflected), *words.doors_said(report.doors), *_cells(report)]
    )
    if charts and (doors := _doors_chart(report)):
        blocks.append(doors)
    blocks += _chapter("Gates that failed", [words.became_said(gate, one) for gate, one in report.overridden.items()])
    blocks += _chapter("Dissent", list(words.dissent_said(report)))
    steps = [words.step_said(step) for step in report.calibration.steps]
    blocks += _chapter("Predictions", [*words.calibration_said(report.calibration), *steps])
    blocks += [divider(), context(f"{code(f'{COMMAND} insights monthly')} in a channel brings this every month.")]
    first = next(iter(_waits(report)), "")
    return Message(f"How {whose}. {first} {words.deflected_said(report.deflected)}", blocks)


_LEFT_OUT = "Private ones are left out, and so is every figure about fewer than three people."


def _chapter(title: str, lines: Sequence[str]) -> list[Block]:
    """Nothing where there is nothing to say. Within a section's 3,000 characters, and far from a message's 9,000."""
    if not lines:
        return []
    shown = [f"• {escape(line)}" for line in lines[:MOST_GROUPS]]
    more = [f"and {len(lines) - MOST_GROUPS} more"] if len(lines) > MOST_GROUPS else []
    return [section("\n".join([f"*{title}*", *shown, *more])[:2900])]


def _waits(report: Report) -> list[str]:
    return [words.waits_said(name, one) for name, one in report.waits.items()]


def _cells(report: Report) -> list[str]:
    """Verdict against hindsight, a line a verdict."""
    lines = []
    for door in Door:
        told = [f"{words.cell_said(report.doors.cells[door, seen])} {words.HINDSIGHT_SAID[seen]}" for seen in Hindsight]
        lines.append(f"Judged a {words.DOOR_SAID[door]}: {', '.join(told)}.")
    return lines


SLACKS_OWN = frozenset({"time", "doors"})
"""Charts that Slack has of its own, by the names of the pictures that say the same."""


def picture_said(chart: str, report: Report) -> str:
    """What a picture shows, for whoever does not see it: its figures."""
    if chart == "time" and ALL in report.waits:
        return f"How many still wait, by days. {words.waits_said(ALL, report.waits[ALL])}"
    if chart == "doors":
        return f"Doors that had to be undone. {' '.join(_cells(report))}"
    return f"How sure we were, and how often it came: {'; '.join(map(words.step_said, report.calibration.steps))}."[
        :990
    ]


# ── charts ──────────────────────────────────────────────────────────────────────────────────────────────


def _chart(title: str, kind: str, categories: Sequence[str], series: Sequence[tuple[str, Sequence[float]]],
           x_label: str, y_label: str) -> Block:  # fmt: skip
    return {
        "type": "data_visualization",
        "title": title[:_TITLE],
        "chart": {
            "type": kind,
            "series": [
                {
                    "name": name[:_LABEL],
                    "data": [
                        {"label": label[:_LABEL], "value": value}
                        for label, value in zip(categories, values, strict=True)
                    ],
                }
                for name, values in series
            ],
            "axis_config": {
                "categories": [label[:_LABEL] for label in categories], "x_label": x_label, "y_label": y_label,
            },
        },
    }  # fmt: skip


def _curve_chart(report: Report) -> Block | None:
    """How much still waits, over the days, with the band around it."""
    found: Waits | None = report.waits.get(ALL)
    if found is None or not found.tells:
        return None
    days = _days(found.curve)
    points = [_at(found.curve, day) for day in days]
    series = [
        ("could be as many as", [high for _, _, high in points]),
        ("still waiting", [share for share, _, _ in points]),
        ("could be as few as", [low for _, low, _ in points]),
    ]
    return _chart("Still waiting after so many days", "line", [_day_label(day) for day in days], series, "days", "%")


def _days(curve: Curve) -> list[float]:
    """Evenly over what was watched, up to where nine of ten have their answer, or to the end."""
    most = next((point.days for point in curve.points if point.waiting <= 0.1), curve.longest) or 1.0
    step = most / (_CATEGORIES - 1)
    return [round(step * at, 1 if most < 20 else 0) for at in range(_CATEGORIES)]


def _day_label(day: float) -> str:
    return f"{day:g}"


def _at(curve: Curve, days: float) -> tuple[float, float, float]:
    """The share still waiting and its band, in per cent."""
    point = next((point for point in reversed(curve.points) if point.days <= days), None)
    share, low, high = (point.waiting, point.low, point.high) if point else (1.0, 1.0, 1.0)
    return round(share * 100, 1), round(low * 100, 1), round(high * 100, 1)


def _doors_chart(report: Report) -> Block | None:
    """Verdict against hindsight, of those that had to be undone."""
    seen = (Hindsight.TWO_WAY, Hindsight.ONE_WAY)
    cells = {(door, one): report.doors.cells[door, one] for door in Door for one in seen}
    if None in cells.values() or not any(cells.values()):
        return None
    series = [
        (
            "Undone within days" if one is Hindsight.TWO_WAY else "Took longer, or not",
            [float(cells[door, one] or 0) for door in Door],
        )
        for one in seen
    ]
    labels = [f"Judged {'two' if door is Door.TWO_WAY else 'one'}-way" for door in Door]
    return _chart("Doors that had to be undone", "bar", labels, series, "what it was judged to be", "decisions")
