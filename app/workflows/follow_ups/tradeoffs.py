"""An experiment has come to its planned end: whoever opened the trade-off is asked for what it showed. A guideline
beside a decision that others have is looked at again on its day."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.db.models import Decision, FollowUp
from app.domain.lifecycle import OPEN, Status
from app.domain.message_kinds import NoticeKind
from app.domain.tradeoffs.sides import standing
from app.workflows.follow_ups.kind import Dated, FollowUpKind, Known, date_all, person_of
from app.workflows.scheduling import morning, today_for

AGAIN_AFTER = timedelta(days=7)

_GOES_ON = OPEN | {Status.DEFLECTED, Status.APPROVED, Status.IMPLEMENTED}
"""Also once somebody else has decided: its entry is closed where the decision stands."""


def ended(session: Session, decision: Decision) -> Dated:
    """On the morning after the last day."""
    ends = _ends(decision)
    assert ends is not None
    person = person_of(session, decision, decision.requester_id)
    return Dated(
        TradeoffEnded.name, decision.requester_id, morning(person, ends + timedelta(days=1)), {"on": ends.isoformat()}
    )


def _ends(decision: Decision) -> date | None:
    """The last day of what every side agreed to."""
    stood = standing(decision)
    return stood.plan.ends if stood is not None else None


def still_to_tell(decision: Decision) -> bool:
    """Whether it runs, or ran, and nobody has said what came of it."""
    entry = decision.tradeoff
    if entry is None or entry.closed_at is not None or standing(decision) is None:
        return False
    return not decision.results or not decision.results[-1].verdict.final


class TradeoffEnded(FollowUpKind):
    """Once its last day is over, then every week until it has a verdict."""

    name = "tradeoff_ended"
    owed_in = _GOES_ON
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
        ends = _ends(decision)
        on = ends.isoformat() if ends is not None else None
        return decision.status in _GOES_ON and still_to_tell(decision) and work.args.get("on") == on

    def act(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
        super().act(session, decision, work, now)
        date_all(session, decision, [self._again(session, decision, now)])

    def _again(self, session: Session, decision: Decision, asked_at: datetime) -> Dated:
        person = person_of(session, decision, decision.requester_id)
        day = today_for(person, asked_at) + AGAIN_AFTER
        ends = _ends(decision)
        on = ends.isoformat() if ends is not None else None
        return Dated(self.name, decision.requester_id, morning(person, day), {"on": on})


def guideline(session: Session, decision: Decision) -> Dated:
    """On the morning of the day that the entry has."""
    entry = decision.tradeoff
    assert entry is not None
    assert entry.revisit_on is not None
    person = person_of(session, decision, decision.requester_id)
    on = {"on": entry.revisit_on.isoformat()}
    return Dated(GuidelineLook.name, decision.requester_id, morning(person, entry.revisit_on), on)


def _beside(decision: Decision) -> bool:
    """Whether the entry was closed beside its decision: no learning check and no commitment has its day."""
    entry = decision.tradeoff
    if entry is None or entry.closed_at is None or entry.revisit_on is None:
        return False
    closed = entry.closed_at
    return decision.decided_at != closed and all(over.at != closed for over in decision.overs)


class GuidelineLook(FollowUpKind):
    """Once, on its day."""

    name = "guideline_look"
    owed_in = _GOES_ON
    says = NoticeKind.GUIDELINE_DUE

    def owed(self, session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
        if decision.tradeoff_version and _beside(decision):
            one = guideline(session, decision)
            if not known.happened(one, "on"):
                yield one

    def still_holds(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> bool:
        return decision.status not in (Status.WITHDRAWN, Status.EXPIRED) and _beside(decision)


KINDS: tuple[FollowUpKind, ...] = (TradeoffEnded(), GuidelineLook())
