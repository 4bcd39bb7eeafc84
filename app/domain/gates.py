"""The gates of a one-way door, each with what it found."""

from decimal import Decimal

from app.domain.amounts import Amount
from app.domain.answers import Answers, Costs, Likelihood, Result, Setting
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
from app.domain.policy import POLICY, Policy


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


def wait_days(a: Answers, setting: Setting, policy: Policy = POLICY) -> int:
    """How long waiting would last, in days: until the deadline, or the policy's two weeks without one."""
    if a.deadline and a.deadline.on and a.deadline.on >= setting.today:
        return max(1, (a.deadline.on - setting.today).days)
    return policy.wait_without_deadline.days


def delay_over_wait(costs: Costs, days: int) -> Amount | None:
    """Cost of delay over ``days``, in the decision's currency; None on the five-step scale."""
    if costs.delay is None:
        return None
    cost = costs.delay.over(days)
    return Amount(cost.value.quantize(Decimal(1)), cost.currency)


def costs_gate(a: Answers, setting: Setting, policy: Policy) -> Gate:
    assert a.costs
    days, costs = wait_days(a, setting, policy), a.costs
    odds = policy.likelihood[costs.likelihood]
    delay = delay_over_wait(costs, days)
    if delay is not None and costs.mistake is not None:
        expected = Amount((costs.mistake.value * odds).quantize(Decimal(1)), costs.mistake.currency)
        past = a.deadline is not None and a.deadline.on is not None and a.deadline.on < setting.today
        found = CostsInMoney(days, delay, odds, costs.mistake, expected, past)
        return Gate(GateName.COSTS, delay.value > expected.value, found)
    delay_step, mistake_step = costs.delay_step or 1, costs.mistake_step or 1
    less = 1 if costs.likelihood is Likelihood.UNLIKELY else 0
    return Gate(
        GateName.COSTS, delay_step > mistake_step - less, CostsOnScale(delay_step, mistake_step, costs.likelihood)
    )


def commitment_gate(a: Answers) -> Gate:
    threatened = bool(a.commitment and a.commitment.threatened)
    return Gate(GateName.COMMITMENT, threatened, CommitmentThreatened() if threatened else NoCommitment())
