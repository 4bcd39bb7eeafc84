"""A proposal between the arms: splitting the difference is named as what nobody tested."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.domain.tradeoffs.objective_figures import plain_figures

_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)?")
_ONE = re.compile(r"\b(?:a single|one)\b", re.IGNORECASE)


def in_the_middle(decided: str, arms: Sequence[str]) -> bool:
    """Whether what was decided names a figure that lies between those of two arms, of the same kind, and is none."""
    decided = _ONE.sub("1", plain_figures(decided))
    figures = {number: arm for arm in arms if (number := _figure(arm)) is not None}
    if len(figures) < 2:
        return False
    words = {word for arm in arms for word in re.findall(r"[a-z]{3,}", arm.lower())}
    for found in _NUMBER.finditer(decided):
        value = float(found[0].replace(",", "."))
        near = re.findall(r"[a-z]{3,}", decided[found.end() : found.end() + 25].lower())[:2]
        of_arms = not words or any(word in words or f"{word}s" in words or word.rstrip("s") in words for word in near)
        if of_arms and min(figures) < value < max(figures) and value not in figures:
            return True
    return False


def _figure(arm: str) -> float | None:
    found = _NUMBER.search(_ONE.sub("1", plain_figures(arm)))
    return float(found[0].replace(",", ".")) if found else None
