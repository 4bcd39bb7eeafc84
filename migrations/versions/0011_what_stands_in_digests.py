"""Which digests name a decision, and why one could not be posted

Revision: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
works_with = "0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("digest_plan", sa.Column("unposted", sa.String(length=16), nullable=True))
    op.create_table(
        "digest_entry",
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("decision_id", KEY, nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_digest_entry_decision_id_decision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_entry")),
        sa.UniqueConstraint(
            "workspace_id", "decision_id", "channel_id", "ts",
            name=op.f("uq_digest_entry_workspace_id_decision_id_channel_id_ts"),
        ),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("digest_entry")
    with op.batch_alter_table("digest_plan") as batch:
        batch.drop_column("unposted")
