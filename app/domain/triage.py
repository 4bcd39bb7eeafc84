"""Triage: which question comes next, and the verdict that follows from the answers.

A question is asked only while its answer can change the verdict. Whatever is answered, there is exactly one verdict,
and each of its gates says in a sentence which answer it came from.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from app.domain.amounts import Amount, format_amount
from app.domain.answers import (
    Answers,
    Costs,
    Effect,
    Likelihood,
    Result,
    Setting,
    Undo,
    UndoCost,
)
from app.domain.dates import say_date
from app.domain.ladder import RUNGS, Rung
from app.domain.policy import POLICY, Policy


class Question(StrEnum):
    UNDO = "undo"
    EFFECTS = "effects"
    UNDO_COST = "undo_cost"
    TRIAL = "trial"
    DEADLINE = "deadline"
    COSTS = "costs"
    TRIED = "tried"
    COMMITMENT = "commitment"


QUESTIONS: tuple[Question, ...] = tuple(Question)


class Door(StrEnum):
    TWO_WAY = "two_way"
    ONE_WAY = "one_way"


class NextStep(StrEnum):
    DEFLECT = "deflect"  # the owner decides
    EXPERIMENT = "experiment"  # the owner decides, by a trial with a metric and an end
    WRITE_MEMO = "write_memo"  # every gate passed
    TRY_BELOW = "try_below"  # ask the rung below first
    GATHER_DATA = "gather_data"  # name the deadline that waiting blocks
    DECIDE_BELOW = "decide_below"  # delay is cheaper than a mistake: take the time, lower down


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


@dataclass(frozen=True)
class Verdict:
    door: Door
    why: tuple[str, ...]
    next_step: NextStep
    rung: Rung | None = None  # None for a two-way door: nobody has to climb
    gates: tuple[Gate, ...] = ()
    below: Rung | None = None  # the rung that has to be tried first
    notes: tuple[str, ...] = ()  # what was decided about the rung, e.g. why it is not the SLT

    @property
    def failed(self) -> tuple[Gate, ...]:
        return tuple(gate for gate in self.gates if not gate.passed)

    @property
    def bar_raised(self) -> bool:
        return self.door is Door.ONE_WAY


UNDO_SAID = {
    Undo.HOURS: "within hours",
    Undo.DAYS: "within days",
    Undo.WEEKS: "only after weeks",
    Undo.MONTHS: "only after months",
    Undo.NEVER: "never",
}
EFFECT_SAID = {
    Effect.MONEY_OR_DATA: "customers lose money or data",
    Effect.CONTRACT: "contract, legal or regulatory commitment",
    Effect.PROMISE: "public promise, price or policy",
    Effect.SECURITY: "security or privacy exposure",
    Effect.DATA_GONE: "data deleted or migrated with no way back",
    Effect.PEOPLE: "people (hiring, reorganisation, redundancy)",
}
COST_SAID = {
    UndoCost.PERSON_DAY: "one person for a day",
    UndoCost.TEAM_SPRINT: "one team for a sprint",
    UndoCost.SEVERAL_TEAMS: "several teams",
    UndoCost.CANNOT_BUY_BACK: "more than money can buy back",
}
LIKELIHOOD_SAID = {
    Likelihood.UNLIKELY: "unlikely, about 10%",
    Likelihood.POSSIBLE: "possible, about 30%",
    Likelihood.EVEN: "as likely as not, about 50%",
    Likelihood.LIKELY: "likely, about 75%",
    Likelihood.SURE: "almost sure, about 95%",
}
RESULT_SAID = {
    Result.CANNOT_DECIDE: "can't decide it",
    Result.DISAGREE: "we disagree",
    Result.NO_ANSWER: "no answer yet",
    Result.NOT_ASKED: "not asked",
}


# ── the door ────────────────────────────────────────────────────────────────────────────────────────────


def _clearly_two_way(a: Answers, policy: Policy) -> bool:
    return a.undo in policy.two_way_undo and a.effects == frozenset() and a.undo_cost in policy.two_way_cost


def _two_way_by_trial(a: Answers) -> bool:
    return a.trial is not None and a.trial.possible and not a.trial.lasting


def _door(a: Answers, policy: Policy) -> Door | None:
    """The door, or None while an answer is missing."""
    if a.undo is None or a.effects is None:
        return None
    if _clearly_two_way(a, policy) or _two_way_by_trial(a):
        return Door.TWO_WAY
    if a.undo_cost is None and _asks_undo_cost(a, policy):
        return None
    return Door.ONE_WAY if a.trial is not None else None


def _asks_undo_cost(a: Answers, policy: Policy) -> bool:
    """Its answer matters while it can make the door two-way or lift the rung."""
    can_be_two_way = a.undo in policy.two_way_undo and not a.effects
    highest = max(policy.floor_by_cost.values())
    return can_be_two_way or _floor(replace(a, undo_cost=None, costs=None), policy) < highest


def asked(a: Answers, setting: Setting, policy: Policy = POLICY) -> tuple[Question, ...]:
    """The questions this triage asks, in order, as far as the answers so far tell."""
    questions = [Question.UNDO, Question.EFFECTS]
    if a.undo is None or a.effects is None:
        return tuple(questions)
    if _asks_undo_cost(a, policy):
        questions.append(Question.UNDO_COST)
        if a.undo_cost is None or _clearly_two_way(a, policy):
            return tuple(questions)
    questions.append(Question.TRIAL)
    if a.trial is None or _two_way_by_trial(a):
        return tuple(questions)
    questions += [Question.DEADLINE, Question.COSTS, Question.TRIED]
    if a.tried is not None and a.costs is not None and slt_in_reach(a, setting, policy):
        questions.append(Question.COMMITMENT)
    return tuple(questions)


def answered(a: Answers, question: Question) -> bool:
    return getattr(a, question.value) is not None


def next_question(a: Answers, setting: Setting, policy: Policy = POLICY) -> Question | None:
    """The first question without an answer; None when the verdict stands."""
    return next((q for q in asked(a, setting, policy) if not answered(a, q)), None)


def settle(a: Answers, setting: Setting, policy: Policy = POLICY) -> Answers:
    """The answers without those that are no longer asked, so that a changed answer leaves no trace behind it."""
    questions = asked(a, setting, policy)
    return replace(a, **{q.value: None for q in QUESTIONS if q not in questions})


# ── the rung ────────────────────────────────────────────────────────────────────────────────────────────


def _floor(a: Answers, policy: Policy) -> Rung:
    """The lowest rung that can decide what is at stake."""
    floors = [policy.floor]
    if a.undo in policy.floor_by_undo:
        floors.append(policy.floor_by_undo[a.undo])
    floors += [policy.floor_by_effect[effect] for effect in a.effects or ()]
    if a.undo_cost in policy.floor_by_cost:
        floors.append(policy.floor_by_cost[a.undo_cost])
    if a.costs and a.costs.mistake:
        floors += [rung for least, rung in policy.floor_by_mistake if a.costs.mistake.value >= least]
    if a.costs and a.costs.mistake_step in policy.floor_by_step:
        floors.append(policy.floor_by_step[a.costs.mistake_step])
    return max(floors)


def _could_not_settle(a: Answers, rung: Rung) -> bool:
    attempt = a.attempt(rung)
    return attempt is not None and attempt.result in (Result.CANNOT_DECIDE, Result.DISAGREE)


def _wanted(a: Answers, setting: Setting, policy: Policy) -> Rung:
    """The lowest rung that can decide, is above the requester, and has not already said it can't."""
    own = setting.requester_rung or Rung.PEER
    lowest = _floor(a, policy)
    candidates = [rung for rung in RUNGS if rung >= lowest and (rung > own or rung is Rung.SLT)]
    return next((rung for rung in candidates if not _could_not_settle(a, rung)), Rung.SLT)


def slt_in_reach(a: Answers, setting: Setting, policy: Policy = POLICY) -> bool:
    """Whether the SLT could be the rung, so that the quarterly commitment has to be asked about."""
    big = bool(a.costs and a.costs.mistake and a.costs.mistake.value >= policy.slt_mistake)
    leader = setting.requester_rung is not None and setting.requester_rung >= Rung.DIRECTOR
    return big or leader or _wanted(a, setting, policy) is Rung.SLT


def rung_for(a: Answers, setting: Setting, policy: Policy = POLICY) -> Rung:
    """The lowest rung that can decide; the SLT only where a quarterly commitment is threatened."""
    if a.commitment is not None and a.commitment.threatened:
        return Rung.SLT
    return min(_wanted(a, setting, policy), Rung.VP)


def rung_below(rung: Rung, a: Answers, setting: Setting, policy: Policy = POLICY) -> Rung:
    """The rung that has to be tried before ``rung``: the nearest one that knows the facts or could have decided.

    A rung that policy says can't decide what is at stake is passed over, peers and managers are not.
    """
    own = setting.requester_rung or Rung.PEER
    lowest = _floor(a, policy)
    known = (r for r in reversed(RUNGS) if r < rung and r > own and (r <= Rung.MANAGER or r >= lowest))
    return next(known, Rung.PEER)


def lower_rungs(a: Answers, setting: Setting, policy: Policy = POLICY) -> tuple[Rung, ...]:
    """The rungs that question 7 asks about: those below the one that could decide, above the requester's own."""
    own = setting.requester_rung or Rung.PEER
    top = max(_floor(a, policy), Rung.MANAGER)
    tried = [one.rung for one in a.tried or () if one.result is not Result.NOT_ASKED]
    top = max([top, *tried]) if tried else top
    lowest = _floor(a, policy)
    rungs = [r for r in RUNGS if r <= top and r > own and (r <= Rung.MANAGER or r >= lowest)]
    return (Rung.PEER, *(r for r in rungs if r is not Rung.PEER))


# ── the verdict ─────────────────────────────────────────────────────────────────────────────────────────


def verdict(a: Answers, setting: Setting, policy: Policy = POLICY) -> Verdict | None:
    """The one verdict that follows from the answers, or None while a question is open."""
    a = settle(a, setting, policy)
    if next_question(a, setting, policy) is not None:
        return None
    if _door(a, policy) is Door.TWO_WAY:
        if _clearly_two_way(a, policy):
            return Verdict(Door.TWO_WAY, _why_two_way(a), NextStep.DEFLECT)
        return Verdict(Door.TWO_WAY, _why_trial(a, setting), NextStep.EXPERIMENT)
    rung = rung_for(a, setting, policy)
    below = rung_below(rung, a, setting, policy)
    gates = [_deadline_gate(a, setting), _tried_gate(a, rung, below, setting)]
    if rung >= Rung.DIRECTOR:
        gates.append(_costs_gate(a, setting, policy))
    if rung is Rung.SLT:
        gates.append(_commitment_gate(a))
    step = next(
        (STEP_AFTER[gate.name] for gate in _by_urgency(gates) if not gate.passed),
        NextStep.WRITE_MEMO,
    )
    return Verdict(Door.ONE_WAY, _why_one_way(a), step, rung, tuple(gates), below, _rung_notes(a, rung, policy))


STEP_AFTER = {
    GateName.TRIED: NextStep.TRY_BELOW,
    GateName.DEADLINE: NextStep.GATHER_DATA,
    GateName.COSTS: NextStep.DECIDE_BELOW,
    GateName.COMMITMENT: NextStep.DECIDE_BELOW,
}
"""A failed gate gives the next step, not a refusal."""


def _by_urgency(gates: list[Gate]) -> list[Gate]:
    """Asking the rung below helps whatever else is missing, so that step comes first."""
    return sorted(gates, key=lambda gate: list(STEP_AFTER).index(gate.name))


def _why_two_way(a: Answers) -> tuple[str, ...]:
    assert a.undo
    assert a.undo_cost
    return (
        f"It can be undone {UNDO_SAID[a.undo]}.",
        "Nothing about it lasts.",
        f"Undoing it costs {COST_SAID[a.undo_cost]}.",
    )


def _why_trial(a: Answers, setting: Setting) -> tuple[str, ...]:
    assert a.trial
    ends = f", until {say_date(a.trial.ends, setting.today)}" if a.trial.ends else ""
    what = a.trial.what.strip().rstrip(".") or "a small trial"
    metric = a.trial.metric.strip().rstrip(".")
    return (
        f"It can be tried small first: {what}{ends}.",
        f"The trial tells by {metric}, and leaves nothing behind." if metric else "The trial leaves nothing behind.",
    )


def _why_one_way(a: Answers) -> tuple[str, ...]:
    effects = sorted(a.effects or (), key=list(Effect).index)
    why = [f"It could not be taken back: {EFFECT_SAID[effect]}." for effect in effects]
    if a.undo is Undo.NEVER:
        why.append("There is no way back to where you are today.")
    elif a.undo not in (None, Undo.HOURS, Undo.DAYS):
        assert a.undo
        why.append(f"You would be back where you are today {UNDO_SAID[a.undo]}.")
    if a.undo_cost in (UndoCost.SEVERAL_TEAMS, UndoCost.CANNOT_BUY_BACK):
        why.append(f"Undoing it costs {COST_SAID[a.undo_cost]}.")
    if a.trial and a.trial.possible and a.trial.lasting:
        why.append("Even the trial would leave something behind.")
    else:
        why.append("There is no small trial that would make it reversible.")
    return tuple(why)


def _rung_notes(a: Answers, rung: Rung, policy: Policy) -> tuple[str, ...]:
    notes = []
    if a.commitment is not None and not a.commitment.threatened:
        notes.append(f"No quarterly commitment is threatened, so this stays at {rung.said} and does not reach the SLT.")
    for effect in sorted(a.effects or (), key=list(Effect).index):
        if policy.floor_by_effect[effect] is rung:
            notes.append(f"A {rung.said} is the lowest rung that can decide this: {EFFECT_SAID[effect]}.")
            break
    return tuple(notes)


# ── the gates ───────────────────────────────────────────────────────────────────────────────────────────


def _deadline_gate(a: Answers, setting: Setting) -> Gate:
    assert a.deadline
    if not a.deadline.blocks or a.deadline.on is None:
        return Gate(
            GateName.DEADLINE,
            False,
            "You named no customer-impacting deadline that waiting blocks, so nothing is lost by taking the time.",
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


def _tried_gate(a: Answers, rung: Rung, below: Rung, setting: Setting) -> Gate:
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


def _costs_gate(a: Answers, setting: Setting, policy: Policy) -> Gate:
    assert a.costs
    days, costs = wait_days(a, setting, policy), a.costs
    odds = policy.likelihood[costs.likelihood]
    delay = delay_over_wait(costs, days)
    if delay is not None and costs.mistake is not None:
        mistake = Amount((costs.mistake.value * odds).quantize(Decimal(1)), costs.mistake.currency)
        passed = delay.value > mistake.value
        verb = "exceeds" if passed else "does not exceed"
        span = "a day" if days == 1 else f"{days} days"
        return Gate(
            GateName.COSTS,
            passed,
            f"Waiting {span} costs {format_amount(delay)}; that {verb} the {format_amount(mistake)} a mistake is "
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


def _commitment_gate(a: Answers) -> Gate:
    which = a.commitment.which.strip().rstrip(".") if a.commitment else ""
    threatened = bool(a.commitment and a.commitment.threatened)
    if threatened:
        return Gate(
            GateName.COMMITMENT,
            True,
            f"It threatens a quarterly commitment: {which or 'named by you'}.",
        )
    return Gate(GateName.COMMITMENT, False, "No quarterly commitment is threatened.")


# ── the question to the rung below ──────────────────────────────────────────────────────────────────────


def question_for_below(title: str, a: Answers, setting: Setting) -> str:
    """The question that Threshold writes for the rung below, ready to be sent."""
    lines = [f"Can you decide this: {title.strip().rstrip('.?')}?"]
    if a.deadline and a.deadline.blocks and a.deadline.on:
        lines.append(
            f"Waiting blocks {a.deadline.what.strip().rstrip('.')} on {say_date(a.deadline.on, setting.today)}."
        )
    if a.costs:
        cost = delay_over_wait(a.costs, wait_days(a, setting))
        if cost is not None:
            lines.append(f"Waiting until then costs {format_amount(cost)}.")
    lines.append("If you can, it stops here and you decide. If you can't, say so, and it goes one rung up.")
    return " ".join(lines)
