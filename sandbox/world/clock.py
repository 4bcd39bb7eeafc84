"""The sandbox's clock. It runs like a wall clock, and can be set, moved on and frozen.

Two times live side by side. `now()` is the time of the world: message timestamps, the half hour of
a response_url, scheduled messages, time zones. `monotonic()` measures what Slack measures in real
seconds: triggers, acks, rate limits. Setting the clock moves the first alone, so travelling a month
never expires an open modal.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """Aware UTC time. Naive datetimes are refused with ValueError."""

    def __init__(
        self,
        start: datetime | None = None,
        *,
        frozen: bool = False,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.monotonic = monotonic
        self._lock = threading.Lock()
        self._listeners: list[Callable[[], None]] = []
        self._frozen = frozen
        self._base = _aware(start) if start is not None else datetime.now(UTC)
        self._since = monotonic()

    def now(self) -> datetime:
        with self._lock:
            return self._now()

    def set(self, moment: datetime) -> None:
        """Jump to `moment` (aware), forwards or backwards."""
        with self._lock:
            self._base, self._since = _aware(moment), self.monotonic()
        self._tell()

    def advance(self, by: timedelta) -> None:
        with self._lock:
            self._base, self._since = self._now() + by, self.monotonic()
        self._tell()

    def freeze(self) -> None:
        """Stand still until `run()`."""
        with self._lock:
            self._base, self._frozen = self._now(), True

    def run(self) -> None:
        with self._lock:
            self._base, self._since, self._frozen = self._now(), self.monotonic(), False

    @property
    def frozen(self) -> bool:
        return self._frozen

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every `set` and `advance`."""
        self._listeners.append(listener)

    def _now(self) -> datetime:
        if self._frozen:
            return self._base
        return self._base + timedelta(seconds=self.monotonic() - self._since)

    def _tell(self) -> None:
        for listener in list(self._listeners):
            listener()


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("the sandbox's clock takes aware datetimes only")
    return moment.astimezone(UTC)
