"""Messages into the outbox: one sentence to one person."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from app.db import outgoing
from app.db.models import Decision
from app.domain.message_kinds import NoticeKind
from app.domain.people.erased import has_left
from app.telemetry import traces


def send(
    session: Session, workspace: str, kind: str, recipient: str, now: datetime, decision: Decision | None = None,
    **args: Any,
) -> None:  # fmt: skip
    """Put a message into the outbox, unless nobody is there to read it; with the trace of what made it true, if any."""
    send_all(session, workspace, [(kind, recipient)], now, decision, args)


def send_all(
    session: Session,
    workspace: str,
    messages: Iterable[tuple[str, str]],
    now: datetime,
    decision: Decision | None = None,
    args: Mapping[str, Any] | None = None,
) -> None:
    """As ``send`` for several, by kind and recipient."""
    args = dict(args or {})
    if trace := traces.carried():
        args["trace"] = trace
    whose = {"workspace_id": workspace, "decision_id": decision.id if decision else None, "args": args}
    rows = [
        {**whose, "kind": kind, "recipient": who, "key": str(uuid4()), "due_at": now, "created_at": now, "attempts": 0}
        for kind, who in messages
        if not has_left(who)
    ]
    if rows:
        outgoing.put_out(session, rows)


def tell(session: Session, decision: Decision, user: str, say: NoticeKind, now: datetime, **args: Any) -> None:
    """One sentence to one person, in the conversation of this decision. ``say`` names the sentence."""
    send(session, decision.workspace_id, "notice", user, now, decision, say=say.value, **args)
