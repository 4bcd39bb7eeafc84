"""The log of trade-offs, as far as somebody may read it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, false, or_, select
from sqlalchemy.orm import Session, selectinload

from app.db.models import Decision, Participant, Person, Tradeoff


@dataclass(frozen=True)
class Logged:
    """``inside``: they take part, and read the objectives and figures; else what was decided, and no more."""

    decision: Decision
    inside: bool


def log(session: Session, workspace: str, user: str, numbers: Collection[int] | None = None) -> list[Logged]:
    """Theirs, and of others those that are closed, not private and of no closed channel; the newest first.
    ``numbers``: of these alone. A guest reads what they take part in."""
    part = exists().where(
        Participant.workspace_id == workspace, Participant.decision_id == Decision.id, Participant.user_id == user
    )
    guest = session.scalar(select(Person.guest).where(Person.workspace_id == workspace, Person.user_id == user))
    public: ColumnElement[bool] = and_(
        Decision.private.is_(False), Decision.closed_channel.is_(False), Tradeoff.closed_at.is_not(None)
    )
    query = (
        select(Decision, part)
        .join(Tradeoff, and_(Tradeoff.workspace_id == workspace, Tradeoff.decision_id == Decision.id))
        .where(
            Decision.workspace_id == workspace,
            Decision.forgotten_at.is_(None),
            or_(part, false() if guest else public),
        )
        .order_by(Tradeoff.opened_at.desc(), Decision.number.desc())
        .options(*(selectinload(one) for one in _PARTS))
    )
    if numbers is not None:
        query = query.where(Decision.number.in_(numbers))
    return [Logged(decision, bool(inside)) for decision, inside in session.execute(query)]


_PARTS = (Decision.tradeoffs, Decision.sides, Decision.plans, Decision.results, Decision.looks, Decision.overs)


def last_opened(session: Session, workspace: str, user: str) -> int | None:
    """The decision about which somebody opened a trade-off last."""
    query = select(Tradeoff.decision_id).where(Tradeoff.workspace_id == workspace, Tradeoff.opened_by == user)
    return session.scalar(query.order_by(Tradeoff.id.desc()).limit(1))


def people_in(found: Sequence[Logged]) -> set[str]:
    """Whoever speaks or decided in these."""
    return {side.user_id for one in found for side in one.decision.sides} | {
        entry.closed_by for one in found for entry in one.decision.tradeoffs if entry.closed_by
    }
