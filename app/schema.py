"""The schema of a database: the revision it stands at, and the migrations that bring it up to date."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from app.db.session import Database

if TYPE_CHECKING:
    from alembic.config import Config

_HERE = Path(__file__).resolve().parent


MIGRATIONS = next((one for one in (_HERE / "migrations", _HERE.parent / "migrations") if one.is_dir()), _HERE)
"""In the package where it was installed as one, beside it in a checkout and in the image."""


def alembic_config(db: Database) -> "Config":
    """Alembic is loaded for an upgrade alone: it would be a tenth of a start, and of the memory."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = db.engine
    return config


def migrate(db: Database) -> bool:
    """Bring the schema up to date. False: there was nothing to do, or whoever came first has done it meanwhile."""
    from alembic import command

    config = alembic_config(db)
    command.upgrade(config, "head")
    return bool(config.attributes["changed"])


def revisions() -> list[str]:
    """Every revision of the schema, in order, as the files of the migrations are named."""
    return sorted(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def schema_revision() -> str:
    """The revision of the tables that this code was written for."""
    return revisions()[-1]


class Schema(StrEnum):
    """How a database's schema stands to this code."""

    CURRENT = "current"
    OLDER = "older"  # or not there yet
    AHEAD = "ahead"  # a newer version upgraded it, and left it so that this one still works
    NEWER = "newer"  # a newer version upgraded it, and this one does not know its way about any more


def schema_of(db: Database) -> Schema:
    """What `migrations/env.py` wrote down: the revision, and beside it the oldest one whose code works with it."""
    known = revisions()
    with db.engine.execution_options(reads_only=True).connect() as connection:
        tables = inspect(connection)
        if not tables.has_table("alembic_version"):
            return Schema.OLDER
        current = connection.scalar(text("SELECT version_num FROM alembic_version"))
        if current == known[-1]:
            return Schema.CURRENT
        if current is None or current in known:
            return Schema.OLDER
        if "works_with" not in {column["name"] for column in tables.get_columns("alembic_version")}:
            return Schema.NEWER
        oldest = connection.scalar(text("SELECT works_with FROM alembic_version"))
        return Schema.AHEAD if oldest in known else Schema.NEWER
