"""Runs the migrations on the engine that the app hands in."""

from collections.abc import Collection, Mapping
from typing import Any, Literal

from alembic import context
from alembic.runtime.migration import MigrationContext, MigrationInfo
from sqlalchemy import Engine, func, inspect, select, text

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


LOCK = 7_468_237
"""An arbitrary number, the same for everybody who migrates one database."""

WAITS = 60
"""Seconds that whoever comes second waits for the first, which migrates."""


def run() -> None:
    """One transaction for all of it, on SQLite too: killed half way, nothing was changed."""
    engine: Engine = context.config.attributes["engine"]
    with engine.execution_options(waits=WAITS).begin() as connection:
        if connection.dialect.name == "postgresql":  # two at once: the second waits, and finds it done
            connection.execute(text(f"SET LOCAL lock_timeout = '{WAITS}s'"))
            connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
            connection.execute(text("SET LOCAL lock_timeout = '2s'"))  # who waits for a table keeps all others waiting
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,  # SQLite can't alter most things in place
            compare_type=False,
            render_item=_plainly,
            on_version_apply=_note_who_works_with_it,
        )
        before = context.get_context().get_current_revision()  # asked behind the lock: the first of several changes it
        context.run_migrations()
        changed = context.get_context().get_current_revision() != before
    context.config.attributes["changed"] = changed


def _note_who_works_with_it(
    ctx: MigrationContext, step: MigrationInfo, heads: Collection[Any], run_args: Mapping[str, Any]
) -> None:
    """Beside the revision stands the oldest one whose code works on this schema: code that does not know the revision
    reads there whether it may go on. See "Upgrading without a pause" in docs/operations.md."""
    connection = ctx.connection
    assert connection is not None
    revision = ctx.get_current_revision()
    if revision is None:
        return
    if "works_with" not in {column["name"] for column in inspect(connection).get_columns("alembic_version")}:
        connection.execute(text("ALTER TABLE alembic_version ADD COLUMN works_with VARCHAR(32)"))
    oldest = getattr(context.script.get_revision(revision).module, "works_with", revision)
    connection.execute(text("UPDATE alembic_version SET works_with = :oldest"), {"oldest": oldest})


run()
