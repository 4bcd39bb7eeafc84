"""Sending a memo freezes the ladder and asks the smallest set of signers."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.db import keepers, policies, queries, roster
from app.db.models import Decision, Signer
from app.domain.answers import Result
from app.domain.errors import NotNow, Unreadable, gathered
from app.domain.ladder import Ladder, Rung
from app.domain.lifecycle import Move, Status
from app.domain.memo.checks import blocking, check_memo
from app.domain.memo.parts import Memo
from app.domain.message_kinds import NoticeKind
from app.domain.people.calendar import end_of_working_day
from app.domain.people.working_time import hours_of
from app.domain.permissions import MayNotSign, check_signs_as, is_member
from app.domain.signing.signoff import LEAVES_SEAT_EMPTY, needs_bar_raiser
from app.domain.triage.below import OWN_ANSWERS
from app.words.memo.checks import say
from app.words.reading.days import check_reach
from app.words.signing.refusals import may_not_sign
from app.workflows.admission import Actor, only
from app.workflows.cards import card, show
from app.workflows.follow_ups import date_passed, idle, kind, signing
from app.workflows.influence import approvals, instead
from app.workflows.moving import move
from app.workflows.notifying import tell
from app.workflows.opening import ensure_person, gone_from, join, open_decision, rely_on
from app.workflows.scheduling import today_for, working_day
from app.workflows.signing.deadline import check_in_time, remind


@dataclass(frozen=True)
class Sending:
    """Who is asked to sign, by when, and who may read along."""

    signer: str
    bar_raiser: str | None
    decide_by: date
    readers: tuple[str, ...] = ()
    late: bool = False  # it may be after the deadline that waiting blocks


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
    with gathered() as wrong:
        with wrong.one():
            _check_signers(session, decision, rung, sending.signer, bar_raiser)
        with wrong.one():
            _check_day(decision, sending, today)
        for reader in sending.readers:
            with wrong.one():
                check_can_read(session, decision, reader, "readers")
    decision.ladder = frozen_ladder(ladder, rung, sending.signer, bar_raiser)
    signer = ensure_person(session, decision.workspace_id, sending.signer)
    day = working_day(signer, sending.decide_by)
    decision.deadline_at = end_of_working_day(day, hours_of(signer))
    if decision.deadline_at <= now:
        raise Unreadable(f"It is past the working day of <@{sending.signer}> already. Choose a later day.", "decide_by")
    decision.deadline_on = day  # the same day for everybody, wherever they read it
    decision.sent_at = decision.deadline_set_at = now
    beside, told = approvals.fix(session, decision, approvals.Chosen(sending.signer, bar_raiser, day), now)
    move(session, decision, Move.SEND, actor.user, now, signer=sending.signer, bar_raiser=bar_raiser)
    ask_to_sign(session, decision, sending.signer, rung, now)
    if bar_raiser:
        ask_to_sign(session, decision, bar_raiser, None, now)
    for one in beside:
        check_can_sign(session, decision, one.user, "signer")
        ask_to_sign(session, decision, one.user, None, now, lever=approvals.lever_of(one))
    approvals.tell_others(session, decision, [user for user in told if user not in sending.readers], now)
    for reader in sending.readers:
        join(session, decision, reader)
    session.expire(decision, ["participants"])
    waits = signing.REVIEW_WAITS.dated(session, decision, idle.rests_since(decision))
    passes = date_passed.passing(session, decision, now)
    kind.date_all(session, decision, [signing.deadline_passed(session, decision), waits, *passes])
    _tell_whom_it_speaks_for(session, decision, now)
    for reader in sending.readers:
        card(session, decision, "reader", reader, now)
    show(session, decision, now)
    return decision


def _check_day(decision: Decision, sending: Sending, today: date) -> None:
    if sending.decide_by < today:
        raise Unreadable(
            "The day by which you need the answer has passed. Choose one that is still to come.", "decide_by"
        )
    check_reach(sending.decide_by, today, "decide_by")
    check_in_time(decision, sending.decide_by, today, sending.late)


def _tell_whom_it_speaks_for(session: Session, decision: Decision, now: datetime) -> None:
    """Whose answer the requester wrote down hears what the signers read of them, and may say it in their own words.
    Nobody learns of a private decision in this way."""
    if decision.private:
        return
    own = {event.actor for event in queries.history(session, decision) if event.what in OWN_ANSWERS}
    for one in decision.answers.tried or ():
        if one.who and one.result not in (Result.NOT_ASKED, Result.NO_ANSWER) and one.who not in own:
            person = rely_on(session, decision.workspace_id, one.who)
            if is_member(person):
                join(session, decision, one.who)
                tell(session, decision, one.who, NoticeKind.SPOKEN_FOR, now)


def _check_signers(session: Session, decision: Decision, rung: Rung, signer: str, bar_raiser: str | None) -> None:
    with gathered() as wrong:
        if needs_bar_raiser(rung, decision.answers, policies.of(session, decision)) and not bar_raiser:
            wrong.add("This one needs a bar raiser too: somebody independent who signs beside the rung.", "bar_raiser")
        with wrong.one():
            check_can_sign(session, decision, signer, "signer")
            check_seat(session, decision, signer, rung, "signer")
        if bar_raiser and bar_raiser == signer:
            wrong.add(
                "The bar raiser is somebody else than the signer: two people read it, not one twice.", "bar_raiser"
            )
        elif bar_raiser:
            with wrong.one():
                check_can_sign(session, decision, bar_raiser, "bar_raiser")
                check_seat(session, decision, bar_raiser, None, "bar_raiser", beside=[signer])


def check_seat(
    session: Session, decision: Decision, user: str, rung: Rung | None, field: str, *, beside: Collection[str] = ()
) -> None:
    """Refuse whoever may not sign as ``rung`` (None: bar raiser), by the ladder that counts or the decision's own."""
    counted = roster.ladder_of(session, decision.workspace_id, decision.channel_id)
    refused: MayNotSign | None = None
    for ladder in [one for one in (decision.ladder, counted) if one is not None]:
        gone = gone_from(session, decision.workspace_id, ladder)
        refused = check_signs_as(user, rung, ladder, requester=decision.requester_id, beside=beside, gone=gone)
        if refused is None:
            return
    if refused is not None:
        raise Unreadable(may_not_sign(refused, keepers.keepers(session, decision.workspace_id)), field)


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


def frozen_ladder(ladder: Ladder, rung: Rung, signer: str, bar_raiser: str | None) -> Ladder:
    """The copy that this decision climbs, whatever happens to the ladder meanwhile."""
    seats = dict(ladder.seats)
    seats[rung] = (signer, *(user for user in seats.get(rung, ()) if user != signer))
    raisers = (bar_raiser, *(u for u in ladder.bar_raisers if u != bar_raiser)) if bar_raiser else ladder.bar_raisers
    return replace(ladder, seats=seats, bar_raisers=raisers)


def ask_to_sign(
    session: Session, decision: Decision, user: str, rung: Rung | None, now: datetime, delegate_of: str | None = None,
    lever: str | None = None,
) -> None:  # fmt: skip
    """Add a signer and date their reminders, inside their own working hours. ``lever``: the teams for which they
    decide, who sit in no seat."""
    add_signer(session, decision, user, rung, now, delegate_of, lever)
    remind(session, decision, user)


def ask_instead(
    session: Session, decision: Decision, signer: Signer, to: str, rung: Rung | None, now: datetime,
    delegate_of: str | None = None,
) -> None:  # fmt: skip
    """Somebody signs in a signer's place. Of the teams for which that signer decided, those that ``to`` may not decide
    for are asked of whoever may. Who abstained is not asked again: where nobody else may, the requester chooses."""
    passed = instead.pass_on(session, decision, signer, to, now)
    ask_to_sign(session, decision, to, rung, now, delegate_of, (passed.lever or signer.lever) if signer.lever else None)
    for user, lever in passed.rest.items():
        if user == signer.user_id and signer.answer in LEAVES_SEAT_EMPTY:
            seat = add_signer(session, decision, user, None, now, lever=lever)
            seat.answer, seat.said = signer.answer, signer.said
            seat.answered_version, seat.answered_at = signer.answered_version, signer.answered_at
            decision.seat_to_fill = decision.rung or Rung.MANAGER
        else:
            ask_to_sign(session, decision, user, None, now, lever=lever)


def add_signer(
    session: Session, decision: Decision, user: str, rung: Rung | None, now: datetime, delegate_of: str | None = None,
    lever: str | None = None,
) -> Signer:  # fmt: skip
    """Somebody signs in a seat from now on."""
    ensure_person(session, decision.workspace_id, user)
    join(session, decision, user)
    signer = Signer(
        workspace_id=decision.workspace_id,
        decision_id=decision.id,
        user_id=user,
        rung=rung,
        delegate_of=delegate_of,
        handed_over=False,
        asked_at=now,
        said="",
        lever=lever,
    )
    decision.signers.append(signer)
    session.flush()
    return signer
