"""What a piece of text says of time, and what that lets a draft say. Pure.

Each `of_…` reads what a pattern of `dates` found; None where it is no date after all.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.assistant.date_words import EDGE_WORDS, MONTHS_OF_OTHERS, TENTHS, nth, weekday
from app.domain.reading.days.specs import (
    Away,
    Both,
    Edge,
    Feast,
    Fixed,
    MonthDay,
    Near,
    Numeric,
    OnWeekday,
    Several,
    Spec,
    Stretch,
)

Sense = tuple[object, ...]
"""One thing a text may mean: ("day", 2026, 12, 1), ("figure", Decimal(5), "eur", "day"), …"""

_NAMES: Final = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


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
    lends: set[Sense] = {claim, ("day", None, month, day), ("monthday", day), *_month_lends(year, month)}
    for part in _parts_of(day):
        lends |= {("edge", part, year, month), ("edge", part, None, month)}
    lends.add(("open day", month, day) if year is None else ("weekday", weekday))
    if year is not None:
        which = {(day - 1) // 7 + 1} | ({-1} if day + 7 > monthrange(year, month)[1] else set())
        lends |= {("nth", one, weekday, month, each) for one in which for each in (year, None)}
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


def of_day_first(m: re.Match[str]) -> Reading | None:
    return _days(m, m["first"], m["day"])


def of_month_first(m: re.Match[str]) -> Reading | None:
    return _days(m, m["day"], m["last"])


def of_iso(m: re.Match[str]) -> Reading | None:
    return _day(int(m["year"]), int(m["month"]), int(m["day"]))


def of_numeric(m: re.Match[str]) -> Reading | None:
    """1/12/2026: the day or the month first, nobody can tell; with dots the day is."""
    year = _year(m["year"]) if len(m["year"]) == 4 else 2000 + int(m["year"])
    a, b = int(m["a"]), int(m["b"])
    orders = {(b, a)} if m["sep"] == "." else {(b, a), (a, b)}
    return _joined([r for month, day in sorted(orders) if (r := _day(year, month, day))])


def of_month_alone(m: re.Match[str]) -> Reading | None:
    year, month = _year(m.groupdict().get("year")), _month(m["month"])
    if month is None:
        return None
    return Reading(frozenset({("month", year, month)}), frozenset(_month_lends(year, month)))


def of_quarter(m: re.Match[str]) -> Reading | None:
    return _period(m["name"].lower(), _year(m["year"]))


def of_weekday(m: re.Match[str]) -> Reading | None:
    senses: frozenset[Sense] = frozenset({("weekday", _WEEKDAYS.index(m["weekday"][:3].lower()))})
    return Reading(senses, senses)


def of_phrase(m: re.Match[str]) -> Reading | None:
    words = re.sub(r"\bthe\b|[\s-]+", " ", m[0].lower()).split()
    senses: frozenset[Sense] = frozenset({("phrase", *words)})
    return Reading(senses, senses)


def of_edge(m: re.Match[str]) -> Reading | None:
    """ "mid-May": a part of a month, which is more than the month and less than a day."""
    name, year = m["month"].lower().rstrip("."), _year(m["year"])
    month = MONTHS_OF_OTHERS.get(name) or _NAMES.get(name[:3])
    if month is None:
        return None
    edge = EDGE_WORDS[re.sub(r"[\s-]+", " ", m["edge"].lower()).removeprefix("the ")]
    return part_of(edge, year, month)


def part_of(edge: str, year: int | None, month: int) -> Reading:
    claim: Sense = ("edge", edge, year, month)
    lends: set[Sense] = {claim, ("edge", edge, None, month), *_month_lends(year, month)}
    if year is None:
        lends.add(("open edge", edge, month))
    if edge == "end":
        lends |= {("edge", "late", year, month), ("edge", "late", None, month)}
    return Reading(frozenset({claim}), frozenset(lends))


def of_nth(m: re.Match[str]) -> Reading | None:
    """ "the second Tuesday of March 2027": a day, where the year is said; "the first week of March" is none."""
    name, year = m["month"].lower().rstrip("."), _year(m["year"])
    month = MONTHS_OF_OTHERS.get(name) or _NAMES.get(name[:3])
    if month is None:
        return None
    which, day = nth(m["nth"]), weekday(m["weekday"])
    claim: Sense = ("nth", which, day, month, year)
    lends: set[Sense] = {claim, ("nth", which, day, month, None), *_month_lends(year, month)}
    if year is None:
        lends.add(("open nth", which, day, month))
    if day < 7:
        lends.add(("weekday", day))
    elif (edge := {1: "early", 2: "early", 3: "mid", -1: "late"}.get(which)) is not None:
        lends |= part_of(edge, year, month).lends
        lends |= part_of("end", year, month).lends if which == -1 else set()
    if day < 7 and year is not None:
        days = [one for one in range(1, monthrange(year, month)[1] + 1) if date(year, month, one).weekday() == day]
        if which <= len(days):
            found = _day(year, month, days[which - 1 if which > 0 else -1])
            lends |= found.lends if found else set()
    return Reading(frozenset({claim}), frozenset(lends))


def of_part(m: re.Match[str]) -> Reading | None:
    """ "the fourth quarter of 2027" is Q4 2027."""
    which = nth(m["nth"])
    quarter = m["part"].lower().startswith(("quart", "trim"))
    number = (4 if quarter else 2) if which == -1 else which
    return _period(f"{'q' if quarter else 'h'}{number}", _year(m["year"]))


def _period(name: str, year: int | None) -> Reading:
    claims: frozenset[Sense] = frozenset({("period", name, year)})
    own: Sense = ("open period", name) if year is None else ("year", year)
    return Reading(claims, claims | {("period", name, None), own})


def of_calendar_year(m: re.Match[str]) -> Reading | None:
    """A year, and none of a company's."""
    claims: frozenset[Sense] = frozenset({("calendar year", int(m["year"]))})
    return Reading(claims, claims | {("year", int(m["year"]))})


def of_fiscal_year(m: re.Match[str]) -> Reading | None:
    """ "FY27" and "fiscal year 2027": a year, and none of the calendar's."""
    year = int(m["year"])
    senses: frozenset[Sense] = frozenset({("fiscal year", year if year > 100 else 2000 + year)})
    return Reading(senses, senses)


def of_tenth(m: re.Match[str]) -> Reading | None:
    month = int(m["month"])
    return part_of(TENTHS[m["tenth"]], int(m["year"]) if m["year"] else None, month) if 1 <= month <= 12 else None


def _parts_of(day: int) -> set[str]:
    """What a day may be called less exactly."""
    found = {"early"} if day <= 10 else {"mid"} if day <= 20 else {"late"}
    return found | ({"end"} if day >= 28 else set())


def of_day_alone(m: re.Match[str]) -> Reading | None:
    number = int(m["day"])
    senses: frozenset[Sense] = frozenset({("monthday", number)})
    return Reading(senses, senses) if 1 <= number <= 31 else None


def of_dotted(m: re.Match[str]) -> Reading | None:
    return _day(None, int(m["b"]), int(m["a"]))


def of_other_month(m: re.Match[str]) -> Reading | None:
    return _day(_year(m["year"]), MONTHS_OF_OTHERS[m["month"].lower()], int(m["day"]))


def of_month_of_others(m: re.Match[str]) -> Reading | None:
    month, year = MONTHS_OF_OTHERS[m["month"].lower()], _year(m["year"])
    return Reading(frozenset({("month", year, month)}), frozenset(_month_lends(year, month)))


def of_eastern_day(m: re.Match[str]) -> Reading | None:
    return _day(int(m["year"]) if m["year"] else None, int(m["month"]), int(m["day"]))


def of_eastern_month(m: re.Match[str]) -> Reading | None:
    month, year = int(m["month"]), int(m["year"]) if m["year"] else None
    if not 1 <= month <= 12:
        return None
    return Reading(frozenset({("month", year, month)}), frozenset(_month_lends(year, month)))


def of_eastern_year(m: re.Match[str]) -> Reading | None:
    senses: frozenset[Sense] = frozenset({("year", int(m["year"]))})
    return Reading(senses, senses)


def of_french_quarter(m: re.Match[str]) -> Reading | None:
    return _period(f"q{m['n']}", _year(m["year"]))


def of_spec(spec: Spec) -> Reading | None:
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
            found = [of_spec(inner), of_spec(OnWeekday(weekday))]
            return _joined([one for one in found if one]) if found[0] else None
        case Stretch("week", None, int(number), year):
            week: frozenset[Sense] = frozenset({("week", number, year)})
            return Reading(week, week | {("week", number, None)})
        case Stretch("month", None, int(number), year):
            return Reading(frozenset({("month", year, number)}), frozenset(_month_lends(year, number)))
        case Several(specs) if all(isinstance(one, Fixed) for one in specs):
            return _joined([reading for one in specs if (reading := of_spec(one))])
        case Edge(edge, Stretch("month", None, int(number), year)):
            return part_of(edge if edge != "start" else "early", year, number)
        case Stretch("quarter", None, int(number), year):
            period: set[Sense] = {("period", f"q{number}", year)}
            own: Sense = ("open period", f"q{number}") if year is None else ("year", year)
            return Reading(frozenset(period), frozenset(period | {("period", f"q{number}", None), own}))
        case Feast(day, month, year, False):
            return _day(year, month, day)
        case Near(0) | Away():
            return None  # "today" says little, and a distance is a quantity
        case Stretch(unit, str(which)) if which in ("next", "last", "this"):
            phrase: frozenset[Sense] = frozenset({("phrase", which, unit)})
            return Reading(phrase, phrase)
        case MonthDay(day):
            alone: frozenset[Sense] = frozenset({("monthday", day)})
            return Reading(alone, alone)
        case _:
            other: frozenset[Sense] = frozenset({("said", repr(spec))})
            return Reading(other, other)
