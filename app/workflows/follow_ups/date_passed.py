"""A date that passes while nobody clicks: what stands in Slack says so from then on."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from app.db import roster
from app.db.models import Decision, FollowUp
from app.domain.lifecycle import Status
from app.domain.people.calendar import zone
from app.domain.who_acts_next import NextAct, deadline_of, standing_of, who_acts_next
from app.workflows.cards import show
from app.workflows.follow_ups.kind import Dated, FollowUpKind, Known, person_of
from app.workflows.scheduling import today_for


def next_act_of(session: Session, decision: Decision, now: datetime) -> NextAct:
    """Who acts next, as the requester's day has it."""
    requester = person_of(session, decision, decision.requester_id)
    standing = standing_of(
        decision,
        decision.signers,
        decision.questions,
        deadline=deadline_of(decision, requester.tz),
        requester_left=requester.active is False,
    )
    return who_acts_next(standing, today_for(requester, now))


def acting(session: Session, decision: Decision, now: datetime) -> tuple[str, ...]:
    """Who can act now."""
    return next_act_of(session, decision, now).who


def passing(session: Session, decision: Decision, now: datetime) -> list[Dated]:
    """When the day by which somebody acts is over: where the requester is, and once it is over wherever a card of it is
    read. Nothing where it has passed, or none is named."""
    by = next_act_of(session, decision, now).by
    if by is None:
        return []
    people = roster.people(session, decision.workspace_id, {part.user_id for part in decision.participants})
    last = max(_end_of(by, tz) for tz in {"UTC", *(one.tz for one in people.values())})  # a channel's line goes by UTC
    requester = people.get(decision.requester_id)
    ends = sorted({_end_of(by, requester.tz if requester else "UTC"), last})
    return [Dated(DatePassed.name, decision.requester_id, at, {"by": by.isoformat()}) for at in ends if at > now]


def _end_of(day: date, tz: str) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, zone(tz)).astimezone(UTC)


class DatePassed(FollowUpKind):
    """Nothing is said: every card is drawn anew where it stands."""

    name = "date_passed"
    owed_in = frozenset(
        {
            Status.TRIAGE, Status.HELD, Status.DRAFTING, Status.IN_REVIEW, Status.NOT_YET, Status.DEFLECTED,
            Status.IMPLEMENTED, Status.DECLINED,
        }
    )  # fmt: skip
    any_hour = True

    def owed(self, session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
        for one in passing(session, decision, now):
            if not known.happened(one, "by"):
                yield one

    def still_holds(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> bool:
        by = next_act_of(session, decision, now).by
        return by is not None and by.isoformat() == work.args.get("by")

    def act(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
        show(session, decision, now)


KINDS: tuple[FollowUpKind, ...] = (DatePassed(),)
