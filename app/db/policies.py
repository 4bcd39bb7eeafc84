"""A workspace's policy: its versions, none of which is ever changed."""

from collections.abc import Sequence
from datetime import datetime
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, bindparam, select
from sqlalchemy.orm import Session

from app.db.models import Decision, PolicyVersion
from app.db.statements import HERE, insert_into
from app.domain.policy import SHIPPED_POLICY, Policy

FIRST = 1
"""The version that a workspace begins with: the policy that came with the product."""

_KNOWN: "WeakKeyDictionary[Engine, dict[tuple[str, int], Policy]]" = WeakKeyDictionary()
"""By database: what was read once. A version never changes."""


def current(session: Session, workspace: str, now: datetime) -> tuple[int, Policy]:
    """The number of the newest version, and the policy. The first is written down when somebody first goes by it.

    So an upgrade of the product changes nobody's policy.
    """
    found = session.execute(_NEWEST, {"here": workspace}).first()
    if found is None:
        first = {"workspace_id": workspace, "version": FIRST, "at": now, "by": "threshold", "policy": SHIPPED_POLICY}
        here = session.get_bind().dialect.name
        session.connection().execute(insert_into(here, PolicyVersion).values(first).on_conflict_do_nothing())
        found = session.execute(_NEWEST, {"here": workspace}).one()
    number: int = found.version
    return number, of_version(session, workspace, number)


def of(session: Session, d: Decision) -> Policy:
    """The policy that a decision goes by: the version of its last answer."""
    return of_version(session, d.workspace_id, d.policy_version or FIRST)


def of_version(session: Session, workspace: str, number: int) -> Policy:
    """Those decisions that were begun before there were versions went by what is the first one now."""
    engine = session.connection().engine
    known = _KNOWN.setdefault(engine, {})
    if (workspace, number) not in known:
        found = session.scalar(_ONE, {"here": workspace, "number": number})
        if found is None:
            return SHIPPED_POLICY
        known[workspace, number] = found
    return known[workspace, number]


def history(session: Session, workspace: str) -> Sequence[PolicyVersion]:
    """Every version, the newest first."""
    query = select(PolicyVersion).where(PolicyVersion.workspace_id == workspace)
    return session.scalars(query.order_by(PolicyVersion.version.desc())).all()


_NEWEST = (
    select(PolicyVersion.version)
    .where(PolicyVersion.workspace_id == HERE)
    .order_by(PolicyVersion.version.desc())
    .limit(1)
)
_ONE = select(PolicyVersion.policy).where(
    PolicyVersion.workspace_id == HERE, PolicyVersion.version == bindparam("number")
)
