"""Transactions, what happens where the database is away, and what the columns keep."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import insert, make_url, select, text
from sqlalchemy.exc import StatementError

from app.db.models import Parked, Person, Workspace
from app.db.session import Database
from app.domain.errors import Busy, NotNow
from tests.databases import DatabaseUrls

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
on_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)


def add(db: Database, id: str, at: datetime = NOW) -> None:
    with db.begin() as session:
        session.add(Workspace(id=id, created_at=at))


def ids(db: Database) -> list[str]:
    with db.read() as session:
        return list(session.scalars(select(Workspace.id).order_by(Workspace.id)))


def test_a_transaction_commits_at_its_end(db: Database) -> None:
    add(db, "T1")
    assert ids(db) == ["T1"]


@pytest.mark.parametrize("error", [NotNow("no"), ValueError("no"), KeyboardInterrupt()])
def test_a_transaction_leaves_nothing_behind_an_error(db: Database, error: BaseException) -> None:
    def fail() -> None:
        with db.begin() as session:
            session.add(Workspace(id="T1", created_at=NOW))
            session.flush()
            raise error

    with pytest.raises(type(error)):
        fail()
    assert ids(db) == []


def test_nothing_is_seen_before_the_commit(db: Database) -> None:
    with db.begin() as session:
        session.add(Workspace(id="T1", created_at=NOW))
        session.flush()
        assert ids(db) == []
    assert ids(db) == ["T1"]


def test_a_reading_session_throws_its_changes_away_and_writes_nothing(db: Database) -> None:
    with db.read() as session:
        session.add(Workspace(id="T1", created_at=NOW))
        session.scalars(select(Workspace.id)).all()
    assert ids(db) == []
    with db.read() as session:
        session.add(Workspace(id="T1", created_at=NOW))
        with pytest.raises(RuntimeError, match="would have written"):
            session.flush()
    with db.read() as session, pytest.raises(RuntimeError, match="would have written"):
        session.execute(insert(Workspace).values(id="T1", created_at=NOW))
    assert ids(db) == []


@on_postgresql
def test_what_is_read_leaves_what_postgresql_prepared_standing(db: Database) -> None:
    """A ROLLBACK at the end of each look had every statement planned anew."""
    for _ in range(20):
        with db.read() as session:
            session.scalars(select(Workspace.id)).all()
            prepared = session.scalar(text("SELECT count(*) FROM pg_prepared_statements"))
    assert prepared


def test_what_was_read_stays_readable_after_the_transaction(db: Database) -> None:
    with db.begin() as session:
        workspace = Workspace(id="T1", created_at=NOW)
        session.add(workspace)
    assert (workspace.id, workspace.next_number) == ("T1", 1)


def test_a_ping_answers_where_the_database_does(db: Database) -> None:
    db.ping()


def test_two_writers_queue_up_and_lose_no_count(db: Database) -> None:
    add(db, "T1")

    def count_up(_: int) -> None:
        with db.begin() as session:
            workspace = session.get(Workspace, "T1", with_for_update=True)
            assert workspace
            workspace.next_number += 1

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count_up, range(12)))
    with db.read() as session:
        found = session.get(Workspace, "T1")
    assert found
    assert found.next_number == 13


@on_sqlite
def test_writers_of_one_process_take_turns_and_whoever_gets_none_is_told_so(database_urls: DatabaseUrls) -> None:
    db = Database(database_urls(), wait=0.3)
    began, go = Event(), Event()

    def hold() -> None:
        with db.begin() as session:
            session.add(Workspace(id="T1", created_at=NOW))
            session.flush()
            began.set()
            go.wait(10)

    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(hold)
        assert began.wait(10)
        with pytest.raises(Busy):
            add(db, "T2")
        assert ids(db) == [], "who only reads takes no turn"
        go.set()
        held.result()
    add(db, "T2")
    assert ids(db) == ["T1", "T2"]
    with db.begin() as outer:
        outer.add(Workspace(id="T3", created_at=NOW))
        outer.flush()
        with pytest.raises(Busy):
            add(db, "T4")
    add(db, "T5")
    assert ids(db) == ["T1", "T2", "T3", "T5"], "a turn inside a turn is refused, and the outer one goes on"
    with db.begin() as twice:
        twice.add(Workspace(id="T6", created_at=NOW))
        twice.flush()
        twice.rollback()
        twice.add(Workspace(id="T7", created_at=NOW))
    add(db, "T8")
    assert ids(db)[-2:] == ["T7", "T8"], "whoever begins once more has the pen still, and gives it back"
    db.close()


@on_sqlite
def test_what_sqlite_wrote_ahead_is_carried_over_beside_the_work_and_not_by_a_commit(
    database_urls: DatabaseUrls,
) -> None:
    db = Database(database_urls())
    file = Path(str(db.engine.url.database))
    before = file.stat().st_size
    for _ in range(300):  # a few thousand pages: SQLite itself would have carried them over
        with db.begin() as session:
            session.add(Parked(workspace_id="T1", user_id="U1", text="·" * 40_000, at=NOW, used=False))
    assert file.stat().st_size == before
    db.checkpoint()
    assert file.stat().st_size > before + 300 * 40_000
    db.close()


def test_a_checkpoint_of_a_database_that_is_away_is_no_trouble(tmp_path: Path) -> None:
    Database(f"sqlite:///{tmp_path}/nowhere/t.db").checkpoint()
    Database("postgresql://nobody@127.0.0.1:1/none").checkpoint()


# ── away ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_locked_sqlite_file_is_busy_and_nothing_was_written(database_urls: DatabaseUrls) -> None:
    url = database_urls()
    db = Database(url, wait=0.05)
    other = sqlite3.connect(str(make_url(url).database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy) as refused:
        add(db, "T1")
    assert "nothing was saved" in refused.value.sentence
    assert ids(db) == [], "who only reads need not wait"
    other.execute("ROLLBACK")
    other.close()
    add(db, "T1")
    assert ids(db) == ["T1"]
    db.close()


def test_a_database_that_is_away_is_busy() -> None:
    db = Database("postgresql://nobody@127.0.0.1:1/nowhere", wait=0.1)
    for attempt in (db.ping, lambda: add(db, "T1"), lambda: ids(db)):
        with pytest.raises(Busy):
            attempt()
    db.close()


def test_a_folder_that_is_not_there_is_busy(tmp_path: object) -> None:
    db = Database(f"sqlite:///{tmp_path}/gone/threshold.db", wait=0.1)
    with pytest.raises(Busy):
        db.ping()
    db.close()


def hang_up_on_others(admin: Database) -> None:
    """What a restart of PostgreSQL does to the connections that are open."""
    with admin.begin() as session:
        session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_a_connection_that_breaks_half_way_is_busy_and_nothing_was_written(database_urls: DatabaseUrls) -> None:
    url = database_urls()
    db, admin = Database(url), Database(url)

    def break_half_way() -> None:
        with db.begin() as session:
            session.add(Workspace(id="T1", created_at=NOW))
            session.flush()
            hang_up_on_others(admin)
            session.add(Workspace(id="T2", created_at=NOW))

    with pytest.raises(Busy):
        break_half_way()
    assert ids(db) == []
    db.close()
    admin.close()


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_a_connection_that_broke_between_two_transactions_is_not_noticed(database_urls: DatabaseUrls) -> None:
    url = database_urls()
    db, admin = Database(url), Database(url)
    db.ping()
    hang_up_on_others(admin)
    add(db, "T1")
    assert ids(db) == ["T1"]
    db.close()
    admin.close()


def test_more_readers_than_connections_are_busy_and_do_not_wait_for_long(database_urls: DatabaseUrls) -> None:
    db = Database(database_urls(), wait=0.05)
    with ExitStack() as open_ones:
        for _ in range(20):
            open_ones.enter_context(db.read()).execute(text("SELECT 1"))
        with pytest.raises(Busy):
            db.ping()
    db.ping()
    db.close()


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_a_row_that_somebody_holds_is_busy(database_urls: DatabaseUrls) -> None:
    db = Database(database_urls())
    add(db, "T1")
    held, done = Event(), Event()

    def hold() -> None:
        with db.begin() as session:
            session.get(Workspace, "T1", with_for_update=True)
            held.set()
            done.wait(20)

    def ask_for(id: str) -> None:
        with db.begin() as session:
            session.execute(text("SET LOCAL lock_timeout = '20ms'"))
            session.get(Workspace, id, with_for_update=True)

    with ThreadPoolExecutor(1) as pool:
        holding = pool.submit(hold)
        held.wait(20)
        try:
            with pytest.raises(Busy):
                ask_for("T1")
        finally:
            done.set()
        holding.result()
    db.close()


# ── moments ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_moment_without_a_zone_is_refused(db: Database) -> None:
    with pytest.raises(StatementError, match="naive datetime"):
        add(db, "T1", datetime(2026, 11, 23, 9))  # noqa: DTZ001 — refusing it is the point
    assert ids(db) == []


@pytest.mark.parametrize("hours", [-11, -8, 0, 5.75, 14])
def test_a_moment_comes_back_as_the_same_moment_in_utc(db: Database, hours: float) -> None:
    there = NOW.astimezone(timezone(timedelta(hours=hours))).replace(microsecond=123456)
    add(db, "T1", there)
    with db.read() as session:
        back = session.scalars(select(Workspace.created_at)).one()
    assert back == there
    assert back.utcoffset() == timedelta(0)


def test_moments_compare_across_zones(db: Database) -> None:
    tokyo = timezone(timedelta(hours=9))
    add(db, "early", datetime(2026, 11, 23, 17, 59, tzinfo=tokyo))
    add(db, "late", datetime(2026, 11, 23, 18, 1, tzinfo=tokyo))
    with db.read() as session:
        found = session.scalars(select(Workspace.id).where(Workspace.created_at <= NOW)).all()
    assert found == ["early"]


def test_the_same_user_may_be_in_two_workspaces(db: Database) -> None:
    add(db, "T1")
    add(db, "T2")
    with db.begin() as session:
        session.add_all(Person(workspace_id=id, user_id="U1", name=id, tz="UTC") for id in ("T1", "T2"))
    with db.read() as session:
        assert [one.name for one in session.scalars(select(Person).order_by(Person.workspace_id))] == ["T1", "T2"]
