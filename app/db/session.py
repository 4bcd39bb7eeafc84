"""The engine, and the only place that commits."""

import logging
import os
import random
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from select import POLLIN, poll
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, delete, event, insert, inspect, make_url, text
from sqlalchemy.exc import InvalidatePoolError, SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from app.db import answer_timeout, ledger, locks, newer_decisions, pooler
from app.db.database_errors import DAMAGED, FULL, NOT_ALLOWED, READ_ONLY, refused, too_slow, trouble
from app.db.library import shelving
from app.db.models import Base, Parked
from app.domain.errors import Busy, Collided
from app.telemetry import clocks, metrics, traces
from app.words.errors import collided

log = logging.getLogger(__name__)

Result = TypeVar("Result")

COUNTED = {FULL: "full", READ_ONLY: "read_only", DAMAGED: "damaged", NOT_ALLOWED: "not_allowed"}
"""How the metrics name the trouble; any other is "away"."""

WAIT_SECONDS = 2.0
"""How long a locked or absent database is waited for: less than the three seconds in which Slack wants its ack."""


TRIED_FOR_SECONDS = 1.5
"""How long something that met somebody else is tried again: with one more wait it ends within Slack's three seconds."""

FIRST_PAUSE_SECONDS = 0.01
"""Before the second try. Each further pause is twice as long."""

WRITTEN_AHEAD = 10_000
"""Pages (40 MB) after which a commit carries them over itself, where nobody calls ``checkpoint``."""

ROOM = 32_768
"""Characters that must fit again after the disk was full."""

LINE = {"keepalives_idle": 10, "keepalives_interval": 3, "keepalives_count": 3, "tcp_user_timeout": 5000}
"""libpq's: a line whose other end has vanished without a word is noticed in seconds (the last: milliseconds), not in
the quarter of an hour that TCP would take."""


PING_SECONDS = 2.0
"""For whoever only wants to know whether it answers."""

MEASURES = 1.0
"""Seconds. A question that took longer does not say what time it is there."""

AGREES = 2.0
"""Seconds between two clocks that nobody needs to mind: much less than a lease lasts."""

_HOW_IT_STANDS = text(
    "SELECT current_setting('transaction_read_only') = 'on',"
    " coalesce(has_table_privilege(to_regclass('outbox'), 'INSERT')"
    " AND has_table_privilege(to_regclass('outbox'), 'UPDATE'), true), clock_timestamp()"
)

LEVELS = ("AUTOCOMMIT", "REPEATABLE READ")
"""PostgreSQL's, of a look and of a steady one."""


class Transaction(Session):
    """A session that writes: what it changes of the record is sealed when it commits."""


event.listen(Transaction, "before_flush", locks.note_changes)
event.listen(Transaction, "before_flush", ledger.note_changes)
event.listen(Transaction, "before_flush", shelving.note_changes)


@dataclass
class Turn:
    """A thread's, to write to SQLite."""

    has_pen: bool = False


class Database:
    """One database. ``begin()`` is a transaction that commits at its end; ``read()`` never writes.

    On SQLite a writing transaction begins IMMEDIATE, so that two writers queue up instead of failing half way. Those of
    one process hand each other the pen: SQLite itself sleeps between its looks, up to a tenth of a second.
    """

    def __init__(self, url: str, *, wait: float = WAIT_SECONDS, read_only: bool = False) -> None:
        """``read_only``: an SQLite file is not touched, and nothing beside it; PostgreSQL is only read by `read`."""
        parsed = make_url(url)
        if parsed.drivername in ("postgresql", "postgres"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        self.sqlite = parsed.get_backend_name() == "sqlite"
        self._pooled, parsed = pooler.announced(parsed)
        options: dict[str, Any] = (
            {"poolclass": QueuePool, "connect_args": {"timeout": wait, "check_same_thread": False}}
            if self.sqlite
            else {"connect_args": {"connect_timeout": max(2, round(wait)), **LINE, **pooler.line(self._pooled)}}
        )
        self._full = False
        """Whether the last word on it was that the disk is full."""
        # What people typed must not stand in a logged error: hide_parameters.
        self.engine: Engine = create_engine(parsed, pool_timeout=wait, pool_size=10, hide_parameters=True, **options)
        self._wait, self._pen, self._here = wait, threading.Lock(), threading.local()
        self._silence = answer_timeout.Silence()
        self._ahead = 0.0
        """Seconds that this machine's clock is ahead of PostgreSQL's."""
        if self.sqlite and read_only:
            event.listen(self.engine, "do_connect", _read_only_line)
        elif self.sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", self._begin_sqlite)
        else:
            event.listen(self.engine, "do_connect", _patient_line)
            event.listen(self.engine, "checkout", self._still_there)
        event.listen(self.engine, "before_cursor_execute", _only_reads)
        # Each statement of PostgreSQL's sees what is committed, with a transaction around them or without. Without, two
        # round trips are spared, and the ROLLBACK after which psycopg lets it forget all that it had prepared.
        alone, together = ({}, {}) if self.sqlite else ({"isolation_level": level} for level in LEVELS)
        self._reading = self.engine.execution_options(reads_only=True, **alone)
        self._reading_steadily = self.engine.execution_options(reads_only=True, **together)
        self._writing_to = pooler.writing(self.engine) if self._pooled else self.engine

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """A transaction. Commits at the end of the block, rolls back on any error.

        Raises:
            Busy: the database is away or locked, or whoever waits has given up; nothing was written.
            NotNow: somebody opened what a newer release wrote; nothing was written.
        """
        committing = False
        self._silence.check()
        try:
            with (
                traces.span("transaction"),
                answer_timeout.limited(),
                self._writing(),
                Transaction(self._writing_to, expire_on_commit=False) as session,
            ):
                yield session
                newer_decisions.check_opened(session)
                shelving.shelve(session)
                ledger.seal(session)
                answer_timeout.check_in_time()
                committing = True
                session.commit()
            self._silence.heard()
        except SQLAlchemyError as error:
            busy = self._heard(error, committing)
            if busy is None:
                raise
            raise busy from error

    def run(self, work: Callable[[Session], Result], *, seconds: float = TRIED_FOR_SECONDS) -> Result:
        """Do ``work`` in a transaction of its own. Where it met somebody else it is begun anew, from its first look on,
        while less than ``seconds`` have passed. What ``work`` does outside the session has to bear that.

        Raises:
            Collided: it met somebody each time. Nothing was written.
            Busy: as ``begin``.
        """
        began, pause = time.monotonic(), FIRST_PAUSE_SECONDS
        while True:
            try:
                with self.begin() as session:
                    return work(session)
            except Collided:
                if time.monotonic() - began + pause > seconds:
                    raise
            time.sleep(random.uniform(pause / 2, pause))  # two that met are not to meet again
            pause *= 2

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """A turn to write, which begins with the first statement. PostgreSQL needs no turns."""
        turn, before = Turn(), getattr(self._here, "turn", None)
        self._here.turn = turn
        try:
            yield
        finally:
            self._here.turn = before
            if turn.has_pen:
                self._pen.release()

    def _begin_sqlite(self, connection: Connection) -> None:
        if connection.get_execution_options().get("reads_only"):
            connection.exec_driver_sql("BEGIN")
            return
        turn, left = getattr(self._here, "turn", None), self._wait
        left = connection.get_execution_options().get("waits", left)  # a migration waits for another one
        if turn is not None and not turn.has_pen:  # a migration has no turn
            began = time.monotonic()
            turn.has_pen = self._pen.acquire(timeout=left)
            if not turn.has_pen:
                metrics.DATABASE_ERRORS.labels("collided").inc()
                raise collided()
            left -= time.monotonic() - began  # what was waited for the pen is not waited for the file
        driver: Any = connection.connection.driver_connection
        driver.execute(f"PRAGMA busy_timeout={max(1, round(left * 1000))}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    @contextmanager
    def read(self, *, steady: bool = False, anyway: bool = False) -> Iterator[Session]:
        """A session to read with. Whatever is changed in it is thrown away; what it would write is refused.

        ``steady``: all that it reads is of one moment, whoever writes meanwhile. SQLite always reads so.
        ``anyway``: ask, even where the server was silent a moment ago.
        """
        if not anyway:
            self._silence.check()
        try:
            with (
                answer_timeout.limited(),
                Session(
                    self._reading_steadily if steady else self._reading, expire_on_commit=False, autoflush=False
                ) as session,
            ):
                yield session
            self._silence.heard()
        except SQLAlchemyError as error:
            busy = self._heard(error)
            if busy is None:
                raise
            raise busy from error

    def _still_there(self, connection: Any, _record: Any, _proxy: Any) -> None:
        """A server that ended the line said goodbye, and that waits to be read. Where nothing waits, no question is
        needed; a line that broke without a word would leave the question unanswered too (see ``LINE``)."""
        try:
            said = poll()
            said.register(connection.fileno(), POLLIN)
            if said.poll(0):
                self.engine.dialect.do_ping(connection)
        except self.engine.dialect.loaded_dbapi.Error:
            raise InvalidatePoolError() from None  # nor do the others live: the pool connects anew

    def _heard(self, error: SQLAlchemyError, committing: bool = False) -> Busy | None:
        """What the trouble is, remembered as far as it changes what is done next."""
        busy = trouble(error, committing=committing)
        if not self.sqlite and (waited := _unheard(error)) is not None:
            silent = self._silence.nothing_heard(waited)
            if not silent and not committing:
                busy = too_slow()
        kind = "fault" if busy is None else "collided" if isinstance(busy, Collided) else COUNTED.get(busy.why, "away")
        metrics.DATABASE_ERRORS.labels(kind).inc()
        if busy is not None and busy.why == READ_ONLY:
            self.engine.dispose()  # it is a standby now: ask anew who takes writes
        self._full = self._full or (busy is not None and busy.why == FULL)
        return busy

    def ping(self) -> None:
        """Raises Busy where the database does not answer, or can't be written to. On the way it measures the clock."""
        if self.sqlite:
            with self.read() as session:
                session.scalar(text("SELECT count(*) FROM sqlite_master"))
        else:
            self._ask_postgresql()
        if self._full:
            self._try_for_room()

    def _ask_postgresql(self) -> None:
        began = time.time()
        with answer_timeout.limited(PING_SECONDS), self.read(anyway=True) as session:
            standby, may_write, theirs = session.execute(_HOW_IT_STANDS).one()
        took = time.time() - began
        if took < MEASURES:
            self._ahead = began + took / 2 - theirs.timestamp()
            clocks.note(clocks.DATABASE, self._ahead)
        if standby:
            self.engine.dispose()
            raise refused(READ_ONLY)
        if not may_write:
            raise refused(NOT_ALLOWED)

    def pooler_unannounced(self) -> bool:
        """Whether something on the way to PostgreSQL kept what each line was opened with to itself (`app.db.pooler`).

        Raises:
            Busy: as ``read``.
        """
        if self.sqlite or self._pooled:
            return False
        with self.read() as session:
            return pooler.kept_to_itself(session)

    def by_its_clock(self, clock: Callable[[], datetime]) -> Callable[[], datetime]:
        """A clock that tells the server's time, as ``ping`` last measured it against the machine's: so all replicas
        agree on when a lease ends. SQLite has no clock but the machine's."""
        if self.sqlite:
            return clock

        def corrected() -> datetime:
            return clock() - timedelta(seconds=self._ahead if abs(self._ahead) >= AGREES else 0.0)

        return corrected

    def checkpoint(self) -> None:
        """Carry what SQLite has written ahead over into its file. Whoever's commit made it due would wait for the disk
        in the middle of an ack; here nobody waits, and whoever writes meanwhile goes on. PostgreSQL sees to itself.
        """
        if not self.sqlite:
            return
        try:
            with closing(self.engine.raw_connection()) as line:
                line.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        except (sqlite3.Error, SQLAlchemyError) as error:
            log.warning("what was written ahead waits: %s", type(error).__name__)

    def missing_tables(self) -> list[str]:
        """Those of ours that are not there, by name.

        Raises:
            Busy: the database is away.
        """
        with self.read() as session:
            look = inspect(session.connection())
            there = set(look.get_table_names())  # one question for most; a table may stand in another schema, though
            ours = (*Base.metadata.tables, "alembic_version")
            return sorted(name for name in ours if name not in there and not look.has_table(name))

    def _try_for_room(self) -> None:
        """After the disk was full: write, and take it back. Whoever only asks would never learn that there is room."""
        now = datetime.now(UTC)
        with self.begin() as session:
            row = {"workspace_id": "", "user_id": "", "text": "·" * ROOM, "at": now, "used": True}
            session.execute(insert(Parked).values(**row))
            session.execute(delete(Parked).where(Parked.workspace_id == ""))
        self._full = False

    def close(self) -> None:
        self.engine.dispose()


def _patient_line(_dialect: Any, _record: Any, given: Any, named: Any) -> Any:
    from app.db.postgres_connection import Line  # SQLite is up sooner without PostgreSQL's driver

    return Line.connect(*given, **named)


def _unheard(error: SQLAlchemyError) -> float | None:
    from app.db.postgres_connection import unheard

    return unheard(getattr(error, "orig", None))


def _only_reads(connection: Connection, _cursor: Any, _said: str, _given: Any, context: Any, _many: bool) -> None:
    if connection.get_execution_options().get("reads_only") and (
        context.isinsert or context.isupdate or context.isdelete
    ):
        raise RuntimeError("a reading session would have written")


def _read_only_line(_dialect: Any, _record: Any, given: Any, named: Any) -> Any:
    """A copy in a folder that takes no writes can't have SQLite's files beside it; where a bot runs, they are there."""
    file = Path(given[0])
    closed = not os.access(file.parent, os.W_OK) or not os.access(file, os.W_OK)
    alone = closed and not file.with_name(f"{file.name}-wal").exists()
    address = f"{file.absolute().as_uri()}?mode=ro{'&immutable=1' if alone else ''}"
    line = sqlite3.connect(address, uri=True, **named)
    line.isolation_level = None
    line.execute("PRAGMA query_only=ON")
    return line


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late to queue writers
    _write_ahead(connection)
    for pragma in ("synchronous=NORMAL", "foreign_keys=ON", f"wal_autocheckpoint={WRITTEN_AHEAD}"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: Any) -> None:
    """A new file is changed to WAL once; SQLite does not wait its turn for that, so of several processes that start
    together all but one would be told that it is locked."""
    end = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)
