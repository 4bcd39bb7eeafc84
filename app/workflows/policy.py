"""Changing a workspace's policy: a new version beside the old ones, on the record. What others propose of it:
``policy_proposals.py``."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.db import ledger, locks, policies
from app.db.models import AuditEvent, PolicyVersion
from app.domain.errors import NotNow, Overtaken
from app.domain.policy.policy import Policy
from app.domain.policy.table import change_of
from app.words.policy import changed, changed_meanwhile
from app.words.policy_faults import read_change
from app.workflows.admission import Actor, check_keeps, members_only
from app.workflows.notifying import send
from app.workflows.opening import ensure_workspace

MEMBERS_CHANGE = "only members change the policy, or propose a change"
POLICY = "policy"
"""The verb of a change of policy."""


def change_policy(session: Session, change: Mapping[str, Any], based_on: int, actor: Actor, now: datetime) -> int:
    """A keeper changes the policy. ``change``: as in ``domain.policy.table``, over the version they were shown.

    Raises:
        NotAllowed: somebody else, who may propose it.
        Overtaken: another version was set meanwhile. Of two keepers at once the second is told so.
        NotNow: nothing would change.
        Unreadable: it can't be; ``field`` is the key of the table.
    """
    members_only(session, actor, MEMBERS_CHANGE)
    ensure_workspace(session, actor.workspace, now)
    locks.hold_workspace(session, actor.workspace)
    check_keeps(session, actor, "change the policy")
    before = version_shown(session, based_on, actor, now)
    after = read_change(change, before)
    number = set_policy(session, actor.workspace, after, actor.user, now)
    send(
        session, actor.workspace, "reply", actor.user, now, view="policy_set", version=number,
        lines=changed(before, after),
    )  # fmt: skip
    return number


def version_shown(session: Session, based_on: int, actor: Actor, now: datetime) -> Policy:
    """The policy that counts, with the workspace held, where it is still the version that was shown.

    Raises:
        Overtaken: it is another one by now.
    """
    ensure_workspace(session, actor.workspace, now)
    locks.hold_workspace(session, actor.workspace)  # two changes at once become two versions
    number, found = policies.current(session, actor.workspace, now)
    if number != based_on:
        newest = policies.newest(session, actor.workspace)
        raise Overtaken(changed_meanwhile(newest.by if newest else "", number), number)
    return found


def set_policy(session: Session, workspace: str, policy: Policy, by: str, now: datetime) -> int:
    """Add a version, whoever does it: an operator may too. What is open goes on by the version it has, until a question
    of its triage is answered again.

    Raises:
        NotNow: it is the policy that counts already.
    """
    ensure_workspace(session, workspace, now)
    locks.hold_workspace(session, workspace)
    number, before = policies.current(session, workspace, now)
    if policy == before:
        raise NotNow(f"That is the policy already: version {number}. Nothing was changed.")
    session.add(PolicyVersion(workspace_id=workspace, version=number + 1, at=now, by=by, policy=policy))
    detail: dict[str, Any] = {"version": number + 1, "changed": change_of(before, policy)}
    if policy.rates != before.rates:
        detail["rates"] = policy.rates.on.isoformat()
    ledger.append(
        session, AuditEvent(workspace_id=workspace, decision_id=None, at=now, actor=by, what=POLICY, detail=detail)
    )
    session.flush()
    policies.forget_newest(session, workspace)
    return number + 1
