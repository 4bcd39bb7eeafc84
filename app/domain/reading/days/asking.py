"""When and how a day is read, how it is said, and what is raised where no single day can be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

from app.domain.reading.days.doubts import DayDoubt

JUST_PASSED = timedelta(days=30)
DAY = timedelta(days=1)
_SHORT_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


class Asked(Exception):
    """Why no single day can be told; `days`: those it could be, the likeliest first."""

    def __init__(self, why: DayDoubt, days: tuple[date, ...] = ()) -> None:
        super().__init__(why)
        self.why = why
        self.days = days


@dataclass(frozen=True)
class Now:
    """When and how it is read. `at`: the time of day, for "in 36 hours". `order`: "dmy" or "mdy" where the writer's
    region settles it. `past`: days behind us are wanted as well. `typed`: the phrase, raw."""

    today: date
    typed: str
    at: time | None = None
    past: bool = False
    order: str | None = None


def say(day: date, today: date) -> str:
    """ "Fri 4 Dec", with the year where it is another one than today's."""
    year = f" {day.year}" if day.year != today.year else ""
    return f"{_SHORT_DAYS[day.weekday()]} {day.day} {MONTH_NAMES[day.month - 1][:3]}{year}"
