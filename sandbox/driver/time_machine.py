"""Moving through time: what the page's time bar does, and what it says comes next.

The sandbox moves its own clock. Who runs an app beside it that keeps dates of its own sets
`slack.time_machine` to something that moves both, and knows what the app has planned.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sandbox.world.world import World

STARTS = time(9)
"""When a working day begins, where the person is."""
JUMPS: dict[str, timedelta] = {
    "hour": timedelta(hours=1),
    "week": timedelta(weeks=1),
    "four_weeks": timedelta(weeks=4),
}


@dataclass(frozen=True)
class Upcoming:
    """One thing that will happen: when (aware), what and why in a few words, and for whom."""

    at: datetime
    what: str
    who: str


class TimeMachine(Protocol):
    def travel(self, to: datetime) -> None:
        """Move everything to `to` (aware, never back); what falls due on the way happens in order."""

    def upcoming(self, limit: int) -> list[Upcoming]:
        """The next things to happen, the earliest first."""


class ClockAlone:
    """The sandbox's own: its clock, and the messages that were scheduled with it."""

    def __init__(self, world: World, wait_for: Callable[..., Any]) -> None:
        self._world = world
        self._wait_for = wait_for

    def travel(self, to: datetime) -> None:
        while (at := self._next()) is not None and at < to:
            self._go(at)
        self._go(to)

    def _next(self) -> datetime | None:
        return min((row.at for row in self.upcoming(1)), default=None)

    def _go(self, to: datetime) -> None:
        if to > self._world.clock.now():
            self._world.clock.set(to)
        # The sandbox posts what is due by itself, a few times a second.
        self._wait_for(lambda: (at := self._next()) is None or at > to, what="what was due")

    def upcoming(self, limit: int) -> list[Upcoming]:
        rows: list[Upcoming] = []
        with self._world.locked():
            for team in self._world.teams.values():
                for row in team.scheduled.values():
                    room = team.channels[row.channel_id]
                    person = team.users.get(room.name)
                    who = person.real_name if person else f"#{room.name}"
                    said = str(row.args.get("text") or "a message")
                    rows.append(Upcoming(datetime.fromtimestamp(row.post_at, UTC), f"scheduled: {said[:80]}", who))
        return sorted(rows, key=lambda row: row.at)[:limit]


def target(now: datetime, *, jump: str = "", to: str = "", tz: str = "UTC") -> datetime:
    """Where to go: a jump of JUMPS, `working_day` (nine o'clock on the next one, in `tz`), or an ISO
    moment (a bare one is read in `tz`). ValueError for what is none of these, or lies in the past."""
    zone = ZoneInfo(tz)
    if to:
        moment = datetime.fromisoformat(to)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        if moment <= now:
            raise ValueError("Time only moves forward here. Choose a moment that is still to come.")
        return moment.astimezone(UTC)
    if jump == "working_day":
        day = now.astimezone(zone).date() + timedelta(days=1)
        while day.weekday() > 4:
            day += timedelta(days=1)
        return datetime.combine(day, STARTS, zone).astimezone(UTC)
    if jump not in JUMPS:
        raise ValueError(f"There is no jump called {jump or 'nothing'}; there are {', '.join(JUMPS)} and working_day.")
    # On the wall clock of the person: four weeks later is the same hour, whatever summer time does.
    there = now.astimezone(zone)
    moved = there + JUMPS[jump] if jump != "hour" else (now + JUMPS[jump]).astimezone(zone)
    return moved.astimezone(UTC)
