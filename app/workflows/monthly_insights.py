"""A channel that wants its insights every month: on the first weekday of it, at the hour of its digest."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.db import digest_dates, locks, roster
from app.db.models import DigestPlan, FollowUp
from app.domain.errors import Unreadable
from app.domain.people.calendar import zone
from app.workflows.admission import Actor, members_only
from app.workflows.digests import MEMBERS_PLAN, moment_of
from app.workflows.notifying import send_all
from app.workflows.opening import ensure_person, ensure_workspace

INSIGHTS = "insights"
"""The kind of message, and of the dated work that sends it."""

PICTURE = "picture"
PICTURES = ("time", "doors", "predictions")
"""The charts that are sent as pictures where a workspace takes none of Slack's own, or Slack has none of that kind."""


def plan_monthly(session: Session, channel: str, on: bool, actor: Actor, now: datetime) -> datetime | None:
    """Switch it on or off. Any member may, in the channel. Returns when the next come; None: none do.

    Raises:
        Unreadable: it was typed outside a channel.
    """
    members_only(session, actor, MEMBERS_PLAN)
    if not channel:
        raise Unreadable(
            "Monthly insights belong to a channel. Type “/escalate insights monthly” in the one that wants them."
        )
    ensure_workspace(session, actor.workspace, now)
    plan = locks.hold_plan(session, actor.workspace, channel)
    if plan is None:
        roster.add_plan(session, actor.workspace, channel, actor.user)
        plan = locks.hold_plan(session, actor.workspace, channel)
        assert plan
        plan.tz = ensure_person(session, actor.workspace, actor.user).tz
    plan.monthly = on
    session.flush()
    if not on:
        digest_dates.undate(session, actor.workspace, channel, INSIGHTS)
        return None
    date_monthly(session, plan, now)
    return digest_dates.next_of(session, actor.workspace, channel, INSIGHTS)


def date_monthly(session: Session, plan: DigestPlan, now: datetime) -> None:
    """Date the next ones, unless later ones are dated already."""
    if digest_dates.next_of(session, plan.workspace_id, plan.channel_id, INSIGHTS, after=now) is not None:
        return
    session.add(
        FollowUp(
            workspace_id=plan.workspace_id, decision_id=None, kind=INSIGHTS, recipient=plan.channel_id,
            due_at=next_monthly(plan.at, plan.tz, now), args={}, attempts=0,
        )
    )  # fmt: skip
    session.flush()


def channel_gone(session: Session, workspace: str, channel: str) -> None:
    """Nothing can be posted there: its monthly insights end. Whoever wants them back types so in the channel."""
    plan = locks.hold_plan(session, workspace, channel)
    if plan is not None:
        plan.monthly = False
    digest_dates.undate(session, workspace, channel, INSIGHTS)


def next_monthly(at: str, tz: str, now: datetime) -> datetime:
    """The first weekday of a month, at ``at`` o'clock in ``tz``, that is still to come."""
    first = now.astimezone(zone(tz)).date().replace(day=1)
    moment = moment_of(_first_weekday(first), at, tz)
    if moment > now:
        return moment
    return moment_of(_first_weekday((first + timedelta(days=32)).replace(day=1)), at, tz)


def _first_weekday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def send_insights(session: Session, workspace: str, recipient: str, channel: str, now: datetime) -> None:
    """To a channel, or to somebody who asked. ``channel`` empty: of the whole workspace."""
    send_all(session, workspace, [(INSIGHTS, recipient)], now, None, {"channel": channel})
    for chart in PICTURES:
        send_all(session, workspace, [(PICTURE, recipient)], now, None, {"channel": channel, "chart": chart})
