"""Which rung: the lowest that can decide what is at stake, and the one that has to be tried before it."""

from app.domain.answers import Answers, Result, Setting
from app.domain.ladder import RUNGS, Rung
from app.domain.policy import POLICY, Policy


def floor(a: Answers, policy: Policy) -> Rung:
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
    lowest = floor(a, policy)
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
    lowest = floor(a, policy)
    known = (r for r in reversed(RUNGS) if r < rung and r > own and (r <= Rung.MANAGER or r >= lowest))
    return next(known, Rung.PEER)


def lower_rungs(a: Answers, setting: Setting, policy: Policy = POLICY) -> tuple[Rung, ...]:
    """The rungs that question 7 asks about: those below the one that could decide, above the requester's own."""
    own = setting.requester_rung or Rung.PEER
    top = max(floor(a, policy), Rung.MANAGER)
    tried = [one.rung for one in a.tried or () if one.result is not Result.NOT_ASKED]
    top = max([top, *tried]) if tried else top
    lowest = floor(a, policy)
    rungs = [r for r in RUNGS if r <= top and r > own and (r <= Rung.MANAGER or r >= lowest)]
    return (Rung.PEER, *(r for r in rungs if r is not Rung.PEER))
