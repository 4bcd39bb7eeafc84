"""Verdicts from before it was kept what they were made of, and what the record tells of their setting."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.ledger import LADDER
from app.db.models import AuditEvent, Decision
from app.domain.ladder import BAR_RAISER, RUNGS, Ladder

JUDGING = ("verdict", "ask_below")
"""Events at which a verdict was worked out."""

Seats = dict[tuple[str, str], list[str]]
"""(channel, rung): who sat there, first choice first; the workspace's own channel is empty."""


def told_once(session: Session, but: Collection[int] = ()) -> tuple[str, int] | None:
    """The workspace and id of a decision whose verdict nobody has tried to work out again, locked, unless it is in
    hand. ``but``: ids that are passed over."""
    row = session.execute(
        select(Decision.workspace_id, Decision.id)
        .where(
            Decision.verdict.is_not(None),
            Decision.judged_in.is_(None),
            Decision.not_replayable.is_(None),
            Decision.forgotten_at.is_(None),
            Decision.id.not_in(but),
        )
        .order_by(Decision.id)
        .limit(1)
        .with_for_update(skip_locked=True, key_share=True)
    ).one_or_none()
    return (row[0], row[1]) if row is not None else None


def judged_at(session: Session, decision: Decision) -> datetime | None:
    """When its verdict was last worked out, by the record."""
    query = select(AuditEvent.at).where(
        AuditEvent.workspace_id == decision.workspace_id,
        AuditEvent.decision_id == decision.id,
        AuditEvent.what.in_(JUDGING),
    )
    return session.scalar(query.order_by(AuditEvent.seq.desc()).limit(1))


def seated_at(session: Session, workspace: str, moment: datetime) -> Seats:
    """Who sat where at a moment, by the record."""
    query = select(AuditEvent.detail).where(
        AuditEvent.workspace_id == workspace, AuditEvent.what == LADDER, AuditEvent.at <= moment
    )
    found: Seats = {}
    for detail in session.scalars(query.order_by(AuditEvent.seq)):
        found[str(detail.get("channel")), str(detail.get("rung"))] = list(detail.get("after") or ())
    return found


def ladder_from(seats: Seats, channel: str) -> Ladder:
    """The ladder that counted in a channel."""

    def own(where: str) -> Ladder:
        rungs = {rung: tuple(seats.get((where, rung.value), ())) for rung in RUNGS}
        return Ladder(rungs, tuple(seats.get((where, BAR_RAISER), ())))

    return own(channel).over(own(""))
