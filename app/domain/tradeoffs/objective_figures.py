"""Figures in an objective's sentence: how much, in which unit. A number that is part of a name is none: p95, 30-day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from app.domain.stored_words import StoredEnum


class Unit(StoredEnum):
    PERCENT = "percent"  # of a change: of what it is now; of a level: of everybody
    PERCENTAGE_POINTS = "percentage_points"
    POINTS = "points"  # of a score, such as NPS
    MONEY = "money"
    MILLISECONDS = "milliseconds"
    SECONDS = "seconds"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    COUNT = "count"


IN_SECONDS: dict[Unit, Decimal] = {
    Unit.MILLISECONDS: Decimal("0.001"), Unit.SECONDS: Decimal(1), Unit.MINUTES: Decimal(60),
    Unit.HOURS: Decimal(3600), Unit.DAYS: Decimal(86400), Unit.WEEKS: Decimal(604800),
    Unit.MONTHS: Decimal(2629800), Unit.YEARS: Decimal(31557600),
}  # fmt: skip


@dataclass(frozen=True)
class Figure:
    amount: Decimal
    unit: Unit
    start: int
    end: int
    named: bool = False
    """Its unit was written, and is not only supposed."""


_UNITS: tuple[tuple[str, Unit], ...] = (
    (r"percentage[- ]points?|per ?cent[- ]points?|%[- ]?points?|ppts?|pps?", Unit.PERCENTAGE_POINTS),
    (r"basis points?|bps", Unit.PERCENTAGE_POINTS),
    (r"%|per ?cent|pct", Unit.PERCENT),
    (r"points?|pts?", Unit.POINTS),
    (r"milliseconds?|msecs?|ms", Unit.MILLISECONDS),
    (r"seconds?|secs?|s", Unit.SECONDS),
    (r"minutes?|mins?", Unit.MINUTES),
    (r"hours?|hrs?|h", Unit.HOURS),
    (r"(?:working |business )?days?|d", Unit.DAYS),
    (r"weeks?|wks?", Unit.WEEKS),
    (r"months?", Unit.MONTHS),
    (r"years?|yrs?", Unit.YEARS),
    (r"dollars?|euros?|pounds?|yen|usd|eur|gbp|chf|jpy", Unit.MONEY),
)
_SCALES = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "mm": 6, "mio": 6, "million": 6, "bn": 9, "b": 9, "billion": 9}
_FIGURE = re.compile(
    r"(?<![\w.,/#-])(?P<sign>[+\u2212-]\s?)?(?P<money>US\$|[$€£¥]|(?:USD|EUR|GBP|CHF)\s)?\s?"
    r"(?P<digits>\d{1,3}(?:[,'\u00a0\u202f]\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?![\w])|\d+(?:[.,]\d+)?|\.\d+)"
    r"(?:\s?(?P<scale>k|mn?|mm|mio|bn|b|thousand|million|billion)\b\+?)?"
    r"(?:[\s-]?(?:" + "|".join(f"(?P<u{at}>{words})" for at, (words, _) in enumerate(_UNITS)) + r")(?![\w]))?"
    r"(?P<times>\s?(?:x|×|-?fold|times)(?![\w]))?",
    re.IGNORECASE,
)  # fmt: skip

_NUMBERS = {
    "zero": "0", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "fifteen": "15", "twenty": "20", "thirty": "30",
    "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
}  # fmt: skip
_NUMBER_WORD = re.compile(rf"\b({'|'.join(_NUMBERS)})\b(?!-)", re.IGNORECASE)
_ONE = re.compile(

        r"\b(?:one|a|an)(?= (?:%|per ?cent|percentage|points?|seconds?|minutes?|hours?|days?|weeks?"
        r"|hundred|thousand|million|star)\b)", re.I
)  # fmt: skip
_HUNDREDS = re.compile(r"\b(\d+) (hundred)\b", re.IGNORECASE)
_ODDS = re.compile(
    r"(?<![\d.,])\b(\d+|one) (?:in|out of|of(?= (?:every )?(?:5|10|20"
    r"|100)\b)) (?:every )?(\d+)\b(?= (?:of |all )?[a-z]{4,}|$)(?! (?:day|hour|minute|second|week"
    r"|month|year|market|countr|stor|cit|language))",
    re.IGNORECASE,
)
_OUT_OF = re.compile(r"(?<![\d.,])\b(\d+|one) out of (?:every )?(\d+)\b", re.IGNORECASE)
_FRACTION = re.compile(r"(\b(?:by|to) )([1-9])/([2-9])\b", re.IGNORECASE)
_SHARES = (
    (re.compile(r"\bhalf an? (?=second|minute|hour|day|week|month|year|per|point|star|million)", re.I), "0.5 "),
    (re.compile(r"\bthree[- ]quarters\b|\b3[- ]quarters\b", re.I), "75%"),
    (re.compile(r"\btwo[- ]thirds\b|\b2[- ]thirds\b", re.I), "66.7%"),
    (re.compile(r"\b(?:by|to) (?:a|one) third\b", re.I), "by 33.3%"),
    (re.compile(r"\b(?:by|to) (?:a|one) quarter\b", re.I), "by 25%"),
    (re.compile(r"\b(?:by|to) (?:a|one) fifth\b", re.I), "by 20%"),
    (re.compile(r"\b(?:by|in|to) (?:a |one )?half\b", re.I), "by 50%"),
    (re.compile(r"\bhalf (?=of |the |our |as )", re.I), "50% "),
)

NAMES = re.compile(
    r"\b(?:[a-z]+\d[\w.]*"  # p95, d30, v2, h264
    r"|(?:phase|version|release|level|tier|stage|step|part|wave|milestone|sprint|iso|soc|wcag|pci(?: dss)?|ios|android"
    r"|python|java|windows|https?|html|web|module|chapter|week|day|month|year|top|first|last|next|previous|series"
    r"|generation|gen|error|article|section|ga|fy|type|vitamin|route|area|gate|plan b|horizon|covid|catch|net|angular"
    r"|react|node|php|ruby|rails|postgres|mysql|kafka|spring|vue|django|salesforce|office|form"
    r"|page)[ -/]?\d[\d.]*(?![\w%])"
    r"|(?:\d+-|(?!1 )\d+ )(?:day|week|month|minute|hour|second|year|star|click|step|page|item|person|seat|tap)(?![\w])"
    r"|past[ -]\d[\d.]* (?:days?|weeks?|months?|quarters?|years?|hours?)\b"
    r"|24/7|360[- ]degree|b2[bc]|\d+(?:st|nd|rd|th)\b|[1-5]g\b|404s?|500s\b)",
    re.IGNORECASE,
)
"""Numbers that name something."""


def plain_figures(text: str) -> str:
    """Number words as digits, a half and a third as per cent: what the rest reads."""
    for pattern, puts in _SHARES:
        text = pattern.sub(puts, text)
    text = _ONE.sub("1", _NUMBER_WORD.sub(lambda found: _NUMBERS[found[1].lower()], text))
    text = _FRACTION.sub(
        lambda found: f"{found[1]}{round(Decimal(int(found[2]) * 100) / int(found[3]), 1).normalize():f}%", text
    )
    text = _HUNDREDS.sub(lambda found: found[1] + "00", text)
    return _ODDS.sub(_share, _OUT_OF.sub(_share, text))


def _share(found: re.Match[str]) -> str:
    hits, of = 1 if found[1].lower() == "one" else int(found[1]), int(found[2])
    if not 1 < of <= 1000 or hits > of:
        return found[0]
    return f"{round(Decimal(hits * 100) / of, 1).normalize():f}%"


def figures(text: str, *, named: bool = False) -> Iterator[Figure]:
    """Every figure of a text that ``plain_figures`` made plain. ``named``: those in a name too, such as 4-hour."""
    hidden = [] if named else [found.span() for found in NAMES.finditer(text)]
    for found in _FIGURE.finditer(text):
        start, end = found.span("digits")
        if any(start < stop and begin < end for begin, stop in hidden):
            continue
        yield _figure(found)


def _figure(found: re.Match[str]) -> Figure:
    digits = re.sub(r"[ '\u00a0\u202f]", "", found["digits"])
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        digits = digits.replace(",", "")
    amount = Decimal(digits.replace(",", "."))
    scale = (found["scale"] or "").lower()
    unit, written = Unit.COUNT, False
    for at, (_, one) in enumerate(_UNITS):
        if found[f"u{at}"]:
            unit, written = one, True
            if re.fullmatch(r"basis points?|bps", found[f"u{at}"], re.IGNORECASE):
                amount /= 100
    if found["money"]:
        unit, written = Unit.MONEY, True
    if scale:
        amount = Decimal(f"{amount.scaleb(_SCALES[scale]):f}")
    if found["times"] and not written:
        amount, unit, written = (amount - 1) * 100, Unit.PERCENT, True
    start = found.start("digits") if not found["money"] else found.start("money")
    end = found.end()
    if end < len(found.string) and found.string[end] == "+":
        end += 1
    return Figure(amount, unit, start, end, written)
