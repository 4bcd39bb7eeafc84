"""The memo: every save is a version, and sending it freezes the ladder and asks the smallest set of signers."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.db import policies, roster
from app.db.models import Decision, MemoVersion, Signer
from app.domain.calendar import add_working_days, end_of_working_day, zone
from app.domain.dates import check_reach
from app.domain.errors import NotNow, Unreadable
from app.domain.ladder import Ladder, Rung
from app.domain.lifecycle import Move, Status
from app.domain.memo import Memo, blocking, changed_parts, check_memo
from app.domain.permissions import MayNotSign, check_signs_as
from app.domain.signoff import needs_bar_raiser
from app.words.memo import say
from app.words.signing import may_not_sign
from app.workflows import dating
from app.workflows.common import (
    Actor,
    ensure_person,
    hours_of,
    is_member,
    join,
    move,
    only,
    open_decision,
    record,
    rely_on,
    show,
    tell,
    today_for,
    working_day,
)

WRITABLE = (Status.DRAFTING, Status.IN_REVIEW, Status.NOT_YET)


class Overtaken(NotNow):
    """Somebody saved a version while this one was written. Saving again puts it on top."""

    def __init__(self, author: str, version: int) -> None:
        super().__init__(
            f"<@{author}> saved version {version} while you were writing. Your text is still here: "
            "press Save again to put it on top as the next version."
        )
        self.version = version


@dataclass(frozen=True)
class Sending:
    """Who is asked to sign, by when, and who may read along."""

    signer: str
    bar_raiser: str | None
    decide_by: date
    readers: tuple[str, ...] = ()


def save(session: Session, id: int, memo: Memo, based_on: int, actor: Actor, now: datetime) -> Decision:
    """Save the memo as a new version; a change after it was sent asks the signers again.

    Raises:
        Overtaken: another version was saved since this one was opened.
        Unreadable: a prediction for a day that is out of reach.
    """
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id], "the requester")
    if decision.status not in WRITABLE:
        raise NotNow("The memo of this decision can no longer be changed. Copy your text before you close this.")
    if decision.memo_version != based_on:
        raise Overtaken(decision.memos[-1].author_id, decision.memo_version)
    parts = changed_parts(decision.memo, memo) if decision.memo else ("all",)
    if not parts:
        return decision
    if memo.prediction and memo.prediction.on:
        check_reach(memo.prediction.on, now.date(), "target_on")
    add_version(session, decision, memo, actor, now)
    if decision.status is not Status.DRAFTING:
        ask_again(session, decision, parts, now)
    show(session, decision, now)
    return decision


def add_version(session: Session, decision: Decision, memo: Memo, actor: Actor, now: datetime) -> None:
    decision.memo_version += 1
    decision.memos.append(
        MemoVersion(
            workspace_id=decision.workspace_id,
            decision_id=decision.id,
            number=decision.memo_version,
            memo=memo,
            author_id=actor.user,
            created_at=now,
        )
    )
    session.flush()
    record(session, decision, "memo", actor.user, now, version=decision.memo_version)


def ask_again(session: Session, decision: Decision, parts: tuple[str, ...], now: datetime) -> None:
    """Answers given to an older version no longer stand."""
    for signer in decision.signers:
        if signer.handed_over or signer.answer is None:
            continue
        if decision.status is Status.NOT_YET and signer.answer == "not_yet":
            continue  # their condition is still open; meeting it asks them anyway
        signer.answer, signer.asked_at = None, now
        new_deadline(session, decision, signer.user_id, now)
        remind(session, decision, signer.user_id)
        tell(session, decision, signer.user_id, "memo_changed", now, parts=list(parts), version=decision.memo_version)


def send(session: Session, id: int, sending: Sending, actor: Actor, now: datetime) -> Decision:
    """Send the memo to its signers: freeze the ladder, ask them, date the reminders.

    Raises:
        Unreadable: an incomplete memo, a signer who can't sign, a date in the past; ``field`` names the input.
        NotNow: it was sent already, or the decision has closed.
    """
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id], "the requester")
    if decision.status is not Status.DRAFTING:
        raise NotNow(
            "This memo is with its signers already." if decision.status is Status.IN_REVIEW else "It has moved on."
        )
    requester = ensure_person(session, decision.workspace_id, decision.requester_id)
    today = today_for(requester, now)
    missing = blocking(check_memo(decision.memo or Memo("", "", "", "", ""), today=today))
    if missing:
        raise Unreadable(say(missing[0], today), "signer")
    rung = decision.rung or Rung.MANAGER
    ladder = roster.ladder_of(session, decision.workspace_id, decision.channel_id)
    bar_raiser = (
        sending.bar_raiser if needs_bar_raiser(rung, decision.answers, policies.of(session, decision)) else None
    )
    _check_signers(session, decision, rung, sending.signer, bar_raiser)
    if sending.decide_by < today:
        raise Unreadable(
            "The day by which you need the answer has passed. Choose one that is still to come.", "decide_by"
        )

    check_reach(sending.decide_by, today, "decide_by")
    decision.ladder = _frozen(ladder, rung, sending.signer, bar_raiser)
    signer = ensure_person(session, decision.workspace_id, sending.signer)
    decision.deadline_at = end_of_working_day(working_day(signer, sending.decide_by), hours_of(signer))
    if decision.deadline_at <= now:
        raise Unreadable(f"It is past the working day of <@{sending.signer}> already. Choose a later day.", "decide_by")
    decision.deadline_on = sending.decide_by  # the same day for everybody, wherever they read it
    decision.sent_at = decision.deadline_set_at = now
    move(session, decision, Move.SEND, actor.user, now, signer=sending.signer, bar_raiser=bar_raiser)
    ask_to_sign(session, decision, sending.signer, rung, now)
    if bar_raiser:
        ask_to_sign(session, decision, bar_raiser, None, now)
    for reader in sending.readers:
        check_can_read(session, decision, reader, "readers")
        join(session, decision, reader)
    dating.date_all(session, decision, [dating.deadline_passed(session, decision)])
    show(session, decision, now)
    return decision


def _check_signers(session: Session, decision: Decision, rung: Rung, signer: str, bar_raiser: str | None) -> None:
    if needs_bar_raiser(rung, decision.answers, policies.of(session, decision)) and not bar_raiser:
        raise Unreadable(
            "This one needs a bar raiser too: somebody independent who signs beside the rung.", "bar_raiser"
        )
    for user, field in ((signer, "signer"), (bar_raiser, "bar_raiser")):
        if user:
            check_can_sign(session, decision, user, field)
    if bar_raiser and bar_raiser == signer:
        raise Unreadable(
            "The bar raiser is somebody else than the signer: two people read it, not one twice.", "bar_raiser"
        )
    check_seat(session, decision, signer, rung, "signer")
    if bar_raiser:
        check_seat(session, decision, bar_raiser, None, "bar_raiser", beside=[signer])


def check_seat(
    session: Session, decision: Decision, user: str, rung: Rung | None, field: str, *, beside: Collection[str] = ()
) -> None:
    """Refuse whoever may not sign as ``rung`` (None: bar raiser), by the ladder that counts or the decision's own."""
    counted = roster.ladder_of(session, decision.workspace_id, decision.channel_id)
    refused: MayNotSign | None = None
    for ladder in [one for one in (decision.ladder, counted) if one is not None]:
        people = roster.people(session, decision.workspace_id, ladder.everybody)
        gone = {one for one, person in people.items() if not is_member(person)}
        refused = check_signs_as(user, rung, ladder, requester=decision.requester_id, beside=beside, gone=gone)
        if refused is None:
            return
    if refused is not None:
        raise Unreadable(may_not_sign(refused), field)


def check_can_sign(session: Session, decision: Decision, user: str, field: str) -> None:
    """Refuse a signer who can't be one: the requester, an app, a guest, a stranger, somebody who left."""
    if not user:
        raise Unreadable("Choose somebody.", field)
    if user == decision.requester_id:
        raise Unreadable("Nobody signs their own memo. Choose somebody else.", field)
    person = rely_on(session, decision.workspace_id, user)
    if not person.active:
        raise Unreadable(f"<@{user}> has left this workspace. Choose somebody who is here.", field)
    if person.bot:
        raise Unreadable("An app can't sign. Choose a person.", field)
    if person.guest or person.outside:
        whose = "is a guest here" if person.guest else "is of another workspace"
        raise Unreadable(f"<@{user}> {whose} and can't sign. Choose a member of the workspace.", field)


def check_can_read(session: Session, decision: Decision, user: str, field: str) -> None:
    """Refuse a reader who can't be one. A guest may be: somebody chose them by name."""
    person = rely_on(session, decision.workspace_id, user)
    if not person.active or person.bot or person.outside:
        raise Unreadable(f"<@{user}> can't read along. Choose a person who is in this workspace.", field)


def _frozen(ladder: Ladder, rung: Rung, signer: str, bar_raiser: str | None) -> Ladder:
    """The copy that this decision climbs, whatever happens to the ladder meanwhile."""
    seats = dict(ladder.seats)
    seats[rung] = (signer, *(user for user in seats.get(rung, ()) if user != signer))
    raisers = (bar_raiser, *(u for u in ladder.bar_raisers if u != bar_raiser)) if bar_raiser else ladder.bar_raisers
    return replace(ladder, seats=seats, bar_raisers=raisers)


def ask_to_sign(
    session: Session, decision: Decision, user: str, rung: Rung | None, now: datetime, delegate_of: str | None = None
) -> None:
    """Add a signer and date their reminders, inside their own working hours."""
    person = ensure_person(session, decision.workspace_id, user)
    join(session, decision, user)
    decision.signers.append(
        Signer(
            workspace_id=decision.workspace_id,
            decision_id=decision.id,
            user_id=user,
            rung=rung,
            delegate_of=delegate_of,
            handed_over=False,
            asked_at=now,
            said="",
        )
    )
    session.flush()
    remind(session, decision, person.user_id)


def remind(session: Session, decision: Decision, user: str) -> None:
    """Date the reminders of a signer who was asked just now, or whose date was moved. Older ones are moot from here."""
    for signer in decision.signers:
        if signer.user_id == user and not signer.handed_over:
            dating.date_all(session, decision, dating.reminders_of(session, decision, signer))


def set_deadline(session: Session, decision: Decision, on: date, at: datetime, now: datetime) -> None:
    """Until when the signers have time: the day, and the moment at which it is over for whoever answers. Reminders of
    another date no longer count, for nobody."""
    decision.deadline_on = on
    decision.deadline_at, decision.deadline_set_at, decision.climb_offered = at, now, None
    for signer in decision.signers:
        if not signer.handed_over and signer.answer is None:
            remind(session, decision, signer.user_id)
    dating.date_all(session, decision, [dating.deadline_passed(session, decision)])


def new_deadline(session: Session, decision: Decision, user: str, now: datetime) -> None:
    """Give somebody who is asked late the working days that the policy grants, where less is left."""
    hours = hours_of(ensure_person(session, decision.workspace_id, user))
    day = add_working_days(now.astimezone(zone(hours.tz)).date(), policies.of(session, decision).sign_off_days, hours)
    fair = end_of_working_day(day, hours)
    if decision.deadline_at is None or decision.deadline_at < fair:
        set_deadline(session, decision, day, fair, now)


def extend(session: Session, id: int, decide_by: date, actor: Actor, now: datetime) -> Decision:
    """Give the signers a new date. The old reminders no longer count."""
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id], "the requester")
    if decision.status is not Status.IN_REVIEW:
        raise NotNow("There is no answer to wait for right now, so there is no date to move.")
    waiting = [s for s in decision.signers if not s.handed_over and s.answer is None]
    answering = ensure_person(session, decision.workspace_id, waiting[0].user_id if waiting else decision.requester_id)
    check_reach(decide_by, today_for(answering, now), "decide_by")
    deadline = end_of_working_day(working_day(answering, decide_by), hours_of(answering))
    if deadline <= now:
        raise Unreadable("That day is over already where your signer is. Choose a later one.", "decide_by")
    record(session, decision, "extend", actor.user, now, decide_by=decide_by.isoformat())
    set_deadline(session, decision, decide_by, deadline, now)
    show(session, decision, now)
    return decision
