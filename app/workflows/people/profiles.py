"""What we know of somebody, and what they asked of us."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.db import locks, queries, roster
from app.db.models import Decision, Person
from app.domain.people.working_time import WorkingTime
from app.domain.permissions import MAY_WAIT_FOR_REQUESTER
from app.words.errors import collided
from app.workflows.admission import Actor, admit
from app.workflows.cards import home, show
from app.workflows.opening import ensure_person, ensure_workspace
from app.workflows.people.leaving import go_on_without
from app.workflows.people.showing_proposals import hand_out_proposals


@dataclass(frozen=True)
class Profile:
    """What Slack says of a user."""

    name: str
    tz: str
    active: bool = True
    guest: bool = False
    bot: bool = False
    outside: bool = False
    admin: bool = False  # Slack's owner or admin
    country: str | None = None
    locale: str | None = None


def update(session: Session, workspace: str, user: str, profile: Profile, now: datetime) -> Person:
    """Keep somebody's profile. If they have left, the decisions that wait for them get a way on.

    Raises:
        Collided: they were given another part while this was on its way. Tried again, it is seen.
    """
    known = roster.person(session, workspace, user)
    if known is None:
        new = meet(session, workspace, user, profile, now)
        known = roster.person(session, workspace, user)
        assert known
        if new:
            return known
    decisions: Sequence[Decision] = ()
    if known.active != profile.active or known.guest != profile.guest:
        decisions = locks.several_for_change(session, workspace, _concerning(session, workspace, user))
        # Whoever gives them a part right now holds them too. We wait, and look again: what came meanwhile is not ours
        # to lock any more, since its turn was before theirs.
        person = locks.hold_person(session, workspace, user)
        if person is None or not _concerning(session, workspace, user) <= {decision.id for decision in decisions}:
            raise collided()
        known = person
    left, back = known.active and not profile.active, profile.active and not known.active
    turned = known.guest != profile.guest
    keeps = profile.admin and not known.admin
    _keep(known, profile, now)
    if keeps:
        hand_out_proposals(session, workspace, [user], now)
    for decision in decisions:
        if left:
            go_on_without(session, decision, user, now)
        if left or back or turned:  # what only members do is offered to them, or no longer
            show(session, decision, now)
    if turned and known.home_opened:
        home(session, workspace, user, now)
    return known


def meet(session: Session, workspace: str, user: str, profile: Profile, now: datetime) -> bool:
    """Keep the profile of somebody whom nobody has met, so nothing waits for them. False: somebody has, just now."""
    if not roster.has_workspace(session, workspace):
        ensure_workspace(session, workspace, now)
    new = roster.add_person(session, workspace, user, looked_up_at=now, **_as_columns(profile))
    if new and profile.admin and profile.active:
        hand_out_proposals(session, workspace, [user], now)
    return new


def _concerning(session: Session, workspace: str, user: str) -> set[int]:
    return queries.waiting_for(session, workspace, user, MAY_WAIT_FOR_REQUESTER)


def _as_columns(profile: Profile) -> dict[str, Any]:
    return {**vars(profile), "tz": profile.tz or "UTC"}


def _keep(person: Person, profile: Profile, now: datetime) -> None:
    person.name = profile.name or person.name  # whoever left keeps the name people know them by
    person.tz, person.active = profile.tz or "UTC", profile.active
    person.guest, person.outside, person.bot = profile.guest, profile.outside, profile.bot
    person.admin = profile.admin
    person.looked_up_at = now
    person.default_place = profile.country
    person.locale = profile.locale or person.locale


def mute(session: Session, on: bool, actor: Actor, now: datetime) -> Person:
    """Switch optional reminders off, or on again. What somebody is asked to sign is never optional."""
    admit(session, actor)
    ensure_workspace(session, actor.workspace, now)
    person = ensure_person(session, actor.workspace, actor.user)
    person.muted = on
    home(session, actor.workspace, actor.user, now)
    return person


def choose_working_time(session: Session, chosen: WorkingTime, actor: Actor, now: datetime) -> Person:
    """When somebody works, by their own choice. What is dated from now on goes by it; what is due waits for it."""
    admit(session, actor)
    ensure_workspace(session, actor.workspace, now)
    person = ensure_person(session, actor.workspace, actor.user)
    if WorkingTime.of(person.working_time) == chosen:
        return person  # sent again as it was shown
    person.working_time = chosen.stored()
    home(session, actor.workspace, actor.user, now)
    return person


def open_home(session: Session, actor: Actor, now: datetime) -> None:
    """Somebody opened Home: show it, and keep it fresh from now on."""
    admit(session, actor)
    ensure_workspace(session, actor.workspace, now)
    ensure_person(session, actor.workspace, actor.user).home_opened = True
    home(session, actor.workspace, actor.user, now)
