"""The sync of a decision, kept true to its open questions: wherever a card is shown, so is what the sync is now.

Whoever calls holds the decision. Two who resolve the last question at once, on two replicas, do so one after the other:
the second finds the sync called off already.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.db import roster
from app.db.models import Decision, OpenQuestion, Remark, Sync
from app.domain.lifecycle import THRESHOLD, UNDER_REVIEW
from app.domain.message_kinds import NoticeKind
from app.domain.people.erased import has_left
from app.domain.signing.standing import signing_now
from app.domain.syncs.life import (
    GIVEN_BACK,
    MEETS_IN,
    Of,
    Off,
    SyncState,
    agenda,
    next_state,
    said_since,
    signed_since,
    to_answer,
)
from app.workflows.moving import record
from app.workflows.notifying import send, tell

CALENDAR = "calendar"
"""A message with a file for somebody's calendar."""

_LIVING = frozenset({SyncState.PLANNED, SyncState.CANCELLED, SyncState.STARTED})


def agenda_of(decision: Decision) -> list[Remark | OpenQuestion]:
    """The open questions of a decision: readers' and, while it is signed, signers'."""
    if decision.status not in MEETS_IN:
        return []
    raised = decision.questions if decision.status in UNDER_REVIEW else []
    return agenda(decision.remarks if decision.remark_count else [], raised)


def version_of(decision: Decision, subject: Of) -> int:
    """The version of what is read that everybody has now."""
    return decision.document_version if subject is Of.DOCUMENT else decision.memo_version


def readers_of(session: Session, decision: Decision) -> tuple[list[str], list[str]]:
    """Who reads now, and which of them are guests: whoever left, was taken out, or took the decision over is not
    waited for."""
    asked = [one.user_id for one in decision.read_by if one.user_id != decision.requester_id]
    people = roster.people(session, decision.workspace_id, asked)
    there = here_still(session, decision)
    here = [one for one in asked if one in there]
    return here, [one for one in here if one in people and people[one].guest]


def here_still(session: Session, decision: Decision) -> frozenset[str]:
    """Who takes part and has not left."""
    parts = [part.user_id for part in decision.participants]
    people = roster.people(session, decision.workspace_id, parts)
    return frozenset(one for one in parts if not has_left(one) and (one not in people or people[one].active))


def coming(session: Session, decision: Decision) -> list[str]:
    """Who would meet: the requester and the readers."""
    return list(dict.fromkeys([decision.requester_id, *readers_of(session, decision)[0]]))


def unanswered(session: Session, decision: Decision, sync: Sync) -> list[str]:
    """Which readers have not answered to the version that counts, since this pre-read went out. A signer's answer on
    the card is one, too."""
    here, guests = readers_of(session, decision)
    signed = signed_since(signing_now(decision.signers), sync)
    readers = [one for one in decision.read_by if one.user_id in here and one.user_id not in signed]
    return to_answer(readers, said_since(decision.remarks, sync), sync.counts_from, guests)


def follow(session: Session, decision: Decision, now: datetime) -> None:
    """Call its sync off, bring it back, let it start or end, where that follows from what is open now."""
    if decision.sync_state not in _LIVING:
        return
    sync = decision.sync
    if sync is None or (sync.state is SyncState.CANCELLED and sync.off is not Off.SETTLED):
        return
    session.flush()
    started = now >= sync.starts_at
    questions = agenda_of(decision)
    waits = unanswered(session, decision, sync) if sync.state is SyncState.PLANNED and not questions else []
    state, off = next_state(
        sync.state, sync.off, open_questions=len(questions), unanswered=len(waits), status=decision.status,
        started=started,
    )  # fmt: skip
    if (state, off) == (sync.state, sync.off):
        return
    if state is SyncState.CANCELLED:
        assert off is not None
        call_off(session, decision, sync, off, THRESHOLD, now)
    elif state is SyncState.PLANNED:
        bring_back(session, decision, sync, now)
    elif state is SyncState.STARTED:
        _start(session, decision, sync, questions, now)
    else:
        end(session, decision, sync, now)


def call_off(session: Session, decision: Decision, sync: Sync, off: Off, by: str, now: datetime) -> None:
    """Nobody meets: everybody hears it once, and so does every calendar."""
    people = coming(session, decision)
    _set(decision, sync, SyncState.CANCELLED, off)
    sync.ended_at, sync.sequence = now, sync.sequence + 1
    sync.minutes_back = sync.minutes * len(people) if off in GIVEN_BACK else 0
    record(
        session, decision, "sync_off", by, now, why=off.value, minutes=sync.minutes_back, people=len(people)
    )  # fmt: skip
    _tell_all(
        session, decision, people, NoticeKind.SYNC_OFF, now, why=off.value, minutes=sync.minutes_back,
        people=len(people), start=sync.starts_at.isoformat(),
    )  # fmt: skip
    to_calendars(session, decision, sync, people, now)


def bring_back(session: Session, decision: Decision, sync: Sync, now: datetime, *, version: int | None = None) -> None:
    """Planned again. ``version``: the new one that it comes back for, which the readers hear of by itself; None: a
    question."""
    _set(decision, sync, SyncState.PLANNED, None)
    sync.ended_at, sync.minutes_back, sync.sequence = None, 0, sync.sequence + 1
    record(session, decision, "sync_back", THRESHOLD, now)
    people = coming(session, decision)
    hear = people if version is None else [decision.requester_id]
    _tell_all(session, decision, hear, NoticeKind.SYNC_BACK, now, start=sync.starts_at.isoformat(), version=version)
    to_calendars(session, decision, sync, people, now)


def _start(
    session: Session, decision: Decision, sync: Sync, questions: Sequence[Remark | OpenQuestion], now: datetime
) -> None:
    _set(decision, sync, SyncState.STARTED, None)
    record(session, decision, "sync_started", THRESHOLD, now, questions=len(questions))
    _tell_all(session, decision, coming(session, decision), NoticeKind.SYNC_BEGINS, now)


def end(session: Session, decision: Decision, sync: Sync, now: datetime) -> None:
    """It is over. What was not settled goes to those who sign, as it stands."""
    left = agenda_of(decision)
    _set(decision, sync, SyncState.OVER, None)
    sync.ended_at = now
    record(session, decision, "sync_over", THRESHOLD, now, open=len(left))
    signers = [one.user_id for one in signing_now(decision.signers)] if decision.sent_at is not None else []
    if left:
        hear = list(dict.fromkeys([*signers, decision.requester_id]))
        _tell_all(session, decision, hear, NoticeKind.SYNC_UNSETTLED, now)


def _set(decision: Decision, sync: Sync, state: SyncState, off: Off | None) -> None:
    sync.state, sync.off, decision.sync_state = state, off, state


def calendars_anew(session: Session, decision: Decision, now: datetime) -> None:
    """Another file for everybody while it is planned, since who comes or what it may say has changed."""
    sync = decision.sync
    if sync is not None and sync.state is SyncState.PLANNED:
        sync.sequence += 1
        to_calendars(session, decision, sync, coming(session, decision), now)


def to_calendars(session: Session, decision: Decision, sync: Sync, people: Sequence[str], now: datetime) -> None:
    """A file for everybody's calendar: what it says is looked up as it goes out."""
    for user in people:
        send(session, decision.workspace_id, CALENDAR, user, now, decision, sync=sync.id, sequence=sync.sequence)


def _tell_all(
    session: Session, decision: Decision, hear: Sequence[str], say: NoticeKind, now: datetime, **args: Any
) -> None:
    for user in hear:
        tell(session, decision, user, say, now, **args)
