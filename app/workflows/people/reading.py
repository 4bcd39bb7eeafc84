"""Reading what one takes no part in: in the channel that was told of it, or once somebody lets one in."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.db import policies, posted_cards, queries
from app.db.models import Decision
from app.domain.errors import NotNow
from app.domain.lifecycle import Status
from app.domain.message_kinds import NoticeKind
from app.domain.people.erased import has_left
from app.domain.permissions import is_member, may_add_readers
from app.workflows.admission import Actor, admit, only
from app.workflows.cards import settle
from app.workflows.moving import record
from app.workflows.notifying import send, tell
from app.workflows.opening import ensure_person, open_decision, rely_on

ASKED, DECLINED = "ask_to_read", "decline_reader"
"""The verbs in the record; ``reader`` names who it is about."""


def open_in_channel(session: Session, actor: Actor, id: int, channel: str) -> Decision:
    """A decision to be read, where its line stands in ``channel`` and this person is there. Nothing of it is changed.

    ``channel``: the one that Slack says they clicked in, so they are in it; empty elsewhere.

    Raises:
        NotFound, NotAllowed: as ``open_decision``, also where the workspace lets nobody else read.
    """
    found = _theirs_to_see(session, actor, id, channel)
    announced = found is not None and id in posted_cards.announced(session, actor.workspace, channel, [id])
    if found is not None and announced and policies.policy_now(session, actor.workspace).channel_reading:
        return found
    return open_decision(session, actor, id, lock=False)


def _theirs_to_see(session: Session, actor: Actor, id: int, channel: str) -> Decision | None:
    """A decision that this person takes no part in and sees in the list of ``channel``."""
    person = admit(session, actor)
    named = queries.decision_for(session, actor.workspace, actor.user, id=id)
    if named is None or named[1] or (person is not None and person.guest):
        return None
    decision = named[0]
    shown = not decision.private and decision.status is not Status.TRIAGE
    return decision if shown and channel and decision.channel_id == channel else None


def ask_to_read(session: Session, id: int, channel: str, actor: Actor, now: datetime) -> str:
    """Somebody who sees it in a channel's list asks to read along. Who can let them in is asked in one message, with
    the answer on buttons. Returns whom.

    Raises:
        NotFound, NotAllowed: as ``open_decision``. NotNow: they take part, or have asked already.
    """
    if _theirs_to_see(session, actor, id, channel) is None:
        open_decision(session, actor, id)
        raise NotNow("You take part in it, so it opens already: its card has everything.")
    decision = queries.decision(session, actor.workspace, id, lock=True)
    rely_on(session, actor.workspace, actor.user)
    if decision is None or _theirs_to_see(session, actor, id, channel) is None:  # made private while we waited for it
        open_decision(session, actor, id)
        raise NotNow("You were let in just now: it opens from the list.")
    asked = next(iter(_who_can_add(session, decision)), None)
    if asked is None:
        raise NotNow(f"Nobody who could add you to {decision.name} is here any more. It has to be taken over first.")
    if _waits(session, decision, actor.user):
        raise NotNow(f"You have asked already. <@{asked}> can let you in with one click.")
    record(session, decision, ASKED, actor.user, now, reader=actor.user)
    tell(session, decision, asked, NoticeKind.ASKS_TO_READ, now, who=actor.user)
    return asked


def _who_can_add(session: Session, decision: Decision) -> list[str]:
    """The requester first."""
    users = may_add_readers(decision).users
    order = sorted(users, key=lambda user: (user != decision.requester_id, user != decision.owner_id, user))
    here = [user for user in order if not has_left(user)]
    return [user for user in here if is_member(ensure_person(session, decision.workspace_id, user))]


def _waits(session: Session, decision: Decision, user: str) -> bool:
    """Whether somebody asked, and nobody has answered."""
    about = [
        event.what
        for event in queries.history(session, decision)
        if event.what in (ASKED, DECLINED, "add_reader", "remove_reader") and event.detail.get("reader") == user
    ]
    return bool(about) and about[-1] == ASKED


def decline_reader(session: Session, id: int, user: str, actor: Actor, now: datetime) -> Decision:
    """Somebody who asked may not read along, and hears so."""
    decision = open_decision(session, actor, id)
    only(actor, *may_add_readers(decision))
    if not _waits(session, decision, user):
        raise NotNow("That was answered already. Nothing was changed.")
    record(session, decision, DECLINED, actor.user, now, reader=user)
    name, by = decision.name, actor.user
    send(session, decision.workspace_id, "reply", user, now, view="read_declined", name=name, by=by)
    settle(session, decision, now)
    return decision
