"""The gates of a one-way door, each with what it found."""

from datetime import timedelta
from decimal import Decimal

from app.domain.answers import Answers, Costs, Result, Setting
from app.domain.findings import (
    BelowAnswered,
    CommitmentThreatened,
    CostsInMoney,
    CostsOnScale,
    DeadlineBlocked,
    DeadlinePassed,
    Gate,
    GateName,
    NoAnswerYet,
    NobodyAsked,
    NoCommitment,
    NoDeadline,
)
from app.domain.ladder import Rung
from app.domain.policy.policy import Policy
from app.domain.reading.amounts import Amount


def deadline_gate(a: Answers, setting: Setting) -> Gate:
    assert a.deadline
    if not a.deadline.blocks or a.deadline.on is None:
        return Gate(GateName.DEADLINE, False, NoDeadline())
    if a.deadline.on < setting.today:
        return Gate(GateName.DEADLINE, False, DeadlinePassed(a.deadline.on))
    return Gate(GateName.DEADLINE, True, DeadlineBlocked(a.deadline.on))


def tried_gate(a: Answers, rung: Rung, below: Rung) -> Gate:
    attempt = a.attempt(below)
    if attempt is None or attempt.result is Result.NOT_ASKED:
        return Gate(GateName.TRIED, False, NobodyAsked(below, rung))
    if attempt.result is Result.NO_ANSWER:
        return Gate(GateName.TRIED, False, NoAnswerYet(below, attempt.who))
    return Gate(GateName.TRIED, True, BelowAnswered(below, attempt.who, attempt.result))


def wait_of(setting: Setting, policy: Policy) -> int:
    """How many days a decision stays blocked that does not climb: measured of the teams that it waits for, else as the
    policy has it."""
    return setting.wait_days or policy.wait_days


def lost_in_wait(a: Answers, setting: Setting, policy: Policy) -> Amount | None:
    """What goes with the deadline, where that falls into the wait; None where it doesn't, or nothing was said to.

    The wait is counted from the day on which the costs were told, so that the days that pass change nothing.
    """
    if a.costs is None or a.costs.lost is None or a.deadline is None or a.deadline.on is None:
        return None
    told = a.costs.told_on or setting.today
    return a.costs.lost if a.deadline.on <= told + timedelta(days=wait_of(setting, policy)) else None


def delay_over(costs: Costs, days: int) -> Amount | None:
    """Cost of delay over ``days``, in the decision's currency; None on the five-step scale. A total is a total."""
    if costs.delay_total is not None:
        return costs.delay_total
    if costs.delay is None:
        return None
    cost = costs.delay.over(days)
    return Amount(cost.value.quantize(Decimal(1)), cost.currency)


def costs_gate(a: Answers, setting: Setting, policy: Policy) -> Gate:
    """Passed where waiting costs more than a mistake is expected to.

    Waiting is as long as a decision stays blocked that does not climb, by the policy: not until the deadline, or asking
    the rung below for a few days would make a passed gate fail.
    """
    assert a.costs
    costs, odds = a.costs, policy.likelihood[a.costs.likelihood]
    waits = wait_of(setting, policy)
    delay = delay_over(costs, waits)
    if delay is not None and costs.mistake is not None:
        expected = Amount((costs.mistake.value * odds).quantize(Decimal(1)), costs.mistake.currency)
        lost = lost_in_wait(a, setting, policy)
        lost_on = a.deadline.on if a.deadline and lost else None
        days = None if costs.delay_total else waits
        by_measure = days is not None and setting.wait_days is not None
        found = CostsInMoney(delay, days, lost, lost_on, odds, costs.mistake, expected, by_measure)
        return Gate(GateName.COSTS, found.waiting > expected.value, found)
    delay_step, mistake_step = costs.delay_step or 1, costs.mistake_step or 1
    on_scale = CostsOnScale(delay_step, odds, mistake_step, mistake_step * odds)
    return Gate(GateName.COSTS, delay_step > on_scale.expected, on_scale)


def commitment_gate(a: Answers) -> Gate:
    threatened = bool(a.commitment and a.commitment.threatened)
    return Gate(GateName.COMMITMENT, threatened, CommitmentThreatened() if threatened else NoCommitment())
