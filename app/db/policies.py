"""A workspace's policy: its versions, none of which is ever changed."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool

from app.db.models import Decision, PolicyVersion, Seat, table_of
from app.db.statements import HERE, insert_into
from app.domain.ladder import Rung
from app.domain.policy.policy import SHIPPED_POLICY, Policy

FIRST = 1
"""The version that a workspace begins with: the policy that came with the product."""

KEPT_FOR = 60.0
"""Seconds that a version which was read is taken for what stands in the table. It never changes there; but a workspace
may be erased and begin again, and then its versions are counted from one again."""

MOST_KEPT = 1000
"""Versions that a process keeps for each database."""


@dataclass(frozen=True)
class Kept:
    """A version as it was read, with the moment it is from and when it was read (``time.monotonic``)."""

    at: datetime
    policy: Policy
    read_at: float


_kept: WeakKeyDictionary[Pool, dict[tuple[str, int], Kept]] = WeakKeyDictionary()
"""What this process has read, by the lines to a database: forgotten when they are closed. It comes with every click and
every card, and is hardly ever new."""


def current(session: Session, workspace: str, now: datetime) -> tuple[int, Policy]:
    """The number of the newest version, and the policy. The first is written down when somebody first goes by it.

    So an upgrade of the product changes nobody's policy.
    """
    found = session.connection().execute(_NEWEST, {"here": workspace}).one_or_none()
    if found is None:
        write_first(session, workspace, now)
        found = session.connection().execute(_NEWEST, {"here": workspace}).one()
    return found.version, version_from(session, workspace, found.version, found.at)


def write_first(session: Session, workspace: str, now: datetime) -> None:
    """Write down what came with the product, unless somebody beside us just did."""
    first = {"workspace_id": workspace, "version": FIRST, "at": now, "by": "threshold", "policy": SHIPPED_POLICY}
    dialect = session.get_bind().dialect.name
    session.connection().execute(insert_into(dialect, PolicyVersion).values(first).on_conflict_do_nothing())


def seats_and_newest(session: Session, workspace: str, channel: str | None) -> Sequence[Any]:
    """The seats of a workspace's ladder and a channel's (``channel_id``, ``rung``, ``user_id``, ``deputy_id``), each
    beside the ``version`` of the newest policy and the moment that one is from (``at``); where nobody sits, one row
    with the policy alone. No row: no policy was written down yet. One question, since every answer asks both."""
    return session.connection().execute(_SEATS_AND_NEWEST, {"here": workspace, "channel": channel or ""}).all()


def of(session: Session, decision: Decision) -> Policy:
    """The policy that a decision goes by: the version of its last answer.

    One that was begun before there were versions goes by what is the first one now.
    """
    return version_from(session, decision.workspace_id, decision.policy_version or FIRST)


def version_from(session: Session, workspace: str, version: int, at: datetime | None = None) -> Policy:
    """One version. ``at``: the moment it is known to be from, so that no other of that number is taken for it."""
    here = _kept.setdefault(session.get_bind().engine.pool, {})
    known = here.get((workspace, version))
    if known is not None and (known.at == at or (at is None and time.monotonic() - known.read_at < KEPT_FOR)):
        return known.policy
    found = session.get(PolicyVersion, (workspace, version))
    if found is None:
        return SHIPPED_POLICY
    if len(here) >= MOST_KEPT:
        here.clear()
    here[workspace, version] = Kept(found.at, found.policy, time.monotonic())
    return found.policy


def policy_now(session: Session, workspace: str) -> Policy:
    """The policy that counts by now, whether it was ever written down."""
    found = session.connection().execute(_NEWEST, {"here": workspace}).one_or_none()
    return version_from(session, workspace, found.version, found.at) if found else SHIPPED_POLICY


def policy_kept(session: Session, workspace: str) -> Policy:
    """As ``policy_now``, for what is shown and decides nothing. Asked for with every message: what was read is kept
    for a minute."""
    here = _newest.setdefault(session.get_bind().engine.pool, {})
    known = here.get(workspace)
    if known is not None and time.monotonic() - known[0] < KEPT_FOR:
        return known[1]
    found = policy_now(session, workspace)
    if len(here) >= MOST_KEPT:
        here.clear()
    here[workspace] = (time.monotonic(), found)
    return found


def rung_names(session: Session, workspace: str) -> Mapping[Rung, str]:
    """How people of a workspace call its rungs, by its newest policy."""
    return policy_kept(session, workspace).rung_names


def forget_newest(session: Session, workspace: str) -> None:
    """A new version is about to count."""
    _newest.setdefault(session.get_bind().engine.pool, {}).pop(workspace, None)


_newest: WeakKeyDictionary[Pool, dict[str, tuple[float, Policy]]] = WeakKeyDictionary()


def newest(session: Session, workspace: str) -> PolicyVersion | None:
    """The version that counts; None where nobody has gone by one yet, and what came with the product counts."""
    query = select(PolicyVersion).where(PolicyVersion.workspace_id == workspace)
    return session.scalars(query.order_by(PolicyVersion.version.desc()).limit(1)).first()


def history(session: Session, workspace: str) -> Sequence[PolicyVersion]:
    """Every version, the newest first."""
    query = select(PolicyVersion).where(PolicyVersion.workspace_id == workspace)
    return session.scalars(query.order_by(PolicyVersion.version.desc())).all()


_TABLE, _SEATS = table_of(PolicyVersion).c, table_of(Seat).c
_NEWEST = select(_TABLE.version, _TABLE.at).where(_TABLE.workspace_id == HERE).order_by(_TABLE.version.desc()).limit(1)
_FOUND = _NEWEST.subquery("newest")
_SEATS_AND_NEWEST = (
    select(_SEATS.channel_id, _SEATS.rung, _SEATS.user_id, _SEATS.deputy_id, _FOUND.c.version, _FOUND.c.at)
    .select_from(_FOUND)
    .outerjoin(
        table_of(Seat),
        and_(_SEATS.workspace_id == HERE, or_(_SEATS.channel_id == "", _SEATS.channel_id == bindparam("channel"))),
    )
    .order_by(_SEATS.id)
)
