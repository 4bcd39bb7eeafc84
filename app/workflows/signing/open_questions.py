"""What a signer wants to know: asked, answered, and called resolved by whoever asked."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.db import policies
from app.db.models import Decision, OpenQuestion
from app.domain.errors import NotAllowed, NotNow, Unreadable
from app.domain.lifecycle import UNDER_REVIEW, Status
from app.domain.memo.evidence import count_words
from app.domain.message_kinds import NoticeKind
from app.domain.people.working_time import hours_of
from app.domain.permissions import may_resolve
from app.domain.reading.days_in_forms import say_date
from app.domain.signing.question_time import time_is_up
from app.domain.signing.standing import signing_now
from app.words.states import STATUS_SAID
from app.workflows import agenda
from app.workflows.admission import Actor, only
from app.workflows.cards import show
from app.workflows.follow_ups import kind, questions
from app.workflows.moving import record
from app.workflows.notifying import tell
from app.workflows.opening import ensure_person, open_decision
from app.workflows.scheduling import today_for
from app.workflows.signing.outcome import follow_outcome


def ask(session: Session, id: int, text: str, actor: Actor, now: datetime) -> Decision:
    """A signer raises a question. It blocks approval until they call it resolved."""
    decision = open_decision(session, actor, id)
    agenda.follow(session, decision, now)
    if actor.user not in {s.user_id for s in decision.signers}:
        raise NotAllowed("Signers ask questions here. Write to the requester directly if something is unclear.")
    if decision.status not in UNDER_REVIEW:
        raise NotNow(f"This decision has closed: it is {STATUS_SAID[decision.status]}.")
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
    session.flush()
    kind.date_all(session, decision, questions.question_work(session, decision, decision.questions[-1]))
    record(session, decision, "ask", actor.user, now)
    tell(session, decision, decision.requester_id, NoticeKind.QUESTION, now, who=actor.user, said=text.strip())
    show(session, decision, now)
    return decision


def reply(session: Session, id: int, question: int, text: str, actor: Actor, now: datetime) -> Decision:
    """Anybody who takes part answers; the one who asked decides whether that resolves it."""
    decision = open_decision(session, actor, id)
    if not text.strip():
        raise Unreadable("Write the answer.", "text")
    put_answer(session, decision, question, text, actor, now)
    show(session, decision, now)
    return decision


def put_answer(session: Session, decision: Decision, question: int, text: str, actor: Actor, now: datetime) -> None:
    """One of several answers at once: the caller shows the cards once all are there."""
    found = _question(decision, question)
    found.answer, found.answered_by, found.answered_at = text.strip(), actor.user, now
    kind.date_all(session, decision, questions.question_work(session, decision, found))
    record(session, decision, "reply", actor.user, now, question=question)
    tell(session, decision, found.asked_by, NoticeKind.ANSWERED, now, who=actor.user, said=text.strip())


def resolve(session: Session, id: int, question: int, actor: Actor, now: datetime) -> Decision:
    """The one who raised it calls it resolved; see ``may_resolve``. That may complete the approval."""
    decision = open_decision(session, actor, id)
    agenda.follow(session, decision, now)
    found = _question(decision, question)
    only(actor, may_resolve(decision, found), f"<@{found.asked_by}>, who raised the question")
    found.resolved_at = now
    record(session, decision, "resolve", actor.user, now, question=question)
    if decision.status is Status.IN_REVIEW:
        follow_outcome(session, decision, actor, now)
    show(session, decision, now)
    return decision


FEWEST_WORDS = 3
"""Of a reason that the signers read."""


def close(session: Session, id: int, question: int, reason: str, actor: Actor, now: datetime) -> Decision:
    """The requester closes a question whose time is up, with a reason that the signers see. That may complete the
    approval.

    Raises:
        NotNow: it still has time, or is closed already.
        Unreadable: no reason.
    """
    decision = open_decision(session, actor, id)
    agenda.follow(session, decision, now)
    only(actor, [decision.requester_id], "the requester")
    found = _question(decision, question)
    requester = ensure_person(session, decision.workspace_id, decision.requester_id)
    up = time_is_up(found, policies.of(session, decision), hours_of(requester))
    if now < up:
        on = say_date(today_for(requester, up), today_for(requester, now))
        next_one = f"<@{found.asked_by}> says whether that resolves it" if found.answer else "you answer it first"
        raise NotNow(f"This question has time until {on}: {next_one}. From then on you may close it with a reason.")
    if count_words(reason) < FEWEST_WORDS:
        raise Unreadable("Write a sentence that your signers will read: why is it closed?", "reason")
    found.resolved_at, found.closed_by, found.closed_because = now, actor.user, reason.strip()
    record(session, decision, "close_question", actor.user, now, question=question, reason=reason.strip())
    for user in dict.fromkeys([found.asked_by, *(s.user_id for s in signing_now(decision.signers))]):
        tell(session, decision, user, NoticeKind.QUESTION_CLOSED, now, who=actor.user, q=question, said=reason.strip())
    if decision.status is Status.IN_REVIEW:
        follow_outcome(session, decision, actor, now)
    show(session, decision, now)
    return decision


def _question(decision: Decision, id: int) -> OpenQuestion:
    if decision.status not in UNDER_REVIEW:
        raise NotNow(f"This decision has closed: it is {STATUS_SAID[decision.status]}.")
    found = next((question for question in decision.questions if question.id == id), None)
    if found is None or found.resolved_at is not None:
        raise NotNow("That question is resolved already.")
    return found
