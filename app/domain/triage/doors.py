"""Which way a door opens, and why: two-way where it is clearly undone, or where a small trial can be; else one-way."""

from app.domain.answers import Answers, Effect, Undo, UndoCost
from app.domain.findings import (
    BackOnlyAfter,
    CanBeUndone,
    DoorReason,
    EffectLasts,
    NothingLasts,
    NoTrial,
    NoWayBack,
    TrialIsSmall,
    TrialLasts,
    TrialLeavesNothing,
    UndoingCosts,
)
from app.domain.policy.policy import Policy
from app.domain.stored_words import StoredEnum


class Door(StoredEnum):
    TWO_WAY = "two_way"
    ONE_WAY = "one_way"


def clearly_two_way(a: Answers, policy: Policy) -> bool:
    """Undone soon, for little, with nothing that lasts, as the policy has it."""
    return a.undo in policy.two_way_undo and a.effects == frozenset() and a.undo_cost in policy.two_way_cost


def two_way_by_trial(a: Answers) -> bool:
    """It can be tried small, and the trial leaves nothing behind."""
    return a.trial is not None and a.trial.possible and not a.trial.lasting


def why_two_way(a: Answers) -> tuple[DoorReason, ...]:
    assert a.undo
    assert a.undo_cost
    return CanBeUndone(a.undo), NothingLasts(), UndoingCosts(a.undo_cost)


def why_trial(a: Answers) -> tuple[DoorReason, ...]:
    assert a.trial
    return TrialIsSmall(a.trial.ends), TrialLeavesNothing()


def why_one_way(a: Answers) -> tuple[DoorReason, ...]:
    why: list[DoorReason] = [EffectLasts(effect) for effect in lasting_in_order(a)]
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


def lasting_in_order(a: Answers) -> list[Effect]:
    """The lasting effects, as the question lists them."""
    return sorted(a.effects or (), key=list(Effect).index)
