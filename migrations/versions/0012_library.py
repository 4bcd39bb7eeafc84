"""The library: decisions of the past, what replaces what, and the words by which all of it is found

Revision: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
works_with = "0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

FTS5 = (
    """CREATE VIRTUAL TABLE library_index USING fts5(
        marks, content='library_entry', content_rowid='id', detail=none, tokenize="ascii tokenchars ':'"
    )""",
    """CREATE TRIGGER library_entry_new AFTER INSERT ON library_entry BEGIN
        INSERT INTO library_index(rowid, marks) VALUES (new.id, new.marks);
    END""",
    """CREATE TRIGGER library_entry_gone AFTER DELETE ON library_entry BEGIN
        INSERT INTO library_index(library_index, rowid, marks) VALUES ('delete', old.id, old.marks);
    END""",
    """CREATE TRIGGER library_entry_changed AFTER UPDATE OF id, marks ON library_entry BEGIN
        INSERT INTO library_index(library_index, rowid, marks) VALUES ('delete', old.id, old.marks);
        INSERT INTO library_index(rowid, marks) VALUES (new.id, new.marks);
    END""",
)
"""SQLite's full text, kept by triggers: whatever changes an entry has changed the index in the same statement."""

GIN = (
    "CREATE INDEX ix_library_entry_marks ON library_entry"
    " USING gin (array_to_tsvector(string_to_array(marks, ' '))) WITH (fastupdate = off)"
)
"""PostgreSQL's. Without a list of what is pending, which one of many acks would have to work off."""


def upgrade() -> None:
    op.add_column("decision", sa.Column("closed_channel", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("decision", sa.Column("settled_by", sa.Integer(), nullable=True))
    op.create_table(
        "past_decision",
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("imported_id", sa.String(length=200), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("said_status", sa.Text(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("replaces", sa.JSON(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_past_decision_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_decision")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_past_decision_workspace_id_number")),
        sa.UniqueConstraint("workspace_id", "imported_id", name=op.f("uq_past_decision_workspace_id_imported_id")),
    )
    op.create_table(
        "replacement",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("newer", sa.Integer(), nullable=False),
        sa.Column("older", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_replacement_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("workspace_id", "newer", "older", name=op.f("pk_replacement")),
    )
    op.create_index("ix_replacement_older", "replacement", ["workspace_id", "older"])
    op.create_table(
        "library_entry",
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=1), nullable=False),
        sa.Column("decision_id", KEY, nullable=True),
        sa.Column("past_id", KEY, nullable=True),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_library_entry_workspace_id_workspace")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_library_entry_decision_id_decision"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["past_id"], ["past_decision.id"], name=op.f("fk_library_entry_past_id_past_decision"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_entry")),
        sa.UniqueConstraint("workspace_id", "number", "kind", name=op.f("uq_library_entry_workspace_id_number_kind")),
    )
    op.create_index("ix_library_entry_decision", "library_entry", ["decision_id"])
    op.create_index("ix_library_entry_past", "library_entry", ["past_id"])
    for statement in FTS5 if op.get_bind().dialect.name == "sqlite" else (GIN,):
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE library_index")
    op.drop_table("library_entry")
    op.drop_table("replacement")
    op.drop_table("past_decision")
    op.drop_column("decision", "settled_by")
    op.drop_column("decision", "closed_channel")
