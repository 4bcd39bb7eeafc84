"""Rich text: the block's tree of sections, lists, quotes and code (docs.slack.dev,
reference/block-kit/blocks/rich-text-block)."""

from __future__ import annotations

from collections.abc import Mapping

from sandbox.limits.shapes import (
    URL,
    Anything,
    Array,
    Bool,
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
# A mention can also be lit up for its reader. The types give every part the style of text too.
_ANY_STYLE = Obj(
    optional={
        **_FLAGS,
        **dict.fromkeys(("code", "underline", "highlight", "client_highlight", "unlink"), Bool()),
    }
)
_MENTION: dict[str, Shape] = {"style": _ANY_STYLE}

INLINE: Mapping[str, Shape] = {
    "text": typed({"text": Str("text")}, {"style": _TEXT_STYLE}),
    "link": typed({"url": Str("button.url")}, {"text": Str(), "unsafe": Bool(), "style": _TEXT_STYLE}),
    "user": typed({"user_id": Str()}, _MENTION),
    "usergroup": typed({"usergroup_id": Str()}, _MENTION),
    "channel": typed({"channel_id": Str()}, _MENTION),
    "team": typed({"team_id": Str()}, _MENTION),
    "emoji": typed(
        {"name": Str()},
        {"unicode": Str(), "url": Str(), "skin_tone": Whole(), "style": _ANY_STYLE},
    ),
    "broadcast": typed({"range": one_of("here", "channel", "everyone")}, {"style": _TEXT_STYLE}),
    "date": typed(
        {"timestamp": Whole(), "format": Str()},
        {"url": URL, "fallback": Str(), "style": _TEXT_STYLE},
    ),
    "color": typed({"value": Str()}, {"style": _TEXT_STYLE}),
    "canvas": typed(
        {"file_id": Str()}, {"label": Str(), "hide_title": Bool(), "section_id": Str(), "style": _ANY_STYLE}
    ),
    "canvas_user_mention": typed({"user_id": Str()}, {"thread_id": Str(), "style": _ANY_STYLE}),
    "list_record": typed(
        {"file_id": Str()},
        {"record_id": Str(), "view_id": Str(), "text": Str(), "url": Str(), "style": _ANY_STYLE},
    ),
    "message_mention": typed(
        {"channel_id": Str(), "message_ts": Str()},
        {"author_id": Str(), "thread_ts": Str(), "text": Str(), "url": Str(), "style": _ANY_STYLE},
    ),
    "work_object_mention": typed(
        {"entity_id": Str(), "app_id": Str(), "text": Str(), "url": Str()},
        {
            "icon_url": Str(),
            "full_size_preview_enabled": Bool(),
            "product_name": Str(),
            "style": _ANY_STYLE,
        },
    ),
    # Named by the page of rich_text_section; their own pages were not to be had, so nothing is asked of them.
    **dict.fromkeys(
        (
            "attachment_mention",
            "canvas_message_unfurl",
            "citation",
            "file",
            "salesforce_data_field",
            "tag",
            "workflow_mention",
        ),
        Anything(),
    ),
}  # fmt: skip

_PARTS = Array(Union(INLINE))
_CODE_PARTS = Array(Union({kind: INLINE[kind] for kind in ("text", "link")}))
_BORDER = Whole("rich_text.border")
_SECTION = typed({"elements": _PARTS})

PIECES: Mapping[str, Shape] = {
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

ELEMENTS = Array(Union(PIECES))

# As a value inside something else: an input's first value, a table's cell, a card's details.
BLOCK = typed({"elements": ELEMENTS}, {"block_id": Str("block_id")})
RICH_TEXT = Union({"rich_text": BLOCK})
