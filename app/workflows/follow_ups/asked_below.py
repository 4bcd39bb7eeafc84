"""Whoever was asked on the rung below hears of it once more, the morning after."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.db.models import Decision, FollowUp
from app.domain.answers import Result
from app.domain.lifecycle import Status
from app.domain.message_kinds import NoticeKind
from app.workflows.follow_ups.kind import NOT_DONE, Dated, FollowUpKind, Known, person_of
from app.workflows.scheduling import morning, today_for


def asked_reminder(session: Session, decision: Decision, who: str, at: datetime) -> Dated:
    """The morning after ``who`` was asked ``at`` a moment."""
    person = person_of(session, decision, who)
    return Dated(AskedReminder.name, who, morning(person, today_for(person, at) + timedelta(days=1)))


class AskedReminder(FollowUpKind):
    name = "asked_reminder"
    owed_in = frozenset({Status.HELD})
    dated_by = ("ask_below",)
    says = NoticeKind.ASKED_REMINDER

    def owed(self, session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
        waiting = {one.who for one in decision.answers.tried or () if one.who and one.result is Result.NO_ANSWER}
        for event in known.events:
            who = event.detail.get("person")
            if event.what == "ask_below" and who in waiting:
                one = asked_reminder(session, decision, str(who), event.at)
                if not any(row.due_at > event.at and row.result not in NOT_DONE for row in known.of(one.kind, who)):
                    yield one

    def still_holds(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> bool:
        return decision.status is Status.HELD and any(
            one.who == work.recipient and one.result is Result.NO_ANSWER for one in decision.answers.tried or ()
        )


KINDS: tuple[FollowUpKind, ...] = (AskedReminder(),)
