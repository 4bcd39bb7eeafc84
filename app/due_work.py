"""Follow-ups that were claimed: which of them share a transaction, how they are opened in it, and put off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.db import follow_ups, locks
from app.db.models import FollowUp
from app.workflows.follow_ups.kind import JOINED

MOST_TOGETHER = 50
"""Follow-ups in one transaction."""


@dataclass(frozen=True)
class Work:
    """A follow-up that was claimed: whose, and which; ``late``: seconds after its moment."""

    workspace: str
    id: int
    kind: str
    about: int | str
    """The decision; where there is none, the recipient."""
    late: float
    attempts: int

    @classmethod
    def of(cls, stored: Any, now: datetime) -> "Work":
        about, late = stored.decision_id or stored.recipient, (now - stored.due_at).total_seconds()
        return cls(stored.workspace_id, stored.id, stored.kind, about, late, stored.attempts)


def open_claimed(session: Session, works: Sequence[Work], by: str) -> dict[int, FollowUp]:
    """These, to be done, by their ids, as far as ``by`` still holds them: SQLite gives the id of a last row that was
    deleted to the next one, which is not due yet.

    What they are about comes before them: whoever changes a decision or a plan holds it while they date work anew.
    """
    for workspace in sorted({one.workspace for one in works}):
        here = [one.about for one in works if one.workspace == workspace]
        locks.several_for_change(session, workspace, [about for about in here if isinstance(about, int)])
    for one in sorted(works, key=lambda one: (one.workspace, str(one.about))):
        if isinstance(one.about, str):
            locks.hold_plan(session, one.workspace, one.about)
    held = locks.follow_ups(session, {one.workspace for one in works}, [one.id for one in works])
    return {id: work for id, work in held.items() if work.claimed_by == by}


def together(works: Sequence[Work]) -> list[Work]:
    """Which of these share a transaction: of each decision the first, since a transaction looks at a decision once.

    Decisions come in one order for everybody who locks them, and before what locks none.
    """
    firsts: dict[tuple[str, int | str], Work] = {}
    for work in works:
        if len(firsts) == MOST_TOGETHER:
            break
        firsts.setdefault((work.workspace, work.about), work)
    return sorted(firsts.values(), key=lambda one: (isinstance(one.about, str), str(one.about).rjust(20), one.id))


def put_off(session: Session, work: FollowUp, until: datetime, now: datetime) -> None:
    """The same follow-up, later. Where one stands there already, that one does."""
    twin = follow_ups.stands_already(session, work, until)
    if twin is not None:
        if twin.done_at is None:
            twin.args = work.args  # this one was just found to be true; the other may stand for an older ask
        work.done_at, work.result = now, JOINED
        return
    work.due_at, work.claimed_until, work.claimed_by, work.attempts = until, None, None, 0
