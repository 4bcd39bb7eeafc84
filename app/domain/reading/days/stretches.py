"""The first and the last day of a week, a month, a quarter, a half, a year."""

from __future__ import annotations

from datetime import date, timedelta

from app.domain.reading.days.asking import DAY, JUST_PASSED, Asked, Now
from app.domain.reading.days.doubts import LeftOpen, NoHalf, NoWeek
from app.domain.reading.days.specs import Stretch

MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_STEPS = {"last": -1, "this": 0, "coming": 1, "next": 1, "nextish": 1, "next2": 2, None: 0}


def days_of(of: Stretch, now: Now, edge: str = "end") -> tuple[date, date]:
    """The first and the last day. A stretch named without its year is the next whose `edge` is to come."""
    today = now.today
    if of.unit in ("week", "weekend"):
        if of.number is not None:
            return _numbered_week(of, now, edge)
        monday = monday_of(today) + 7 * _STEPS[of.which] * DAY
        return (monday, monday + 6 * DAY) if of.unit == "week" else (monday + 5 * DAY, monday + 6 * DAY)
    months = MONTHS_IN[of.unit]
    if of.number is None:
        first = (today.month - 1) // months * months + 1 + months * _STEPS[of.which]
        return month_days(today.year, first, months)
    if of.unit == "year":
        return date(of.number, 1, 1), date(of.number, 12, 31)
    first = (of.number - 1) * months + 1
    if first > 12:
        raise Asked(NoHalf())
    if of.year is not None:
        return month_days(of.year, first, months)
    which = str(of.which or "")
    if which.endswith("year"):
        return month_days(today.year + _STEPS[which.removesuffix("year")], first, months)
    return _named(of, first, months, now, edge)


def _named(of: Stretch, first: int, months: int, now: Now, edge: str) -> tuple[date, date]:
    years = [month_days(now.today.year + step, first, months) for step in (-1, 0, 1, 2)]
    if of.which in ("next", "nextish", "coming"):
        to_come = [days for days in years if days[0] > now.today]
        running = [days for days in years if days[0] <= now.today <= days[1]]
        if running and of.which != "coming":
            raise Asked(LeftOpen(now.typed, "year"), (_at(running[0], edge), _at(to_come[0], edge)))
        return to_come[0]
    if of.which == "last":
        return [days for days in years if days[1] < now.today][-1]
    if of.which == "this":
        return years[1]
    if now.past:
        return min(years, key=lambda days: abs(_at(days, edge) - now.today))
    slip = JUST_PASSED if of.unit == "month" else timedelta()
    return next(days for days in years if _at(days, edge) >= now.today - slip)


def _at(days: tuple[date, date], edge: str) -> date:
    return days[0] if edge in ("start", "early") else days[1]


def _numbered_week(of: Stretch, now: Now, edge: str) -> tuple[date, date]:
    """A week by its number (ISO 8601: weeks start on Monday, and the first holds 4 January)."""
    years = [of.year] if of.year else [now.today.year - 1, now.today.year, now.today.year + 1]
    mondays: list[date] = []
    for year in years:
        try:
            mondays.append(date.fromisocalendar(year, of.number or 0, 1))
        except ValueError:  # not every year has a week 53
            continue
    if not mondays:
        raise Asked(NoWeek(of.number or 0))
    counted = timedelta() if edge in ("start", "early") else 4 * DAY
    if now.past:
        found = min(mondays, key=lambda monday: abs(monday + counted - now.today))
    else:
        found = next((one for one in mondays if one + counted >= now.today - JUST_PASSED), mondays[-1])
    return found, found + 6 * DAY


def month_days(y: int, m: int, months: int = 1) -> tuple[date, date]:
    """The first and the last day of so many months; `m` may lie beyond its year."""
    first, after = y * 12 + m - 1, y * 12 + m - 1 + months
    return date(first // 12, first % 12 + 1, 1), date(after // 12, after % 12 + 1, 1) - DAY


def months_on(day: date, months: int) -> date:
    """The same day of a later month, or its last one."""
    first, last = month_days(day.year, day.month + months)
    return min(last, first + (day.day - 1) * DAY)


def monday_of(day: date) -> date:
    return day - day.weekday() * DAY
