"""Sign-off: written answers, conditions, questions that block, delegates, and the next rung after a silence."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.db import policies
from app.db.models import Decision, OpenQuestion, Signer
from app.domain.errors import NotAllowed, NotNow, Unreadable
from app.domain.ladder import Rung, above
from app.domain.lifecycle import OPEN, SAID, Move, Status
from app.domain.reviews import learning_check_on
from app.domain.signoff import Answer, Given, Outcome, check_may_sign, outcome
from app.domain.triage import Door
from app.workflows import dating
from app.workflows.common import (
    Actor,
    card,
    ensure_person,
    join,
    members_only,
    move,
    only,
    open_decision,
    record,
    show,
    tell,
    today_for,
)
from app.workflows.memos import ask_to_sign, check_can_read, check_can_sign, check_seat, new_deadline, remind
from app.workflows.verdicts import give_back

NEEDS_WORDS = {
    Answer.NOT_YET: "Write the condition: yes, if what?",
    Answer.DECLINE: "Write why, in a sentence: the requester learns from it.",
    Answer.TWO_WAY: "Write what makes it reversible, so that the team can decide it well.",
}


def sign(session: Session, id: int, answer: Answer, said: str, version: int, actor: Actor, now: datetime) -> Decision:
    """A signer's written answer to the memo version they read.

    Raises:
        NotAllowed / NotNow: see ``check_may_sign``; also an answer to a version that is no longer the latest.
        Unreadable: an answer that needs words came without.
    """
    decision = open_decision(session, actor, id)
    signer = _check_signer(session, decision, actor)
    newest = decision.memo_version
    if version != newest:
        raise NotNow(f"The memo has changed since you opened it: it is version {newest} now. Please read that one.")
    if answer in NEEDS_WORDS and not said.strip():
        raise Unreadable(NEEDS_WORDS[answer], "said")
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
    if answer is not Answer.APPROVE:
        tell(session, decision, decision.requester_id, f"signed_{answer.value}", now, who=actor.user, said=signer.said)
    _follow_outcome(session, decision, actor, now)
    show(session, decision, now)
    return decision


def _check_signer(session: Session, decision: Decision, actor: Actor) -> Signer:
    members_only(session, actor, "only members sign")  # somebody may have become a guest since they were asked
    asked = {s.user_id: s for s in decision.signers if not s.handed_over}
    mine = asked.get(actor.user)
    check_may_sign(
        actor.user,
        requester=decision.requester_id,
        signers=asked,
        handed_over={s.user_id for s in decision.signers if s.handed_over},
        answered=mine.answer if mine else None,
        closed_as=None if decision.status in (Status.IN_REVIEW, Status.NOT_YET) else SAID[decision.status],
    )
    assert mine
    return mine


def _follow_outcome(session: Session, decision: Decision, actor: Actor, now: datetime) -> None:
    given = [Given(s.user_id, s.answer) for s in decision.signers if not s.handed_over]
    result = outcome(given, open_questions=len(blocking_questions(decision)))
    if result is Outcome.APPROVED:
        _approve(session, decision, actor, now)
    elif result is Outcome.DECLINED:
        move(session, decision, Move.DECLINE, actor.user, now)
        decision.decided_at = now
    elif result is Outcome.TWO_WAY:
        move(session, decision, Move.CALL_TWO_WAY, actor.user, now)
        today = today_for(ensure_person(session, decision.workspace_id, decision.requester_id), now)
        decision.door = Door.TWO_WAY
        memo = decision.memo
        metric = (
            memo.prediction.metric if memo and memo.prediction and memo.prediction.metric else "what the owner watches"
        )
        give_back(
            session,
            decision,
            decision.requester_id,
            metric,
            learning_check_on(today, policies.of(session, decision)),
            now,
        )
    elif result is Outcome.NOT_YET and decision.status is Status.IN_REVIEW:
        move(session, decision, Move.ASK_CONDITION, actor.user, now)
        decision.climb_offered = None


def _approve(session: Session, decision: Decision, actor: Actor, now: datetime) -> None:
    move(session, decision, Move.APPROVE, actor.user, now)
    decision.decided_at, decision.climb_offered = now, None
    tell(session, decision, decision.requester_id, "approved", now)
    dating.date_all(session, decision, [dating.ask_shipped(session, decision, now)])


def blocking_questions(decision: Decision) -> list[OpenQuestion]:
    """Questions that nobody has called resolved. A condition blocks through its signer's answer instead."""
    return [question for question in decision.questions if question.resolved_at is None and not question.condition]


def meet_condition(session: Session, id: int, how: str, actor: Actor, now: datetime) -> Decision:
    """The requester says how the condition was met; the signer who set it is asked again."""
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id], "the requester")
    if decision.status is not Status.NOT_YET:
        raise NotNow(f"There is no open condition: this decision is {SAID[decision.status]}.")
    if not how.strip():
        raise Unreadable("Write how the condition was met; a link helps.", "how")
    move(session, decision, Move.MEET_CONDITION, actor.user, now, how=how.strip())
    for question in decision.questions:
        if question.condition and question.resolved_at is None and question.answer is None:
            question.answer, question.answered_by, question.answered_at = how.strip(), actor.user, now
    for signer in decision.signers:
        if not signer.handed_over and signer.answer is Answer.NOT_YET:
            signer.answer, signer.asked_at = None, now
            new_deadline(session, decision, signer.user_id, now)
            remind(session, decision, signer.user_id)
            tell(session, decision, signer.user_id, "condition_met", now, said=how.strip())
    show(session, decision, now)
    return decision


# ── questions ───────────────────────────────────────────────────────────────────────────────────────────


def ask(session: Session, id: int, text: str, actor: Actor, now: datetime) -> Decision:
    """A signer raises a question. It blocks approval until they call it resolved."""
    decision = open_decision(session, actor, id)
    if actor.user not in {s.user_id for s in decision.signers}:
        raise NotAllowed("Signers ask questions here. Write to the requester directly if something is unclear.")
    if decision.status not in (Status.IN_REVIEW, Status.NOT_YET):
        raise NotNow(f"This decision has closed: it is {SAID[decision.status]}.")
    if not text.strip():
        raise Unreadable("Write the question.", "text")
    decision.questions.append(
        OpenQuestion(
            workspace_id=decision.workspace_id,
            decision_id=decision.id,
            asked_by=actor.user,
            condition=False,
            text=text.strip(),
            asked_at=now,
        )
    )
    record(session, decision, "ask", actor.user, now)
    tell(session, decision, decision.requester_id, "question", now, who=actor.user, said=text.strip())
    show(session, decision, now)
    return decision


def reply(session: Session, id: int, question: int, text: str, actor: Actor, now: datetime) -> Decision:
    """Anybody who takes part answers; the one who asked decides whether that resolves it."""
    decision = open_decision(session, actor, id)
    found = _question(decision, question)
    if not text.strip():
        raise Unreadable("Write the answer.", "text")
    found.answer, found.answered_by, found.answered_at = text.strip(), actor.user, now
    record(session, decision, "reply", actor.user, now, question=question)
    tell(session, decision, found.asked_by, "answered", now, who=actor.user, said=text.strip())
    show(session, decision, now)
    return decision


def resolve(session: Session, id: int, question: int, actor: Actor, now: datetime) -> Decision:
    """The one who raised it calls it resolved; see ``may_resolve``. That may complete the approval."""
    decision = open_decision(session, actor, id)
    found = _question(decision, question)
    only(actor, may_resolve(decision, found), f"<@{found.asked_by}>, who raised the question")
    found.resolved_at = now
    record(session, decision, "resolve", actor.user, now, question=question)
    if decision.status is Status.IN_REVIEW:
        _follow_outcome(session, decision, actor, now)
    show(session, decision, now)
    return decision


def may_resolve(decision: Decision, question: OpenQuestion) -> set[str]:
    """Who raised it; once they handed over or were replaced, those who sign now too: nothing blocks for ever."""
    standing = {s.user_id for s in decision.signers if not s.handed_over}
    return {question.asked_by} | (set() if question.asked_by in standing else standing)


def _question(decision: Decision, id: int) -> OpenQuestion:
    if decision.status not in (Status.IN_REVIEW, Status.NOT_YET):
        raise NotNow(f"This decision has closed: it is {SAID[decision.status]}.")
    found = next((question for question in decision.questions if question.id == id), None)
    if found is None or found.resolved_at is not None:
        raise NotNow("That question is resolved already.")
    return found


# ── delegates, the next rung, the end ───────────────────────────────────────────────────────────────────


def hand_over(session: Session, id: int, to: str, actor: Actor, now: datetime) -> Decision:
    """A signer hands over to a delegate. The original stays on the record."""
    decision = open_decision(session, actor, id)
    signer = _check_signer(session, decision, actor)
    _check_replacement(session, decision, to, signer.rung)
    signer.handed_over = True
    record(session, decision, "hand_over", actor.user, now, to=to)
    new_deadline(session, decision, to, now)
    ask_to_sign(session, decision, to, signer.rung, now, delegate_of=actor.user)
    tell(session, decision, decision.requester_id, "handed_over", now, who=actor.user, to=to)
    show(session, decision, now)
    return decision


def _check_replacement(session: Session, decision: Decision, to: str, rung: Rung | None) -> None:
    check_can_sign(session, decision, to, "to")
    if to in {s.user_id for s in decision.signers if not s.handed_over}:
        raise Unreadable(f"<@{to}> is asked to sign this already. Choose somebody else.", "to")
    given_back = any(s.user_id == to and s.handed_over and s.rung is rung for s in decision.signers)
    if not given_back:  # whoever was asked in this seat once may be asked in it again
        standing = [s.user_id for s in decision.signers if not s.handed_over]
        check_seat(session, decision, to, rung, "to", beside=standing)


def replace_signer(
    session: Session, id: int, old: str, to: str, rung: Rung | None, actor: Actor, now: datetime
) -> Decision:
    """The requester asks somebody else in place of a signer who is silent or has left.

    A silent signer is replaced after the deadline, by somebody on the same rung or the next; one who left, at any time.
    """
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id], "the requester")
    if decision.status not in (Status.IN_REVIEW, Status.NOT_YET):
        raise NotNow(f"This decision has moved on: it is {SAID[decision.status]}.")
    silent = next(
        (s for s in decision.signers if s.user_id == old and not s.handed_over and s.answer is not Answer.APPROVE), None
    )
    if silent is None:
        raise NotNow("That signer has answered or was replaced already. Nothing was sent twice.")
    gone = not ensure_person(session, decision.workspace_id, old).active
    if not gone and decision.climb_offered is None:
        raise NotNow("Your signer still has time. The next rung is offered once the deadline has passed.")
    _check_climb(decision, silent, rung)
    _check_replacement(session, decision, to, rung)
    silent.handed_over = True
    record(session, decision, "climb", actor.user, now, old=old, to=to, rung=rung.value if rung else "bar_raiser")
    if rung is not None:
        decision.rung = rung
    decision.climb_offered = None
    for question in decision.questions:
        if question.condition and question.asked_by == old:
            question.resolved_at = question.resolved_at or now  # it went with its signer
    if decision.status is Status.NOT_YET and all(
        s.handed_over or s.answer is not Answer.NOT_YET for s in decision.signers
    ):
        move(session, decision, Move.MEET_CONDITION, actor.user, now, how=f"<@{to}> signs instead")
    new_deadline(session, decision, to, now)
    ask_to_sign(session, decision, to, rung, now)
    tell(session, decision, old, "replaced", now, to=to)
    show(session, decision, now)
    return decision


def _check_climb(decision: Decision, silent: Signer, rung: Rung | None) -> None:
    """One rung up at the most, and to the SLT only with a quarterly commitment at stake."""
    if silent.rung is None or rung is None:
        if silent.rung is not rung:
            raise NotAllowed("A bar raiser is replaced by a bar raiser, and a rung's signer by a rung's.")
        return
    if rung not in (silent.rung, above(silent.rung)):
        raise NotAllowed(f"From {silent.rung.said} it climbs one rung at a time, and never down.")
    if (
        rung is Rung.SLT
        and silent.rung is not Rung.SLT
        and not (decision.answers.commitment and decision.answers.commitment.threatened)
    ):
        raise NotAllowed("The SLT is asked only where a quarterly commitment is threatened. Somebody else on the rung?")


def withdraw(session: Session, id: int, why: str, actor: Actor, now: datetime) -> Decision:
    """The requester takes an open decision back. Signers are told once."""
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id], "the requester")
    if decision.status not in OPEN:
        raise NotNow(f"There is nothing to withdraw: this decision is {SAID[decision.status]}.")
    asked = [s.user_id for s in decision.signers if not s.handed_over and s.answer is None]
    move(session, decision, Move.WITHDRAW, actor.user, now, why=why.strip())
    decision.decided_at = now
    for user in asked:
        tell(session, decision, user, "withdrawn", now, said=why.strip())
    show(session, decision, now)
    return decision


def may_add(decision: Decision) -> set[str]:
    """Who may let others read along: a signer who handed over or was replaced no longer does."""
    return {decision.requester_id, decision.owner_id, *(s.user_id for s in decision.signers if not s.handed_over)}


def add_reader(session: Session, id: int, user: str, actor: Actor, now: datetime) -> Decision:
    """Let somebody read along. They may open the memo, and answer questions."""
    decision = open_decision(session, actor, id)
    only(actor, may_add(decision), "the requester, the owner and those who sign now")
    check_can_read(session, decision, user, "to")
    join(session, decision, user)
    record(session, decision, "add_reader", actor.user, now, reader=user)
    card(session, decision, "reader", user, now)
    return decision
