"""What somebody chose of their working time: country, working days, hours, days off. What they left open follows Slack.

Stored as JSON beside the person; ``working_hours`` is what the rest of the product counts by. What somebody fills in is
read by ``app/words/working_time.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Protocol

from app.domain.people.calendar import WorkingHours
from app.domain.people.places import place_of

STARTS, ENDS = time(9), time(17)


@dataclass(frozen=True)
class WorkingTime:
    """None: as Slack's zone and the country have it. `weekend`: weekdays off, Monday is 0."""

    country: str | None = None
    weekend: frozenset[int] | None = None
    start: time = STARTS
    end: time = ENDS
    off: frozenset[date] = frozenset()

    @classmethod
    def of(cls, stored: Mapping[str, Any] | None) -> WorkingTime:
        given = stored or {}
        weekend = given.get("weekend")
        return cls(
            country=given.get("country"),
            weekend=None if weekend is None else frozenset(weekend),
            start=time.fromisoformat(given["start"]) if given.get("start") else STARTS,
            end=time.fromisoformat(given["end"]) if given.get("end") else ENDS,
            off=frozenset(date.fromisoformat(day) for day in given.get("off", ())),
        )

    def stored(self) -> dict[str, Any]:
        return {
            "country": self.country,
            "weekend": None if self.weekend is None else sorted(self.weekend),
            "start": self.start.isoformat("minutes"),
            "end": self.end.isoformat("minutes"),
            "off": sorted(day.isoformat() for day in self.off),
        }


def working_hours(tz: str, chosen: WorkingTime, default_place: str | None) -> WorkingHours:
    """By their own choice, else by the country of their zone, else by the operator's setting."""
    place = chosen.country or place_of(tz, default_place)
    return WorkingHours(tz, place, chosen.start, chosen.end, chosen.weekend, chosen.off)


class Works(Protocol):
    """Somebody, as far as it says when they work."""

    @property
    def tz(self) -> str: ...
    @property
    def working_time(self) -> dict[str, Any] | None: ...
    @property
    def default_place(self) -> str | None: ...


def hours_of(person: Works) -> WorkingHours:
    """Somebody's own working hours: their choice on Home, else their zone's country, else the operator's."""
    return working_hours(person.tz, WorkingTime.of(person.working_time), person.default_place)
