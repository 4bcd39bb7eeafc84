"""When the delivery at hand came in, by the monotonic clock: Slack counts its three seconds from then."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

ARRIVED: ContextVar[float | None] = ContextVar("arrived", default=None)


@contextmanager
def arrived(at: float) -> Iterator[None]:
    """What is done in the block was asked for at that moment (monotonic seconds); who said so first is right."""
    token = ARRIVED.set(at) if ARRIVED.get() is None else None
    try:
        yield
    finally:
        if token is not None:
            ARRIVED.reset(token)


def waited() -> float:
    """Seconds since the delivery at hand came in; 0 where none is at hand."""
    since = ARRIVED.get()
    return 0.0 if since is None else time.monotonic() - since
