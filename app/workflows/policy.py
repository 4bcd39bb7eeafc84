"""Changing a workspace's policy: a new version beside the old ones, on the record."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.db import ledger, locks, policies
from app.db.models import AuditEvent, PolicyVersion
from app.domain.errors import NotNow
from app.domain.policy.policy import Policy
from app.words.policy import changed
from app.workflows.admission import Actor
from app.workflows.opening import ensure_workspace
from app.workflows.people.keepers import check_keeps

POLICY = "policy"
"""The verb of a change of policy."""


def let_channels_read(session: Session, on: bool, actor: Actor, now: datetime) -> bool:
    """A keeper opens decisions to the channel they were announced in, or ends that: a version of the policy. It counts
    at once, also for what is open. False: it is so already.

    Raises:
        NotAllowed: somebody who keeps nothing here.
    """
    check_keeps(session, actor, "decide who reads in channels")
    locks.hold_workspace(session, actor.workspace)
    _, before = policies.current(session, actor.workspace, now)
    if before.channel_reading is on:
        return False
    set_policy(session, actor.workspace, replace(before, channel_reading=on), actor.user, now)
    return True


def set_policy(session: Session, workspace: str, policy: Policy, by: str, now: datetime) -> int:
    """Add a version. What is open goes on by the version it has, until a question of its triage is answered again.

    Raises:
        NotNow: it is the policy that counts already.
    """
    ensure_workspace(session, workspace, now)
    locks.hold_workspace(session, workspace)  # two changes at once become two versions
    number, before = policies.current(session, workspace, now)
    if policy == before:
        raise NotNow(f"That is the policy already: version {number}. Nothing was changed.")
    session.add(PolicyVersion(workspace_id=workspace, version=number + 1, at=now, by=by, policy=policy))
    detail = {"version": number + 1, "changed": changed(before, policy)}
    ledger.append(
        session, AuditEvent(workspace_id=workspace, decision_id=None, at=now, actor=by, what=POLICY, detail=detail)
    )
    session.flush()
    policies.forget_newest(session, workspace)
    return number + 1
