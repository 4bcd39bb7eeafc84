"""A channel's digests: the one dated next, and the newest that went out."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from app.db.models import FollowUp, Outbox


def newest_digest(session: Session, workspace: str, channel: str) -> int | None:
    """The message in which a channel's last digest was put into words to be sent."""
    return session.scalars(
        select(Outbox.id)
        .where(Outbox.workspace_id == workspace, Outbox.kind == "digest", Outbox.recipient == channel)
        .order_by(Outbox.id.desc())
    ).first()


def next_digest(session: Session, workspace: str, channel: str, after: datetime | None = None) -> datetime | None:
    """When a channel's next digest is dated for; with ``after``, one later than that moment."""
    later = [FollowUp.due_at > after] if after is not None else []
    query = select(FollowUp.due_at).where(*_dated_digest(workspace, channel), *later)
    return session.scalar(query.order_by(FollowUp.due_at).limit(1))


def undate_digest(session: Session, workspace: str, channel: str) -> None:
    """No digest is dated for this channel any more. Whoever says so holds its plan."""
    session.execute(delete(FollowUp).where(*_dated_digest(workspace, channel)))


def _dated_digest(workspace: str, channel: str) -> tuple[ColumnElement[bool], ...]:
    return (
        FollowUp.workspace_id == workspace,
        FollowUp.kind == "digest",
        FollowUp.recipient == channel,
        FollowUp.done_at.is_(None),
    )
