"""History judged by another policy: which door, which rung, which gates it would have been.

A policy may ask what the old one never did. What was never asked is not known, and not guessed: every answer that could
have been given is tried, and what comes of them are the bounds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from app.domain.answers import (
    Answers,
    Attempt,
    Commitment,
    Costs,
    Deadline,
    Likelihood,
    Result,
    Setting,
    Trial,
    UndoCost,
)
from app.domain.findings import GateName
from app.domain.ladder import RUNGS, Rung
from app.domain.policy.policy import Policy
from app.domain.reading.amounts import Amount, Rate
from app.domain.triage.doors import Door
from app.domain.triage.lowest_rung import lower_rungs
from app.domain.triage.questions import Question, next_question, settle
from app.domain.triage.verdict import Verdict, verdict

Level = Rung | None
"""Where a decision ends up; None: with its team, since the door is two-way."""

LEVELS: tuple[Level, ...] = (None, *RUNGS[1:])


@dataclass(frozen=True)
class Judged:
    """What a policy makes of a decision: all that can be, where something was never asked."""

    doors: frozenset[Door]
    levels: frozenset[Level]
    gates: Mapping[GateName, frozenset[bool]]  # passed or not, of the gates that are there in any case
    never_asked: Question | None = None  # the first question that nobody was asked


def judged(answers: Answers, setting: Setting, policy: Policy) -> Judged:
    """What this policy makes of these answers."""
    found = verdict(answers, setting, policy)
    if found is not None:
        return of_verdict(found)
    never_asked = next_question(settle(answers, setting, policy), setting, policy)
    key = _what_counts(answers, setting, policy), id(policy)
    if key not in _BOUNDS:
        if len(_BOUNDS) > _MOST_BOUNDS:
            _BOUNDS.clear()
        _BOUNDS[key] = policy, _bounds(list(_every_way(answers, setting, policy)), never_asked)
    return _BOUNDS[key][1]


def of_verdict(found: Verdict) -> Judged:
    gates = {gate.name: frozenset({gate.passed}) for gate in found.gates}
    return Judged(frozenset({found.door}), frozenset({found.rung}), gates)


_MOST_BOUNDS = 10_000
_BOUNDS: dict[tuple[Any, int], tuple[Policy, Judged]] = {}
"""Of answers that are alike in all that counts. The policy is kept beside, so that its identity stays its own."""


def _what_counts(answers: Answers, setting: Setting, policy: Policy) -> tuple[Any, ...]:
    """Of answers with the same of these, whatever is still open has the same bounds: words, people and plain days take
    no part, but for whether the deadline has passed, or falls into the wait."""
    a, deadline, costs = answers, answers.deadline, answers.costs
    told = (costs.told_on if costs else None) or setting.today
    on = deadline.on if deadline else None
    return (
        a.undo, a.effects, a.undo_cost, a.trial and (a.trial.possible, a.trial.lasting),
        deadline and (deadline.blocks, on and (on < setting.today, on <= told + timedelta(days=policy.wait_days))),
        costs and replace(costs, told_on=None), a.tried and tuple((one.rung, one.result) for one in a.tried),
        a.commitment and a.commitment.threatened, setting.requester_rung,
    )  # fmt: skip


def _bounds(found: list[Verdict], never_asked: Question | None) -> Judged:
    names = [{gate.name for gate in one.gates} for one in found]
    in_all = set.intersection(*names) if names else set()
    gates = {
        name: frozenset(gate.passed for one in found for gate in one.gates if gate.name is name) for name in in_all
    }
    return Judged(frozenset(one.door for one in found), frozenset(one.rung for one in found), gates, never_asked)


def _every_way(answers: Answers, setting: Setting, policy: Policy) -> Iterator[Verdict]:
    """A verdict for each way in which the questions that are open could have been answered, as far as it matters."""
    answers = settle(answers, setting, policy)
    question = next_question(answers, setting, policy)
    if question is None:
        found = verdict(answers, setting, policy)
        assert found
        yield found
        return
    for answer in _ways(question, answers, setting, policy):
        yield from _every_way(replace(answers, **{question.value: answer}), setting, policy)


def _ways(question: Question, answers: Answers, setting: Setting, policy: Policy) -> list[Any]:
    match question:
        case Question.UNDO_COST:
            return list(UndoCost)
        case Question.TRIAL:
            return [Trial(False), Trial(True)]
        case Question.DEADLINE:
            return [Deadline(False), Deadline(True, on=setting.today + timedelta(days=policy.wait_days + 1))]
        case Question.COSTS:
            return list(_costs(policy, setting))
        case Question.TRIED:
            rungs = lower_rungs(answers, setting, policy)
            # How far up somebody said they can't decide lifts the rung; that nobody was asked lifts none.
            return [_tried(rungs, reached) for reached in range(len(rungs) + 1)]
        case Question.COMMITMENT:
            return [Commitment(False), Commitment(True)]
    raise ValueError(f"{question} is asked of everybody, so it is never missing")


def _tried(rungs: Sequence[Rung], reached: int) -> tuple[Attempt, ...]:
    results = [Result.CANNOT_DECIDE if at < reached else Result.NOT_ASKED for at in range(len(rungs))]
    return tuple(Attempt(rung, result) for rung, result in zip(rungs, results, strict=True))


def _costs(policy: Policy, setting: Setting) -> Iterator[Costs]:
    """A mistake at each amount from which the policy wants another rung, and of nothing; dear to wait, and free."""
    steps = [*policy.floor_by_mistake, *(step for steps in policy.floor_by_effect.values() for step in steps)]
    dear = Rate(Amount(Decimal(10) ** 12, policy.currency), "day")
    free = Rate(Amount(Decimal(0), policy.currency), "day")
    for amount in sorted({Decimal(0), policy.slt_mistake, *(step.amount for step in steps)}):
        for delay in (dear, free):
            yield Costs(Likelihood.POSSIBLE, delay, Amount(amount, policy.currency), told_on=setting.today)
    for step in range(1, 6):
        yield Costs(Likelihood.POSSIBLE, delay_step=5, mistake_step=step, told_on=setting.today)
        yield Costs(Likelihood.POSSIBLE, delay_step=1, mistake_step=step, told_on=setting.today)
