"""What this process has in hand: claimed under its name, renewed while it lives, given back when it stops.

A lease is short, so that what a dead process held goes on soon, and renewed, so that slow work keeps it.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import uuid4

from app.db import claims
from app.db.claims import Table
from app.db.session import Database
from app.domain.errors import Busy

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=20)
"""How long a claim holds without a word from its holder; so late at most is what a killed process had in hand."""

LEFT_FOR = 20.0
"""Seconds in which we don't take up again what we left to a newer release."""

MOST_LEFT = 5_000
"""Ids that are kept in mind as left; SQLite takes 32,766 values in a statement."""

RENEWED_EVERY = 5.0
"""Seconds between two renewals: three may fail before a lease ends under somebody who is alive."""


class Leases:
    """One for a process. ``name`` stands in the rows that it holds. Safe to be used from several threads."""

    def __init__(self, db: Database, clock: Callable[[], datetime]) -> None:
        self.name = uuid4().hex[:12]
        self._db, self._clock = db, clock
        self._held: dict[tuple[Table, int], float] = {}  # → when it was last known to be ours, monotonic
        self._left: dict[tuple[Table, int], float] = {}  # → until when it is left to a newer release, monotonic
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def until(self) -> datetime:
        """When a lease taken now ends."""
        return self._clock() + LEASE

    def take(self, table: Table, ids: Iterable[int]) -> None:
        """These were claimed under our name a moment ago."""
        now = time.monotonic()
        with self._lock:
            self._held.update({(table, id): now for id in ids})

    def drop(self, table: Table, id: int) -> None:
        """This one is done, or put back."""
        with self._lock:
            self._held.pop((table, id), None)

    def mine(self, table: Table, id: int) -> bool:
        """Whether this is still ours to do. After a pause as long as a lease (a sleeping machine, a database that was
        away) somebody else may have it, and then so may the person it is for.

        Raises:
            Busy: the database can't say.
        """
        with self._lock:
            known = self._held.get((table, id))
        if known is None:
            return False
        if time.monotonic() - known > LEASE.total_seconds() / 2:
            self._renew(table)
        with self._lock:
            return (table, id) in self._held

    def give_back(self, table: Table, *, but: int | None = None) -> None:
        """Whoever is awake may take what we hold, at once. ``but``: one that is being sent, and may have arrived.

        Raises:
            Busy: the database is away; then the leases run out by themselves.
        """
        with self._lock:
            ids = [id for kind, id in self._held if kind is table and id != but]
            for id in ids:
                del self._held[table, id]
        if ids:
            with self._db.begin() as session:
                claims.give_back(session, table, ids, self.name)

    # ── left to a newer release ─────────────────────────────────────────────────────────────────────────

    def leave(self, table: Table, id: int) -> None:
        """Give this back at once and uncounted, and don't take it up ourselves for a while: a newer release that runs
        beside us knows what to do with it.

        Raises:
            Busy: the database is away; then the lease runs out by itself.
        """
        with self._lock:
            self._held.pop((table, id), None)
            if len(self._left) < MOST_LEFT:
                self._left[table, id] = time.monotonic() + LEFT_FOR
        with self._db.begin() as session:
            claims.give_back(session, table, [id], self.name)

    def left(self, table: Table) -> list[int]:
        """What is not to be taken up now."""
        if not self._left:
            return []
        now = time.monotonic()
        with self._lock:
            self._left = {one: until for one, until in self._left.items() if until > now}
            return [id for kind, id in self._left if kind is table]

    # ── the heart ───────────────────────────────────────────────────────────────────────────────────────

    def start(self) -> None:
        """Renew what is in hand until ``close``. From now on the database's clock is known."""
        with suppress(Busy):
            self._db.ping()
        self._thread = threading.Thread(target=self._beat, name="leases", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        if self._thread:
            self._thread.join(timeout=1)

    def _beat(self) -> None:
        while not self._closing.wait(RENEWED_EVERY):
            with suppress(Busy):
                self._db.ping()  # which measures its clock: by that a lease ends
            for table in claims.TABLES:
                try:
                    self._renew(table)
                except Busy:
                    log.warning("the leases wait for the database")
                except Exception:  # whoever beats for all must not stop at one
                    log.exception("the leases of %s were not renewed", table.__tablename__)

    def _renew(self, table: Table) -> None:
        with self._lock:
            ids = [id for kind, id in self._held if kind is table]
        if not ids:
            return
        now = time.monotonic()
        with self._db.begin() as session:
            ours = claims.renew(session, table, ids, self.name, self.until())
        with self._lock:
            for id in ids:
                if (table, id) in self._held:
                    if id in ours:
                        self._held[table, id] = now
                    else:
                        del self._held[table, id]
