"""All rows of a database: taken away, put back, read out. What was set up once is the beginning of every try."""

from typing import Any

from sqlalchemy import insert, select, text

from app.db.models import Base
from app.db.session import Database

Rows = dict[str, list[dict[str, Any]]]
"""Table → rows."""

TABLES = Base.metadata.sorted_tables
BEYOND = 1_000_000
"""PostgreSQL counts on from here, above every id that is put back."""


def dump(db: Database) -> Rows:
    with db.engine.connect() as connection:
        return {one.name: [dict(row) for row in connection.execute(select(one)).mappings()] for one in TABLES}


def put(db: Database, rows: Rows) -> None:
    """Let these be all rows there are."""
    with db.engine.begin() as connection:
        for statement in EMPTY:
            connection.execute(statement)
        for table in TABLES:
            if rows.get(table.name):
                connection.execute(insert(table), rows[table.name])


def count_beyond(db: Database) -> None:
    """Once, before the first ``put``."""
    if db.sqlite:
        return
    with db.engine.begin() as connection:
        for table in TABLES:
            if "id" in table.c and table.name != "workspace":
                name = {"name": table.name, "beyond": BEYOND}
                connection.execute(text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :beyond)"), name)


EMPTY = [
    text("INSERT INTO audit_unlock SELECT DISTINCT workspace_id FROM audit_event"),
    *(one.delete() for one in reversed(TABLES) if one.name != "audit_unlock"),
    text("DELETE FROM audit_unlock"),
]
"""The record lets go of nothing that was not unlocked."""
