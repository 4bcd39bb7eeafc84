"""After the decision: has it shipped, was it right, and when do we look again."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.db import follow_ups, policies
from app.db.models import Decision, Person
from app.db.models import Look as LookRow
from app.domain.errors import NotNow, Unreadable, gathered
from app.domain.lifecycle import UNDER_REVIEW, Move, Status
from app.domain.looking_back import Look, LookBack, review_on
from app.domain.memo.parts import Prediction
from app.domain.message_kinds import NoticeKind
from app.domain.people.calendar import zone
from app.domain.permissions import requester_or_owner
from app.domain.reading.days_in_forms import say_date
from app.domain.signing.standing import signer_of, signing_now, still_to_answer
from app.domain.syncs.life import SyncState
from app.domain.writing.document import predictions
from app.words.reading.days import check_reach
from app.words.states import STATUS_SAID
from app.workflows import agenda
from app.workflows.admission import Actor, only
from app.workflows.cards import settle, show
from app.workflows.follow_ups import date_passed, kind, looking_back
from app.workflows.moving import move, record
from app.workflows.notifying import tell
from app.workflows.opening import ensure_person, open_decision
from app.workflows.scheduling import morning, today_for, working_day


def shipped(session: Session, id: int, on: date, actor: Actor, now: datetime) -> Decision:
    """It shipped: date the review, four weeks after that day."""
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id, decision.owner_id], "the requester and the owner")
    owner = ensure_person(session, decision.workspace_id, decision.owner_id)
    if on > today_for(owner, now):
        raise Unreadable("That day is still to come. Tell me once it has shipped; I will ask again.", "on")
    if decision.status is Status.IMPLEMENTED:
        return _shipped_on_another_day(session, decision, on, owner, actor, now)
    approved = decision.decided_at.astimezone(zone(owner.tz)).date() if decision.decided_at else on
    if decision.status is Status.APPROVED and on < approved:
        said = say_date(approved, today_for(owner, now))
        raise Unreadable(f"It was approved on {said}, so it shipped on that day or later.", "on")
    move(session, decision, Move.IMPLEMENT, actor.user, now, on=on.isoformat())
    decision.shipped_on, decision.look_on = on, working_day(owner, review_on(on, policies.of(session, decision)))
    review = looking_back.look(session, decision, "review")
    passes = date_passed.passing(session, decision, now)
    kind.date_all(session, decision, [replace(review, due_at=max(review.due_at, now)), *passes])
    show(session, decision, now)
    return decision


def _shipped_on_another_day(
    session: Session, decision: Decision, on: date, owner: Person, actor: Actor, now: datetime
) -> Decision:
    """The day was told wrongly: the review is dated from the right one, and what was dated from the other is moot."""
    before = decision.shipped_on
    if on == before:
        raise Unreadable("That is the day it has. Choose another one, or leave it as it is.", "on")
    record(session, decision, "shipped_again", actor.user, now, on=on.isoformat(), was=before and before.isoformat())
    decision.shipped_on, decision.look_on = on, working_day(owner, review_on(on, policies.of(session, decision)))
    for dated in follow_ups.still_dated(session, decision, "review"):
        dated.done_at, dated.result = now, "it shipped on another day: dated anew"
    review = looking_back.look(session, decision, "review")
    passes = date_passed.passing(session, decision, now)
    kind.date_all(session, decision, [replace(review, due_at=max(review.due_at, now)), *passes])
    show(session, decision, now)
    return decision


def not_shipped(session: Session, id: int, actor: Actor, now: datetime) -> Decision:
    """Not yet: ask again in two weeks."""
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id, decision.owner_id], "the requester and the owner")
    if decision.status is not Status.APPROVED:
        raise NotNow(f"I no longer wait for it to ship: this decision is {STATUS_SAID[decision.status]}.")
    record(session, decision, "not_shipped", actor.user, now)
    again = looking_back.ask_shipped(session, decision, now)
    for dated in follow_ups.still_dated(session, decision, "ask_shipped"):
        if dated.due_at != again.due_at:  # two weeks from the answer, not from the question too
            dated.done_at, dated.result = now, "answered: dated anew"
    kind.date_all(session, decision, [again])
    settle(session, decision, now)
    return decision


def drop(session: Session, id: int, why: str, actor: Actor, now: datetime) -> Decision:
    """It was approved and will not be done after all. The record says why."""
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id, decision.owner_id], "the requester and the owner")
    if not why.strip():
        raise Unreadable("Write in a sentence why it was dropped.", "why")
    move(session, decision, Move.DROP, actor.user, now, why=why.strip())
    decision.look_on = None
    show(session, decision, now)
    return decision


ENDS = {Look.LEARNING: (Status.DEFLECTED, Move.LEARN), Look.REVIEW: (Status.IMPLEMENTED, Move.REVIEW)}


def look_back(session: Session, id: int, written: LookBack, actor: Actor, now: datetime) -> Decision:
    """Write the learning check, the review or the revisit into the record.

    Raises:
        NotNow: it was written already, or it is not time for it.
    """
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id, decision.owner_id], "the requester and the owner")
    with gathered() as wrong:
        if written.look is Look.LEARNING and not written.chose.strip():
            wrong.add("Write what you chose, in a sentence: the next team reads it first.", "chose")
        if not written.happened.strip():
            wrong.add("Write what happened: the figure, as it turned out.", "happened")
    if written.look is Look.REVISIT:
        if decision.status is not Status.DECLINED or decision.look_on is None:
            raise NotNow("There is no revisit to write: it was written already, or none was dated.")
    else:
        status, step = ENDS[written.look]
        if decision.status is not status:
            raise NotNow(f"There is nothing to look back on here now: this decision is {STATUS_SAID[decision.status]}.")
        move(session, decision, step, actor.user, now)
    decision.looks.append(
        LookRow(workspace_id=decision.workspace_id, decision_id=decision.id, by=actor.user, at=now, look=written)
    )
    decision.look_on = None
    record(session, decision, "look_back", actor.user, now, look=written.look.value, right=written.right.value)
    signed = [signer.user_id for signer in signing_now(decision.signers) if signer.answer is not None]
    for user in dict.fromkeys([*signed, decision.requester_id, decision.owner_id]):
        if user != actor.user:
            tell(session, decision, user, NoticeKind.LOOKED_BACK, now)
    show(session, decision, now)
    return decision


def promised(session: Session, id: int, actor: Actor) -> tuple[Prediction, ...]:
    """The outcomes of its document, in their order, which the review asks for one by one."""
    document = open_decision(session, actor, id).document
    return predictions(document) if document else ()


def disagree_and_commit(session: Session, id: int, on: date, actor: Actor, now: datetime) -> Decision:
    """After a no: we commit, and look again on a day. The day that stands changes nothing."""
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id], "the requester")
    if decision.status is not Status.DECLINED:
        raise NotNow(f"A revisit follows a no; this decision is {STATUS_SAID[decision.status]}.")
    requester = ensure_person(session, decision.workspace_id, decision.requester_id)
    if on <= today_for(requester, now):
        raise Unreadable("Choose a day that is still to come.", "on")
    check_reach(on, today_for(requester, now), "on")
    if on == decision.look_on:
        return decision
    decision.look_on = working_day(requester, on)
    record(session, decision, "revisit", actor.user, now, on=decision.look_on.isoformat())
    passes = date_passed.passing(session, decision, now)
    kind.date_all(session, decision, [looking_back.revisit(session, decision), *passes])
    show(session, decision, now)
    return decision


def look_on_target_day(session: Session, id: int, actor: Actor, now: datetime) -> Decision:
    """The review waits for the day that the prediction names, where that is still ahead.

    Raises:
        NotNow: there is no review to wait for, or the day has come.
    """
    decision = open_decision(session, actor, id)
    only(actor, *requester_or_owner(decision))
    if decision.status is not Status.IMPLEMENTED:
        raise NotNow(f"There is no review to date here now: this decision is {STATUS_SAID[decision.status]}.")
    owner = ensure_person(session, decision.workspace_id, decision.owner_id)
    prediction = decision.memo.prediction if decision.memo else None
    if prediction is None or prediction.on is None or prediction.on <= today_for(owner, now):
        raise NotNow("The day that was predicted for has come, so the review can be written now.")
    decision.look_on = working_day(owner, prediction.on)
    record(session, decision, "look_later", actor.user, now, on=decision.look_on.isoformat())
    later = looking_back.look(session, decision, "review")
    for dated in follow_ups.still_dated(session, decision, "review"):
        if dated.due_at != later.due_at:
            dated.done_at, dated.result = now, "dated anew"
    kind.date_all(session, decision, [later])
    show(session, decision, now)
    return decision


@dataclass(frozen=True)
class Snoozed:
    """``until``: nothing about the decision reminds this person before. ``past``: their own date, where that is earlier
    than that; ``told``: who else hears of it, by their id."""

    until: datetime
    past: date | None = None
    told: str | None = None


def snooze(session: Session, id: int, days: int, actor: Actor, now: datetime) -> Snoozed:
    """Nothing about this decision reminds this person until the morning in ``days`` days. Cadences stay as they are.

    Past their own date it is said to both: to them, and to the requester, who may count on it.
    """
    decision = open_decision(session, actor, id)
    person = ensure_person(session, actor.workspace, actor.user)
    until = morning(person, today_for(person, now) + timedelta(days=max(1, min(days, 30))))
    for participant in decision.participants:
        if participant.user_id == actor.user:
            participant.snoozed_until = until
    record(session, decision, "snooze", actor.user, now, until=until.isoformat())
    past = _own_date(decision, actor.user, now)
    slept = _sync_missed(session, decision, person, until, now) if past is None else None
    if slept is not None:
        return Snoozed(until, slept)
    if past is None or past >= until.astimezone(zone(person.tz)).date():
        return Snoozed(until)
    told = decision.requester_id if decision.requester_id != actor.user else None
    if told is not None:
        tell(session, decision, told, NoticeKind.SNOOZED_PAST, now, who=actor.user, until=until.isoformat())
    return Snoozed(until, past, told)


def _sync_missed(session: Session, decision: Decision, person: Person, until: datetime, now: datetime) -> date | None:
    """The day of the sync before which somebody was asked to read and would not be reminded any more."""
    sync = decision.sync
    if sync is None or sync.state is not SyncState.PLANNED or not now < sync.starts_at <= until:
        return None
    waits = person.user_id in agenda.unanswered(session, decision, sync)
    return sync.starts_at.astimezone(zone(person.tz)).date() if waits else None


def _own_date(decision: Decision, user: str, now: datetime) -> date | None:
    """By when somebody was asked for something here, while that is still to come."""
    if decision.status in UNDER_REVIEW and signer_of(still_to_answer(decision.signers), user) is not None:
        return decision.deadline_on if decision.deadline_at and decision.deadline_at > now else None
    looks = decision.requester_id if decision.status is Status.DECLINED else decision.owner_id
    return decision.look_on if user == looks else None
