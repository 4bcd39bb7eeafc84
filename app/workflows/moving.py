"""The one method that moves a decision, and what is written down without a move."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.db import ledger, locks
from app.db.models import AuditEvent, Decision
from app.domain.errors import NotNow
from app.domain.lifecycle import Move, Status, after
from app.words.states import no_longer_fits


def move(session: Session, decision: Decision, step: Move, by: str, now: datetime, **detail: Any) -> None:
    """The one method that changes a decision's status. Writes its audit event in the same transaction.

    Raises:
        NotNow: the table of moves does not allow it.
    """
    before, reached = decision.status, after(decision.status, step)
    if reached is None:
        raise NotNow(no_longer_fits(before))
    decision.status = reached
    decision.touched_at = now
    _record(session, decision, step.value, by, now, before, decision.status, detail)


def record(session: Session, decision: Decision, what: str, by: str, now: datetime, **detail: Any) -> None:
    """Something that happened without a move: an answer, a memo version, a sign-off, a question."""
    if decision.touched_at != now:
        decision.touched_at = now
    _record(session, decision, what, by, now, None, None, detail)


def _record(
    session: Session,
    decision: Decision,
    what: str,
    by: str,
    now: datetime,
    before: Status | None,
    after_: Status | None,
    detail: dict[str, Any],
) -> None:
    # Whatever is written down counts the decision one more, and makes its row ours before the record's end is locked.
    # Begun or changed in this very transaction, it is both already.
    if decision not in locks.counted(session):
        flag_modified(decision, "touched_at")
    ledger.append(
        session,
        AuditEvent(
            workspace_id=decision.workspace_id,
            decision_id=decision.id,
            at=now,
            actor=by,
            what=what,
            before=before,
            after=after_,
            detail=detail,
        ),
    )
