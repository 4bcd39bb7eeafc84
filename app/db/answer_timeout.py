"""How long an answer of PostgreSQL's is waited for, on our side.

A server that is stopped, or a disk under it that hangs, keeps the line open and says nothing: its own
``statement_timeout`` does not run then, and TCP sees nothing wrong, since the kernel still answers for it.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from app.domain.errors import Busy
from app.words.errors import busy

STATEMENT_SECONDS = 30.0
"""For one statement of a transaction or of a reading. Migrations and other raw connections wait as long as it takes."""

TRY_AGAIN = 1.0
"""Seconds in which nobody asks a server that was silent. Then one does, and everybody follows once it answers."""

QUIET = 0.8
"""Seconds in which nobody hears anything from a server that is silent. Where somebody does, it is busy, or holds for
one what another waits for: who has little time left to wait for it must not keep away everybody else."""

LEAST = 0.05
"""Seconds that a statement gets in any case."""

TOO_SLOW = "That took me longer than Slack waits, so nothing was saved. Please try again in a few seconds."

_LIMIT: ContextVar[float | None] = ContextVar("limit", default=None)
"""Seconds for one statement."""
_UNTIL: ContextVar[float | None] = ContextVar("until", default=None)
"""Monotonic seconds after which nothing is waited for, and nothing is committed any more."""


@contextmanager
def until(moment: float) -> Iterator[None]:
    """Somebody waits for what is done in the block, until ``moment`` (monotonic seconds). Afterwards it is not done."""
    token = _UNTIL.set(moment)
    try:
        yield
    finally:
        _UNTIL.reset(token)


@contextmanager
def limited(seconds: float = STATEMENT_SECONDS) -> Iterator[None]:
    """Each statement in the block is waited for so long at most. What was set around it, if it is less, stays."""
    before = _LIMIT.get()
    token = _LIMIT.set(seconds if before is None else min(before, seconds))
    try:
        yield
    finally:
        _LIMIT.reset(token)


def check_in_time() -> None:
    """Raises Busy where whoever waited has given up: it would be done behind their back, and they try again."""
    end = _UNTIL.get()
    if end is not None and time.monotonic() >= end:
        raise Busy(TOO_SLOW, "it took longer than Slack waits, and was not done")


def seconds_left() -> float | None:
    """What one statement may take from now on. None: as long as it takes."""
    limit, end = _LIMIT.get(), _UNTIL.get()
    if limit is None or end is None:
        return limit
    return min(limit, max(LEAST, end - time.monotonic()))


class Silence:
    """Whether the server was silent a moment ago. Whoever comes meanwhile is told at once, without a wait."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._until = 0.0
        self._tries = 0
        self._heard_at = 0.0

    def check(self) -> None:
        """Raises Busy while nobody is to ask. After that one may, and the others wait for what comes of it."""
        if not self._until or self._tries == threading.get_ident():
            return
        now = time.monotonic()
        with self._lock:
            if now < self._until:
                raise busy()
            if self._until:
                self._until, self._tries = now + 3 * TRY_AGAIN, threading.get_ident()

    def heard(self) -> None:
        """It answered."""
        self._heard_at = time.monotonic()
        if self._until:
            with self._lock:
                self._until, self._tries = 0.0, 0

    def nothing_heard(self, waited: float) -> bool:
        """Somebody waited so many seconds in vain. Whether the server is silent: else it was too slow for them."""
        now = time.monotonic()
        with self._lock:
            if self._until or (waited >= QUIET and self._heard_at < now - waited):
                self._until, self._tries = now + TRY_AGAIN, 0
            return self._until > 0
