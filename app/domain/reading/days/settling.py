"""From what was said to the one day it is, or to why that can't be told: `Asked`, with the days it could be.

The rules that people may differ on:

- A day without a year is the next one to come; one that passed in the last 30 days is a slip, said and not moved by a
  year. Where the past is allowed, the nearest one.
- "Friday" is the next one to come, a week from now if today is Friday; "this Friday" may be today; "next Friday" is the
  Friday of next week, weeks starting on Monday. Other languages' "next Friday" is asked, since people differ.
- Working days are Monday to Friday. The end of a week is its Friday; a week by its number means its Friday.
- 4/12 is asked, unless a weekday, the writer's region or the calendar settles it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

from app.domain.reading.days.asking import DAY, JUST_PASSED, Asked, Now
from app.domain.reading.days.doubts import (
    BothFit,
    CountsTooFar,
    LeftOpen,
    NoMonth,
    NotInAnyMonth,
    NotInMonth,
    NotInMonthsToCome,
    NoYear,
    OtherWeekday,
    PeopleDiffer,
    TooFew,
)
from app.domain.reading.days.specs import (
    Away,
    Beside,
    Both,
    Edge,
    Feast,
    Fixed,
    InWeek,
    MonthDay,
    Near,
    NthOf,
    Numeric,
    OnWeekday,
    Several,
    Spec,
    Stretch,
    Unit,
    WeekdayBeside,
)
from app.domain.reading.days.stretches import MONTHS_IN, days_of, monday_of, month_days, months_on


def settle(spec: Spec, now: Now) -> date:
    """The day that is meant. It may have passed. Raises Asked."""
    match spec:
        case Fixed():
            return _next_such(spec.day, spec.month, spec.year, now)
        case Numeric():
            return _numeric(spec, now)
        case MonthDay():
            return _month_day(spec, now)
        case Near(days):
            return now.today + days * DAY
        case OnWeekday():
            return _on_weekday(spec, now)
        case Stretch():
            return _of_stretch(spec, now)
        case Edge():
            return _edge(spec, now)
        case InWeek():
            return days_of(spec.week, now)[0] + spec.weekday * DAY
        case NthOf():
            return _nth(spec, now)
        case Away():
            return _away(spec, now)
        case Feast():
            return _next_such(spec.day, spec.month, spec.year, now) - (DAY if spec.eve else timedelta())
        case Both():
            return _both(spec, now)
        case Several():
            return _several(spec, now)
        case Beside():
            return _beside(spec, now)
        case WeekdayBeside():
            day = settle(spec.base, now)
            step = (spec.weekday - day.weekday() - 1) % 7 + 1
            return day + (step - 7 - (7 if step == 7 else 0) if spec.back else step) * DAY


def possible(spec: Spec, now: Now) -> tuple[date, ...]:
    """The days that were meant or could be."""
    try:
        return (settle(spec, now),)
    except Asked as asked:
        return asked.days


# ── by the calendar ─────────────────────────────────────────────────────────────────────────────────────


def _exactly(decision: int, m: int, y: int) -> date:
    """That day. Raises Asked where it does not exist."""
    try:
        return date(y, m, decision)
    except ValueError:
        if not 1 <= y <= 9999:
            raise Asked(NoYear(y)) from None
        if not 1 <= m <= 12:
            raise Asked(NoMonth(m)) from None
        leap = y if (decision, m) == (29, 2) else None
        last = (month_days(y, m)[1],) if 28 < decision < 32 else ()
        raise Asked(NotInMonth(decision, m, leap), last) from None


def _such_days(decision: int, m: int, year: int | None, now: Now) -> list[date]:
    """That day in each year that could be meant. Raises Asked where none has it."""
    if year is not None:
        return [_exactly(decision, m, year)]
    found: list[date] = []
    missing: Asked | None = None
    for y in (now.today.year - 1, now.today.year, now.today.year + 1):
        try:
            day = _exactly(decision, m, y)
        except Asked as asked:
            missing = asked
            continue
        if now.past or day >= now.today - JUST_PASSED:
            found.append(day)
    if missing is not None and not found:  # next year's, where there is one, is always to come
        raise missing
    return sorted(found, key=lambda day: abs(day - now.today)) if now.past else found


def _next_such(decision: int, m: int, year: int | None, now: Now) -> date:
    return _such_days(decision, m, year, now)[0]


def _readings(spec: Numeric, now: Now) -> list[list[date]]:
    """For each order of the two numbers the days it can mean; a dotted one has its day first."""
    orders = [(spec.first, spec.second)]
    if not spec.dotted:
        orders.append((spec.second, spec.first))
        if now.order == "mdy":
            orders.reverse()
    found: list[list[date]] = []
    reason: Asked | None = None
    for decision, m in orders:
        try:
            found.append(_such_days(decision, m, spec.year, now))
        except Asked as asked:  # the order whose month exists gives the reason a person understands
            reason = asked if reason is None or 1 <= m <= 12 else reason
    if reason is not None and not found:
        raise reason
    return found


def _numeric(spec: Numeric, now: Now) -> date:
    readings = [days[0] for days in _readings(spec, now)]
    if len(set(readings)) == 1 or now.order is not None:
        return readings[0]
    to_come = [day for day in readings if day >= now.today]
    if not now.past and len(to_come) == 1:
        return to_come[0]
    one, other = readings
    raise Asked(PeopleDiffer(now.typed, one, other), tuple(sorted(readings)))


def _month_day(spec: MonthDay, now: Now) -> date:
    if not 1 <= spec.day <= 31:
        raise Asked(NotInAnyMonth(spec.day))
    y, m = now.today.year, now.today.month
    if spec.which is not None:
        month = days_of(Stretch("month", {"coming": "next", "nextish": "next"}.get(spec.which, spec.which)), now)[0]  # type: ignore[arg-type]
        return _exactly(spec.day, month.month, month.year)
    for ahead in range(3):
        first, last = month_days(y, m + ahead)
        if spec.day <= last.day and first.replace(day=spec.day) >= now.today:
            return first.replace(day=spec.day)
    raise Asked(NotInMonthsToCome(spec.day))


def _on_weekday(spec: OnWeekday, now: Now) -> date:
    today, wanted = now.today, spec.weekday
    coming = today + ((wanted - today.weekday() - 1) % 7 + 1) * DAY
    next_weeks = monday_of(today) + (7 + wanted) * DAY
    if spec.which == "last":
        return today - ((today.weekday() - wanted - 1) % 7 + 1) * DAY
    if spec.which == "this":
        return today + (wanted - today.weekday()) % 7 * DAY
    if spec.which == "next":
        return next_weeks
    if spec.which in ("nextish", "next2") and coming != next_weeks:
        either = (coming, next_weeks) if spec.which == "nextish" else (next_weeks, next_weeks + 7 * DAY)
        raise Asked(PeopleDiffer(now.typed, *either), either)
    return coming + 7 * DAY if spec.which == "next2" else coming


# ── stretches ─────────────────────────────────────────────────────────────────────────────────────────────────


def _of_stretch(of: Stretch, now: Now) -> date:
    """A week by its number is its Friday; any other stretch is asked, with its ends."""
    if of.unit == "week" and of.number is not None:
        return days_of(of, now)[0] + 4 * DAY
    first, last = days_of(of, now)
    end = first + 4 * DAY if of.unit == "week" else last
    if of.unit == "weekend":
        raise Asked(LeftOpen(now.typed, "stretch"), (first - DAY, first, last))
    days = [day for day in dict.fromkeys((end, first, last)) if day >= now.today or now.past]
    raise Asked(LeftOpen(now.typed, "stretch"), tuple(days[:2]))


def _edge(spec: Edge, now: Now) -> date:
    of = spec.of
    if spec.edge in ("early", "late"):
        first, last = days_of(of, now, spec.edge)
        likely = first if spec.edge == "early" else last
        if of.unit == "week":
            likely = first if spec.edge == "early" else first + 4 * DAY
        third = (last - first) // 3
        middle = first + third if spec.edge == "early" else last - third
        days = [day for day in dict.fromkeys((likely, middle)) if day >= now.today or now.past]
        raise Asked(LeftOpen(now.typed, "part"), tuple(days))
    first, last = days_of(of, now, spec.edge)
    if spec.edge == "start":
        return first
    if of.unit == "week":
        day = first + (4 if spec.edge == "end" else 2) * DAY
        late = of.number is None and of.which == "this" and spec.edge == "end" and day < now.today
        return day + 7 * DAY if late and not now.past else day
    if spec.edge == "end":
        return last
    return _middle(spec, first, last, now)


def _middle(spec: Edge, first: date, last: date, now: Now) -> date:
    """The 15th of a month, and of a quarter's middle month; a half or a year is too long to have one."""
    if spec.of.unit == "month":
        return first.replace(day=15)
    if spec.of.unit == "quarter":
        return month_days(first.year, first.month + 1)[0].replace(day=15)
    near = month_days(last.year, last.month - (last.month - first.month + 1) // 2)[1]
    raise Asked(LeftOpen(now.typed, "part"), (near,))


def _nth(spec: NthOf, now: Now) -> date:
    """The first Monday, the last working day. Of a month named without its year, the next whose day is to come."""
    first, last = days_of(spec.of, now)

    def counts(day: date) -> bool:
        return day.weekday() == spec.weekday if spec.weekday is not None else day.weekday() < 5

    days = [first + n * DAY for n in range((last - first).days + 1)]
    such = [day for day in days if counts(day)]
    if spec.nth > len(such):
        raise Asked(TooFew(now.typed, len(such)))
    return such[-1] if spec.nth == -1 else such[spec.nth - 1]


# ── counted ─────────────────────────────────────────────────────────────────────────────────────────────


def _away(spec: Away, now: Now) -> date:
    day = settle(spec.base, now) if spec.base is not None else now.today
    sign = -1 if spec.back else 1
    for number, unit in spec.parts:
        day = _step(day, Decimal(number), unit, sign, now)
    return day


_LIMIT = 20_000
"""Days: beyond any deadline, and far from the calendar's own end."""


def _step(day: date, number: Decimal, unit: Unit, sign: int, now: Now) -> date:
    if number * {"week": 7, "month": 31, "quarter": 92, "half": 183, "year": 366}.get(unit, 1) > _LIMIT:
        raise Asked(CountsTooFar(now.typed))
    if unit in ("hour", "minute"):
        return _hours(day, float(number) / (60 if unit == "minute" else 1), sign, now)
    months = number * MONTHS_IN.get(unit, 0)
    if months:
        return _whole(months, lambda n: months_on(day, sign * n), now)
    if unit in ("workday", "monsatday"):
        return _whole(number, lambda n: _workdays(day, n, sign, unit, now), now)
    size = 7 if unit == "week" else 1
    return _whole(number * size, lambda n: day + sign * n * DAY, now)


def _whole(count: Decimal, step: Callable[[int], date], now: Now) -> date:
    """A half that is no whole number of days is asked, with the days on both sides of it."""
    whole = int(count)
    if count == whole:
        return step(whole)
    raise Asked(LeftOpen(now.typed, "between"), (step(whole), step(whole + 1)))


def _hours(day: date, hours: float, sign: int, now: Now) -> date:
    """From this moment on; without the time of day, asked where that decides it."""
    if hours % 24 == 0:
        return day + sign * timedelta(hours=hours)
    if now.at is None:
        either = (day + sign * timedelta(days=hours // 24), day + sign * timedelta(days=hours // 24 + 1))
        raise Asked(LeftOpen(now.typed, "hour"), either)
    return (datetime.combine(day, now.at) + sign * timedelta(hours=hours)).date()


def _workdays(day: date, count: int, sign: int, unit: str, now: Now) -> date:
    """Monday to Friday. Where the law counts Saturday ("Werktage"), people differ: asked where the two differ."""

    def walked(free_from: int) -> date:
        at, left = day, count
        while left > 0:
            at += sign * DAY
            left -= at.weekday() < free_from
        return at

    if unit == "monsatday" and walked(5) != walked(6):
        raise Asked(LeftOpen(now.typed, "saturdays"), (walked(6), walked(5)))
    return walked(5)


# ── more than one ───────────────────────────────────────────────────────────────────────────────────────


def _both(spec: Both, now: Now) -> date:
    """A day and its weekday. The weekday settles a year, an order, a month left open; where none fits, that is said."""
    inner = spec.spec
    if isinstance(inner, Numeric):
        days = [day for reading in _readings(inner, now) for day in _up_to_the_next(reading, now)]
        if inner.dotted:
            days += _other_order(inner, now, spec.weekday)
    elif isinstance(inner, Fixed):
        days = _up_to_the_next(_such_days(inner.day, inner.month, inner.year, now), now)
    else:
        days = [settle(inner, now)]
    fitting = [day for day in dict.fromkeys(days) if day.weekday() == spec.weekday]
    own = (
        fitting
        if not (isinstance(inner, Numeric) and inner.dotted)
        else [decision for decision in fitting if decision.day == inner.first]
    )
    if len(set(own)) > 1 and isinstance(inner, Numeric) and now.order is None:
        raise Asked(BothFit(now.typed, own[0], own[1]), tuple(own))
    if own:
        return next((day for day in own if day >= now.today), own[0]) if not now.past else own[0]
    first = days[0]
    near = first + ((spec.weekday - first.weekday() + 3) % 7 - 3) * DAY
    others = [day for day in days[1:] if day.weekday() != spec.weekday] if isinstance(inner, Numeric) else []
    other = others[0] if others and others[0] != first and not fitting else None
    candidates = [day for day in dict.fromkeys([*fitting, first, near]) if day >= now.today or now.past]
    raise Asked(OtherWeekday(first, spec.weekday, other), tuple(candidates[:3]))


def _up_to_the_next(days: list[date], now: Now) -> list[date]:
    """A weekday chooses between the next such day and those just passed. That of a later year would be no slip of the
    finger only to a calendar: it is asked."""
    if now.past:
        return days
    following = [day for day in days if day >= now.today]
    return [day for day in days if day < now.today] + following[:1]


def _other_order(spec: Numeric, now: Now, weekday: int) -> list[date]:
    """For 12.4.: 4 December, offered where only that fits the weekday."""
    try:
        return [day for day in _such_days(spec.second, spec.first, spec.year, now) if day.weekday() == weekday]
    except Asked:
        return []


def _several(spec: Several, now: Now) -> date:
    """Two that are the same day are that day; else they are asked."""
    try:
        settled = {settle(one, now) for one in spec.specs}
    except Asked:
        settled = set()
    if len(settled) == 1:
        return settled.pop()
    days = list(dict.fromkeys(day for one in spec.specs for day in possible(one, now)))
    wanted = [day for day in days if day >= now.today] or list(days)
    raise Asked(LeftOpen(now.typed, spec.kind), tuple(sorted(wanted)[:3]))


def _beside(spec: Beside, now: Now) -> date:
    """Before Friday may be Thursday or Friday; after it, any day."""
    if isinstance(spec.spec, Stretch):
        first, last = days_of(spec.spec, now, "start" if spec.side == "before" else "end")
        days = (first - DAY, first) if spec.side == "before" else (last + DAY,)
        if spec.spec.unit == "week" and spec.side == "before":
            days = (first - 3 * DAY, first)
    else:
        found = possible(spec.spec, now)[:1]
        day = found[0] if found else now.today
        days = (day - DAY, day) if spec.side == "before" else (day + DAY, _workdays(day, 1, 1, "workday", now))
    wanted = tuple(day for day in dict.fromkeys(days) if day >= now.today or now.past)
    raise Asked(LeftOpen(now.typed, spec.side), wanted)
