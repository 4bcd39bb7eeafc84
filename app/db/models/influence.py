"""Maps of customers' journeys, and whose yes was asked of a decision and why."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from app.db.models.base import Base, Key, new_salt
from app.db.types import EnumOf, UtcDateTime
from app.domain.influence.asking import For

NEVER_AGAIN = {"sqlite_autoincrement": True}
"""Decisions name teams, and buttons name maps, that were taken down since: SQLite would give the same number to the
next one, perhaps to a private one of somebody else. PostgreSQL never does."""


class Journey(Base):
    """A customer's journey, whose map names the teams that touch it."""

    __tablename__ = "journey"
    __table_args__ = (Index("ix_journey_name", "workspace_id", "name"), NEVER_AGAIN)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"))
    name: Mapped[str] = mapped_column(String(100))
    private: Mapped[bool] = mapped_column(default=False)  # for whoever made it, and whoever decides on it
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class MapTeam(Base):
    """A team on a map: see ``domain.influence.journeys.Team``."""

    __tablename__ = "map_team"
    __table_args__ = (Index("ix_map_team_journey", "workspace_id", "journey_id"), NEVER_AGAIN)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"))
    journey_id: Mapped[int] = mapped_column(ForeignKey("journey.id"))
    name: Mapped[str] = mapped_column(Text)
    lever: Mapped[str] = mapped_column(Text, default="")
    days: Mapped[float | None]
    measured: Mapped[bool] = mapped_column(default=False, server_default=false())  # the days were taken over
    metric: Mapped[str] = mapped_column(Text, default="")
    unit: Mapped[str] = mapped_column(Text, default="")
    effect: Mapped[float | None]
    after: Mapped[list[int]] = mapped_column(JSON, default=list)  # ids of teams that decide before
    deciders: Mapped[list[str]] = mapped_column(JSON, default=list)
    deputies: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    group_id: Mapped[str | None] = mapped_column(String(32))  # Slack's user group, whose members are the deciders
    group_name: Mapped[str] = mapped_column(Text, default="")
    lever_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Approval(Base):
    """One yes that a decision needed when it was sent: whose was asked, why theirs, and who else could have given it.
    None is ever changed, but for who gives it where somebody else was asked instead."""

    __tablename__ = "approval"
    __table_args__ = (
        Index("ix_approval_decision", "decision_id"),
        Index("ix_approval_team", "workspace_id", "team_id"),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    kind: Mapped[For] = mapped_column(EnumOf(For))
    team_id: Mapped[int | None]  # as it was on the map then; it may be off it since
    name: Mapped[str] = mapped_column(Text, default="")
    lever: Mapped[str] = mapped_column(Text, default="")
    days: Mapped[float | None]
    user_id: Mapped[str] = mapped_column(String(32))
    in_place_of: Mapped[str | None] = mapped_column(String(32))
    others: Mapped[list[str]] = mapped_column(JSON, default=list)
    salt: Mapped[str] = mapped_column(String(32), default=new_salt)  # see app.db.ledger
