"""The verdict that follows from the answers."""

from dataclasses import dataclass

from app.domain.answers import Answers, Setting
from app.domain.findings import Converted, DoorReason, Gate, GateName, LowestForEffect, RungNote, StaysBelowTop
from app.domain.ladder import Rung
from app.domain.policy.policy import Policy
from app.domain.stored_words import StoredEnum
from app.domain.triage.doors import (
    Door,
    clearly_two_way,
    lasting_in_order,
    two_way_by_trial,
    why_one_way,
    why_trial,
    why_two_way,
)
from app.domain.triage.gates import commitment_gate, costs_gate, deadline_gate, tried_gate
from app.domain.triage.lowest_rung import floor_of_effect, rung_below, rung_for
from app.domain.triage.questions import next_question, settle


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


def verdict(a: Answers, setting: Setting, policy: Policy) -> Verdict | None:
    """The one verdict that follows from the answers, or None while a question is open."""
    a = settle(a, setting, policy)
    if next_question(a, setting, policy) is not None:
        return None
    if clearly_two_way(a, policy):
        return Verdict(Door.TWO_WAY, why_two_way(a), NextStep.DEFLECT)
    if two_way_by_trial(a):
        return Verdict(Door.TWO_WAY, why_trial(a), NextStep.EXPERIMENT)
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
    return Verdict(Door.ONE_WAY, why_one_way(a), step, rung, tuple(gates), below, _rung_notes(a, rung, policy))


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


def _rung_notes(a: Answers, rung: Rung, policy: Policy) -> tuple[RungNote, ...]:
    notes: list[RungNote] = []
    if a.commitment is not None and not a.commitment.threatened:
        notes.append(StaysBelowTop(rung))
    lowest = next((effect for effect in lasting_in_order(a) if floor_of_effect(effect, a, policy) is rung), None)
    if lowest is not None:
        notes.append(LowestForEffect(rung, lowest))
    mistake = a.costs.mistake if a.costs else None
    if mistake and mistake.currency != policy.currency and (about := policy.in_currency(mistake)):
        notes.append(Converted(mistake, about, policy.rates.on))
    return tuple(notes)
