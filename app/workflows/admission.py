"""Who may come in: before anything is looked up for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.db import inbound, keepers, roster
from app.db.models import Person
from app.domain.errors import NotAllowed
from app.domain.permissions import Who
from app.words.people import NO_KEEPER, WHO_SAID, named


@dataclass(frozen=True)
class Actor:
    """Who does something, and in which workspace."""

    workspace: str
    user: str
    outside: bool = False
    """Slack said with the click that this person belongs to another workspace."""


OUTSIDE = (
    "You are here from another workspace, so I can't show or change anything for you. "
    "Ask somebody of this workspace to do it."
)


SWITCHED_OFF = "Your account in this workspace is switched off, so nothing was changed. A colleague can go on."


AN_APP = "An app can't decide, sign or change anything here: it takes a person. Nothing was changed."


MEMBERS_KEEP = "only members change a ladder"


def admit(session: Session, actor: Actor) -> Person | None:
    """Refuse whoever is not, or no longer, of this workspace, before anything is looked up for them.

    Who was never looked up counts as a member: Slack being away must not stop anybody.

    Raises:
        NotAllowed: somebody of another workspace, a switched-off account, an app.
    """
    person = roster.person(session, actor.workspace, actor.user)
    if actor.outside or (person and person.outside):
        raise NotAllowed(OUTSIDE)
    if person and not person.active:
        raise NotAllowed(SWITCHED_OFF)
    if person and person.bot:
        raise NotAllowed(AN_APP)
    return person


def members_only(session: Session, actor: Actor, what: str) -> None:
    """As ``admit``, and no guests either; ``what`` says in words what only members do."""
    person = admit(session, actor)
    if person and person.guest:
        raise NotAllowed(f"You are a guest here, and {what}. Ask a member of this workspace to do it.")


def only(actor: Actor, allowed: Iterable[str | None], who: Who | str) -> None:
    """Refuse everybody but ``allowed``; ``who`` they are, as a part or in words."""
    if actor.user not in {user for user in allowed if user}:
        raise NotAllowed(f"That is for {WHO_SAID[who] if isinstance(who, Who) else who}. Nothing was changed.")


def check_keeps(session: Session, actor: Actor, what: str) -> None:
    """Refuse whoever keeps nothing here; ``what`` says in words what keepers do.

    Raises:
        NotAllowed: with the names of those who may.
    """
    members_only(session, actor, MEMBERS_KEEP)
    found = keepers.keepers(session, actor.workspace)
    if actor.user not in found:
        raise NotAllowed(f"Keepers {what}: {named(found)}." if found else f"Keepers {what}. {NO_KEEPER}")


def first_time(session: Session, workspace: str, identity: str, now: datetime) -> bool:
    """Whether this delivery is new. Recorded in the same transaction as what it causes."""
    return not identity or inbound.first_time(session, workspace, identity, now)
