"""What happens when a date arrives. The state is looked at again first: a decided decision reminds nobody. Quiet hours
and a snooze defer, they never consume."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.db import queries
from app.db.models import Decision, FollowUp, Person
from app.db.newer_decisions import holds_newer
from app.domain.people.calendar import is_working, next_working_moment
from app.domain.people.working_time import hours_of
from app.domain.stored_words import ANSWERED
from app.workflows.follow_ups import digest, insights
from app.workflows.follow_ups.kind import MOOT, SENT, FollowUpKind
from app.workflows.follow_ups.registry import KINDS
from app.workflows.opening import ensure_person


@dataclass(frozen=True)
class Defer:
    """Not now: the same follow-up, later."""

    until: datetime


Result = str | Defer


class Unknown(Exception):
    """This release does not know what a follow-up is or is about; a newer one, which dated it, does."""


PUNCTUAL = timedelta(minutes=10)
"""What is taken up no later than this counts for the moment it was dated for: the last minute of a working day is
over by the time anything due in it is taken up."""


def fire(session: Session, work: FollowUp, now: datetime) -> Result:
    """Do one due follow-up: look at the state again, respect the person's hours, then act.

    Raises:
        Unknown: it, or its decision, holds what this release does not know; nothing of it may be committed.
    """
    if work.kind == digest.NAME:
        return digest.post_digest(session, work, now)
    if work.kind == insights.NAME:
        return insights.post_insights(session, work, now)
    if work.kind not in KINDS:
        raise Unknown("a kind of follow-up")
    decision = queries.decision(session, work.workspace_id, work.decision_id or 0, lock=True)
    if decision is None:
        return MOOT
    try:
        result = _fire(session, decision, KINDS[work.kind], work, now)
    except Exception as error:
        if holds_newer(decision):
            raise Unknown(f"{decision.name} was {ANSWERED}") from error
        raise
    if holds_newer(decision):
        raise Unknown(f"{decision.name} was {ANSWERED}")
    return result


def _fire(session: Session, decision: Decision, kind: FollowUpKind, work: FollowUp, now: datetime) -> Result:
    person = ensure_person(session, work.workspace_id, work.recipient)
    still = kind.still_holds(session, decision, work, now)
    if isinstance(still, datetime):
        return Defer(still)
    if not still:
        return MOOT
    if not kind.any_hour:
        if kind.optional and person.muted:
            return "muted"
        on_time = timedelta(0) <= now - work.due_at <= PUNCTUAL
        until = _quiet_until(decision, person, work.due_at if on_time else now, now)
        if kind.overtaken(session, decision, work, until or now, _snoozed(decision, person)):
            return MOOT
        if until:
            return Defer(until)
    kind.act(session, decision, work, now)
    return SENT


def _quiet_until(decision: Decision, person: Person, meant: datetime, now: datetime) -> datetime | None:
    """Until when this person is left in peace, or None if now is a good time. ``meant``: the moment it counts for."""
    snoozed = _snoozed(decision, person)
    at = max(meant, snoozed) if snoozed else meant
    hours = hours_of(person)
    moment = at if is_working(at, hours) else next_working_moment(at, hours)
    return moment if moment > now else None


def _snoozed(decision: Decision, person: Person) -> datetime | None:
    return next((one.snoozed_until for one in decision.participants if one.user_id == person.user_id), None)
