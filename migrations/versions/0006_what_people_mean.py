"""A deadline is a day, a person has a locale, and working time is their own choice

Revision: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
works_with = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("default_place", sa.String(40)))
    op.add_column("person", sa.Column("locale", sa.String(16)))
    op.add_column("person", sa.Column("working_time", sa.JSON()))
    op.add_column("decision", sa.Column("deadline_on", sa.Date()))


def downgrade() -> None:
    op.drop_column("decision", "deadline_on")
    op.drop_column("person", "working_time")
    op.drop_column("person", "locale")
    op.drop_column("person", "default_place")
