"""What anybody proposes of the policy, and what a keeper makes of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.db import keepers, ledger, locks, policies
from app.db.models import AuditEvent, PolicyProposal
from app.domain.errors import NotFound, NotNow
from app.domain.policy.table import change_of
from app.words.policy import changed
from app.words.policy_faults import read_change
from app.workflows.admission import Actor, check_keeps, members_only
from app.workflows.notifying import send
from app.workflows.people.showing_proposals import show_to
from app.workflows.policy import MEMBERS_CHANGE, set_policy, version_shown

PROPOSED, KEPT, DECLINED = "policy_proposal", "policy_proposal_kept", "policy_proposal_declined"
"""The verbs in the record."""


def propose_policy(
    session: Session, change: Mapping[str, Any], based_on: int, actor: Actor, now: datetime
) -> PolicyProposal | None:
    """Propose a change of the policy. Each keeper gets one card. None: it would change nothing.

    Raises:
        NotAllowed: a guest, or somebody who is not of this workspace.
        Overtaken: the policy was changed since it was shown.
        Unreadable: it can't be; ``field`` is the key of the table.
    """
    members_only(session, actor, MEMBERS_CHANGE)
    before = version_shown(session, based_on, actor, now)
    after = read_change(change, before)
    wanted = change_of(before, after)
    if not wanted:
        return None
    found = next(
        (
            one
            for one in keepers.open_proposals(session, PolicyProposal, actor.workspace)
            if (one.by, one.version, one.change) == (actor.user, based_on, wanted)
        ),
        None,
    )
    here = keepers.keepers(session, actor.workspace)
    if found is None:
        found = PolicyProposal(
            workspace_id=actor.workspace, version=based_on, change=wanted, by=actor.user, at=now, places={}
        )
        session.add(found)
        session.flush()
        _record(session, actor, PROPOSED, {"version": based_on, "changed": wanted}, now)
        show_to(session, found, here, now)
    lines = changed(before, after)
    send(session, actor.workspace, "reply", actor.user, now, view="policy_proposed", lines=lines, keepers=here)
    return found


def settle_policy_proposal(session: Session, id: int, keep: bool, actor: Actor, now: datetime) -> PolicyProposal:
    """A keeper keeps what was proposed, or declines it. The first word counts, and the proposer hears it.

    It is kept over the policy of now: what somebody else changed in another place stays.

    Raises:
        NotAllowed: somebody else. NotNow: it is settled. NotFound: there is none of that id here.
        Unreadable: it can't be any more.
    """
    members_only(session, actor, MEMBERS_CHANGE)
    locks.hold_workspace(session, actor.workspace)
    check_keeps(session, actor, "settle what was proposed")
    found = keepers.proposal(session, PolicyProposal, actor.workspace, id)
    if found is None:
        raise NotFound("I can't find that proposal. “/escalate policy” shows what counts.")
    if found.settled_at is not None:
        done = "kept" if found.kept else "declined"
        raise NotNow(f"<@{found.settled_by}> {done} it already. Nothing was changed.")
    shown = policies.version_from(session, actor.workspace, found.version)
    lines = changed(shown, read_change(found.change, shown))
    if keep:
        _, before = policies.current(session, actor.workspace, now)
        after = read_change(found.change, before)
        if after != before:  # else somebody has set the very same meanwhile
            set_policy(session, actor.workspace, after, actor.user, now)
    found.settled_at, found.settled_by, found.kept = now, actor.user, keep
    session.flush()
    _record(session, actor, KEPT if keep else DECLINED, {"of": found.by}, now)
    show_to(session, found, list(found.places), now)
    if found.by != actor.user:
        send(
            session, actor.workspace, "reply", found.by, now, view="policy_settled", by=actor.user, kept=keep,
            lines=lines,
        )  # fmt: skip
    return found


def _record(session: Session, actor: Actor, what: str, detail: dict[str, Any], now: datetime) -> None:
    event = AuditEvent(
        workspace_id=actor.workspace, decision_id=None, at=now, actor=actor.user, what=what, detail=detail
    )
    ledger.append(session, event)
