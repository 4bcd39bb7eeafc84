"""The migrations make the tables that the models name, and can be taken back."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from app.db.models import Base
from app.db.session import Database
from app.schema import Schema, alembic_config, migrate, revisions, schema_of
from tests.databases import DatabaseUrls


def tables(db: Database) -> set[str]:
    there = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
    return {name for name in there if not is_full_text(name)}


def is_full_text(name: str | None) -> bool:
    """SQLite's full-text index stands on a table, and is some itself; PostgreSQL's is an index."""
    return str(name).startswith("library_index") or name == "ix_library_entry_marks"


def test_every_table_comes_goes_and_comes_back(database_urls: DatabaseUrls) -> None:
    db = Database(database_urls(migrated=False))
    assert schema_of(db) is not Schema.CURRENT
    assert migrate(db), "it says that it did something"
    assert tables(db) == set(Base.metadata.tables)
    assert schema_of(db) is Schema.CURRENT
    command.downgrade(alembic_config(db), "base")
    assert tables(db) == set()
    assert schema_of(db) is not Schema.CURRENT
    migrate(db)
    assert tables(db) == set(Base.metadata.tables)
    db.close()


def test_migrating_twice_changes_nothing_and_says_so(db: Database) -> None:
    assert not migrate(db)
    assert schema_of(db) is Schema.CURRENT


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_a_table_is_not_missed_where_it_stands_in_another_schema_on_the_search_path(
    database_urls: DatabaseUrls,
) -> None:
    db = Database(database_urls(migrated=False))
    migrate(db)
    name = db.engine.url.database
    with db.engine.begin() as connection:
        for step in ("CREATE SCHEMA aside", "ALTER TABLE parked SET SCHEMA aside", "DROP TABLE suggestion"):
            connection.execute(text(step))
        connection.execute(text(f"ALTER DATABASE {name} SET search_path = public, aside"))
    db.close()  # a new connection hears of the path
    assert db.missing_tables() == ["suggestion"]
    db.close()


def ours(name: str | None, _kind: str, _parents: object) -> bool:
    return not is_full_text(name)


def test_the_models_say_nothing_that_the_migrations_do_not(db: Database) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "render_as_batch": True, "include_name": ours}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_indexes_and_keys_are_the_models(db: Database) -> None:
    """What a comparison leaves out: the condition of a partial index."""
    inspected = inspect(db.engine)
    for table in Base.metadata.sorted_tables:
        there = {one["name"]: one for one in inspected.get_indexes(table.name)}
        for index in table.indexes:
            found = there[str(index.name)]
            assert found["column_names"] == [column.name for column in index.columns]
            condition = index.dialect_options[db.engine.dialect.name]["where"]
            where = found.get("dialect_options", {}).get(f"{db.engine.dialect.name}_where")
            assert (condition is None) == (where is None)


def test_the_history_has_one_line() -> None:
    db = Database("sqlite://")
    script = ScriptDirectory.from_config(alembic_config(db))
    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1
    db.close()


def test_every_row_knows_its_workspace() -> None:
    for table in Base.metadata.sorted_tables:
        assert table.name in ("workspace", "oauth_state") or "workspace_id" in table.columns


def test_the_files_of_the_migrations_are_named_by_their_revisions(database_urls: DatabaseUrls) -> None:
    """So that a start, which finds nothing to upgrade, need not load Alembic to know it."""
    script = ScriptDirectory.from_config(alembic_config(Database(database_urls())))
    assert revisions() == [one.revision for one in reversed(list(script.walk_revisions()))]
