"""The day by which everybody has signed: set, moved, and said."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.db import policies
from app.db.models import Decision
from app.domain.errors import NotNow, Unreadable
from app.domain.lifecycle import UNDER_REVIEW
from app.domain.message_kinds import NoticeKind
from app.domain.people.calendar import add_working_days, end_of_working_day, zone
from app.domain.people.working_time import hours_of
from app.domain.reading.days_in_forms import say_date
from app.domain.signing.standing import signer_of, still_to_answer
from app.words.fragments import A_DEADLINE, quoted
from app.words.reading.days import check_reach
from app.workflows.admission import Actor, only
from app.workflows.cards import show
from app.workflows.follow_ups import date_passed, kind, signing
from app.workflows.moving import record
from app.workflows.notifying import tell
from app.workflows.opening import ensure_person, open_decision
from app.workflows.scheduling import today_for, working_day


def remind(session: Session, decision: Decision, user: str) -> None:
    """Date the reminders of a signer who was asked just now, or whose date was moved. Older ones are moot from here."""
    if signer := signer_of(decision.signers, user):
        kind.date_all(session, decision, signing.reminders_of(session, decision, signer))


def set_deadline(session: Session, decision: Decision, on: date, at: datetime, now: datetime) -> None:
    """Until when the signers have time: the day, and the moment at which it is over for whoever answers. Reminders of
    another date no longer count, for nobody."""
    decision.deadline_on = on
    decision.deadline_at, decision.deadline_set_at, decision.seat_to_fill = at, now, None
    for signer in still_to_answer(decision.signers):
        remind(session, decision, signer.user_id)
    kind.date_all(
        session, decision, [signing.deadline_passed(session, decision), *date_passed.passing(session, decision, now)]
    )


def new_deadline(session: Session, decision: Decision, user: str, now: datetime) -> None:
    """Give somebody who is asked late the working days that the policy grants, where less is left."""
    hours = hours_of(ensure_person(session, decision.workspace_id, user))
    day = add_working_days(now.astimezone(zone(hours.tz)).date(), policies.of(session, decision).sign_off_days, hours)
    fair = end_of_working_day(day, hours)
    if decision.deadline_at is None or decision.deadline_at < fair:
        set_deadline(session, decision, day, fair, now)


def extend(session: Session, id: int, decide_by: date, actor: Actor, now: datetime, *, late: bool = False) -> Decision:
    """Give the signers another date, later or earlier, at any time while it is with them. The old reminders no longer
    count, and whoever still has to answer is told. The day that stands is none: nothing changes."""
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id], "the requester")
    if decision.status not in UNDER_REVIEW:
        raise NotNow("There is no answer to wait for right now, so there is no date to move.")
    if decide_by == decision.deadline_on and decision.deadline_at and decision.deadline_at > now:
        return decision
    waiting = still_to_answer(decision.signers)
    answering = ensure_person(session, decision.workspace_id, waiting[0].user_id if waiting else decision.requester_id)
    check_reach(decide_by, today_for(answering, now), "decide_by")
    check_in_time(decision, decide_by, today_for(answering, now), late)
    day = working_day(answering, decide_by)
    deadline = end_of_working_day(day, hours_of(answering))
    if deadline <= now:
        raise Unreadable("That day is over already where your signer is. Choose a later one.", "decide_by")
    if deadline == decision.deadline_at:
        raise Unreadable("That is the day they have now. Choose another one, or close this form.", "decide_by")
    record(session, decision, "extend", actor.user, now, decide_by=decide_by.isoformat())
    set_deadline(session, decision, day, deadline, now)
    for signer in still_to_answer(decision.signers):
        tell(session, decision, signer.user_id, NoticeKind.DATE_MOVED, now)
    show(session, decision, now)
    return decision


def check_in_time(decision: Decision, decide_by: date, today: date, late: bool) -> None:
    """Ask before somebody signs after the deadline that waiting blocks. ``late``: it was said that this may be.

    Raises:
        Unreadable: the day is later, and nobody said so.
    """
    found = decision.answers.deadline
    if late or found is None or not found.blocks or found.on is None or not today <= found.on < decide_by:
        return
    what = quoted(found.what, A_DEADLINE)
    raise Unreadable(
        f"That is after {what} on {say_date(found.on, today)}, which waiting blocks. Choose an earlier day, or tick "
        "that it may be later.",
        "decide_by",
    )
