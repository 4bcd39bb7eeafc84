"""Whoever else signs: handed over, replaced, or the next rung after a silence."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.db.models import Decision, Signer
from app.domain.errors import NotAllowed, NotNow, Unreadable
from app.domain.ladder import Rung, above
from app.domain.lifecycle import UNDER_REVIEW, Move, Status
from app.domain.message_kinds import NoticeKind
from app.domain.signing.signoff import Answer
from app.domain.signing.standing import signer_of, signing_now, still_to_approve
from app.words.ladder import rung_said
from app.words.people import named
from app.words.states import STATUS_SAID
from app.workflows.admission import Actor, members_only, only
from app.workflows.cards import show
from app.workflows.influence import instead
from app.workflows.moving import move, record
from app.workflows.notifying import tell
from app.workflows.opening import ensure_person, open_decision, rely_on
from app.workflows.signing.deadline import new_deadline
from app.workflows.signing.sending import ask_instead, check_can_sign, check_seat
from app.workflows.signing.signoffs import check_signer


def hand_over(session: Session, id: int, to: str, actor: Actor, now: datetime) -> Decision:
    """A signer hands over to a delegate. The original stays on the record."""
    decision = open_decision(session, actor, id)
    signer = check_signer(session, decision, actor)
    _check_replacement(session, decision, to, signer, signer.rung)
    signer.handed_over = True
    record(session, decision, "hand_over", actor.user, now, to=to)
    new_deadline(session, decision, to, now)
    ask_instead(session, decision, signer, to, signer.rung, now, delegate_of=actor.user)
    tell(session, decision, decision.requester_id, NoticeKind.HANDED_OVER, now, who=actor.user, to=to)
    show(session, decision, now)
    return decision


def take_back(session: Session, id: int, actor: Actor, now: datetime) -> Decision:
    """Whoever handed over signs again in their own place, until the delegate has answered.

    Raises:
        NotAllowed: they handed nothing over. NotNow: the delegate has answered, or was replaced.
    """
    decision = open_decision(session, actor, id)
    members_only(session, actor, "only members sign")
    rely_on(session, decision.workspace_id, actor.user)
    mine = next((s for s in reversed(decision.signers) if s.user_id == actor.user and s.handed_over), None)
    delegate = mine and _delegate_of(decision, actor.user)
    if mine is None or not any(s.delegate_of == actor.user for s in decision.signers):
        raise NotAllowed("You handed nothing over here, so there is nothing to take back.")
    if decision.status not in UNDER_REVIEW:
        raise NotNow(f"This decision has moved on: it is {STATUS_SAID[decision.status]}.")
    if delegate is None:
        raise NotNow("Nobody signs in your place any more, so there is nothing to take back.")
    if delegate.answer is not None:
        raise NotNow(f"<@{delegate.user_id}> has answered already, in your place. Their answer counts.")
    still = signer_of(decision.signers, actor.user)
    if still is not None and (still.answer is not None or not still.lever or delegate.lever):
        raise NotNow("You sign this already.")
    if still is not None:
        still.handed_over = True  # what they went on deciding for is part of their seat again
    delegate.handed_over = True
    record(session, decision, "take_back", actor.user, now, of=delegate.user_id)
    new_deadline(session, decision, actor.user, now)
    ask_instead(session, decision, delegate, actor.user, delegate.rung, now)
    tell(session, decision, delegate.user_id, NoticeKind.TAKEN_BACK, now, who=actor.user)
    show(session, decision, now)
    return decision


def _delegate_of(decision: Decision, user: str) -> Signer | None:
    """Who signs now in somebody's place, however often it was handed on."""
    seen: set[str] = set()
    while user not in seen:
        seen.add(user)
        after = next((s for s in reversed(decision.signers) if s.delegate_of == user), None)
        if after is None or not after.handed_over:
            return after
        user = after.user_id
    return None


def _check_replacement(session: Session, decision: Decision, to: str, signer: Signer, rung: Rung | None) -> None:
    check_can_sign(session, decision, to, "to")
    if signer_of(decision.signers, to):
        raise Unreadable(f"<@{to}> is asked to sign this already. Choose somebody else.", "to")
    here = (rung, signer.lever)
    if any(s.user_id == to and s.handed_over and (s.rung, s.lever) == here for s in decision.signers):
        return  # whoever was asked in this seat once may be asked in it again
    if signer.lever:
        able = instead.may_give(session, decision, signer, to)
        if able is not None:
            raise Unreadable(f"For {signer.lever} may decide: {named(able)}. The map names more.", "to")
    else:
        standing = [one.user_id for one in signing_now(decision.signers)]
        check_seat(session, decision, to, rung, "to", beside=standing)


def replace_signer(
    session: Session, id: int, old: str, to: str, rung: Rung | None, actor: Actor, now: datetime
) -> Decision:
    """The requester asks somebody else in place of a signer who is silent or has left.

    A silent signer is replaced after the deadline, by somebody on the same rung or the next; one who left, at any time.
    """
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id], "the requester")
    if decision.status not in UNDER_REVIEW:
        raise NotNow(f"This decision has moved on: it is {STATUS_SAID[decision.status]}.")
    silent = signer_of(still_to_approve(decision.signers), old)
    if silent is None:
        raise NotNow("That signer has answered or was replaced already. Nothing was sent twice.")
    gone = not ensure_person(session, decision.workspace_id, old).active
    if not gone and not decision.requester_chooses:
        raise NotNow("Your signer still has time. The next rung is offered once the deadline has passed.")
    _check_climb(decision, silent, rung)
    _check_replacement(session, decision, to, silent, rung)
    silent.handed_over = True
    record(session, decision, "climb", actor.user, now, old=old, to=to, rung=rung.value if rung else "bar_raiser")
    if rung is not None:
        decision.rung = rung
    decision.seat_to_fill = None
    for question in decision.questions:
        if question.condition and question.asked_by == old:
            question.resolved_at = question.resolved_at or now  # it went with its signer
    conditions_stand = any(signer.answer is Answer.NOT_YET for signer in signing_now(decision.signers))
    if decision.status is Status.NOT_YET and not conditions_stand:
        move(session, decision, Move.MEET_CONDITION, actor.user, now, how=f"<@{to}> signs instead")
    new_deadline(session, decision, to, now)
    ask_instead(session, decision, silent, to, rung, now)
    tell(session, decision, old, NoticeKind.REPLACED, now, to=to)
    show(session, decision, now)
    return decision


def _check_climb(decision: Decision, silent: Signer, rung: Rung | None) -> None:
    """One rung up at the most, and to the SLT only with a quarterly commitment at stake."""
    if silent.rung is None or rung is None:
        if silent.rung is not rung:
            raise NotAllowed("A bar raiser is replaced by a bar raiser, and a rung's signer by a rung's.")
        return
    if rung not in (silent.rung, above(silent.rung)):
        raise NotAllowed(f"From {rung_said(silent.rung)} it climbs one rung at a time, and never down.")
    if (
        rung is Rung.SLT
        and silent.rung is not Rung.SLT
        and not (decision.answers.commitment and decision.answers.commitment.threatened)
    ):
        raise NotAllowed("The SLT is asked only where a quarterly commitment is threatened. Somebody else on the rung?")
