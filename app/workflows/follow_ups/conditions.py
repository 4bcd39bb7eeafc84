"""The condition of a “not yet”: whoever meets it hears on the morning of its day."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from app.db.models import Decision, FollowUp, OpenQuestion
from app.domain.lifecycle import Status
from app.domain.message_kinds import NoticeKind
from app.domain.signing.standing import open_conditions, unanswered
from app.workflows.follow_ups.kind import Dated, FollowUpKind, Known, person_of
from app.workflows.notifying import tell
from app.workflows.scheduling import morning


def condition_work(session: Session, decision: Decision, condition: OpenQuestion) -> list[Dated]:
    """What is dated of a condition; nothing where it has no day."""
    if condition.met_by is None:
        return []
    who = condition.meets or decision.requester_id
    at = morning(person_of(session, decision, who), condition.met_by)
    return [Dated(ConditionDue.name, who, at, {"q": condition.id, "on": condition.met_by.isoformat()})]


class ConditionDue(FollowUpKind):
    name = "condition_due"
    owed_in = frozenset({Status.NOT_YET})
    says = NoticeKind.CONDITION_DUE

    def owed(self, session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
        for condition in unanswered(open_conditions(decision.questions)):
            for one in condition_work(session, decision, condition):
                if not known.happened(one, "q"):
                    yield one

    def still_holds(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> bool:
        waiting = unanswered(open_conditions(decision.questions))
        return decision.status is Status.NOT_YET and any(one.id == work.args.get("q") for one in waiting)

    def act(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
        tell(session, decision, work.recipient, NoticeKind.CONDITION_DUE, now, q=work.args["q"])


KINDS: tuple[FollowUpKind, ...] = (ConditionDue(),)
