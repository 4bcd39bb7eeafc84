"""Why no single day can be told from what was typed: a type for each reason, with its figures.

``app/words/reading/days.py`` says each in a sentence. `typed` is what somebody wrote, raw.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class NoDay:
    """Nothing was typed."""


@dataclass(frozen=True)
class NotADay:
    """Some of its words are of no day."""

    typed: str


@dataclass(frozen=True)
class TooLongForADay:
    typed: str


# ── there is no such day ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class NoYear:
    year: int


@dataclass(frozen=True)
class NoMonth:
    month: int


@dataclass(frozen=True)
class NoWeek:
    number: int


@dataclass(frozen=True)
class NoHalf:
    """A third half of a year."""


@dataclass(frozen=True)
class NotInMonth:
    """A month that is too short for it. `year`: only for 29 February, which some years have."""

    day: int
    month: int
    year: int | None


@dataclass(frozen=True)
class NotInAnyMonth:
    day: int


@dataclass(frozen=True)
class NotInMonthsToCome:
    day: int


@dataclass(frozen=True)
class TooFew:
    """The fifth Friday of a month that has four: `there` are so many."""

    typed: str
    there: int


@dataclass(frozen=True)
class BeyondCalendar:
    typed: str


# ── it is there, and can't be meant ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Passed:
    typed: str
    day: date


@dataclass(frozen=True)
class TooFarAhead:
    """More than three years ahead."""

    typed: str
    day: date


@dataclass(frozen=True)
class CountsTooFar:
    """So long a time from now that the day is not even worked out."""

    typed: str


@dataclass(frozen=True)
class OutOfReach:
    """A day that an ask names, or that was picked: more than three years ahead."""

    day: date


@dataclass(frozen=True)
class OtherWeekday:
    """The day is no such `weekday` (0 Monday); nor is `other`, which the two numbers name the other way round."""

    day: date
    weekday: int
    other: date | None = None


# ── it may be more than one ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class PeopleDiffer:
    """Two readings of the same words, both in use."""

    typed: str
    one: date
    other: date


@dataclass(frozen=True)
class BothFit:
    """The weekday fits the two numbers either way round."""

    typed: str
    one: date
    other: date


@dataclass(frozen=True)
class AskNamesTwo:
    """An ask that names two days, both with "by"."""

    one: date
    other: date


Open = Literal["days", "range", "either", "stretch", "part", "between", "hour", "saturdays", "year", "before", "after"]
"""What leaves the day open: several days, a range, words that people read differently, a stretch of more than one day,
a part of one ("early March") or a word of doubt, a half that ends between two days, the hour, whether Saturdays count,
which year, a side of a day without the day."""


@dataclass(frozen=True)
class LeftOpen:
    typed: str
    by: Open


DayDoubt = (
    NoDay
    | NotADay
    | TooLongForADay
    | NoYear
    | NoMonth
    | NoWeek
    | NoHalf
    | NotInMonth
    | NotInAnyMonth
    | NotInMonthsToCome
    | TooFew
    | BeyondCalendar
    | Passed
    | TooFarAhead
    | CountsTooFar
    | OutOfReach
    | OtherWeekday
    | PeopleDiffer
    | BothFit
    | AskNamesTwo
    | LeftOpen
)
