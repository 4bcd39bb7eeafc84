"""How a metric is called, in its writer's words."""

from __future__ import annotations

import re

from app.domain.tradeoffs import objective_words as words
from app.domain.tradeoffs.objective_figures import figures
from app.domain.tradeoffs.objective_patterns import EDGE

_PER = re.compile(r"\bper\s+$", re.IGNORECASE)
"""What follows belongs to the name: complaints per 1,000 orders."""


def name_of(text: str, _: None) -> str:
    """What is measured, in its writer's words: the sentence without its verb, its figures and what joins them."""
    spans = sorted((one.start, one.end) for one in figures(text) if not _PER.search(text[: one.start]))
    for start, end in reversed(spans):
        text = text[:start] + " | " + text[end:]
    cut = re.split(r"\||[;:()]|,(?!\d)", text)
    of = next((" ".join(piece.split()) for piece in cut if re.match(r"\s*per\s+\d", piece)), "")
    pieces = [_trimmed(piece) for piece in cut if not re.match(r"\s*per\s+\d", piece)]
    pieces = [piece for piece in pieces if re.search(r"[^\W\d_]{2,}", piece)]
    return f"{pieces[0]} {of}".strip()[:120] if pieces else ""


def _trimmed(piece: str) -> str:
    piece = piece.strip(" .-–—+<>≥≤=$€£%&\"“”'")
    before = None
    while before != piece:
        before = piece
        piece = EDGE.sub("", f"{piece}").strip(" .-–—+<>≥≤=$€£%\"“”'")
        if re.fullmatch(
            r"(?:the|a|an|of|in|on|for|and|with|to|by|at|from|is|are|be|least|most|than|under|below|above"
            r"|over|or|no|not|back|more|less|about|around|up|down|within|between)",
            piece,
            re.I,
        ):
            return ""
    return piece


def is_internal(text: str) -> bool:
    return bool(words.INTERNAL.search(text))
