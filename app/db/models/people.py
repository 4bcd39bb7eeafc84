"""Workspaces, who is in them, and who sits on their ladders."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from app.db.models.base import Base, Key
from app.db.types import JsonOf, UtcDateTime
from app.domain.policy.policy import Policy


class Workspace(Base):
    """One Slack workspace; ``next_number`` hands out D-1, D-2, …

    ``id`` is always a team's, ``T…``, in an Enterprise Grid too: an org (``enterprise_id``, ``E…``) owns no decisions,
    it only may hold the token that speaks for its workspaces.
    """

    __tablename__ = "workspace"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    next_number: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    enterprise_id: Mapped[str | None] = mapped_column(String(32))  # the org it belongs to, where it is in one
    uninstalled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # its work rests, and is erased in time


class Person(Base):
    """What we know of somebody: Slack's profile, and what they asked of us."""

    __tablename__ = "person"
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(Text, default="")
    tz: Mapped[str] = mapped_column(String(64), default="UTC")
    country: Mapped[str | None] = mapped_column(String(8))  # as it was set before 0004; no longer read
    default_place: Mapped[str | None] = mapped_column(String(40))  # whose holidays count where nothing nearer says so
    locale: Mapped[str | None] = mapped_column(String(16))  # in Slack, like en-US: whose dollar, which day comes first
    working_time: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # as chosen on Home
    active: Mapped[bool] = mapped_column(default=True)
    guest: Mapped[bool] = mapped_column(default=False)
    outside: Mapped[bool] = mapped_column(default=False)  # of another workspace, met in a shared channel
    bot: Mapped[bool] = mapped_column(default=False)
    admin: Mapped[bool] = mapped_column(default=False, server_default=false())  # Slack's owner or admin: a keeper
    muted: Mapped[bool] = mapped_column(default=False)  # no optional reminders
    home_opened: Mapped[bool] = mapped_column(default=False)  # from then on Home is kept fresh
    looked_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Seat(Base):
    """Who sits on a rung (or is bar raiser), for a channel or, with an empty channel, for the workspace."""

    __tablename__ = "seat"
    __table_args__ = (UniqueConstraint("workspace_id", "channel_id", "rung", "user_id"),)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"))
    channel_id: Mapped[str] = mapped_column(String(32), default="")
    rung: Mapped[str] = mapped_column(String(16))  # a Rung, or "bar_raiser"
    user_id: Mapped[str] = mapped_column(String(32))
    deputy_id: Mapped[str | None] = mapped_column(String(32))  # who may sign in their place


class Keeper(Base):
    """Who was named to keep a workspace's ladder and policy, beside Slack's owners and admins."""

    __tablename__ = "keeper"
    __table_args__ = (UniqueConstraint("workspace_id", "user_id"),)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"))
    user_id: Mapped[str] = mapped_column(String(32))
    named_by: Mapped[str] = mapped_column(String(32))  # a user id, or "operator"
    named_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Proposed:
    """What somebody proposed who may not change it themselves. A keeper keeps or declines it."""

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"))
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[str | None] = mapped_column(String(32))
    kept: Mapped[bool | None]  # None while it is open
    places: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict)  # keeper → where their card stands


class Proposal(Proposed, Base):
    """A change of a ladder."""

    __tablename__ = "proposal"
    __table_args__ = (Index("ix_proposal_open", "workspace_id", "settled_at"),)
    channel_id: Mapped[str] = mapped_column(String(32))  # whose ladder; empty: the workspace's
    seats: Mapped[dict[str, list[str]]] = mapped_column(JSON)  # each rung that would change, with who would sit there


class PolicyProposal(Proposed, Base):
    """A change of the policy. In a table of its own: the release before would settle it as one of a ladder."""

    __tablename__ = "policy_proposal"
    __table_args__ = (Index("ix_policy_proposal_open", "workspace_id", "settled_at"),)
    version: Mapped[int]  # of the policy that was shown to whoever proposed it
    change: Mapped[dict[str, Any]] = mapped_column(JSON)  # what would change: see domain.policy.table


class PolicyVersion(Base):
    """What a workspace decided about deciding. A change is a new version; none is ever changed."""

    __tablename__ = "policy_version"
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(32))  # a user id, or "threshold"
    policy: Mapped[Policy] = mapped_column(JsonOf(Policy))
