"""Who meets a condition, and by when; where the question stands which decision a message is for

Revision: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
works_with = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("open_question", sa.Column("meets", sa.String(length=32), nullable=True))
    op.add_column("open_question", sa.Column("met_by", sa.Date(), nullable=True))
    op.add_column("parked", sa.Column("decisions", sa.JSON(), nullable=True))
    op.add_column("parked", sa.Column("taken_as", sa.Integer(), nullable=True))
    op.add_column("parked", sa.Column("channel_id", sa.String(length=32), nullable=True))
    op.add_column("parked", sa.Column("ts", sa.String(length=32), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("parked") as batch:
        for name in ("ts", "channel_id", "taken_as", "decisions"):
            batch.drop_column(name)
    with op.batch_alter_table("open_question") as batch:
        batch.drop_column("met_by")
        batch.drop_column("meets")
