"""Documents beside a decision, and their published versions

Revision: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
works_with = "0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("decision", sa.Column("document_kind", sa.String(length=16), nullable=True))
    op.add_column("decision", sa.Column("document_version", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "writing",
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("names", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_writing_decision_id_decision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_writing")),
        sa.UniqueConstraint("workspace_id", "decision_id", name=op.f("uq_writing_workspace_id_decision_id")),
    )
    op.create_table(
        "document_version",
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("author_id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_document_version_decision_id_decision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_version")),
        sa.UniqueConstraint("decision_id", "number", name=op.f("uq_document_version_decision_id_number")),
    )


def downgrade() -> None:
    op.drop_table("document_version")
    op.drop_table("writing")
    with op.batch_alter_table("decision") as batch:
        batch.drop_column("document_version")
        batch.drop_column("document_kind")
