"""A trade-off between teams: their objectives, the experiment they agreed to, what it showed, what was decided."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from app.db.models.base import Base, Key, new_salt
from app.db.types import EnumOf, JsonOf, UtcDateTime
from app.domain.tradeoffs.experiment import Plan
from app.domain.tradeoffs.objective_types import Metric
from app.domain.tradeoffs.results import Results
from app.domain.tradeoffs.verdict import Outcome, Verdict


class Tradeoff(Base):
    """The entry of the log: when it was opened, agreed to and closed, and what was decided. One a decision."""

    __tablename__ = "tradeoff"
    __table_args__ = (
        UniqueConstraint("workspace_id", "decision_id"),
        Index("ix_tradeoff_opened", "workspace_id", "opened_at"),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    shared: Mapped[str] = mapped_column(Text, default="")  # the customer's metric that all of them share
    opened_by: Mapped[str] = mapped_column(String(32))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when the last side agreed to what stands
    decided: Mapped[str | None] = mapped_column(Text)
    reasons: Mapped[str | None] = mapped_column(Text)  # where the figures did not tell
    arm: Mapped[str | None] = mapped_column(Text)  # what was chosen; None: nothing that an arm tested
    outcome: Mapped[Outcome | None] = mapped_column(EnumOf(Outcome))
    closed_by: Mapped[str | None] = mapped_column(String(32))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revisit_on: Mapped[date | None]
    salt: Mapped[str] = mapped_column(String(32), default=new_salt)  # see app.db.ledger


class TradeoffSide(Base):
    """A team: who speaks for it, its objective as written and as read, and whether it agreed to the experiment."""

    __tablename__ = "tradeoff_side"
    __table_args__ = (
        UniqueConstraint("decision_id", "user_id"),
        Index("ix_tradeoff_side_user", "workspace_id", "user_id"),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    user_id: Mapped[str] = mapped_column(String(32))
    objective: Mapped[str] = mapped_column(Text)
    metric: Mapped[Metric] = mapped_column(JsonOf(Metric))
    agreed_version: Mapped[int | None]  # of the plan
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    salt: Mapped[str] = mapped_column(String(32), default=new_salt)  # see app.db.ledger


class TradeoffPlan(Base):
    """A version of the experiment. ``late``: it was changed once it ran, and ``why``."""

    __tablename__ = "tradeoff_plan"
    __table_args__ = (UniqueConstraint("decision_id", "number"),)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    number: Mapped[int]
    plan: Mapped[Plan] = mapped_column(JsonOf(Plan))
    author_id: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    late: Mapped[bool] = mapped_column(default=False, server_default=false())
    why: Mapped[str] = mapped_column(Text, default="")
    salt: Mapped[str] = mapped_column(String(32), default=new_salt)  # see app.db.ledger


class TradeoffResult(Base):
    """What was put in, and what it said by the plan that stood. ``corrects``: why an earlier one was mistyped."""

    __tablename__ = "tradeoff_result"
    __table_args__ = (UniqueConstraint("decision_id", "number"),)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    number: Mapped[int]
    results: Mapped[Results] = mapped_column(JsonOf(Results))
    verdict: Mapped[Verdict] = mapped_column(JsonOf(Verdict))
    author_id: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    corrects: Mapped[str] = mapped_column(Text, default="")
    salt: Mapped[str] = mapped_column(String(32), default=new_salt)  # see app.db.ledger
