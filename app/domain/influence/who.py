"""Who sees a map, and who changes it."""

from collections.abc import Collection, Iterable
from typing import Protocol

from app.domain.influence.journeys import Team


class Journey(Protocol):
    @property
    def by(self) -> str: ...
    @property
    def private(self) -> bool: ...


def decides_there(team: Team) -> frozenset[str]:
    """Whoever decides for a team, and whoever does in their place."""
    return frozenset({*team.deciders, *team.deputies.values()})


def may_see(journey: Journey, teams: Iterable[Team], user: str) -> bool:
    """A private map is for whoever made it, and whoever decides on it; any other for every member."""
    return not journey.private or user == journey.by or any(user in decides_there(team) for team in teams)


def may_change(journey: Journey, user: str, keepers: Collection[str]) -> bool:
    """Whoever made it; of one that is not private the keepers too, so that no map ends with its maker."""
    return user == journey.by or (not journey.private and user in keepers)


def may_change_team(journey: Journey, team: Team, user: str, keepers: Collection[str]) -> bool:
    """Whoever changes the map, and whoever decides there: it is their own lever."""
    return may_change(journey, user, keepers) or user in decides_there(team)
