"""Blocks as HTML. Everything an app or a person wrote is escaped here and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

from sandbox.show import values
from sandbox.show.blocks import cell
from sandbox.show.rich import items, rich_text
from sandbox.show.spans import Line, Span, Words, markdown

Json = Mapping[str, object]

_TAGS = {"bold": "b", "italic": "i", "strike": "s", "code": "code"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What drawing needs: words, answers given, errors by block_id, and pictures by URL or file id
    (as a `data:` or `file:` source; a picture that is not among them is drawn as its alt text)."""

    words: Words
    state: object = None
    errors: Mapping[str, str] = field(default_factory=dict)
    images: Mapping[str, str] = field(default_factory=dict)


def spans_html(spans: Iterable[Span]) -> str:
    return "".join(_span(span) for span in spans)


def _span(span: Span) -> str:
    inside = escape(span.text)
    for style, tag in _TAGS.items():
        if style in span.styles:
            inside = f"<{tag}>{inside}</{tag}>"
    if "mention" in span.styles:
        inside = f'<span class="mention">{inside}</span>'
    if span.url:
        # A page to look at: only web and mail addresses become links.
        safe = span.url if span.url.startswith(("http://", "https://", "mailto:")) else "#"
        inside = f'<a href="{escape(safe)}">{inside}</a>'
    return inside


def lines_html(lines: Iterable[Line]) -> str:
    """Lines, with those that belong together in one quote or one piece of code."""
    parts: list[str] = []
    for kind, group in groupby(lines, key=lambda line: (line.kind, bool(line.marker))):
        rows = list(group)
        inside = [spans_html(line.spans) for line in rows]
        match kind:
            case ("code", _):
                parts.append("<pre>" + "\n".join(inside) + "</pre>")
            case ("quote", _):
                parts.append("<blockquote>" + "<br>".join(inside) + "</blockquote>")
            case ("heading", _):
                parts += [f"<div><b>{one}</b></div>" for one in inside]
            case (_, True):
                parts += [
                    f'<div class="li" style="margin-left:{28 * line.indent}px">'
                    f"<i>{escape(line.marker)}</i><span>{one}</span></div>"
                    for line, one in zip(rows, inside, strict=True)
                ]
            case _:
                parts.append("<div>" + "<br>".join(inside) + "</div>")
    return "".join(parts)


def blocks_html(blocks: object, sheet: Sheet) -> str:
    return '<div class="blocks">' + "".join(_block(one, sheet) for one in items(blocks)) + "</div>"


def _block(block: Json, sheet: Sheet) -> str:
    draw = _BLOCKS.get(str(block.get("type")))
    if draw is not None:
        return draw(block, sheet)
    said = json.dumps(block, ensure_ascii=False, default=str)
    kind = escape(str(block.get("type")))
    return f'<div class="unknown">unknown block: {kind} {escape(said)}</div>'


def _text(value: object, sheet: Sheet) -> str:
    return lines_html(values.text(value, sheet.words))


def _section(block: Json, sheet: Sheet) -> str:
    inside = _text(block.get("text"), sheet)
    fields = items(block.get("fields"))
    if fields:
        cells = "".join(f"<div>{_text(one, sheet)}</div>" for one in fields)
        inside += f'<div class="fields">{cells}</div>'
    accessory = block.get("accessory")
    beside = ""
    if isinstance(accessory, Mapping):
        beside = _element(block, accessory, sheet)
        kind = "thumb" if accessory.get("type") == "image" else "side"
        beside = f'<div class="{kind}">{beside}</div>'
    return f'<div class="section"><div class="words">{inside}</div>{beside}</div>'


def _context(block: Json, sheet: Sheet) -> str:
    parts = [
        _image(one, sheet) if one.get("type") == "image" else f"<div>{_text(one, sheet)}</div>"
        for one in items(block.get("elements"))
    ]
    return f'<div class="context">{"".join(parts)}</div>'


def _actions(block: Json, sheet: Sheet) -> str:
    parts = [_element(block, one, sheet) for one in items(block.get("elements"))]
    return f'<div class="actions">{"".join(parts)}</div>'


def _input(block: Json, sheet: Sheet) -> str:
    error = sheet.errors.get(str(block.get("block_id")))
    label = escape(values.flat(block.get("label"), sheet.words))
    if block.get("optional") is True:
        label += " <span>(optional)</span>"
    element = block.get("element")
    inside = _element(block, element, sheet) if isinstance(element, Mapping) else ""
    if block.get("hint") is not None:
        inside += f'<div class="hinted">{_text(block.get("hint"), sheet)}</div>'
    if error:
        inside += f'<div class="wrong">{escape(error)}</div>'
    return f'<div class="input{" failed" if error else ""}"><label>{label}</label>{inside}</div>'


def _button(text: object, style: object, sheet: Sheet) -> str:
    words = escape(values.flat(text, sheet.words))
    look = str(style) if style in ("primary", "danger") else ""
    return f'<span class="button {look}">{words}</span>'


def _element(block: Json, element: Json, sheet: Sheet) -> str:
    given = values.answer(sheet.state, block, element)
    match str(element.get("type")):
        case "button" | "workflow_button" | "icon_button":
            return _button(element.get("text"), element.get("style"), sheet)
        case "feedback_buttons":
            pair = (element.get("positive_button"), element.get("negative_button"))
            texts = [one.get("text") if isinstance(one, Mapping) else "" for one in pair]
            return "".join(_button(text, "", sheet) for text in texts)
        case "overflow":
            return '<span class="button">⋯</span>'
        case "image":
            return _image(element, sheet)
        case "checkboxes" | "radio_buttons":
            return _choices(element, given, sheet)
    now = values.value(element, given, sheet.words)
    hint = values.flat(element.get("placeholder"), sheet.words)
    shown = escape(now) if now else f'<span class="hint">{escape(hint)}</span>'
    if values.is_text_input(element):
        tall = element.get("multiline") is True or element.get("type") == "rich_text_input"
        return f'<div class="field{" tall" if tall else ""}">{shown}</div>'
    if str(element.get("type")).endswith(("select", "picker", "file_input")):
        empty = '<span class="hint">Choose</span>'
        inside = shown if now or hint else empty
        return f'<span class="button menu"><span>{inside}</span></span>'
    return f'<div class="unknown">unknown element: {escape(str(element.get("type")))}</div>'


def _choices(element: Json, given: Json | None, sheet: Sheet) -> str:
    radio = element.get("type") == "radio_buttons"
    rows: list[str] = []
    for choice in values.choices(element, given, sheet.words):
        mark = "tick" + (" radio" if radio else "") + (" on" if choice.chosen else "")
        tick = "✓" if choice.chosen and not radio else ""
        more = f"<small>{lines_html(choice.description)}</small>" if choice.description else ""
        rows.append(
            f'<div class="choice"><span class="{mark}">{tick}</span><div>{lines_html(choice.text)}{more}</div></div>'
        )
    return f"<div>{''.join(rows)}</div>"


def _image(block: Json, sheet: Sheet) -> str:
    file = block.get("slack_file")
    inner = file if isinstance(file, Mapping) else {}
    names = (block.get("image_url"), inner.get("id"), inner.get("url"))
    source = next((sheet.images[str(name)] for name in names if str(name) in sheet.images), "")
    alt = escape(str(block.get("alt_text") or ""))
    title = _text(block.get("title"), sheet)
    if source:
        return f'{title}<img class="picture" src="{escape(source)}" alt="{alt}">'
    return f'{title}<div class="no-picture">{alt}</div>'


def _table(block: Json, sheet: Sheet) -> str:
    rows = block.get("rows")
    parts: list[str] = []
    for number, row in enumerate(rows if isinstance(rows, list | tuple) else []):
        tag = "td" if number else "th"
        cells = [f"<{tag}>{escape(cell(one, sheet.words))}</{tag}>" for one in items(row)]
        parts.append(f"<tr>{''.join(cells)}</tr>")
    caption = block.get("caption")
    head = f"<caption>{escape(str(caption))}</caption>" if caption else ""
    return f"<table>{head}{''.join(parts)}</table>"


def _box(block: Json, sheet: Sheet) -> str:
    """Cards, alerts, containers, plans: what they say in a frame."""
    parts: list[str] = []
    status = block.get("status") or block.get("level")
    if status:
        parts.append(f'<div class="note">{escape(str(status))}</div>')
    for key in ("title", "rich_text_title", "subtitle", "text", "body", "subtext", "details"):
        part = block.get(key)
        if isinstance(part, Mapping) and part.get("type") == "rich_text":
            parts.append(lines_html(rich_text(part, sheet.words)))
        elif part is not None:
            inside = _text(part, sheet)
            parts.append(f"<b>{inside}</b>" if key == "title" else inside)
    output = block.get("output")
    if isinstance(output, Mapping):
        parts.append(lines_html(rich_text(output, sheet.words)))
    keys = ["child_blocks", "tasks", *(["elements"] if block.get("type") == "carousel" else [])]
    parts += [blocks_html(block[key], sheet) for key in keys if block.get(key)]
    if block.get("actions"):
        parts.append(_actions({**block, "elements": block.get("actions")}, sheet))
    return f'<div class="box">{"".join(parts)}</div>'


def _layout(block: Json, sheet: Sheet) -> str:
    rows = [
        "".join(
            f'<div class="words">{blocks_html(item.get("blocks"), sheet)}</div>' for item in items(row.get("items"))
        )
        for row in items(block.get("rows"))
    ]
    label = f"<b>{escape(str(block.get('label', '')))}</b>" if block.get("is_label_visible") else ""
    return label + "".join(f'<div class="section">{row}</div>' for row in rows)


def _chart(block: Json, _sheet: Sheet) -> str:
    said = "".join(f"<div>{escape(line)}</div>" for line in values.chart(block))
    return f'<div class="box"><b>{escape(str(block.get("title", "")))}</b>{said}</div>'


def _provider(block: Json, sheet: Sheet) -> str:
    state = "connected" if block.get("is_connected") else "not connected"
    name = escape(values.flat(block.get("name"), sheet.words))
    return (
        f'<div class="box"><b>{name}</b><div class="note">{state}</div>{_text(block.get("description"), sheet)}</div>'
    )


def _named(block: Json, sheet: Sheet) -> str:
    title = values.flat(block.get("title"), sheet.words) or str(block.get("external_id", ""))
    return f'<div class="no-picture">{escape(str(block.get("type")))}: {escape(title)}</div>'


def _rich(block: Json, sheet: Sheet) -> str:
    return f"<div>{lines_html(rich_text(block, sheet.words))}</div>"


def _markdown(block: Json, sheet: Sheet) -> str:
    return f"<div>{lines_html(markdown(str(block.get('text') or ''), sheet.words))}</div>"


_BLOCKS: Mapping[str, Callable[[Json, Sheet], str]] = {
    "section": _section,
    "header": lambda block, sheet: f'<div class="header">{_text(block.get("text"), sheet)}</div>',
    "divider": lambda block, sheet: "<hr>",
    "context": _context,
    "actions": _actions,
    "context_actions": _actions,
    "input": _input,
    "image": lambda block, sheet: f"<div>{_image(block, sheet)}</div>",
    "rich_text": _rich,
    "markdown": _markdown,
    "table": _table,
    "data_table": _table,
    **dict.fromkeys(("alert", "card", "carousel", "container", "plan", "task_card"), _box),
    **dict.fromkeys(("video", "file", "call"), _named),
    "data_visualization": _chart,
    "layout": _layout,
    "auth_provider": _provider,
}
