"""Whose yes a decision needs, who can give it, and the fewest to ask: each with the reason why they are.

Everybody else is told, not asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import product

from app.domain.influence.fewest import Able, days_of, fewest, ungiven
from app.domain.influence.journeys import Team
from app.domain.people.calendar import WorkingHours, add_working_days
from app.domain.stored_words import StoredEnum


class For(StoredEnum):
    """What a yes is for."""

    RUNG = "rung"
    BAR_RAISER = "bar_raiser"
    LEVER = "lever"


@dataclass(frozen=True)
class Need:
    """One yes that is needed.

    ``givers``: who can give it, the nearest first. ``in_place``: of a deputy among them, for whom. ``away``: who would
    give it and is away until a day. ``held``: the requester holds that lever, and has said yes by asking.
    """

    what: For
    givers: tuple[str, ...] = ()
    team: int | None = None
    name: str = ""
    lever: str = ""
    days: float | None = None
    in_place: Mapping[str, str] = field(default_factory=dict)
    away: Mapping[str, date] = field(default_factory=dict)
    held: bool = False
    decide: tuple[str, ...] = ()
    """Whoever decides there, asked or not."""


@dataclass(frozen=True)
class Asked:
    """Somebody who is asked, and for what: their yes, or yeses."""

    user: str
    needs: tuple[Need, ...]
    days: float

    @property
    def teams(self) -> tuple[Need, ...]:
        return tuple(need for need in self.needs if need.what is For.LEVER)

    @property
    def in_place_of(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(need.in_place[self.user] for need in self.needs if self.user in need.in_place))


@dataclass(frozen=True)
class Proposal:
    """``asked``: the fewest. ``missing``: what nobody can give. ``told``: whoever else decides on what is touched.
    ``days``: until the last answer is expected."""

    asked: tuple[Asked, ...]
    missing: tuple[Need, ...]
    held: tuple[Need, ...]
    told: tuple[str, ...]
    days: float


@dataclass(frozen=True)
class Around:
    """What is known of people beside the map: who can't be asked at all, who is away until when, how much waits for
    whom already, within how many working days a signer is expected to answer, and in how many somebody is back who is
    off today and back in time."""

    requester: str
    gone: frozenset[str] = frozenset()
    away: Mapping[str, date] = field(default_factory=dict)
    waiting: Mapping[str, int] = field(default_factory=dict)
    usual: float = 0.0
    back_in: Mapping[str, int] = field(default_factory=dict)


def away_until(hours: WorkingHours, today: date, by: date) -> date | None:
    """The day on which somebody is back who is off for days of their own until after ``by``; None: they are here. Who
    is off from tomorrow on has this day alone, and is not asked for what has time until ``by``."""
    plain = replace(hours, off=frozenset())
    due = max(by, add_working_days(today, 0, plain))
    tomorrow = today + timedelta(days=1)
    first = tomorrow if add_working_days(tomorrow, 0, plain) <= due else today
    back = add_working_days(first, 0, hours)
    return back if back > due else None


def back_in(hours: WorkingHours, today: date) -> int:
    """Working days until somebody is back from days off of their own; 0: they are here."""
    plain = replace(hours, off=frozenset())
    back = add_working_days(today, 0, hours)
    day, days = add_working_days(today, 0, plain), 0
    while day < back:
        day, days = add_working_days(day, 1, plain), days + 1
    return days


def need_of_team(team: Team, around: Around, deputies: Mapping[str, str] | None = None) -> Need:
    """Any of those who decide there gives a team's yes; of somebody who is away, whoever does in their place.
    ``deputies``: the ladder's, for whoever has none on the map."""
    givers: dict[str, None] = {}
    deputed: dict[str, str] = {}
    away: dict[str, date] = {}
    for user in team.deciders:
        if user not in around.gone and user not in around.away:
            givers[user] = None
            continue
        deputy = team.deputies.get(user) or (deputies or {}).get(user)
        if deputy and deputy not in around.gone and deputy not in around.away:
            deputed.setdefault(deputy, user)
        elif user in around.away:
            away[user] = around.away[user]
    deputed = {deputy: user for deputy, user in deputed.items() if deputy not in givers}  # else they decide themselves
    givers |= dict.fromkeys(deputed)
    held = around.requester in team.deciders or around.requester in deputed
    return Need(
        For.LEVER, tuple(one for one in givers if one != around.requester), team.id, team.name, team.lever, team.days,
        deputed, away, held, tuple(team.deciders),
    )  # fmt: skip


def need_of_seat(
    what: For, seats: Sequence[Sequence[str]], around: Around, *, deputies: Mapping[str, str],
    chosen: str | None = None,
) -> Need:  # fmt: skip
    """The yes of the rung, or the bar raiser's: of whoever sits nearest, or signs in the place of whoever is away from
    there. Only where nobody near can is it asked of who sits further off: how little waits for somebody lifts nothing
    up the ladder.

    ``seats``: who sits there, the lowest rung first; ``deputies``: who sits somewhere → who signs in their place.
    ``chosen``: whoever the requester chose.
    """
    seated = list(dict.fromkeys(user for users in seats for user in users))
    of = {deputies[user]: user for user in reversed(seated) if user in deputies}
    if chosen is not None:
        return Need(what, (chosen,), days=around.usual, in_place={one: u for one, u in of.items() if one == chosen})
    out = around.gone | {around.requester}
    away = {one: around.away[one] for one in [*seated, *of] if one in around.away and one not in out}
    for users in seats:
        here = [one for one in users if one not in out and one not in away]
        placed = {
            deputies[user]: user
            for user in users
            if (user in away or user in around.gone) and user in deputies and deputies[user] not in {*here, *away, *out}
        }
        if here or placed:
            return Need(what, (*here, *placed), days=around.usual, in_place=placed, away=away, decide=(*seated, *of))
    return Need(what, days=around.usual, away=away, decide=(*seated, *of))


def proposed(needs: Iterable[Need], around: Around) -> Proposal:
    """The fewest who give all that can be given."""
    every = list(needs)
    held = [need for need in every if need.held]
    wanted = [need for need in every if not need.held]
    apart = _apart(wanted)
    nobody = ungiven(_able(wanted, around), len(wanted), apart)
    missing = [wanted[at] for at in sorted(nobody)]
    wanted = [need for at, need in enumerate(wanted) if at not in nobody]
    found = fewest(_able(wanted, around), len(wanted), _apart(wanted)) or ()
    given = _given(wanted, found)
    asked = [Asked(one.user, tuple(given[one.user]), one.days) for one in found]
    asked.sort(key=lambda one: min(wanted.index(need) for need in one.needs))
    people = {one.user for one in asked}
    touched = [user for need in every if need.what is For.LEVER for user in need.decide]
    told = [user for user in dict.fromkeys(touched) if user not in people | {around.requester} | around.gone]
    return Proposal(tuple(asked), tuple(missing), tuple(held), tuple(told), days_of(found))


def _apart(needs: Sequence[Need]) -> tuple[int, int] | None:
    at = {need.what: index for index, need in enumerate(needs) if need.what is not For.LEVER}
    return (at[For.RUNG], at[For.BAR_RAISER]) if For.RUNG in at and For.BAR_RAISER in at else None


def _able(needs: Sequence[Need], around: Around) -> list[Able]:
    """Everybody who can give one of them, in the order in which they are named. Who decides for several teams takes as
    long as the slowest of them, from when they are back."""
    gives: dict[str, set[int]] = {}
    for at, need in enumerate(needs):
        for user in need.givers:
            gives.setdefault(user, set()).add(at)
    return [
        Able(
            user,
            frozenset(own),
            max(_days(needs[at], around) for at in own) + around.back_in.get(user, 0),
            around.waiting.get(user, 0),
        )
        for user, own in gives.items()
    ]


def _days(need: Need, around: Around) -> float:
    return around.usual if need.days is None else need.days


def _given(needs: Sequence[Need], chosen: Collection[Able]) -> dict[str, list[Need]]:
    """Who of them gives which: the two who read apart first, then each lever by whoever is there for most already."""
    people = [one.user for one in chosen]
    found: dict[str, list[Need]] = {user: [] for user in people}
    seats = [need for need in needs if need.what is not For.LEVER]
    choices = product(*([user for user in need.givers if user in people] for need in seats))
    for users in choices:
        if len(set(users)) == len(users):
            for need, user in zip(seats, users, strict=True):
                found[user].append(need)
            break
    levers = sorted((need for need in needs if need.what is For.LEVER), key=lambda one: _how_many(one, people))
    for need in levers:
        able = [user for user in need.givers if user in people]
        user = max(able, key=lambda one: (len(found[one]), -people.index(one)))
        found[user].append(need)
    order = {id(need): at for at, need in enumerate(needs)}
    return {user: sorted(own, key=lambda need: order[id(need)]) for user, own in found.items()}


def _how_many(need: Need, people: Collection[str]) -> int:
    return sum(user in people for user in need.givers)
