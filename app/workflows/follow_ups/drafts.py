"""A draft by the assistant, when it is asked for. It is made outside the transaction, by whoever claimed the work."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from app.db.models import Decision, FollowUp
from app.domain.lifecycle import WRITABLE
from app.workflows.follow_ups.kind import NOT_DONE, Dated, FollowUpKind, Known


class Draft(FollowUpKind):
    name = "draft"
    owed_in = WRITABLE
    dated_by = ("ask_assistant",)
    any_hour = True

    def owed(self, session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
        for event in known.events:
            if event.what == "ask_assistant" and not any(
                row.due_at == event.at and row.result not in NOT_DONE for row in known.of(self.name)
            ):
                part = str(event.detail["part"])
                yield Dated(self.name, event.actor, event.at, {} if part == "all" else {"part": part})

    def still_holds(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> bool:
        return decision.status in WRITABLE

    def act(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
        """Nothing here: see ``app.due``."""


DRAFT = Draft()
KINDS: tuple[FollowUpKind, ...] = (DRAFT,)
