"""What has served its time leaves by the clock, so that no table grows with the years."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, delete, or_, select, tuple_
from sqlalchemy.orm import Session

from app.db.models import Decision, FollowUp, Inbound, Outbox, Parked
from app.domain.lifecycle import Status

DELIVERIES_KEPT = timedelta(days=3)
"""Slack repeats a delivery for an hour at most, and somebody may have it repeat those of a day."""

WORK_KEPT = timedelta(days=30)
"""Messages sent and follow-ups done. Those of a decision that is not at its end stay: the audit looks at them."""


def prune(session: Session, now: datetime, owing: Collection[Status], batch: int = 500) -> int:
    """Delete what is older than it need be, at most ``batch`` rows of each table. Returns how many.

    ``owing``: the states of a decision in which something is still to come; of others only where dissent is still to be
    looked at again. Over all workspaces at once.
    """
    over = [status for status in Status if status not in owing]  # one that we don't know may not be over
    at_its_end = and_(Decision.status.in_(over), Decision.revisit_on.is_(None))
    key = tuple_(Inbound.workspace_id, Inbound.identity)
    seen = select(Inbound.workspace_id, Inbound.identity).where(Inbound.at < now - DELIVERIES_KEPT).limit(batch)
    old = [tuple(row) for row in session.execute(seen.with_for_update(skip_locked=True))]
    gone = _rows(session, delete(Inbound).where(key.in_(old)))
    parked = select(Parked.id).where(Parked.at < now - WORK_KEPT).limit(batch)
    gone += _rows(session, delete(Parked).where(Parked.id.in_(_taken(session, parked, Parked))))
    for table in (FollowUp, Outbox):
        whose = and_(Decision.workspace_id == table.workspace_id, Decision.id == table.decision_id)
        ended = (
            select(table.id)
            .outerjoin(Decision, whose)
            .where(table.done_at < now - WORK_KEPT, or_(table.decision_id.is_(None), at_its_end))
            .order_by(table.done_at)
            .limit(batch)
        )
        gone += _rows(session, delete(table).where(table.id.in_(_taken(session, ended, table))))
    return gone


def _taken(session: Session, which: Select[int], table: Any) -> list[int]:
    """Those of them that no other process is taking away right now."""
    return list(session.scalars(which.with_for_update(skip_locked=True, of=table)))


def _rows(session: Session, statement: Any) -> int:
    done: Any = session.execute(statement, execution_options={"synchronize_session": False})
    return int(done.rowcount)
