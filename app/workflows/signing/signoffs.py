"""Written answers of the signers, the condition of a "not yet", and what they add up to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.db.models import Decision, OpenQuestion, Signer
from app.domain.errors import NotNow, Unreadable, gathered
from app.domain.ladder import BAR_RAISER, Rung
from app.domain.lifecycle import OPEN, UNDER_REVIEW, Move, Status
from app.domain.message_kinds import NoticeKind
from app.domain.permissions import is_member, may_meet
from app.domain.signing.signoff import LEAVES_SEAT_EMPTY, Answer, why_not_answer
from app.domain.signing.standing import empty_seats, open_conditions, signing_now, still_to_answer, unanswered
from app.words.reading.days import check_reach
from app.words.signing.answers import ANSWERS
from app.words.signing.refusals import may_not_answer
from app.words.states import STATUS_SAID
from app.workflows import agenda
from app.workflows.admission import Actor, members_only, only
from app.workflows.cards import show
from app.workflows.follow_ups import conditions, date_passed, kind
from app.workflows.influence import instead
from app.workflows.moving import move, record
from app.workflows.notifying import tell
from app.workflows.opening import ensure_person, join, open_decision, rely_on
from app.workflows.scheduling import today_for
from app.workflows.signing.deadline import new_deadline, remind
from app.workflows.signing.outcome import follow_outcome
from app.workflows.signing.sending import ask_instead, check_can_read
from app.workflows.triage.intake import close_prompts

TELLS = {
    Answer.NOT_YET: NoticeKind.SIGNED_NOT_YET,
    Answer.DECLINE: NoticeKind.SIGNED_DECLINE,
    Answer.TWO_WAY: NoticeKind.SIGNED_TWO_WAY,
    Answer.ABSTAIN: NoticeKind.SIGNED_ABSTAIN,
}
"""What the requester hears; an approval shows on their card."""


@dataclass(frozen=True)
class Meeting:
    """Who meets the condition of a “not yet”, and by which day. Nobody named: the requester."""

    who: str = ""
    by: date | None = None


def sign(
    session: Session, id: int, answer: Answer, said: str, version: int, actor: Actor, now: datetime,
    meeting: Meeting = Meeting(),
) -> Decision:  # fmt: skip
    """A signer's written answer to the memo version they read.

    Raises:
        NotAllowed / NotNow: see ``why_not_answer``; also an answer to a version that is no longer the latest.
        Unreadable: an answer that needs words came without, a condition for somebody who can't meet it.
    """
    decision = open_decision(session, actor, id)
    agenda.follow(session, decision, now)
    signer = check_signer(session, decision, actor)
    _check_version(decision, version)
    _check_answer(session, decision, answer, said, actor, meeting, now)
    record(session, decision, "sign", actor.user, now, answer=answer.value, version=version, said=said.strip())
    _take(session, decision, signer, answer, said.strip(), version, actor, now, meeting)
    if answer in TELLS:
        tell(session, decision, decision.requester_id, TELLS[answer], now, who=actor.user, said=signer.said)
    follow_outcome(session, decision, actor, now)
    _date_passing(session, decision, now)
    show(session, decision, now)
    return decision


def change_answer(
    session: Session, id: int, answer: Answer, said: str, why: str, version: int, actor: Actor, now: datetime,
    meeting: Meeting = Meeting(),
) -> Decision:  # fmt: skip
    """A signer answers otherwise than they did, until the decision closes. Why is kept beside both answers.

    Raises:
        NotAllowed / NotNow: they don't sign, or have not answered; the decision has closed; the memo has changed.
        Unreadable: no reason, the same answer again, or as ``sign``.
    """
    decision = open_decision(session, actor, id)
    agenda.follow(session, decision, now)
    signer = check_signer(session, decision, actor, again=True)
    _check_version(decision, version)
    before, words = signer.answer, signer.said
    with gathered() as wrong:
        if not why.strip():
            wrong.add("Write why you change it, in a sentence: it stands beside both answers.", "why")
        if answer is before and said.strip() == words:
            wrong.add("That is the answer you gave. Choose another one, or write it in other words.", "answer")
        with wrong.one():
            _check_answer(session, decision, answer, said, actor, meeting, now)
    assert before
    told = {"was": before.value, "answer": answer.value, "why": why.strip()}
    record(session, decision, "change_answer", actor.user, now, version=version, said=said.strip(), **told)
    for condition in open_conditions(decision.questions):
        if condition.asked_by == actor.user:
            condition.resolved_at = now  # it went with the answer that set it
    signer.answer = None
    _take(session, decision, signer, answer, said.strip(), version, actor, now, meeting)
    if not empty_seats(decision.signers) and (decision.deadline_at is None or decision.deadline_at > now):
        decision.seat_to_fill = None
    still = any(one.answer is Answer.NOT_YET for one in signing_now(decision.signers))
    if decision.status is Status.NOT_YET and not still and answer not in (Answer.DECLINE, Answer.TWO_WAY):
        move(session, decision, Move.MEET_CONDITION, actor.user, now, how="its signer answered otherwise")
    for user in dict.fromkeys([decision.requester_id, *(one.user_id for one in signing_now(decision.signers))]):
        if user != actor.user:
            tell(session, decision, user, NoticeKind.ANSWER_CHANGED, now, who=actor.user, said=said.strip(), **told)
    follow_outcome(session, decision, actor, now)
    _date_passing(session, decision, now)
    show(session, decision, now)
    return decision


def _check_version(decision: Decision, version: int) -> None:
    newest = decision.memo_version
    if version != newest:
        raise NotNow(f"The memo has changed since you opened it: it is version {newest} now. Please read that one.")


def _check_answer(
    session: Session, decision: Decision, answer: Answer, said: str, actor: Actor, meeting: Meeting, now: datetime
) -> None:
    with gathered() as wrong:
        needs = ANSWERS[answer].needs
        if needs and not said.strip():
            wrong.add(needs, "said")
        if answer is not Answer.NOT_YET:
            return
        if meeting.who == actor.user:
            wrong.add("Somebody else meets it: you say whether it is met.", "meets")
        elif meeting.who:
            with wrong.one():
                check_can_read(session, decision, meeting.who, "meets")
        if meeting.by is not None:
            today = today_for(ensure_person(session, decision.workspace_id, actor.user), now)
            if meeting.by < today:
                wrong.add("That day has passed. Choose one that is still to come.", "met_by")
            with wrong.one():
                check_reach(meeting.by, today, "met_by")


def _take(
    session: Session, decision: Decision, signer: Signer, answer: Answer, said: str, version: int, actor: Actor,
    now: datetime, meeting: Meeting,
) -> None:  # fmt: skip
    """Write the answer into the signer's seat, with what follows from it for conditions and for the seat."""
    signer.answer, signer.said, signer.answered_version, signer.answered_at = answer, said, version, now
    for question in decision.questions:
        if question.asked_by == actor.user and question.condition and answer is Answer.APPROVE:
            question.resolved_at = question.resolved_at or now
    if answer is Answer.NOT_YET:
        _set_condition(session, decision, said, meeting, actor, now)
    if answer in LEAVES_SEAT_EMPTY:
        _ask_on(session, decision, signer, now)


def _set_condition(
    session: Session, decision: Decision, said: str, meeting: Meeting, actor: Actor, now: datetime
) -> None:
    """What a “not yet” asks for, of whom and by when; who is asked hears of it, also on the morning of that day."""
    meets = meeting.who or decision.requester_id
    condition = OpenQuestion(
        workspace_id=decision.workspace_id,
        decision_id=decision.id,
        asked_by=actor.user,
        condition=True,
        text=said,
        asked_at=now,
        meets=meets,
        met_by=meeting.by,
    )
    decision.questions.append(condition)
    session.flush()
    if meets != decision.requester_id:
        join(session, decision, meets)
        tell(session, decision, meets, NoticeKind.CONDITION_YOURS, now, q=condition.id)
    kind.date_all(session, decision, conditions.condition_work(session, decision, condition))


def _date_passing(session: Session, decision: Decision, now: datetime) -> None:
    """A condition has a day of its own: once it is over, every card says so."""
    if decision.status is Status.NOT_YET:
        kind.date_all(session, decision, date_passed.passing(session, decision, now))


def _ask_on(session: Session, decision: Decision, signer: Signer, now: datetime) -> None:
    """Somebody else on the rung is asked in this seat. Where nobody is left there, the requester chooses."""
    taken = {decision.requester_id, *(one.user_id for one in decision.signers)}
    seated: Sequence[str] = decision.ladder.on(signer.rung or BAR_RAISER) if decision.ladder else ()
    if signer.lever:
        seated = instead.who_else(session, decision, signer)
    free = [one for one in seated if one not in taken and is_member(rely_on(session, decision.workspace_id, one))]
    if not free:
        decision.seat_to_fill = signer.rung or decision.rung or Rung.MANAGER
        return
    signer.handed_over = True
    new_deadline(session, decision, free[0], now)
    ask_instead(session, decision, signer, free[0], signer.rung, now)


def check_signer(session: Session, decision: Decision, actor: Actor, *, again: bool = False) -> Signer:
    """The seat of whoever answers now. ``again``: they have answered, and do so otherwise."""
    members_only(session, actor, "only members sign")  # somebody may have become a guest since they were asked
    asked = {signer.user_id: signer for signer in signing_now(decision.signers)}
    mine = asked.get(actor.user)
    found = why_not_answer(
        actor.user,
        requester=decision.requester_id,
        signers=asked,
        handed_over={signer.user_id for signer in decision.signers if signer.handed_over},
        answered=None if again else mine.answer if mine else None,
        closed=decision.status not in UNDER_REVIEW,
    )
    if found:
        raise may_not_answer(found, decision.status, mine.answer if mine else None)
    assert mine
    if again and mine.answer is None:
        raise NotNow("You have not answered yet, so there is nothing to change. Your card asks for your answer.")
    return mine


def meet_condition(session: Session, id: int, how: str, actor: Actor, now: datetime) -> Decision:
    """Whoever meets it, or the requester, says how the condition was met; the signer who set it is asked again once
    every condition is."""
    decision = open_decision(session, actor, id)
    only(actor, *may_meet(decision))
    if decision.status is not Status.NOT_YET:
        raise NotNow(f"There is no open condition: this decision is {STATUS_SAID[decision.status]}.")
    waiting = unanswered(open_conditions(decision.questions))
    mine = [one for one in waiting if actor.user in (decision.requester_id, one.meets)]
    if waiting and not mine:
        raise NotNow("Your condition is met already. The requester hears once the others are.")
    if not how.strip():
        raise Unreadable("Write how the condition was met; a link helps.", "how")
    for condition in mine:
        condition.answer, condition.answered_by, condition.answered_at = how.strip(), actor.user, now
    if len(mine) < len(waiting):  # of several conditions each has somebody of its own
        record(session, decision, "meets_one_condition", actor.user, now, how=how.strip())
        show(session, decision, now)
        return decision
    move(session, decision, Move.MEET_CONDITION, actor.user, now, how=how.strip())
    for signer in signing_now(decision.signers):
        if signer.answer is Answer.NOT_YET:
            signer.answer, signer.asked_at = None, now
            new_deadline(session, decision, signer.user_id, now)
            remind(session, decision, signer.user_id)
            tell(session, decision, signer.user_id, NoticeKind.CONDITION_MET, now, said=how.strip())
    if actor.user != decision.requester_id:
        tell(session, decision, decision.requester_id, NoticeKind.CONDITION_DONE, now, who=actor.user, said=how.strip())
    show(session, decision, now)
    return decision


def withdraw(session: Session, id: int, why: str, actor: Actor, now: datetime) -> Decision:
    """The requester takes an open decision back. Signers are told once."""
    decision = open_decision(session, actor, id)
    agenda.follow(session, decision, now)
    only(actor, [decision.requester_id], "the requester")
    if decision.status not in OPEN:
        raise NotNow(f"There is nothing to withdraw: this decision is {STATUS_SAID[decision.status]}.")
    asked = [signer.user_id for signer in still_to_answer(decision.signers)]
    move(session, decision, Move.WITHDRAW, actor.user, now, why=why.strip())
    decision.decided_at = now
    close_prompts(session, decision, now)
    for user in asked:
        tell(session, decision, user, NoticeKind.WITHDRAWN, now, said=why.strip())
    show(session, decision, now)
    return decision
