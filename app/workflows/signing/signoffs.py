"""Written answers of the signers, the condition of a "not yet", and what they add up to."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.db.models import Decision, OpenQuestion, Signer
from app.domain.errors import NotNow, Unreadable
from app.domain.ladder import BAR_RAISER, Rung
from app.domain.lifecycle import OPEN, UNDER_REVIEW, Move, Status
from app.domain.message_kinds import NoticeKind
from app.domain.permissions import is_member
from app.domain.signing.signoff import LEAVES_SEAT_EMPTY, Answer, why_not_answer
from app.domain.signing.standing import open_conditions, signing_now, still_to_answer, unanswered
from app.words.signing.answers import ANSWERS
from app.words.signing.refusals import may_not_answer
from app.words.states import STATUS_SAID
from app.workflows.admission import Actor, members_only, only
from app.workflows.cards import show
from app.workflows.moving import move, record
from app.workflows.notifying import tell
from app.workflows.opening import open_decision, rely_on
from app.workflows.signing.deadline import new_deadline, remind
from app.workflows.signing.outcome import follow_outcome
from app.workflows.signing.sending import ask_to_sign

TELLS = {
    Answer.NOT_YET: NoticeKind.SIGNED_NOT_YET,
    Answer.DECLINE: NoticeKind.SIGNED_DECLINE,
    Answer.TWO_WAY: NoticeKind.SIGNED_TWO_WAY,
    Answer.ABSTAIN: NoticeKind.SIGNED_ABSTAIN,
}
"""What the requester hears; an approval shows on their card."""


def sign(session: Session, id: int, answer: Answer, said: str, version: int, actor: Actor, now: datetime) -> Decision:
    """A signer's written answer to the memo version they read.

    Raises:
        NotAllowed / NotNow: see ``why_not_answer``; also an answer to a version that is no longer the latest.
        Unreadable: an answer that needs words came without.
    """
    decision = open_decision(session, actor, id)
    signer = check_signer(session, decision, actor)
    newest = decision.memo_version
    if version != newest:
        raise NotNow(f"The memo has changed since you opened it: it is version {newest} now. Please read that one.")
    needs = ANSWERS[answer].needs
    if needs and not said.strip():
        raise Unreadable(needs, "said")
    signer.answer, signer.said, signer.answered_version, signer.answered_at = answer, said.strip(), version, now
    record(session, decision, "sign", actor.user, now, answer=answer.value, version=version, said=signer.said)
    for question in decision.questions:
        if question.asked_by == actor.user and question.condition and answer is Answer.APPROVE:
            question.resolved_at = question.resolved_at or now
    if answer is Answer.NOT_YET:
        decision.questions.append(
            OpenQuestion(
                workspace_id=decision.workspace_id,
                decision_id=decision.id,
                asked_by=actor.user,
                condition=True,
                text=signer.said,
                asked_at=now,
            )
        )
    if answer in LEAVES_SEAT_EMPTY:
        _ask_on(session, decision, signer, now)
    if answer in TELLS:
        tell(session, decision, decision.requester_id, TELLS[answer], now, who=actor.user, said=signer.said)
    follow_outcome(session, decision, actor, now)
    show(session, decision, now)
    return decision


def _ask_on(session: Session, decision: Decision, signer: Signer, now: datetime) -> None:
    """Somebody else on the rung is asked in this seat. Where nobody is left there, the requester chooses."""
    taken = {decision.requester_id, *(one.user_id for one in decision.signers)}
    seated = decision.ladder.on(signer.rung or BAR_RAISER) if decision.ladder else ()
    free = [one for one in seated if one not in taken and is_member(rely_on(session, decision.workspace_id, one))]
    if not free:
        decision.seat_to_fill = signer.rung or decision.rung or Rung.MANAGER
        return
    signer.handed_over = True
    new_deadline(session, decision, free[0], now)
    ask_to_sign(session, decision, free[0], signer.rung, now)


def check_signer(session: Session, decision: Decision, actor: Actor) -> Signer:
    members_only(session, actor, "only members sign")  # somebody may have become a guest since they were asked
    asked = {signer.user_id: signer for signer in signing_now(decision.signers)}
    mine = asked.get(actor.user)
    found = why_not_answer(
        actor.user,
        requester=decision.requester_id,
        signers=asked,
        handed_over={signer.user_id for signer in decision.signers if signer.handed_over},
        answered=mine.answer if mine else None,
        closed=decision.status not in UNDER_REVIEW,
    )
    if found:
        raise may_not_answer(found, decision.status, mine.answer if mine else None)
    assert mine
    return mine


def meet_condition(session: Session, id: int, how: str, actor: Actor, now: datetime) -> Decision:
    """The requester says how the condition was met; the signer who set it is asked again."""
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id], "the requester")
    if decision.status is not Status.NOT_YET:
        raise NotNow(f"There is no open condition: this decision is {STATUS_SAID[decision.status]}.")
    if not how.strip():
        raise Unreadable("Write how the condition was met; a link helps.", "how")
    move(session, decision, Move.MEET_CONDITION, actor.user, now, how=how.strip())
    for condition in unanswered(open_conditions(decision.questions)):
        condition.answer, condition.answered_by, condition.answered_at = how.strip(), actor.user, now
    for signer in signing_now(decision.signers):
        if signer.answer is Answer.NOT_YET:
            signer.answer, signer.asked_at = None, now
            new_deadline(session, decision, signer.user_id, now)
            remind(session, decision, signer.user_id)
            tell(session, decision, signer.user_id, NoticeKind.CONDITION_MET, now, said=how.strip())
    show(session, decision, now)
    return decision


def withdraw(session: Session, id: int, why: str, actor: Actor, now: datetime) -> Decision:
    """The requester takes an open decision back. Signers are told once."""
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id], "the requester")
    if decision.status not in OPEN:
        raise NotNow(f"There is nothing to withdraw: this decision is {STATUS_SAID[decision.status]}.")
    asked = [signer.user_id for signer in still_to_answer(decision.signers)]
    move(session, decision, Move.WITHDRAW, actor.user, now, why=why.strip())
    decision.decided_at = now
    for user in asked:
        tell(session, decision, user, NoticeKind.WITHDRAWN, now, said=why.strip())
    show(session, decision, now)
    return decision
