"""A message of the outbox on its way: the row it is sent for, the kinds there are, and where it came to stand."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from app.domain.message_kinds import CardKind
from app.slack.views.scene import Message
from app.workflows.agenda import CALENDAR
from app.workflows.insights.trying import TRIED
from app.workflows.monthly_insights import INSIGHTS, PICTURE

TRADEOFF_FILES = ("tradeoffs_md", "tradeoffs_csv", "tradeoff_chart")

CARDS = frozenset(kind.value for kind in CardKind)
ERRANDS = frozenset({
    "home", "export", "document_md", "document_docx", "thread", "settle", "redact", "parked", CALENDAR, PICTURE,
    *TRADEOFF_FILES,
})  # fmt: skip
"""What leaves no message of its own to remember."""
KINDS = CARDS | ERRANDS | {"notice", "digest", "reply", "proposal", "policy_proposal", INSIGHTS, TRIED}
"""Every kind of message that this release sends."""


IN_CHANNELS = frozenset({"status", "digest", INSIGHTS, PICTURE})
"""What is posted to a channel, which may be gone."""


@dataclass(frozen=True)
class Row:
    """An outbox row, taken out of its session."""

    id: int
    workspace: str
    decision: int | None
    kind: str
    recipient: str
    args: dict[str, Any]
    key: str
    created_at: datetime
    attempts: int

    FAULTS: ClassVar = "faults"
    """Under which its arguments count the attempts that failed by a fault of ours; Slack's trouble is not among them.
    """

    @classmethod
    def of(cls, stored: Any) -> "Row":
        """Raises TypeError where what goes with the message is no object."""
        if not isinstance(stored.args, dict):
            raise TypeError("the arguments are no object")
        return cls(
            stored.id, stored.workspace_id, stored.decision_id, stored.kind, stored.recipient, stored.args, stored.key,
            stored.created_at, stored.attempts,
        )  # fmt: skip

    @property
    def faults(self) -> int:
        counted = self.args.get(self.FAULTS)
        return counted if isinstance(counted, int) else 0

    @property
    def to(self) -> tuple[str, str]:
        """Whom it is for. In Enterprise Grid the same person may be met in several workspaces."""
        return self.workspace, self.recipient


@dataclass(frozen=True)
class Sent:
    """Where a message stands now, and a digest of what it shows; of a notice, when it was written."""

    channel: str
    ts: str
    shown: str = ""
    kind: str = ""
    """Under which kind it is remembered; empty for what is never edited."""
    as_before: bool = False
    """It stands where it stood and shows what it showed."""
    found: bool = False
    """It stood there already, from an attempt whose end nobody heard of."""
    anew: bool = False
    """It did not stand there, or nobody knew that it did."""
    version: int | None = None
    """Of the decision, as it was drawn."""
    names: tuple[int, ...] = ()
    """Of a digest: the decisions that stand in it, by their numbers."""


class NoMore(Exception):
    """The message was deleted while it was in hand: whoever it was for has been erased, and is not written to."""


class TakenOver(Exception):
    """This thread hung for so long that somebody else sends the message, or has sent it."""


def fingerprint_of(message: Message) -> str:
    """What a card shows, short: an unchanged card is not sent again."""
    shown = json.dumps([message.text, message.blocks], sort_keys=True)
    return hashlib.sha256(shown.encode()).hexdigest()
