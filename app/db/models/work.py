"""Dated work, messages on their way, what stands in Slack, and what came from there."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.models.base import Base, Key
from app.db.types import UtcDateTime


class DigestPlan(Base):
    """When a channel hears of its open decisions."""

    __tablename__ = "digest_plan"
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    on: Mapped[bool] = mapped_column(default=True)
    days: Mapped[list[int]] = mapped_column(JSON)  # 0 Monday … 6 Sunday
    at: Mapped[str] = mapped_column(String(5))  # HH:MM
    tz: Mapped[str] = mapped_column(String(64))
    set_by: Mapped[str] = mapped_column(String(32))
    last_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    monthly: Mapped[bool] = mapped_column(default=False, server_default=false())  # its insights come every month
    unposted: Mapped[str | None] = mapped_column(String(16))  # why the last one could not be posted, as was told


class DigestEntry(Base):
    """A digest that stands in a channel names this decision: taken out there once it is private."""

    __tablename__ = "digest_entry"
    __table_args__ = (UniqueConstraint("workspace_id", "decision_id", "channel_id", "ts"),)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    channel_id: Mapped[str] = mapped_column(String(32))
    ts: Mapped[str] = mapped_column(String(32))


class FollowUp(Base):
    """One piece of dated work. Claimed with a lease, done once, deferred but never consumed by quiet hours."""

    __tablename__ = "follow_up"
    __table_args__ = (
        UniqueConstraint("workspace_id", "decision_id", "kind", "recipient", "due_at"),
        Index(
            "ix_follow_up_due",
            "due_at",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
        Index("ix_follow_up_decision", "decision_id"),
        Index(  # of what is done alone: SQLite would look for what waits in here, and read all of it
            "ix_follow_up_done",
            "done_at",
            sqlite_where=text("done_at IS NOT NULL"),
            postgresql_where=text("done_at IS NOT NULL"),
        ),
        Index(  # a digest has no decision, and NULLs are never equal to the key above
            "uq_follow_up_digest",
            "workspace_id",
            "kind",
            "recipient",
            "due_at",
            unique=True,
            sqlite_where=text("decision_id IS NULL"),
            postgresql_where=text("decision_id IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    kind: Mapped[str] = mapped_column(String(24))
    recipient: Mapped[str] = mapped_column(String(32))  # a user id, or a channel id for a digest
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    args: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    claimed_by: Mapped[str | None] = mapped_column(String(32))  # the process that holds it
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    result: Mapped[str | None] = mapped_column(Text)  # sent · moot · why it was given up


class Outbox(Base):
    """A message to be sent, written in the transaction that made it true."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_due",
            "due_at",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
        Index(
            "ix_outbox_waiting",
            "workspace_id",
            "recipient",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
        Index("ix_outbox_unsent", "id", sqlite_where=text("done_at IS NULL"), postgresql_where=text("done_at IS NULL")),
        Index("ix_outbox_decision", "decision_id"),
        Index(  # of what is done alone: SQLite would look for what waits in here, and read all of it
            "ix_outbox_done",
            "done_at",
            sqlite_where=text("done_at IS NOT NULL"),
            postgresql_where=text("done_at IS NOT NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    kind: Mapped[str] = mapped_column(String(24))
    recipient: Mapped[str] = mapped_column(String(32))  # a user id or a channel id
    args: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    key: Mapped[str] = mapped_column(String(36), unique=True)  # travels with the message
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    claimed_by: Mapped[str | None] = mapped_column(String(32))  # the process that holds it
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    result: Mapped[str | None] = mapped_column(Text)


class Card(Base):
    """A message that is edited in place: one per decision, kind and recipient."""

    __tablename__ = "card"
    __table_args__ = (
        UniqueConstraint("decision_id", "kind", "recipient"),
        Index("ix_card_message", "workspace_id", "channel_id", "ts"),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    kind: Mapped[str] = mapped_column(String(40))
    recipient: Mapped[str] = mapped_column(String(32))
    channel_id: Mapped[str] = mapped_column(String(32))
    ts: Mapped[str] = mapped_column(String(32))
    shown: Mapped[str] = mapped_column(String(64))  # a digest of what was shown: an unchanged card is not sent again


class Inbound(Base):
    """What Slack delivered and we acted on: a repeat is recognised, never guessed from a retry header."""

    __tablename__ = "inbound"
    workspace_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    identity: Mapped[str] = mapped_column(String(128), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Parked(Base):
    """A direct message that could belong to several triages, kept until its writer says which."""

    __tablename__ = "parked"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    user_id: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    used: Mapped[bool] = mapped_column(default=False)
    decisions: Mapped[list[int] | None] = mapped_column(JSON)  # those it could belong to, by id
    taken_as: Mapped[int | None]  # the decision it was taken up for, by the number people say
    channel_id: Mapped[str | None] = mapped_column(String(32))  # where the question stands which is for
    ts: Mapped[str | None] = mapped_column(String(32))
