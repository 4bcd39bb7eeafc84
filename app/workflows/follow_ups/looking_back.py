"""Has it shipped, how did it turn out: asked on the day, and again until it is answered."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from app.db.models import Decision, FollowUp
from app.domain.lifecycle import Status
from app.domain.message_kinds import NoticeKind
from app.domain.policy import intervals
from app.workflows.follow_ups.kind import Dated, FollowUpKind, Known, date_all, person_of
from app.workflows.scheduling import morning, today_for


def ask_shipped(session: Session, decision: Decision, since: datetime) -> Dated:
    """Two weeks after the approval, the last question or the last “not yet”."""
    owner = person_of(session, decision, decision.owner_id)
    at = morning(owner, today_for(owner, since) + intervals.SHIPPED_ASKED_EVERY)
    return Dated(AskShipped.name, decision.owner_id, at)


def look(session: Session, decision: Decision, kind: str) -> Dated:
    """A learning check, a review or a revisit, on the morning of its day."""
    assert decision.look_on
    who = decision.requester_id if kind == Revisit.name else decision.owner_id
    return Dated(kind, who, morning(person_of(session, decision, who), decision.look_on))


def look_again(session: Session, decision: Decision, kind: str, asked_at: datetime) -> Dated:
    """A look back that was asked for and not written is asked for again, a week later."""
    who = decision.requester_id if kind == Revisit.name else decision.owner_id
    person = person_of(session, decision, who)
    at = morning(person, today_for(person, asked_at) + intervals.REVIEW_ASKED_AGAIN_AFTER)
    on = {"on": decision.look_on.isoformat()} if kind == Revisit.name and decision.look_on else {}
    return Dated(kind, who, at, on)


def revisit(session: Session, decision: Decision) -> Dated:
    """As ``look``; one whose day was moved since is moot."""
    one = look(session, decision, Revisit.name)
    assert decision.look_on
    return Dated(one.kind, one.recipient, one.due_at, {"on": decision.look_on.isoformat()})


class AskShipped(FollowUpKind):
    name = "ask_shipped"
    owed_in = frozenset({Status.APPROVED})
    dated_by = ("not_shipped",)
    says = NoticeKind.ASK_SHIPPED

    def owed(self, session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
        if not known.pending(self.name):
            answered = [event.at for event in known.events if event.what == "not_shipped"]
            asked = [known.last_sent(self.name), decision.decided_at or decision.touched_at]
            yield ask_shipped(session, decision, max(at for at in [*asked, *answered] if at is not None))

    def still_holds(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> bool:
        return decision.status is Status.APPROVED

    def act(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
        super().act(session, decision, work, now)
        date_all(session, decision, [ask_shipped(session, decision, now)])


class LookBack(FollowUpKind):
    """A look back, asked for again until it is written."""

    def owed(self, session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
        if decision.look_on is not None and not known.pending(self.name):
            asked_at = known.last_sent(self.name)
            if asked_at is None:
                yield look(session, decision, self.name)
            else:
                yield look_again(session, decision, self.name, asked_at)

    def still_holds(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> bool:
        return decision.status in self.owed_in

    def act(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
        super().act(session, decision, work, now)
        date_all(session, decision, [look_again(session, decision, self.name, now)])


class LearningCheck(LookBack):
    """Of a two-way door."""

    name = "learning_check"
    owed_in = frozenset({Status.DEFLECTED})
    says = NoticeKind.LEARNING_DUE


class Review(LookBack):
    """Of a one-way door that shipped."""

    name = "review"
    owed_in = frozenset({Status.IMPLEMENTED})
    says = NoticeKind.REVIEW_DUE


class Revisit(FollowUpKind):
    """Of a no, on the day the requester chose, then every week until it is written."""

    name = "revisit"
    owed_in = frozenset({Status.DECLINED})
    says = NoticeKind.REVISIT_DUE

    def owed(self, session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
        if decision.look_on is None:
            return
        one = revisit(session, decision)
        asked_at = known.last_sent(self.name)
        if not known.happened(one, "on"):
            yield one
        elif not known.pending(self.name) and asked_at is not None:
            yield look_again(session, decision, self.name, asked_at)

    def act(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
        super().act(session, decision, work, now)
        date_all(session, decision, [look_again(session, decision, self.name, now)])

    def still_holds(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> bool:
        on = decision.look_on.isoformat() if decision.look_on else None
        return decision.status is Status.DECLINED and on is not None and on == work.args.get("on")


KINDS: tuple[FollowUpKind, ...] = (AskShipped(), LearningCheck(), Review(), Revisit())
