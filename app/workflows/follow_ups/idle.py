"""An open decision that nobody touches: said after a day, warned of after 27 days, and ended after 30.

Counted from when somebody last touched it: what comes too early is put off.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from sqlalchemy.orm import Session

from app.db import follow_ups
from app.db.models import Decision, FollowUp
from app.domain.answers import Result
from app.domain.lifecycle import OPEN, THRESHOLD, Move, Status
from app.domain.message_kinds import NoticeKind
from app.domain.policy import intervals
from app.domain.signing.standing import open_questions, still_to_answer
from app.workflows import requester_left
from app.workflows.cards import show
from app.workflows.follow_ups.kind import Dated, FollowUpKind, Known, date_all
from app.workflows.moving import move
from app.workflows.notifying import tell

EXPIRING_AFTER = intervals.EXPIRES_AFTER - intervals.EXPIRY_TOLD_BEFORE


def idle(decision: Decision) -> tuple[Dated, Dated, Dated]:
    """Left alone, about to expire, expired."""
    return LEFT_ALONE.dated(decision), EXPIRING.dated(decision), EXPIRE.dated(decision)


def rests_since(decision: Decision) -> datetime:
    """From when nobody has touched it; while it is signed, not before the date that the signers were given; while an
    experiment about it runs, not before its end."""
    if decision.status is Status.IN_REVIEW and decision.deadline_at is not None:
        return max(decision.touched_at, decision.deadline_at)
    if decision.tradeoff_until is not None:
        ends = datetime.combine(decision.tradeoff_until, time.min, UTC)
        return max(decision.touched_at, ends)
    return decision.touched_at


class Idle(FollowUpKind):
    """Work that comes ``after`` a time in which nobody touched an open decision."""

    owed_in = OPEN
    after: timedelta

    def dated(self, decision: Decision) -> Dated:
        return Dated(self.name, decision.requester_id, rests_since(decision) + self.after)

    def still_holds(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> bool | datetime:
        """Open, and nobody touched it; while it is under review, not before the date that its signers have."""
        if decision.status not in OPEN:
            return False
        since = rests_since(decision)
        return since + self.after if since + self.after > now else True


class LeftAlone(Idle):
    """Said once, and never again."""

    name = "left_alone"
    after = intervals.LEFT_ALONE_AFTER
    says = NoticeKind.LEFT_ALONE
    optional = True

    def owed(self, session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
        one = self.dated(decision)
        if decision.status is not Status.IN_REVIEW and not known.happened(one):
            yield one

    def still_holds(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> bool | datetime:
        if decision.status is Status.IN_REVIEW:  # its signers have dates of their own
            return False
        return now + self.after if _question_is_out(decision) else super().still_holds(session, decision, work, now)


def _question_is_out(decision: Decision) -> bool:
    """Held, and the rung below has the question: somebody else is next."""
    return decision.status is Status.HELD and any(
        one.result is Result.NO_ANSWER for one in decision.answers.tried or ()
    )


class Expire(Idle):
    """It ends by itself."""

    name = "expire"
    after = intervals.EXPIRES_AFTER
    says = NoticeKind.EXPIRED

    def owed(self, session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
        if not known.pending(self.name):
            yield self.dated(decision)

    def still_holds(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> bool | datetime:
        still = super().still_holds(session, decision, work, now)
        if isinstance(still, datetime):
            EXPIRING.warn_anew(session, decision)
        return still

    def act(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
        move(session, decision, Move.EXPIRE, THRESHOLD, now)
        decision.decided_at = now
        asked = [signer.user_id for signer in still_to_answer(decision.signers)] if decision.sent_at else []
        raised = [one.asked_by for one in open_questions(decision.questions)]
        for user in dict.fromkeys([work.recipient, *asked, *raised]):
            tell(session, decision, user, NoticeKind.EXPIRED, now)
        show(session, decision, now)


class Expiring(Idle):
    """The requester hears before it ends; where they have left, once more those who may take it over."""

    name = "expiring"
    after = EXPIRING_AFTER
    says = NoticeKind.EXPIRING

    def owed(self, session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
        one = self.dated(decision)
        ends = next((row.due_at for row in known.of(EXPIRE.name) if row.done_at is None), None)
        told = known.last_sent(self.name)
        dated_with_the_end = told is not None and ends is not None and ends < one.due_at
        if not known.pending(self.name) and not self.warned(decision, known) and not dated_with_the_end:
            yield one

    def warned(self, decision: Decision, known: Known) -> bool:
        """Whether the requester was told that it expires, since somebody touched it."""
        told = known.last_sent(self.name)
        return told is not None and told >= rests_since(decision)

    def warn_anew(self, session: Session, decision: Decision) -> None:
        """It was touched after the requester was told that it expires: the new end has its own word before it."""
        known = Known(follow_ups.dated(session, decision, self.name), ())
        if not known.pending(self.name) and not self.warned(decision, known):
            date_all(session, decision, [self.dated(decision)])

    def act(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
        if requester_left.requester_is_gone(session, decision):
            requester_left.offer(session, decision, now)
        else:
            tell(session, decision, work.recipient, NoticeKind.EXPIRING, now)


LEFT_ALONE, EXPIRE, EXPIRING = LeftAlone(), Expire(), Expiring()
KINDS: tuple[FollowUpKind, ...] = (LEFT_ALONE, EXPIRE, EXPIRING)
