"""What every table shares."""

import secrets
from typing import Any

from sqlalchemy import BigInteger, Integer, MetaData, Table
from sqlalchemy.orm import DeclarativeBase, declared_attr

Key = BigInteger().with_variant(Integer, "sqlite")
"""SQLite only counts up a primary key that is declared INTEGER."""


def new_salt() -> str:
    """128 random bits, so that nobody guesses from a digest what was digested."""
    return secrets.token_hex(16)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        """A row is changed and deleted by its id and its workspace: one that moved elsewhere is not found.

        SQLAlchemy's column for versions is the one way to add to the WHERE of what a session flushes.
        """
        column = cls.__dict__.get("workspace_id")
        if column is None or column.column.primary_key:
            return {}
        return {"version_id_col": column, "version_id_generator": False}


def table_of(model: type[Base]) -> Table:
    """The table behind a model, for statements that load no objects."""
    found = model.__table__
    assert isinstance(found, Table)
    return found
