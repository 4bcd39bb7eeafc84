"""A thread is kept message by message with its links, and a suggestion with its model, prompt and sources

Revision: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
works_with = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decision", sa.Column("source_messages", sa.JSON()))
    op.add_column("suggestion", sa.Column("model", sa.String(200)))
    op.add_column("suggestion", sa.Column("prompt", sa.String(64)))
    op.add_column("suggestion", sa.Column("cited", sa.JSON()))
    op.add_column("suggestion", sa.Column("dropped", sa.JSON()))


def downgrade() -> None:
    op.drop_column("suggestion", "dropped")
    op.drop_column("suggestion", "cited")
    op.drop_column("suggestion", "prompt")
    op.drop_column("suggestion", "model")
    op.drop_column("decision", "source_messages")
