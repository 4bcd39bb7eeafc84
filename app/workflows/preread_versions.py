"""A version that comes out while its pre-read is: it says what changed, and restarts the clock or why it does not."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.db import policies
from app.db.models import Decision, Sync
from app.domain.message_kinds import NoticeKind
from app.domain.people.working_time import hours_of
from app.domain.syncs.life import MEETS_IN, Of, SyncState, is_out
from app.domain.syncs.slots import ReadingTime, earliest, slots
from app.workflows import agenda
from app.workflows.follow_ups import kind
from app.workflows.follow_ups.syncs import sync_work
from app.workflows.moving import record
from app.workflows.notifying import tell


def tell_readers(
    session: Session, decision: Decision, subject: Of, parts: Sequence[str], kept_because: str, by: str, now: datetime
) -> None:
    """Tell everybody who reads. ``kept_because``: why nobody need read it anew; empty: the clock starts anew, the sync
    moves where that leaves too little time to read, and is back where all of the version before was settled."""
    if decision.sync_state not in (SyncState.PLANNED, SyncState.CANCELLED):
        return
    agenda.follow(session, decision, now)
    sync = decision.sync
    if sync is None or sync.subject is not subject or decision.status not in MEETS_IN:
        return
    if not is_out(sync.state, sync.off, started=now >= sync.starts_at):
        return
    version, because = agenda.version_of(decision, subject), kept_because.strip()
    before, settled = sync.starts_at, sync.state is SyncState.CANCELLED
    if because:
        sync.kept_because = because
    else:
        sync.counts_from, sync.clock_at, sync.kept_because = version, now, ""
    back = settled and not because and bool(agenda.unanswered(session, decision, sync))
    if not because and (back or not settled):
        _make_room(session, decision, sync, now)
    record(
        session, decision, "preread_version", by, now, version=version, parts=list(parts), reason=because,
        start=sync.starts_at.isoformat(),
    )  # fmt: skip
    if back:
        agenda.bring_back(session, decision, sync, now, version=version)
    if sync.state is SyncState.PLANNED:
        kind.date_all(session, decision, sync_work(session, decision, sync))
    people = agenda.coming(session, decision)
    for user in people:
        if user != by:
            tell(
                session, decision, user, NoticeKind.PREREAD_VERSION, now, version=version, parts=list(parts),
                kept=because, start=sync.starts_at.isoformat(), moved=sync.starts_at != before, back=back,
            )  # fmt: skip
    if back:
        return  # the requester and every calendar have heard when
    if sync.starts_at != before:
        tell(session, decision, decision.requester_id, NoticeKind.SYNC_MOVED, now, start=sync.starts_at.isoformat())
        agenda.to_calendars(session, decision, sync, people, now)


def _make_room(session: Session, decision: Decision, sync: Sync, now: datetime) -> None:
    """Move the sync where the new version leaves somebody too little time."""
    policy = policies.of(session, decision)
    rule = ReadingTime(policy.preread_hours, policy.preread_halves)
    here, _ = agenda.readers_of(session, decision)
    reading = [hours_of(kind.person_of(session, decision, one)) for one in here]
    first = earliest(now, reading, rule)
    if sync.starts_at >= first:
        return
    requester = hours_of(kind.person_of(session, decision, decision.requester_id))
    proposed = slots(now, reading, [requester], rule, sync.minutes)
    sync.starts_at = proposed[0].start if proposed else first
    sync.sequence += 1
