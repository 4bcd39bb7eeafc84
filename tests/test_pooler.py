"""Behind a real PgBouncer in transaction mode, where the next statement may be another connection's."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import psycopg
import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from app import starting
from app.configured import CannotStart
from app.db import archive, verifying
from app.db.models import Decision, Workspace
from app.db.session import Database
from app.domain.errors import Busy, Collided
from app.schema import Schema, migrate, schema_of, schema_revision
from app.workflows.admission import Actor
from app.workflows.triage import intake
from tests.databases import DatabaseUrls, thrown_away
from tests.pgbouncer import BINARY, WHY_SKIPPED, PgBouncer

if not BINARY:
    pytest.skip(WHY_SKIPPED, allow_module_level=True)

pytestmark = pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
NOW = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)
ANA = Actor("T1", "U1")


@pytest.fixture
def direct(database_urls: DatabaseUrls) -> str:
    return database_urls()


@pytest.fixture
def pooler(direct: str) -> Iterator[PgBouncer]:
    found = PgBouncer(direct, size=2)
    yield found
    found.close()


def test_a_transaction_has_its_patience_for_locks_and_leaves_none_behind(pooler: PgBouncer, direct: str) -> None:
    """What is left on a connection would be everybody's, also of other programs behind the same pooler."""
    with closing(Database(pooler.url(direct))) as db, closing(Database(pooler.url(direct))) as other:
        patience = text("SELECT current_setting('lock_timeout')")
        with db.begin() as session, other.begin() as beside:
            assert session.scalar(patience) == beside.scalar(patience) == "2s"
            assert session.connection().connection.driver_connection.autocommit, "or psycopg sends a BEGIN of its own"  # type: ignore[union-attr]
        for steady in (False, True):
            with db.read(steady=steady) as session:
                assert session.scalar(patience) == "0"
        for _ in range(12):  # psycopg would prepare what it was asked five times
            with db.begin() as session:
                session.scalar(select(func.count(Decision.id)))
        with db.read() as session:
            assert session.scalar(text("SELECT count(*) FROM pg_prepared_statements")) == 0


def test_a_transaction_is_whole_and_a_held_row_is_busy(pooler: PgBouncer, direct: str) -> None:
    with closing(Database(pooler.url(direct))) as db, closing(Database(pooler.url(direct))) as other:
        db.run(lambda session: intake.start(session, "Move the warehouse", ANA, NOW))
        with thrown_away(db) as session:
            intake.start(session, "Never", ANA, NOW)
        with db.begin() as session:
            session.execute(update(Workspace).values(next_number=7))
            began = time.monotonic()
            with pytest.raises(Collided), other.begin() as beside:
                beside.execute(update(Workspace).values(next_number=9))
            assert 1.5 < time.monotonic() - began < 6
            session.rollback()
        with other.read() as session:
            assert list(session.scalars(select(Decision.title))) == ["Move the warehouse"]
            assert session.scalar(select(Workspace.next_number)) == 2


def test_a_steady_look_sees_one_moment(pooler: PgBouncer, direct: str) -> None:
    with closing(Database(pooler.url(direct))) as db:
        db.run(lambda session: intake.start(session, "First", ANA, NOW))
        with db.read(steady=True) as session:
            before = session.scalar(select(func.count(Decision.id)))
            db.run(lambda writing: intake.start(writing, "Second", ANA, NOW))
            assert session.scalar(select(func.count(Decision.id))) == before == 1


def test_many_numbers_handed_out_at_once_are_all_different(pooler: PgBouncer, direct: str) -> None:
    """More threads than the pooler has connections: they wait for it, and for each other."""
    with closing(Database(pooler.url(direct))) as db:
        wrong: list[BaseException] = []

        def start(who: int) -> None:
            try:
                for _ in range(5):
                    db.run(lambda session: intake.start(session, "Move it", Actor("T1", f"U{who}"), NOW), seconds=20)
            except BaseException as error:  # noqa: BLE001 — shown below
                wrong.append(error)

        threads = [threading.Thread(target=start, args=(who,)) for who in range(8)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert wrong == []
        with db.read() as session:
            assert sorted(session.scalars(select(Decision.number))) == list(range(1, 41))
        assert pooler.lent(direct) <= 2


def test_the_schema_is_upgraded_and_the_record_verified_and_taken_out_through_it(
    pooler: PgBouncer, direct: str, database_urls: DatabaseUrls
) -> None:
    empty = database_urls(migrated=False)
    with closing(Database(pooler.url(empty))) as db:
        assert migrate(db)
        assert not migrate(db)
        assert schema_of(db) is Schema.CURRENT
        for _ in range(3):
            db.run(lambda session: intake.start(session, "Move the warehouse", ANA, NOW))
        with db.read(steady=True) as session:
            assert list(verifying.verify(session, "T1", verifying.Record())) == []
            lines = list(archive.write(session, "T1", schema_revision()))
        starting.check_tables(db)
        starting.check_rights(db, empty)
    with closing(Database(empty)) as straight, straight.read(steady=True) as session:
        assert lines == list(archive.write(session, "T1", schema_revision()))
        assert len(lines) > 10


def test_a_pooler_that_was_not_announced_is_named_with_what_to_write(pooler: PgBouncer, direct: str) -> None:
    with pytest.raises(CannotStart) as said:
        starting.open_database(pooler.url(direct, announced=False))
    assert "A pooler such as PgBouncer stands before the database" in str(said.value)
    assert "?pooler=transaction" in str(said.value)
    starting.open_database(pooler.url(direct)).close()


def test_one_that_keeps_what_it_does_not_know_to_itself_is_named_too(direct: str) -> None:
    lenient = PgBouncer(direct, ignore_startup_parameters="options")
    try:
        with pytest.raises(CannotStart) as said:
            starting.open_database(lenient.url(direct, announced=False))
        assert "A pooler such as PgBouncer stands before the database" in str(said.value)
        starting.open_database(lenient.url(direct)).close()
        starting.open_database(direct).close()
    finally:
        lenient.close()


def test_a_pooler_that_takes_no_more_clients_and_a_database_it_does_not_know_are_said(direct: str) -> None:
    full = PgBouncer(direct, max_client_conn="1")
    plain = full.url(direct, announced=False)
    try:
        with psycopg.connect(plain.replace("+psycopg", "")), pytest.raises(CannotStart) as said:
            starting.open_database(full.url(direct))
        assert "has no connection left for us" in str(said.value)
    finally:
        full.close()


def test_a_pooler_that_is_stopped_is_busy_and_found_again_by_itself(pooler: PgBouncer, direct: str) -> None:
    with closing(Database(pooler.url(direct))) as db:
        db.ping()
        with pytest.raises(Busy):
            db.run(lambda session: _cut(session, pooler))
        with pytest.raises(Busy):
            db.ping()
        pooler.start()
        db.ping()
        db.run(lambda session: intake.start(session, "Move the warehouse", ANA, NOW))


def _cut(session: Session, pooler: PgBouncer) -> None:
    intake.start(session, "Never", ANA, NOW)
    pooler.stop()
    session.scalar(select(func.count(Decision.id)))


@pytest.mark.parametrize("wrong", ["sqlite:///t.db?pooler=transaction", "postgresql://x@y/z?pooler=session"])
def test_a_pooler_of_another_kind_is_refused_in_a_sentence(wrong: str, database_kind: str) -> None:
    with pytest.raises(CannotStart) as said:
        starting.open_database(wrong)
    assert "its pooler is “transaction”" in str(said.value)
