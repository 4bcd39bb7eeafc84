"""What many decisions say together. Every figure is of three people at least; what is kept back is None."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.answers import Undo
from app.domain.findings import GateName
from app.domain.insights.cases import Case
from app.domain.insights.crowd import is_crowd, kept_back
from app.domain.insights.forecasts import FEWEST, Brier, Forecast, Step, brier, coverage, step_number, steps_of
from app.domain.insights.shares import Share, share
from app.domain.insights.survival import FEWEST_ENDS, Curve, End, Wait, how_they_ended, kaplan_meier
from app.domain.ladder import RUNGS
from app.domain.lifecycle import Status
from app.domain.looking_back import Right, Undone
from app.domain.triage.doors import Door

ALL = "all"
SOON: frozenset[Undo] = frozenset({Undo.HOURS, Undo.DAYS})
"""What was undone so soon was a two-way door, whatever it was taken for."""


@dataclass(frozen=True)
class Waits:
    """How long a group of cases waited. ``curve`` is for an answer, ``settled`` for an end of any kind."""

    cases: int
    ended: Mapping[End, int]
    curve: Curve
    settled: Curve
    ends: Mapping[End, tuple[tuple[float, float], ...]]

    @property
    def open(self) -> int:
        return self.cases - sum(self.ended.values())

    @property
    def median(self) -> float | None:
        """Days until half were decided; None where that is not known yet, or is of too few."""
        return self.curve.median if self.tells else None

    @property
    def tells(self) -> bool:
        """Whether enough were decided for a median to be more than one of a handful."""
        return self.curve.events >= FEWEST_ENDS


class Hindsight(StrEnum):
    """What a door turned out to be, as the look back tells."""

    TWO_WAY = "two_way"  # it was undone within days
    ONE_WAY = "one_way"  # undoing took longer, or could not be done
    NOT_TRIED = "not_tried"  # nobody had to undo it
    NOT_ANSWERED = "not_answered"  # nobody has looked back, or the question was left open


@dataclass(frozen=True)
class Doors:
    """Verdict against hindsight; a cell that is kept back is None. ``wrong``: of those that had to be undone, how many
    turned out to be the other door."""

    cells: Mapping[tuple[Door, Hindsight], int | None]
    wrong: Mapping[Door, Share | None]


@dataclass(frozen=True)
class Became:
    """What became of decisions that went on although a gate had failed."""

    cases: int
    approved: int
    declined: int
    given_back: int
    ended: int  # withdrawn, or nobody touched them
    open: int
    right: Mapping[Right, int]  # of those that were looked back on


@dataclass(frozen=True)
class Calibration:
    """``score`` and ``coverage`` are None while there are fewer than ten, or fewer than three people."""

    forecasts: int
    score: Brier | None
    steps: tuple[Step, ...]
    intervals: int
    coverage: Share | None


@dataclass(frozen=True)
class Report:
    """``on``: as known at that moment. A group, a line or a share that is None or missing is of too few people."""

    on: datetime
    since: datetime | None
    cases: int
    waits: Mapping[str, Waits]  # ``ALL``, the doors, the rungs, by their word
    kept_back: int  # groups of ``waits`` that are not told
    deflected: Share | None
    doors: Doors
    overridden: Mapping[GateName, Became]
    disagreed: Share | None  # somebody on the rung below disagreed: how often it turned out wrong
    revisited: Share | None  # noes that were looked at again: how often the no was wrong
    signers: Mapping[str, Waits]  # how long those asked to sign took, by rung
    calibration: Calibration


def report(
    cases: Iterable[Case], on: datetime, since: datetime | None = None, *, soon: frozenset[Undo] = SOON
) -> Report:
    """What was known at ``on`` of the cases that began at ``since`` or later."""
    known = [one.as_known(on) for one in cases if since is None or one.begun >= since]
    seen = [one for one in known if one is not None]
    waits, back = _waits(seen, on)
    return Report(
        on, since, len(seen), waits, back, _deflected(seen), _doors(seen, soon), _overridden(seen),
        _wrong([one for one in seen if one.disagreed and one.seen], lambda one: one.seen),
        _wrong([one for one in seen if one.revisited], lambda one: one.revisited),
        _signers(seen, on), _calibration(seen),
    )  # fmt: skip


# ── time ────────────────────────────────────────────────────────────────────────────────────────────────


def _waits(cases: Sequence[Case], on: datetime) -> tuple[dict[str, Waits], int]:
    found: dict[str, Waits] = {}
    if is_crowd(_people(cases)):
        found[ALL] = waits_of([one.wait(on) for one in cases])
    back = 0
    for groups in (
        {door.value: [one for one in cases if one.door is door] for door in Door},
        {rung.value: [one for one in cases if one.rung is rung] for rung in RUNGS},
    ):
        hidden = kept_back({name: _people(group) for name, group in groups.items()})
        back += len(hidden)
        for name, group in groups.items():
            if group and name not in hidden:
                found[name] = waits_of([one.wait(on) for one in group])
    return found, back


def waits_of(waits: Sequence[Wait]) -> Waits:
    ended = {end: sum(one.end is end for one in waits) for end in End}
    return Waits(len(waits), ended, kaplan_meier(waits), kaplan_meier(waits, tuple(End)), how_they_ended(waits))


def _signers(cases: Sequence[Case], on: datetime) -> dict[str, Waits]:
    asked = [one for case in cases for one in case.asked]
    groups = {rung.value: [one for one in asked if one.rung is rung] for rung in RUNGS}
    groups["bar_raiser"] = [one for one in asked if one.rung is None]
    hidden = kept_back({name: {one.who for one in group} for name, group in groups.items()})
    return {
        name: waits_of([one.wait(on) for one in group])
        for name, group in groups.items()
        if group and name not in hidden
    }


# ── doors, gates, dissent ───────────────────────────────────────────────────────────────────────────────


def _deflected(cases: Sequence[Case]) -> Share | None:
    """Of what was triaged to its end, how much went back to its team. What is still in triage has no door yet."""
    judged = [one for one in cases if one.door is not None and not one.imported]
    return _share(judged, lambda one: one.door is Door.TWO_WAY)


def hindsight(case: Case, soon: frozenset[Undo] = SOON) -> Hindsight:
    seen = case.seen
    if seen is None or seen.undone is None:
        return Hindsight.NOT_ANSWERED
    if seen.undone is Undone.NO:
        return Hindsight.NOT_TRIED
    if seen.undone is Undone.COULD_NOT:
        return Hindsight.ONE_WAY
    if seen.undo_took is None:
        return Hindsight.NOT_ANSWERED
    return Hindsight.TWO_WAY if seen.undo_took in soon else Hindsight.ONE_WAY


def _doors(cases: Sequence[Case], soon: frozenset[Undo]) -> Doors:
    cells: dict[tuple[Door, Hindsight], list[Case]] = {(door, one): [] for door in Door for one in Hindsight}
    for case in cases:
        if case.door in (Door.TWO_WAY, Door.ONE_WAY) and not case.imported:
            cells[case.door, hindsight(case, soon)].append(case)
    hidden = kept_back({key: _people(group) for key, group in cells.items()})
    told = {key: None if key in hidden else len(group) for key, group in cells.items()}
    other = {Door.TWO_WAY: Hindsight.ONE_WAY, Door.ONE_WAY: Hindsight.TWO_WAY}
    wrong: dict[Door, Share | None] = {}
    for door, turned_out in other.items():
        tested = [*cells[door, Hindsight.TWO_WAY], *cells[door, Hindsight.ONE_WAY]]
        whole = None not in (told[door, Hindsight.TWO_WAY], told[door, Hindsight.ONE_WAY])
        wrong[door] = _share(tested, lambda one, to=turned_out: hindsight(one, soon) is to) if whole else None  # type: ignore[misc]
    return Doors(told, wrong)


def _overridden(cases: Sequence[Case]) -> dict[GateName, Became]:
    groups = {gate: [one for one in cases if gate in one.overridden] for gate in GateName}
    hidden = kept_back({gate: _people(group) for gate, group in groups.items()})
    return {gate: _became(group) for gate, group in groups.items() if group and gate not in hidden}


def _became(cases: Sequence[Case]) -> Became:
    def how_many(*states: Status) -> int:
        return sum(one.status in states for one in cases if one.end is not None)

    return Became(
        cases=len(cases),
        approved=how_many(Status.APPROVED, Status.IMPLEMENTED, Status.REVIEWED),
        declined=how_many(Status.DECLINED),
        given_back=how_many(Status.DEFLECTED, Status.LEARNED),
        ended=how_many(Status.WITHDRAWN, Status.EXPIRED),
        open=sum(one.end is None for one in cases),
        right={right: sum(one.seen is not None and one.seen.right is right for one in cases) for right in Right},
    )


def _wrong(cases: Sequence[Case], of: Callable[[Case], object]) -> Share | None:
    """How often it was wrong, knowing what is known now."""
    return _share(cases, lambda one: getattr(of(one), "right", None) is Right.NO)


# ── predictions ─────────────────────────────────────────────────────────────────────────────────────────


def _calibration(cases: Sequence[Case]) -> Calibration:
    foretold = [(one, one.seen.forecast) for one in cases if one.seen and one.seen.forecast]
    spanned = [(one, one.seen.interval) for one in cases if one.seen and one.seen.interval]
    tells = len(foretold) >= FEWEST and is_crowd(_people(one for one, _ in foretold))
    spans = len(spanned) >= FEWEST and is_crowd(_people(one for one, _ in spanned))
    return Calibration(
        forecasts=len(foretold),
        score=brier(forecast for _, forecast in foretold) if tells else None,
        steps=_steps(foretold) if tells else (),
        intervals=len(spanned),
        coverage=coverage(interval for _, interval in spanned) if spans else None,
    )


def _steps(foretold: Sequence[tuple[Case, Forecast]]) -> tuple[Step, ...]:
    """The steps of the reliability plot that are of three people at least."""
    groups: dict[int, list[tuple[Case, Forecast]]] = {}
    for case, forecast in foretold:
        groups.setdefault(step_number(forecast.probability), []).append((case, forecast))
    hidden = kept_back({number: _people(case for case, _ in group) for number, group in groups.items()})
    told = [groups[number] for number in sorted(groups) if number not in hidden]
    return tuple(step for group in told for step in steps_of(forecast for _, forecast in group))


# ── people ──────────────────────────────────────────────────────────────────────────────────────────────


def _people(cases: Iterable[Case]) -> set[str]:
    return {who for one in cases for who in one.people}


def _share(cases: Sequence[Case], hit: Callable[[Case], bool]) -> Share | None:
    return share(sum(map(hit, cases)), len(cases)) if not cases or is_crowd(_people(cases)) else None
