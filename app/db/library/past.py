"""The rows of decisions that were made elsewhere, and what replaces what."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.db.models import Decision, PastDecision, Replacement, Workspace, table_of
from app.db.statements import insert_into

FACTS = ("title", "text", "status", "said_status", "proposed_on", "decided_on", "replaces")

_OURS = re.compile(r"D-(\d{1,9})", re.IGNORECASE)
_BATCH = 500


def by_imported_id(session: Session, workspace: str) -> dict[str, PastDecision]:
    rows = session.scalars(select(PastDecision).where(PastDecision.workspace_id == workspace))
    return {row.imported_id: row for row in rows}


def facts(row: PastDecision) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FACTS}


def change(row: PastDecision, new: Mapping[str, Any], now: datetime) -> None:
    for name, value in new.items():
        setattr(row, name, value)
    row.imported_at = now


def add(session: Session, workspace: str, rows: Sequence[Mapping[str, Any]], now: datetime) -> Sequence[PastDecision]:
    """New rows, with the next numbers of the workspace, in this order."""
    if not rows:
        return []
    hand_out = (
        update(table_of(Workspace))
        .where(table_of(Workspace).c.id == workspace)
        .values(next_number=table_of(Workspace).c.next_number + len(rows))
        .returning(table_of(Workspace).c.next_number)
    )
    first = session.connection().execute(hand_out).scalar_one() - len(rows)
    for start in range(0, len(rows), _BATCH):
        some = [
            {**row, "workspace_id": workspace, "number": first + start + n, "imported_at": now}
            for n, row in enumerate(rows[start : start + _BATCH])
        ]
        session.execute(insert(PastDecision), some)
    mine = (PastDecision.workspace_id == workspace, PastDecision.number >= first)
    return session.scalars(select(PastDecision).where(*mine).order_by(PastDecision.number)).all()


def link(session: Session, workspace: str, rows: Iterable[PastDecision], now: datetime) -> None:
    """What replaces what, by these rows and by those that were waiting for one of them."""
    touched = {row.id for row in rows}
    if not touched:
        return
    query = select(PastDecision.id, PastDecision.imported_id, PastDecision.number, PastDecision.replaces)
    known = session.execute(query.where(PastDecision.workspace_id == workspace)).all()
    numbers = {row.imported_id: row.number for row in known}
    ours = set(session.scalars(select(Decision.number).where(Decision.workspace_id == workspace)))
    named_anew = [row.number for row in known if row.id in touched]
    for start in range(0, len(named_anew), _BATCH):
        mine = (Replacement.workspace_id == workspace, Replacement.newer.in_(named_anew[start : start + _BATCH]))
        session.execute(delete(Replacement).where(*mine))
    new = []
    for row in known:
        for named in row.replaces:
            older = numbers.get(named)
            if older is None and (found := _OURS.fullmatch(named)) and int(found[1]) in ours:
                older = int(found[1])
            if older is not None and older != row.number:
                new.append({"workspace_id": workspace, "newer": row.number, "older": older, "at": now})
    put = insert_into(session.get_bind().dialect.name, Replacement).on_conflict_do_nothing()
    for start in range(0, len(new), _BATCH):
        session.connection().execute(put, new[start : start + _BATCH])


def replace(session: Session, workspace: str, newer: int, older: int, on: bool, now: datetime) -> None:
    """That one is to come in the place of another, or is not."""
    if on:
        put = insert_into(session.get_bind().dialect.name, Replacement).on_conflict_do_nothing()
        session.connection().execute(put.values(workspace_id=workspace, newer=newer, older=older, at=now))
        return
    mine = (Replacement.workspace_id == workspace, Replacement.newer == newer, Replacement.older == older)
    session.execute(delete(Replacement).where(*mine))


def replaced_by(session: Session, workspace: str, newer: int) -> list[int]:
    """The numbers of what one is to come in the place of."""
    mine = (Replacement.workspace_id == workspace, Replacement.newer == newer)
    return list(session.scalars(select(Replacement.older).where(*mine).order_by(Replacement.older)))
