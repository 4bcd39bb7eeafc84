"""The map of a customer's journey: the teams that touch it, the lever each holds, its days and its effect.

A team is weighed by days × effect. Effects on one metric can be compared; of several, where the workspace has said what
each is worth. What can't be compared is shown apart, and never added up.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Generic, Protocol, TypeVar

MOST_TEAMS = 20
"""On a map, and touched by one decision."""

MOST_DECIDE = 20
"""People who decide for one team. Where more would, nobody does."""

MOST_DAYS = 366.0
"""Working days that a team can take to decide."""

WORKING_DAYS, WEEK = 5, 7


class Team(Protocol):
    """A team on a map. Without a ``lever`` it is a name: it holds nothing up, and nobody needs its yes."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def lever(self) -> str: ...
    @property
    def days(self) -> float | None: ...  # working days they take to decide
    @property
    def measured(self) -> bool: ...  # the days were measured, and taken over
    @property
    def metric(self) -> str: ...  # of the customer's
    @property
    def unit(self) -> str: ...
    @property
    def effect(self) -> float | None: ...  # by how much what they hold moves it
    @property
    def after(self) -> Sequence[int]: ...  # the teams that decide before they do
    @property
    def deciders(self) -> Sequence[str]: ...
    @property
    def deputies(self) -> Mapping[str, str]: ...  # who decides there → who does in their place


T = TypeVar("T", bound=Team)


def is_named(text: str) -> bool:
    return any(sign.isalnum() for sign in text)


def holds_lever(team: Team) -> bool:
    return is_named(team.lever)


class Lines(Team, Protocol):
    """The lines of a team's form."""

    @property
    def group_id(self) -> str | None: ...


def lines_fingerprint(team: Lines) -> str:
    """By which it is seen that somebody else changed a team meanwhile: 12 hexadecimal digits. Who is in its user group
    changes by itself."""
    who = [team.group_id] if team.group_id else [*team.deciders]
    said = (team.name, team.lever, team.days, team.metric, team.unit, team.effect, sorted(team.after), who)
    deputies = sorted(set(team.deputies.values()))
    return sha256(repr((said, deputies)).encode()).hexdigest()[:12]


def lost(touches: Collection[int] | None, teams: Iterable[Team]) -> frozenset[int]:
    """Of the teams that a decision touches, those that are on no map any more, or hold no lever any more. ``teams``:
    those of them that are on one."""
    return frozenset(touches or ()) - {team.id for team in teams if holds_lever(team)}


def metric_label(metric: str, unit: str) -> str:
    """How a metric is called with its unit: “conversion (points)”. Two that are called the same are one."""
    name, of = " ".join(metric.split()), " ".join(unit.split())
    return f"{name} ({of})" if of else name


def same_metric(label: str) -> str:
    return " ".join(label.split()).casefold()


@dataclass(frozen=True)
class Ranked(Generic[T]):
    """A team with days × effect, times what a unit of it is worth where several metrics stand together."""

    team: T
    weight: float


@dataclass(frozen=True)
class Table(Generic[T]):
    """Teams that can be compared, the weightiest first. ``metric`` empty: weighted by the workspace's table."""

    metric: str
    rows: tuple[Ranked[T], ...]


@dataclass(frozen=True)
class Weighed(Generic[T]):
    """A whole map. ``unweighed``: their days or their effect are missing. ``names``: they hold no lever yet."""

    tables: tuple[Table[T], ...]
    unweighed: tuple[T, ...]
    names: tuple[T, ...]

    @property
    def in_order(self) -> tuple[T, ...]:
        ranked = [row.team for table in self.tables for row in table.rows]
        return (*ranked, *self.unweighed, *self.names)


def weighed(teams: Iterable[T], worth: Mapping[str, Decimal]) -> Weighed[T]:
    """``worth``: what a unit of each metric is worth, by its label."""
    every = list(teams)
    holding = [team for team in every if holds_lever(team)]
    full = [team for team in holding if team.days is not None and team.effect is not None and is_named(team.metric)]
    prices = {same_metric(label): float(price) for label, price in worth.items()}
    labels: dict[str, str] = {}
    for team in full:
        label = metric_label(team.metric, team.unit)
        labels.setdefault(same_metric(label), label)
    priced = [key for key in labels if key in prices] if len(labels) > 1 else []
    together = priced if len(priced) > 1 else []
    alone = sorted(key for key in labels if key not in together)
    tables = [Table("", _ranked([team for team in full if _key(team) in together], prices))] if together else []
    tables += [Table(labels[key], _ranked([team for team in full if _key(team) == key], {})) for key in alone]
    return Weighed(
        tuple(tables),
        tuple(sorted((team for team in holding if team not in full), key=lambda one: one.name.casefold())),
        tuple(sorted((team for team in every if not holds_lever(team)), key=lambda one: one.name.casefold())),
    )


def _key(team: Team) -> str:
    return same_metric(metric_label(team.metric, team.unit))


def _ranked(teams: Sequence[T], prices: Mapping[str, float]) -> tuple[Ranked[T], ...]:
    found = [Ranked(one, (one.days or 0.0) * abs(one.effect or 0.0) * prices.get(_key(one), 1.0)) for one in teams]
    return tuple(sorted(found, key=lambda one: (-one.weight, -(one.team.days or 0.0), one.team.name.casefold())))


# ── which of them it waits for ──────────────────────────────────────────────────────────────────────────


def critical_path(teams: Iterable[T]) -> tuple[T, ...]:
    """The teams, one after the other, whose days add up to how long the whole takes. Those that hold no lever, or have
    no days, hold nothing up; who decides before whom counts among those that are there."""
    here = {team.id: team for team in teams if holds_lever(team) and team.days}
    longest: dict[int, tuple[float, tuple[int, ...]]] = {}

    def up_to(id: int, on_the_way: frozenset[int]) -> tuple[float, tuple[int, ...]]:
        if id not in longest:
            before = [up_to(one, on_the_way | {id}) for one in here[id].after if one in here and one not in on_the_way]
            days, path = max(before, key=lambda one: (one[0], [-step for step in one[1]]), default=(0.0, ()))
            longest[id] = days + (here[id].days or 0.0), (*path, id)
        return longest[id]

    ends = [up_to(id, frozenset({id})) for id in sorted(here)]
    _, found = max(ends, key=lambda one: one[0], default=(0.0, ()))
    return tuple(here[id] for id in found)


def path_days(teams: Iterable[Team]) -> float:
    """Working days until the last of them has decided, where those who wait for nobody begin at once."""
    return sum(team.days or 0.0 for team in critical_path(teams))


def goes_round(before: Mapping[int, Collection[int]]) -> bool:
    """Whether somebody would have to decide before themselves. ``before``: each team → those that decide before it."""
    left = {id: set(others) & set(before) for id, others in before.items()}
    while free := [id for id, others in left.items() if not others]:
        for id in free:
            del left[id]
        for others in left.values():
            others.difference_update(free)
    return bool(left)


def calendar_days(working: float) -> int:
    """How many days of the calendar so many working days take at the least: five of them are a week."""
    weeks, rest = divmod(working, WORKING_DAYS)
    return math.ceil(round(weeks * WEEK + rest, 6))


def measured_wait(touched: Iterable[Team], usual: int = 0) -> int | None:
    """Days of the calendar for which a decision waits for the teams it touches, by what was measured of them and taken
    over. None: nothing was; what somebody only said stands on the map, and decides no gate. Where some were not
    measured it is at least the ``usual`` wait: of one that is fast nobody knows how fast the others are."""
    teams = [team for team in touched if holds_lever(team)]
    days = calendar_days(path_days(team for team in teams if team.measured))
    if days and any(not team.measured for team in teams):
        return max(days, usual)
    return days or None
