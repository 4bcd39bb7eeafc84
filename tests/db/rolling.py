"""The rule for migrations that roll out while the release before still runs, as a check over two schemas.

The old code is its tables as they were: a schema that it can still insert into, read and update has not hurt it.
"""

import shutil
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Column, CursorResult, Executable, MetaData, String, Table, insert, inspect, select, types, update
from sqlalchemy.exc import DBAPIError

from app.__main__ import main
from app.db.session import Database
from app.schema import alembic_config

MIGRATIONS = Path(__file__).parents[2] / "migrations"
INDEX = "library_index"
"""SQLite's full text and the tables that it stands in: triggers alone write there."""
OURS = "alembic_version"


def scripts(folder: Path, **upgrades: str) -> Path:
    """A copy of our migrations, with later ones behind them: ``_9001="…"`` is what 9001's upgrade does. A line that
    begins with ``works_with`` belongs to the migration itself."""
    target = folder / "migrations"
    shutil.copytree(MIGRATIONS, target, ignore=shutil.ignore_patterns("__pycache__"))
    before = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    for name, body in upgrades.items():
        number, lines = name.strip("_"), body.strip().splitlines()
        head = [line for line in lines if line.startswith("works_with")]
        steps = [line for line in lines if line not in head] or ["pass"]
        (target / "versions" / f"{number}_later.py").write_text(
            "\n".join(
                [
                    "import sqlalchemy as sa",
                    "from alembic import op",
                    f"revision, down_revision = {number!r}, {before!r}",
                    *head,
                    "def upgrade():",
                    *(f"    {step}" for step in steps),
                ]
            )
        )
        before = number
    return target


def config(db: Database, location: Path = MIGRATIONS) -> Config:
    found = alembic_config(db)
    found.set_main_option("script_location", str(location))
    return found


def revisions(location: Path = MIGRATIONS) -> list[str]:
    """All of them, oldest first."""
    return [one.revision for one in reversed(list(ScriptDirectory(str(location)).walk_revisions()))]


def upgrade(db: Database, to: str, location: Path = MIGRATIONS) -> None:
    command.upgrade(config(db, location), to)


def upgrade_there(url: str, to: str, location: str) -> None:
    """In a process of its own."""
    upgrade(Database(url), to, Path(location))


def migrate_when_told(go: str) -> int:
    """In a process of its own: `threshold migrate`, as soon as there is a file ``go``."""
    print("waiting", flush=True)
    while not Path(go).exists():
        time.sleep(0.001)
    return main(["migrate"])


def tables(db: Database) -> MetaData:
    """The tables as they stand, read back from the database."""
    found = MetaData()
    found.reflect(db.engine, only=lambda name, _: not name.startswith(INDEX))
    found.remove(found.tables[OURS])
    return found


def wrongs(db: Database, before: MetaData, uniques: dict[str, set[str]]) -> list[str]:
    """What an upgrade did to ``before`` that the release before can't live with. Empty, or it must wait a release."""
    after, found = tables(db), list[str]()
    for table in before.sorted_tables:
        now = after.tables.get(table.name)
        if now is None:
            found.append(f"{table.name} is gone: drop or rename a table one release later")
            continue
        for column in table.columns:
            found += _column(table, column, now.columns.get(column.name))
        found += [
            f"{table.name}.{new.name} is new and wants a value that the old code does not give: make it nullable"
            for new in now.columns
            if new.name not in table.columns and not new.nullable and new.server_default is None
        ]
        new = unique(db, table.name) - uniques[table.name]
        found += [f"{table.name} has become unique over {one}: the old code may not keep to that" for one in new]
    return found


def unique(db: Database, table: str) -> set[str]:
    """What is unique in a table, in words."""
    asked = inspect(db.engine)
    keys = [tuple[str | None, ...](key["column_names"]) for key in asked.get_unique_constraints(table)]
    keys += [tuple[str | None, ...](key["column_names"]) for key in asked.get_indexes(table) if key["unique"]]
    return {", ".join(str(name) for name in key) for key in keys}


def _column(table: Table, old: Column[Any], new: Column[Any] | None) -> list[str]:
    name = f"{table.name}.{old.name}"
    if new is None:
        return [f"{name} is gone: drop or rename a column one release later"]
    found = list[str]()
    if old.nullable and not new.nullable:
        found.append(f"{name} may no longer be empty: the old code leaves it so")
    if old.server_default is not None and new.server_default is None and not new.nullable:
        found.append(f"{name} lost its default: the old code relies on it")
    if not _holds(new.type, old.type):
        found.append(f"{name} was {old.type!r} and is {new.type!r}: not everything fits any more")
    return found


def _holds(new: types.TypeEngine[Any], old: types.TypeEngine[Any]) -> bool:
    """Whether everything of the old type fits into the new one."""
    if isinstance(new, String) and isinstance(old, String):
        return new.length is None or (old.length is not None and new.length >= old.length)
    return str(new) == str(old)


def works(db: Database, before: MetaData) -> set[str]:
    """What code that knows these tables can do with them: insert, read, change. Nothing of it stays."""
    done = set[str]()
    with db.engine.connect() as connection, connection.begin() as whole:
        for table in before.sorted_tables:
            changed = {c.name: _value(c, 2) for c in table.columns if not c.primary_key and not c.foreign_keys}
            steps: dict[str, Executable] = {
                "insert into": insert(table).values({c.name: _value(c, 1) for c in table.columns}),
                "read": select(table),
                "change": update(table).values(changed) if changed else select(table),
            }
            for verb, step in steps.items():
                with suppress(DBAPIError), connection.begin_nested():
                    found: CursorResult[Any] = connection.execute(step)
                    assert verb != "read" or set(found.keys()) == set(table.columns.keys())
                    done.add(f"{verb} {table.name}")
        whole.rollback()
    return done


def _value(column: Column[Any], number: int) -> Any:
    """Something of this type. What refers to another row refers to number 1."""
    kind = column.type
    choices: Sequence[tuple[type[types.TypeEngine[Any]], Any]] = (
        (types.Boolean, bool(number % 2)),
        (types.Integer, number),
        (types.DateTime, datetime(2026, 11, number, tzinfo=UTC if getattr(kind, "timezone", False) else None)),
        (types.Date, date(2026, 11, number)),
        (types.JSON, {"n": number}),
        (types.LargeBinary, bytes([number])),
        (types.Numeric, number),
        (types.Float, float(number)),
        (types.String, str(number)),
    )
    return next(value for one, value in choices if isinstance(kind, one))
