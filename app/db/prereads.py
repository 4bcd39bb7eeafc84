"""Pre-reads that are out, of many decisions at once: what ``who_acts_next`` says of them, and what insights count."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from app.db import roster
from app.db.models import Decision, Participant, Remark, Sync, SyncReader
from app.domain.insights.report import Syncs
from app.domain.lifecycle import Status
from app.domain.people.calendar import zone
from app.domain.people.erased import has_left
from app.domain.syncs.life import GIVEN_BACK, SyncState, said_since, to_answer
from app.domain.who_acts_next import PreReading, pre_reading


def pre_readings(session: Session, workspace: str, decisions: Sequence[Decision], tz: str) -> dict[int, PreReading]:
    """By the decision's id. Nothing is asked where none is out. ``tz``: where the sync's day is told."""
    ids = [one.id for one in decisions if one.sync_state is SyncState.PLANNED and one.status is Status.DRAFTING]
    if not ids:
        return {}
    of = Sync.workspace_id == workspace, Sync.decision_id.in_(ids), Sync.state == SyncState.PLANNED
    syncs = {one.decision_id: one for one in session.scalars(select(Sync).where(*of))}
    asked = session.scalars(
        select(SyncReader)
        .join(
            Participant,
            and_(Participant.decision_id == SyncReader.decision_id, Participant.user_id == SyncReader.user_id),
        )
        .where(
            SyncReader.workspace_id == workspace,
            Participant.workspace_id == workspace,
            SyncReader.sync_id.in_([one.id for one in syncs.values()]),
        )
        .order_by(SyncReader.id)
    ).all()
    said = session.scalars(
        select(Remark).where(Remark.workspace_id == workspace, Remark.decision_id.in_(ids)).order_by(Remark.id)
    ).all()
    people = roster.people(session, workspace, {one.user_id for one in asked})
    guests = {user for user, one in people.items() if one.guest}
    requesters = {one.id: one.requester_id for one in decisions}
    found = {}
    for id, sync in syncs.items():
        readers = [
            one
            for one in asked
            if one.sync_id == sync.id
            and one.user_id != requesters[id]
            and not has_left(one.user_id)
            and (one.user_id not in people or people[one.user_id].active)
        ]
        mine = [one for one in said if one.decision_id == id]
        on = sync.starts_at.astimezone(zone(tz)).date()
        found[id] = pre_reading(to_answer(readers, said_since(mine, sync), sync.counts_from, guests), mine, on)
    return found


def sync_figures(session: Session, workspace: str, channel: str | None, since: datetime | None) -> Syncs:
    """How many syncs were planned and cancelled there, and the minutes given back. Private decisions are left out."""
    here = [Sync.workspace_id == workspace, Decision.workspace_id == workspace, Decision.private.is_(False)]
    if channel is not None:
        here.append(Decision.channel_id == channel)
    if since is not None:
        here.append(Sync.planned_at >= since)
    of = select(Sync).join(Decision, Decision.id == Sync.decision_id).where(*here).subquery()
    counts = select(func.count(), func.coalesce(func.sum(of.c.minutes_back), 0)).select_from(of)
    planned, minutes = session.execute(counts).one()
    cancelled = session.scalar(select(func.count()).select_from(of).where(of.c.off.in_(list(GIVEN_BACK)))) or 0
    people = session.scalar(
        select(func.count(SyncReader.user_id.distinct())).where(
            SyncReader.workspace_id == workspace, SyncReader.sync_id.in_(select(of.c.id))
        )
    )
    return Syncs(planned, cancelled, int(minutes), people or 0)
