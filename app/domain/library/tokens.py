"""Texts as the tokens by which they are found: one reading for documents and queries, whichever database keeps them.

FTS5's and PostgreSQL's own parsers differ (``CEO/CFO``, ``go/no-go``, ``two-way``, ``approved.The``), and drop words
that are names (Will, Don, IT). So both are given tokens of letters and digits alone, made here. Languages are not asked
for: accents and cases go, the endings that a plural has in English, French and Spanish fall off, and what is written
without blanks (Chinese, Japanese, Korean) is cut into overlapping pairs.
"""

import re
import unicodedata
from functools import lru_cache

LONGEST = 48
"""Characters of a token; what goes on longer is cut off, for texts and queries alike."""

_ACCENT = re.compile("[\u0300-\u036f]")
_UNSPACED = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_PART = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")
_FIRST_UNSPACED = re.compile(f"[{_UNSPACED}]")


def plain(text: str) -> str:
    """Small letters without accents; full-width signs and ligatures as the letters they stand for."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFC", _ACCENT.sub("", unicodedata.normalize("NFD", folded)))


def tokens(text: str, *, asked: bool = False) -> list[str]:
    """The tokens of a text, in its order, each as often as it stands there.

    ``asked``: of a query. What is written without blanks is asked for by pairs, by a single sign where it is one.
    """
    found: list[str] = []
    for part in _PART.findall(plain(text)):
        if _FIRST_UNSPACED.match(part):
            found += _pairs(part, asked)
        else:
            found.append(stem(part[:LONGEST]))
    return found


def _pairs(part: str, asked: bool) -> list[str]:
    pairs = [part[at : at + 2] for at in range(len(part) - 1)]
    return pairs if asked and pairs else [*pairs, *part]


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word without the ending of its plural: ``policies`` and ``policy``, ``slots`` and ``slot`` are one token."""
    if len(word) < 4 or not word.endswith("s") or not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ss", "us", "is")):
        return word
    if word.endswith(("sses", "ches", "shes", "xes", "zes")):
        return word[:-2]
    return word[:-1]
