"""What the line being written is about: a workspace, a decision (D-42), a delivery. Held per thread of work."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from app.telemetry import traces

WORKSPACE = ContextVar("workspace", default="")
DECISION: ContextVar[str | None] = ContextVar("decision", default=None)
DELIVERY = ContextVar("delivery", default="")
FIELDS: dict[str, ContextVar[str] | ContextVar[str | None]] = {
    "workspace": WORKSPACE,
    "decision": DECISION,
    "delivery": DELIVERY,
}


@contextmanager
def about(*, workspace: str = "", delivery: str = "") -> Iterator[None]:
    """Begin something new: a delivery, a follow-up, a message to be sent. Afterwards it is as before.

    Its decision is not known yet; whoever opens one says so with `opened`.
    """
    tokens, decision = [(WORKSPACE, WORKSPACE.set(workspace)), (DELIVERY, DELIVERY.set(delivery))], DECISION.set("")
    try:
        yield
    finally:
        DECISION.reset(decision)
        for field, token in tokens:
            field.reset(token)


def opened(name: str) -> None:
    """The work in hand, where there is some, is about this decision, such as D-42."""
    if DECISION.get() is not None:
        DECISION.set(name)
        traces.note_all("decision", name)
