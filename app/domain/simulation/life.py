"""A year in the company: what came up, who was asked, who stayed silent, how it ended, and what it turned out to be.

What is planted is told beside it (``PLANTED``): how long answers take, how much goes back to its team, and how often a
door was misjudged. An answer that would fall into somebody's night waits for their morning, without a median being
moved: what came before it stays before it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from statistics import NormalDist

from app.domain.answers import Answers, Result, Setting, Undo
from app.domain.insights.cases import Asked, Case, Seen
from app.domain.insights.forecasts import Forecast, Interval
from app.domain.insights.survival import End
from app.domain.ladder import Ladder, Rung
from app.domain.lifecycle import Status
from app.domain.looking_back import Right, Undone, learning_check_on, review_on
from app.domain.people.calendar import (
    WorkingHours,
    add_working_days,
    end_of_working_day,
    is_working,
    local_date,
    next_working_moment,
    previous_working_day,
)
from app.domain.policy.policy import SHIPPED_POLICY, Policy
from app.domain.signing.signoff import needs_bar_raiser
from app.domain.simulation.answering import triaged
from app.domain.simulation.chances import Share, Spread, one_of
from app.domain.simulation.company import Team, company
from app.domain.triage.doors import Door
from app.domain.triage.verdict import Verdict

A_YEAR_EACH = 2.0
"""Decisions that a person brings up in a year."""


@dataclass(frozen=True)
class Planted:
    """What insights should find. Medians in days from the start to the answer, shares from 0 to 1."""

    median_days: dict[Door, float] = field(default_factory=lambda: {Door.TWO_WAY: 1.0, Door.ONE_WAY: 9.0})
    deflected: float = 0.62
    wrong_doors: dict[Door, float] = field(default_factory=lambda: {Door.TWO_WAY: 0.06, Door.ONE_WAY: 0.15})
    covered: float = 0.8  # of the intervals that one was 80% sure of
    silent: float = 0.3  # of the signers whose answer would come after their date, who never give one


PLANTED = Planted()

_SPREAD = {Door.TWO_WAY: 1.0, Door.ONE_WAY: 0.9}
"""How far apart answers lie: the standard deviation of the logarithm of their days."""
_LEFT_AFTER = 150.0
"""Days after which somebody withdraws, in the mean."""
_FORGOTTEN, _IDLE_DAYS = 0.15, 30.0
_LOOKED_BACK, _ANSWERED, _HAD_TO_UNDO = 0.7, 0.85, 0.35
_SAID = (0.55, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95)


@dataclass(frozen=True)
class Lived:
    """One decision of the company, whole: what insights and a replay need."""

    number: int
    team: str
    case: Case
    answers: Answers
    setting: Setting
    verdict: Verdict


class _Chances:
    """The shares that are planted, each kept by itself."""

    def __init__(self, planted: Planted, chance: Random) -> None:
        self.two_way = Share(planted.deflected, chance)
        self.wrong = {door: Share(planted.wrong_doors[door], chance) for door in Door}
        self.waits = {door: Spread(chance) for door in Door}
        classes = [(door, wrong) for door in Door for wrong in (False, True)]
        self.looked = {one: Share(_LOOKED_BACK, chance) for one in classes}
        self.answered = {one: Share(_ANSWERED, chance) for one in classes}
        self.undone = {one: Share(_HAD_TO_UNDO, chance) for one in classes}
        self.forgotten = Share(_FORGOTTEN, chance)
        self.silent = Share(planted.silent, chance)
        self.came = {said: Share(said, chance) for said in _SAID}
        self.covered = Share(planted.covered, chance)


def decisions_in(people: int, days: int) -> int:
    """How many come up, at most."""
    return max(1, round(people * days / 365 * A_YEAR_EACH))


def live(
    people: int, days: int, seed: int, begin: date, planted: Planted = PLANTED, policy: Policy = SHIPPED_POLICY
) -> Iterator[Lived]:
    """Every decision of so many days from ``begin`` on, as it stood at the end of the last one, in order."""
    chance = Random(seed)
    teams = company(people, chance)
    chances = _Chances(planted, chance)
    over = datetime.combine(begin + timedelta(days=days), datetime.min.time(), UTC)
    count = decisions_in(people, days)
    starts = sorted((_start(begin, days, teams, chance) for _ in range(count)), key=lambda start: (start[0], start[1]))
    number = 0
    for day, part, team in starts:
        begun = _in_working_time(day, part, team.hours)
        if begun < over:
            number += 1
            yield _lived(number, team, begun, over, chances, planted, policy, chance)


def _start(begin: date, days: int, teams: Sequence[Team], chance: Random) -> tuple[date, float, Team]:
    return begin + timedelta(days=int(chance.random() * days)), chance.random(), one_of(chance, teams)


def _in_working_time(day: date, part: float, hours: WorkingHours) -> datetime:
    """A moment of that day, or of the next that is worked."""
    day = add_working_days(day, 0, hours)
    closes = end_of_working_day(day, hours)
    opens = next_working_moment(closes - timedelta(hours=23), hours)
    opens = opens if local_date(opens, hours) == day else closes - timedelta(hours=8)
    return opens + (closes - opens) * part


def _lived(
    number: int, team: Team, begun: datetime, over: datetime, chances: _Chances, planted: Planted, policy: Policy,
    chance: Random,
) -> Lived:  # fmt: skip
    door = Door.TWO_WAY if chances.two_way.next() else Door.ONE_WAY
    wrong = chances.wrong[door].next()
    requester, owner = one_of(chance, team.people), one_of(chance, team.people)
    today = local_date(begun, team.hours)
    setting = Setting(today, team.ladder.rung_of(requester), team.ladder)
    answers, found = triaged(door, setting, policy, chance)
    wait = _days(chances.waits[door].next(), planted.median_days[door], _SPREAD[door])
    decided = _when_answered(begun, wait, planted.median_days[door], team.hours)
    ended, end = min(
        (decided, End.DECIDED),
        (begun + timedelta(days=-math.log(1 - chance.random()) * _LEFT_AFTER), End.WITHDRAWN),
        _forgotten(begun, chances, chance),
        key=lambda one: one[0],
    )
    open_ = ended > over
    status = _status(door, end, chance)
    asked = _asked(found, begun, decided, min(ended, over), requester, team, answers, chances, policy)
    overridden = tuple(gate.name for gate in found.failed) if found.failed and chance.random() < 0.4 else ()
    seen = None
    if end is End.DECIDED and not open_ and chances.looked[door, wrong].next():
        looked = _looked_on(door, ended, team.hours, policy, chance)
        seen = _seen(looked, door, wrong, chances, chance) if looked < over else None
    if seen is not None and status in (Status.APPROVED, Status.DEFLECTED):
        status = Status.REVIEWED if status is Status.APPROVED else Status.LEARNED
    case = Case(
        begun, Status.TRIAGE if open_ else status, frozenset({requester, owner}), None if open_ else ended,
        None if open_ else end, door, found.rung, overridden,
        any(one.result is Result.DISAGREE for one in answers.tried or ()), seen, None, asked,
    )  # fmt: skip
    return Lived(number, team.name, case, answers, setting, found)


# ── how long ────────────────────────────────────────────────────────────────────────────────────────────


def _days(part: float, median: float, spread: float) -> float:
    """The wait that so large a part of all does not reach; half of all are over by the median."""
    return median * math.exp(spread * NormalDist().inv_cdf(min(max(part, 1e-6), 1 - 1e-6)))


def _when_answered(begun: datetime, wait: float, median: float, hours: WorkingHours) -> datetime:
    """In working time. Whose wait is below the median stays below it."""
    meant, half = begun + timedelta(days=wait), begun + timedelta(days=median)
    at = next_working_moment(meant, hours)
    if meant <= half < at:
        before = _last_working_moment(half, hours)
        return max(before - (before - begun) * (wait / median) / 10, begun + (half - begun) / 100)
    return at


def _last_working_moment(at: datetime, hours: WorkingHours) -> datetime:
    if is_working(at, hours):
        return at
    day = local_date(at, hours)
    closes = end_of_working_day(add_working_days(day, 0, hours), hours)
    return closes if closes <= at else end_of_working_day(previous_working_day(day, hours), hours)


def _forgotten(begun: datetime, chances: _Chances, chance: Random) -> tuple[datetime, End]:
    """Some are touched by nobody any more, and end thirty days later."""
    touched = begun + timedelta(days=chance.random() * 10)
    ends = touched + timedelta(days=_IDLE_DAYS) if chances.forgotten.next() else datetime.max.replace(tzinfo=UTC)
    return ends, End.EXPIRED


def _status(door: Door, end: End, chance: Random) -> Status:
    if end is not End.DECIDED:
        return Status.WITHDRAWN if end is End.WITHDRAWN else Status.EXPIRED
    if door is Door.TWO_WAY:
        return Status.DEFLECTED
    return Status.DECLINED if chance.random() < 0.15 else Status.APPROVED


# ── who was asked ───────────────────────────────────────────────────────────────────────────────────────


def _asked(
    found: Verdict, begun: datetime, decided: datetime, until: datetime, requester: str, team: Team, answers: Answers,
    chances: _Chances, policy: Policy,
) -> tuple[Asked, ...]:  # fmt: skip
    """The signers, as they were asked. Who is silent past their date is passed by: the next chair is asked."""
    if found.rung is None:
        return ()
    at, rung, signers, used = begun + (decided - begun) / 10, found.rung, list[Asked](), {requester}
    who = team.ladder.sitting(rung, but=used)
    while who is not None and at < until:
        used.add(who)
        day = add_working_days(local_date(at, team.hours), policy.sign_off_days, team.hours)
        due = end_of_working_day(day, team.hours)
        chair = _next_chair(team.ladder, rung, used) if due < decided and chances.silent.next() else None
        if chair is None:
            signers.append(Asked(who, rung, at, decided if decided <= until else None, until))
            break
        signers.append(Asked(who, rung, at, None, min(due, until)))
        rung, who = chair
        at = due
    if needs_bar_raiser(found.rung, answers, policy) and (raiser := team.ladder.bar_raiser(but=used)):
        first = begun + (decided - begun) / 10
        if first < until:
            answered = first + (decided - first) / 2
            signers.append(Asked(raiser, None, first, answered if answered <= until else None, until))
    return tuple(signers)


def _next_chair(ladder: Ladder, rung: Rung, used: set[str]) -> tuple[Rung, str] | None:
    found = ladder.next_chair(rung, but=used, slt=False)
    return (found[0], found[1]) if found and found[1] else None


# ── looking back ────────────────────────────────────────────────────────────────────────────────────────


def _looked_on(door: Door, decided: datetime, hours: WorkingHours, policy: Policy, chance: Random) -> datetime:
    day = local_date(decided, hours)
    if door is Door.TWO_WAY:
        return end_of_working_day(add_working_days(learning_check_on(day, policy), 0, hours), hours)
    shipped = day + timedelta(days=3 + int(chance.random() * 20))
    return end_of_working_day(add_working_days(review_on(shipped, policy), 0, hours), hours)


def _seen(at: datetime, door: Door, wrong: bool, chances: _Chances, chance: Random) -> Seen:
    undone, took = None, None
    two_way_in_truth = (door is Door.TWO_WAY) is not wrong
    if chances.answered[door, wrong].next():
        undone = Undone.YES if chances.undone[door, wrong].next() else Undone.NO
        if undone is Undone.YES and two_way_in_truth:
            took = one_of(chance, (Undo.HOURS, Undo.DAYS))
        elif undone is Undone.YES:
            undone, took = one_of(
                chance, ((Undone.YES, Undo.WEEKS), (Undone.YES, Undo.MONTHS), (Undone.COULD_NOT, None))
            )
    bad = undone in (Undone.YES, Undone.COULD_NOT)
    right = one_of(
        chance, (Right.NO, Right.NO, Right.PARTLY) if bad else (Right.YES, Right.YES, Right.YES, Right.PARTLY)
    )
    forecast = interval = None
    if door is Door.ONE_WAY:
        said = one_of(chance, _SAID)
        forecast = Forecast(said, chances.came[said].next())
        low = float(10 + int(chance.random() * 40))
        inside = chances.covered.next()
        interval = Interval(low, low + 10, low + 5 if inside else low + 15)
    return Seen(at, right, undone, took, forecast, interval)
