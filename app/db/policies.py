"""A workspace's policy: its versions, none of which is ever changed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import Decision, PolicyVersion
from app.db.roster import kept
from app.db.statements import HERE, insert_into
from app.domain.policy import SHIPPED_POLICY, Policy

FIRST = 1
"""The version that a workspace begins with: the policy that came with the product."""


def current(session: Session, workspace: str, now: datetime) -> tuple[int, Policy]:
    """The number of the newest version, and the policy. The first is written down when somebody first goes by it.

    So an upgrade of the product changes nobody's policy.
    """
    found = session.scalar(_NEWEST, {"here": workspace})
    if found is None:
        first = {"workspace_id": workspace, "version": FIRST, "at": now, "by": "threshold", "policy": SHIPPED_POLICY}
        dialect = session.get_bind().dialect.name
        session.connection().execute(insert_into(dialect, PolicyVersion).values(first).on_conflict_do_nothing())
        found = session.scalars(_NEWEST, {"here": workspace}).one()
    kept(session, found)
    return found.version, found.policy


def of(session: Session, decision: Decision) -> Policy:
    """The policy that a decision goes by: the version of its last answer. Read once in a transaction.

    One that was begun before there were versions goes by what is the first one now.
    """
    found = kept(session, session.get(PolicyVersion, (decision.workspace_id, decision.policy_version or FIRST)))
    return found.policy if found else SHIPPED_POLICY


def history(session: Session, workspace: str) -> Sequence[PolicyVersion]:
    """Every version, the newest first."""
    query = select(PolicyVersion).where(PolicyVersion.workspace_id == workspace)
    return session.scalars(query.order_by(PolicyVersion.version.desc())).all()


_NEWEST = (
    select(PolicyVersion).where(PolicyVersion.workspace_id == HERE).order_by(PolicyVersion.version.desc()).limit(1)
)
