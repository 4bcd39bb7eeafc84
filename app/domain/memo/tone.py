"""The tone of a text: which words carry heat, blame, weight or doubt where a figure would do.

Words are judged one by one: a score for a whole sentence finds a neutral memo line glad and a fraud figure
desperate. Numbers, links and mentions are never judged; what
stands in quotation marks is, since a signer reads it all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from app.domain.memo.tone_words import BLAME, CALM, EMOTIVE, EMOTIVE_PHRASES, HEDGES, INTENSIFIERS

Kind = Literal["emotive", "blame", "intensifier", "hedge"]


@dataclass(frozen=True)
class Finding:
    """text[start:end] == word: what was found, as it was written."""

    word: str
    start: int
    end: int
    kind: Kind


def find_tone(text: str) -> list[Finding]:
    """The words that colour a text, in order; none overlaps another."""
    left = re.sub(r"\s", " ", text)  # a phrase may run over the end of a line
    left = _SILENT.sub(_blank, _calm().sub(_blank, left))
    found: list[Finding] = []
    for kind, pattern in _patterns():
        found.extend(_finding(text, *match.span(), kind) for match in pattern.finditer(left))
        left = pattern.sub(_blank, left)
    for match in _WORD.finditer(left):
        if not _is_name(text, match):
            found.extend(
                _finding(text, match.start() + part.start(), match.start() + part.end(), "emotive")
                for part in _warm_parts(match[0])
            )
    return sorted(found, key=lambda finding: finding.start)


_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PART = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Links, mentions, channels, e-mail addresses, emoji codes and `code`: names, not prose.
_SILENT = re.compile(
    r"<[@#!][^<>]*>|(?:https?|mailto):[^\s|>]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]+|:[a-z0-9_+-]+:|`[^`]*`"
)


def _finding(text: str, start: int, end: int, kind: Kind) -> Finding:
    return Finding(text[start:end], start, end, kind)


def _blank(match: re.Match[str]) -> str:
    """Out of sight, with every position kept; a neutral letter would join its neighbours."""
    return "\0" * len(match[0])


def _warm_parts(word: str) -> list[re.Match[str]]:
    """The whole word, or the warm parts of a compound ("disaster-prone")."""
    whole = re.match(r".+", word, re.DOTALL)
    if whole and _is_warm(word):
        return [whole]
    return [part for part in _PART.finditer(word) if _is_warm(part[0])]


_WHOLE = frozenset(word for word in EMOTIVE if not word.endswith("*"))
_BEGINNINGS = tuple(word[:-1] for word in EMOTIVE if word.endswith("*"))


def _is_warm(word: str) -> bool:
    low = word.lower().replace("’", "'").removesuffix("'s")
    return low in _WHOLE or ("-" not in low and low.startswith(_BEGINNINGS))


def _is_name(text: str, match: re.Match[str]) -> bool:
    """A capital inside a sentence is a name: Project Fury, Grace from Legal."""
    word = match[0]
    if not word[0].isupper() or word.isupper():
        return False
    at = match.start() - 1
    while at >= 0 and text[at] in " \t\"'“‘«(*_~":
        at -= 1
    return at >= 0 and text[at] not in ".!?:;…\n\r•-–—>|"


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    # Two exclamation marks do what "very" does.
    return (
        ("blame", _compiled(BLAME)),
        ("emotive", _compiled(EMOTIVE_PHRASES)),
        ("hedge", _compiled(HEDGES)),
        ("intensifier", re.compile(rf"{_compiled(INTENSIFIERS).pattern}|!(?:\s?!)+", re.IGNORECASE)),
    )


@lru_cache(maxsize=1)
def _calm() -> re.Pattern[str]:
    return _compiled(CALM)


def _compiled(phrases: Iterable[str]) -> re.Pattern[str]:
    joined = "|".join(phrases).replace("'", "['’]")
    return re.compile(rf"(?<![\w'’])(?:{joined})(?!\w)", re.IGNORECASE)
