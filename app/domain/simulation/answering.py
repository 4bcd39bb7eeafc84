"""How people of a simulated company answer a triage: question by question, as the rules ask them, until it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from app.domain.answers import (
    Answers,
    Attempt,
    Commitment,
    Costs,
    Deadline,
    Effect,
    Likelihood,
    Result,
    Setting,
    Trial,
    Undo,
    UndoCost,
)
from app.domain.policy.policy import Policy
from app.domain.reading.amounts import Amount, Rate
from app.domain.simulation.chances import one_of
from app.domain.triage.doors import Door
from app.domain.triage.lowest_rung import lower_rungs
from app.domain.triage.questions import Question, next_question
from app.domain.triage.verdict import Verdict, verdict

_RESULTS = (Result.CANNOT_DECIDE, Result.CANNOT_DECIDE, Result.DISAGREE, Result.NO_ANSWER)
_CENTS = Decimal(100)


def triaged(door: Door, setting: Setting, policy: Policy, chance: Random) -> tuple[Answers, Verdict]:
    """Answers that the rules judge to be this door, with their verdict."""
    answers = Answers()
    while (question := next_question(answers, setting, policy)) is not None:
        answers = replace(answers, **{question.value: answer_of(question, door, answers, setting, policy, chance)})
    found = verdict(answers, setting, policy)
    if found is None or found.door is not door:
        raise ValueError(f"the rules judge these answers otherwise than the company that gave them: {answers}")
    return answers, found


def answer_of(
    question: Question, door: Door, answers: Answers, setting: Setting, policy: Policy, chance: Random
) -> Any:
    """What somebody who stands before such a door answers to one question."""
    two_way = door is Door.TWO_WAY
    match question:
        case Question.UNDO:
            return one_of(
                chance, (Undo.HOURS, Undo.DAYS, Undo.DAYS) if two_way else (Undo.WEEKS, Undo.MONTHS, Undo.NEVER)
            )
        case Question.EFFECTS:
            return frozenset() if two_way else frozenset({one_of(chance, tuple(Effect))})
        case Question.UNDO_COST:
            small = (UndoCost.PERSON_DAY, UndoCost.TEAM_SPRINT)
            return one_of(chance, small if two_way else (*small, UndoCost.SEVERAL_TEAMS, UndoCost.CANNOT_BUY_BACK))
        case Question.TRIAL:
            return Trial(two_way, ends=setting.today + timedelta(days=14) if two_way else None)
        case Question.DEADLINE:
            return _deadline(setting.today, chance)
        case Question.COSTS:
            return _costs(setting.today, chance)
        case Question.TRIED:
            return tuple(Attempt(rung, one_of(chance, _RESULTS)) for rung in lower_rungs(answers, setting, policy))
        case Question.COMMITMENT:
            return Commitment(chance.random() < 0.3)


def _deadline(today: date, chance: Random) -> Deadline:
    days, blocks = 5 + int(chance.random() * 60), chance.random() < 0.8
    return Deadline(blocks, on=today + timedelta(days=days) if blocks else None)


def _costs(today: date, chance: Random) -> Costs:
    """Half a hundred to half a million a day, and a mistake of some hundred thousand: rough figures, as people give."""
    likelihood = one_of(chance, tuple(Likelihood))
    if chance.random() < 0.2:
        steps = 1 + int(chance.random() * 5), 1 + int(chance.random() * 5)
        return Costs(likelihood, delay_step=steps[0], mistake_step=steps[1], told_on=today)
    delay = Decimal(1 + int(chance.random() * 400)) * _CENTS
    mistake = Decimal(1 + int(chance.random() * 9)) * 10 ** (3 + int(chance.random() * 4))
    return Costs(likelihood, Rate(Amount(delay, "USD"), "day"), Amount(mistake, "USD"), told_on=today)
