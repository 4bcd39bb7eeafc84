"""The charts of a data visualization block (docs.slack.dev,
reference/block-kit/blocks/data-visualization-block)."""

from __future__ import annotations

from collections.abc import Mapping

from sandbox.limits.shapes import Array, Notes, Number, Obj, Shape, Str, Union, below, typed


class _Positive:
    """A slice of a pie is more than nothing."""

    def check(self, value: object, at: str, notes: Notes) -> None:
        Number().check(value, at, notes)
        if isinstance(value, int | float) and not isinstance(value, bool) and value <= 0:
            notes.append((at, "must be more than 0"))


_SEGMENT = Obj({"label": Str("chart.label"), "value": _Positive()})
_POINT = Obj({"label": Str("chart.label"), "value": Number()})
_SERIES = Obj({"name": Str("chart.label"), "data": Array(_POINT, "chart.data.items")})
_AXES = Obj(
    {"categories": Array(Str("chart.label"), "chart.data.items")},
    {"x_label": Str("chart.axis_label"), "y_label": Str("chart.axis_label")},
)


def _points_meet_axis(value: Mapping[str, object], at: str, notes: Notes) -> None:
    """Each series has one point for each category."""
    axes, series = value.get("axis_config"), value.get("series")
    categories = axes.get("categories") if isinstance(axes, Mapping) else None
    if not isinstance(categories, list | tuple):
        return
    for index, one in enumerate(series if isinstance(series, list | tuple) else []):
        data = one.get("data") if isinstance(one, Mapping) else None
        if isinstance(data, list | tuple) and len(data) != len(categories):
            where = below(below(below(at, "series"), index), "data")
            notes.append((where, f"must have exactly {len(categories)} items"))


_PLOT: Shape = typed(
    {"series": Array(_SERIES, "chart.series.items"), "axis_config": _AXES},
    between=_points_meet_axis,
)
CHART = Union(
    {
        "pie": typed({"segments": Array(_SEGMENT, "chart.series.items")}),
        "bar": _PLOT,
        "line": _PLOT,
        "area": _PLOT,
    }
)
