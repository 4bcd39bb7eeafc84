"""What a phrase says about a day before anybody asks which day that is: "the Friday of week 50", "2 weeks from 4 Dec".

`settling.py` makes a day of it, and the assistant reads the same to see whether two texts say the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Unit = Literal["day", "workday", "monsatday", "week", "month", "quarter", "half", "year", "hour", "minute"]
Which = Literal["this", "coming", "next", "nextish", "next2", "last"]
"""Which of several. "nextish": the word for "next" of a language in which people differ on whether it is the coming one
or that of the next week (German "nächsten Freitag", French "vendredi prochain")."""


@dataclass(frozen=True)
class Fixed:
    """A day and a month; without its year where none was written."""

    day: int
    month: int
    year: int | None = None


@dataclass(frozen=True)
class Numeric:
    """Two numbers whose order people differ on: 4/12. `dotted`: 4.12., where the day comes first."""

    first: int
    second: int
    year: int | None = None
    dotted: bool = False


@dataclass(frozen=True)
class MonthDay:
    """A day of a month by its number alone ("the 15th"); `which` month, if one was named."""

    day: int
    which: Which | None = None


@dataclass(frozen=True)
class Near:
    """Today and its neighbours, in days."""

    days: int


@dataclass(frozen=True)
class OnWeekday:
    weekday: int
    which: Which | None = None


@dataclass(frozen=True)
class WeekdayBeside:
    """The weekday next to a day: the Friday before Christmas."""

    weekday: int
    base: Spec
    back: bool = False


@dataclass(frozen=True)
class Stretch:
    """More than one day. Without `number` a unit by `which` ("next week"), with it a numbered or named one: week 50,
    month 3, quarter 1, half 2, year 2027."""

    unit: Literal["week", "weekend", "month", "quarter", "half", "year"]
    which: Which | None = None
    number: int | None = None
    year: int | None = None


@dataclass(frozen=True)
class Edge:
    """The end, the start or the middle of a stretch; "early" and "late" leave the day open."""

    edge: Literal["end", "start", "mid", "early", "late"]
    of: Stretch


@dataclass(frozen=True)
class InWeek:
    """A weekday of a week."""

    weekday: int
    week: Stretch


@dataclass(frozen=True)
class NthOf:
    """The first Monday, the last working day of a stretch; `nth` -1 is the last. `weekday` None: working days."""

    nth: int
    weekday: int | None
    of: Stretch


@dataclass(frozen=True)
class Away:
    """So many units from `base`, or from today; `back` counts into the past."""

    parts: tuple[tuple[str, Unit], ...]
    base: Spec | None = None
    back: bool = False


@dataclass(frozen=True)
class Feast:
    """A day with a name: day, month, year."""

    day: int
    month: int
    year: int | None = None
    eve: bool = False  # "before Christmas": the day before


@dataclass(frozen=True)
class Both:
    """A day and the weekday it is said to be."""

    spec: Spec
    weekday: int


@dataclass(frozen=True)
class Several:
    """More than one day: said one beside the other, as the ends of a range, or as what people differ on ("either")."""

    specs: tuple[Spec, ...]
    kind: Literal["days", "range", "either"] = "days"


@dataclass(frozen=True)
class Beside:
    """Before or after something: a side, and no day."""

    side: Literal["before", "after"]
    spec: Spec


Spec = (
    Fixed
    | Numeric
    | MonthDay
    | Near
    | OnWeekday
    | Stretch
    | Edge
    | InWeek
    | NthOf
    | Away
    | Feast
    | Both
    | Several
    | Beside
    | WeekdayBeside
)

__all__ = [
    "Away", "Beside", "Both", "Edge", "Feast", "Fixed", "InWeek", "MonthDay", "Near", "NthOf", "Numeric", "OnWeekday",
    "Several", "Spec", "Stretch", "Unit", "WeekdayBeside", "Which", "date",
]  # fmt: skip
