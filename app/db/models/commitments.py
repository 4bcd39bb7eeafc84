"""Dissent, what was decided over it, and who commits to that."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.models.base import Base, Key, new_salt
from app.db.types import EnumOf, UtcDateTime
from app.domain.commitments import Degree, Pledge, Result
from app.domain.looking_back import Right


class Dissent(Base):
    """A written disagreement, in one's own words. It blocks nothing, and is never taken away."""

    __tablename__ = "dissent"
    __table_args__ = (Index("ix_dissent_decision", "decision_id"),)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    user_id: Mapped[str] = mapped_column(String(32))
    degree: Mapped[Degree] = mapped_column(EnumOf(Degree))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    was_right: Mapped[Right | None] = mapped_column(EnumOf(Right))  # said when it is looked at again
    salt: Mapped[str] = mapped_column(String(32), default=new_salt)  # see app.db.ledger


class OverDissent(Base):
    """What was decided over dissent, as its decider states it; and what came of looking again."""

    __tablename__ = "over_dissent"
    __table_args__ = (UniqueConstraint("workspace_id", "decision_id"),)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    by: Mapped[str] = mapped_column(String(32))
    decided: Mapped[str] = mapped_column(Text)
    reasons: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    revisit_on: Mapped[date]
    evidence: Mapped[str | None] = mapped_column(Text)  # what was new, where it was looked at before that day
    result: Mapped[Result | None] = mapped_column(EnumOf(Result))
    happened: Mapped[str | None] = mapped_column(Text)
    revisited_by: Mapped[str | None] = mapped_column(String(32))
    revisited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    next_number: Mapped[int | None]  # of the decision that changes this one
    salt: Mapped[str] = mapped_column(String(32), default=new_salt)  # see app.db.ledger


class Commitment(Base):
    """One person who was asked whether they carry it out. No answer is shown as no answer."""

    __tablename__ = "commitment"
    __table_args__ = (
        UniqueConstraint("decision_id", "user_id"),
        Index("ix_commitment_user", "workspace_id", "user_id"),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    user_id: Mapped[str] = mapped_column(String(32))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[Pledge | None] = mapped_column(EnumOf(Pledge))
    said: Mapped[str] = mapped_column(Text, default="")  # why not
    until: Mapped[date | None]  # by when that has to be settled
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    salt: Mapped[str] = mapped_column(String(32), default=new_salt)  # see app.db.ledger
