"""Triage: which question comes next, and the verdict that follows from the answers.

A question is asked only while its answer can change the verdict. Whatever is answered, there is exactly one verdict,
and each of its gates says in a sentence which answer it came from.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.amounts import format_rough
from app.domain.answers import (
    COST_SAID,
    EFFECT_SAID,
    UNDO_SAID,
    Answers,
    Effect,
    Setting,
    Undo,
    UndoCost,
)
from app.domain.dates import say_date
from app.domain.gates import (
    Gate,
    GateName,
    commitment_gate,
    costs_gate,
    deadline_gate,
    delay_over_wait,
    tried_gate,
    wait_days,
)
from app.domain.ladder import Rung
from app.domain.policy import POLICY, Policy
from app.domain.rungs import floor, rung_below, rung_for, slt_in_reach


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
    return can_be_two_way or floor(replace(a, undo_cost=None, costs=None), policy) < highest


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
    gates = [deadline_gate(a, setting), tried_gate(a, rung, below, setting)]
    if rung >= Rung.DIRECTOR:
        gates.append(costs_gate(a, setting, policy))
    if rung is Rung.SLT:
        gates.append(commitment_gate(a))
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


# ── the question to the rung below ──────────────────────────────────────────────────────────────────────


def question_for_below(title: str, a: Answers, setting: Setting, up: Rung | None = None) -> str:
    """The question that Threshold writes for the rung below, ready to be sent. ``up``: who comes next if they can't."""
    lines = [f"Can you decide this: {title.strip().rstrip('.?')}?"]
    if a.deadline and a.deadline.blocks and a.deadline.on:
        lines.append(
            f"Waiting blocks {a.deadline.what.strip().rstrip('.')} on {say_date(a.deadline.on, setting.today)}."
        )
    if a.costs:
        cost = delay_over_wait(a.costs, wait_days(a, setting))
        if cost is not None:
            lines.append(f"Waiting until then costs {format_rough(cost)}.")
    then = f"to the {up.said}" if up else "one rung up"
    lines.append(f"If you can, it stops here and you decide. If you can't, say so, and it goes {then}.")
    return " ".join(lines)
