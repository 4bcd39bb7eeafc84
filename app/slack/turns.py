"""Those of one process who would wait for the same row of the database wait here instead, one behind the other.

Somebody who waits there holds a connection, and wakes with everybody else each time that the row is free: with many of
them, whoever has it comes to a processor so late that all of them come too late. `benchmarks/burst.py` shows it.
"""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from app.slack.crowded import LAST_CALL, crowded
from app.telemetry.arrival import waited


class Turns:
    """One at a time for each name."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._wanted: Counter[str] = Counter()

    def names(self) -> list[str]:
        """Of which somebody has or awaits a turn."""
        with self._guard:
            return sorted(self._locks)

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """The block is run when nobody else of this process is in one of the same name.

        Raises:
            Busy: too many were before. The block was not run.
        """
        with self._guard:
            self._wanted[name] += 1
            lock = self._locks.setdefault(name, threading.Lock())
        try:
            left = max(0.0, LAST_CALL - waited())
            if not lock.acquire(timeout=left):
                raise crowded()
            try:
                yield
            finally:
                lock.release()
        finally:
            with self._guard:
                self._wanted[name] -= 1
                if not self._wanted[name]:
                    del self._wanted[name], self._locks[name]
