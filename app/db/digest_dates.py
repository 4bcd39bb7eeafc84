"""A channel's digests and monthly insights: those dated next, and the newest digest that went out."""

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
    return next_of(session, workspace, channel, "digest", after)


def next_of(
    session: Session, workspace: str, channel: str, kind: str, after: datetime | None = None
) -> datetime | None:
    """As ``next_digest``, of either kind."""
    later = [FollowUp.due_at > after] if after is not None else []
    query = select(FollowUp.due_at).where(*_dated(workspace, channel, kind), *later)
    return session.scalar(query.order_by(FollowUp.due_at).limit(1))


def undate_digest(session: Session, workspace: str, channel: str) -> None:
    """No digest is dated for this channel any more. Whoever says so holds its plan."""
    undate(session, workspace, channel, "digest")


def undate(session: Session, workspace: str, channel: str, kind: str) -> None:
    """As ``undate_digest``, of either kind."""
    session.execute(delete(FollowUp).where(*_dated(workspace, channel, kind)))


def _dated(workspace: str, channel: str, kind: str) -> tuple[ColumnElement[bool], ...]:
    return (
        FollowUp.workspace_id == workspace,
        FollowUp.kind == kind,
        FollowUp.recipient == channel,
        FollowUp.done_at.is_(None),
    )
