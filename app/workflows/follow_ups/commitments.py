"""Who has not said whether they commit is reminded twice; what was decided over dissent is looked at on its day."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.db.models import Commitment, Decision, FollowUp
from app.domain.commitments import DECIDED, REMINDED_AFTER
from app.domain.lifecycle import Status
from app.domain.message_kinds import NoticeKind
from app.domain.people.calendar import add_working_days
from app.domain.people.working_time import hours_of
from app.workflows.follow_ups.kind import Dated, FollowUpKind, Known, date_all, person_of
from app.workflows.scheduling import morning, today_for

AGAIN_AFTER = timedelta(days=7)


def reminders(session: Session, decision: Decision, asked: Commitment) -> list[Dated]:
    """The two that somebody gets, each on a morning of theirs."""
    person = person_of(session, decision, asked.user_id)
    day = today_for(person, asked.asked_at)
    return [
        Dated(
            CommitReminder.name, asked.user_id, morning(person, add_working_days(day, days, hours_of(person))), {"n": n}
        )
        for n, days in enumerate(REMINDED_AFTER, 1)
    ]


def who_revisits(session: Session, decision: Decision) -> str:
    """Who stated it; the requester, where that person has left."""
    by = decision.overs[-1].by
    return by if person_of(session, decision, by).active is not False else decision.requester_id


def revisit(session: Session, decision: Decision) -> Dated:
    over = decision.overs[-1]
    who = who_revisits(session, decision)
    return Dated(RevisitDissent.name, who, morning(person_of(session, decision, who), over.revisit_on))


class CommitReminder(FollowUpKind):
    name = "commit_reminder"
    after_dissent = True
    owed_in = DECIDED
    says = NoticeKind.COMMIT_REMINDED
    optional = True

    def owed(self, session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
        if decision.revisit_on is None:
            return
        for asked in decision.commitments:
            if asked.answer is None:
                yield from (one for one in reminders(session, decision, asked) if not known.happened(one, "n"))

    def still_holds(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> bool:
        asked = next((one for one in decision.commitments if one.user_id == work.recipient), None)
        return decision.revisit_on is not None and asked is not None and asked.answer is None


class RevisitDissent(FollowUpKind):
    """On the day that was stated, then every week until it is written."""

    name = "revisit_dissent"
    after_dissent = True
    owed_in = DECIDED | {Status.WITHDRAWN}
    says = NoticeKind.REVISIT_DISSENT

    def owed(self, session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
        if decision.revisit_on is None or known.pending(self.name):
            return
        asked_at = known.last_sent(self.name)
        yield revisit(session, decision) if asked_at is None else self._again(session, decision, asked_at)

    def still_holds(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> bool:
        return decision.revisit_on is not None

    def act(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
        super().act(session, decision, work, now)
        date_all(session, decision, [self._again(session, decision, now)])

    def _again(self, session: Session, decision: Decision, asked_at: datetime) -> Dated:
        who = who_revisits(session, decision)
        person = person_of(session, decision, who)
        return Dated(self.name, who, morning(person, today_for(person, asked_at) + AGAIN_AFTER))


KINDS: tuple[FollowUpKind, ...] = (CommitReminder(), RevisitDissent())
