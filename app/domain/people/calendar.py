"""The working time of one person: their zone, hours, weekend, public holidays and days off.

Datetimes are aware on the way in (any zone; naive raises ValueError) and UTC on the way out.
A working day runs from `start` to `end` with both ends inside, so that a deadline at the end of the
day still falls into working time. Where the clocks change, a day keeps its wall-clock hours; a day
that a zone leaps over (Samoa, 30 December 2011) is not a working day.

Holidays and weekends come from the `holidays` package: Friday and Saturday are off where that is so, and a Saturday
that makes up for a holiday, as in China, is worked. A country that it does not know has a weekend of Saturday and
Sunday.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.domain.people.places import parts

if TYPE_CHECKING:
    from holidays import HolidayBase

_DAY = timedelta(days=1)
_LOOKAHEAD = 400  # days; no country is on holiday for longer


@dataclass(frozen=True)
class WorkingHours:
    """When a person works.

    `tz`: an IANA name; an unknown one counts as UTC. `country`: ISO code, with a part if it
    matters ("FI", "DE-BY", "AU-NSW Western"); None or an unknown one has no holidays. `start` < `end`, local wall
    clock. `weekend`: weekdays off, Monday is 0; at least one day must be left to work; None: the country's. `off`: days
    of their own.
    """

    tz: str
    country: str | None = None
    start: time = time(9)
    end: time = time(17)
    weekend: frozenset[int] | None = None
    off: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError("a working day starts before it ends")
        if self.weekend is not None and self.weekend >= frozenset(range(7)):
            raise ValueError("a week needs at least one working day")


def zone(name: str) -> ZoneInfo:
    """The time zone of that IANA name, or UTC where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def local_date(at: datetime, hours: WorkingHours) -> date:
    """Which day it is for this person at that moment."""
    return in_utc(at).astimezone(zone(hours.tz)).date()


def weekend_of(hours: WorkingHours, day: date) -> frozenset[int]:
    """The weekdays off in the week of ``day``: this person's own, else their country's. Monday is 0."""
    if hours.weekend is not None:
        return hours.weekend
    found = _country(hours.country, day.year)
    week = [day + i * _DAY for i in range(7)]
    if found is None:
        return frozenset({5, 6})
    return frozenset(one.weekday() for one in week if found.is_weekend(one))


def is_working_day(decision: date, hours: WorkingHours) -> bool:
    """Neither weekend nor holiday, and a day that exists in their zone."""
    return window_of(decision, hours) is not None


def is_working(at: datetime, hours: WorkingHours) -> bool:
    """Is this person at work at that moment?"""
    window = window_of(local_date(at, hours), hours)
    return window is not None and window[0] <= in_utc(at) <= window[1]


def next_working_moment(at: datetime, hours: WorkingHours) -> datetime:
    """`at` itself where it is in working time, else the start of the next working day; UTC."""
    at = in_utc(at)
    return next(max(at, opens) for opens, closes in _windows(at, hours) if at <= closes)


def add_working_days(decision: date, n: int, hours: WorkingHours) -> date:
    """The `n`th working day after `d`, or before it where `n` is negative.

    Zero gives `d` itself if it is a working day, else the next one.
    """
    if n == 0:
        return decision if is_working_day(decision, hours) else add_working_days(decision, 1, hours)
    step = _DAY if n > 0 else -_DAY
    for _ in range(abs(n)):
        decision = _next_day(decision, step, hours)
    return decision


def previous_working_day(decision: date, hours: WorkingHours) -> date:
    """The last working day before `d`."""
    return _next_day(decision, -_DAY, hours)


def working_days_between(a: date, b: date, hours: WorkingHours) -> int:
    """How many working days come after `a`, up to and with `b`; 0 where `b` is not later."""
    return sum(is_working_day(a + i * _DAY, hours) for i in range(1, (b - a).days + 1))


def working_days_within(start: datetime, end: datetime, hours: WorkingHours) -> float:
    """How much working time lies between two moments, in this person's working days; 0 where none does."""
    start, end = in_utc(start), in_utc(end)
    if end <= start:
        return 0.0
    days, decision, last = 0.0, local_date(start, hours), local_date(end, hours)
    while decision <= last:
        window = window_of(decision, hours)
        if window is not None:
            opens, closes = window
            worked = (min(closes, end) - max(opens, start)).total_seconds()
            days += max(worked, 0.0) / (closes - opens).total_seconds()
        decision += _DAY
    return days


def end_of_working_day(decision: date, hours: WorkingHours) -> datetime:
    """What a deadline given as a day means: that person's closing time on it, in UTC.

    A weekend or a holiday keeps its date: the promise was made for that day.
    """
    return moment_of(decision, hours.end, hours)


def halfway(start: datetime, end: datetime, hours: WorkingHours) -> datetime:
    """The moment at which half of the working time from `start` to `end` is used up; UTC.

    Where there is none between them, the next working moment after their middle.
    """
    start, end = in_utc(start), in_utc(end)
    spans: list[tuple[datetime, datetime]] = []
    for opens, closes in _windows(start, hours):
        if opens >= end:
            break
        if closes > start:
            spans.append((max(opens, start), min(closes, end)))
    left = sum((b - a for a, b in spans), timedelta()) / 2
    for a, b in spans:
        if left <= b - a:
            return a + left
        left -= b - a
    return next_working_moment(start + (end - start) / 2, hours)


def in_utc(at: datetime) -> datetime:
    """Raises ValueError for a moment without a zone."""
    if at.tzinfo is None or at.utcoffset() is None:
        raise ValueError("a moment without a time zone is not a moment")
    return at.astimezone(UTC)


def moment_of(decision: date, clock: time, hours: WorkingHours) -> datetime:
    """That time of that day where this person is; UTC."""
    return datetime.combine(decision, clock, zone(hours.tz)).astimezone(UTC)


def window_of(decision: date, hours: WorkingHours) -> tuple[datetime, datetime] | None:
    """Opening and closing of that person's day in UTC; None on a day off."""
    if decision in hours.off:
        return None
    days = _days_of(hours.country, decision.year)
    free = decision.weekday() in hours.weekend if hours.weekend is not None else decision in days.weekends
    if decision in days.holidays or (free and decision not in days.made_up):
        return None
    opens, closes = moment_of(decision, hours.start, hours), moment_of(decision, hours.end, hours)
    if opens >= closes or local_date(opens, hours) != decision:
        return None
    return opens, closes


def _windows(at: datetime, hours: WorkingHours) -> Iterator[tuple[datetime, datetime]]:
    """The working days from the one of `at` on."""
    decision = local_date(at, hours) - _DAY
    while True:
        decision = _next_day(decision, _DAY, hours)
        window = window_of(decision, hours)
        if window is not None:
            yield window


def _next_day(decision: date, step: timedelta, hours: WorkingHours) -> date:
    for i in range(1, _LOOKAHEAD):
        if is_working_day(decision + i * step, hours):
            return decision + i * step
    raise ValueError(f"no working day within {_LOOKAHEAD} days of {decision}")


@dataclass(frozen=True)
class _Year:
    holidays: frozenset[date]
    weekends: frozenset[date]
    made_up: frozenset[date]
    """Days of a weekend that are worked, since the country moved them."""


@lru_cache(maxsize=512)
def _days_of(place: str | None, year: int) -> _Year:
    """A frozen copy per year: the package's own object fills itself as it is asked, unlocked."""
    all_days = [date(year, 1, 1) + i * _DAY for i in range(366) if (date(year, 1, 1) + i * _DAY).year == year]
    found = _country(place, year)
    if found is None:
        return _Year(frozenset(), frozenset(day for day in all_days if day.weekday() in (5, 6)), frozenset())
    return _Year(
        frozenset(day for day in found if day.year == year),
        frozenset(day for day in all_days if found.is_weekend(day)),
        frozenset(day for day in found.weekend_workdays if day.year == year),
    )


def _country(place: str | None, year: int) -> HolidayBase | None:
    """The package's calendar of a country or a part of it; None where it knows none."""
    if not place:
        return None
    import holidays  # costs 15 MB, and most people have no country set

    code, _, part = place.strip().partition("-")
    spelled = parts(code.upper()).get(part.lower()) if part else None
    try:
        return holidays.country_holidays(code.upper(), subdiv=spelled, years=year)
    except NotImplementedError:  # the package's word for a place it does not know
        return None
