"""Dissent, decisions over it, and commitments

Revision: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
works_with = "0002"
branch_labels = None
depends_on = None


def key() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("decision", sa.Column("dissent_count", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("decision", sa.Column("revisit_on", sa.Date(), nullable=True))
    op.create_table(
        "dissent",
        sa.Column("id", key(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("decision_id", key(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("degree", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("was_right", sa.String(length=16), nullable=True),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_dissent_decision_id_decision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dissent")),
    )
    op.create_index("ix_dissent_decision", "dissent", ["decision_id"])
    op.create_table(
        "over_dissent",
        sa.Column("id", key(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("decision_id", key(), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("decided", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revisit_on", sa.Date(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("result", sa.String(length=16), nullable=True),
        sa.Column("happened", sa.Text(), nullable=True),
        sa.Column("revisited_by", sa.String(length=32), nullable=True),
        sa.Column("revisited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_number", sa.Integer(), nullable=True),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_over_dissent_decision_id_decision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_over_dissent")),
        sa.UniqueConstraint("workspace_id", "decision_id", name=op.f("uq_over_dissent_workspace_id_decision_id")),
    )
    op.create_table(
        "commitment",
        sa.Column("id", key(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("decision_id", key(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=16), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_commitment_decision_id_decision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
        sa.UniqueConstraint("decision_id", "user_id", name=op.f("uq_commitment_decision_id_user_id")),
    )
    op.create_index("ix_commitment_user", "commitment", ["workspace_id", "user_id"])


def downgrade() -> None:
    op.drop_index("ix_commitment_user", table_name="commitment")
    op.drop_table("commitment")
    op.drop_table("over_dissent")
    op.drop_index("ix_dissent_decision", table_name="dissent")
    op.drop_table("dissent")
    with op.batch_alter_table("decision") as batch:
        batch.drop_column("revisit_on")
        batch.drop_column("dissent_count")
