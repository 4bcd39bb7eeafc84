"""The engine, and the only place that commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, TimeoutError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from app.domain.errors import Busy

AWAY = (OperationalError, InterfaceError, TimeoutError)
"""The database does not answer, holds the row for somebody else, or has no connection left for us."""

WAIT_SECONDS = 2.0
"""How long a locked or absent database is waited for: less than the three seconds in which Slack wants its ack."""


class Database:
    """One database. ``begin()`` is a transaction that commits at its end; ``read()`` never writes.

    On SQLite a writing transaction begins IMMEDIATE, so that two writers queue up instead of failing half way.
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
                "pool_pre_ping": True,
                "connect_args": {"connect_timeout": max(2, round(wait)), "options": "-c lock_timeout=2000"},
            }
        )
        # What people typed must not stand in a logged error: hide_parameters.
        self.engine: Engine = create_engine(parsed, pool_timeout=wait, pool_size=10, hide_parameters=True, **options)
        if self.sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """A transaction. Commits at the end of the block, rolls back on any error.

        Raises:
            Busy: the database is away or locked; nothing was written.
        """
        try:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                yield session
        except AWAY as error:
            raise Busy() from error
        except DBAPIError as error:
            if error.connection_invalidated:
                raise Busy() from error
            raise

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session to read with; whatever is changed in it is thrown away."""
        try:
            engine = self.engine.execution_options(reads_only=True)
            with Session(engine, expire_on_commit=False) as session:
                yield session
        except AWAY as error:
            raise Busy() from error

    def ping(self) -> None:
        """Raises Busy where the database does not answer."""
        with self.read() as session:
            session.execute(text("SELECT 1"))

    def close(self) -> None:
        self.engine.dispose()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late to queue writers
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reads = connection.get_execution_options().get("reads_only")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
