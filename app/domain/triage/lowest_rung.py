"""Which rung: the lowest that can decide what is at stake, and the one that has to be tried before it."""

from app.domain.answers import Answers, Effect, Result, Setting
from app.domain.ladder import RUNGS, Rung
from app.domain.policy.policy import Policy, highest_step


def floor(a: Answers, policy: Policy) -> Rung:
    """The lowest rung that can decide what is at stake."""
    floors = [policy.floor, *(floor_of_effect(effect, a, policy) for effect in a.effects or ())]
    if a.undo and a.undo in policy.floor_by_undo:
        floors.append(policy.floor_by_undo[a.undo])
    if a.undo_cost and a.undo_cost in policy.floor_by_cost:
        floors.append(policy.floor_by_cost[a.undo_cost])
    mistake = policy.mistake(a.costs)
    if mistake is not None and (rung := highest_step(policy.floor_by_mistake, mistake)):
        floors.append(rung)
    if a.costs and a.costs.mistake_step and a.costs.mistake_step in policy.floor_by_step:
        floors.append(policy.floor_by_step[a.costs.mistake_step])
    return max(floors)


def floor_of_effect(effect: Effect, a: Answers, policy: Policy) -> Rung:
    """What a lasting effect wants: by the cost of a mistake, the least before it is known, the most on the scale."""
    steps = policy.floor_by_effect[effect]
    mistake = policy.mistake(a.costs)
    if mistake is None:
        return max(step.rung for step in steps) if a.costs else steps[0].rung
    return highest_step(steps, mistake) or steps[0].rung


def _could_not_settle(a: Answers, rung: Rung) -> bool:
    attempt = a.attempt(rung)
    return attempt is not None and attempt.result not in (Result.NO_ANSWER, Result.NOT_ASKED)


def _wanted(a: Answers, setting: Setting, policy: Policy) -> Rung:
    """The lowest rung that can decide, is above the requester, and has not already said it can't."""
    own = setting.requester_rung or Rung.PEER
    lowest = floor(a, policy)
    candidates = [rung for rung in RUNGS if rung >= lowest and (rung > own or rung is Rung.SLT)]
    return next((rung for rung in candidates if not _could_not_settle(a, rung)), Rung.SLT)


def slt_in_reach(a: Answers, setting: Setting, policy: Policy) -> bool:
    """Whether the SLT could be the rung, so that the quarterly commitment has to be asked about.

    By what a mistake costs, since nobody below is left who could decide, or since a director or higher asks: but not
    for so little that the amount alone is no director's matter.
    """
    mistake = policy.mistake(a.costs)
    big = mistake is not None and mistake >= policy.slt_mistake
    little = mistake is not None and highest_step(policy.floor_by_mistake, mistake) is None
    leader = setting.requester_rung is not None and setting.requester_rung >= Rung.DIRECTOR and not little
    return big or leader or _wanted(a, setting, policy) is Rung.SLT


def rung_for(a: Answers, setting: Setting, policy: Policy) -> Rung:
    """The lowest rung that can decide; the SLT only where a quarterly commitment is threatened."""
    if a.commitment is not None and a.commitment.threatened and slt_in_reach(a, setting, policy):
        return Rung.SLT
    return min(_wanted(a, setting, policy), Rung.VP)


def may_decide(rung: Rung, a: Answers, policy: Policy) -> bool:
    """Whether somebody on ``rung`` can decide what is at stake. Below the lowest rung that can, one advises."""
    return rung >= floor(a, policy)


def rung_below(rung: Rung, a: Answers, setting: Setting, policy: Policy) -> Rung:
    """The rung that has to be tried before ``rung``: the nearest one that knows the facts or could have decided.

    Nobody asks below their own rung, but beside them: a manager asks another manager. A rung that policy says can't
    decide what is at stake is passed over, peers and managers are not: they advise.
    """
    own = setting.requester_rung or Rung.PEER
    lowest = floor(a, policy)
    known = (r for r in reversed(RUNGS) if own <= r < rung and (r <= Rung.MANAGER or r >= lowest))
    return next(known, min(own, RUNGS[rung.height - 1]))


def lower_rungs(a: Answers, setting: Setting, policy: Policy) -> tuple[Rung, ...]:
    """The rungs that question 7 asks about: from the requester's own up to those that could decide."""
    own = setting.requester_rung or Rung.PEER
    lowest = floor(a, policy)
    tried = [one.rung for one in a.tried or () if one.result is not Result.NOT_ASKED]
    top = max([lowest, Rung.MANAGER, *tried])
    beside = rung_below(rung_for(a, setting, policy), a, setting, policy)
    return tuple(
        r for r in RUNGS if r is beside or (own <= r <= top and (r <= Rung.MANAGER or r >= lowest or r is own))
    )
