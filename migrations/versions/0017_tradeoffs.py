"""Trade-offs between teams: sides, plans, results

Revision: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
works_with = "0002"
branch_labels = None
depends_on = None


def key() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _hangs(table: str) -> list[sa.schema.SchemaItem]:
    """What every row that hangs on a decision has."""
    return [
        sa.Column("id", key(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("decision_id", key(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f(f"fk_{table}_decision_id_decision")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _at(name: str, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.add_column("decision", sa.Column("tradeoff_version", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("decision", sa.Column("tradeoff_until", sa.Date(), nullable=True))
    op.create_table(
        "tradeoff",
        *_hangs("tradeoff"),
        sa.Column("shared", sa.Text(), nullable=False),
        sa.Column("opened_by", sa.String(length=32), nullable=False),
        _at("opened_at", nullable=False),
        _at("agreed_at"),
        sa.Column("decided", sa.Text(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=True),
        sa.Column("arm", sa.Text(), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("closed_by", sa.String(length=32), nullable=True),
        _at("closed_at"),
        sa.Column("revisit_on", sa.Date(), nullable=True),
        sa.UniqueConstraint("workspace_id", "decision_id", name=op.f("uq_tradeoff_workspace_id_decision_id")),
    )
    op.create_index("ix_tradeoff_opened", "tradeoff", ["workspace_id", "opened_at"])
    op.create_table(
        "tradeoff_side",
        *_hangs("tradeoff_side"),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("objective", sa.Text(), nullable=False),
        sa.Column("metric", sa.JSON(), nullable=False),
        sa.Column("agreed_version", sa.Integer(), nullable=True),
        _at("agreed_at"),
        sa.UniqueConstraint("decision_id", "user_id", name=op.f("uq_tradeoff_side_decision_id_user_id")),
    )
    op.create_index("ix_tradeoff_side_user", "tradeoff_side", ["workspace_id", "user_id"])
    op.create_table(
        "tradeoff_plan",
        *_hangs("tradeoff_plan"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("author_id", sa.String(length=32), nullable=False),
        _at("at", nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("why", sa.Text(), nullable=False),
        sa.UniqueConstraint("decision_id", "number", name=op.f("uq_tradeoff_plan_decision_id_number")),
    )
    op.create_table(
        "tradeoff_result",
        *_hangs("tradeoff_result"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("results", sa.JSON(), nullable=False),
        sa.Column("verdict", sa.JSON(), nullable=False),
        sa.Column("author_id", sa.String(length=32), nullable=False),
        _at("at", nullable=False),
        sa.Column("corrects", sa.Text(), nullable=False),
        sa.UniqueConstraint("decision_id", "number", name=op.f("uq_tradeoff_result_decision_id_number")),
    )


def downgrade() -> None:
    op.drop_table("tradeoff_result")
    op.drop_table("tradeoff_plan")
    op.drop_index("ix_tradeoff_side_user", table_name="tradeoff_side")
    op.drop_table("tradeoff_side")
    op.drop_index("ix_tradeoff_opened", table_name="tradeoff")
    op.drop_table("tradeoff")
    with op.batch_alter_table("decision") as batch:
        batch.drop_column("tradeoff_until")
        batch.drop_column("tradeoff_version")
