"""What the auditor asks: for many decisions at once, each time of one workspace."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from app.db import locks
from app.db.at_their_end import something_is_to_come
from app.db.claims import TABLES
from app.db.models import AuditEvent, Card, Decision, DigestPlan, FollowUp, Outbox, Workspace
from app.domain.lifecycle import Status

KEPT = frozenset(
    {"notice", "thread", "export", "document_md", "document_docx", "calendar", "tradeoffs_md", "tradeoffs_csv"}
)
"""Kinds of message that nothing else would say again."""


def workspaces(session: Session) -> Sequence[str]:
    return session.scalars(select(Workspace.id).order_by(Workspace.id)).all()


def names_after(session: Session, workspace: str, statuses: Iterable[Status], after: int, limit: int) -> dict[int, str]:
    """The next decisions of which something is to come, by id: D-42."""
    rows = session.execute(
        select(Decision.id, Decision.number)
        .where(Decision.workspace_id == workspace, something_is_to_come(statuses), Decision.id > after)
        .order_by(Decision.id)
        .limit(limit)
    )
    return {id: f"D-{number}" for id, number in rows}


def how_many(session: Session, workspace: str, statuses: Iterable[Status]) -> int:
    """Decisions of which something is to come."""
    here = (Decision.workspace_id == workspace, something_is_to_come(statuses))
    return session.scalar(select(func.count()).select_from(Decision).where(*here)) or 0


def decisions(session: Session, workspace: str, statuses: Iterable[Status], ids: Iterable[int]) -> Sequence[Decision]:
    """Those of them of which something is to come, by id."""
    return session.scalars(
        select(Decision)
        .where(Decision.workspace_id == workspace, something_is_to_come(statuses), Decision.id.in_(list(ids)))
        .order_by(Decision.id)
        .options(selectinload(Decision.signers))
    ).all()


def follow_ups_of(session: Session, workspace: str, ids: Sequence[int]) -> dict[int, list[FollowUp]]:
    """Everything that was ever dated for these decisions, done or not."""
    rows = session.scalars(
        select(FollowUp)
        .where(FollowUp.workspace_id == workspace, FollowUp.decision_id.in_(ids))
        .order_by(FollowUp.due_at, FollowUp.id)
        .execution_options(populate_existing=True)
    )
    found = defaultdict[int, list[FollowUp]](list)
    for row in rows:
        found[row.decision_id or 0].append(row)
    return found


def events_of(session: Session, workspace: str, ids: Sequence[int], what: Iterable[str]) -> dict[int, list[AuditEvent]]:
    rows = session.scalars(
        select(AuditEvent)
        .where(AuditEvent.workspace_id == workspace, AuditEvent.decision_id.in_(ids), AuditEvent.what.in_(what))
        .order_by(AuditEvent.id)
    )
    found = defaultdict[int, list[AuditEvent]](list)
    for row in rows:
        found[row.decision_id or 0].append(row)
    return found


def cards_of(session: Session, workspace: str, ids: Sequence[int]) -> dict[int, list[Card]]:
    rows = session.scalars(
        select(Card).where(Card.workspace_id == workspace, Card.decision_id.in_(ids)).order_by(Card.id)
    )
    found = defaultdict[int, list[Card]](list)
    for row in rows:
        found[row.decision_id].append(row)
    return found


@dataclass(frozen=True)
class Messages:
    """What became of the messages of one kind to one recipient about one decision."""

    waiting: bool
    last_done: datetime | None
    results: frozenset[str]


NONE = Messages(False, None, frozenset())


def messages_of(session: Session, workspace: str, ids: Sequence[int]) -> dict[tuple[int, str, str], Messages]:
    """By (decision, kind, recipient)."""
    rows = session.execute(
        select(
            Outbox.decision_id,
            Outbox.kind,
            Outbox.recipient,
            Outbox.result,
            func.count(Outbox.id) - func.count(Outbox.done_at),
            func.max(Outbox.done_at),
        )
        .where(Outbox.workspace_id == workspace, Outbox.decision_id.in_(ids))
        .group_by(Outbox.decision_id, Outbox.kind, Outbox.recipient, Outbox.result)
    )
    found: dict[tuple[int, str, str], Messages] = {}
    for decision, kind, recipient, result, waiting, last in rows:
        key = (decision or 0, kind, recipient)
        old = found.get(key, NONE)
        done = max((at for at in (old.last_done, last) if at is not None), default=None)
        found[key] = Messages(old.waiting or waiting > 0, done, old.results | ({result} if result else set()))
    return found


def given_up(
    session: Session, workspace: str, ids: Sequence[int], before: datetime, after: datetime
) -> Sequence[Outbox]:
    """Messages about these decisions that were given up between two moments, and that nothing else would say."""
    return session.scalars(
        select(Outbox)
        .where(
            Outbox.workspace_id == workspace,
            Outbox.decision_id.in_(ids),
            Outbox.kind.in_(KEPT),
            Outbox.result == "given up",
            Outbox.done_at < before,
            Outbox.created_at > after,
        )
        .order_by(Outbox.id)
    ).all()


def keys_of(
    session: Session, workspace: str, decision: int | None, kind: str, recipient: str
) -> tuple[frozenset[str], datetime | None]:
    """The keys of all messages of this kind that were sent to somebody about a decision, and since when."""
    rows = session.execute(
        select(Outbox.key, Outbox.created_at).where(
            Outbox.workspace_id == workspace,
            Outbox.decision_id == decision,
            Outbox.kind == kind,
            Outbox.recipient == recipient,
            Outbox.done_at.is_not(None),
        )
    ).all()
    return frozenset(key for key, _ in rows), min((at for _, at in rows), default=None)


def plans_without_a_date(session: Session, workspace: str) -> Sequence[DigestPlan]:
    """Digests that are switched on, and have no next day."""
    return _without_a_date(session, workspace, DigestPlan.on, "digest")


def monthly_without_a_date(session: Session, workspace: str) -> Sequence[DigestPlan]:
    """Channels that want their insights every month, and have no next day of them."""
    return _without_a_date(session, workspace, DigestPlan.monthly, "insights")


def _without_a_date(
    session: Session, workspace: str, on: InstrumentedAttribute[bool], kind: str
) -> Sequence[DigestPlan]:
    dated = select(FollowUp.recipient).where(
        FollowUp.workspace_id == workspace, FollowUp.kind == kind, FollowUp.done_at.is_(None)
    )
    query = (
        select(DigestPlan)
        .where(DigestPlan.workspace_id == workspace, on.is_(True), DigestPlan.channel_id.not_in(dated))
        .order_by(DigestPlan.channel_id)
    )
    return session.scalars(query).all()


def held_too_long(session: Session, workspace: str, limit: datetime) -> int:
    """How much is held, or put off, until a moment that no lease and no pause reaches."""
    return sum(
        session.scalar(select(func.count(table.id)).where(table.workspace_id == workspace, *_held(table, limit))) or 0
        for table in TABLES
    )


def let_go(session: Session, workspace: str, limit: datetime, now: datetime) -> None:
    """Free what ``held_too_long`` counts. A message that was put off is due now."""
    for table in TABLES:
        later = {"due_at": now} if table is Outbox else {}
        held = locks.hold_rows(session, table, table.workspace_id == workspace, *_held(table, limit))
        session.execute(
            update(table)
            .where(table.workspace_id == workspace, table.id.in_(held))
            .values(claimed_until=None, claimed_by=None, **later)
            .execution_options(synchronize_session=False)
        )


def _held(table: type[FollowUp] | type[Outbox], limit: datetime) -> tuple[ColumnElement[bool], ...]:
    held = table.claimed_until > limit
    return (table.done_at.is_(None), or_(held, table.due_at > limit) if table is Outbox else held)
