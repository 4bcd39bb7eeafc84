"""The gates of a one-way door, each with its reason in a sentence that names the answer it came from."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.domain.amounts import Amount, format_amount, format_rough
from app.domain.answers import RESULT_SAID, Answers, Costs, Likelihood, Result, Setting
from app.domain.dates import say_date
from app.domain.ladder import Rung
from app.domain.policy import POLICY, Policy


class GateName(StrEnum):
    DEADLINE = "deadline"
    TRIED = "tried"
    COSTS = "costs"
    COMMITMENT = "commitment"


@dataclass(frozen=True)
class Gate:
    name: GateName
    passed: bool
    reason: str


def deadline_gate(a: Answers, setting: Setting) -> Gate:
    assert a.deadline
    if not a.deadline.blocks or a.deadline.on is None:
        return Gate(
            GateName.DEADLINE,
            False,
            "You named no customer-impacting deadline that waiting blocks, so no date forces it.",
        )
    what = a.deadline.what.strip().rstrip(".") or "a customer-impacting deadline"
    on = say_date(a.deadline.on, setting.today)
    if a.deadline.on < setting.today:
        return Gate(
            GateName.DEADLINE,
            False,
            f"The deadline you named, {what}, passed on {on}; name the next one that waiting blocks, if there is one.",
        )
    return Gate(GateName.DEADLINE, True, f"Waiting blocks {what} on {on}.")


def tried_gate(a: Answers, rung: Rung, below: Rung, setting: Setting) -> Gate:
    attempt = a.attempt(below)
    name = setting.names.get(attempt.who, "") if attempt and attempt.who else ""
    who = f"{name} ({below.said})" if name else f"the {below.said}"
    if attempt is None or attempt.result is Result.NOT_ASKED:
        return Gate(
            GateName.TRIED,
            False,
            f"Nobody asked the {below.said} yet; the {rung.said} comes after that.",
        )
    if attempt.result is Result.NO_ANSWER:
        return Gate(GateName.TRIED, False, f"You asked {who} and have no answer yet.")
    return Gate(GateName.TRIED, True, f"You asked {who}: {RESULT_SAID[attempt.result]}.")


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
        mistake = Amount((costs.mistake.value * odds).quantize(Decimal(1)), costs.mistake.currency)
        passed = delay.value > mistake.value
        verb = "exceeds" if passed else "does not exceed"
        span = "a day" if days == 1 else f"{days} days"
        past = a.deadline is not None and a.deadline.on is not None and a.deadline.on < setting.today
        sides = [format_rough(side) for side in (delay, mistake)]
        if sides[0] == sides[1]:  # which is more shows in the digits alone
            sides = [format_amount(side) for side in (delay, mistake)]
        weeks = "The deadline you named has passed, so two weeks are counted: waiting"
        counted = weeks if past else "Waiting"
        return Gate(
            GateName.COSTS,
            passed,
            f"{counted} {span} costs {sides[0]}; that {verb} the {sides[1]} a mistake is "
            f"expected to cost ({odds:.0%} × {format_amount(costs.mistake)}).",
        )
    delay_step, mistake_step = costs.delay_step or 1, costs.mistake_step or 1
    expected = mistake_step - (1 if costs.likelihood is Likelihood.UNLIKELY else 0)
    passed = delay_step > expected
    less = ", one step less because it is unlikely" if costs.likelihood is Likelihood.UNLIKELY else ""
    verb = "outweighs" if passed else "does not outweigh"
    return Gate(
        GateName.COSTS,
        passed,
        f"Waiting ({delay_step} of 5) {verb} a mistake ({mistake_step} of 5{less}).",
    )


def commitment_gate(a: Answers) -> Gate:
    which = a.commitment.which.strip().rstrip(".") if a.commitment else ""
    threatened = bool(a.commitment and a.commitment.threatened)
    if threatened:
        return Gate(
            GateName.COMMITMENT,
            True,
            f"It threatens a quarterly commitment: {which or 'named by you'}.",
        )
    return Gate(GateName.COMMITMENT, False, "No quarterly commitment is threatened.")
