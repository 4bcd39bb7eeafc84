"""Messages on their way to Slack: put out, asked about, done."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from app.db.models import Decision, Outbox, table_of
from app.db.statements import HERE
from app.db.types import UtcDateTime


def outbox_row(session: Session, workspace: str, id: int) -> Outbox | None:
    return session.scalar(select(Outbox).where(Outbox.workspace_id == workspace, Outbox.id == id))


def put_out(session: Session, messages: Sequence[dict[str, Any]]) -> None:
    """Messages to be sent, by their columns."""
    session.connection().execute(_NEW_MESSAGES, messages)


_NEW_MESSAGES = insert(table_of(Outbox))


def done(session: Session, workspace: str, id: int, key: str, at: datetime, result: str) -> bool:
    """This message is dealt with for good. False: it is no more, since whoever it was for was erased.

    It is known by its key: SQLite gives the id of a last row that was deleted to the next one, which nobody has sent.
    """
    given = {"here": workspace, "message": id, "its_key": key, "at": at, "how": result[:200]}
    return session.connection().scalar(_DONE, given) is not None


def stands(session: Session, workspace: str, id: int, key: str) -> bool:
    """Whether a message is still to be sent: not deleted meanwhile with whoever it was for."""
    return session.scalar(_STANDS, {"here": workspace, "message": id, "its_key": key}) is not None


_STANDS = select(Outbox.id).where(
    Outbox.workspace_id == HERE, Outbox.id == bindparam("message"), Outbox.key == bindparam("its_key")
)


_DONE = (
    update(table_of(Outbox))
    .where(
        table_of(Outbox).c.workspace_id == HERE,
        table_of(Outbox).c.id == bindparam("message"),
        table_of(Outbox).c.key == bindparam("its_key"),
    )
    .values(done_at=bindparam("at", type_=UtcDateTime()), result=bindparam("how"))
    .returning(table_of(Outbox).c.id)
)


def waiting_about(session: Session, decision: Decision) -> set[tuple[str, str]]:
    """Kind and recipient of what is on its way about a decision and not yet taken up: one more would say nothing.

    What waits is not taken up before we are through, or it would show what stood before our change.
    """
    return {(kind, who) for kind, who in session.execute(_WAITING, {"here": decision.workspace_id, "id": decision.id})}


_WAITING = (
    select(Outbox.kind, Outbox.recipient)
    .where(
        Outbox.workspace_id == HERE,
        Outbox.decision_id == bindparam("id"),
        Outbox.done_at.is_(None),
        Outbox.attempts == 0,
    )
    .with_for_update(read=True)
)


def homes_waiting(session: Session, workspace: str, users: Sequence[str]) -> set[str]:
    """Whose Home is about to be shown anew. As ``waiting_about``."""
    waiting = select(Outbox.recipient).where(
        Outbox.workspace_id == workspace,
        Outbox.recipient.in_(users),
        Outbox.kind == "home",
        Outbox.done_at.is_(None),
        Outbox.attempts == 0,
    )
    return set(session.scalars(waiting.with_for_update(read=True)))


def undelivered(session: Session, workspace: str) -> int:
    """How many messages still wait in the outbox."""
    query = select(func.count()).where(Outbox.workspace_id == workspace, Outbox.done_at.is_(None))
    return session.scalar(query) or 0


def sent_to_since(session: Session, workspace: str, kind: str, recipient: str, since: datetime) -> bool:
    """As ``sent_since``, of what is about no decision."""
    query = select(Outbox.id).where(
        Outbox.workspace_id == workspace, Outbox.kind == kind, Outbox.recipient == recipient, Outbox.created_at > since
    )
    return session.scalars(query.limit(1)).first() is not None


def sent_since(session: Session, decision: Decision, kind: str, recipient: str, since: datetime) -> bool:
    """Whether a message of this kind was written for somebody since a moment: the second half of a double click."""
    return (
        session.scalar(
            select(Outbox.id).where(
                Outbox.workspace_id == decision.workspace_id,
                Outbox.decision_id == decision.id,
                Outbox.kind == kind,
                Outbox.recipient == recipient,
                Outbox.created_at > since,
            )
        )
        is not None
    )
