"""What the library's entries mean: a vector each, emptied when the words become others

Revision: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
works_with = "0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

STALE = {
    True: (
        """CREATE TRIGGER library_vector_stale AFTER UPDATE OF title, body ON library_entry
        WHEN old.title <> new.title OR old.body <> new.body BEGIN
            UPDATE library_vector SET vector = NULL WHERE entry_id = new.id;
        END""",
    ),
    False: (
        """CREATE FUNCTION empty_vector() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE library_vector SET vector = NULL WHERE entry_id = new.id;
            RETURN NULL;
        END $$""",
        """CREATE TRIGGER library_vector_stale AFTER UPDATE ON library_entry FOR EACH ROW
        WHEN (old.title <> new.title OR old.body <> new.body) EXECUTE FUNCTION empty_vector()""",
    ),
}
"""In the statement that changes the words, also where the release before writes it: it knows no vectors."""


def upgrade() -> None:
    op.create_table(
        "library_vector",
        sa.Column("entry_id", KEY, autoincrement=False, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=1), nullable=False),
        sa.Column("model", sa.String(length=200), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["library_entry.id"],
            name=op.f("fk_library_vector_entry_id_library_entry"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_library_vector_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_library_vector")),
    )
    op.create_index("ix_library_vector_kind", "library_vector", ["workspace_id", "kind"])
    op.create_index(
        "ix_library_vector_empty",
        "library_vector",
        ["entry_id"],
        sqlite_where=sa.text("vector IS NULL"),
        postgresql_where=sa.text("vector IS NULL"),
    )
    for statement in STALE[op.get_bind().dialect.name == "sqlite"]:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER library_vector_stale")
    else:
        op.execute("DROP TRIGGER library_vector_stale ON library_entry")
        op.execute("DROP FUNCTION empty_vector()")
    op.drop_table("library_vector")
