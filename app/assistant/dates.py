"""Dates as people write them, read into what they say: a day, a month, a quarter, a time. Pure."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.reading.days.finding import find_specs
from app.domain.reading.days.specs import Both, Fixed, Numeric, OnWeekday, Several, Spec, Stretch

BLOT: Final = "\ue000"
"""A private character, in the place of what has been read already."""

Sense = tuple[object, ...]
"""One thing a text may mean: ("day", 2026, 12, 1), ("figure", Decimal(5), "eur", "day"), …"""

_NAMES: Final = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b"
_YEAR: Final = r"(?:(?:19|20)\d\d\b|['’]\d\d\b)"
_TO: Final = r"\s?(?:[-–—/]|to|and|or)\s?"


@dataclass(frozen=True)
class Reading:
    """What a piece of text says.

    A draft stands if each of its `claims` does. `lends` is what a source lets a draft say: its own
    claims and what is less than them, as "1 Dec 2026" lends "December". An "open" sense is a date
    that left its year out.
    """

    claims: frozenset[Sense]
    lends: frozenset[Sense]


def _day(year: int | None, month: int, day: int) -> Reading | None:
    try:
        weekday = date(year or 2024, month, day).weekday()  # 2024 has a 29 February
    except ValueError:
        return None
    claim: Sense = ("day", year, month, day)
    lends: set[Sense] = {claim, ("day", None, month, day), *_month_lends(year, month)}
    lends.add(("open day", month, day) if year is None else ("weekday", weekday))
    return Reading(frozenset({claim}), frozenset(lends))


def _month_lends(year: int | None, month: int) -> set[Sense]:
    lends: set[Sense] = {("month", year, month), ("month", None, month)}
    return lends | {("open month", month) if year is None else ("year", year)}


def _joined(readings: list[Reading]) -> Reading | None:
    """All of them at once; None for none."""
    if not readings:
        return None
    return Reading(
        frozenset().union(*(r.claims for r in readings)),
        frozenset().union(*(r.lends for r in readings)),
    )


def _month(name: str) -> int | None:
    """None for the words "may" and "march" in small letters."""
    return None if name in ("may", "march", "mar") else _NAMES[name[:3].lower()]


def _days(m: re.Match[str], *days: str | None) -> Reading | None:
    """One day or a range's two ends, in the month and year of the match."""
    month, year = _month(m["month"]), _year(m["year"])
    if month is None:
        return None
    numbers = [int(re.sub(r"\D", "", day)) for day in days if day]
    readings = [_day(year, month, number) for number in numbers]
    return None if None in readings else _joined([r for r in readings if r])


def _year(text: str | None) -> int | None:
    if not text:
        return None
    digits = text.lstrip("'’")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _day_first(m: re.Match[str]) -> Reading | None:
    return _days(m, m["first"], m["day"])


def _month_first(m: re.Match[str]) -> Reading | None:
    return _days(m, m["day"], m["last"])


def _iso(m: re.Match[str]) -> Reading | None:
    return _day(int(m["year"]), int(m["month"]), int(m["day"]))


def _numeric(m: re.Match[str]) -> Reading | None:
    """1/12/2026: the day or the month first, nobody can tell; with dots the day is."""
    year = _year(m["year"]) if len(m["year"]) == 4 else 2000 + int(m["year"])
    a, b = int(m["a"]), int(m["b"])
    orders = {(b, a)} if m["sep"] == "." else {(b, a), (a, b)}
    return _joined([r for month, day in sorted(orders) if (r := _day(year, month, day))])


def _month_alone(m: re.Match[str]) -> Reading | None:
    year, month = _year(m.groupdict().get("year")), _month(m["month"])
    if month is None:
        return None
    return Reading(frozenset({("month", year, month)}), frozenset(_month_lends(year, month)))


def _quarter(m: re.Match[str]) -> Reading | None:
    year = _year(m["year"])
    name = m["name"].lower()
    claims: frozenset[Sense] = frozenset({("period", name, year)})
    own: Sense = ("open period", name) if year is None else ("year", year)
    return Reading(claims, claims | {("period", name, None), own})


def _time(m: re.Match[str]) -> Reading | None:
    hour, minute = int(m["hour"]), int(m["minute"] or 0)
    half = (m["half"] or "").lower().replace(".", "")
    if not half and m["minute"] is None:
        return None
    if hour > (12 if half else 24) or minute > 59:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    senses: frozenset[Sense] = frozenset({("time", hour, minute)})
    return Reading(senses, senses)


def _weekday(m: re.Match[str]) -> Reading | None:
    senses: frozenset[Sense] = frozenset({("weekday", _WEEKDAYS.index(m["weekday"][:3].lower()))})
    return Reading(senses, senses)


def _phrase(m: re.Match[str]) -> Reading | None:
    words = re.sub(r"\bthe\b|[\s-]+", " ", m[0].lower()).split()
    senses: frozenset[Sense] = frozenset({("phrase", *words)})
    return Reading(senses, senses)


def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source, re.I)


# Alone, "May" and "March" are words too: a preposition before them makes them months.
_AFTER_PREPOSITION: Final = "|".join(
    rf"(?<=\b{word} )"
    for word in (
        *("in", "by", "until", "till", "before", "after", "since", "from", "of", "during"),
        *("mid", "early", "late", "this", "next"),
    )
)
_EDGE: Final = r"(?<![\w.,/-])"
_PATTERNS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Reading | None]], ...]] = (
    (
        _pattern(_EDGE + r"(?P<year>(?:19|20)\d\d)([-/.])(?P<month>\d\d?)\2(?P<day>\d\d?)(?!\d)"),
        _iso,
    ),
    (
        _pattern(
            _EDGE + r"(?P<a>\d\d?)(?P<sep>[-/.])(?P<b>\d\d?)(?P=sep)"
            r"(?P<year>(?:19|20)\d\d|\d\d)(?![\w/-]|\.\d)"
        ),
        _numeric,
    ),
    (
        _pattern(
            rf"{_EDGE}(?:(?P<first>{_DAY}){_TO})?(?P<day>{_DAY})(?:\.?[\s-]?|\sof\s)"
            rf"(?P<month>{_MONTH})(?:[,\s-]\s?(?P<year>{_YEAR}))?"
        ),
        _day_first,
    ),
    (
        _pattern(
            rf"\b(?P<month>{_MONTH})[\s-]?(?:the\s)?(?P<day>{_DAY})(?![:.,]\d)"
            rf"(?:{_TO}(?P<last>{_DAY}))?(?:,?\s(?P<year>{_YEAR}))?"
        ),
        _month_first,
    ),
    (_pattern(rf"\b(?P<month>{_MONTH})(?:,?\s|\sof\s)(?P<year>{_YEAR})"), _month_alone),
    (_pattern(r"\b(?P<name>[qh][1-4])\b(?:[\s/-]?(?P<year>(?:19|20)\d\d\b|['’]\d\d\b))?"), _quarter),
    (
        _pattern(
            r"(?<![\w.,:/-])(?P<hour>\d\d?)(?::(?P<minute>\d\d))?(?!\d|:)"
            r"\s?(?P<half>[ap]m\b|[ap]\.m\.)?"
        ),
        _time,
    ),
    (re.compile(rf"(?:{_AFTER_PREPOSITION})(?P<month>May|March|Mar)\b"), _month_alone),
    (
        re.compile(
            r"\b(?P<month>January|Jan|February|Feb|April|Apr|June?|July?|August|Aug|September|Sept?"
            r"|October|Oct|November|Nov|December|Dec)\b"
        ),
        _month_alone,
    ),
    (
        _pattern(r"\b(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b"),
        _weekday,
    ),
    (
        _pattern(
            r"\b(?:tomorrow|yesterday|(?:next|last)[\s-](?:week|month|quarter|year|sprint)"
            r"|end[\s-]of(?:[\s-]the)?[\s-](?:day|week|month|quarter|year|sprint)"
            r"|(?:month|quarter|year)[\s-]end|eo[dwmqy])\b"
        ),
        _phrase,
    ),
)


@dataclass(frozen=True)
class Found:
    """A date and where it stands."""

    start: int
    end: int
    reading: Reading


def dates(text: str) -> Iterator[Found]:
    """Every date in `text`, the most explicit writing first; none overlap. What these patterns don't know (another
    language, a week by its number) is read as a form would read it."""
    for pattern, read in _PATTERNS:
        kept, at = [], 0
        for m in pattern.finditer(text):
            reading = read(m)
            if reading is None:
                continue
            start, end = m.start(), m.start() + len(m[0].rstrip(" ,"))
            kept += [text[at:start], BLOT * (end - start)]
            at = end
            yield Found(start, end, reading)
        # What is read is blotted out, so that it is not read again as something less.
        text = "".join([*kept, text[at:]])
    for one in find_specs(text):
        said = _said(one.spec)
        if said is not None:
            yield Found(one.start, one.end, said)


def _said(spec: Spec) -> Reading | None:
    match spec:
        case Fixed(day, month, year):
            return _day(year, month, day)
        case Numeric(first, second, year, dotted):
            orders = {(second, first)} if dotted else {(second, first), (first, second)}
            return _joined([r for month, day in sorted(orders) if (r := _day(year, month, day))])
        case OnWeekday(weekday):
            senses: frozenset[Sense] = frozenset({("weekday", weekday)})
            return Reading(senses, senses)
        case Both(inner, weekday):
            found = [_said(inner), _said(OnWeekday(weekday))]
            return _joined([one for one in found if one]) if found[0] else None
        case Stretch("week", None, int(number), year):
            week: frozenset[Sense] = frozenset({("week", number, year)})
            return Reading(week, week | {("week", number, None)})
        case Stretch("month", None, int(number), year):
            return Reading(frozenset({("month", year, number)}), frozenset(_month_lends(year, number)))
        case Several(specs) if all(isinstance(one, Fixed) for one in specs):
            return _joined([reading for one in specs if (reading := _said(one))])
    return None
