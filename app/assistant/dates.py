"""Dates as people write them, read into what they say: a day, a month, a quarter, a time. Pure."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.assistant.vocabulary import language_of
from app.domain.reading.days.finding import find_specs
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
    lends: set[Sense] = {claim, ("day", None, month, day), ("monthday", day), *_month_lends(year, month)}
    for part in _parts_of(day):
        lends |= {("edge", part, year, month), ("edge", part, None, month)}
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
_EDGES: Final = {
    "early": "early|beginning of|start of|anfang|début|debut|principios de|comienzos de|início de|inizio",
    "mid": "middle of|mid|mitte|mi|mediados de|meados de|metà",
    "late": "late|spät im",
    "end": "end of|ende|fin|finales de|final de|fines de|fim de|fine",
}
_EDGE_WORDS: Final = {word: edge for edge, words in _EDGES.items() for word in words.split("|")}
_MONTHS_OF_OTHERS: Final = {
    "januar": 1, "janvier": 1, "enero": 1, "janeiro": 1, "gennaio": 1, "januari": 1, "jänner": 1,
    "februar": 2, "février": 2, "febrero": 2, "fevereiro": 2, "febbraio": 2, "februari": 2,
    "märz": 3, "mars": 3, "marzo": 3, "março": 3, "maart": 3,
    "avril": 4, "abril": 4, "aprile": 4, "mai": 5, "mayo": 5, "maio": 5, "maggio": 5, "mei": 5,
    "juni": 6, "juin": 6, "junio": 6, "junho": 6, "giugno": 6, "juli": 7, "juillet": 7, "julio": 7, "julho": 7,
    "luglio": 7, "août": 8, "agosto": 8, "augustus": 8,
    "septembre": 9, "septiembre": 9, "setembro": 9, "settembre": 9, "oktober": 10, "octobre": 10, "octubre": 10,
    "outubro": 10, "ottobre": 10, "novembre": 11, "noviembre": 11, "novembro": 11,
    "dezember": 12, "décembre": 12, "diciembre": 12, "dezembro": 12, "dicembre": 12,
}  # fmt: skip
_OTHER: Final = "|".join(sorted(_MONTHS_OF_OTHERS, key=len, reverse=True))
_TENTHS: Final = {"初": "early", "上旬": "early", "中旬": "mid", "下旬": "late", "末": "end"}
_SOON: Final = {
    ("next", "week"): "nächste[rn]? woche|kommende[rn]? woche|la semaine prochaine|semaine prochaine|la próxima semana"
    "|próxima semana|la semana que viene|semana que vem|la settimana prossima|来週|下周|下週",
    ("next", "month"): "nächste[rnms]? monat|kommende[rnms]? monat|(?:le )?mois prochain|(?:el )?próximo mes"
    "|(?:o )?próximo mês|mês que vem|il mese prossimo|来月|下个月",
    ("next", "year"): "nächste[sn]? jahr|(?:l['’])?année prochaine|(?:l['’])?an prochain|(?:el )?próximo año"
    "|(?:o )?próximo ano|ano que vem|来年|明年",
    ("next", "quarter"): "nächste[sn]? quartal|trimestre prochain|próximo trimestre|来四半期",
    (
        "last",
        "week",
    ): "letzte[rn]? woche|vorige[rn]? woche|(?:la )?semaine dernière|(?:la )?semana pasada|semana passada|先週|上周",
    ("last", "month"): "letzte[nr]? monat|(?:le )?mois dernier|(?:el )?mes pasado|mês passado|先月|上个月",
    ("last", "year"): "letzte[sn]? jahr|(?:l['’])?année dernière|(?:l['’])?an dernier|(?:el )?año pasado|ano passado"
    "|昨年|去年",
    ("last", "quarter"): "letzte[sn]? quartal|trimestre dernier|trimestre pasado|trimestre passado",
    (
        "the",
        "weekend",
    ): "the weekend|this weekend|next weekend|am wochenende|ce week-end|el fin de semana|este fin de semana"
    "|o fim de semana|no fim de semana|este fim de semana|週末",
    ("the", "decade"): r"the \d0s|the twenties|the thirties|the sixties|the seventies|the eighties|the nineties",
    ("this", "week"): "this[ -]week|diese[rn]? woche|cette semaine|esta semana|今週|本周|这周",
    ("this", "month"): "this[ -]month|diese[rnms]? monat|ce mois(?:-ci)?|este mes|este mês|今月|本月",
    ("this", "quarter"): "this[ -]quarter|diese[sm]? quartal|ce trimestre|este trimestre",
    ("this", "year"): "this[ -]year|diese[sm]? jahr|cette année|este año|este ano|今年",
}
_SAID_SOON: Final = tuple(
    (words, re.compile("|".join(one if not one.isascii() and len(one) < 4 else rf"\b(?:{one})\b"
                                for one in said.split("|")), re.I))
    for words, said in _SOON.items()
)  # fmt: skip


def _edge(m: re.Match[str]) -> Reading | None:
    """ "mid-May": a part of a month, which is more than the month and less than a day."""
    name, year = m["month"].lower().rstrip("."), _year(m["year"])
    month = _MONTHS_OF_OTHERS.get(name) or _NAMES.get(name[:3])
    if month is None:
        return None
    edge = _EDGE_WORDS[re.sub(r"[\s-]+", " ", m["edge"].lower()).removeprefix("the ")]
    return _part(edge, year, month)


def _part(edge: str, year: int | None, month: int) -> Reading:
    claim: Sense = ("edge", edge, year, month)
    lends: set[Sense] = {claim, ("edge", edge, None, month), *_month_lends(year, month)}
    if year is None:
        lends.add(("open edge", edge, month))
    if edge == "end":
        lends |= {("edge", "late", year, month), ("edge", "late", None, month)}
    return Reading(frozenset({claim}), frozenset(lends))


def _tenth(m: re.Match[str]) -> Reading | None:
    month = int(m["month"])
    return _part(_TENTHS[m["tenth"]], int(m["year"]) if m["year"] else None, month) if 1 <= month <= 12 else None


def _parts_of(day: int) -> set[str]:
    """What a day may be called less exactly."""
    found = {"early"} if day <= 10 else {"mid"} if day <= 20 else {"late"}
    return found | ({"end"} if day >= 28 else set())


def _day_alone(m: re.Match[str]) -> Reading | None:
    number = int(m["day"])
    senses: frozenset[Sense] = frozenset({("monthday", number)})
    return Reading(senses, senses) if 1 <= number <= 31 else None


def _dotted(m: re.Match[str]) -> Reading | None:
    return _day(None, int(m["b"]), int(m["a"]))


def _other_month(m: re.Match[str]) -> Reading | None:
    return _day(_year(m["year"]), _MONTHS_OF_OTHERS[m["month"].lower()], int(m["day"]))


def _month_of_others(m: re.Match[str]) -> Reading | None:
    month, year = _MONTHS_OF_OTHERS[m["month"].lower()], _year(m["year"])
    return Reading(frozenset({("month", year, month)}), frozenset(_month_lends(year, month)))


def _eastern_day(m: re.Match[str]) -> Reading | None:
    return _day(int(m["year"]) if m["year"] else None, int(m["month"]), int(m["day"]))


def _eastern_month(m: re.Match[str]) -> Reading | None:
    month, year = int(m["month"]), int(m["year"]) if m["year"] else None
    if not 1 <= month <= 12:
        return None
    return Reading(frozenset({("month", year, month)}), frozenset(_month_lends(year, month)))


def _eastern_year(m: re.Match[str]) -> Reading | None:
    senses: frozenset[Sense] = frozenset({("year", int(m["year"]))})
    return Reading(senses, senses)


def _french_quarter(m: re.Match[str]) -> Reading | None:
    year = _year(m["year"])
    name = f"q{m['n']}"
    claims: frozenset[Sense] = frozenset({("period", name, year)})
    own: Sense = ("open period", name) if year is None else ("year", year)
    return Reading(claims, claims | {("period", name, None), own})


_PATTERNS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Reading | None]], ...]] = (
    (
        _pattern(r"(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>\d\d?)月(?P<tenth>上旬|中旬|下旬|初|末)"),
        _tenth,
    ),
    (_pattern(r"(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>1?\d)月(?P<day>\d\d?)日"), _eastern_day),
    (
        _pattern(
            rf"\b(?:the )?(?P<edge>{'|'.join(sorted(_EDGE_WORDS, key=len, reverse=True))})[\s-](?:de )?"
            rf"(?P<month>{_OTHER}|{_MONTH})(?!\w)(?:[\s,]\s?(?:de )?(?P<year>{_YEAR}))?(?!\s?\d)"
        ),
        _edge,
    ),
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
    (
        _pattern(
            rf"{_EDGE}(?P<day>0?[1-9]|[12]\d|3[01])(?:\.|er|º|°)?\s(?:de\s)?(?P<month>{_OTHER})(?!\w)"
            rf"(?:\s(?:de\s|del\s)?(?P<year>{_YEAR}))?"
        ),
        _other_month,
    ),
    (
        _pattern(
            r"(?:(?<=am )|(?<=bis )|(?<=zum )|(?<=vom )|(?<=ab )|(?<=der )|(?<=den )|(?<=dem )|(?<=seit )|(?<=vor )"
            r"|(?<=nach )|(?<=und )|(?<=le )|(?<=Frist: ))"
            r"(?P<a>0?[1-9]|[12]\d|3[01])\.\s?(?P<b>0?[1-9]|1[0-2])\.(?!\d)"
        ),
        _dotted,
    ),
    (_pattern(rf"(?<!\w)(?P<month>{_OTHER})\s(?:de\s|del\s)?(?P<year>{_YEAR})"), _month_of_others),
    (
        _pattern(
            rf"(?:(?<=en )|(?<=em )|(?<=im )|(?<=in )|(?<=bis )|(?<=ab )|(?<=de )|(?<=till )|(?<=dès )|(?<=seit ))"
            rf"(?P<month>{_OTHER})(?!\w)(?P<year>)"
        ),
        _month_of_others,
    ),
    (_pattern(r"(?:(?P<year>(?:19|20)\d\d)年)?(?<![\d/.])(?P<month>1?\d)月(?!\d)"), _eastern_month),
    (_pattern(r"(?<!\d)(?P<year>(?:19|20)\d\d)年(?!間)"), _eastern_year),
    (
        _pattern(r"(?<![\d.,])(?P<day>[12]?\d|3[01])日(?!間|以内|後|前|分|目|数|で(?!す)|の猶予|あたり|当たり|\d)"),
        _day_alone,
    ),
    (
        _pattern(r"\b[TK](?P<n>[1-4])\b(?:[\s/-]?(?P<year>(?:19|20)\d\d\b))?"),
        _french_quarter,
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
        # In small letters and alone some are words: "sat", "sun".
        re.compile(
            r"(?:(?<=by )|(?<=on )|(?<=until )|(?<=till )|(?<=before )|(?<=after )|(?<=from )|(?<=next )|(?<=this )"
            r"|(?<=due ))(?P<weekday>(?:[Mm]on|[Tt]ues?|[Ww]ed|[Tt]hu(?:rs?)?|[Ff]ri|Sat|Sun))\b"
        ),
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


_SHORT_MONTH: Final = re.compile(r"\d\d?\.? ?(?:out|set|ago|dez|ene|fev|abr)\.?", re.I)


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
    for words, soon in _SAID_SOON:
        for m in soon.finditer(text):
            senses: frozenset[Sense] = frozenset({("phrase", *words)})
            yield Found(m.start(), m.end(), Reading(senses, senses))
        text = soon.sub(lambda m: BLOT * len(m[0]), text)
    english = language_of(text) in (None, "en")
    for one in find_specs(text):
        said = _said(one.spec)
        if english and _SHORT_MONTH.fullmatch(text[one.start : one.end]):
            continue  # "3 out of 10" is no October
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
        case Edge(edge, Stretch("month", None, int(number), year)):
            return _part(edge if edge != "start" else "early", year, number)
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
