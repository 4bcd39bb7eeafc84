"""What a channel decides about itself: who sits on its ladder, and when it gets its digest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.orm import Session

from app.db import claims, ledger, locks, roster
from app.db.ledger import LADDER
from app.db.models import AuditEvent, DigestPlan, FollowUp, Seat
from app.domain.calendar import zone
from app.domain.dates import weekdays_of
from app.domain.errors import NotAllowed, NotFound, Unreadable
from app.domain.ladder import BAR_RAISER, RUNGS, Ladder
from app.workflows.common import Actor, ensure_workspace, is_member, members_only, rely_on, send

MEMBERS_SEAT = "only members change a ladder"
MEMBERS_PLAN = "only members change a channel's digest"


def seat(session: Session, channel: str, seats: Mapping[str, Sequence[str]], actor: Actor, now: datetime) -> None:
    """Seat people on the rungs of a channel, or with an empty channel of the workspace. Replaces who sat there.

    Any member may: a ladder is a channel's own affair, and who changed it is on the record.

    Raises:
        NotAllowed: a guest, or somebody who is not of this workspace.
        Unreadable: somebody who can't sit there; ``field`` is the rung.
    """
    members_only(session, actor, MEMBERS_SEAT)
    ensure_workspace(session, actor.workspace, now)
    locks.hold_workspace(session, actor.workspace)  # two who seat people at once do so one after the other
    old = _ladders(session, actor.workspace, channel)
    for rung, users in seats.items():
        if rung not in {BAR_RAISER, *(r.value for r in RUNGS)}:
            raise Unreadable(f"There is no rung called {rung}. The rungs are {', '.join(r.said for r in RUNGS)}.")
        for user in users:
            person = rely_on(session, actor.workspace, user)
            if not is_member(person):
                raise Unreadable(f"<@{user}> can't sit on a rung: choose an active member of this workspace.", rung)
        roster.clear_rung(session, actor.workspace, channel, rung)
        session.add_all(
            Seat(
                workspace_id=actor.workspace,
                channel_id=channel,
                rung=rung,
                user_id=user,
                deputy_id=old[0].deputies.get(user),
            )
            for user in dict.fromkeys(users)
        )
    session.flush()
    _say_who_sits(session, channel, seats, old, actor, now)


def name_deputy(session: Session, deputy: str | None, actor: Actor, now: datetime) -> None:
    """Somebody who sits on a ladder names who may sign in their place, wherever they sit; None: nobody.

    Raises:
        NotAllowed: they sit nowhere.
        Unreadable: somebody who can't be one.
    """
    members_only(session, actor, MEMBERS_SEAT)
    locks.hold_workspace(session, actor.workspace)
    held = roster.seats_held(session, actor.workspace, actor.user)
    if not held:
        raise NotAllowed("You sit on no ladder here, so there is nothing to sign in your place.")
    if deputy == actor.user:
        raise Unreadable("Name somebody else: your deputy signs when you can't.", "deputy")
    if deputy is not None and not is_member(rely_on(session, actor.workspace, deputy)):
        raise Unreadable(f"<@{deputy}> can't sign: choose an active member of this workspace.", "deputy")
    before = next((seat.deputy_id for seat in held if seat.deputy_id), None)
    for seat in held:
        seat.deputy_id = deputy
    detail = {"before": before, "after": deputy}
    event = AuditEvent(workspace_id=actor.workspace, decision_id=None, at=now, actor=actor.user, what="deputy",
                       detail=detail)  # fmt: skip
    ledger.append(session, event)


def _say_who_sits(
    session: Session, channel: str, seats: Iterable[str], old: tuple[Ladder, Ladder], actor: Actor, now: datetime
) -> None:
    """Each rung that changed is on the record, and whoever won or lost a seat is told, once.

    Nobody is told where nobody sat before: a ladder is set up as a whole, and its people are asked when there is a
    decision for them. A channel's own seat may take the workspace's away there: that counts too.
    """
    own, counted = _ladders(session, actor.workspace, channel)
    for rung in seats:
        before, after = old[0].on(rung), own.on(rung)
        if before != after:
            record_ladder(session, actor.workspace, channel, rung, before, after, actor.user, now)
    chairs = [*(rung.value for rung in RUNGS), BAR_RAISER]
    if not any(old[1].on(rung) for rung in chairs):
        return
    people = dict.fromkeys(user for ladder in (counted, old[1]) for rung in chairs for user in ladder.on(rung))
    for user in people:
        won = [rung for rung in chairs if user in counted.on(rung) and user not in old[1].on(rung)]
        lost = [rung for rung in chairs if user in old[1].on(rung) and user not in counted.on(rung)]
        if user != actor.user and (won or lost):
            send(
                session, actor.workspace, "reply", user, now, view="seated", by=actor.user, channel=channel, won=won,
                lost=lost,
            )  # fmt: skip


def _ladders(session: Session, workspace: str, channel: str) -> tuple[Ladder, Ladder]:
    """What was set here, and what counts here."""
    return roster.own_ladder(session, workspace, channel), roster.ladder_of(session, workspace, channel or None)


def record_ladder(
    session: Session, workspace: str, channel: str, rung: str, before: Sequence[str], after: Sequence[str], by: str,
    now: datetime,
) -> None:  # fmt: skip
    """Who sat on a rung, and who sits there now, first choice first."""
    detail = {"channel": channel, "rung": rung, "before": list(before), "after": list(after)}
    ledger.append(
        session, AuditEvent(workspace_id=workspace, decision_id=None, at=now, actor=by, what=LADDER, detail=detail)
    )


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
    row.on, row.days, row.at, row.tz, row.set_by = plan.on, sorted(set(plan.days)), plan.at, plan.tz, actor.user
    session.flush()
    claims.undate_digest(session, actor.workspace, channel)
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
    if claims.next_digest(session, plan.workspace_id, plan.channel_id, after=now) is not None:
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
        moment = datetime.combine(day, _time(at), zone(tz)).astimezone(UTC)
        if day.weekday() in days and moment > now:
            return moment
    raise ValueError("a digest needs at least one day")


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


def gone(session: Session, workspace: str, channel: str) -> None:
    """A channel was deleted or archived: its digest ends."""
    plan = locks.hold_plan(session, workspace, channel)
    if plan is not None:
        plan.on = False
    claims.undate_digest(session, workspace, channel)


def digest_of(session: Session, workspace: str, channel: str) -> DigestPlan:
    plan = roster.digest_plan(session, workspace, channel)
    if plan is None:
        raise NotFound("This channel has no digest yet. “/escalate digest on” starts it.")
    return plan
