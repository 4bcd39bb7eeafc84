"""The engine, and the only place that commits."""

import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from select import POLLIN, poll
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, delete, event, insert, inspect, make_url, text
from sqlalchemy.exc import InvalidatePoolError, SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from app.db import ledger, newer
from app.db.models import Base, Parked
from app.db.trouble import DAMAGED, FULL, READ_ONLY, refused, trouble
from app.domain.errors import Busy
from app.telemetry import metrics, traces

log = logging.getLogger(__name__)

COUNTED = {FULL: "full", READ_ONLY: "read_only", DAMAGED: "damaged"}
"""How the metrics name the trouble; any other is "away"."""

WAIT_SECONDS = 2.0
"""How long a locked or absent database is waited for: less than the three seconds in which Slack wants its ack."""


WRITTEN_AHEAD = 10_000
"""Pages (40 MB) after which a commit carries them over itself, where nobody calls ``checkpoint``."""

ROOM = 32_768
"""Characters that must fit again after the disk was full."""

LINE = {"keepalives_idle": 10, "keepalives_interval": 3, "keepalives_count": 3, "tcp_user_timeout": 5000}
"""libpq's: a line whose other end has vanished without a word is noticed in seconds (the last: milliseconds), not in
the quarter of an hour that TCP would take."""


LEVELS = ("AUTOCOMMIT", "REPEATABLE READ")
"""PostgreSQL's, of a look and of a steady one."""


class Transaction(Session):
    """A session that writes: what it changes of the record is sealed when it commits."""


event.listen(Transaction, "before_flush", ledger.note_changes)


@dataclass
class Turn:
    """A thread's, to write to SQLite."""

    has_pen: bool = False


class Database:
    """One database. ``begin()`` is a transaction that commits at its end; ``read()`` never writes.

    On SQLite a writing transaction begins IMMEDIATE, so that two writers queue up instead of failing half way. Those of
    one process hand each other the pen: SQLite itself sleeps between its looks, up to a tenth of a second.
    """

    def __init__(self, url: str, *, wait: float = WAIT_SECONDS) -> None:
        parsed = make_url(url)
        if parsed.drivername in ("postgresql", "postgres"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        self.sqlite = parsed.get_backend_name() == "sqlite"
        options: dict[str, Any] = (
            {"poolclass": QueuePool, "connect_args": {"timeout": wait, "check_same_thread": False}}
            if self.sqlite
            else {
                "connect_args": {"connect_timeout": max(2, round(wait)), "options": "-c lock_timeout=2000", **LINE},
            }
        )
        # What people typed must not stand in a logged error: hide_parameters.
        self._full = False
        """Whether the last word on it was that the disk is full."""
        self.engine: Engine = create_engine(parsed, pool_timeout=wait, pool_size=10, hide_parameters=True, **options)
        self._wait, self._pen, self._here = wait, threading.Lock(), threading.local()
        if self.sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", self._begin_sqlite)
        else:
            event.listen(self.engine, "checkout", self._still_there)
        event.listen(self.engine, "before_cursor_execute", _only_reads)
        # Each statement of PostgreSQL's sees what is committed, with a transaction around them or without. Without, two
        # round trips are spared, and the ROLLBACK after which psycopg lets it forget all that it had prepared.
        alone, together = ({}, {}) if self.sqlite else ({"isolation_level": level} for level in LEVELS)
        self._reading = self.engine.execution_options(reads_only=True, **alone)
        self._reading_steadily = self.engine.execution_options(reads_only=True, **together)

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """A transaction. Commits at the end of the block, rolls back on any error.

        Raises:
            Busy: the database is away or locked; nothing was written.
            NotNow: somebody opened what a newer release wrote; nothing was written.
        """
        committing = False
        try:
            with (
                traces.span("transaction"),
                self._writing(),
                Transaction(self.engine, expire_on_commit=False) as session,
            ):
                yield session
                newer.check_opened(session)
                ledger.seal(session)
                committing = True
                session.commit()
        except SQLAlchemyError as error:
            busy = self._heard(error, committing)
            if busy is None:
                raise
            raise busy from error

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
        if turn is not None and not turn.has_pen:  # a migration has no turn
            began = time.monotonic()
            turn.has_pen = self._pen.acquire(timeout=left)
            if not turn.has_pen:
                metrics.DATABASE_ERRORS.labels("away").inc()
                raise Busy()
            left -= time.monotonic() - began  # what was waited for the pen is not waited for the file
        driver: Any = connection.connection.driver_connection
        driver.execute(f"PRAGMA busy_timeout={max(1, round(left * 1000))}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    @contextmanager
    def read(self, *, steady: bool = False) -> Iterator[Session]:
        """A session to read with. Whatever is changed in it is thrown away; what it would write is refused.

        ``steady``: all that it reads is of one moment, whoever writes meanwhile. SQLite always reads so.
        """
        try:
            with Session(
                self._reading_steadily if steady else self._reading, expire_on_commit=False, autoflush=False
            ) as session:
                yield session
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
        metrics.DATABASE_ERRORS.labels(COUNTED.get(busy.why, "away") if busy else "fault").inc()
        if busy is not None and busy.why == READ_ONLY:
            self.engine.dispose()  # it is a standby now: ask anew who takes writes
        self._full = self._full or (busy is not None and busy.why == FULL)
        return busy

    def ping(self) -> None:
        """Raises Busy where the database does not answer, or can't be written to."""
        ask = "SELECT count(*) FROM sqlite_master" if self.sqlite else "SHOW transaction_read_only"
        with self.read() as session:
            standby = session.scalar(text(ask)) == "on"
        if standby:
            self.engine.dispose()
            raise refused(READ_ONLY)
        if self._full:
            self._try_for_room()

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


def _only_reads(connection: Connection, _cursor: Any, _said: str, _given: Any, context: Any, _many: bool) -> None:
    if connection.get_execution_options().get("reads_only") and (
        context.isinsert or context.isupdate or context.isdelete
    ):
        raise RuntimeError("a reading session would have written")


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
