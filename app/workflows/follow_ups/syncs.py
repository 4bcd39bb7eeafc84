"""A pre-read and its sync by the clock: who has neither read nor answered is reminded while there is time, the sync
starts, and is over."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.db.models import Decision, FollowUp, Sync
from app.domain.message_kinds import NoticeKind
from app.domain.people.working_time import hours_of
from app.domain.signing.standing import signing_now
from app.domain.syncs.life import MEETS_IN, SyncState, said_since, signed_since, to_remind
from app.domain.syncs.slots import last_call
from app.workflows import agenda
from app.workflows.cards import show
from app.workflows.follow_ups.kind import Dated, FollowUpKind, Known, person_of


def sync_work(session: Session, decision: Decision, sync: Sync) -> list[Dated]:
    """All that is dated for a planned sync."""
    return [START.dated(decision, sync), OVER.dated(decision, sync), *reminders(session, decision, sync)]


def reminders(session: Session, decision: Decision, sync: Sync) -> list[Dated]:
    found = []
    for reader in decision.read_by:
        at = _last_call(session, decision, sync, reader.user_id)
        if at is not None:
            found.append(Dated(PrereadReminder.name, reader.user_id, at, {"at": at.isoformat()}))
    return found


def _last_call(session: Session, decision: Decision, sync: Sync, user: str) -> datetime | None:
    return last_call(sync.clock_at, sync.starts_at, hours_of(person_of(session, decision, user)))


class PrereadReminder(FollowUpKind):
    """As the last morning or afternoon begins in which somebody can still read it."""

    name = "preread_reminder"
    owed_in = MEETS_IN
    says = NoticeKind.PREREAD_REMINDED
    optional = True

    def owed(self, session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
        sync = decision.sync
        if sync is None or sync.state is not SyncState.PLANNED:
            return
        waited = self._waited(decision, sync)
        for one in reminders(session, decision, sync):
            if one.recipient in waited and one.due_at > now and not known.happened(one, "at"):
                yield one

    def still_holds(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> bool | datetime:
        sync = decision.sync
        if sync is None or sync.state is not SyncState.PLANNED or now >= sync.starts_at:
            return False
        at = _last_call(session, decision, sync, work.recipient)
        meant = at is not None and work.args.get("at") == at.isoformat()
        here, _ = agenda.readers_of(session, decision)
        return meant and work.recipient in self._waited(decision, sync) and work.recipient in here

    def _waited(self, decision: Decision, sync: Sync) -> list[str]:
        signed = signed_since(signing_now(decision.signers), sync)
        readers = [one for one in decision.read_by if one.user_id not in signed]
        return to_remind(readers, said_since(decision.remarks, sync), sync.counts_from)


class SyncWork(FollowUpKind):
    """Something that comes at an hour of the sync's own, and moves with it."""

    owed_in = MEETS_IN
    any_hour = True
    states: frozenset[SyncState]

    def at(self, sync: Sync) -> datetime:
        raise NotImplementedError

    def dated(self, decision: Decision, sync: Sync) -> Dated:
        at = self.at(sync)
        return Dated(self.name, decision.requester_id, at, {"at": at.isoformat()})

    def owed(self, session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
        sync = decision.sync
        if sync is not None and sync.state in self.states:
            one = self.dated(decision, sync)
            if not known.happened(one, "at"):
                yield one

    def still_holds(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> bool | datetime:
        sync = decision.sync
        return sync is not None and sync.state in self.states and work.args.get("at") == self.at(sync).isoformat()

    def act(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
        agenda.follow(session, decision, now)
        show(session, decision, now)


class SyncStart(SyncWork):
    """It starts, if a question is open; else it is called off."""

    name = "sync_start"
    states = frozenset({SyncState.PLANNED})

    def at(self, sync: Sync) -> datetime:
        return sync.starts_at


class SyncOver(SyncWork):
    name = "sync_over"
    states = frozenset({SyncState.PLANNED, SyncState.STARTED})

    def at(self, sync: Sync) -> datetime:
        return sync.starts_at + timedelta(minutes=sync.minutes)

    def act(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
        agenda.follow(session, decision, now)  # it may be that nobody noticed its start
        sync = decision.sync
        if sync is not None and sync.state is SyncState.STARTED:
            agenda.end(session, decision, sync, now)
        show(session, decision, now)


START, OVER = SyncStart(), SyncOver()

KINDS: tuple[FollowUpKind, ...] = (PrereadReminder(), START, OVER)
