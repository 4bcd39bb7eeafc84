"""Pre-reads and syncs: whom a version went to, what they said about it, and the meeting that may not be needed."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from app.db.models.base import Base, Key, new_salt
from app.db.types import EnumOf, UtcDateTime
from app.domain.syncs.life import Of, Off, RemarkKind, SyncState


class Sync(Base):
    """The meeting at the end of a pre-read. Only the newest of a decision lives."""

    __tablename__ = "sync"
    __table_args__ = (
        Index("ix_sync_decision", "decision_id"),
        Index("ix_sync_workspace", "workspace_id", "planned_at"),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    uid: Mapped[str] = mapped_column(String(64))  # in calendars, for ever
    sequence: Mapped[int] = mapped_column(default=0)  # rises with each word to the calendars
    state: Mapped[SyncState] = mapped_column(EnumOf(SyncState))
    off: Mapped[Off | None] = mapped_column(EnumOf(Off))  # why it was called off
    subject: Mapped[Of] = mapped_column(EnumOf(Of))  # what is read
    planned_by: Mapped[str] = mapped_column(String(32))
    planned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    minutes: Mapped[int]
    silent_first: Mapped[bool] = mapped_column(default=False, server_default=false())
    counts_from: Mapped[int]  # the version from which reading and answering count
    clock_at: Mapped[datetime] = mapped_column(UtcDateTime)  # when that version went out
    kept_because: Mapped[str] = mapped_column(Text, default="")  # why a later version did not restart the clock
    minutes_back: Mapped[int] = mapped_column(default=0)  # of all who would have come, once it was not needed
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # called off, or over
    salt: Mapped[str] = mapped_column(String(32), default=new_salt)  # see app.db.ledger


class SyncReader(Base):
    """One person whom a pre-read went to."""

    __tablename__ = "sync_reader"
    __table_args__ = (
        UniqueConstraint("sync_id", "user_id"),
        Index("ix_sync_reader_decision", "decision_id"),
        Index("ix_sync_reader_user", "workspace_id", "user_id"),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    sync_id: Mapped[int] = mapped_column(ForeignKey("sync.id"))
    user_id: Mapped[str] = mapped_column(String(32))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_version: Mapped[int | None]  # the last one they said they have read
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    salt: Mapped[str] = mapped_column(String(32), default=new_salt)  # see app.db.ledger


class Remark(Base):
    """What somebody said about a version: a comment, a question that has to be settled, an approval."""

    __tablename__ = "remark"
    __table_args__ = (Index("ix_remark_decision", "decision_id"),)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    user_id: Mapped[str] = mapped_column(String(32))
    kind: Mapped[RemarkKind] = mapped_column(EnumOf(RemarkKind))
    subject: Mapped[Of] = mapped_column(EnumOf(Of))
    version: Mapped[int]
    part: Mapped[str] = mapped_column(String(32), default="")  # of the page; empty: all of it
    text: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[str | None] = mapped_column(Text)
    answered_by: Mapped[str | None] = mapped_column(String(32))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    resolved_by: Mapped[str | None] = mapped_column(String(32))
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    salt: Mapped[str] = mapped_column(String(32), default=new_salt)  # see app.db.ledger
