"""Terminal lines: how wide text is, where it wraps, how it is coloured."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sandbox.show.spans import Line, Span

_ANSI = {
    "bold": "1", "dim": "2", "italic": "3", "strike": "9", "underline": "4",
    "code": "31", "mention": "34", "link": "34", "primary": "1;32", "danger": "1;31",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paint:
    """Writes looks as ANSI codes, or not at all."""

    colour: bool

    def __call__(self, text: str, *looks: str) -> str:
        codes = ";".join(_ANSI[look] for look in looks if look in _ANSI)
        return f"\x1b[{codes}m{text}\x1b[0m" if self.colour and codes and text else text


def cells(text: str) -> int:
    """The columns text takes in a terminal: wide characters take two, marks none, codes none."""
    width = 0
    for character in re.sub(r"\x1b\[[0-9;]*m", "", text):
        if character == "\ufe0f":
            # The character before is drawn as an emoji, and those are wide.
            width += 1
        elif unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Me"):
            continue
        else:
            width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return width


def pad(text: str, width: int) -> str:
    return text + " " * max(0, width - cells(text))


def shorten(text: str, width: int) -> str:
    """On one line of at most `width` columns, an ellipsis where something is left out."""
    text = clean(text).replace("\n", " ")
    if cells(text) <= width:
        return text
    kept = ""
    for character in text:
        if cells(kept + character) > width - 1:
            break
        kept += character
    return kept + "…"


def clean(text: str) -> str:
    """No control characters: what an app sends must not drive the reader's terminal."""
    return "".join(
        "�" if unicodedata.category(character) in ("Cc", "Cs") and character != "\n" else character
        for character in text
    ).replace("\t", "    ")


Looks = tuple[str, ...]


@dataclass(slots=True)
class _Word:
    """Pieces with no space between them: they break together. `gap` is the space before."""

    gap: str
    pieces: list[tuple[str, Looks]]

    @property
    def width(self) -> int:
        return sum(cells(text) for text, _ in self.pieces)


def _words(spans: Iterable[Span]) -> list[_Word]:
    found = [_Word("", [])]
    for text, looks in _runs(spans):
        for piece in re.findall(r" +|[^ ]+", text):
            if not piece.isspace():
                found[-1].pieces.append((piece, looks))
            elif found[-1].pieces:
                found.append(_Word(piece, []))
            else:
                found[-1].gap += piece
    return [word for word in found if word.pieces]


def _runs(spans: Iterable[Span]) -> Iterator[tuple[str, Looks]]:
    for span in spans:
        text = clean(span.text)
        if "code" in span.styles:
            text = f"`{text}`"
        elif "strike" in span.styles:
            text = f"~{text}~"
        yield text, (*sorted(span.styles), *(("link", "underline") if span.url else ()))
        if span.url and span.url != span.text and not span.url.startswith("mailto:"):
            yield f" ({clean(span.url)})", ("dim",)


def wrap(spans: Sequence[Span], width: int, paint: Paint, looks: Looks = ()) -> list[str]:
    """One written line as terminal lines no wider than `width`; a longer word is cut."""
    rows: list[str] = []
    row, used = "", 0
    for word in _words(spans):
        if used and used + len(word.gap) + word.width > width:
            rows.append(row)
            row, used = "", 0
        elif used or not rows:
            row += word.gap
            used += len(word.gap)
        for text, own in word.pieces:
            for piece in _cut(text, width - used, width):
                if used and used + cells(piece) > width:
                    rows.append(row)
                    row, used = "", 0
                row += paint(piece, *dict.fromkeys((*looks, *own)))
                used += cells(piece)
    return [*rows, row]


def _cut(word: str, room: int, width: int) -> list[str]:
    """A word that is wider than a line, in pieces: the first fills the room that is left."""
    if cells(word) <= width:
        return [word]
    pieces: list[str] = []
    piece, used, most = "", 0, max(1, room)
    for character in word:
        size = cells(character)
        if used + size > most and piece:
            pieces.append(piece)
            piece, used, most = "", 0, width
        piece += character
        used += size
    return [*pieces, piece]


def paragraph(lines: Iterable[Line], width: int, paint: Paint, looks: Looks = ()) -> list[str]:
    """Lines as written, each wrapped, with its bar, bullet or weight."""
    rows: list[str] = []
    for line in lines:
        lead = "  " * line.indent
        if line.marker:
            lead += f"{line.marker} "
        if line.kind == "quote":
            lead = "▎ "
        elif line.kind == "code":
            lead = "  │ "
        own = (*looks, "bold") if line.kind == "heading" else looks
        hang = lead if line.kind in ("quote", "code") else " " * cells(lead)
        for index, row in enumerate(wrap(line.spans, max(8, width - cells(lead)), paint, own)):
            rows.append((lead if index == 0 else hang) + row)
    return rows


def columns(cellsets: Sequence[Sequence[str]], width: int, gap: int = 2) -> list[str]:
    """Blocks of rows side by side, equally wide."""
    share = (width - gap * (len(cellsets) - 1)) // len(cellsets)
    height = max(len(rows) for rows in cellsets)
    return [
        (" " * gap).join(pad(rows[index] if index < len(rows) else "", share) for rows in cellsets).rstrip()
        for index in range(height)
    ]


def flow(pieces: Iterable[str], width: int, gap: str = "  ") -> list[str]:
    """Pieces one after the other, a new row where the next does not fit."""
    rows: list[str] = []
    row = ""
    for piece in pieces:
        if row and cells(row) + cells(gap) + cells(piece) > width:
            rows.append(row)
            row = piece
        else:
            row = f"{row}{gap}{piece}" if row else piece
    return [*rows, row] if row else rows
