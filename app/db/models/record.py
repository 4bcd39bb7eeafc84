"""The record: what happened, chained by hash."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.models.base import Base, Key
from app.db.types import UtcDateTime


class AuditEvent(Base):
    """What happened, who did it, when. Written in the transaction of the move, chained by hash (``app.db.ledger``).

    The database itself refuses to change or delete one, but for an erasure.
    """

    __tablename__ = "audit_event"
    __table_args__ = (UniqueConstraint("workspace_id", "seq"), Index("ix_audit_event_decision", "decision_id", "id"))
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    seq: Mapped[int] = mapped_column(BigInteger)  # 1, 2, 3, … in its workspace
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))  # None: a ladder, a person
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(32))  # a user id, or "threshold"
    what: Mapped[str] = mapped_column(String(32))
    before: Mapped[str | None] = mapped_column(String(16))
    after: Mapped[str | None] = mapped_column(String(16))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    seal: Mapped[dict[str, Any]] = mapped_column(JSON)  # salts, and the digests of the rows it changed
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """The last entry of a workspace's record: who cuts off its end is seen. Locked while the chain grows."""

    __tablename__ = "audit_head"
    workspace_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(64))


class AuditUnlock(Base):
    """Stands here only inside the transaction of an erasure: while it does, the record may be changed."""

    __tablename__ = "audit_unlock"
    workspace_id: Mapped[str] = mapped_column(String(32), primary_key=True)
