"""Runs the migrations on the engine that the app hands in."""

from typing import Literal

from alembic import context
from sqlalchemy import Engine

from app.db.models import Base
from app.db.types import EnumOf, JsonOf, UtcDateTime


def _plainly(kind: str, item: object, _context: object) -> str | Literal[False]:
    """A migration outlives the code: it names the database's own types, never ours."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, EnumOf):
        return "sa.String(16)"
    if kind == "type" and isinstance(item, JsonOf):
        return "sa.JSON()"
    return False


def run() -> None:
    engine: Engine = context.config.attributes["engine"]
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,  # SQLite can't alter most things in place
            compare_type=False,
            render_item=_plainly,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
