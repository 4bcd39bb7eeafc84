"""When a channel gets its digest. What goes into it is loaded in ``app/slack/loading.py``."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.orm import Session

from app.db import digest_dates, keepers, locks, queries, roster
from app.db.models import DigestEntry, DigestPlan, FollowUp
from app.domain.errors import NotFound, Unreadable
from app.domain.people.calendar import zone
from app.domain.people.erased import has_left
from app.domain.reading.days_in_forms import weekdays_of
from app.workflows.admission import Actor, members_only
from app.workflows.notifying import send, send_all
from app.workflows.opening import ensure_workspace

MEMBERS_PLAN = "only members change a channel's digest"


@dataclass(frozen=True)
class Plan:
    """When a channel hears of its open decisions: weekdays (0 Monday), a time of day, a zone."""

    on: bool
    days: tuple[int, ...]
    at: str  # HH:MM
    tz: str


def plan_digest(session: Session, channel: str, plan: Plan, actor: Actor, now: datetime) -> DigestPlan:
    """Switch a channel's digest on or off, and date the next one. Any member may, in the channel."""
    members_only(session, actor, MEMBERS_PLAN)
    if not channel:
        raise Unreadable("A digest belongs to a channel. Type “/escalate digest” in the one that should get it.")
    ensure_workspace(session, actor.workspace, now)
    if plan.on and not plan.days:
        raise Unreadable("Choose at least one day, for example mon, thu.", "days")
    _time(plan.at)
    try:
        ZoneInfo(plan.tz)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Unreadable(f"I don't know the time zone “{plan.tz}”. Write it like Europe/Berlin.", "tz") from None
    row = _plan_to_change(session, actor, channel)
    wanted = (plan.on, sorted(set(plan.days)), plan.at, plan.tz)
    if (row.on, row.days, row.at, row.tz) == wanted and row.days:
        return row  # sent again as it was shown
    row.unposted = None  # whoever sets it anew hears anew
    row.on, row.days, row.at, row.tz, row.set_by = plan.on, sorted(set(plan.days)), plan.at, plan.tz, actor.user
    session.flush()
    digest_dates.undate_digest(session, actor.workspace, channel)
    if plan.on:
        date_digest(session, row, now)
    return row


def _plan_to_change(session: Session, actor: Actor, channel: str) -> DigestPlan:
    found = locks.hold_plan(session, actor.workspace, channel)
    if found is None:
        roster.add_plan(session, actor.workspace, channel, actor.user)
        found = locks.hold_plan(session, actor.workspace, channel)
    assert found
    return found


def date_digest(session: Session, plan: DigestPlan, now: datetime) -> None:
    """Date the next digest of a channel, unless a later one is dated already: two would go on side by side."""
    if digest_dates.next_digest(session, plan.workspace_id, plan.channel_id, after=now) is not None:
        return
    session.add(
        FollowUp(
            workspace_id=plan.workspace_id, decision_id=None, kind="digest", recipient=plan.channel_id,
            due_at=next_digest(plan.days, plan.at, plan.tz, now), args={}, attempts=0,
        )
    )  # fmt: skip
    session.flush()


def next_digest(days: Sequence[int], at: str, tz: str, now: datetime) -> datetime:
    """The first of ``days`` at ``at`` o'clock in ``tz`` that is still to come."""
    here = now.astimezone(zone(tz))
    for ahead in range(8):
        day = here.date() + timedelta(days=ahead)
        moment = moment_of(day, at, tz)
        if day.weekday() in days and moment > now:
            return moment
    raise ValueError("a digest needs at least one day")


def moment_of(day: date, at: str, tz: str) -> datetime:
    """That day at ``at`` o'clock in ``tz``, in UTC."""
    return datetime.combine(day, _time(at), zone(tz)).astimezone(UTC)


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text if len(text) > 4 else f"0{text}")
    except ValueError:
        raise Unreadable(f"I can't read “{text}” as a time of day. Write it like 09:30.", "at") from None


def read_plan(words: Sequence[str], current: DigestPlan | None, tz: str) -> Plan:
    """Read ``mon,thu 9:30 Europe/Berlin`` (any part, any order), on top of what is set.

    Raises:
        Unreadable: a word that is no day, time or zone.
    """
    on, days, at, zone_name = (
        (True, tuple(current.days), current.at, current.tz) if current else (True, (0, 1, 2, 3, 4), "09:00", tz)
    )
    named: list[int] = []
    for word in ",".join(words).replace(";", ",").split(","):
        low = word.lower()
        if low in ("", "on", "here"):
            continue
        if low == "off":
            on = False
        elif low in ("daily", "weekdays", "workdays"):
            named += range(5)
        elif found := weekdays_of(low):
            named += found
        elif ":" in low or low.isdigit():
            at = _time(low if ":" in low else f"{low}:00").strftime("%H:%M")
        elif "/" in word or word.upper() == "UTC":
            zone_name = word
        else:
            raise Unreadable(
                f"I don't understand “{word}”. For example: /escalate digest mon,thu 9:30 Europe/Berlin, or off."
            )
    return Plan(on, tuple(named) or days, at, zone_name)


def channel_deleted(session: Session, workspace: str, channel: str, now: datetime) -> None:
    """A channel was deleted: its digest ends, and whoever set it hears so."""
    plan = locks.hold_plan(session, workspace, channel)
    if plan is not None and plan.on:
        plan.on, plan.unposted = False, None
        _tell_whoever_set_it(session, plan, DELETED, now)
    if plan is not None:
        plan.monthly = False
    digest_dates.undate_digest(session, workspace, channel)
    digest_dates.undate(session, workspace, channel, "insights")


def channel_archived(session: Session, workspace: str, channel: str, now: datetime) -> None:
    """Nothing can be posted there for now. The plan stays: it goes on once the channel is back."""
    plan = locks.hold_plan(session, workspace, channel)
    if plan is not None and plan.on:
        _note_unposted(session, plan, ARCHIVED, now)


NOT_IN, ARCHIVED, RESTRICTED, DELETED = "not_in", "archived", "restricted", "deleted"
"""Why a digest can't be posted. Of a private channel Slack says the same whether it is gone or we are not in it, so
that alone ends nothing: one that was deleted is told by an event."""


def not_posted(session: Session, workspace: str, channel: str, why: str, since: datetime, now: datetime) -> None:
    """A digest could not be posted. What it would have said is said by the next one that can; whoever set it hears once
    why, and what to do.

    ``since``: from when on it would have told.
    """
    plan = locks.hold_plan(session, workspace, channel)
    if plan is not None and plan.on:
        plan.last_at = since
        _note_unposted(session, plan, why, now)


def _note_unposted(session: Session, plan: DigestPlan, why: str, now: datetime) -> None:
    if plan.unposted is None:
        _tell_whoever_set_it(session, plan, why, now)
    plan.unposted = why


def _tell_whoever_set_it(session: Session, plan: DigestPlan, why: str, now: datetime) -> None:
    """Or, where they have left, those who keep the workspace's settings."""
    setter = roster.person(session, plan.workspace_id, plan.set_by)
    left = has_left(plan.set_by) or (setter is not None and not setter.active)
    users = keepers.keepers(session, plan.workspace_id) if left else [plan.set_by]
    said = {"view": "digest_unposted", "channel": plan.channel_id, "why": why}
    send_all(session, plan.workspace_id, [("reply", user) for user in users], now, None, said)


def posted(session: Session, workspace: str, channel: str, ts: str, numbers: Collection[int], now: datetime) -> None:
    """A digest stands in the channel, with the titles of these decisions.

    Drawn, made private by somebody, posted: they looked for digests before this one was known, so what is private by
    now is taken out again. Whoever makes one private after us finds it, since each decision is held from here on.
    """
    named = locks.several_for_change(session, workspace, queries.ids_of(session, workspace, numbers))
    plan = locks.hold_plan(session, workspace, channel)
    if plan is not None and plan.unposted is not None:
        plan.unposted = None
    for decision in named:
        session.add(DigestEntry(workspace_id=workspace, decision_id=decision.id, channel_id=channel, ts=ts))
        if decision.private:
            send(session, workspace, "redact", channel, now, decision)
    session.flush()


def plan_of_channel(session: Session, workspace: str, channel: str) -> DigestPlan:
    plan = roster.digest_plan(session, workspace, channel)
    if plan is None:
        raise NotFound("This channel has no digest yet. “/escalate digest on” starts it.")
    return plan
