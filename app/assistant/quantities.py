"""Amounts as people write them: a number in digits or words, its scale, currency and unit. Pure."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

_SMALL: Final = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_LARGE: Final = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_SCALES: Final = {
    "k": 10**3,
    "tsd": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "mm": 10**6,
    "mio": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "mrd": 10**9,
    "t": 10**12,
    "tn": 10**12,
    "trillion": 10**12,
    **_LARGE,
}

_GAP: Final = "[ \u00a0\u2009\u202f]"
_DIGITS: Final = (
    rf"(?:\d{{1,3}}(?:{_GAP}\d{{3}})+(?!\d)(?:[.,]\d+)?"  # 3 500 000,5
    r"|\d+(?:[.,'’_]\d+)*"  # 3,500,000.5 and 3.500.000,5 and 3'500
    r"|(?<![\w.])\.\d+)"
)
_WORD: Final = "|".join(sorted([*_SMALL, *_LARGE], key=len, reverse=True))
_WORDS: Final = rf"(?!two-way\b)(?:{_WORD})\b(?:(?:[ -]|,? and )(?:{_WORD})\b)*"


_SYMBOLS: Final = {
    "€": "eur", "£": "gbp", "¥": "jpy", "₹": "inr", "$": "usd", "us$": "usd", "a$": "aud",
    "c$": "cad", "nz$": "nzd", "hk$": "hkd", "s$": "sgd", "r$": "brl",
    "dollar": "usd", "euro": "eur", "pound": "gbp", "yen": "jpy", "franc": "chf",
}  # fmt: skip
CODES: Final = "usd|eur|gbp|chf|jpy|cad|aud|nzd|sek|nok|dkk|pln|czk|inr|cny|brl|sgd|hkd|zar|ils"
_SYMBOL: Final = r"(?:us|nz|hk|[acsr])?\$|[€£¥₹]"

_UNITS: Final = {
    "%": "%", "percent": "%", "per cent": "%", "pct": "%", "percentage point": "%", "pp": "%",
    "bp": "bp", "basis point": "bp", "x": "x", "×": "x", "time": "x",
    "st": "th", "nd": "th", "rd": "th", "th": "th",
    "ms": "ms", "millisecond": "ms", "s": "second", "sec": "second", "second": "second",
    "min": "minute", "minute": "minute", "h": "hour", "hr": "hour", "hour": "hour",
    "d": "day", "day": "day", "w": "week", "wk": "week", "week": "week", "mo": "month",
    "month": "month", "quarter": "quarter", "y": "year", "yr": "year", "year": "year",
    "sprint": "sprint", "kb": "kb", "mb": "mb", "gb": "gb", "tb": "tb",
}  # fmt: skip
_ALL: Final = "|".join(sorted(_UNITS, key=len, reverse=True))
# A single letter is a unit only where it touches its number: "3d", not "plan 3 d".
_APART: Final = "|".join(
    unit for unit in sorted(_UNITS, key=len, reverse=True) if unit.isalpha() is False or len(unit) > 1
)

_QUANTITY: Final = re.compile(
    rf"(?:(?<!\w)(?P<before>{_SYMBOL}|(?:{CODES})) ?|(?<![\w$€£¥₹%×]))"
    rf"(?:(?P<digits>(?>{_DIGITS}))|\b(?P<words>(?>{_WORDS})))"
    rf"(?:(?P<attached>k|mn?|mm|bn?|tn?|mio|mrd|tsd)(?=(?:{CODES})\b|[^a-z]|$)"
    r"|[ \u00a0](?-i:(?P<apart>[kKMB]|bn|mn|mio|mrd|tsd|Mio|Mrd))\b"
    r"|[ \u00a0-](?P<spelt>hundred|thousand|million|billion|trillion)\b)?"
    rf"(?: ?(?P<after>{_SYMBOL}|{CODES})(?!\w)|[ -](?P<money>dollar|euro|pound|yen|franc)s?\b)?"
    rf"(?:(?P<close>(?:{_ALL})s?)|(?P<gap>[ \u00a0-])(?P<unit>(?:{_APART})s?))?"
    r"(?![\w%×€£¥₹$])",
    re.I,
)
_TO: Final = re.compile(r" ?[-–—] ?| to ")


@dataclass(frozen=True)
class Quantity:
    """An amount in a text.

    `values` are all it may mean, none for what only looks like a number ("1.2.3"). `number_end` is
    where number, scale and currency end and a unit that is a word of its own begins.
    """

    start: int
    number_end: int
    end: int
    values: frozenset[Decimal]
    scale: int | None
    scale_is_sure: bool
    currency: str | None
    unit: str
    digits: bool
    """Written in digits, not in words."""
    bare: bool
    """Neither scale, currency nor unit was written, and no separators: "2026", "five"."""


def quantities(text: str) -> list[Quantity]:
    """Every amount in `text`, in order; the two ends of a range share what only one end says."""
    found = [_read(m) for m in _QUANTITY.finditer(text)]
    for i, (low, high) in enumerate(pairwise(found)):
        if _is_range(text, low, high):
            found[i] = replace(
                low,
                scale=low.scale or (None if low.unit else high.scale),
                scale_is_sure=low.scale_is_sure and high.scale_is_sure,
                currency=low.currency or high.currency,
                unit=low.unit or high.unit,
                bare=low.bare and high.bare,
            )
            found[i + 1] = replace(high, currency=high.currency or low.currency)
    return found


def _is_range(text: str, low: Quantity, high: Quantity) -> bool:
    between = text[low.end : high.start]
    if between == " and ":
        return text[: low.start].lower().endswith("between ")
    return _TO.fullmatch(between) is not None


def _read(m: re.Match[str]) -> Quantity:
    digits, words = m["digits"], m["words"]
    letters = (m["attached"] or m["apart"] or m["spelt"] or "").lower()
    symbol = m["before"] or m["after"] or m["money"]
    unit = _unit(m["close"] or m["unit"])
    own_word = m["gap"] is not None and unit not in ("%", "bp")
    return Quantity(
        start=m.start(),
        number_end=m.start("gap") if own_word else m.end(),
        end=m.end(),
        values=_from_digits(digits) if digits else frozenset({_from_words(words)}),
        scale=_SCALES[letters] if letters else None,
        scale_is_sure=symbol is not None or m["attached"] not in ("m", "mm", "b", "t"),
        currency=_currency(symbol) if symbol else None,
        unit=unit,
        digits=bool(digits),
        bare=not (letters or symbol or unit) and (digits or words).isalnum(),
    )


def _unit(text: str | None) -> str:
    if not text:
        return ""
    text = text.lower()
    return _UNITS[text] if text in _UNITS else _UNITS[text.removesuffix("s")]


def _currency(text: str) -> str:
    text = text.lower()
    return _SYMBOLS.get(text) or _SYMBOLS.get(text.removesuffix("s")) or text


_ENGLISH: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_CONTINENTAL: Final = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}(?:\.\d{3})+,\d+")
_ONE_POINT: Final = re.compile(r"\d{1,3}\.\d{3}")


def _from_digits(text: str) -> frozenset[Decimal]:
    """The values `text` (a match of _DIGITS) may have; none where it is no number at all.

    "3.500" has two, since half the world writes thousands so. "1.2.3" has none: it is a version.
    """
    plain = re.sub(rf"{_GAP}|['’_]", "", text)
    if _ENGLISH.fullmatch(plain):
        return frozenset({Decimal(plain.replace(",", ""))})
    if _CONTINENTAL.fullmatch(plain):
        return frozenset({Decimal(plain.replace(".", "").replace(",", "."))})
    if _ONE_POINT.fullmatch(plain):
        return frozenset({Decimal(plain), Decimal(plain.replace(".", ""))})
    if len(re.findall(r"[.,]", plain)) > 1:
        return frozenset()
    return frozenset({Decimal(plain.replace(",", "."))})


def _from_words(text: str) -> Decimal:
    """The value of a match of _WORDS: "two hundred and fifty thousand" is 250000."""
    total, current = 0, 0
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in _SMALL:
            current += _SMALL[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in _LARGE:
            total += max(current, 1) * _LARGE[word]
            current = 0
    return Decimal(total + current)
