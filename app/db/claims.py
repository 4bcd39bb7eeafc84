"""Work that waits, claimed with a lease and never a lock: taken, renewed, given back, put off, given up."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Row,
    Select,
    String,
    Update,
    bindparam,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy import Table as CoreTable
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from app.db import locks
from app.db.models import FollowUp, Outbox, Workspace, table_of
from app.db.types import UtcDateTime


def claim_follow_ups(
    session: Session, now: datetime, until: datetime, limit: int, by: str | None = None, but: Collection[int] = ()
) -> Sequence[Row[Any]]:
    """Take the lease on what is due and nobody holds, oldest first. ``by``: under whose name; ``but``: ids that are
    left alone. Rows of the table, without what only the work itself needs.
    """
    found = _lease(session, _follow_ups_due(bool(but), whole=True), now, until, limit, by, but)
    return sorted(found, key=lambda work: (work.due_at, work.id))


def claim_outbox(
    session: Session, now: datetime, until: datetime, limit: int, by: str | None = None, but: Collection[int] = ()
) -> Sequence[Row[Any]]:
    """Take the lease on messages to be sent, in the order in which they were written. ``by``: under whose name;
    ``but``: ids that are left alone.

    What is for somebody to whom another worker is sending right now waits: two would post one card twice. So does what
    comes after a message of its own kind that waits for its next attempt: that one may have arrived, and a card that
    nobody remembers would be posted beside it. So that claims see each other, they queue up; a claim takes a moment,
    a delivery does not hold it.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(_QUEUE_UP)
    found = _lease(session, _messages_due(bool(but), whole=True), now, until, limit, by, but)
    return sorted(found, key=lambda message: message.id)


def claim_ids(
    session: Session, table: "Table", now: datetime, until: datetime, limit: int, by: str, but: Collection[int] = ()
) -> list[int]:
    """As the two above, the ids alone: for when one of the rows can't be read."""
    if table is Outbox and session.get_bind().dialect.name == "postgresql":
        session.connection().execute(_QUEUE_UP)
    lease = (_messages_due if table is Outbox else _follow_ups_due)(bool(but), whole=False)
    return sorted(row.id for row in _lease(session, lease, now, until, limit, by, but))


def claimed(session: Session, table: "Table", id: int, by: str) -> Row[Any] | None:
    """One row that ``by`` holds; None where it does not any more."""
    columns = [column for column in table_of(table).c if table is Outbox or column.name not in UNCLAIMED]
    return session.connection().execute(select(*columns).where(table.id == id, table.claimed_by == by)).one_or_none()


UNCLAIMED = ("args", "result")
"""What of a follow-up only the work itself reads."""


UNREADABLE = (ValueError, TypeError, LookupError, AttributeError)
"""What reading a row raises whose values are not what its columns promise."""


def _lease(
    session: Session, lease: ReturningUpdate[Any], now: datetime, until: datetime, limit: int, by: str | None,
    but: Collection[int],
) -> Sequence[Row[Any]]:  # fmt: skip
    given = {"at": now, "most": limit, "until": until, "by": by, **({"but": list(but)} if but else {})}
    return session.connection().execute(lease, given).all()


@cache
def _follow_ups_due(but: bool, *, whole: bool) -> ReturningUpdate[Any]:
    work = table_of(FollowUp).c
    at: BindParameter[datetime] = bindparam("at", type_=UtcDateTime())
    due = (
        select(work.id)
        .where(
            work.done_at.is_(None),
            work.due_at <= at,
            or_(work.claimed_until.is_(None), work.claimed_until < at),
            work.workspace_id.not_in(uninstalled()),
            *([work.id.not_in(bindparam("but", expanding=True))] if but else []),
        )
        .order_by(work.due_at, work.id)
        .limit(bindparam("most", type_=Integer()))
        .with_for_update(skip_locked=True)
    )
    told = [column for column in work if column.name not in UNCLAIMED] if whole else [work.id]
    return _taking(table_of(FollowUp), due, told)


@cache
def _messages_due(but: bool, *, whole: bool) -> ReturningUpdate[Any]:
    message = table_of(Outbox).c
    at: BindParameter[datetime] = bindparam("at", type_=UtcDateTime())
    held = table_of(Outbox).alias()
    being_sent = exists().where(
        held.c.workspace_id == message.workspace_id,
        held.c.recipient == message.recipient,
        held.c.done_at.is_(None),
        held.c.claimed_until >= at,
    )
    earlier = table_of(Outbox).alias()
    comes_after = exists().where(
        earlier.c.workspace_id == message.workspace_id,
        earlier.c.recipient == message.recipient,
        earlier.c.decision_id == message.decision_id,
        earlier.c.kind == message.kind,
        earlier.c.done_at.is_(None),
        earlier.c.id < message.id,
        earlier.c.due_at > at,
    )
    due = (
        select(message.id)
        .where(
            message.done_at.is_(None),
            message.due_at <= at,
            or_(message.claimed_until.is_(None), message.claimed_until < at),
            ~being_sent,
            ~comes_after,
            message.workspace_id.not_in(uninstalled()),
            *([message.id.not_in(bindparam("but", expanding=True))] if but else []),
        )
        .order_by(message.id)
        .limit(bindparam("most", type_=Integer()))
        .with_for_update(skip_locked=True)
    )
    return _taking(table_of(Outbox), due, message if whole else [message.id])


def uninstalled() -> Select[str]:
    """Workspaces that removed the app: their work rests, and goes on where it stood if they come back."""
    return select(Workspace.id).where(Workspace.uninstalled_at.is_not(None))


OUTBOX_LOCK = 7_468_236
"""An arbitrary number, the same for every worker on one database."""


_QUEUE_UP = select(func.pg_advisory_xact_lock(OUTBOX_LOCK))


Table = type[FollowUp] | type[Outbox]


TABLES: tuple[Table, ...] = (FollowUp, Outbox)


def _taking(table: CoreTable, due: Select[int], told: Iterable[ColumnElement[Any]]) -> ReturningUpdate[Any]:
    """One statement. PostgreSQL finds the rows once, in a CTE: in a plain subquery it may look again and take more."""
    found = due.cte("found")
    until, by = bindparam("until", type_=UtcDateTime()), bindparam("by", type_=String())
    return (
        update(table)
        .where(table.c.id.in_(select(found.c.id)))
        .values(claimed_until=until, claimed_by=by, attempts=table.c.attempts + 1)
        .returning(*told)
    )


def renew(session: Session, table: Table, ids: Sequence[int], by: str, until: datetime) -> set[int]:
    """Hold on to what ``by`` still holds. Returns the ids of that; the others are done, or somebody else's by now.

    What is just being changed is passed by until the next time, and nobody is waited for: whoever changes it may wait
    for what was renewed here a moment before.
    """
    mine = (table.id.in_(ids), table.claimed_by == by, table.done_at.is_(None))
    free = session.scalars(select(table.id).where(*mine).with_for_update(skip_locked=True)).all()
    renewed = _held_by(table, free, by).values(claimed_until=until).returning(table.id)
    return {*session.scalars(renewed), *session.scalars(select(table.id).where(*mine))}


def give_back(session: Session, table: Table, ids: Sequence[int], by: str) -> None:
    """Free what ``by`` still holds and did not begin. It was no attempt."""
    free = {"claimed_until": None, "claimed_by": None, "attempts": table.attempts - 1}
    session.execute(_held_by(table, locks.hold_rows(session, table, table.id.in_(ids)), by).values(**free))


def put_off(
    session: Session, ids: Sequence[int], by: str, due_at: datetime, *, counted: bool,
    args: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """Messages that ``by`` holds go out later. ``counted``: as an attempt that failed; ``args``: with these."""
    changed: dict[str, Any] = {"claimed_until": None, "claimed_by": None, "due_at": due_at}
    if not counted:
        changed["attempts"] = Outbox.attempts - 1
    if args is not None:
        changed["args"] = dict(args)
    session.execute(_held_by(Outbox, locks.hold_rows(session, Outbox, Outbox.id.in_(ids)), by).values(**changed))


def again_later(session: Session, id: int, by: str, free_at: datetime, *, counted: bool) -> None:
    """A follow-up that ``by`` holds is nobody's before a moment. ``counted``: as an attempt that failed."""
    changed: dict[str, Any] = {"claimed_until": free_at, "claimed_by": None}
    if not counted:
        changed["attempts"] = FollowUp.attempts - 1
    session.execute(_held_by(FollowUp, [id], by).values(**changed))


def give_up(session: Session, table: Table, id: int, by: str, at: datetime) -> bool:
    """What ``by`` holds is not tried again. Nothing of it is read: that may be what failed. Returns whether it was
    still theirs to give up."""
    lost = _held_by(table, [id], by).values(done_at=at, result=GIVEN_UP, claimed_until=None, claimed_by=None)
    return session.scalar(lost.returning(table.id)) is not None


GIVEN_UP = "given up"
"""The result of what was tried often enough, and is not tried again."""


def _held_by(table: Table, ids: Sequence[int], by: str) -> Update:
    """Nothing of these is loaded in the session that writes them. Whoever holds a row has counted an attempt."""
    mine = update(table).where(table.id.in_(ids), table.claimed_by == by, table.done_at.is_(None))
    return mine.execution_options(synchronize_session=False)


def revive(session: Session, workspace: str, id: int, now: datetime) -> None:
    """Give a message that was given up its attempts back, but for one: so it is looked up before it is sent."""
    session.execute(
        update(Outbox)
        .where(Outbox.workspace_id == workspace, Outbox.id == id)
        .values(done_at=None, result=None, attempts=1, claimed_until=None, claimed_by=None, due_at=now)
        .execution_options(synchronize_session=False)
    )


@dataclass(frozen=True)
class Backlog:
    """What waits, over all workspaces: how much, and since when the oldest."""

    unsent: int
    unsent_since: datetime | None
    due: int
    due_since: datetime | None


def backlog(session: Session, now: datetime) -> Backlog:
    """Messages written and not sent, follow-ups due and not done. One query each, over what waits alone."""
    unsent = select(func.count(Outbox.id), func.min(Outbox.created_at)).where(
        Outbox.done_at.is_(None), Outbox.workspace_id.not_in(uninstalled())
    )
    due = select(func.count(FollowUp.id), func.min(FollowUp.due_at)).where(
        FollowUp.done_at.is_(None), FollowUp.due_at <= now, FollowUp.workspace_id.not_in(uninstalled())
    )
    return Backlog(*session.execute(unsent).one(), *session.execute(due).one())
