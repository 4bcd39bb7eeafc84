"""What another policy would have changed, crossed with what came of the decisions. Counted, so that parts of a history
can be compared side by side and put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from app.domain.findings import GateName
from app.domain.insights.another_policy import LEVELS, Judged, Level
from app.domain.insights.crowd import is_crowd
from app.domain.looking_back import Right
from app.domain.triage.doors import Door

Outcome = Right | None
"""Knowing what is known now; None: nobody has looked back."""

GateThen = bool | None
"""Passed or not; None: that gate was not there."""


@dataclass
class Comparison:
    """Filled decision by decision."""

    decisions: int = 0
    never_asked: int = 0  # decisions of which a question that now matters was never asked
    doors: Counter[tuple[frozenset[Door], frozenset[Door], Outcome]] = field(default_factory=Counter)
    levels: Counter[tuple[frozenset[Level], frozenset[Level], Outcome]] = field(default_factory=Counter)
    gates: Counter[tuple[GateName, GateThen, frozenset[GateThen], Outcome]] = field(default_factory=Counter)
    people: dict[tuple[frozenset[Level], frozenset[Level]], set[str]] = field(default_factory=dict)

    def add(self, old: Judged, new: Judged, came: Outcome, people: Collection[str]) -> None:
        self.decisions += 1
        self.never_asked += new.never_asked is not None
        self.doors[old.doors, new.doors, came] += 1
        self.levels[old.levels, new.levels, came] += 1
        self.people.setdefault((old.levels, new.levels), set()).update(people)
        for gate in GateName:
            then = next(iter(old.gates[gate])) if gate in old.gates else None
            if gate in new.gates:
                now: frozenset[GateThen] = frozenset(new.gates[gate])
            else:
                now = frozenset({None}) if new.never_asked is None else frozenset({None, True, False})
            if then is not None or now != frozenset({None}):
                self.gates[gate, then, now, came] += 1

    def merge(self, other: Comparison) -> None:
        self.decisions += other.decisions
        self.never_asked += other.never_asked
        self.doors.update(other.doors)
        self.levels.update(other.levels)
        self.gates.update(other.gates)
        for key, people in other.people.items():
            self.people.setdefault(key, set()).update(people)


@dataclass(frozen=True)
class Moved:
    """So many decisions, and how they turned out as far as somebody looked back."""

    decisions: int = 0
    wrong: int = 0
    partly: int = 0
    right: int = 0

    @property
    def unseen(self) -> int:
        return self.decisions - self.wrong - self.partly - self.right


@dataclass(frozen=True)
class Change:
    """What one level gains and loses. ``perhaps``: where a question was never asked, so that it may be or not. None: of
    fewer than three people."""

    level: Level
    before: int
    more: Moved | None
    perhaps_more: Moved | None
    fewer: Moved | None
    perhaps_fewer: Moved | None


def changes(found: Comparison) -> tuple[Change, ...]:
    """For each level, the team's own first, then rung by rung."""
    return tuple(_change(level, found) for level in LEVELS)


def _change(level: Level, found: Comparison) -> Change:
    only = frozenset({level})

    def moved(kind: str) -> Moved | None:
        chosen = [
            key
            for key in found.people
            if {
                "more": key[1] == only and key[0] != only,
                "perhaps_more": level in key[1] and key[1] != only and key[0] != only,
                "fewer": key[0] == only and level not in key[1],
                "perhaps_fewer": key[0] == only and level in key[1] and key[1] != only,
            }[kind]
        ]
        people = {who for key in chosen for who in found.people[key]}
        if chosen and not is_crowd(people):
            return None
        by_outcome = Counter[Outcome]()
        for (old, new, came), number in found.levels.items():
            if (old, new) in chosen:
                by_outcome[came] += number
        return Moved(by_outcome.total(), by_outcome[Right.NO], by_outcome[Right.PARTLY], by_outcome[Right.YES])

    before = sum(number for (old, _, _), number in found.levels.items() if old == only)
    return Change(level, before, moved("more"), moved("perhaps_more"), moved("fewer"), moved("perhaps_fewer"))


def gate_changes(found: Comparison) -> Mapping[GateName, Mapping[str, int]]:
    """For each gate: how many pass that failed, fail that passed, are asked about anew or no longer, and how many can't
    be told."""
    told: dict[GateName, Counter[str]] = {gate: Counter() for gate in GateName}
    for (gate, then, now, _), number in found.gates.items():
        told[gate][_gate_change(then, now)] += number
    return {gate: dict(counted) for gate, counted in told.items()}


def _gate_change(then: GateThen, now: frozenset[GateThen]) -> str:
    if len(now) > 1:
        return "unknown"
    (after,) = now
    if after == then:
        return "same"
    if after is None:
        return "gone"
    if then is None:
        return "new"
    return "passes_now" if after else "fails_now"
