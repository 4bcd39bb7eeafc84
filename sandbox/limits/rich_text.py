"""Rich text: the block's tree of sections, lists, quotes and code (docs.slack.dev,
reference/block-kit/blocks/rich-text-block)."""

from __future__ import annotations

from collections.abc import Mapping

from sandbox.limits.shapes import (
    URL,
    Array,
    Bool,
    Later,
    Obj,
    Shape,
    Str,
    Union,
    Whole,
    one_of,
    typed,
)

_FLAGS: dict[str, Shape] = {"bold": Bool(), "italic": Bool(), "strike": Bool()}
_TEXT_STYLE = Obj(optional={**_FLAGS, "code": Bool(), "underline": Bool()})
# A mention can also be lit up for its reader.
_MENTION_STYLE = Obj(optional={**_FLAGS, "highlight": Bool(), "client_highlight": Bool()})
_MENTION: dict[str, Shape] = {"style": _MENTION_STYLE}

INLINE: Mapping[str, Shape] = {
    "text": typed({"text": Str("text")}, {"style": _TEXT_STYLE}),
    "link": typed({"url": Str("button.url")}, {"text": Str(), "unsafe": Bool(), "style": _TEXT_STYLE}),
    "user": typed({"user_id": Str()}, _MENTION),
    "usergroup": typed({"usergroup_id": Str()}, _MENTION),
    "channel": typed({"channel_id": Str()}, _MENTION),
    "team": typed({"team_id": Str()}, _MENTION),
    "emoji": typed(
        {"name": Str()},
        {"unicode": Str(), "skin_tone": Whole(), "style": _MENTION_STYLE},
    ),
    "broadcast": typed({"range": one_of("here", "channel", "everyone")}, {"style": _TEXT_STYLE}),
    "date": typed(
        {"timestamp": Whole(), "format": Str()},
        {"url": URL, "fallback": Str(), "style": _TEXT_STYLE},
    ),
    "color": typed({"value": Str()}, {"style": _TEXT_STYLE}),
}  # fmt: skip

_PARTS = Array(Union(INLINE))
_CODE_PARTS = Array(Union({kind: INLINE[kind] for kind in ("text", "link")}))
_BORDER = Whole("rich_text.border")
_SECTION = typed({"elements": _PARTS})

_PIECES: Mapping[str, Shape] = {
    "rich_text_section": _SECTION,
    "rich_text_list": typed(
        {
            "style": one_of("bullet", "ordered"),
            "elements": Array(Union({"rich_text_section": _SECTION})),
        },
        {"indent": Whole("rich_text_list.indent"), "offset": Whole(), "border": _BORDER},
    ),
    "rich_text_quote": typed({"elements": _PARTS}, {"border": _BORDER}),
    "rich_text_preformatted": typed({"elements": _CODE_PARTS}, {"border": _BORDER, "language": Str()}),
}

ELEMENTS = Array(Union(_PIECES))

# As a value inside something else: an input's first value, a table's cell, a card's details.
RICH_TEXT = Union({"rich_text": Later(lambda: typed({"elements": ELEMENTS}, {"block_id": Str("block_id")}))})
