"""How many decisions are open, wait and are late, over all workspaces, for whoever watches over the bot. By the rule of
three: a figure that stands for fewer than three decisions, or fewer than three people, is not told, and neither is a
zero. Private decisions are never counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from app.db.claims import uninstalled
from app.db.models import Decision, Signer
from app.domain.lifecycle import OPEN, Status

AT_LEAST = 3
"""Decisions, and people, behind a figure that is told."""

BAR_RAISER = "bar_raiser"


@dataclass(frozen=True)
class Standing:
    """Decisions, counted. A figure that may not be told is missing, or None."""

    open: Mapping[str, int] = field(default_factory=dict)  # by state
    waiting: Mapping[str, int] = field(default_factory=dict)  # in review, by the rung that has not answered
    overdue: int | None = None  # open, and past the day by which an answer was asked


def standing(session: Session, now: datetime) -> Standing:
    """One query each."""
    counted = (Decision.private.is_(False), Decision.workspace_id.not_in(uninstalled()))
    states = _told(Decision.status, Decision.requester_id).where(*counted, Decision.status.in_(OPEN))
    asked = (Signer.decision_id == Decision.id, Signer.workspace_id == Decision.workspace_id)
    unanswered = (Signer.handed_over.is_(False), Signer.answer.is_(None), Signer.lever.is_(None))
    rungs = _told(Signer.rung, Signer.user_id).where(*counted, *asked, *unanswered, Decision.status == Status.IN_REVIEW)
    late = select(func.count(Decision.id), func.count(Decision.requester_id.distinct())).where(
        *counted, Decision.status.in_(OPEN), Decision.deadline_at < now
    )
    overdue, people = session.execute(late).one()
    return Standing(
        {str(state): many for state, many in session.execute(states.group_by(Decision.status))},
        {str(rung) if rung else BAR_RAISER: many for rung, many in session.execute(rungs.group_by(Signer.rung))},
        overdue if min(overdue, people) >= AT_LEAST else None,
    )


def _told(by: ColumnElement[Any] | Any, person: Any) -> Select[Any, int]:
    """How many decisions, by something: only where there are enough of them, and of people behind them."""
    many = func.count(Decision.id.distinct())
    return select(by, many).having(many >= AT_LEAST, func.count(person.distinct()) >= AT_LEAST)
