"""Dates as people write them, read into what they say: a day, a month, a quarter, a time. Pure."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from app.assistant.clock import TIMES
from app.assistant.date_readings import (
    Reading,
    Sense,
    of_calendar_year,
    of_day_alone,
    of_day_first,
    of_dotted,
    of_eastern_day,
    of_eastern_month,
    of_eastern_year,
    of_edge,
    of_fiscal_year,
    of_french_quarter,
    of_iso,
    of_month_alone,
    of_month_first,
    of_month_of_others,
    of_nth,
    of_numeric,
    of_other_month,
    of_part,
    of_phrase,
    of_quarter,
    of_spec,
    of_tenth,
    of_weekday,
)
from app.assistant.date_words import EDGE_WORDS, NTH, OTHER, SAID_SOON, WEEKDAYS
from app.assistant.vocabulary import language_of
from app.domain.reading.days.finding import find_specs

BLOT: Final = "\ue000"
"""A private character, in the place of what has been read already."""

_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b"
_YEAR: Final = r"(?:(?:19|20)\d\d\b|['’]\d\d\b)"
_TO: Final = r"\s?(?:[-–—/]|to|and|or)\s?"


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
        _pattern(r"(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>\d\d?)月(?P<tenth>上旬|中旬|下旬|初|末)"),
        of_tenth,
    ),
    (_pattern(r"(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>1?\d)月(?P<day>\d\d?)日"), of_eastern_day),
    (
        _pattern(
            rf"\b(?:the )?(?P<edge>{'|'.join(sorted(EDGE_WORDS, key=len, reverse=True))})[\s-](?:de )?"
            rf"(?P<month>{OTHER}|{_MONTH})(?!\w)(?:[\s,]\s?(?:de )?(?P<year>{_YEAR}))?(?!\s?\d)"
        ),
        of_edge,
    ),
    (
        _pattern(
            rf"\b(?P<nth>{NTH})[\s-](?P<weekday>{WEEKDAYS})\s(?:of|in|im|des|de|du|del|do|di)\s"
            rf"(?P<month>{OTHER}|{_MONTH})(?!\w)(?:[\s,]\s?(?:de )?(?P<year>{_YEAR}))?(?!\s?\d)"
        ),
        of_nth,
    ),
    (
        _pattern(
            rf"\b(?P<nth>{NTH})[\s-](?P<part>quarter|quartal|trimestre)(?:\s(?:of|des|de|del|do)(?: the| l['’])?)?"
            rf"(?:\s(?:year|jahres)|\s(?P<year>{_YEAR}))?(?!\w)"
        ),
        of_part,
    ),
    (
        _pattern(
            rf"\b(?P<nth>{NTH})[\s-](?P<part>half|halbjahr|hälfte|semestre|semester)"
            rf"(?:(?:\s(?:of|des|de|del|do)(?: the| l['’])?)?(?:\s(?:year|jahres)|\s(?P<year>{_YEAR}))"
            r"|(?=[\s.,;:)]|$)(?!\s(?:of|des|de|del|do|du|an?|marathon|day|hour)\b))(?!\w)"
        ),
        of_part,
    ),
    (
        _pattern(
            r"\b(?:calendar year|cy|kalenderjahr|année civile|año natural|ano civil|anno solare|kalenderjaar)[\s'’-]?"
            r"(?P<year>20\d\d)\b"
        ),
        of_calendar_year,
    ),
    (
        _pattern(
            r"\b(?:fy|gj|(?:fiscal|financial)(?: year)?|geschäftsjahr|exercice|ejercicio|exercício)[\s'’-]?"
            r"(?P<year>20\d\d|\d\d)(?![\w/]|[.,]\d)"
        ),
        of_fiscal_year,
    ),
    (
        _pattern(_EDGE + r"(?P<year>(?:19|20)\d\d)([-/.])(?P<month>\d\d?)\2(?P<day>\d\d?)(?!\d)"),
        of_iso,
    ),
    (
        _pattern(
            _EDGE + r"(?P<a>\d\d?)(?P<sep>[-/.])(?P<b>\d\d?)(?P=sep)"
            r"(?P<year>(?:19|20)\d\d|\d\d)(?![\w/-]|\.\d)"
        ),
        of_numeric,
    ),
    (
        _pattern(
            rf"{_EDGE}(?:(?P<first>{_DAY}){_TO})?(?P<day>{_DAY})(?:\.?[\s-]?|\sof\s)"
            rf"(?P<month>{_MONTH})(?:[,\s-]\s?(?P<year>{_YEAR}))?"
        ),
        of_day_first,
    ),
    (
        _pattern(
            rf"\b(?P<month>{_MONTH})[\s-]?(?:the\s)?(?P<day>{_DAY})(?![:.,]\d)"
            rf"(?:{_TO}(?P<last>{_DAY}))?(?:,?\s(?P<year>{_YEAR}))?"
        ),
        of_month_first,
    ),
    (
        _pattern(
            rf"{_EDGE}(?P<day>0?[1-9]|[12]\d|3[01])(?:\.|er|º|°)?\s(?:de\s)?(?P<month>{OTHER})(?!\w)"
            rf"(?:\s(?:de\s|del\s)?(?P<year>{_YEAR}))?"
        ),
        of_other_month,
    ),
    (
        _pattern(
            r"(?:(?<=am )|(?<=bis )|(?<=zum )|(?<=vom )|(?<=ab )|(?<=der )|(?<=den )|(?<=dem )|(?<=seit )|(?<=vor )"
            r"|(?<=nach )|(?<=und )|(?<=le )|(?<=Frist: ))"
            r"(?P<a>0?[1-9]|[12]\d|3[01])\.\s?(?P<b>0?[1-9]|1[0-2])\.(?!\d)"
        ),
        of_dotted,
    ),
    (_pattern(rf"(?<!\w)(?P<month>{OTHER})\s(?:de\s|del\s)?(?P<year>{_YEAR})"), of_month_of_others),
    (
        _pattern(
            rf"(?:(?<=en )|(?<=em )|(?<=im )|(?<=in )|(?<=bis )|(?<=ab )|(?<=de )|(?<=till )|(?<=dès )|(?<=seit ))"
            rf"(?P<month>{OTHER})(?!\w)(?P<year>)"
        ),
        of_month_of_others,
    ),
    (_pattern(r"(?:(?P<year>(?:19|20)\d\d)年)?(?<![\d/.])(?P<month>1?\d)月(?!\d)"), of_eastern_month),
    (_pattern(r"(?<!\d)(?P<year>(?:19|20)\d\d)年(?!間)"), of_eastern_year),
    (
        _pattern(r"(?<![\d.,])(?P<day>[12]?\d|3[01])日(?!間|以内|後|前|分|目|数|で(?!す)|の猶予|あたり|当たり|\d)"),
        of_day_alone,
    ),
    (
        _pattern(r"\b[TK](?P<n>[1-4])\b(?:[\s/-]?(?P<year>(?:19|20)\d\d\b))?"),
        of_french_quarter,
    ),
    (_pattern(rf"\b(?P<month>{_MONTH})(?:,?\s|\sof\s)(?P<year>{_YEAR})"), of_month_alone),
    (_pattern(r"\b(?P<name>[qh][1-4])\b(?:[\s/-]?(?P<year>(?:19|20)\d\d\b|['’]\d\d\b))?"), of_quarter),
    *TIMES,
    (re.compile(rf"(?:{_AFTER_PREPOSITION})(?P<month>May|March|Mar)\b"), of_month_alone),
    (
        re.compile(
            r"\b(?P<month>January|Jan|February|Feb|April|Apr|June?|July?|August|Aug|September|Sept?"
            r"|October|Oct|November|Nov|December|Dec)\b"
        ),
        of_month_alone,
    ),
    (
        _pattern(r"\b(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b"),
        of_weekday,
    ),
    (
        # In small letters and alone some are words: "sat", "sun".
        re.compile(
            r"(?:(?<=by )|(?<=on )|(?<=until )|(?<=till )|(?<=before )|(?<=after )|(?<=from )|(?<=next )|(?<=this )"
            r"|(?<=due ))(?P<weekday>(?:[Mm]on|[Tt]ues?|[Ww]ed|[Tt]hu(?:rs?)?|[Ff]ri|Sat|Sun))\b"
        ),
        of_weekday,
    ),
    (
        _pattern(
            r"\b(?:tomorrow|yesterday|overnight|tonight|lunch-?time|lunch|(?:the )?end of the decade"
            r"|(?:this|by|in the|tomorrow|until) (?:morning|afternoon|evening)|within the (?:hour|day|week|month|year)"
            r"|(?:the )?day (?:after tomorrow|before yesterday)"
            r"|übermorgen|vorgestern|après-demain|avant-hier|pasado mañana|anteayer|depois de amanhã|anteontem"
            r"|heute abend|ce soir|esta noche|hoje à noite|(?:next|last)[\s-](?:week|month|quarter|year|sprint)"
            r"|end[\s-]of(?:[\s-]the)?[\s-](?:day|week|month|quarter|year|sprint)"
            r"|(?:month|quarter|year)[\s-]end|eo[dwmqy])\b"
        ),
        of_phrase,
    ),
)


_MAY_NAME_A_DAY: Final = re.compile(r"[^\W\d_]{2}|[年月日]|\d[/-]\d|\d\.\s?\d\d?\.")
_OF_A_FIGURE: Final = re.compile(r"(?<=\d)(?:[.,]?\d|[a-z%€$£]|[.,:]\d)", re.I)
_SIGNS: Final = frozenset("$€£¥₹")
_NO_WEEK: Final = re.compile(r"weeks?,\s*\d+\.?|weeks\s+\d+\.?", re.I)
_BY_HALF: Final = re.compile(r"(?:by|in|um|de) (?:the )?half", re.I)
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
    for words, soon in SAID_SOON:
        for m in soon.finditer(text):
            senses: frozenset[Sense] = frozenset({("phrase", *words)})
            yield Found(m.start(), m.end(), Reading(senses, senses))
        text = soon.sub(lambda m: BLOT * len(m[0]), text)
    english = language_of(text) in (None, "en")
    for one in find_specs(text) if _MAY_NAME_A_DAY.search(text) else ():
        said = of_spec(one.spec)
        if _NO_WEEK.fullmatch(text[one.start : one.end].strip()):
            continue  # "every two weeks, 45 minutes"
        if _OF_A_FIGURE.match(text, one.end) or text[one.start - 1 : one.start] in _SIGNS:
            continue  # "1.2–1" of "€1.2–1.4m"
        if _BY_HALF.fullmatch(text[one.start : one.end]):
            continue  # "cut by half" names no date
        if english and _SHORT_MONTH.fullmatch(text[one.start : one.end]):
            continue  # "3 out of 10" is no October
        if said is not None:
            yield Found(one.start, one.end, said)
