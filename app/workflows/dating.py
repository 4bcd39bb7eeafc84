"""When each piece of dated work is due: one table of rules, which the workflows date by and the audit checks against.

left_alone, expiring, expire    a day, 27 days and 30 days after somebody last touched an open decision
asked_reminder                  the morning after the rung below was asked
remind_*, deadline_passed       halfway, a working day before, at the deadline; an hour after it
told_late                       to each silent signer, once the requester was told
draft                           when it is asked for
ask_shipped                     two weeks after the approval, then every two weeks
learning_check, review          on their day, then every week until it is written
revisit                         on its day
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.db import roster
from app.db.models import AuditEvent, Decision, FollowUp, Person, Signer
from app.domain import intervals
from app.domain.answers import Result
from app.domain.calendar import next_working_moment, reminder_times
from app.domain.lifecycle import OPEN, Status
from app.workflows.common import hours_of, later_all, morning, today_for

GRACE = timedelta(hours=1)
"""Between the reminder at the deadline and the word that it passed."""

SENT = "sent"
GIVEN_UP = "given up"
JOINED = "joined with a later one"
"""How a follow-up ended; ``follow_up.result``."""
NOT_DONE = (GIVEN_UP, JOINED)

AGAIN_AFTER = timedelta(days=1)
"""What was given up is tried again after this long: by then somebody may have mended what was wrong."""

EXPIRING_AFTER = intervals.EXPIRES_AFTER - intervals.EXPIRY_TOLD_BEFORE


@dataclass(frozen=True)
class Dated:
    """One piece of work: what, for whom, when."""

    kind: str
    recipient: str
    due_at: datetime
    args: dict[str, Any] = field(default_factory=dict)


def date_all(session: Session, decision: Decision, work: Iterator[Dated] | Sequence[Dated]) -> None:
    """Date each of these; what is dated already stays as it is."""
    later_all(session, decision, [(one.kind, one.recipient, one.due_at, one.args) for one in work])


# ── the rules ───────────────────────────────────────────────────────────────────────────────────────────


def idle(decision: Decision) -> tuple[Dated, Dated, Dated]:
    """Left alone, about to expire, expired: counted from when it was last touched."""
    return (
        Dated("left_alone", decision.requester_id, decision.touched_at + intervals.LEFT_ALONE_AFTER),
        Dated("expiring", decision.requester_id, decision.touched_at + EXPIRING_AFTER),
        Dated("expire", decision.requester_id, decision.touched_at + intervals.EXPIRES_AFTER),
    )


def asked_reminder(session: Session, decision: Decision, who: str, at: datetime) -> Dated:
    """The morning after ``who`` was asked ``at`` a moment."""
    person = _person(session, decision, who)
    return Dated("asked_reminder", who, morning(person, today_for(person, at) + timedelta(days=1)))


def asked_since(decision: Decision, signer: Signer) -> datetime:
    """From when the time that this signer has is counted: they were asked, or the date was moved."""
    return max(signer.asked_at, decision.deadline_set_at or signer.asked_at)


def reminders_of(session: Session, decision: Decision, signer: Signer) -> list[Dated]:
    """Halfway, a working day before, at the deadline, in the signer's own working hours."""
    assert decision.deadline_at
    since = asked_since(decision, signer)
    args = {"deadline": decision.deadline_at.isoformat(), "since": since.isoformat()}
    times = reminder_times(since, decision.deadline_at, hours_of(_person(session, decision, signer.user_id)))
    return [Dated(f"remind_{label}", signer.user_id, at, args) for label, at in times]


def deadline_passed(session: Session, decision: Decision) -> Dated:
    """In the requester's next working hour after it."""
    assert decision.deadline_at
    at = next_working_moment(decision.deadline_at + GRACE, hours_of(_person(session, decision, decision.requester_id)))
    return Dated("deadline_passed", decision.requester_id, at, {"deadline": decision.deadline_at.isoformat()})


def revisit(session: Session, decision: Decision) -> Dated:
    """As ``look``; one whose day was moved since is moot."""
    one = look(session, decision, "revisit")
    assert decision.look_on
    return Dated(one.kind, one.recipient, one.due_at, {"on": decision.look_on.isoformat()})


def told_late(decision: Decision, user: str, at: datetime) -> Dated:
    assert decision.deadline_at
    return Dated("told_late", user, at, {"deadline": decision.deadline_at.isoformat()})


def ask_shipped(session: Session, decision: Decision, since: datetime) -> Dated:
    """Two weeks after the approval, the last question or the last “not yet”."""
    owner = _person(session, decision, decision.owner_id)
    return Dated(
        "ask_shipped", decision.owner_id, morning(owner, today_for(owner, since) + intervals.SHIPPED_ASKED_EVERY)
    )


def look(session: Session, decision: Decision, kind: str) -> Dated:
    """A learning check, a review or a revisit, on the morning of its day."""
    assert decision.look_on
    who = decision.requester_id if kind == "revisit" else decision.owner_id
    return Dated(kind, who, morning(_person(session, decision, who), decision.look_on))


def look_again(session: Session, decision: Decision, kind: str, asked_at: datetime) -> Dated:
    """A look back that was asked for and not written is asked for again."""
    owner = _person(session, decision, decision.owner_id)
    return Dated(
        kind, decision.owner_id, morning(owner, today_for(owner, asked_at) + intervals.REVIEW_ASKED_AGAIN_AFTER)
    )


def _person(session: Session, decision: Decision, user: str) -> Person:
    """Whoever nobody has looked up yet counts as being in UTC."""
    return roster.person(session, decision.workspace_id, user) or Person(user_id=user, tz="UTC")


# ── what is owed ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Known:
    """What the database holds of one decision: its follow-ups, done ones too, and the events that date work."""

    rows: Sequence[FollowUp]
    events: Sequence[AuditEvent]
    """Those of ``DATING``, oldest first."""

    def of(self, kind: str, who: str | None = None) -> list[FollowUp]:
        return [row for row in self.rows if row.kind == kind and who in (None, row.recipient)]

    def pending(self, kind: str) -> bool:
        return any(row.done_at is None for row in self.of(kind))

    def happened(self, one: Dated, *same: str) -> bool:
        """Whether this work is dated or was done, going by these of its arguments."""
        return any(
            row.result not in NOT_DONE and all(row.args.get(key) == one.args[key] for key in same)
            for row in self.of(one.kind, one.recipient)
        )

    def last_sent(self, kind: str) -> datetime | None:
        return max((row.done_at for row in self.of(kind) if row.done_at and row.result == SENT), default=None)


DATING = ("ask_below", "ask_assistant", "not_shipped")
"""Events whose moment a rule counts from."""


def owed(session: Session, decision: Decision, known: Known, now: datetime) -> list[Dated]:
    """The work that should be dated for this decision and is not. Empty, unless something was lost."""
    failed = {
        (row.kind, row.recipient)
        for row in known.rows
        if row.result == GIVEN_UP and row.done_at is not None and row.done_at > now - AGAIN_AFTER
    }
    rules = [rule for statuses, rule in OWED if decision.status in statuses]
    missing = [one for rule in rules for one in rule(session, decision, known, now)]
    return [one for one in missing if (one.kind, one.recipient) not in failed]


def _idle(_: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
    left_alone, expiring, expire = idle(decision)
    if decision.status is not Status.IN_REVIEW and not known.happened(left_alone):
        yield left_alone  # said once, and never again
    ends = next((row.due_at for row in known.of("expire") if row.done_at is None), None)
    if ends is None:
        yield expire
    told = known.last_sent("expiring")
    dated_with_the_end = told is not None and ends is not None and ends < expiring.due_at
    if not known.pending("expiring") and not warned(decision, known) and not dated_with_the_end:
        yield expiring


def warned(decision: Decision, known: Known) -> bool:
    """Whether the requester was told that it expires, since somebody touched it."""
    told = known.last_sent("expiring")
    return told is not None and told >= decision.touched_at


def _asked(session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
    waiting = {one.who for one in decision.answers.tried or () if one.who and one.result is Result.NO_ANSWER}
    for event in known.events:
        who = event.detail.get("person")
        if event.what == "ask_below" and who in waiting:
            one = asked_reminder(session, decision, str(who), event.at)
            if not any(row.due_at > event.at and row.result not in NOT_DONE for row in known.of(one.kind, who)):
                yield one


def _signing(session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
    waiting = [s for s in decision.signers if not s.handed_over and s.answer is None]
    if decision.deadline_at is None or not waiting:
        return
    passed = deadline_passed(session, decision)
    if not known.happened(passed, "deadline"):
        yield passed
    said = next(
        (r for r in known.of("deadline_passed") if r.result == SENT and r.args["deadline"] == passed.args["deadline"]),
        None,
    )
    for signer in waiting:
        dated = reminders_of(session, decision, signer)
        overtaken = max((one.due_at for one in dated if one.due_at <= now), default=now)
        yield from (
            one for one in dated if one.due_at >= min(overtaken, now) and not known.happened(one, "deadline", "since")
        )
        if said is not None and said.done_at is not None and signer.asked_at <= said.done_at:
            late = told_late(decision, signer.user_id, said.done_at)
            if not known.happened(late, "deadline"):
                yield late


def _drafts(_: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
    for event in known.events:
        if event.what == "ask_assistant" and not any(
            row.due_at == event.at and row.result not in NOT_DONE for row in known.of("draft")
        ):
            part = str(event.detail["part"])
            yield Dated("draft", event.actor, event.at, {} if part == "all" else {"part": part})


def _shipped(session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
    if not known.pending("ask_shipped"):
        answered = [event.at for event in known.events if event.what == "not_shipped"]
        asked = [known.last_sent("ask_shipped"), decision.decided_at or decision.touched_at]
        yield ask_shipped(session, decision, max(at for at in [*asked, *answered] if at is not None))


def _looking(kind: str) -> Callable[[Session, Decision, Known, datetime], Iterator[Dated]]:
    def rule(session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
        if decision.look_on is not None and not known.pending(kind):
            asked_at = known.last_sent(kind)
            yield look(session, decision, kind) if asked_at is None else look_again(session, decision, kind, asked_at)

    return rule


def _revisit(session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
    if decision.look_on is None:
        return
    one = revisit(session, decision)
    if not known.happened(one, "on"):
        yield one


Rule = Callable[[Session, Decision, Known, datetime], Iterator[Dated]]
OWED: tuple[tuple[frozenset[Status], Rule], ...] = (
    (OPEN, _idle),
    (frozenset({Status.HELD}), _asked),
    (frozenset({Status.IN_REVIEW}), _signing),
    (frozenset({Status.DRAFTING, Status.IN_REVIEW, Status.NOT_YET}), _drafts),
    (frozenset({Status.APPROVED}), _shipped),
    (frozenset({Status.DEFLECTED}), _looking("learning_check")),
    (frozenset({Status.IMPLEMENTED}), _looking("review")),
    (frozenset({Status.DECLINED}), _revisit),
)
"""Which state owes what."""

OWING = frozenset().union(*(statuses for statuses, _ in OWED))
"""The states in which anything is owed; the others are at their end."""
