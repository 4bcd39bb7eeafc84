"""What happens when a date arrives. One function a kind; the state is looked at again first: a decided decision
reminds nobody. Quiet hours and a snooze defer, they never consume."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.db import claims, lists, queries, roster
from app.db.models import Decision, FollowUp, Person, Signer
from app.db.newer import holds_newer
from app.domain import intervals
from app.domain.answers import Result as AttemptResult
from app.domain.calendar import is_working, next_working_moment
from app.domain.ladder import Rung
from app.domain.lifecycle import OPEN, Move, Status
from app.domain.newer import ANSWERED
from app.workflows import dating, taking_over
from app.workflows.channels import date_digest
from app.workflows.common import (
    THRESHOLD,
    ensure_person,
    hours_of,
    move,
    record,
    send,
    show,
    tell,
)
from app.workflows.dating import GRACE

SENT = dating.SENT
MOOT = "moot"


@dataclass(frozen=True)
class Defer:
    """Not now: the same follow-up, later."""

    until: datetime


Result = str | Defer


class Unknown(Exception):
    """This release does not know what a follow-up is or is about; a newer one, which dated it, does."""


OPTIONAL = frozenset({"left_alone", "remind_halfway", "remind_day_before"})
"""What somebody can switch off. Being asked, a deadline, a look back are the work itself."""

PUNCTUAL = timedelta(minutes=10)
"""What is taken up no later than this counts for the moment it was dated for: the last minute of a working day is
over by the time anything due in it is taken up."""

ANY_HOUR = frozenset({"draft", "digest"})
"""Kinds that were asked for, at that very hour."""


def fire(session: Session, work: FollowUp, now: datetime) -> Result:
    """Do one due follow-up: look at the state again, respect the person's hours, then act.

    Raises:
        Unknown: it, or its decision, holds what this release does not know; nothing of it may be committed.
    """
    if work.kind == "digest":
        return _digest(session, work, now)
    if work.kind not in KINDS:
        raise Unknown("a kind of follow-up")
    decision = queries.decision(session, work.workspace_id, work.decision_id or 0, lock=True)
    if decision is None:
        return MOOT
    try:
        result = _fire(session, decision, work, now)
    except Exception as error:
        if holds_newer(decision):
            raise Unknown(f"{decision.name} was {ANSWERED}") from error
        raise
    if holds_newer(decision):
        raise Unknown(f"{decision.name} was {ANSWERED}")
    return result


def _fire(session: Session, decision: Decision, work: FollowUp, now: datetime) -> Result:
    person = ensure_person(session, work.workspace_id, work.recipient)
    still = STILL_TRUE[work.kind](session, decision, work, now)
    if isinstance(still, datetime):
        return Defer(still)
    if not still:
        return MOOT
    if work.kind not in ANY_HOUR:
        if work.kind in OPTIONAL and person.muted:
            return "muted"
        on_time = timedelta(0) <= now - work.due_at <= PUNCTUAL
        until = _quiet_until(decision, person, work.due_at if on_time else now, now)
        if _overtaken(session, decision, work, until or now, _snoozed(decision, person)):
            return MOOT
        if until:
            return Defer(until)
    ACTS[work.kind](session, decision, work, now)
    return SENT


def _quiet_until(decision: Decision, person: Person, meant: datetime, now: datetime) -> datetime | None:
    """Until when this person is left in peace, or None if now is a good time. ``meant``: the moment it counts for."""
    snoozed = _snoozed(decision, person)
    at = max(meant, snoozed) if snoozed else meant
    hours = hours_of(person)
    moment = at if is_working(at, hours) else next_working_moment(at, hours)
    return moment if moment > now else None


def _snoozed(decision: Decision, person: Person) -> datetime | None:
    return next((p.snoozed_until for p in decision.participants if p.user_id == person.user_id), None)


REMINDERS = ("remind_halfway", "remind_day_before", "remind_deadline")


def _overtaken(session: Session, decision: Decision, work: FollowUp, at: datetime, snoozed: datetime | None) -> bool:
    """Whether a later word says what this reminder would have said: the next reminder, or that the date passed.

    After an outage or a snooze several come due together, and one of them is enough.
    """
    if work.kind not in REMINDERS:
        return False
    signer = _asked_signer(decision, work.recipient)
    after = REMINDERS[REMINDERS.index(work.kind) + 1 :]
    if signer and any(one.kind in after and one.due_at <= at for one in dating.reminders_of(session, decision, signer)):
        return True
    deadline = datetime.fromisoformat(str(work.args.get("deadline")))
    if work.kind == "remind_deadline":  # a night or a weekend defers it; only a snooze makes it come too late
        return snoozed is not None and snoozed > deadline + GRACE and at >= snoozed
    return deadline <= at


# ── is it still true? ───────────────────────────────────────────────────────────────────────────────────


StillTrue = Callable[[Session, Decision, FollowUp, datetime], bool | datetime]
"""Whether it is still to be said; a moment where it is, and later."""


def _asked_signer(decision: Decision, user: str) -> Signer | None:
    return next((s for s in decision.signers if s.user_id == user and not s.handed_over and s.answer is None), None)


def _signer_waits(_: Session, decision: Decision, work: FollowUp, now: datetime) -> bool:
    same = decision.deadline_at is not None and decision.deadline_at.isoformat() == work.args.get("deadline")
    return decision.status is Status.IN_REVIEW and same and _asked_signer(decision, work.recipient) is not None


def _this_ask_waits(session: Session, decision: Decision, work: FollowUp, now: datetime) -> bool:
    """Of somebody who was asked again since, the reminders of the new ask count."""
    signer = _asked_signer(decision, work.recipient)
    same = signer is not None and dating.asked_since(decision, signer).isoformat() == work.args.get("since")
    return same and _signer_waits(session, decision, work, now)


def _deadline_stands(_: Session, decision: Decision, work: FollowUp, now: datetime) -> bool:
    same = decision.deadline_at is not None and decision.deadline_at.isoformat() == work.args.get("deadline")
    return (
        decision.status is Status.IN_REVIEW
        and same
        and any(not s.handed_over and s.answer is None for s in decision.signers)
    )


def _idle(after: timedelta) -> StillTrue:
    """Open, the requester's move, and nobody touched it for ``after``. Touched since: dated anew."""

    def still(session: Session, decision: Decision, work: FollowUp, now: datetime) -> bool | datetime:
        if decision.status not in OPEN:
            return False
        if decision.status is Status.IN_REVIEW:
            return now + after if work.kind in ("expire", "expiring") else False
        if work.kind == "left_alone" and _question_is_out(decision):
            return now + after
        if decision.touched_at + after > now:
            if work.kind == "expire":
                _warn_anew(session, decision, now)
            return decision.touched_at + after
        return True

    return still


def _warn_anew(session: Session, decision: Decision, now: datetime) -> None:
    """It was touched after the requester was told that it expires: the new end has its own word before it."""
    _, expiring, _ = dating.idle(decision)
    known = dating.Known(claims.dated(session, decision, "expiring"), ())
    if not known.pending("expiring") and not dating.warned(decision, known):
        dating.date_all(session, decision, [expiring])


def _question_is_out(decision: Decision) -> bool:
    """Held, and the rung below has the question: somebody else is next."""
    return decision.status is Status.HELD and any(
        one.result is AttemptResult.NO_ANSWER for one in decision.answers.tried or ()
    )


def _status_is(*statuses: Status) -> StillTrue:
    def still(_: Session, decision: Decision, work: FollowUp, now: datetime) -> bool:
        return decision.status in statuses

    return still


def _still_asked(_: Session, decision: Decision, work: FollowUp, now: datetime) -> bool:
    asked = any(
        one.who == work.recipient and one.result is AttemptResult.NO_ANSWER for one in decision.answers.tried or ()
    )
    return decision.status is Status.HELD and asked


def _revisit_dated(_: Session, decision: Decision, work: FollowUp, now: datetime) -> bool:
    return (
        decision.status is Status.DECLINED
        and decision.look_on is not None
        and decision.look_on.isoformat() == work.args.get("on")
    )


STILL_TRUE: dict[str, StillTrue] = {
    "left_alone": _idle(intervals.LEFT_ALONE_AFTER),
    "expiring": _idle(dating.EXPIRING_AFTER),
    "expire": _idle(intervals.EXPIRES_AFTER),
    "asked_reminder": _still_asked,
    "remind_halfway": _this_ask_waits,
    "remind_day_before": _this_ask_waits,
    "remind_deadline": _this_ask_waits,
    "deadline_passed": _deadline_stands,
    "ask_shipped": _status_is(Status.APPROVED),
    "review": _status_is(Status.IMPLEMENTED),
    "learning_check": _status_is(Status.DEFLECTED),
    "revisit": _revisit_dated,
    "draft": _status_is(Status.DRAFTING, Status.IN_REVIEW, Status.NOT_YET),
}


# ── what it does ────────────────────────────────────────────────────────────────────────────────────────


def _says(say: str) -> Callable[[Session, Decision, FollowUp, datetime], None]:
    def act(session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
        tell(session, decision, work.recipient, say, now)

    return act


def _expiring(session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
    """Where the requester has left, once more to those who may take it over."""
    if taking_over.requester_is_gone(session, decision):
        taking_over.offer(session, decision, now)
    else:
        tell(session, decision, work.recipient, "expiring", now)


def _reminds(label: str) -> Callable[[Session, Decision, FollowUp, datetime], None]:
    def act(session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
        tell(session, decision, work.recipient, "remind", now, label=label, deadline=work.args.get("deadline"))

    return act


def _expire(session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
    move(session, decision, Move.EXPIRE, THRESHOLD, now)
    decision.decided_at = now
    tell(session, decision, work.recipient, "expired", now)
    show(session, decision, now)


def _deadline_passed(session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
    """Said to both sides, once; the next chair is offered, nothing climbs by itself."""
    silent = [s for s in decision.signers if not s.handed_over and s.answer is None]
    decision.climb_offered = silent[0].rung or decision.rung or Rung.MANAGER
    record(session, decision, "deadline_passed", THRESHOLD, now, silent=[s.user_id for s in silent])
    if taking_over.requester_is_gone(session, decision):
        taking_over.offer(session, decision, now)
    else:
        tell(session, decision, decision.requester_id, "deadline_passed", now, who=[s.user_id for s in silent])
    for signer in silent:
        dating.date_all(session, decision, [dating.told_late(decision, signer.user_id, now)])
    show(session, decision, now)


def _asks_until_answered(say: str) -> Callable[[Session, Decision, FollowUp, datetime], None]:
    """A look back is asked for again until it is written."""

    def act(session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
        tell(session, decision, work.recipient, say, now)
        dating.date_all(session, decision, [dating.look_again(session, decision, work.kind, now)])

    return act


def _ask_shipped(session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
    tell(session, decision, work.recipient, "ask_shipped", now)
    dating.date_all(session, decision, [dating.ask_shipped(session, decision, now)])


def _nothing(session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
    """A draft is made outside the transaction, by whoever claimed it."""


STILL_TRUE["told_late"] = _signer_waits
ACTS: dict[str, Callable[[Session, Decision, FollowUp, datetime], None]] = {
    "left_alone": _says("left_alone"),
    "expiring": _expiring,
    "expire": _expire,
    "asked_reminder": _says("asked_reminder"),
    "remind_halfway": _reminds("halfway"),
    "remind_day_before": _reminds("day_before"),
    "remind_deadline": _reminds("deadline"),
    "deadline_passed": _deadline_passed,
    "told_late": _says("deadline_passed_signer"),
    "ask_shipped": _ask_shipped,
    "review": _asks_until_answered("review_due"),
    "learning_check": _asks_until_answered("learning_due"),
    "revisit": _says("revisit_due"),
    "draft": _nothing,
}


KINDS = frozenset({*ACTS, "digest"})
"""Every kind of dated work that this release does."""


def _digest(session: Session, work: FollowUp, now: datetime) -> Result:
    """A channel's digest: nothing to say, nothing posted; and the next one is dated."""
    plan = roster.digest_plan(session, work.workspace_id, work.recipient)
    if plan is None or not plan.on:
        return MOOT
    since = plan.last_at or now - timedelta(days=7)
    date_digest(session, plan, now)
    if not lists.anything_to_say(session, work.workspace_id, work.recipient, since):
        return "nothing to say"
    plan.last_at = now
    send(session, work.workspace_id, "digest", work.recipient, now, since=since.isoformat())
    return SENT
