"""The customer-impacting deadline that waiting blocks: whoever can act hears before it comes, and once it is gone."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.db.models import Decision, FollowUp
from app.domain.lifecycle import OPEN
from app.domain.message_kinds import NoticeKind
from app.domain.people.calendar import add_working_days, zone
from app.domain.people.working_time import hours_of
from app.domain.policy import intervals
from app.workflows.follow_ups.date_passed import acting
from app.workflows.follow_ups.kind import NOT_DONE, Dated, FollowUpKind, Known, date_all, person_of
from app.workflows.notifying import tell
from app.workflows.scheduling import morning


def deadline_work(session: Session, decision: Decision, now: datetime) -> list[Dated]:
    """What is still to be said of the day that the answers name; nothing where waiting blocks none."""
    on = blocked_day(decision)
    if on is None:
        return []
    person = person_of(session, decision, decision.requester_id)
    before = add_working_days(on, -intervals.BLOCKED_TOLD_BEFORE, hours_of(person))
    found = [
        Dated(CustomerDeadline.name, decision.requester_id, morning(person, day), {"on": on.isoformat(), "gone": gone})
        for day, gone in ((before, False), (on + timedelta(days=1), True))
    ]
    return [one for one in found if one.due_at > now]


def blocked_day(decision: Decision) -> date | None:
    blocked = decision.answers.deadline
    return blocked.on if blocked and blocked.blocks else None


LATELY = timedelta(days=2)
"""For so long whoever was to be told, and was not, is told after all."""


class OfADeadline(FollowUpKind):
    """Work about the day that the answers name now, while nobody has decided."""

    owed_in = OPEN

    def still_holds(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> bool:
        on = blocked_day(decision)
        if decision.status not in OPEN or on is None or on.isoformat() != work.args.get("on"):
            return False
        over = on < now.astimezone(zone(person_of(session, decision, work.recipient).tz)).date()
        return over == bool(work.args.get("gone"))  # what comes too late for “soon” is said once it is gone

    def say(self, session: Session, decision: Decision, user: str, work: FollowUp, now: datetime) -> None:
        kind = NoticeKind.BLOCKED_GONE if work.args.get("gone") else NoticeKind.BLOCKED_SOON
        tell(session, decision, user, kind, now)


class CustomerDeadline(OfADeadline):
    """In the requester's morning it is looked who can act; each of them hears in their own working hours."""

    name = "customer_deadline"

    def owed(self, session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
        for one in deadline_work(session, decision, now):
            if not known.happened(one, "on", "gone"):
                yield one

    def act(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
        args = {"on": work.args["on"], "gone": work.args["gone"]}
        others = [Dated(TellDeadline.name, who, now, args) for who in acting(session, decision, now)]
        date_all(session, decision, [one for one in others if one.recipient != work.recipient])
        if any(one.recipient == work.recipient for one in others):
            self.say(session, decision, work.recipient, work, now)


class TellDeadline(OfADeadline):
    name = "tell_deadline"

    def owed(self, session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
        """Of what was looked at lately; who acts only later has the day on their card."""
        for look in known.of(CustomerDeadline.name):
            if look.done_at is None or look.result in NOT_DONE or look.done_at < now - LATELY:
                continue
            args = {"on": look.args.get("on"), "gone": look.args.get("gone")}
            for who in acting(session, decision, now):
                one = Dated(self.name, who, now, args)
                if who != look.recipient and self._is_of_now(decision, args) and not known.happened(one, "on", "gone"):
                    yield one

    def _is_of_now(self, decision: Decision, args: dict[str, Any]) -> bool:
        on = blocked_day(decision)
        return on is not None and on.isoformat() == args["on"]

    def still_holds(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> bool:
        return super().still_holds(session, decision, work, now) and work.recipient in acting(session, decision, now)

    def act(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
        self.say(session, decision, work.recipient, work, now)


KINDS: tuple[FollowUpKind, ...] = (CustomerDeadline(), TellDeadline())
