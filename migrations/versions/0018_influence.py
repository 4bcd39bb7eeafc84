"""Maps of customers' journeys, and whose yes was asked

Revision: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
works_with = "0002"
branch_labels = None
depends_on = None


def key() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("decision", sa.Column("touches", sa.JSON(), nullable=True))
    op.add_column("signer", sa.Column("lever", sa.Text(), nullable=True))
    op.create_table(
        "journey",
        sa.Column("id", key(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_journey_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journey")),
        sqlite_autoincrement=True,  # no number is given twice
    )
    op.create_index("ix_journey_name", "journey", ["workspace_id", "name"])
    op.create_table(
        "map_team",
        sa.Column("id", key(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("journey_id", key(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("lever", sa.Text(), nullable=False),
        sa.Column("days", sa.Double(), nullable=True),
        sa.Column("measured", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("effect", sa.Double(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("deciders", sa.JSON(), nullable=False),
        sa.Column("deputies", sa.JSON(), nullable=False),
        sa.Column("group_id", sa.String(length=32), nullable=True),
        sa.Column("group_name", sa.Text(), nullable=False),
        sa.Column("lever_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["journey_id"], ["journey.id"], name=op.f("fk_map_team_journey_id_journey")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_map_team_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_map_team")),
        sqlite_autoincrement=True,  # no number is given twice
    )
    op.create_index("ix_map_team_journey", "map_team", ["workspace_id", "journey_id"])
    op.create_table(
        "approval",
        sa.Column("id", key(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("decision_id", key(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("lever", sa.Text(), nullable=False),
        sa.Column("days", sa.Double(), nullable=True),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("in_place_of", sa.String(length=32), nullable=True),
        sa.Column("others", sa.JSON(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_approval_decision_id_decision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
    )
    op.create_index("ix_approval_decision", "approval", ["decision_id"])
    op.create_index("ix_approval_team", "approval", ["workspace_id", "team_id"])


def downgrade() -> None:
    op.drop_index("ix_approval_team", table_name="approval")
    op.drop_index("ix_approval_decision", table_name="approval")
    op.drop_table("approval")
    op.drop_index("ix_map_team_journey", table_name="map_team")
    op.drop_table("map_team")
    op.drop_index("ix_journey_name", table_name="journey")
    op.drop_table("journey")
    with op.batch_alter_table("signer") as batch:
        batch.drop_column("lever")
    with op.batch_alter_table("decision") as batch:
        batch.drop_column("touches")
