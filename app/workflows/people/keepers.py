"""Who keeps a workspace's ladder and policy; what anybody else proposes of a ladder."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.db import keepers as db_keepers
from app.db import ledger, locks, roster
from app.db.models import AuditEvent, Keeper, Proposal
from app.domain.errors import NotAllowed, NotFound, NotNow, Unreadable
from app.domain.permissions import is_member, may_change_ladder
from app.words.people import NO_KEEPER, named
from app.workflows.admission import Actor, check_keeps, members_only
from app.workflows.notifying import send
from app.workflows.opening import ensure_workspace, rely_on
from app.workflows.people.ladders import MEMBERS_SEAT, put_in_seats
from app.workflows.people.showing_proposals import hand_out_proposals, show_to

KEEPERS = "keepers"
PROPOSAL = "proposal"
"""The verbs of these changes in the record."""


def name_keeper(session: Session, user: str, actor: Actor, now: datetime) -> None:
    """A keeper names another one."""
    members_only(session, actor, MEMBERS_SEAT)
    locks.hold_workspace(session, actor.workspace)
    check_keeps(session, actor, "name each other")
    add_keeper(session, actor.workspace, user, actor.user, now)


def release_keeper(session: Session, user: str, actor: Actor, now: datetime) -> None:
    """A keeper takes back that somebody was named. Slack's owners and admins keep it all the same."""
    members_only(session, actor, MEMBERS_SEAT)
    locks.hold_workspace(session, actor.workspace)
    check_keeps(session, actor, "name each other")
    remove_keeper(session, actor.workspace, user, actor.user, now)


def add_keeper(session: Session, workspace: str, user: str, by: str, now: datetime) -> None:
    """As ``name_keeper``, whoever does it: an operator may too.

    Raises:
        Unreadable: no member of this workspace. NotNow: they are named already.
    """
    ensure_workspace(session, workspace, now)
    locks.hold_workspace(session, workspace)
    if not is_member(rely_on(session, workspace, user)):
        raise Unreadable(f"<@{user}> can't keep anything here: choose an active member of this workspace.")
    if db_keepers.named_one(session, workspace, user) is not None:
        raise NotNow(f"<@{user}> is a keeper already. Nothing was changed.")
    session.add(Keeper(workspace_id=workspace, user_id=user, named_by=by, named_at=now))
    session.flush()
    _record(session, workspace, KEEPERS, by, now, {"added": user})
    send(session, workspace, "reply", user, now, view="named_keeper", by=by)
    hand_out_proposals(session, workspace, [user], now)


def remove_keeper(session: Session, workspace: str, user: str, by: str, now: datetime) -> None:
    locks.hold_workspace(session, workspace)
    found = db_keepers.named_one(session, workspace, user)
    if found is None:
        raise NotNow(f"Nobody named <@{user}> as a keeper. Owners and admins of Slack stay keepers.")
    session.delete(found)
    session.flush()
    _record(session, workspace, KEEPERS, by, now, {"removed": user})


def _record(session: Session, workspace: str, what: str, by: str, now: datetime, detail: dict[str, object]) -> None:
    ledger.append(
        session, AuditEvent(workspace_id=workspace, decision_id=None, at=now, actor=by, what=what, detail=detail)
    )


# ── proposals ───────────────────────────────────────────────────────────────────────────────────────────


def propose(
    session: Session, channel: str, seats: Mapping[str, Sequence[str]], actor: Actor, now: datetime
) -> Proposal | None:
    """Propose who sits on which rung. Each keeper gets one card. None: it would change nothing.

    Raises:
        NotAllowed: a guest, or somebody who is not of this workspace.
        Unreadable: somebody who can't sit there; ``field`` is the rung.
    """
    members_only(session, actor, MEMBERS_SEAT)
    ensure_workspace(session, actor.workspace, now)
    locks.hold_workspace(session, actor.workspace)
    own = roster.own_ladder(session, actor.workspace, channel)
    wanted = {rung: list(dict.fromkeys(users)) for rung, users in seats.items()}
    changed = {rung: users for rung, users in wanted.items() if list(own.on(rung)) != users}
    for rung, users in changed.items():
        for user in users:
            if not is_member(rely_on(session, actor.workspace, user)):
                raise Unreadable(f"<@{user}> can't sit on a rung: choose an active member of this workspace.", rung)
    if not changed:
        return None
    same = [
        one
        for one in db_keepers.open_proposals(session, Proposal, actor.workspace)
        if (one.by, one.channel_id, one.seats) == (actor.user, channel, changed)
    ]
    if same:
        return same[0]
    found = Proposal(workspace_id=actor.workspace, channel_id=channel, seats=changed, by=actor.user, at=now, places={})
    session.add(found)
    session.flush()
    _record(session, actor.workspace, PROPOSAL, actor.user, now, {"channel": channel, "seats": changed})
    show_to(session, found, db_keepers.keepers(session, actor.workspace), now)
    return found


def settle_proposal(session: Session, id: int, keep: bool, actor: Actor, now: datetime) -> Proposal:
    """A keeper keeps what was proposed, or declines it. The first word counts, and the proposer hears it.

    Of a channel's own ladder whoever sits on it may too.

    Raises:
        NotAllowed: somebody else. NotNow: it is settled. NotFound: there is none of that id here.
        Unreadable: somebody who was proposed can't sit there any more.
    """
    members_only(session, actor, MEMBERS_SEAT)
    locks.hold_workspace(session, actor.workspace)
    here = db_keepers.keepers(session, actor.workspace)
    found = db_keepers.proposal(session, Proposal, actor.workspace, id)
    if found is None:
        if here and actor.user not in here:  # whether there is one is not for everybody to know
            raise NotAllowed(f"Keepers settle what was proposed: {named(here)}.")
        raise NotFound("I can't find that proposal. “/escalate ladder” shows who sits where.")
    own = roster.own_ladder(session, actor.workspace, found.channel_id)
    if not may_change_ladder(actor.user, own, here, found.channel_id):
        raise NotAllowed(f"Keepers settle what was proposed: {named(here)}." if here else f"Keepers do. {NO_KEEPER}")
    if found.settled_at is not None:
        done = "kept" if found.kept else "declined"
        raise NotNow(f"<@{found.settled_by}> {done} it already. Nothing was changed.")
    if keep:
        put_in_seats(session, found.channel_id, found.seats, actor, now)
    found.settled_at, found.settled_by, found.kept = now, actor.user, keep
    session.flush()
    _record(
        session, actor.workspace, "proposal_kept" if keep else "proposal_declined", actor.user, now, {"of": found.by}
    )
    show_to(session, found, list(found.places), now)
    if found.by != actor.user:
        send(
            session, actor.workspace, "reply", found.by, now, view="proposal_settled", by=actor.user, kept=keep,
            channel=found.channel_id, seats=found.seats,
        )  # fmt: skip
    return found
