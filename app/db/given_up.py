"""What was given up, and what waits for a release that knows its kind: for whoever looks after the bot."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.claims import GIVEN_UP, TABLES, Table, uninstalled


@dataclass(frozen=True)
class Lost:
    """What was given up of one kind, over all workspaces."""

    of: str  # the table: outbox, follow_up
    kind: str
    many: int
    since: datetime  # when the first of them was given up
    ids: tuple[int, ...]  # the first few


def given_up(session: Session, since: datetime) -> list[Lost]:
    """Messages and follow-ups that were given up since a moment, by kind."""
    found = list[Lost]()
    for table in TABLES:
        lost = (table.result == GIVEN_UP, table.done_at >= since)
        counted = select(table.kind, func.count(table.id), func.min(table.done_at)).where(*lost)
        for kind, many, first in session.execute(counted.group_by(table.kind).order_by(table.kind)):
            assert first is not None
            some = select(table.id).where(*lost, table.kind == kind).order_by(table.id).limit(MOST_NAMED)
            found.append(Lost(table.__tablename__, kind, many, first, tuple(session.scalars(some))))
    return found


MOST_NAMED = 5
"""Rows of one kind that are named; the rest is counted."""


def of_unknown_kinds(session: Session, table: Table, known: Collection[str]) -> list[tuple[str, int, datetime]]:
    """What waits and is of a kind that this release does not know: kind, how many, since when the oldest was due."""
    query = (
        select(table.kind, func.count(table.id), func.min(table.due_at))
        .where(table.done_at.is_(None), table.kind.not_in(known), table.workspace_id.not_in(uninstalled()))
        .group_by(table.kind)
        .order_by(table.kind)
    )
    return [(kind, many, since) for kind, many, since in session.execute(query)]
