"""Dating a piece of work, and the days and hours of the person it is dated for."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from app.db import follow_ups
from app.db.models import Decision, Person
from app.domain.people.calendar import add_working_days, next_working_moment, zone
from app.domain.people.erased import has_left
from app.domain.people.working_time import hours_of


def later(session: Session, decision: Decision, kind: str, recipient: str, due_at: datetime, **args: Any) -> None:
    """Date a piece of work. The same at the same moment for the same person is dated once, for the newer reason."""
    later_all(session, decision, [(kind, recipient, due_at, args)])


def later_all(session: Session, decision: Decision, works: Iterable[tuple[str, str, datetime, dict[str, Any]]]) -> None:
    """As ``later`` for several: kind, recipient, when, and why."""
    session.flush()
    each = {(kind, recipient, due_at): args for kind, recipient, due_at, args in works}
    whose = {"workspace_id": decision.workspace_id, "decision_id": decision.id, "attempts": 0}
    rows = [
        {**whose, "kind": kind, "recipient": recipient, "due_at": due_at, "args": args}
        for (kind, recipient, due_at), args in each.items()
        if not has_left(recipient)
    ]
    if rows:
        follow_ups.date_once(session, rows)


def today_for(person: Person, now: datetime) -> date:
    """The day it is where somebody is."""
    return now.astimezone(zone(person.tz)).date()


def time_for(person: Person, now: datetime) -> time:
    """The time of day it is there: what "in 36 hours" is counted from."""
    return now.astimezone(zone(person.tz)).time()


def working_day(person: Person, day: date) -> date:
    """That day, or somebody's next working day where it is a day off for them."""
    return add_working_days(day, 0, hours_of(person))


def morning(person: Person, day: date) -> datetime:
    """The first working moment of somebody's day, or of the next working day."""
    start = datetime(day.year, day.month, day.day, tzinfo=zone(person.tz)).astimezone(UTC)
    return next_working_moment(start, hours_of(person))
