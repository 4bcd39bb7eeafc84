"""Layout blocks, each with its keys and the surfaces it may stand on (docs.slack.dev,
reference/block-kit/blocks; the surfaces are those of its blocks.json)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sandbox.limits.charts import CHART
from sandbox.limits.elements import (
    ELEMENTS,
    IN_ACTIONS,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    pick,
)
from sandbox.limits.figures import LIMITS
from sandbox.limits.objects import SLACK_FILE, Text, image_source, plain
from sandbox.limits.places import Surface, check_places
from sandbox.limits.rich_text import ELEMENTS as RICH_TEXT_ELEMENTS
from sandbox.limits.rich_text import RICH_TEXT
from sandbox.limits.shapes import (
    IMAGE_URL,
    Array,
    Between,
    Bool,
    Later,
    Notes,
    Number,
    Obj,
    Shape,
    Str,
    Union,
    Whole,
    below,
    one_of,
    typed,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of block: its shape and where it may stand."""

    shape: Shape
    surfaces: frozenset[Surface]


_EVERYWHERE: frozenset[Surface] = frozenset(("message", "modal", "home"))


def _block(
    required: Mapping[str, Shape] | None = None,
    optional: Mapping[str, Shape] | None = None,
    between: Between | None = None,
) -> Obj:
    return typed(required, {"block_id": Str("block_id"), **(optional or {})}, between)


def _text_or_fields(value: Mapping[str, object], at: str, notes: Notes) -> None:
    if "text" not in value and "fields" not in value:
        notes.append((at, "missing required field: text"))


def _dispatch_fits(value: Mapping[str, object], at: str, notes: Notes) -> None:
    element = value.get("element")
    kind = element.get("type") if isinstance(element, Mapping) else None
    if kind == "file_input" and value.get("dispatch_action") is True:
        notes.append((below(at, "element"), "unsupported type: file_input"))


def _card_says_something(value: Mapping[str, object], at: str, notes: Notes) -> None:
    if not {"hero_image", "title", "actions", "body"} & value.keys():
        notes.append((at, "missing required field: title"))
    if "icon" in value and "slack_icon" in value:
        notes.append((at, "must provide either icon or slack_icon"))


def _container_agrees(value: Mapping[str, object], at: str, notes: Notes) -> None:
    if "title" not in value and "rich_text_title" not in value:
        notes.append((at, "missing required field: title"))
    if value.get("default_collapsed") is True and value.get("is_collapsible") is not True:
        notes.append((below(at, "default_collapsed"), "requires is_collapsible"))


def _rows(value: Mapping[str, object]) -> list[Sequence[object]]:
    rows = value.get("rows")
    if not isinstance(rows, list | tuple):
        return []
    return [row for row in rows if isinstance(row, list | tuple)]


def _even_rows(value: Mapping[str, object], at: str, notes: Notes) -> None:
    """Every row of a data table is as wide as its header, and a header is plain."""
    rows = _rows(value)
    for index, row in enumerate(rows):
        if len(row) != len(rows[0]):
            where = below(below(at, "rows"), index)
            notes.append((where, f"must have exactly {len(rows[0])} items"))
    header = value.get("row_header_column_index")
    if isinstance(header, int) and rows and header >= len(rows[0]):
        notes.append((below(at, "row_header_column_index"), f"must be less than {len(rows[0])}"))
    for index, cell in enumerate(rows[0] if rows else []):
        if isinstance(cell, Mapping) and cell.get("type") == "rich_text":
            where = below(below(below(at, "rows"), 0), index)
            notes.append((where, "unsupported type: rich_text"))


RAW: Mapping[str, Shape] = {
    "raw_text": typed({"text": Str("text")}),
    "raw_number": typed({"value": Number()}, {"text": Str("text")}),
    "rich_text": RICH_TEXT,
}
_CELL = Union(RAW)
_TASK_KEYS: tuple[dict[str, Shape], dict[str, Shape]] = (
    {"task_id": Str(), "title": Str()},
    {
        "status": one_of("pending", "in_progress", "complete", "error"),
        "details": RICH_TEXT,
        "output": RICH_TEXT,
        "sources": Array(Union({"url": ELEMENTS["url"]})),
    },
)
_IMAGE = Union(pick(frozenset({"image"})))
_COLUMN = Obj(optional={"align": one_of("left", "center", "right"), "is_wrapped": Bool()})


class _Column:
    """Settings of a column; null leaves one as it is."""

    def check(self, value: object, at: str, notes: Notes) -> None:
        if value is not None:
            _COLUMN.check(value, at, notes)


_TASK = _block(*_TASK_KEYS)
# Within a plan a task need not say that it is one.
_PLANNED = Obj(_TASK_KEYS[0], {"type": one_of("task_card"), "block_id": Str("block_id"), **_TASK_KEYS[1]})


def _tasks_once(value: Mapping[str, object], at: str, notes: Notes) -> None:
    tasks = value.get("tasks")
    seen: set[object] = set()
    for index, task in enumerate(tasks if isinstance(tasks, list | tuple) else []):
        name = task.get("task_id") if isinstance(task, Mapping) else None
        if isinstance(name, str):
            if name in seen:
                notes.append((f"{at}/tasks/{index}/task_id", f'`task_id` "{name}" already exists'))
            seen.add(name)


_CARD = _block(
    {},
    {
        "hero_image": _IMAGE,
        "icon": _IMAGE,
        "slack_icon": typed({"name": Str()}),
        "title": Text("card.title"),
        "subtitle": Text("card.subtitle"),
        "body": Text("card.body"),
        "subtext": Text("card.subtext"),
        "actions": Array(Union(pick(frozenset({"button"}))), "card.actions.items"),
    },
    _card_says_something,
)
_CONTEXT: Mapping[str, Shape] = {
    "plain_text": Text(),
    "mrkdwn": Text(),
    "image": ELEMENTS["image"],
}


# By @slack/types 3.2.0 and the page; `file` comes from Slack alone.
IN_CONTAINER = frozenset(
    ("actions", "context", "divider", "header", "image", "input", "rich_text", "section", "table", "video", "layout")
)
# "Section, image, actions, table, and other blocks" (changelog/2026/10/29); boxes within boxes are not spoken of.
IN_LAYOUT = (IN_CONTAINER - {"layout"}) | {"markdown", "data_table", "data_visualization", "card", "context_actions"}


def _held(kinds: frozenset[str], limit: str) -> Shape:
    return Later(lambda: Array(Union({name: BLOCKS[name].shape for name in sorted(kinds)}), limit))


class _Fallback:
    """Blocks for clients that cannot draw a layout."""

    def check(self, value: object, at: str, notes: Notes) -> None:
        check_blocks(value, at, "message", notes)


def _of(shape: Shape, *surfaces: Surface) -> Kind:
    return Kind(shape, frozenset(surfaces) or _EVERYWHERE)


_ITEMS = Array(
    Obj({"blocks": _held(IN_LAYOUT, "layout.blocks.items")}, {"width": one_of("narrow", "standard", "wide")}),
    "layout.items.items",
)
_PROVIDER_URL = Str("auth_provider.url", r"https://\S+", "must be a valid URL")

BLOCKS: Mapping[str, Kind] = {
    "section": _of(
        _block(
            {},
            {
                "text": Text("section.text"),
                "fields": Array(Text("section.field"), "section.fields.items"),
                "accessory": Union(pick(IN_SECTION)),
                "expand": Bool(),
            },
            _text_or_fields,
        )
    ),
    "header": _of(_block({"text": plain("header.text")}, {"level": Whole()})),
    "divider": _of(_block()),
    "context": _of(_block({"elements": Array(Union(_CONTEXT), "context.elements.items")})),
    "actions": _of(_block({"elements": Array(Union(pick(IN_ACTIONS)), "actions.elements.items")})),
    "input": _of(
        _block(
            {"label": plain("input.label"), "element": Union(pick(IN_INPUT))},
            {"hint": plain("input.hint"), "optional": Bool(), "dispatch_action": Bool()},
            _dispatch_fits,
        )
    ),
    "image": _of(
        _block(
            {"alt_text": Str("image.alt_text")},
            {"image_url": IMAGE_URL, "slack_file": SLACK_FILE, "title": plain("image.title")},
            image_source,
        )
    ),
    "rich_text": _of(_block({"elements": RICH_TEXT_ELEMENTS})),
    "markdown": _of(_block({"text": Str("markdown.text")}), "message"),
    "video": _of(
        _block(
            {
                "alt_text": Str("image.alt_text"),
                "title": plain("video.title"),
                "thumbnail_url": IMAGE_URL,
                "video_url": Str("video.url", r"https://\S+", "must be a valid URL"),
            },
            {
                "title_url": Str("video.url", r"https://\S+", "must be a valid URL"),
                "description": plain("video.description"),
                "provider_icon_url": IMAGE_URL,
                "provider_name": Str("video.provider_name"),
                "author_name": Str("video.author_name"),
            },
        )
    ),
    "context_actions": _of(
        _block({"elements": Array(Union(pick(IN_CONTEXT_ACTIONS)), "context_actions.elements.items")}),
        "message",
    ),
    "table": _of(
        _block(
            {"rows": Array(Array(_CELL, "table.columns.items"), "table.rows.items")},
            {"column_settings": Array(_Column(), "table.column_settings.items")},
        ),
        "message",
    ),
    "data_table": _of(
        _block(
            {
                "caption": Str(),
                "rows": Array(Array(_CELL, "data_table.columns.items"), "data_table.rows.items"),
            },
            {
                "page_size": Whole("data_table.page_size"),
                "row_header_column_index": Whole("data_table.row_header_column_index"),
            },
            _even_rows,
        ),
        "message",
    ),
    "data_visualization": _of(_block({"title": Str("chart.title"), "chart": CHART}), "message"),
    # Slack puts it there when a message is read; its page says that an app cannot send it.
    "file": Kind(_block({"external_id": Str(), "source": one_of("remote")}), frozenset()),
    "call": _of(
        _block({"call_id": Str()}, {"api_decoration_available": Bool(), "call": Obj()}),
        "message",
    ),
    "card": _of(_CARD, "message", "home"),
    "carousel": _of(
        _block({"elements": Array(Union({"card": _CARD}), "carousel.elements.items")}),
        "message",
        "home",
    ),
    "container": _of(
        _block(
            {"child_blocks": _held(IN_CONTAINER, "container.child_blocks.items")},
            {
                "title": plain("container.title"),
                "rich_text_title": RICH_TEXT,
                "subtitle": Text("container.subtitle"),
                "width": one_of("narrow", "standard", "wide", "full"),
                "icon": _IMAGE,
                "is_collapsible": Bool(),
                "default_collapsed": Bool(),
                "has_header_divider": Bool(),
            },
            _container_agrees,
        ),
        "message",
    ),
    "layout": _of(
        _block(
            {"label": Str("layout.label"), "rows": Array(Obj({"items": _ITEMS}), "layout.rows.items")},
            {"is_label_visible": Bool(), "grid_lines": one_of("none", "rows", "outer"), "fallback": _Fallback()},
        ),
    ),
    "auth_provider": _of(
        _block(
            {"value": Str("auth_provider.value"), "name": plain("auth_provider.name"), "is_connected": Bool()},
            {
                "description": plain("auth_provider.description"),
                "connected_identity": plain("auth_provider.identity"),
                "connected_context": plain("auth_provider.identity"),
                **dict.fromkeys(("icon_url", "auth_url", "disconnect_url"), _PROVIDER_URL),
                "accessory": Union(pick(frozenset({"overflow"}))),
                "fallback": _Fallback(),
            },
        )
    ),
    "alert": _of(
        _block(
            {"text": Text("alert.text")},
            {"level": one_of("default", "info", "warning", "error", "success")},
        ),
        "modal",
    ),
    "task_card": _of(_TASK, "message"),
    "plan": _of(
        _block({"title": Str()}, {"tasks": Array(_PLANNED, "plan.tasks.items")}, _tasks_once),
        "message",
    ),
}


def check_blocks(blocks: object, at: str, surface: Surface, notes: Notes) -> None:
    """Every block of a message or view, each by its own kind and place."""
    if not isinstance(blocks, list | tuple):
        notes.append((at, "must provide an array"))
        return
    limit = LIMITS["message.blocks.items" if surface == "message" else "view.blocks.items"]
    if len(blocks) > limit.most:
        notes.append((at, f"no more than {limit.most} items allowed"))
    if len(blocks) < limit.least:
        notes.append((at, f"no less than {limit.least} items allowed"))
    here = {name: kind.shape for name, kind in BLOCKS.items() if surface in kind.surfaces}
    union = Union(here)
    for index, block in enumerate(blocks):
        union.check(block, below(at, index), notes)
    check_places(blocks, at, surface, notes)
