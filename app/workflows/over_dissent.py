"""Whoever decided although somebody differs is asked to state it."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.db.models import Decision
from app.domain.commitments import decider
from app.domain.message_kinds import NoticeKind
from app.workflows.notifying import tell


def ask_decider(session: Session, decision: Decision, now: datetime) -> None:
    """Ask for the decision, its reasons and a day to look again; nothing where nobody differs, or it is stated."""
    who = decider(decision) if decision.dissent_count else None
    if who is not None and not decision.overs:
        tell(session, decision, who, NoticeKind.STATE_ASKED, now)
