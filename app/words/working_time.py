"""When somebody works: the form on Home, read, or refused where it stands; and said in a line."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from app.domain.errors import Unreadable
from app.domain.people.calendar import WorkingHours, weekend_of
from app.domain.people.places import place_of, read_place, say
from app.domain.people.working_time import ENDS, STARTS, WorkingTime
from app.domain.understood import Refused
from app.words.reading import places
from app.words.reading.days import parse_date

MOST_OFF = 100
"""Days off that one person may name."""
LONGEST_ABSENCE = timedelta(days=120)
"""One range of days off."""
_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class Filled:
    """What somebody typed and ticked on Home: `days` are weekdays worked, "0" is Monday; times are like "09:00"."""

    place: str
    days: list[str]
    start: str
    end: str
    off: str


def read(filled: Filled, tz: str, default_place: str | None, today: date) -> WorkingTime:
    """What they chose. What is as their zone and country have it anyway goes on following them.

    Raises Unreadable, pointing at the field: place, days, start, end or off.
    """
    country = _country(filled.place)
    worked = {int(day) for day in filled.days if day in set("0123456")}
    if not worked:
        raise Unreadable("Tick at least one day on which you work.", "days")
    begins, ends = _clock(filled.start, STARTS, "start"), _clock(filled.end, ENDS, "end")
    if begins >= ends:
        raise Unreadable("Your working day ends before it begins. Choose a later end.", "end")
    usual = place_of(tz, default_place)
    weekend: frozenset[int] | None = frozenset(range(7)) - worked
    if weekend == weekend_of(WorkingHours(tz, country or usual), today):
        weekend = None
    chosen = None if country == usual else country
    return WorkingTime(chosen, weekend, begins, ends, days_off(filled.off, today))


def _country(place: str) -> str | None:
    if not place.strip():
        return None
    found = read_place(place)
    if isinstance(found, Refused):
        near = " or ".join(f"“{one.value}”" for one in found.candidates)
        told = places.say(found.why)
        raise Unreadable(f"{told} Did you mean {near}?" if near else told, "place", found.candidates)
    return found.value


def _clock(text: str, usual: time, field: str) -> time:
    try:
        return time.fromisoformat(text) if text else usual
    except ValueError:
        raise Unreadable("Choose a time, like 09:00.", field) from None


def days_off(text: str, today: date) -> frozenset[date]:
    """A day or a range a line: "2026-12-24", "24 Dec to 2 Jan". Raises Unreadable, pointing at the field off."""
    found: set[date] = set()
    for line in filter(None, (one.strip(" ,;") for one in text.replace(";", "\n").split("\n"))):
        first, _, last = line.partition(" to ")
        begins = parse_date(first.strip(), today=today, field="off")
        ends = parse_date(last.strip(), today=begins, field="off") if last.strip() else begins
        if not begins <= ends <= begins + LONGEST_ABSENCE:
            raise Unreadable(f"“{line[:60]}” is more than {LONGEST_ABSENCE.days} days. Name a shorter time off.", "off")
        found |= {begins + timedelta(days=n) for n in range((ends - begins).days + 1)}
    if len(found) > MOST_OFF:
        raise Unreadable(f"That is more than {MOST_OFF} days off. Leave those out that are far away.", "off")
    return frozenset(found)


def shown_off(off: frozenset[date], today: date) -> str:
    """The days off that are still to come, as ``days_off`` reads them."""
    lines: list[str] = []
    begun: date | None = None
    for day in sorted(one for one in off if one >= today):
        if day - timedelta(days=1) not in off or begun is None:
            begun = day
            lines.append(day.isoformat())
        else:
            lines[-1] = f"{begun.isoformat()} to {day.isoformat()}"
    return "\n".join(lines)


def summary(hours: WorkingHours, weekend: frozenset[int]) -> str:
    """ "Mon to Fri, 09:00–17:00 in Europe/Berlin, with the public holidays of Germany (DE)"."""
    worked = [day for day in range(7) if day not in weekend]
    straight = worked == list(range(worked[0], worked[-1] + 1)) and len(worked) > 2
    days = f"{_NAMES[worked[0]]} to {_NAMES[worked[-1]]}" if straight else ", ".join(_NAMES[day] for day in worked)
    holidays = f"with the public holidays of {say(hours.country)}" if hours.country else "without public holidays"
    return f"{days}, {hours.start:%H:%M}–{hours.end:%H:%M} in {hours.tz}, {holidays}"
