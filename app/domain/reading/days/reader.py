"""The one reader of a day that a person typed: `read_day`."""

import re
from datetime import date, time, timedelta
from functools import lru_cache

from app.domain.plain_text import plain
from app.domain.reading.days.asking import Asked, Now, say
from app.domain.reading.days.doubts import (
    BeyondCalendar,
    DayDoubt,
    NoDay,
    NotADay,
    Passed,
    PeopleDiffer,
    TooFarAhead,
    TooLongForADay,
)
from app.domain.reading.days.finding import find_specs
from app.domain.reading.days.grammar import parse
from app.domain.reading.days.meanings import Meaning, japanese_words, meanings, sayings
from app.domain.reading.days.regions import order_of
from app.domain.reading.days.settling import possible, settle
from app.domain.reading.days.specs import Away, Both, Edge, Fixed, InWeek, Near, OnWeekday, Spec, Stretch
from app.domain.reading.days.stretches import months_on
from app.domain.reading.days.tokens import Token, tokens
from app.domain.reading.days.vocabulary import LANGUAGES
from app.domain.understood import MOST_CANDIDATES, Read, Refused

YEARS_AHEAD = 3
Found = Read[date] | Refused[date, DayDoubt]

LONGEST = 80
"""Characters of one day. What is longer is a text with a day in it."""


def read_day(text: str, today: date, *, locale: str | None = None, at: time | None = None, past: bool = False) -> Found:
    """One day from what somebody typed, or why it is asked back.

    Args:
        today: the day it is for the writer.
        locale: the writer's, like "en-US" or "de"; it settles 4/12.
        at: the writer's time of day, for "in 36 hours".
        past: whether a day behind us may be meant.
    """
    if not text.strip():
        return Refused(NoDay())
    clean = plain(text).strip(" ,;!")
    now = Now(today, text, at, past, order_of(locale))
    if len(clean) > LONGEST:
        return _refused(TooLongForADay(text), (), (), now)
    found = specs_of(clean, locale)
    if not found:
        unknown, days = _left_over(clean, locale, now)
        return _refused(NotADay(text), days, unknown, now)
    return _settled(found, now)


def years_on(day: date, years: int) -> date:
    """The same day of a later year, or the last of February."""
    return months_on(day, 12 * years)


def _settled(specs: tuple[Spec, ...], now: Now) -> Found:
    """All that was understood, which is one reading unless two languages differ."""
    days: list[date] = []
    refusals: list[Asked] = []
    for spec in specs:
        try:
            days.append(settle(spec, now))
        except (Asked, OverflowError, ValueError) as error:
            refusals.append(error if isinstance(error, Asked) else Asked(BeyondCalendar(now.typed)))
    if len(set(days)) > 1:
        one, other = list(dict.fromkeys(days))[:2]
        return _refused(PeopleDiffer(now.typed, one, other), days, (), now)
    if not days:
        return _refused(refusals[0].why, refusals[0].days, (), now)
    return _in_reach(days[0], specs[0], now)


def _in_reach(day: date, spec: Spec, now: Now) -> Found:
    if day < now.today and not now.past:
        return _refused(Passed(now.typed, day), _later_instead(day, spec, now), (), now)
    if day > years_on(now.today, YEARS_AHEAD):
        return _refused(TooFarAhead(now.typed, day), (), (), now)
    return Read(day, say(day, now.today))


def _later_instead(day: date, spec: Spec, now: Now) -> tuple[date, ...]:
    """For a day that has passed, what a slip of one word would have meant: the next week's, the other way, the next
    month's, the next year's."""
    today = now.today
    found: list[date] = []
    match spec:
        case OnWeekday() | Both() | InWeek() | Edge(of=Stretch(unit="week")):
            found = [day + timedelta(days=7 * ((today - day).days // 7 + 1))]
        case Near() | Away(back=True):
            found = [today + (today - day)]
        case Fixed(year=None):
            months = (today.year - day.year) * 12 + today.month - day.month
            found = [next(one for n in (0, 1) if (one := months_on(day, months + n)) >= today)]
    if not isinstance(spec, Near):
        found.append(months_on(day, 12))
    return tuple(one for one in found if one >= today)[:2]


def _refused(
    why: DayDoubt, days: tuple[date, ...] | list[date], left_over: tuple[str, ...], now: Now
) -> Refused[date, DayDoubt]:
    far = years_on(now.today, YEARS_AHEAD)
    offered = [day for day in dict.fromkeys(days) if (now.past or day >= now.today) and day <= far]
    candidates = tuple(Read(day, say(day, now.today)) for day in offered[:MOST_CANDIDATES])
    return Refused(why, candidates, left_over)


@lru_cache(maxsize=512)
def specs_of(clean: str, locale: str | None) -> tuple[Spec, ...]:
    """What the text says as a whole: by English and by the writer's language, else by the others."""
    pieces = tokens(clean, japanese_words())
    if not pieces:
        return ()
    own = language_of(locale)
    first = [own, "en"] if own and own != "en" else ["en"]
    found: dict[Spec, None] = {}
    for language in first:
        found |= dict.fromkeys(specs_in(pieces, language))
    if not found:
        for language in LANGUAGES:
            if language not in first:
                found |= dict.fromkeys(specs_in(pieces, language))
    return tuple(found)


def language_of(locale: str | None) -> str | None:
    language = re.split("[-_]", locale or "")[0].lower()
    return language if language in LANGUAGES else None


def specs_in(pieces: list[Token], language: str) -> list[Spec]:
    """The readings of all these pieces in one language, without a word left over."""
    said = sayings(pieces, meanings(pieces, language))
    return [spec for words, joined in said if (spec := parse(words, joined)) is not None][:2]


def _left_over(clean: str, locale: str | None, now: Now) -> tuple[tuple[str, ...], tuple[date, ...]]:
    """The words that nobody knows, in the language that knows most of them; and the days that the rest holds."""
    pieces = tokens(clean, japanese_words())
    best = min(LANGUAGES, key=lambda language: len(_unknown(pieces, language)))
    days: dict[date, None] = {}
    for found in find_specs(clean, loose=True):
        if isinstance(found.spec, Stretch) and found.spec.number is None:
            continue
        try:
            days |= dict.fromkeys(possible(found.spec, now))
        except (OverflowError, ValueError):
            continue
    return tuple(piece.typed for piece in _unknown(pieces, best)), tuple(days)


def _unknown(pieces: list[Token], language: str) -> list[Token]:
    left: list[Token] = []
    found = meanings(pieces, language)
    for index, meaning in enumerate(found):
        if meaning is None and not _taken(found, index):
            left.append(pieces[index])
    return left


def _taken(found: list[Meaning | None], index: int) -> bool:
    return any((before := found[at]) is not None and at + before[1] > index for at in range(max(0, index - 6), index))
