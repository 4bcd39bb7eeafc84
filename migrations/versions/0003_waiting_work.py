"""What waits is found among what waits alone: SQLite took the index of what is done for the shorter way to it

Revision: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
works_with = "0002"
branch_labels = None
depends_on = None

TABLES = ("follow_up", "outbox")


def upgrade() -> None:
    done = sa.text("done_at IS NOT NULL")
    for table in TABLES:
        op.drop_index(f"ix_{table}_done", table)
        op.create_index(f"ix_{table}_done", table, ["done_at"], sqlite_where=done, postgresql_where=done)
    waits = sa.text("done_at IS NULL")
    op.create_index("ix_outbox_unsent", "outbox", ["id"], sqlite_where=waits, postgresql_where=waits)


def downgrade() -> None:
    op.drop_index("ix_outbox_unsent", "outbox")
    for table in TABLES:
        op.drop_index(f"ix_{table}_done", table)
        op.create_index(f"ix_{table}_done", table, ["done_at"])
