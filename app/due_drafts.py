"""A draft that is due: what the model is asked, outside any transaction, and how it ends."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app import drafting
from app.assistant import Assistant, AssistantDown, Nonsense
from app.db import follow_ups, queries
from app.db.leases import Leases
from app.db.models import Decision, FollowUp
from app.db.newer_decisions import holds_newer
from app.db.session import Database
from app.domain.errors import Busy
from app.domain.message_kinds import NoticeKind
from app.domain.stored_words import ANSWERED
from app.due_work import Work, open_claimed
from app.telemetry import metrics
from app.workflows import suggestions
from app.workflows.cards import show
from app.workflows.follow_ups.drafts import DRAFT
from app.workflows.follow_ups.firing import Unknown
from app.workflows.notifying import tell
from app.workflows.suggestions import Suggested

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Away:
    """Why there is no draft; ``again``: trying again can help."""

    sentence: str
    again: bool


FAULT = Away("Something went wrong on our side, and the log says what.", again=True)
MOVED_ON = Away("", again=False)
"""The decision is no longer at its memo: its card says where it is."""


class Drafts:
    """Each ends in suggestions, or in one sentence that says why there are none."""

    def __init__(
        self, db: Database, assistant: Assistant, clock: Callable[[], datetime], leases: Leases, begun: drafting.Begun
    ):
        self.db, self.assistant, self.clock, self.leases, self.begun = db, assistant, clock, leases, begun

    def draft(self, about: Work) -> None:
        """Read, ask the model outside any transaction, then leave suggestions for a person to accept. Whatever happens,
        it ends: in suggestions, or in one sentence that says why there are none."""
        now = self.clock()
        with self.db.read() as session:
            work = follow_ups.follow_up(session, about.workspace, about.id)
            decision = queries.decision(session, work.workspace_id, work.decision_id or 0) if work else None
            if work is None or decision is None or work.done_at is not None:
                return None
            if holds_newer(decision):
                raise Unknown(f"{decision.name} was {ANSWERED}")
            if not DRAFT.still_holds(session, decision, work, now):
                return self._end(about, None, MOVED_ON)
            asked = drafting.wanted(session, decision, work.args.get("part"), now, self.begun)
        try:
            return self._end(about, drafting.ask(self.assistant, asked), None)
        except AssistantDown as down:
            return self._end(about, None, Away(down.sentence, again=down.passing or isinstance(down, Nonsense)))
        except Busy:
            raise
        except Exception as error:
            metrics.FAULTS.labels("follow_up").inc()
            log.error("draft %s failed: a fault of ours", about.id, exc_info=error)
            return self._end(about, None, FAULT)

    def _end(self, about: Work, drafts: dict[str, Suggested] | None, away: Away | None) -> None:
        now = self.clock()
        with self.db.begin() as session:
            work = open_claimed(session, [about], self.leases.name).get(about.id)
            if work is None or work.done_at is not None:
                return
            work.done_at, work.result = now, "away" if away else "drafted"
            decision = queries.decision(session, work.workspace_id, work.decision_id or 0, lock=True)
            if decision is None:
                return
            new = {
                key: one for key, one in (drafts or {}).items() if one.text.strip() not in ("", one.original.strip())
            }
            for key, one in new.items():
                suggestions.suggest(session, decision, key, one, now)
            if away is None:
                if new:
                    tell(session, decision, work.recipient, NoticeKind.DRAFTED, now, count=len(new))
                else:
                    tell(session, decision, work.recipient, NoticeKind.NOTHING_DRAFTED, now)
            elif away is not MOVED_ON:
                _tell_away(session, decision, work, away, now)
            show(session, decision, now)

    def say_given_up(self, id: int) -> None:
        """Somebody waits for a draft: that none comes is said, and their card shows its buttons again."""
        try:
            with self.db.begin() as session:
                work = session.get(FollowUp, id)
                about = (work.workspace_id, work.decision_id or 0) if work else ("", 0)
                decision = queries.decision(session, *about, lock=True)
                if work is not None and decision is not None and not holds_newer(decision):
                    _tell_away(session, decision, work, FAULT, self.clock())
                    show(session, decision, self.clock())
        except Exception as error:
            log.error("that draft %s is given up could not be said", id, exc_info=error)


def _tell_away(session: Session, decision: Decision, work: FollowUp, away: Away, now: datetime) -> None:
    said = {"sentence": away.sentence, "again": away.again}
    if work.args.get("part"):
        said["part"] = work.args["part"]
    tell(session, decision, work.recipient, NoticeKind.ASSISTANT_AWAY, now, **said)
