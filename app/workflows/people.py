"""What we know of somebody, what they asked of us, and what happens when they leave."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.db import queries
from app.db.models import Person
from app.domain.working_time import WorkingTime
from app.workflows import taking_over
from app.workflows.common import Actor, admit, ensure_person, ensure_workspace, home, record, show, tell


@dataclass(frozen=True)
class Profile:
    """What Slack says of a user."""

    name: str
    tz: str
    active: bool = True
    guest: bool = False
    bot: bool = False
    outside: bool = False
    country: str | None = None
    locale: str | None = None


def update(session: Session, workspace: str, user: str, profile: Profile, now: datetime) -> Person:
    """Keep somebody's profile. If they have left, the decisions that wait for them get a way on."""
    ensure_workspace(session, workspace, now)
    person = ensure_person(session, workspace, user)
    left, back = person.active and not profile.active, profile.active and not person.active
    person.name = profile.name or person.name  # whoever left keeps the name people know them by
    person.tz, person.active = profile.tz or "UTC", profile.active
    turned = person.guest != profile.guest
    person.guest, person.outside, person.bot = profile.guest, profile.outside, profile.bot
    person.looked_up_at = now
    person.default_place = profile.country
    person.locale = profile.locale or person.locale
    if left:
        for d in queries.asked_to_sign(session, workspace, user):
            record(session, d, "signer_left", user, now)
            tell(session, d, d.requester_id, "signer_left", now, who=user)
            show(session, d, now)
        for d in queries.requested_by(session, workspace, user, taking_over.MAY_WAIT):
            if taking_over.waits_for_requester(d):
                record(session, d, "requester_left", user, now)
                taking_over.offer(session, d, now)
                show(session, d, now)
    if turned:  # what only members do is offered to them, or no longer
        for d in queries.asked_to_sign(session, workspace, user):
            show(session, d, now)
        if person.home_opened:
            home(session, workspace, user, now)
    if back:  # what was offered to others meanwhile is theirs again
        for d in queries.requested_by(session, workspace, user, taking_over.MAY_WAIT):
            show(session, d, now)
    return person


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
    person.working_time = chosen.stored()
    home(session, actor.workspace, actor.user, now)
    return person


def open_home(session: Session, actor: Actor, now: datetime) -> None:
    """Somebody opened Home: show it, and keep it fresh from now on."""
    admit(session, actor)
    ensure_workspace(session, actor.workspace, now)
    ensure_person(session, actor.workspace, actor.user).home_opened = True
    home(session, actor.workspace, actor.user, now)
