"""A new version's schema works with the old version's code for one release. The rule stands in docs/operations.md."""

import sqlite3
import threading
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import event, text

from app.db.session import Database
from app.schema import Schema, migrate, schema_of
from tests.databases import DatabaseUrls
from tests.db import rolling
from tests.nursery import Nursery

EXPANDING = """
works_with = "0001"
op.create_table("novelty", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("words", sa.Text()))
op.add_column("person", sa.Column("nickname", sa.String(32)))
op.add_column("decision", sa.Column("weight", sa.Integer(), nullable=False, server_default="0"))
op.create_index("ix_person_nickname", "person", ["nickname"])
"""

HURTING = {
    "person.name is gone": 'op.drop_column("person", "name")',
    "person.tz is gone": 'op.alter_column("person", "tz", new_column_name="zone")',
    "person.nickname is new and wants a value": """
with op.batch_alter_table("person") as table: table.add_column(sa.Column("nickname", sa.Text(), nullable=False))""",
    "person.country may no longer be empty": """
with op.batch_alter_table("person") as table: table.alter_column("country", nullable=False)""",
    "follow_up.kind was VARCHAR(length=24) and is VARCHAR(length=8)": """
with op.batch_alter_table("follow_up") as table: table.alter_column("kind", type_=sa.String(8))""",
    "parked has become unique over user_id": """
op.create_index("uq_parked_user", "parked", ["user_id"], unique=True)""",
    "parked is gone": 'op.rename_table("parked", "set_aside")',
}


pytestmark = pytest.mark.by_hand


@pytest.fixture
def empty(database_urls: DatabaseUrls) -> Database:
    return Database(database_urls(migrated=False))


def test_every_migration_leaves_the_release_before_able_to_work(empty: Database) -> None:
    """Expand first, contract a release later. A migration that contracts says so by the ``works_with`` it names."""
    every = rolling.revisions()
    rolling.upgrade(empty, every[0])
    for before, revision in pairwise(every):
        old = rolling.tables(empty)
        uniques = {name: rolling.unique(empty, name) for name in old.tables}
        could = rolling.works(empty, old)
        assert len(could) > 2 * len(old.tables)
        rolling.upgrade(empty, revision)
        if _works_with(revision) != revision:
            assert rolling.wrongs(empty, old, uniques) == [], f"{before} → {revision}"
            assert rolling.works(empty, old) >= could, f"{before} → {revision}"
    empty.close()


def test_every_migration_says_whose_code_works_with_what_it_leaves() -> None:
    every = rolling.revisions()
    for number, revision in enumerate(every[1:], 1):
        assert _works_with(revision) in every[: number + 1], f"{revision} names no works_with of its own line"


def _works_with(revision: str) -> str:
    found = ScriptDirectory(str(rolling.MIGRATIONS)).get_revision(revision)
    return str(getattr(found.module, "works_with", ""))


def test_the_check_lets_pass_what_only_adds(empty: Database, tmp_path: Path) -> None:
    later = rolling.scripts(tmp_path, _9001=EXPANDING)
    rolling.upgrade(empty, rolling.revisions()[-1])
    old = rolling.tables(empty)
    uniques = {name: rolling.unique(empty, name) for name in old.tables}
    could = rolling.works(empty, old)
    rolling.upgrade(empty, "9001", later)
    assert rolling.wrongs(empty, old, uniques) == []
    assert rolling.works(empty, old) >= could
    assert schema_of(empty) is Schema.AHEAD
    empty.close()


def test_the_check_names_what_the_release_before_could_not_live_with(empty: Database, tmp_path: Path) -> None:
    later = rolling.scripts(tmp_path, **{f"_{9001 + n}": step for n, step in enumerate(HURTING.values())})
    rolling.upgrade(empty, rolling.revisions()[-1])
    for number, said in enumerate(HURTING):
        old = rolling.tables(empty)
        uniques = {name: rolling.unique(empty, name) for name in old.tables}
        refused = "gone" in said or "wants a value" in said
        could = rolling.works(empty, old) if refused else set()
        rolling.upgrade(empty, str(9001 + number), later)
        assert [one for one in rolling.wrongs(empty, old, uniques) if one.startswith(said)], said
        if refused:
            assert not rolling.works(empty, old) >= could, said
    assert schema_of(empty) is Schema.NEWER, "a migration that names nobody works with its own code alone"
    empty.close()


def test_of_several_that_migrate_at_once_one_does_it_and_says_so(
    database_urls: DatabaseUrls, nursery: Nursery, tmp_path: Path
) -> None:
    url, go = database_urls(migrated=False), tmp_path / "go"
    log, env = [tmp_path / f"{n}.log" for n in range(4)], {"DATABASE_URL": url}
    workers = [nursery.start("tests.db.rolling:migrate_when_told", str(go), log=one, env=env) for one in log]
    for one in workers:
        one.wait_for("waiting")
    go.touch()
    assert [one.wait(60) for one in workers] == [0, 0, 0, 0], [one.said for one in workers]
    said = sorted(one.said.splitlines()[-1] for one in workers)
    assert said == ["The schema is up to date."] * 3 + ["The schema was brought up to date."]
    with closing(Database(url)) as db:
        assert schema_of(db) is Schema.CURRENT


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_whoever_migrates_waits_for_another_longer_than_a_click_waits(database_urls: DatabaseUrls) -> None:
    url = database_urls(migrated=False)
    first = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
    first.execute("PRAGMA journal_mode=WAL")
    first.execute("BEGIN IMMEDIATE")
    with closing(first), closing(Database(url, wait=0.01)) as db:

        def ends(_c: object, _cursor: object, statement: str, *_: object) -> None:
            if statement == "BEGIN IMMEDIATE":
                threading.Timer(0.3, first.rollback).start()

        event.listen(db.engine, "before_cursor_execute", ends)
        assert migrate(db)
        event.remove(db.engine, "before_cursor_execute", ends)
        assert schema_of(db) is Schema.CURRENT


def test_killed_in_the_middle_of_a_migration_nothing_was_changed(
    empty: Database, nursery: Nursery, tmp_path: Path
) -> None:
    """SIGKILL between two steps; the next one to come does all of it."""
    steps = EXPANDING.strip().splitlines()
    halt = 'print("half way", flush=True); __import__("time").sleep(600)'
    rolling.upgrade(empty, rolling.revisions()[-1])
    later = rolling.scripts(tmp_path, _9001="\n".join([*steps[:3], halt, *steps[3:]]))
    url = empty.engine.url.render_as_string(hide_password=False)
    worker = nursery.start("tests.db.rolling:upgrade_there", url, "9001", str(later), log=tmp_path / "log")
    worker.wait_for("half way")
    worker.kill()
    again = rolling.scripts(tmp_path / "again", _9001=EXPANDING)
    assert schema_of(empty) is Schema.CURRENT
    assert "novelty" not in rolling.tables(empty).tables
    rolling.upgrade(empty, "9001", again)
    assert "novelty" in rolling.tables(empty).tables
    with empty.read() as session:
        assert session.scalar(text("SELECT works_with FROM alembic_version")) == "0001"
    empty.close()
