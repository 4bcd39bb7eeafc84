"""The figures of the business for `/metrics`: counted once a minute at most, beside everything else.

Nobody waits for them, and `/readyz` does not depend on them: whoever asks gets what was counted last.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime

from app.db.business_figures import Standing, standing
from app.db.session import Database
from app.domain.errors import ThresholdError

log = logging.getLogger(__name__)

EVERY = 60.0
"""Seconds between two counts."""


class Counting:
    """One for a process."""

    def __init__(self, db: Database, clock: Callable[[], datetime], now: Callable[[], float] = time.monotonic) -> None:
        self._db, self._clock, self._now = db, clock, now
        self._lock = threading.Lock()
        self._counted: float | None = None
        self._thread: threading.Thread | None = None
        self._last = Standing()

    def last(self) -> Standing:
        """As counted last; the next count begins where that is a minute ago, and comes to whoever asks next."""
        with self._lock:
            found = self._last
            idle = self._thread is None or not self._thread.is_alive()
            if idle and (self._counted is None or self._now() - self._counted >= EVERY):
                self._counted = self._now()
                self._thread = threading.Thread(target=self._count, name="counting", daemon=True)
                self._thread.start()
            return found

    def finish(self) -> None:
        """Wait for the count that is under way."""
        if self._thread is not None:
            self._thread.join()

    def _count(self) -> None:
        try:
            with self._db.read() as session:
                self._last = standing(session, self._clock())
        except ThresholdError:
            self._last = Standing()  # the database is away: what it held is not known
        except Exception:
            log.exception("how the decisions stand could not be counted")
            self._last = Standing()
