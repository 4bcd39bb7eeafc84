"""A workspace as lines of JSON, and back: every row that matters, as it is stored, under the ids it has.

The first line says what it is, the last one counts and digests the lines between. Ids are kept, since the buttons of
cards that stand in Slack carry them. Left out: tokens, the outbox, and what is only on its way (leases, deliveries).
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import JSON, Column, Date, MetaData, String, Table, delete, insert, select, text, update
from sqlalchemy.orm import Session

from app.db import locks
from app.db.erasure import unlocked
from app.db.models import (
    Approval,
    AuditEvent,
    AuditHead,
    Base,
    Card,
    Commitment,
    Decision,
    DigestEntry,
    DigestPlan,
    Dissent,
    DocumentVersion,
    FollowUp,
    Journey,
    Keeper,
    Look,
    MapTeam,
    MemoVersion,
    OpenQuestion,
    OverDissent,
    Participant,
    PastDecision,
    Person,
    PolicyProposal,
    PolicyVersion,
    Proposal,
    Remark,
    Replacement,
    Seat,
    Signer,
    Suggestion,
    Sync,
    SyncReader,
    Tradeoff,
    TradeoffPlan,
    TradeoffResult,
    TradeoffSide,
    Workspace,
    Writing,
)
from app.db.plain_json import plain
from app.db.types import EnumOf, JsonOf, UtcDateTime

FORMAT = 1
"""Of the lines. Another one is refused."""

HELD: tuple[type[Base], ...] = (
    Workspace, Person, Keeper, Seat, Proposal, PolicyVersion, PolicyProposal, DigestPlan, Journey, MapTeam, Decision,
    Participant, MemoVersion, Signer, OpenQuestion, Look, Writing, DocumentVersion, Dissent, OverDissent, Commitment,
    Tradeoff, TradeoffSide, TradeoffPlan, TradeoffResult, Sync, SyncReader, Remark, Approval, Suggestion,
    PastDecision, Replacement, FollowUp, Card, DigestEntry, AuditEvent, AuditHead,
)  # fmt: skip
"""What is written, in the order in which it can be put back."""

HERE_ONLY: dict[str, dict[str, Any]] = {
    "workspace": {"uninstalled_at": None},
    "follow_up": {"claimed_until": None, "claimed_by": None, "attempts": 0},
}
"""What concerns the running bot alone: written as if it had never run."""

BATCH = 500
"""Rows in memory at a time."""


class Damaged(Exception):
    """The file is not what was written; the message says what is wrong with it."""


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────


def write(session: Session, workspace: str, schema: str) -> Iterator[str]:
    """The lines, each with its newline. ``schema``: the revision that the tables have."""
    digest, count = sha256(), 0
    header = {"threshold": "workspace", "format": FORMAT, "schema": schema, "workspace": workspace}
    for row in (header, *_rows(session, workspace)):
        line = json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n"
        digest.update(line.encode())
        count += 1
        yield line
    yield json.dumps({"lines": count, "sha256": digest.hexdigest()}) + "\n"


def _rows(session: Session, workspace: str) -> Iterator[dict[str, Any]]:
    for model in HELD:
        table = _raw(model)
        query = select(table).where(_own(table) == workspace).order_by(*table.primary_key.columns)
        fixed = HERE_ONLY.get(table.name, {})
        for row in session.execute(query.execution_options(yield_per=BATCH)).mappings():
            yield {"table": table.name, **{name: plain(value) for name, value in row.items()}, **fixed}


def _own(table: Table) -> Column[Any]:
    return table.c.id if table.name == "workspace" else table.c.workspace_id


_RAW = MetaData()


def _raw(model: type[Base]) -> Table:
    """The same table, its values as they are stored: JSON is JSON, a state is its word."""
    known = model.__tablename__
    if known in _RAW.tables:
        return _RAW.tables[known]
    columns = []
    for column in model.__table__.columns:
        kind: Any = column.type
        if isinstance(kind, JsonOf | JSON):
            kind = JSON(none_as_null=True)
        elif isinstance(kind, EnumOf):
            kind = String(16)
        columns.append(Column(column.name, kind, primary_key=column.primary_key, autoincrement=False))
    return Table(known, _RAW, *columns)


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────


def check(lines: Iterable[str]) -> dict[str, Any]:
    """The first line of a file that is whole, and how many ``lines`` it has.

    Raises:
        Damaged: it is none of ours, was cut off, or was changed.
    """
    digest, count, header, last = sha256(), 0, None, None
    for line in lines:
        if last is not None:
            digest.update(last.encode())
            count += 1
        if header is None:
            header = _parsed(line)
            if header is None or header.get("threshold") != "workspace":
                raise Damaged("It is no workspace that “threshold export --whole” wrote.")
        last = line
    end = _parsed(last or "")
    if header is None or end is None or "sha256" not in end:
        raise Damaged("Its end is missing: it was cut off on the way.")
    if (end.get("lines"), end["sha256"]) != (count, digest.hexdigest()):
        raise Damaged("It was changed since it was written: its lines are not those that its last line counts.")
    return {**header, "lines": count}


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def put_back(session: Session, workspace: str, lines: Iterable[str]) -> int:
    """Write the rows of a checked file. What was known of its people and channels gives way. Returns how many rows.

    Raises:
        Damaged: a row that fits no table.
        IntegrityError: a row of somebody else has its id.
    """
    tables = {model.__tablename__: _raw(model) for model in HELD}
    locks.hold_everything(session, workspace)
    with unlocked(session, workspace):
        for model in reversed(HELD):
            if model is not Workspace:
                session.execute(delete(_raw(model)).where(_raw(model).c.workspace_id == workspace))
    count, name, batch = 0, "", list[dict[str, Any]]()
    for line in lines:
        row = _parsed(line) or {}
        if "table" not in row:
            continue
        table = tables.get(row.pop("table"))
        if table is None or set(row) != set(table.columns.keys()) or row[_own(table).name] != workspace:
            raise Damaged("It holds a row that fits no table of this version.")
        if batch and (table.name != name or len(batch) >= BATCH):
            _insert(session, tables[name], batch)
            batch = []
        name, count = table.name, count + 1
        batch.append({key: _stored(table.c[key], value) for key, value in row.items()})
    if batch:
        _insert(session, tables[name], batch)
    _count_on(session, tables.values())
    return count


def _insert(session: Session, table: Table, rows: list[dict[str, Any]]) -> None:
    if table.name != "workspace":
        session.execute(insert(table), rows)
        return
    for row in rows:  # it may be here already: installed, or met before its first decision
        known = session.scalar(select(table.c.id).where(table.c.id == row["id"]).with_for_update())
        if known is None:
            session.execute(insert(table), [row])
        else:
            keep = {"next_number": row["next_number"], "created_at": row["created_at"]}
            session.execute(update(table).where(table.c.id == known).values(keep))


def _stored(column: Column[Any], value: Any) -> Any:
    if value is None or not isinstance(value, str):
        return value
    try:
        if isinstance(column.type, UtcDateTime):
            return datetime.fromisoformat(value)
        if isinstance(column.type, Date):
            return date.fromisoformat(value)
    except ValueError as error:
        raise Damaged("It holds a date that can't be read.") from error
    return value


def _count_on(session: Session, tables: Iterable[Table]) -> None:
    """PostgreSQL counts by itself: the next row comes after those that were put back."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for table in tables:
        if "id" in table.c and table.name != "workspace":
            session.execute(
                text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id)) FROM {table.name}")  # noqa: S608 — our own names
            )
