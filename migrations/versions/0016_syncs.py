"""Pre-reads, what is said about them, and syncs

Revision: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
works_with = "0002"
branch_labels = None
depends_on = None


def key() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("decision", sa.Column("sync_state", sa.String(length=16), nullable=True))
    op.add_column("decision", sa.Column("remark_count", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "sync",
        sa.Column("id", key(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("decision_id", key(), nullable=False),
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("off", sa.String(length=16), nullable=True),
        sa.Column("subject", sa.String(length=16), nullable=False),
        sa.Column("planned_by", sa.String(length=32), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("silent_first", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("counts_from", sa.Integer(), nullable=False),
        sa.Column("clock_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_because", sa.Text(), nullable=False),
        sa.Column("minutes_back", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_sync_decision_id_decision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync")),
    )
    op.create_index("ix_sync_decision", "sync", ["decision_id"])
    op.create_index("ix_sync_workspace", "sync", ["workspace_id", "planned_at"])
    op.create_table(
        "sync_reader",
        sa.Column("id", key(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("decision_id", key(), nullable=False),
        sa.Column("sync_id", key(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_version", sa.Integer(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_sync_reader_decision_id_decision")),
        sa.ForeignKeyConstraint(["sync_id"], ["sync.id"], name=op.f("fk_sync_reader_sync_id_sync")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_reader")),
        sa.UniqueConstraint("sync_id", "user_id", name=op.f("uq_sync_reader_sync_id_user_id")),
    )
    op.create_index("ix_sync_reader_decision", "sync_reader", ["decision_id"])
    op.create_index("ix_sync_reader_user", "sync_reader", ["workspace_id", "user_id"])
    op.create_table(
        "remark",
        sa.Column("id", key(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("decision_id", key(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.String(length=32), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by", sa.String(length=32), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_remark_decision_id_decision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
    )
    op.create_index("ix_remark_decision", "remark", ["decision_id"])


def downgrade() -> None:
    op.drop_index("ix_remark_decision", table_name="remark")
    op.drop_table("remark")
    op.drop_index("ix_sync_reader_user", table_name="sync_reader")
    op.drop_index("ix_sync_reader_decision", table_name="sync_reader")
    op.drop_table("sync_reader")
    op.drop_index("ix_sync_workspace", table_name="sync")
    op.drop_index("ix_sync_decision", table_name="sync")
    op.drop_table("sync")
    with op.batch_alter_table("decision") as batch:
        batch.drop_column("remark_count")
        batch.drop_column("sync_state")
