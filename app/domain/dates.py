"""Days, read and said: what the rest of the product calls. How they are read is told in `app/domain/days/`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

from app.domain.days.asking import Asked, Now, say
from app.domain.days.finding import FoundSpec, find_specs
from app.domain.days.reader import YEARS_AHEAD, read_day, years_on
from app.domain.days.settling import possible, settle
from app.domain.days.specs import Edge, Stretch
from app.domain.errors import Unreadable
from app.domain.typed import quoted
from app.domain.understood import MOST_CANDIDATES, Read, Refused

__all__ = ["FoundDate", "check_reach", "day_of_ask", "find_dates", "parse_date", "read_day", "say_date"]


@dataclass(frozen=True)
class FoundDate:
    """A date inside a longer text: text[start:end] is how it was written."""

    start: int
    end: int
    day: date


def say_date(d: date, today: date) -> str:
    """ "Fri 4 Dec", with the year where it is another one than today's. `read_day` reads it."""
    return say(d, today)


def parse_date(
    text: str,
    *,
    today: date,
    allow_past: bool = False,
    field: str | None = None,
    locale: str | None = None,
    at: time | None = None,
) -> date:
    """`read_day` for a form. Raises Unreadable, pointing at `field`, with what could be meant.

    Refuses days before `today` (unless `allow_past`) and more than three years ahead.
    """
    found = read_day(text, today, locale=locale, at=at, past=allow_past)
    if isinstance(found, Refused):
        raise Unreadable(found.sentence, field, found.candidates)
    return found.value


def check_reach(day: date, today: date, field: str) -> date:
    """A day from a picker, held to the same reach as one that was typed. Raises Unreadable, pointing at `field`."""
    if day > years_on(today, YEARS_AHEAD):
        raise Unreadable(
            f"{say_date(day, today)} is more than three years ahead."
            " Pick a day that people here will still be working towards.",
            field,
        )
    return day


def find_dates(text: str, *, today: date) -> list[FoundDate]:
    """The dates written in a text, in order; what is no certain date is left out."""
    found = [(one, _certain(one, text, today)) for one in find_specs(text)]
    return [FoundDate(one.start, one.end, day) for one, day in found if day is not None]


def _certain(one: FoundSpec, text: str, today: date) -> date | None:
    """The day to come where there is one, else the one that passed; a month or a quarter counts by its end."""
    spec = one.spec
    if isinstance(spec, Stretch) and spec.number is not None and spec.unit != "week":
        spec = Edge("end", spec)
    for past in (False, True):
        try:
            day = settle(spec, Now(today, quoted(text[one.start : one.end]), past=past))
        except (Asked, OverflowError, ValueError):
            continue
        if (past or day >= today) and day <= years_on(today, YEARS_AHEAD):
            return day
    return None


_SO_THAT = re.compile(
    r"\bso (?:that|we|the|they)\b|\bdamit\b|\bafin\b|\bpara que\b|\bbecause\b|\botherwise\b", re.IGNORECASE
)


def day_of_ask(ask: str, *, today: date) -> Read[date] | Refused[date] | None:
    """The day by which an ask wants its answer: "Dana approves by 4 Dec, so that …". None where it names none.

    A day that "by" leads to goes before one that does not, and what stands before "so that" before what follows it. A
    day that has passed is read all the same: whoever asks says so.
    """
    found = list(find_specs(ask))
    if not found:
        return None
    purpose = _SO_THAT.search(ask)
    wanted = [one for one in found if purpose is None or one.start < purpose.start()] or found
    wanted = (
        [one for one in wanted if one.due] or [one for one in wanted if not isinstance(one.spec, Stretch)] or wanted
    )
    readings = [_of_ask(one, ask, today) for one in wanted]
    days = list(dict.fromkeys(one.value for one in readings if isinstance(one, Read)))
    refused = [one for one in readings if isinstance(one, Refused)]
    if not wanted[0].due:  # nothing says which: the first to come
        return next((one for one in readings if isinstance(one, Read) and one.value >= today), readings[0])
    if refused:
        return refused[0]
    if len(days) > 1:
        both = tuple(Read(day, say_date(day, today)) for day in days[:MOST_CANDIDATES])
        return Refused(f"The ask names {both[0].said} and {both[1].said}: say which one counts.", both)
    return readings[0]


def _of_ask(one: FoundSpec, ask: str, today: date) -> Read[date] | Refused[date]:
    """As the card would read the same words; a day behind us is read too."""
    words = ask[one.start : one.end]
    now = Now(today, quoted(words))
    try:
        day = settle(one.spec, now)
    except (Asked, OverflowError, ValueError) as error:
        sentence = error.sentence if isinstance(error, Asked) else f"I can't read {quoted(words)} as a date."
        days = [day for day in possible(one.spec, now) if day >= today][:MOST_CANDIDATES]
        return Refused(sentence, tuple(Read(day, say_date(day, today)) for day in days), (words,))
    if one.side == "before" and words and not isinstance(one.spec, Edge | Stretch):
        either = tuple(Read(other, say_date(other, today)) for other in (date.fromordinal(day.toordinal() - 1), day))
        if getattr(one.spec, "eve", False):
            return Read(day, say_date(day, today))
        return Refused(f"“before {words}” can be {either[0].said} or {either[1].said}.", either, (words,))
    return Read(day, say_date(day, today))
