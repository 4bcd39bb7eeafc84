"""When a sync may be: after everybody had time of their own to read, and best within everybody's working hours.

Moments are aware on the way in and UTC on the way out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from app.domain.people.calendar import WorkingHours, in_utc, local_date, moment_of, window_of, zone

_GRID = timedelta(minutes=30)
_DAY = timedelta(days=1)

WITHIN = timedelta(days=14)
"""How far ahead slots are looked for, from the first moment that may be one."""

AT_LAST_WITHIN = timedelta(days=60)
"""…where somebody is away for longer."""

_AWAKE = (time(7), time(22))
"""Where no hours are everybody's, nobody is asked to meet before or after these, on their own clock."""

MOST_A_DAY = 2


@dataclass(frozen=True)
class ReadingTime:
    """What policy leaves between sending and meeting. ``halves``: whole working mornings or afternoons of each
    reader's own, among those hours or after them."""

    hours: int = 24
    halves: int = 1


@dataclass(frozen=True)
class Slot:
    """``outside``: who would meet outside of their working hours, by their place in the list, and by how much."""

    start: datetime
    outside: tuple[tuple[int, timedelta], ...] = ()


def halves_of(day: date, hours: WorkingHours) -> tuple[tuple[datetime, datetime], ...]:
    """The morning and the afternoon of somebody's working day, cut in its middle; none on a day off."""
    window = window_of(day, hours)
    if window is None:
        return ()
    opens, closes = window
    middle = opens + (closes - opens) / 2
    return (opens, middle), (middle, closes)


def _halves_after(sent: datetime, hours: WorkingHours) -> Iterator[tuple[datetime, datetime]]:
    """Those that lie wholly after ``sent``, in order."""
    day = local_date(sent, hours)
    for number in range(400):
        yield from (half for half in halves_of(day + number * _DAY, hours) if half[0] >= sent)


def has_read_by(sent: datetime, hours: WorkingHours, rule: ReadingTime) -> datetime:
    """From when one reader has had their time."""
    sent = in_utc(sent)
    ends = [sent + timedelta(hours=rule.hours)]
    left = rule.halves
    for _, closes in _halves_after(sent, hours):
        if not left:
            break
        ends.append(closes)
        left -= 1
    return max(ends)


def earliest(sent: datetime, readers: Sequence[WorkingHours], rule: ReadingTime) -> datetime:
    """From when a sync may start: every reader has had their time."""
    return max([in_utc(sent) + timedelta(hours=rule.hours), *(has_read_by(sent, one, rule) for one in readers)])


def last_call(sent: datetime, start: datetime, hours: WorkingHours) -> datetime | None:
    """When somebody is reminded: as their last whole working morning or afternoon before ``start`` begins, while there
    still is time to read. None where there is none after ``sent``."""
    sent, start = in_utc(sent), in_utc(start)
    day = local_date(start, hours)
    while day >= local_date(sent, hours):
        for opens, closes in reversed(halves_of(day, hours)):
            if closes <= start and opens > sent:
                return opens
        day -= _DAY
    return None


def outside_by(start: datetime, minutes: int, hours: WorkingHours) -> timedelta | None:
    """How far a meeting lies outside of somebody's hours; nothing within them. None: on a day off of theirs."""
    start, end = in_utc(start), in_utc(start) + timedelta(minutes=minutes)
    window = window_of(local_date(start, hours), hours)
    if window is None:
        return None
    return max(window[0] - start, end - window[1], timedelta())


def slots(
    sent: datetime, readers: Sequence[WorkingHours], others: Sequence[WorkingHours], rule: ReadingTime, minutes: int,
    most: int = 5, *, not_before: datetime | None = None,
) -> list[Slot]:  # fmt: skip
    """The next slots for ``readers`` and the ``others`` who come: within everybody's hours where there are such;
    else, on a working day of everybody's, as little outside of anybody's as can be. Empty where somebody is away for
    two months. ``not_before``: what lies before it has passed."""
    people = (*readers, *others)
    first = earliest(sent, readers, rule)
    first = _rounded(first if not_before is None else max(first, in_utc(not_before)))
    for reach in (WITHIN, AT_LAST_WITHIN):
        seen = [one for one in _candidates(first, reach, people, minutes) if one is not None]
        inside = [one for one in seen if not one.outside]
        if inside:
            return _spread(inside, most)
        if seen:
            best = sorted(seen, key=lambda one: (_worst(one), _sum(one), one.start))
            return sorted(_one_a_day(best, most), key=lambda one: one.start)
    return []


def _worst(slot: Slot) -> timedelta:
    return max(by for _, by in slot.outside)


def _sum(slot: Slot) -> timedelta:
    return sum((by for _, by in slot.outside), timedelta())


def _rounded(at: datetime) -> datetime:
    """The next full or half hour."""
    begun = datetime(at.year, at.month, at.day, at.hour, tzinfo=UTC)
    return begun + -(-(at - begun) // _GRID) * _GRID


def _candidates(
    first: datetime, reach: timedelta, people: Sequence[WorkingHours], minutes: int
) -> Iterator[Slot | None]:
    windows: dict[tuple[int, date], tuple[datetime, datetime] | None] = {}

    def outside(number: int, hours: WorkingHours, start: datetime) -> timedelta | None:
        day = local_date(start, hours)
        if (number, day) not in windows:
            windows[number, day] = window_of(day, hours)
        window, end = windows[number, day], start + timedelta(minutes=minutes)
        if window is None:
            return None
        by = max(window[0] - start, end - window[1], timedelta())
        return by if not by or _is_awake(start, end, hours) else None

    start = first
    while start <= first + reach:
        found = [outside(number, hours, start) for number, hours in enumerate(people)]
        known = [by for by in found if by is not None]
        if len(known) == len(found):
            yield Slot(start, tuple((number, by) for number, by in enumerate(known) if by))
        start += _GRID


def _is_awake(start: datetime, end: datetime, hours: WorkingHours) -> bool:
    day = local_date(start, hours)
    return moment_of(day, _AWAKE[0], hours) <= start and end <= moment_of(day, _AWAKE[1], hours)


def _spread(found: Sequence[Slot], most: int) -> list[Slot]:
    """A few of each day, an hour and a half apart, so that there is something to choose from."""
    chosen: list[Slot] = []
    for slot in found:
        same = [one for one in chosen if one.start.date() == slot.start.date()]
        if len(same) < MOST_A_DAY and all(slot.start - one.start >= 3 * _GRID for one in same):
            chosen.append(slot)
        if len(chosen) == most:
            break
    return chosen


def _one_a_day(found: Sequence[Slot], most: int) -> list[Slot]:
    chosen: dict[date, Slot] = {}
    for slot in found:
        chosen.setdefault(slot.start.date(), slot)
    return list(chosen.values())[:most]


def clock_of(start: datetime, hours: WorkingHours) -> datetime:
    """The moment as it is for somebody."""
    return in_utc(start).astimezone(zone(hours.tz))
