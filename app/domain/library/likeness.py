"""What a decision means, as a model has it: which pieces of it are read, and one vector of them, packed as it is kept.

A title says what it is about, the beginning what it is for, and the paragraphs what there is to it: a third each. One
long text read at once comes out as a bit of everything.
"""

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt


@dataclass(frozen=True)
class Near:
    """What is looked for, as a model reads it. ``least``: the likeness from which something is found that shares no
    word with it; what was found by words is put in order by any."""

    model: str
    vector: bytes
    least: float


BEGINNING, READ, PARAGRAPH = 700, 3000, 600
"""Characters of the beginning, of all that is read, and of a paragraph."""


def pieces(title: str, text: str) -> list[str]:
    """What is read of a decision: its title, the title with the beginning of the text, and the paragraphs."""
    text = text.strip()
    found = [title[:PARAGRAPH]] if title.strip() else []
    if text:
        found.append(f"{title}\n{text[:BEGINNING]}")
        parts = (part.strip()[:PARAGRAPH] for part in re.split(r"\n\s*\n", text[:READ]))
        found += [part for part in parts if len(part) > 20]
    return found


def blended(read: Sequence[Sequence[float]], title: bool) -> list[float]:
    """One vector of those of ``pieces``. ``title``: whether the first is of a title."""
    units = [_unit(one) for one in read]
    first = 2 if title else 1
    parts = [*units[:first], _unit(_sum(units[first:]))] if units[first:] else units
    return _sum(parts)


def _sum(vectors: Sequence[Sequence[float]]) -> list[float]:
    return [fsum(steps) for steps in zip(*vectors, strict=True)]


def _unit(vector: Sequence[float]) -> list[float]:
    length = sqrt(fsum(one * one for one in vector)) or 1.0
    return [one / length for one in vector]


def packed(vector: Sequence[float]) -> bytes:
    """Four bytes by which it comes to the length of one, and a signed byte for each direction.

    Raises:
        ValueError: it points nowhere: all zeros, or no numbers. Such a one is like nothing, and is not kept.
    """
    most = max(map(abs, vector), default=0.0)
    if not 0 < most < float("inf"):
        raise ValueError("a vector that points nowhere")
    steps = [round(one * 127 / most) for one in vector]
    return struct.pack(f"<f{len(steps)}b", sum(one * one for one in steps) ** -0.5, *steps)
