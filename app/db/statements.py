"""What statements share that are put together once and given their values each time.

SQLAlchemy takes longer to put a statement together than a database to answer it: so what is asked before an ack, or for
every message that goes out, is put together when it is first needed.
"""

from typing import TYPE_CHECKING

from sqlalchemy import String, bindparam

from app.db.models import Base, table_of

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

HERE = bindparam("here", type_=String())
"""The workspace."""


def insert_into(dialect: str, model: type[Base]) -> "postgresql.Insert | sqlite.Insert":
    """Both databases know ON CONFLICT; SQLAlchemy spells it by the database, and loads each for a while."""
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table_of(model))
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table_of(model))
