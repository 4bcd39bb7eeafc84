"""What signers and requester hear of the date by which everybody has signed.

A signer hears halfway, a working day before and in the morning of the day; an hour after it both sides hear that it
passed.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.db.models import Decision, FollowUp, Signer
from app.domain.ladder import Rung
from app.domain.lifecycle import THRESHOLD, UNDER_REVIEW, Status
from app.domain.message_kinds import NoticeKind
from app.domain.people.calendar import next_working_moment
from app.domain.people.working_time import hours_of
from app.domain.policy import intervals
from app.domain.signing.reminders import Label, reminder_times
from app.domain.signing.standing import open_questions, signer_of, still_to_answer
from app.workflows import requester_left
from app.workflows.cards import show
from app.workflows.follow_ups.idle import rests_since
from app.workflows.follow_ups.kind import SENT, Dated, FollowUpKind, Known, date_all, person_of
from app.workflows.moving import record
from app.workflows.notifying import tell
from app.workflows.scheduling import morning, today_for

GRACE = timedelta(hours=1)
"""Between the deadline and the word that it passed."""


def asked_since(decision: Decision, signer: Signer) -> datetime:
    """From when the time that this signer has is counted: they were asked, or the date was moved."""
    return max(signer.asked_at, decision.deadline_set_at or signer.asked_at)


def reminders_of(session: Session, decision: Decision, signer: Signer) -> list[Dated]:
    """Halfway, a working day before, in the morning of the day: in the signer's own working hours."""
    assert decision.deadline_at
    since = asked_since(decision, signer)
    args = {"deadline": decision.deadline_at.isoformat(), "since": since.isoformat()}
    times = reminder_times(since, decision.deadline_at, hours_of(person_of(session, decision, signer.user_id)))
    return [Dated(f"remind_{label}", signer.user_id, at, args) for label, at in times]


def deadline_passed(session: Session, decision: Decision) -> Dated:
    """In the requester's next working hour after it."""
    assert decision.deadline_at
    hours = hours_of(person_of(session, decision, decision.requester_id))
    at = next_working_moment(decision.deadline_at + GRACE, hours)
    return Dated(DeadlinePassed.name, decision.requester_id, at, {"deadline": decision.deadline_at.isoformat()})


class UnderReview(FollowUpKind):
    """Work about the date that stands: of another one it is moot."""

    owed_in = frozenset({Status.IN_REVIEW})

    def still_holds(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> bool:
        same = decision.deadline_at is not None and decision.deadline_at.isoformat() == work.args.get("deadline")
        return decision.status is Status.IN_REVIEW and same and self.waits(decision)

    def waits(self, decision: Decision) -> bool:
        return bool(still_to_answer(decision.signers))


class Reminder(UnderReview):
    """One of the three. Where several come due together, after an outage or a snooze, the last is enough."""

    label: Label
    says = NoticeKind.REMIND

    def owed(self, session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
        for signer in still_to_answer(decision.signers) if decision.deadline_at else ():
            dated = reminders_of(session, decision, signer)
            overtaken = max((one.due_at for one in dated if one.due_at <= now), default=now)
            for one in dated:
                mine = one.kind == self.name and one.due_at >= min(overtaken, now)
                if mine and not known.happened(one, "deadline", "since"):
                    yield one

    def still_holds(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> bool:
        """Of somebody who was asked again since, the reminders of the new ask count."""
        signer = signer_of(still_to_answer(decision.signers), work.recipient)
        same = signer is not None and asked_since(decision, signer).isoformat() == work.args.get("since")
        return same and super().still_holds(session, decision, work, now)

    def overtaken(
        self, session: Session, decision: Decision, work: FollowUp, at: datetime, snoozed: datetime | None
    ) -> bool:
        """Whether the next reminder, or the word that the date passed, says it all."""
        return self._next_is_due(session, decision, work, at) or datetime.fromisoformat(work.args["deadline"]) <= at

    def _next_is_due(self, session: Session, decision: Decision, work: FollowUp, at: datetime) -> bool:
        signer = signer_of(still_to_answer(decision.signers), work.recipient)
        after = REMINDERS[[one.name for one in REMINDERS].index(self.name) + 1 :]
        names = {one.name for one in after}
        return signer is not None and any(
            one.kind in names and one.due_at <= at for one in reminders_of(session, decision, signer)
        )

    def act(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
        deadline = work.args.get("deadline")
        tell(session, decision, work.recipient, NoticeKind.REMIND, now, label=self.label, deadline=deadline)


class RemindHalfway(Reminder):
    name = "remind_halfway"
    label = "halfway"
    optional = True


class RemindDayBefore(Reminder):
    name = "remind_day_before"
    label = "day_before"
    optional = True


class RemindDeadline(Reminder):
    name = "remind_deadline"
    label = "deadline"


class DeadlinePassed(UnderReview):
    """Said to both sides, once; the next chair is offered, nothing climbs by itself."""

    name = "deadline_passed"
    says = NoticeKind.DEADLINE_PASSED

    def waits(self, decision: Decision) -> bool:
        """A question that is open blocks as much as a signer who is silent."""
        return super().waits(decision) or bool(open_questions(decision.questions))

    def owed(self, session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
        if decision.deadline_at is None or not self.waits(decision):
            return
        one = deadline_passed(session, decision)
        if not known.happened(one, "deadline"):
            yield one

    def act(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
        silent = still_to_answer(decision.signers)
        who = [signer.user_id for signer in silent]
        if silent:
            decision.seat_to_fill = silent[0].rung or decision.rung or Rung.MANAGER
        record(session, decision, "deadline_passed", THRESHOLD, now, silent=who)
        if requester_left.requester_is_gone(session, decision):
            requester_left.offer(session, decision, now)
        else:
            tell(session, decision, decision.requester_id, NoticeKind.DEADLINE_PASSED, now, who=who)
        date_all(session, decision, [TOLD_LATE.dated(decision, signer.user_id, now) for signer in silent])
        show(session, decision, now)


class ToldLate(UnderReview):
    """Each silent signer hears that the date passed, once the requester was told."""

    name = "told_late"
    says = NoticeKind.DEADLINE_PASSED_SIGNER

    def dated(self, decision: Decision, user: str, at: datetime) -> Dated:
        assert decision.deadline_at
        return Dated(self.name, user, at, {"deadline": decision.deadline_at.isoformat()})

    def owed(self, session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
        if decision.deadline_at is None:
            return
        deadline = decision.deadline_at.isoformat()
        sent = (row for row in known.of(DeadlinePassed.name) if row.result == SENT and row.args["deadline"] == deadline)
        told = next(sent, None)
        if told is None or told.done_at is None:
            return
        for signer in still_to_answer(decision.signers):
            one = self.dated(decision, signer.user_id, told.done_at)
            if signer.asked_at <= told.done_at and not known.happened(one, "deadline"):
                yield one

    def still_holds(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> bool:
        waits = signer_of(still_to_answer(decision.signers), work.recipient) is not None
        return waits and super().still_holds(session, decision, work, now)


class ReviewWaits(FollowUpKind):
    """Every week while a review rests: the requester hears of a way on, each silent signer that it is still open."""

    name = "review_waits"
    owed_in = UNDER_REVIEW
    says = NoticeKind.REVIEW_WAITS

    def dated(self, session: Session, decision: Decision, since: datetime) -> Dated:
        requester = person_of(session, decision, decision.requester_id)
        day = today_for(requester, since) + intervals.REVIEW_WAITS_EVERY
        return Dated(self.name, decision.requester_id, morning(requester, day))

    def owed(self, session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
        if not known.pending(self.name):
            rests = rests_since(decision)
            yield self.dated(session, decision, max(rests, known.last_sent(self.name) or rests))

    def still_holds(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> bool | datetime:
        if decision.status is Status.NOT_YET:  # it may come back
            return now + intervals.REVIEW_WAITS_EVERY
        if decision.status is not Status.IN_REVIEW:
            return False
        due = self.dated(session, decision, rests_since(decision)).due_at
        return due if due > now else True

    def act(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
        if requester_left.requester_is_gone(session, decision):
            requester_left.offer(session, decision, now)
        else:
            tell(session, decision, decision.requester_id, NoticeKind.REVIEW_WAITS, now)
        for signer in still_to_answer(decision.signers):
            tell(session, decision, signer.user_id, NoticeKind.DEADLINE_PASSED_SIGNER, now)
        date_all(session, decision, [self.dated(session, decision, now)])


REMINDERS: tuple[Reminder, ...] = (RemindHalfway(), RemindDayBefore(), RemindDeadline())
TOLD_LATE = ToldLate()
REVIEW_WAITS = ReviewWaits()
KINDS: tuple[FollowUpKind, ...] = (DeadlinePassed(), *REMINDERS, TOLD_LATE, REVIEW_WAITS)
