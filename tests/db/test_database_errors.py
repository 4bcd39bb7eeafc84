"""A database that answers with trouble: which it is, what a person hears, and how it goes on afterwards."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event, func, make_url, select, text

from app.db.database_errors import DAMAGED, FULL, READ_ONLY
from app.db.models import Inbound, Parked, Workspace
from app.db.session import Database
from app.domain.errors import Busy
from tests.databases import DatabaseUrls

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)

on_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)


def add(db: Database, id: str) -> None:
    with db.begin() as session:
        session.add(Workspace(id=id, created_at=NOW))


def ids(db: Database) -> list[str]:
    with db.read() as session:
        return list(session.scalars(select(Workspace.id).order_by(Workspace.id)))


def park(db: Database, times: int) -> None:
    with db.begin() as session:
        session.add_all(
            Parked(workspace_id="T1", user_id="U1", text="x" * 3000, at=NOW, used=False) for _ in range(times)
        )


def trouble_of(attempt: Callable[[], object]) -> Busy:
    with pytest.raises(Busy) as caught:
        attempt()
    return caught.value


@contextmanager
def no_room(db: Database, pages: int = 0) -> Iterator[None]:
    """A disk without room for more than ``pages`` pages: a limit that every connection is given."""
    with db.read() as session:
        used = session.scalar(text("PRAGMA page_count")) or 0

    def limit(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {used + pages}")

    event.listen(db.engine, "connect", limit)
    db.close()
    yield
    event.remove(db.engine, "connect", limit)
    db.close()


@on_sqlite
def test_a_full_disk_saves_nothing_says_so_and_goes_on_once_there_is_room(database_urls: DatabaseUrls) -> None:
    db = Database(database_urls())
    with no_room(db):
        full = trouble_of(lambda: park(db, 200))
        assert full.why == FULL
        assert "nothing was saved" in full.sentence
        assert "room" in full.sentence
        with db.read() as session:
            assert session.scalar(select(func.count(Parked.id))) == 0
        assert trouble_of(db.ping).why == FULL, "whoever asks whether it is ready hears it"
    db.ping()
    park(db, 200)
    with db.read() as session:
        assert session.scalar(select(func.count(Parked.id))) == 200, "and what was tried for room is gone again"
    db.close()


@on_sqlite
def test_a_file_that_is_damaged_is_said_in_a_sentence(database_urls: DatabaseUrls) -> None:
    url = database_urls()
    db = Database(url)
    add(db, "T1")
    park(db, 50)
    db.close()
    file = Path(str(make_url(url).database))
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xab" * (len(whole) - 4096))
    damaged = trouble_of(lambda: ids(db))
    assert damaged.why == DAMAGED
    assert "tell whoever runs me" in damaged.sentence
    assert trouble_of(lambda: add(db, "T2")).why == DAMAGED
    db.close()


def test_a_file_that_is_no_database_is_damaged_to_everyone(tmp_path: Path) -> None:
    file = tmp_path / "threshold.db"
    file.write_text("Dear diary, " * 500)
    db = Database(f"sqlite:///{file}")
    assert trouble_of(db.ping).why == DAMAGED
    db.close()


@on_sqlite
def test_a_file_that_may_not_be_written_is_read_only(database_urls: DatabaseUrls) -> None:
    url = database_urls()
    db = Database(f"sqlite:///file:{make_url(url).database}?mode=ro&uri=true")
    read_only = trouble_of(lambda: add(db, "T1"))
    assert read_only.why == READ_ONLY
    assert "nothing was saved" in read_only.sentence
    db.close()


@on_postgresql
def test_a_server_that_became_a_standby_is_left_for_the_one_that_takes_writes(database_urls: DatabaseUrls) -> None:
    """As after a failover: the old connections still answer, and refuse every change."""
    url = database_urls()
    db = Database(url)
    add(db, "T1")
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    name = make_url(url).database
    with psycopg.connect(plain, autocommit=True) as admin:
        admin.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on".encode())
        try:
            db.close()  # from here on every new connection reads only
            assert trouble_of(lambda: add(db, "T2")).why == READ_ONLY
            assert trouble_of(db.ping).why == READ_ONLY
            assert ids(db) == ["T1"], "who only reads is served"
        finally:
            admin.execute("SET default_transaction_read_only = off")
            admin.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only".encode())
    assert trouble_of(lambda: add(db, "T2")).why == READ_ONLY, "the connection of before is asked once more"
    add(db, "T2")
    db.ping()
    assert ids(db) == ["T1", "T2"]
    db.close()


@on_postgresql
def test_a_line_that_breaks_at_the_commit_is_not_called_unsaved(database_urls: DatabaseUrls) -> None:
    url = database_urls()
    db, admin = Database(url), Database(url)

    def cut(_connection: object) -> None:
        with admin.begin() as session:
            session.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )

    event.listen(db.engine, "commit", cut)
    unsure = trouble_of(lambda: add(db, "T1"))
    event.remove(db.engine, "commit", cut)
    assert "can't tell whether" in unsure.sentence
    assert ids(db) == []
    db.close()
    admin.close()


def test_a_fault_of_ours_is_not_called_the_databases(db: Database) -> None:
    """The same key twice: nobody is told to try again."""
    with db.begin() as session:
        session.add(Inbound(workspace_id="T1", identity="e", at=NOW))
    with pytest.raises(Exception, match=r"(?i)unique") as caught, db.begin() as session:
        session.add(Inbound(workspace_id="T1", identity="e", at=NOW))
    assert not isinstance(caught.value, Busy)
