"""The verdict that follows from the answers."""

from dataclasses import dataclass

from app.domain.answers import Answers, Effect, Setting, Undo, UndoCost
from app.domain.findings import (
    BackOnlyAfter,
    CanBeUndone,
    Converted,
    DoorReason,
    EffectLasts,
    Gate,
    GateName,
    LowestForEffect,
    NothingLasts,
    NoTrial,
    NoWayBack,
    RungNote,
    StaysBelowTop,
    TrialIsSmall,
    TrialLasts,
    TrialLeavesNothing,
    UndoingCosts,
)
from app.domain.ladder import Rung
from app.domain.policy.policy import Policy
from app.domain.stored_words import StoredEnum
from app.domain.triage.gates import commitment_gate, costs_gate, deadline_gate, tried_gate
from app.domain.triage.lowest_rung import floor_of_effect, rung_below, rung_for
from app.domain.triage.questions import asks_undo_cost, clearly_two_way, next_question, settle, two_way_by_trial


class Door(StoredEnum):
    TWO_WAY = "two_way"
    ONE_WAY = "one_way"


class NextStep(StoredEnum):
    DEFLECT = "deflect"  # the owner decides
    EXPERIMENT = "experiment"  # the owner decides, by a trial with a metric and an end
    WRITE_MEMO = "write_memo"  # every gate passed
    TRY_BELOW = "try_below"  # ask the rung below first
    GATHER_DATA = "gather_data"  # name the deadline that waiting blocks
    DECIDE_BELOW = "decide_below"  # delay is cheaper than a mistake: take the time, lower down


@dataclass(frozen=True)
class Verdict:
    door: Door
    why: tuple[DoorReason, ...]
    next_step: NextStep
    rung: Rung | None = None  # None for a two-way door: nobody has to climb
    gates: tuple[Gate, ...] = ()
    below: Rung | None = None  # the rung that has to be tried first
    notes: tuple[RungNote, ...] = ()  # about the rung, e.g. why it is not the SLT

    @property
    def failed(self) -> tuple[Gate, ...]:
        return tuple(gate for gate in self.gates if not gate.passed)


def _door(a: Answers, policy: Policy) -> Door | None:
    """The door, or None while an answer is missing."""
    if a.undo is None or a.effects is None:
        return None
    if clearly_two_way(a, policy) or two_way_by_trial(a):
        return Door.TWO_WAY
    if a.undo_cost is None and asks_undo_cost(a, policy):
        return None
    return Door.ONE_WAY if a.trial is not None else None


def verdict(a: Answers, setting: Setting, policy: Policy) -> Verdict | None:
    """The one verdict that follows from the answers, or None while a question is open."""
    a = settle(a, setting, policy)
    if next_question(a, setting, policy) is not None:
        return None
    if _door(a, policy) is Door.TWO_WAY:
        if clearly_two_way(a, policy):
            return Verdict(Door.TWO_WAY, _why_two_way(a), NextStep.DEFLECT)
        return Verdict(Door.TWO_WAY, _why_trial(a), NextStep.EXPERIMENT)
    rung = rung_for(a, setting, policy)
    below = rung_below(rung, a, setting, policy)
    gates = [deadline_gate(a, setting), tried_gate(a, rung, below)]
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


def _why_two_way(a: Answers) -> tuple[DoorReason, ...]:
    assert a.undo
    assert a.undo_cost
    return CanBeUndone(a.undo), NothingLasts(), UndoingCosts(a.undo_cost)


def _why_trial(a: Answers) -> tuple[DoorReason, ...]:
    assert a.trial
    return TrialIsSmall(a.trial.ends), TrialLeavesNothing()


def _why_one_way(a: Answers) -> tuple[DoorReason, ...]:
    why: list[DoorReason] = [EffectLasts(effect) for effect in _in_order(a)]
    if a.undo is Undo.NEVER:
        why.append(NoWayBack())
    elif a.undo not in (None, Undo.HOURS, Undo.DAYS):
        assert a.undo
        why.append(BackOnlyAfter(a.undo))
    if a.undo_cost in (UndoCost.SEVERAL_TEAMS, UndoCost.CANNOT_BUY_BACK):
        assert a.undo_cost
        why.append(UndoingCosts(a.undo_cost))
    why.append(TrialLasts() if a.trial and a.trial.possible and a.trial.lasting else NoTrial())
    return tuple(why)


def _rung_notes(a: Answers, rung: Rung, policy: Policy) -> tuple[RungNote, ...]:
    notes: list[RungNote] = []
    if a.commitment is not None and not a.commitment.threatened:
        notes.append(StaysBelowTop(rung))
    lowest = next((effect for effect in _in_order(a) if floor_of_effect(effect, a, policy) is rung), None)
    if lowest is not None:
        notes.append(LowestForEffect(rung, lowest))
    mistake = a.costs.mistake if a.costs else None
    if mistake and mistake.currency != policy.currency and (about := policy.in_currency(mistake)):
        notes.append(Converted(mistake, about, policy.rates.on))
    return tuple(notes)


def _in_order(a: Answers) -> list[Effect]:
    """The lasting effects, as the question lists them."""
    return sorted(a.effects or (), key=list(Effect).index)
