"""What a verdict was made of: the setting it was judged in, and the version of the policy; deputies

Revision: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
works_with = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "policy_version",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("policy", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_policy_version_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "version", name=op.f("pk_policy_version")),
    )
    op.add_column("seat", sa.Column("deputy_id", sa.String(length=32), nullable=True))
    op.add_column("decision", sa.Column("judged_in", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("decision", sa.Column("not_replayable", sa.String(16), nullable=True))
    op.add_column("decision", sa.Column("policy_version", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("decision") as batch:
        for column in ("policy_version", "not_replayable", "judged_in"):
            batch.drop_column(column)
    with op.batch_alter_table("seat") as batch:
        batch.drop_column("deputy_id")
    op.drop_table("policy_version")
