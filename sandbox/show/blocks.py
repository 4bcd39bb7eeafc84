"""Blocks as terminal lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sandbox.show import values
from sandbox.show.lines import Paint, cells, clean, columns, flow, pad, paragraph, shorten
from sandbox.show.rich import items, rich_text
from sandbox.show.spans import Line, Span, Words, markdown

Json = Mapping[str, object]


# Narrower than this, two columns of fields cannot be read.
_COLUMN = 12


@dataclass(frozen=True, slots=True)
class Screen:
    """Where and how to draw. `state` holds the answers given (a view's `state`), `errors` what was
    wrong with them, by block_id."""

    words: Words
    width: int
    paint: Paint
    state: object = None
    errors: Mapping[str, str] | None = None

    def narrower(self, by: int) -> Screen:
        width = max(4, self.width - by)
        return Screen(self.words, width, self.paint, self.state, self.errors)


def draw(blocks: object, screen: Screen) -> list[str]:
    """Every block, one empty line between those that stand apart."""
    rows: list[str] = []
    for block in items(blocks):
        drawn = draw_block(block, screen)
        # A context line belongs to what stands above it.
        if rows and drawn and block.get("type") not in ("context", "context_actions"):
            rows.append("")
        rows += drawn
    return rows


def draw_block(block: Json, screen: Screen) -> list[str]:
    draw_one = _BLOCKS.get(str(block.get("type")))
    if draw_one is None:
        said = clean(json.dumps(block, ensure_ascii=False, default=str))
        return _say(f"⟨unknown block: {block.get('type')}⟩ {said}", screen)
    return draw_one(block, screen)


def _say(text: str, screen: Screen, *looks: str) -> list[str]:
    return paragraph([Line((Span(text),))], screen.width, screen.paint, looks)


def _text(value: object, screen: Screen, *looks: str) -> list[str]:
    return paragraph(values.text(value, screen.words), screen.width, screen.paint, looks)


def _header(block: Json, screen: Screen) -> list[str]:
    rows = _text(block.get("text"), screen, "bold")
    return [*rows, screen.paint("━" * max(map(cells, rows), default=0), "dim")]


def _divider(_: Json, screen: Screen) -> list[str]:
    return [screen.paint("─" * screen.width, "dim")]


def _section(block: Json, screen: Screen) -> list[str]:
    rows = _text(block.get("text"), screen)
    accessory = block.get("accessory")
    beside = _element(block, accessory, screen) if isinstance(accessory, Mapping) else []
    fields = items(block.get("fields"))
    half = screen.narrower(screen.width - (screen.width - 2) // 2)
    if half.width < _COLUMN:
        return [*rows, *(row for field in fields for row in _text(field, screen)), *beside]
    for index in range(0, len(fields), 2):
        pair = [_text(field, half) for field in fields[index : index + 2]]
        rows += columns([*pair, *([[""]] if len(pair) == 1 else [])], screen.width)
    return rows + beside


def _context(block: Json, screen: Screen) -> list[str]:
    spans: list[Span] = []
    for element in items(block.get("elements")):
        if element.get("type") == "image":
            part = [Line((Span(f"[{element.get('alt_text', '')}]"),))]
        else:
            part = values.text(element, screen.words)
        if spans:
            spans.append(Span("  "))
        for number, line in enumerate(part):
            spans += [Span(" "), *line.spans] if number else line.spans
    return paragraph([Line(tuple(spans))], screen.width, screen.paint, ("dim",))


def _actions(block: Json, screen: Screen) -> list[str]:
    rows: list[str] = []
    pieces: list[str] = []
    for element in items(block.get("elements")):
        if values.is_choice(element) or values.is_text_input(element):
            rows += [*flow(pieces, screen.width), *_element(block, element, screen)]
            pieces = []
        else:
            pieces += _element(block, element, screen)
    return rows + flow(pieces, screen.width)


def _input(block: Json, screen: Screen) -> list[str]:
    label = values.text(block.get("label"), screen.words)
    if block.get("optional") is True and label:
        label = [*label[:-1], Line((*label[-1].spans, Span(" (optional)")))]
    rows = paragraph(label, screen.width, screen.paint, ("bold",))
    element = block.get("element")
    if isinstance(element, Mapping):
        rows += _element(block, element, screen)
    rows += _text(block.get("hint"), screen, "dim")
    error = (screen.errors or {}).get(str(block.get("block_id")))
    return rows + (_say(f"⚠ {error}", screen, "danger") if error else [])


def _element(block: Json, element: Json, screen: Screen) -> list[str]:
    """An element as it stands: buttons and menus in one piece, the rest as lines."""
    words, paint = screen.words, screen.paint
    given = values.answer(screen.state, block, element)
    # What the brackets leave.
    room = screen.width - 4
    match str(element.get("type")):
        case "button" | "workflow_button" | "icon_button":
            link = " ↗" if element.get("url") else ""
            label = shorten(values.flat(element.get("text"), words), room - cells(link))
            return [paint(f"[ {label}{link} ]", str(element.get("style", "bold")))]
        case "feedback_buttons":
            pair = (element.get("positive_button"), element.get("negative_button"))
            texts = [one.get("text") if isinstance(one, Mapping) else "" for one in pair]
            return [f"[ {shorten(values.flat(text, words), room)} ]" for text in texts]
        case "overflow":
            inside = [values.flat(one.get("text"), words) for one in values.options(element)]
            return [f"[ ⋯ {shorten(' · '.join(inside), room - 2)} ]"]
        case "image":
            return _image(element, screen)
        case "checkboxes" | "radio_buttons":
            return _choices(element, given, screen)
    now = clean(values.value(element, given, words))
    hint = clean(values.flat(element.get("placeholder"), words))
    if values.is_text_input(element):
        return _typed(element, now, hint, screen)
    if str(element.get("type")).endswith(("select", "picker", "datepicker", "file_input")):
        mark = "⇪" if element.get("type") == "file_input" else "▾"
        shown = shorten(now or f"‹{hint or 'Choose'}›", room - 2)
        return [f"[ {shown if now else paint(shown, 'dim')} {mark} ]"]
    return _say(f"⟨unknown element: {element.get('type')}⟩", screen)


def _choices(element: Json, given: Json | None, screen: Screen) -> list[str]:
    off, on = ("☐", "☑") if element.get("type") == "checkboxes" else ("○", "●")
    rows: list[str] = []
    inner = screen.narrower(2)
    for choice in values.choices(element, given, screen.words):
        mark = on if choice.chosen else off
        lines = paragraph(choice.text, inner.width, screen.paint)
        lines += paragraph(choice.description, inner.width, screen.paint, ("dim",))
        rows += [f"{mark if number == 0 else ' '} {line}" for number, line in enumerate(lines)]
    return rows


def _typed(element: Json, now: str, hint: str, screen: Screen) -> list[str]:
    inner = screen.narrower(4).width
    # Without colour a hint would read like an answer.
    shown = now or (f"‹{hint}›" if hint else "")
    looks = () if now else ("dim",)
    lines = [Line((Span(line),)) for line in shown.split("\n")]
    rows = paragraph(lines, inner, screen.paint, looks)
    tall = element.get("multiline") is True or element.get("type") == "rich_text_input"
    rows += [""] * ((3 if tall else 1) - len(rows))
    edge = "─" * (inner + 2)
    return [f"┌{edge}┐", *(f"│ {pad(row, inner)} │" for row in rows), f"└{edge}┘"]


def _image(block: Json, screen: Screen) -> list[str]:
    title = values.flat(block.get("title"), screen.words)
    alt = str(block.get("alt_text") or "")
    return _say(f"[image: {title + ' — ' if title else ''}{alt}]", screen, "dim")


def _rich(block: Json, screen: Screen) -> list[str]:
    return paragraph(rich_text(block, screen.words), screen.width, screen.paint)


def _markdown(block: Json, screen: Screen) -> list[str]:
    lines = markdown(str(block.get("text") or ""), screen.words)
    return paragraph(lines, screen.width, screen.paint)


def cell(value: Json, words: Words) -> str:
    """A table's cell on one line."""
    if value.get("type") == "rich_text":
        lines = rich_text(value, words)
        return " ".join("".join(span.text for span in line.spans) for line in lines)
    return str(value.get("text", value.get("value", "")))


def _table(block: Json, screen: Screen) -> list[str]:
    rows = block.get("rows")
    table = [
        [clean(cell(one, screen.words)).replace("\n", " ") for one in items(row)]
        for row in (rows if isinstance(rows, list | tuple) else [])
    ]
    if not table:
        return []
    widths = [max(cells(row[index]) for row in table if index < len(row)) for index in range(max(map(len, table)))]
    drawn = ["  ".join(pad(text, size) for text, size in zip(row, widths, strict=False)).rstrip() for row in table]
    caption = _say(str(block["caption"]), screen, "bold") if block.get("caption") else []
    head, *body = [shorten(row, screen.width) for row in drawn]
    line = "─" * min(screen.width, sum(widths) + 2 * (len(widths) - 1))
    return [*caption, screen.paint(head, "bold"), line, *body]


def _card(block: Json, screen: Screen) -> list[str]:
    """Cards, alerts and other boxes: what they say, one part a line."""
    rows: list[str] = []
    for key in ("title", "rich_text_title", "subtitle", "text", "body", "subtext"):
        part = block.get(key)
        if isinstance(part, Mapping) and part.get("type") == "rich_text":
            rows += _rich(part, screen)
        elif part is not None:
            looks = ("bold",) if key == "title" else ()
            rows += _text(part, screen.narrower(2), *looks)
    for key in ("details", "output"):
        part = block.get(key)
        if isinstance(part, Mapping):
            rows += _rich(part, screen.narrower(2))
    inner = screen.narrower(2)
    for key in ("child_blocks", "tasks"):
        rows += draw(block.get(key), inner)
    if block.get("type") == "carousel":
        rows += draw(block.get("elements"), inner)
    rows += _actions({**block, "elements": block.get("actions")}, inner)
    status = block.get("status") or block.get("level")
    label = [f"[{status}]"] if status else []
    return [f"│ {row}" for row in [*label, *rows]]


def _layout(block: Json, screen: Screen) -> list[str]:
    """Row by row, its items one below the other: a terminal has no room beside."""
    rows = _say(str(block.get("label", "")), screen, "bold") if block.get("is_label_visible") else []
    for row in items(block.get("rows")):
        for item in items(row.get("items")):
            rows += draw(item.get("blocks"), screen)
    return rows


def _chart(block: Json, screen: Screen) -> list[str]:
    """The figures of a chart, a line a point."""
    return [
        *_say(str(block.get("title", "")), screen, "bold"),
        *(row for said in values.chart(block) for row in _say(said, screen)),
    ]


def _provider(block: Json, screen: Screen) -> list[str]:
    state = "connected" if block.get("is_connected") else "not connected"
    rows = _say(f"{values.flat(block.get('name'), screen.words)}: {state}", screen, "bold")
    return rows + _text(block.get("description"), screen)


def _named(block: Json, screen: Screen) -> list[str]:
    """Blocks that only Slack can play or draw: their kind and their title."""
    title = values.flat(block.get("title"), screen.words) or str(block.get("external_id", ""))
    return _say(f"[{block.get('type')}: {title}]", screen, "dim")


_BLOCKS: Mapping[str, Callable[[Json, Screen], list[str]]] = {
    "section": _section,
    "header": _header,
    "divider": _divider,
    "context": _context,
    "actions": _actions,
    "context_actions": _actions,
    "input": _input,
    "image": _image,
    "rich_text": _rich,
    "markdown": _markdown,
    "table": _table,
    "data_table": _table,
    "alert": _card,
    "card": _card,
    "carousel": _card,
    "container": _card,
    "plan": _card,
    "task_card": _card,
    "video": _named,
    "file": _named,
    "call": _named,
    "data_visualization": _chart,
    "layout": _layout,
    "auth_provider": _provider,
}


def boxed(rows: Sequence[str], title: str, foot: str, width: int) -> list[str]:
    """A frame with a title in its upper edge and, below a line, its buttons."""
    inner = width - 4
    head = f"┌─ {title} " if title else "┌"
    frame = [head + "─" * (width - 1 - cells(head)) + "┐"]
    frame += [f"│ {pad(row, inner)} │" for row in rows]
    if foot:
        frame.append("├" + "─" * (width - 2) + "┤")
        frame.append("│ " + " " * max(0, inner - cells(foot)) + foot + " │")
    return [*frame, "└" + "─" * (width - 2) + "┘"]
