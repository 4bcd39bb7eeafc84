"""Days, read and said: what the rest of the product calls. How they are read is told in `app/domain/reading/days/`.

What a form says of a day that it can't read stands in `app/words/reading/days.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

from app.domain.reading.days.asking import Asked, Now, say
from app.domain.reading.days.doubts import AskNamesTwo, DayDoubt, LeftOpen, NotADay, OutOfReach
from app.domain.reading.days.finding import FoundSpec, find_specs
from app.domain.reading.days.reader import YEARS_AHEAD, read_day, years_on
from app.domain.reading.days.settling import possible, settle
from app.domain.reading.days.specs import Beside, Edge, Feast, Spec, Stretch
from app.domain.reading.days.vocabulary import LANGUAGES, WEEKDAYS, folded, words_of
from app.domain.understood import MOST_CANDIDATES, Read, Refused

__all__ = [
    "AskedBy", "FoundDate", "day_of_ask", "find_dates", "in_reach", "read_day", "say_date", "split_deadline",
    "weekdays_of",
]  # fmt: skip


@dataclass(frozen=True)
class FoundDate:
    """A date inside a longer text: text[start:end] is how it was written."""

    start: int
    end: int
    day: date


def say_date(decision: date, today: date) -> str:
    """ "Fri 4 Dec", with the year where it is another one than today's. `read_day` reads it."""
    return say(decision, today)


def in_reach(day: date, today: date) -> bool:
    """Whether a day is no more than three years ahead: as far as one that is typed may lie."""
    return day <= years_on(today, YEARS_AHEAD)


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
            day = settle(spec, Now(today, text[one.start : one.end], past=past))
        except (Asked, OverflowError, ValueError):
            continue
        if (past or day >= today) and in_reach(day, today):
            return day
    return None


_SO_THAT = re.compile(
    r"\bso (?:that|we|the|they)\b|\bdamit\b|\bafin\b|\bpara que\b|\bbecause\b|\botherwise\b", re.IGNORECASE
)


@dataclass(frozen=True)
class AskedBy:
    """The day an ask names, and the words that name it."""

    found: Read[date] | Refused[date, DayDoubt]
    words: str

    @property
    def day(self) -> date | None:
        return self.found.value if isinstance(self.found, Read) else None


def day_of_ask(ask: str, *, today: date) -> AskedBy | None:
    """The day by which an ask wants its answer: "Dana approves by 4 Dec, so that …". None where it names none.

    A day that "by" leads to goes before one that does not, and what stands before "so that" before what follows it. A
    day that has passed is read all the same: whoever asks says so.
    """
    every = find_specs(ask)
    purpose = _SO_THAT.search(ask)
    found = [one for one in every if purpose is None or one.start < purpose.start()] or every
    due = [one for index, one in enumerate(found) if one.due or (index and _goes_on(found[index - 1], one, ask))]
    readings = [_of_ask(one, ask, today) for one in due or found if due or not _is_vague(one)]
    if not readings:
        return None
    if not due:  # nothing says which: the first to come
        return next((one for one in readings if one.day and one.day >= today), readings[0])
    days = list(dict.fromkeys(one.day for one in readings if one.day is not None))
    if len(days) > 1:
        both = tuple(Read(day, say_date(day, today)) for day in days[:MOST_CANDIDATES])
        return AskedBy(Refused(AskNamesTwo(days[0], days[1]), both), ask[due[0].start : due[-1].end])
    return next((one for one in readings if one.day is None), readings[0])


def _is_vague(one: FoundSpec) -> bool:
    """A month or a quarter that nothing leads to: "the Q4 plan"."""
    return isinstance(one.spec, Stretch) and one.spec.unit != "week"


_JOINED = re.compile(r"[\s,]*(?:or|and|to|oder|und|ou|et|o|y|e|a|-|–|/|,)\s*", re.IGNORECASE)


def _goes_on(before: FoundSpec, one: FoundSpec, ask: str) -> bool:
    """ "by 4 Dec or 7 Dec": what leads to the first leads to the second."""
    return before.due and bool(_JOINED.fullmatch(ask[before.end : one.start]))


def _of_ask(one: FoundSpec, ask: str, today: date) -> AskedBy:
    """As a form would read the same words; a day behind us is read too."""
    beside = one.side == "after" or (one.side == "before" and not _has_its_own_end(one))
    words = ask[one.lead if beside else one.start : one.end]
    spec = Beside("before" if one.side == "before" else "after", one.spec) if beside else one.spec
    if one.doubted:
        around = ask[max(0, ask.rfind(" ", 0, max(0, one.lead - 1))) : one.end].strip()
        return AskedBy(Refused(LeftOpen(around, "part"), _to_come(spec, Now(today, words)), (around,)), words)
    try:
        day = settle(spec, Now(today, words))
        if in_reach(day, today):
            return AskedBy(Read(day, say_date(day, today)), words)
        return AskedBy(Refused(OutOfReach(day)), words)
    except (Asked, OverflowError, ValueError) as error:
        why: DayDoubt = error.why if isinstance(error, Asked) else NotADay(words)
    return AskedBy(Refused(why, _to_come(spec, Now(today, words)), (words,)), words)


def _to_come(spec: Spec, now: Now) -> tuple[Read[date], ...]:
    """Of the days it could be those to come; none where they lie beyond the calendar's end."""
    try:
        days = [day for day in possible(spec, now) if day >= now.today]
    except (OverflowError, ValueError):
        return ()
    return tuple(Read(day, say_date(day, now.today)) for day in days[:MOST_CANDIDATES])


def _has_its_own_end(one: FoundSpec) -> bool:
    """ "Before the end of May" is by it, "before Christmas" the day before: the grammar has seen to both."""
    return isinstance(one.spec, Edge | Feast)


def weekdays_of(word: str) -> tuple[int, ...]:
    """The weekdays a word of a digest's plan names (0 Monday): "thu", "Mondays", "Montag", "mon-fri"; none is empty."""
    first, hyphen, last = word.partition("-")
    days = [_weekday(one) for one in ((first, last) if hyphen and _weekday(last) is not None else (word,))]
    if None in days:
        return ()
    start, end = days[0] or 0, days[-1] or 0
    return tuple((start + step) % 7 for step in range((end - start) % 7 + 1))


def _weekday(word: str) -> int | None:
    """In the first language that has it; a plural's "s" may follow. Another language's short names ("mo") are words."""
    for language in LANGUAGES:
        if language != "en" and word.isascii() and len(word) < 5:
            continue
        known = words_of(language)
        says = known.get(folded(word), known.get(folded(word.removesuffix("s")), ""))
        for one in says.split("|"):
            if one in WEEKDAYS:
                return WEEKDAYS.index(one)
    return None


_PARTING = re.compile(
    r"\s*[,:;]\s*|\s+-+\s+|\s+(?=(?:on|by|until|before|am|bis|le|el|avant|para|até)\s)", re.IGNORECASE
)


def split_deadline(text: str, *, today: date, at: time | None = None) -> tuple[str, str]:
    """What is due and when, from "holiday peak, Fri, 4 Dec": the longest end of the text that is a day, else the last
    part, else what a day inside it leaves."""
    parts = [(text[: m.start()].strip(), text[m.end() :].strip()) for m in _PARTING.finditer(text)]
    parts = [(what, when) for what, when in parts if what and when]
    for what, when in parts:
        if isinstance(read_day(when, today, at=at), Read):
            return what, when
    found = find_specs(text)
    if found and found[-1].start and not text[found[-1].end :].strip(" .!"):
        return text[: found[-1].start].rstrip(" ,:;-"), text[found[-1].start :]
    asked = [
        one for one in parts if isinstance(refused := read_day(one[1], today, at=at), Refused) and refused.candidates
    ]
    return (asked or parts or [(text.strip(), "")])[0 if asked else -1]
