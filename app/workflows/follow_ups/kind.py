"""What a kind of dated work is: one class tells when it is dated, whether it still holds, what it does and says.

To add one, write its class in the file of its subject and name it in that file's ``KINDS``. A notice that it says has
its name in ``NoticeKind``, its words and the way it settles in the views.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy.orm import Session

from app.db import roster
from app.db.models import AuditEvent, Decision, FollowUp, Person
from app.domain.lifecycle import Status
from app.domain.message_kinds import NoticeKind
from app.workflows.notifying import tell
from app.workflows.scheduling import later_all

SENT = "sent"
MOOT = "moot"
GIVEN_UP = "given up"
JOINED = "joined with a later one"
"""How a follow-up ended; ``follow_up.result``."""

NOT_DONE = (GIVEN_UP, JOINED)


@dataclass(frozen=True)
class Dated:
    """One piece of work: what, for whom, when."""

    kind: str
    recipient: str
    due_at: datetime
    args: dict[str, Any] = field(default_factory=dict)


def date_all(session: Session, decision: Decision, work: Iterator[Dated] | Sequence[Dated]) -> None:
    """Date each of these; what is dated already stays as it is."""
    later_all(session, decision, [(one.kind, one.recipient, one.due_at, one.args) for one in work])


def person_of(session: Session, decision: Decision, user: str) -> Person:
    """Whoever nobody has looked up yet counts as being in UTC."""
    return roster.person(session, decision.workspace_id, user) or Person(user_id=user, tz="UTC")


@dataclass(frozen=True)
class Known:
    """What the database holds of one decision: its follow-ups, done ones too, and the events that date work."""

    rows: Sequence[FollowUp]
    events: Sequence[AuditEvent]
    """Those that a kind is ``dated_by``, oldest first."""

    def of(self, kind: str, who: str | None = None) -> list[FollowUp]:
        return [row for row in self.rows if row.kind == kind and who in (None, row.recipient)]

    def pending(self, kind: str) -> bool:
        return any(row.done_at is None for row in self.of(kind))

    def happened(self, one: Dated, *same: str) -> bool:
        """Whether this work is dated or was done, going by these of its arguments."""
        return any(
            row.result not in NOT_DONE and all(row.args.get(key) == one.args[key] for key in same)
            for row in self.of(one.kind, one.recipient)
        )

    def last_sent(self, kind: str) -> datetime | None:
        return max((row.done_at for row in self.of(kind) if row.done_at and row.result == SENT), default=None)


class FollowUpKind:
    """A kind of dated work about a decision. Its ``name`` stands in the database."""

    name: ClassVar[str]
    owed_in: ClassVar[frozenset[Status]] = frozenset()
    """The states in which ``owed`` is asked."""
    after_dissent: ClassVar[bool] = False
    """Owed only where the decision has a day on which dissent is looked at again."""
    dated_by: ClassVar[tuple[str, ...]] = ()
    """Events whose moment ``owed`` counts from."""
    says: ClassVar[NoticeKind | None] = None
    optional: ClassVar[bool] = False
    """Somebody can switch it off. Being asked, a deadline, a look back are the work itself."""
    any_hour: ClassVar[bool] = False
    """It was asked for, at that very hour."""

    def owed(self, session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[Dated]:
        """The work of this kind that should be dated and is not. Nothing, unless something was lost."""
        yield from ()

    def still_holds(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> bool | datetime:
        """Whether it is still to be done; a moment where it is, and later."""
        raise NotImplementedError

    def overtaken(
        self, session: Session, decision: Decision, work: FollowUp, at: datetime, snoozed: datetime | None
    ) -> bool:
        """Whether a later word says what this one would say ``at`` a moment. ``snoozed``: till when they rest."""
        return False

    def act(self, session: Session, decision: Decision, work: FollowUp, now: datetime) -> None:
        """What it does. Most say one sentence."""
        assert self.says is not None
        tell(session, decision, work.recipient, self.says, now)
