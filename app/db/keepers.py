"""Who keeps a workspace's ladder and policy, and what was proposed to them."""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.db import locks
from app.db.models import Keeper, Person, PolicyProposal, Proposal

P = TypeVar("P", Proposal, PolicyProposal)
"""What is proposed to them: a change of a ladder, or of the policy."""


def keepers(session: Session, workspace: str) -> list[str]:
    """Slack's owners and admins, and whoever was named: those of them who are here, the named ones first."""
    rows = session.execute(
        select(Person.user_id, Keeper.id)
        .outerjoin(Keeper, (Keeper.workspace_id == Person.workspace_id) & (Keeper.user_id == Person.user_id))
        .where(
            Person.workspace_id == workspace,
            or_(Person.admin, Keeper.id.is_not(None)),
            Person.active,
            Person.guest.is_(False),
            Person.bot.is_(False),
            Person.outside.is_(False),
        )
    )
    return [user for user, _ in sorted(rows, key=lambda row: (row[1] is None, row[1] or 0, row[0]))]


def named(session: Session, workspace: str) -> Sequence[Keeper]:
    """Whoever was named, in that order."""
    return session.scalars(select(Keeper).where(Keeper.workspace_id == workspace).order_by(Keeper.id)).all()


def named_one(session: Session, workspace: str, user: str) -> Keeper | None:
    return session.scalar(select(Keeper).where(Keeper.workspace_id == workspace, Keeper.user_id == user))


def proposal(session: Session, kind: type[P], workspace: str, id: int) -> P | None:
    return session.scalar(select(kind).where(kind.workspace_id == workspace, kind.id == id))


def note_place(
    session: Session, kind: type[P], workspace: str, id: int, keeper: str, channel: str, ts: str
) -> P | None:
    """Keep where a keeper's card stands."""
    locks.hold_workspace(session, workspace)
    found = proposal(session, kind, workspace, id)
    if found is not None:
        found.places = {**found.places, keeper: [channel, ts]}
    return found


def open_proposals(session: Session, kind: type[P], workspace: str) -> Sequence[P]:
    """What waits for a keeper, oldest first."""
    query = select(kind).where(kind.workspace_id == workspace, kind.settled_at.is_(None))
    return session.scalars(query.order_by(kind.id)).all()
