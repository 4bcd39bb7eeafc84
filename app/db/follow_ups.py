"""Dated work: is it dated, which is next, what became of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from app.db.models import Decision, FollowUp, table_of
from app.db.statements import HERE, insert_into
from app.db.types import UtcDateTime

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite


def date_once(session: Session, works: Sequence[Mapping[str, Any]]) -> None:
    """Follow-ups about a decision. The same work for the same person at that moment stands once, with these args."""
    session.connection().execute(_new_work(session.get_bind().dialect.name), [dict(work) for work in works])


@cache
def _new_work(dialect: str) -> "postgresql.Insert | sqlite.Insert":
    new, work = insert_into(dialect, FollowUp), table_of(FollowUp)
    same = (work.c.workspace_id, work.c.decision_id, work.c.kind, work.c.recipient, work.c.due_at)
    return new.on_conflict_do_update(
        index_elements=same, set_={"args": new.excluded.args}, where=work.c.done_at.is_(None)
    )


def finish(session: Session, done: Sequence[tuple[FollowUp, str]], at: datetime) -> None:
    """These follow-ups are dealt with, each with how it ended. What is loaded of them is not brought up to date."""
    if done:
        given = [{"here": work.workspace_id, "work": work.id, "at": at, "how": how} for work, how in done]
        session.connection().execute(_FINISHED, given)


_FINISHED = (
    update(table_of(FollowUp))
    .where(table_of(FollowUp).c.workspace_id == HERE, table_of(FollowUp).c.id == bindparam("work"))
    .values(done_at=bindparam("at", type_=UtcDateTime()), result=bindparam("how"))
)


def follow_up(session: Session, workspace: str, id: int) -> FollowUp | None:
    return session.scalar(select(FollowUp).where(FollowUp.workspace_id == workspace, FollowUp.id == id))


def still_dated(session: Session, decision: Decision, kind: str) -> Sequence[FollowUp]:
    """The work of a kind that still lies ahead of this decision."""
    return session.scalars(
        select(FollowUp).where(
            FollowUp.workspace_id == decision.workspace_id,
            FollowUp.decision_id == decision.id,
            FollowUp.kind == kind,
            FollowUp.done_at.is_(None),
        )
    ).all()


def dated(session: Session, decision: Decision, kind: str) -> Sequence[FollowUp]:
    """The work of a kind that was ever dated for this decision."""
    return session.scalars(
        select(FollowUp).where(
            FollowUp.workspace_id == decision.workspace_id, FollowUp.decision_id == decision.id, FollowUp.kind == kind
        )
    ).all()


def stands_already(session: Session, work: FollowUp, at: datetime) -> FollowUp | None:
    """The other row by which the same work is dated for that moment, if there is one."""
    twin = select(FollowUp).where(
        FollowUp.workspace_id == work.workspace_id,
        FollowUp.decision_id == work.decision_id,
        FollowUp.kind == work.kind,
        FollowUp.recipient == work.recipient,
        FollowUp.due_at == at,
        FollowUp.id != work.id,
    )
    return session.scalar(twin)


def next_follow_ups(session: Session, workspace: str, limit: int = 20) -> Sequence[FollowUp]:
    """What is scheduled next, for whom."""
    return session.scalars(
        select(FollowUp)
        .where(FollowUp.workspace_id == workspace, FollowUp.done_at.is_(None))
        .order_by(FollowUp.due_at, FollowUp.id)
        .limit(limit)
    ).all()


def decisions_of(session: Session, rows: Sequence[FollowUp]) -> Sequence[Decision]:
    """The decisions that these follow-ups are about."""
    ids = {row.decision_id for row in rows if row.decision_id is not None}
    workspaces = {row.workspace_id for row in rows}
    return session.scalars(select(Decision).where(Decision.workspace_id.in_(workspaces), Decision.id.in_(ids))).all()
