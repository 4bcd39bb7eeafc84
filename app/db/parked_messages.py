"""Messages that could belong to several triages, and where the question stands which one each is for."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.db.models import Decision, Parked
from app.domain.lifecycle import Status


def parked(session: Session, workspace: str, id: int) -> Parked | None:
    return session.scalar(select(Parked).where(Parked.workspace_id == workspace, Parked.id == id))


def note_place(session: Session, workspace: str, id: int, channel: str, ts: str) -> bool:
    """Where the question stands from now on. Returns whether it was settled meanwhile, and has to be closed."""
    session.execute(
        update(Parked).where(Parked.workspace_id == workspace, Parked.id == id).values(channel_id=channel, ts=ts)
    )
    found = parked(session, workspace, id)
    return found is not None and (found.used or not still_asks(session, found))


def open_prompts(session: Session, workspace: str, user: str) -> Sequence[Parked]:
    """Those of somebody that stand in Slack and ask."""
    return session.scalars(
        select(Parked)
        .where(Parked.workspace_id == workspace, Parked.user_id == user, Parked.used.is_(False))
        .where(Parked.ts.is_not(None))
        .order_by(Parked.id)
    ).all()


def still_asks(session: Session, row: Parked) -> bool:
    """Whether any of the triages that it could belong to still waits for an answer. Of one from before they were kept,
    nobody knows."""
    if row.decisions is None:
        return True
    waiting = select(Decision.id).where(
        Decision.workspace_id == row.workspace_id, Decision.id.in_(row.decisions), Decision.status == Status.TRIAGE
    )
    return session.scalars(waiting.limit(1)).first() is not None
