"""Pre-read and sync: sent, read, talked over in writing, and met about only where something stays open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy.orm import Session

from app.db import policies, queries
from app.db.models import Decision, Sync, SyncReader
from app.domain.errors import NotNow, Unreadable
from app.domain.message_kinds import NoticeKind
from app.domain.people.calendar import WorkingHours
from app.domain.people.working_time import hours_of
from app.domain.syncs.life import (
    MEETS_IN,
    MINUTES,
    MOST_READERS,
    Of,
    Off,
    SyncState,
)
from app.domain.syncs.slots import ReadingTime, Slot, earliest, has_read_by, slots
from app.words.states import STATUS_SAID
from app.words.syncs import too_soon_said, when_said
from app.workflows import agenda
from app.workflows.admission import Actor, members_only, only
from app.workflows.cards import card, show
from app.workflows.follow_ups import kind
from app.workflows.follow_ups.syncs import sync_work
from app.workflows.moving import record
from app.workflows.notifying import tell
from app.workflows.opening import ensure_person, join, open_decision
from app.workflows.scheduling import today_for
from app.workflows.signing.sending import check_can_read

TO_CHOOSE = timedelta(minutes=10)
"""What is proposed still fits when it is sent so much later."""


@dataclass(frozen=True)
class PreRead:
    """To whom, and when they would meet. ``silent_first``: the meeting begins with reading."""

    readers: Sequence[str]
    start: datetime
    silent_first: bool = False


def subject_of(decision: Decision) -> tuple[Of, int]:
    """What is there to read, and its version: the document where one is published, else the memo; 0: nothing yet."""
    if decision.document_version:
        return Of.DOCUMENT, decision.document_version
    return Of.MEMO, decision.memo_version


def check_sendable(decision: Decision) -> None:
    """Raises NotNow where there is nothing to read, nothing to meet about, or a pre-read is out already."""
    if decision.status not in MEETS_IN:
        raise NotNow(f"There is nothing to meet about now: {decision.name} is {STATUS_SAID[decision.status]}.")
    if not subject_of(decision)[1]:
        raise NotNow("There is nothing to read yet: save the memo, or publish its document, and send that.")
    sync = decision.sync
    if sync is not None and sync.state in (SyncState.PLANNED, SyncState.STARTED):
        raise NotNow(f"A pre-read of {decision.name} is out already. Its card moves the sync, or calls it off.")


def propose(
    session: Session, id: int, readers: Sequence[str], actor: Actor, now: datetime, *, clock: datetime | None = None
) -> list[Slot]:
    """The next times for these readers and the requester, with a few minutes to choose one. ``clock``: since when they
    have it; None: it is about to be sent. Reads only."""
    decision = open_decision(session, actor, id, lock=False)
    only(actor, [decision.requester_id], "the requester")
    reading, requester = _hours(session, decision, readers)
    soon = now + TO_CHOOSE
    return slots(clock or soon, reading, [requester], _rule(session, decision), MINUTES, not_before=soon)


def _rule(session: Session, decision: Decision) -> ReadingTime:
    policy = policies.of(session, decision)
    return ReadingTime(policy.preread_hours, policy.preread_halves)


def _hours(session: Session, decision: Decision, readers: Sequence[str]) -> tuple[list[WorkingHours], WorkingHours]:
    here = decision.workspace_id
    reading = [hours_of(kind.person_of(session, decision, one)) for one in readers]
    return reading, hours_of(ensure_person(session, here, decision.requester_id))


def check_readers(session: Session, decision: Decision, readers: Sequence[str]) -> list[str]:
    """Whom a pre-read goes to, each once.

    Raises:
        Unreadable: nobody but the requester, or too many to meet.
    """
    found = [one for one in dict.fromkeys(readers) if one and one != decision.requester_id]
    if not found:
        raise Unreadable("Choose at least one reader beside yourself.", "readers")
    if len(found) > MOST_READERS:
        raise Unreadable(f"These are {len(found)} readers. With more than {MOST_READERS} nobody settles a question.",
                         "readers")  # fmt: skip
    return found


def send_preread(session: Session, id: int, sent: PreRead, actor: Actor, now: datetime) -> Decision:
    """Send what is written as a pre-read, with the half hour at its end.

    Raises:
        NotNow: nothing to read, or one is out.
        Unreadable: no readers; a time that leaves one of them no time to read, with the next that does.
    """
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id], "the requester")
    members_only(session, actor, "only members send a pre-read")
    agenda.follow(session, decision, now)
    check_sendable(decision)
    readers = check_readers(session, decision, sent.readers)
    new = [user for user in readers if not queries.is_participant(session, decision, user)]
    for user in sorted(new):
        check_can_read(session, decision, user, "readers")
        join(session, decision, user)
    session.expire(decision, ["participants"])
    _check_time(session, decision, readers, now, sent.start, now)
    subject, version = subject_of(decision)
    sync = Sync(
        workspace_id=decision.workspace_id, decision_id=decision.id, uid=uuid4().hex, sequence=0,
        state=SyncState.PLANNED, subject=subject, planned_by=actor.user, planned_at=now, starts_at=sent.start,
        minutes=MINUTES, silent_first=sent.silent_first, counts_from=version, clock_at=now, kept_because="",
        minutes_back=0,
    )  # fmt: skip
    decision.syncs.append(sync)
    decision.sync_state = SyncState.PLANNED
    session.flush()
    for user in readers:
        decision.sync_readers.append(
            SyncReader(
                workspace_id=decision.workspace_id, decision_id=decision.id, sync_id=sync.id, user_id=user, asked_at=now
            )
        )  # fmt: skip
    session.flush()
    record(
        session, decision, "preread", actor.user, now, version=version, subject=subject.value,
        start=sync.starts_at.isoformat(),
    )  # fmt: skip
    kind.date_all(session, decision, sync_work(session, decision, sync))
    for user in new:
        record(session, decision, "add_reader", actor.user, now, reader=user)
        card(session, decision, "reader", user, now)
    for user in readers:
        tell(session, decision, user, NoticeKind.PREREAD, now, who=actor.user)
    agenda.to_calendars(session, decision, sync, agenda.coming(session, decision), now)
    show(session, decision, now)
    return decision


def _check_time(
    session: Session, decision: Decision, readers: Sequence[str], sent: datetime, start: datetime, now: datetime
) -> None:
    """Refuse a time that has passed; and one that leaves somebody no time to read, with the next one that does."""
    if start <= now:
        raise Unreadable("That time has passed. Choose one to come.", "slot")
    rule = _rule(session, decision)
    reading, requester = _hours(session, decision, readers)
    if start >= earliest(sent, reading, rule):
        return
    proposed = slots(sent, reading, [requester], rule, MINUTES, not_before=now)
    next_ = proposed[0].start if proposed else earliest(sent, reading, rule)
    today = today_for(ensure_person(session, decision.workspace_id, decision.requester_id), now)
    late = [
        f"<@{user}>"
        for user, hours in zip(readers, reading, strict=True)
        if start < has_read_by(sent, hours, rule)
    ]  # fmt: skip
    raise Unreadable(too_soon_said(when_said(next_, requester, today), late[:3], rule.hours, rule.halves), "slot")


def move_sync(session: Session, id: int, start: datetime, actor: Actor, now: datetime) -> Decision:
    """Another time: everybody, and every calendar, hears of it.

    Raises:
        Unreadable: a time that has passed, or leaves a reader no time to read.
    """
    decision, sync = _planned(session, id, actor, now)
    if start == sync.starts_at:
        return decision
    readers, _ = agenda.readers_of(session, decision)
    _check_time(session, decision, readers, sync.clock_at, start, now)
    sync.starts_at, sync.sequence = start, sync.sequence + 1
    record(session, decision, "sync_moved", actor.user, now, start=start.isoformat())
    kind.date_all(session, decision, sync_work(session, decision, sync))
    people = agenda.coming(session, decision)
    for user in people:
        if user != actor.user:
            tell(session, decision, user, NoticeKind.SYNC_MOVED, now, who=actor.user, start=start.isoformat())
    agenda.to_calendars(session, decision, sync, people, now)
    show(session, decision, now)
    return decision


def call_off(session: Session, id: int, actor: Actor, now: datetime) -> Decision:
    """The requester calls it off, whatever is open: the questions stay open in writing."""
    decision, sync = _planned(session, id, actor, now)
    agenda.call_off(session, decision, sync, Off.BY_HAND, actor.user, now)
    show(session, decision, now)
    return decision


def _planned(session: Session, id: int, actor: Actor, now: datetime) -> tuple[Decision, Sync]:
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id], "the requester")
    members_only(session, actor, "only members plan a sync")
    agenda.follow(session, decision, now)
    sync = decision.sync
    if sync is None or sync.state is not SyncState.PLANNED:
        raise NotNow(f"No sync of {decision.name} is planned now: the card says what became of it.")
    return decision, sync
