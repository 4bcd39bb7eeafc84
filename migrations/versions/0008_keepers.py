"""Who keeps a workspace's ladder, and what was proposed to them; why a question was closed

Revision: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
works_with = "0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("person", sa.Column("admin", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE person SET looked_up_at = NULL")  # whom Slack calls an owner or admin is asked anew
    op.add_column("open_question", sa.Column("closed_by", sa.String(length=32), nullable=True))
    op.add_column("open_question", sa.Column("closed_because", sa.Text(), nullable=True))
    op.create_table(
        "keeper",
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("named_by", sa.String(length=32), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_keeper_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keeper")),
        sa.UniqueConstraint("workspace_id", "user_id", name=op.f("uq_keeper_workspace_id_user_id")),
    )
    op.create_table(
        "proposal",
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("seats", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(length=32), nullable=True),
        sa.Column("kept", sa.Boolean(), nullable=True),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_proposal_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_index("ix_proposal_open", "proposal", ["workspace_id", "settled_at"])


def downgrade() -> None:
    op.drop_index("ix_proposal_open", table_name="proposal")
    op.drop_table("proposal")
    op.drop_table("keeper")
    with op.batch_alter_table("open_question") as batch:
        batch.drop_column("closed_because")
        batch.drop_column("closed_by")
    with op.batch_alter_table("person") as batch:
        batch.drop_column("admin")
