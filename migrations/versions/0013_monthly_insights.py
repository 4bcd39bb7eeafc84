"""Which channels want their insights every month

Revision: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
works_with = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("digest_plan", sa.Column("monthly", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("digest_plan") as batch:
        batch.drop_column("monthly")
