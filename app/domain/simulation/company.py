"""The company: people in teams, who sits above them, when they work."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from app.domain.ladder import Ladder, Rung
from app.domain.people.calendar import WorkingHours
from app.domain.simulation.chances import one_of

TEAM = 8
"""People in a team, its manager among them."""
TEAMS_A_DIRECTOR = 6
DIRECTORS_A_VP = 5
TOP = 5
RAISERS = 6

PLACES = (
    ("Europe/Berlin", "DE-BY"), ("America/New_York", "US"), ("Europe/London", "GB"), ("Asia/Kolkata", "IN"),
    ("Asia/Tokyo", "JP"), ("Europe/Paris", "FR"),
)  # fmt: skip


@dataclass(frozen=True)
class Team:
    """``people`` without the manager, who sits on the ladder. All of a team work where it is."""

    name: str
    people: tuple[str, ...]
    ladder: Ladder
    hours: WorkingHours


def company(people: int, chance: Random) -> tuple[Team, ...]:
    """So many people at least, in whole teams."""
    count = max(1, -(-people // TEAM))
    directors = max(1, -(-count // TEAMS_A_DIRECTOR))
    vps = max(1, -(-directors // DIRECTORS_A_VP))
    raisers = tuple(f"B{at}" for at in range(min(RAISERS, directors)))
    teams = []
    for at in range(count):
        director = at % directors
        ladder = Ladder(
            {
                Rung.PEER: (f"P{at}.1", f"P{at}.2"),
                Rung.MANAGER: (f"M{at}", f"M{(at + 1) % count}"),
                Rung.DIRECTOR: (f"D{director}", f"D{(director + 1) % directors}"),
                Rung.VP: (f"V{director % vps}", f"V{(director + 1) % vps}"),
                Rung.SLT: tuple(f"S{top}" for top in range(TOP)),
            },
            raisers,
        )
        tz, country = one_of(chance, PLACES)
        own = tuple(f"P{at}.{one}" for one in range(1, TEAM))
        teams.append(Team(f"team-{at}", own, ladder, WorkingHours(tz, country)))
    return tuple(teams)
