"""Threads that keep what a line is about, and know how long their oldest work has waited."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from itertools import count
from threading import Condition, get_ident
from typing import ParamSpec, TypeVar

from app.telemetry.arrival import arrived

P = ParamSpec("P")
T = TypeVar("T")


class Pool(ThreadPoolExecutor):
    """``threads`` workers. What is submitted runs in the context it was submitted from."""

    def __init__(self, name: str, threads: int, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(threads, thread_name_prefix=name)
        self.threads, self._now = threads, now
        self._numbers = count()
        self._waiting: dict[int, float] = {}
        self._busy: set[int] = set()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        number, came = next(self._numbers), time.monotonic()
        self._waiting[number] = self._now()

        def run() -> T:
            self._waiting.pop(number, None)
            self._busy.add(number)
            try:
                with arrived(came):
                    return fn(*args, **kwargs)
            finally:
                self._busy.discard(number)

        return super().submit(copy_context().run, run)

    @property
    def waiting(self) -> int:
        """How much was submitted and not begun."""
        return len(self._waiting)

    @property
    def busy(self) -> int:
        return len(self._busy)

    def oldest_wait(self) -> float:
        """Seconds that the oldest work has waited for a thread; 0 where none waits."""
        return max(0.0, self._now() - min(list(self._waiting.values()), default=self._now()))


A_CROWD = 4
"""So much in hand at once is a crowd: let by for longer, as long as there is time left for that."""
LET_BY_AT_MOST = 2.0
"""Seconds that a crowd is let by in one go; a crowd that stays must not hold up everything else for good."""
LET_BY_SHARE = 0.25
"""Of each second so much is added to what a crowd may take."""


class InHand:
    """How much is being worked on, for those who let it go first."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._many = 0
        self._fewer = Condition()
        self._now = now
        self._left, self._counted_at = LET_BY_AT_MOST, now()

    @contextmanager
    def one(self) -> Iterator[None]:
        with self._fewer:
            self._many += 1
        try:
            yield
        finally:
            with self._fewer:
                self._many -= 1
                if self._many < A_CROWD:
                    self._fewer.notify_all()

    def let_by(self, seconds: float) -> None:
        """Wait until nothing is in hand, at most for so long. A crowd is waited for longer: until it is one no more."""
        with self._fewer:
            if self._fewer.wait_for(lambda: not self._many, seconds) or self._many < A_CROWD:
                return
            began = self._now()
            self._left = min(LET_BY_AT_MOST, self._left + (began - self._counted_at) * LET_BY_SHARE)
            self._fewer.wait_for(lambda: self._many < A_CROWD, self._left)
            self._counted_at = self._now()
            self._left = max(0.0, self._left - (self._counted_at - began))


class Pulse:
    """When something was last seen to go on, in any thread, and since when the worst of them hangs."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._at = now()
        self._working: dict[int, float] = {}  # thread → its last beat
        self._failing_since: float | None = None

    def failed(self) -> None:
        """A whole round came to nothing, by a fault of ours. It beats all the same: the next round comes."""
        if self._failing_since is None:
            self._failing_since = self._now()

    def went_well(self) -> None:
        """A round came to its end."""
        self._failing_since = None

    def failing(self) -> float:
        """Seconds in which no round came to its end; 0 where the last one did."""
        since = self._failing_since
        return 0.0 if since is None else self._now() - since

    def beat(self) -> None:
        self._at = self._now()
        if get_ident() in self._working:
            self._working[get_ident()] = self._at

    @contextmanager
    def work(self) -> Iterator[None]:
        """Something that must go on: it beats at its end, and in between wherever it gets on. Beginning is no beat."""
        before = self._working.get(get_ident())
        self._working[get_ident()] = self._now()
        try:
            yield
        finally:
            self.beat()
            if before is None:
                del self._working[get_ident()]

    def hung(self) -> float:
        """Seconds since the last beat of the thread at work that has not beaten for longest; 0 where none works."""
        return self._now() - min(list(self._working.values()), default=self._now())

    def age(self) -> float:
        """Seconds since the last beat."""
        return self._now() - self._at
