"""“Try it”: what a change of the policy would have done to the last year. A keeper asks, and nothing is written but
that the answer is owed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.db import policies
from app.domain.policy.policy import SHIPPED_POLICY, Policy
from app.words.policy_faults import read_change
from app.workflows.admission import Actor, check_keeps
from app.workflows.insights.replaying import Replayed, replay_all
from app.workflows.notifying import send

TRIED = "tried"
"""The kind of message that brings the answer."""

LAST_YEAR = timedelta(days=365)


def ask_to_try(session: Session, change: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    """The answer comes to whoever asked, once it is worked out. Raises NotAllowed for whoever is no keeper."""
    check_keeps(session, actor, "try a policy on the last year")
    read_change(change, _counts(session, actor.workspace))  # what can't be is said now
    send(session, actor.workspace, TRIED, actor.user, now, change=dict(change))


def tried(
    session: Session, workspace: str, change: Mapping[str, Any], now: datetime
) -> tuple[Replayed, Policy, Policy]:
    """What that change would have done, the policy that counts, and the changed one. Reads only."""
    before = _counts(session, workspace)
    after = read_change(change, before)
    return replay_all(session, workspace, after, now - LAST_YEAR), before, after


def _counts(session: Session, workspace: str) -> Policy:
    newest = next(iter(policies.history(session, workspace)), None)
    return newest.policy if newest else SHIPPED_POLICY
