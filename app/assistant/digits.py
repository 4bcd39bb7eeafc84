"""Digits as people group them, read into the values that they may have. Pure."""

import re
from decimal import Decimal
from typing import Final

GAP: Final = "[ \u00a0\u2009\u202f]"
"""Blanks that stand between thousands."""

_ENGLISH: Final = re.compile(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d{1,3}(?:,\d{3})+\.\d+")
_INDIAN: Final = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
_CONTINENTAL: Final = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}(?:\.\d{3})+,\d+")
_ONE_SIGN: Final = re.compile(r"\d{1,3}[.,]\d{3}")


def from_digits(text: str) -> frozenset[Decimal]:
    """The values that digits may have; none where they are no number at all.

    "3.500" has two, since half the world writes thousands so. "1.2.3" has none: it is a version.
    """
    plain = re.sub(rf"{GAP}|['’_]", "", text)
    if _ENGLISH.fullmatch(plain) or _INDIAN.fullmatch(plain):
        return frozenset({Decimal(plain.replace(",", ""))})
    if _CONTINENTAL.fullmatch(plain):
        return frozenset({Decimal(plain.replace(".", "").replace(",", "."))})
    if _ONE_SIGN.fullmatch(plain):
        return frozenset({Decimal(plain.replace(",", ".")), Decimal(re.sub("[.,]", "", plain))})
    if len(re.findall(r"[.,]", plain)) > 1:
        return frozenset()
    return frozenset({Decimal(plain.replace(",", "."))})


def clear(text: str) -> str:
    """Digits of all scripts as ASCII, full-width signs as plain ones; every character keeps its place."""
    return "".join(map(_cleared, text)) if not text.isascii() else text


def _cleared(char: str) -> str:
    if "\uff01" <= char <= "\uff5e":
        return chr(ord(char) - 0xFEE0)
    if char in "\u00a0\u2009\u202f\u2007\u3000":
        return " "
    if char in "\u2212\u2010\u2011":
        return "-"
    if char == "￥":
        return "¥"
    if char.isdecimal() and not char.isascii():
        return str(int(char))
    return char
