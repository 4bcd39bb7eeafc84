"""Which of our tables PostgreSQL does not let us write to. SQLite knows no users."""

from sqlalchemy import bindparam, text

from app.db.models import Base
from app.db.session import Database

_LACKING = text(
    "SELECT name FROM unnest(CAST(:names AS text[])) AS name WHERE to_regclass(name) IS NOT NULL AND NOT ("
    "has_table_privilege(to_regclass(name), 'SELECT') AND has_table_privilege(to_regclass(name), 'INSERT')"
    " AND has_table_privilege(to_regclass(name), 'UPDATE') AND has_table_privilege(to_regclass(name), 'DELETE'))"
).bindparams(bindparam("names"))


def tables_without_rights(db: Database) -> list[str]:
    """Those that its user may not read, fill, change or empty, by name; a table that is not there is left out.

    Raises:
        Busy: the database is away.
    """
    if db.sqlite:
        return []
    with db.read() as session:
        return sorted(session.scalars(_LACKING, {"names": sorted(Base.metadata.tables)}))
