"""Every verdict with what it was made of, as it is stored: read in pages, and typed by whoever works it out again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import JSON, Text, cast, func, select, type_coerce
from sqlalchemy.orm import Session

from app.db.models import Decision, Look, PolicyVersion
from app.domain.looking_back import Look as LookKind
from app.domain.policy.policy import SHIPPED_POLICY, Policy

PAGE = 2000
"""Decisions in memory at a time, and in one parcel to a helper."""


@dataclass(frozen=True)
class Stored:
    """One verdict. ``answers``, ``setting`` and ``verdict`` are JSON; ``right``: what the look back says of it."""

    number: int
    answers: str
    setting: str | None
    verdict: str
    policy: int
    not_replayable: str | None
    people: tuple[str, str]
    right: str | None
    counts: bool  # not private, and begun since the day that is asked about


def how_many(session: Session, workspace: str) -> int:
    here = (Decision.workspace_id == workspace, Decision.verdict.is_not(None))
    return session.scalar(select(func.count()).select_from(Decision).where(*here)) or 0


def pages(session: Session, workspace: str, since: datetime | None = None) -> Iterator[list[Stored]]:
    """Every verdict of a workspace in the order of the decisions' numbers."""
    last = 0
    while True:
        rows = session.execute(
            select(
                Decision.id, Decision.number, cast(Decision.answers, Text).label("answers"),
                cast(Decision.judged_in, Text).label("setting"), cast(Decision.verdict, Text).label("verdict"),
                Decision.policy_version, cast(Decision.not_replayable, Text).label("not_replayable"),
                Decision.requester_id, Decision.owner_id, Decision.private, Decision.created_at,
            )
            .where(Decision.workspace_id == workspace, Decision.verdict.is_not(None), Decision.number > last)
            .order_by(Decision.number)
            .limit(PAGE)
        ).all()  # fmt: skip
        if not rows:
            return
        last = rows[-1].number
        looks = select(Look.decision_id, type_coerce(Look.look, JSON).label("look")).where(
            Look.workspace_id == workspace, Look.decision_id.in_([row.id for row in rows])
        )
        right = {
            row.decision_id: row.look.get("right")
            for row in session.execute(looks.order_by(Look.id))
            if row.look.get("look") != LookKind.REVISIT.value
        }
        yield [
            Stored(
                row.number, row.answers, row.setting, row.verdict, row.policy_version or 1, row.not_replayable,
                (row.requester_id, row.owner_id), right.get(row.id),
                not row.private and (since is None or row.created_at >= since),
            )
            for row in rows
        ]  # fmt: skip


def policies(session: Session, workspace: str) -> dict[int, Policy]:
    """Every version, by its number; the first is there in any case."""
    query = select(PolicyVersion).where(PolicyVersion.workspace_id == workspace)
    return {1: SHIPPED_POLICY} | {one.version: one.policy for one in session.scalars(query)}
