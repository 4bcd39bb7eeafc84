"""After the decision: has it shipped, was it right, and when do we look again."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.db import claims, policies
from app.db.models import Decision
from app.db.models import Look as LookRow
from app.domain.calendar import zone
from app.domain.dates import check_reach, say_date
from app.domain.errors import NotNow, Unreadable
from app.domain.lifecycle import SAID, Move, Status
from app.domain.reviews import Look, LookBack, review_on
from app.workflows import dating
from app.workflows.common import (
    Actor,
    ensure_person,
    morning,
    move,
    only,
    open_decision,
    record,
    settle,
    show,
    today_for,
    working_day,
)


def shipped(session: Session, id: int, on: date, actor: Actor, now: datetime) -> Decision:
    """It shipped: date the review, four weeks after that day."""
    d = open_decision(session, actor, id)
    only(actor, [d.requester_id, d.owner_id], "the requester and the owner")
    owner = ensure_person(session, d.workspace_id, d.owner_id)
    if on > today_for(owner, now):
        raise Unreadable("That day is still to come. Tell me once it has shipped; I will ask again.", "on")
    approved = d.decided_at.astimezone(zone(owner.tz)).date() if d.decided_at else on
    if d.status is Status.APPROVED and on < approved:
        said = say_date(approved, today_for(owner, now))
        raise Unreadable(f"It was approved on {said}, so it shipped on that day or later.", "on")
    move(session, d, Move.IMPLEMENT, actor.user, now, on=on.isoformat())
    d.shipped_on, d.look_on = on, working_day(owner, review_on(on, policies.of(session, d)))
    review = dating.look(session, d, "review")
    dating.date_all(session, d, [replace(review, due_at=max(review.due_at, now))])
    show(session, d, now)
    return d


def not_shipped(session: Session, id: int, actor: Actor, now: datetime) -> Decision:
    """Not yet: ask again in two weeks."""
    d = open_decision(session, actor, id)
    only(actor, [d.requester_id, d.owner_id], "the requester and the owner")
    if d.status is not Status.APPROVED:
        raise NotNow(f"I no longer wait for it to ship: this decision is {SAID[d.status]}.")
    record(session, d, "not_shipped", actor.user, now)
    again = dating.ask_shipped(session, d, now)
    for dated in claims.still_dated(session, d, "ask_shipped"):
        if dated.due_at != again.due_at:  # two weeks from the answer, not from the question too
            dated.done_at, dated.result = now, "answered: dated anew"
    dating.date_all(session, d, [again])
    settle(session, d, now)
    return d


def drop(session: Session, id: int, why: str, actor: Actor, now: datetime) -> Decision:
    """It was approved and will not be done after all. The record says why."""
    d = open_decision(session, actor, id)
    only(actor, [d.requester_id, d.owner_id], "the requester and the owner")
    if not why.strip():
        raise Unreadable("Write in a sentence why it was dropped.", "why")
    move(session, d, Move.DROP, actor.user, now, why=why.strip())
    d.look_on = None
    show(session, d, now)
    return d


ENDS = {Look.LEARNING: (Status.DEFLECTED, Move.LEARN), Look.REVIEW: (Status.IMPLEMENTED, Move.REVIEW)}


def look_back(session: Session, id: int, written: LookBack, actor: Actor, now: datetime) -> Decision:
    """Write the learning check, the review or the revisit into the record.

    Raises:
        NotNow: it was written already, or it is not time for it.
    """
    d = open_decision(session, actor, id)
    only(actor, [d.requester_id, d.owner_id], "the requester and the owner")
    if not written.happened.strip():
        raise Unreadable("Write what happened: the figure, as it turned out.", "happened")
    if written.look is Look.REVISIT:
        if d.status is not Status.DECLINED or d.look_on is None:
            raise NotNow("There is no revisit to write: it was written already, or none was dated.")
    else:
        status, step = ENDS[written.look]
        if d.status is not status:
            raise NotNow(f"There is nothing to look back on here now: this decision is {SAID[d.status]}.")
        move(session, d, step, actor.user, now)
    d.looks.append(LookRow(workspace_id=d.workspace_id, decision_id=d.id, by=actor.user, at=now, look=written))
    d.look_on = None
    record(session, d, "look_back", actor.user, now, look=written.look.value, right=written.right.value)
    show(session, d, now)
    return d


def disagree_and_commit(session: Session, id: int, on: date, actor: Actor, now: datetime) -> Decision:
    """After a no: we commit, and look again on a day."""
    d = open_decision(session, actor, id)
    only(actor, [d.requester_id], "the requester")
    if d.status is not Status.DECLINED:
        raise NotNow(f"A revisit follows a no; this decision is {SAID[d.status]}.")
    requester = ensure_person(session, d.workspace_id, d.requester_id)
    if on <= today_for(requester, now):
        raise Unreadable("Choose a day that is still to come.", "on")
    check_reach(on, today_for(requester, now), "on")
    d.look_on = working_day(requester, on)
    record(session, d, "revisit", actor.user, now, on=d.look_on.isoformat())
    dating.date_all(session, d, [dating.revisit(session, d)])
    show(session, d, now)
    return d


def snooze(session: Session, id: int, days: int, actor: Actor, now: datetime) -> datetime:
    """Nothing about this decision reminds this person until the morning in ``days`` days. Cadences stay as they are."""
    d = open_decision(session, actor, id)
    person = ensure_person(session, actor.workspace, actor.user)
    until = morning(person, today_for(person, now) + timedelta(days=max(1, min(days, 30))))
    for participant in d.participants:
        if participant.user_id == actor.user:
            participant.snoozed_until = until
    record(session, d, "snooze", actor.user, now, until=until.isoformat())
    return until
