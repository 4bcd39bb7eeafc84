"""An experiment has come to its planned end: whoever opened the trade-off is asked for what it showed."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.db.models import Decision, FollowUp
from app.domain.lifecycle import OPEN
from app.domain.message_kinds import NoticeKind
from app.workflows.follow_ups.kind import Dated, FollowUpKind, Known, date_all, person_of
from app.workflows.scheduling import morning, today_for

AGAIN_AFTER = timedelta(days=7)


def ended(session: Session, decision: Decision) -> Dated:
    """On the morning after the last day."""
    plan = decision.plans[-1].plan
    person = person_of(session, decision, decision.requester_id)
    day = plan.ends + timedelta(days=1)
    return Dated(TradeoffEnded.name, decision.requester_id, morning(person, day), {"on": plan.ends.isoformat()})


def still_to_tell(decision: Decision) -> bool:
    """Whether it runs, or ran, and nobody has said what came of it."""
    entry = decision.tradeoff
    if entry is None or entry.agreed_at is None or entry.closed_at is not None or not decision.plans:
        return False
    return not decision.results or not decision.results[-1].verdict.final


class TradeoffEnded(FollowUpKind):
    """Once its last day is over, then every week until it has a verdict."""

    name = "tradeoff_ended"
    owed_in = OPEN
    says = NoticeKind.TRADEOFF_ENDED

    def owed(self, session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
        if not decision.tradeoff_version or not still_to_tell(decision):
            return
        one, asked_at = ended(session, decision), known.last_sent(self.name)
        if not known.happened(one, "on"):
            yield one
        elif not known.pending(self.name) and asked_at is not None:
            yield self._again(session, decision, asked_at)

    def still_holds(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> bool:
        on = decision.plans[-1].plan.ends.isoformat() if decision.plans else None
        return decision.status in OPEN and still_to_tell(decision) and work.args.get("on") == on

    def act(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
        super().act(session, decision, work, now)
        date_all(session, decision, [self._again(session, decision, now)])

    def _again(self, session: Session, decision: Decision, asked_at: datetime) -> Dated:
        person = person_of(session, decision, decision.requester_id)
        day = today_for(person, asked_at) + AGAIN_AFTER
        on = decision.plans[-1].plan.ends.isoformat()
        return Dated(self.name, decision.requester_id, morning(person, day), {"on": on})


KINDS: tuple[FollowUpKind, ...] = (TradeoffEnded(),)
