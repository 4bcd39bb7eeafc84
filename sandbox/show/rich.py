"""Rich text blocks as lines of spans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sandbox.show.emoji import EMOJI
from sandbox.show.spans import Line, Span, Style, Words

Json = Mapping[str, object]


def items(value: object) -> list[Json]:
    """The objects of a list; whatever else is in it is left out."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        return []
    return [item for item in value if isinstance(item, Mapping)]


def rich_text(block: Json, words: Words) -> list[Line]:
    """A rich_text block's sections, lists, quotes and code."""
    lines: list[Line] = []
    for piece in items(block.get("elements")):
        inner = items(piece.get("elements"))
        match piece.get("type"):
            case "rich_text_list":
                lines += _list(piece, inner, words)
            case "rich_text_quote":
                lines += [replace(line, kind="quote") for line in _broken(inner, words)]
            case "rich_text_preformatted":
                lines += [replace(line, kind="code") for line in _broken(inner, words)]
            case "rich_text_section":
                lines += _broken(inner, words)
            case other:
                lines.append(Line((Span(f"⟨unknown rich text: {other}⟩"),)))
    return lines


def _list(piece: Json, inner: Iterable[Json], words: Words) -> list[Line]:
    indent = piece.get("indent")
    offset = piece.get("offset")
    start = offset + 1 if isinstance(offset, int) else 1
    lines: list[Line] = []
    for number, section in enumerate(inner, start):
        marker = f"{number}." if piece.get("style") == "ordered" else "•"
        for line in _broken(items(section.get("elements")), words):
            lines.append(replace(line, marker=marker, indent=indent if isinstance(indent, int) else 0))
            marker = " "
    return lines


def _broken(parts: Iterable[Json], words: Words) -> list[Line]:
    """Parts joined and then broken where their text breaks; a last line break adds no line."""
    rows: list[list[Span]] = [[]]
    for part in parts:
        span = _span(part, words)
        first, *more = span.text.split("\n")
        rows[-1].append(replace(span, text=first))
        rows += [[replace(span, text=line)] for line in more]
    if len(rows) > 1 and not any(span.text for span in rows[-1]):
        rows.pop()
    return [Line(tuple(span for span in row if span.text)) for row in rows]


def _styles(part: Json) -> frozenset[Style]:
    style = part.get("style")
    if not isinstance(style, Mapping):
        return frozenset()
    names: tuple[Style, ...] = ("bold", "italic", "strike", "code")
    return frozenset(name for name in names if style.get(name) is True)


def _span(part: Json, words: Words) -> Span:
    def word(key: str) -> str:
        return str(part.get(key) or "")

    styles = _styles(part)
    mention: frozenset[Style] = styles | {"mention"}
    match part.get("type"):
        case "text":
            return Span(word("text"), styles)
        case "link":
            return Span(word("text") or word("url"), styles, word("url"))
        case "emoji":
            return Span(EMOJI.get(word("name"), f":{word('name')}:"), styles)
        case "user":
            return Span(words.user(word("user_id")), mention)
        case "channel":
            return Span(words.channel(word("channel_id")), mention)
        case "usergroup":
            return Span(words.group(word("usergroup_id")), mention)
        case "broadcast":
            return Span("@" + word("range"), mention)
        case "date":
            timestamp = part.get("timestamp")
            if isinstance(timestamp, int):
                return Span(words.date(timestamp, word("format")), styles, word("url"))
            return Span(word("fallback"), styles)
        case "color":
            return Span(word("value"), styles)
        case other:
            return Span(f"⟨unknown: {other}⟩", styles)
