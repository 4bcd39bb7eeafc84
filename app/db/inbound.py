"""What came from Slack: each delivery once."""

from datetime import datetime
from functools import cache

from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from app.db.models import Inbound, table_of
from app.db.statements import insert_into


def first_time(session: Session, workspace: str, identity: str, now: datetime) -> bool:
    """Remember a delivery. False: it is known; one that is being worked on beside us is waited for."""
    new = _new_delivery(session.get_bind().dialect.name)
    given = {"workspace_id": workspace, "identity": identity, "at": now}
    return session.connection().scalar(new, given) is not None  # a count of rows is -1 on PostgreSQL


@cache
def _new_delivery(dialect: str) -> ReturningInsert[str]:
    new = insert_into(dialect, Inbound).on_conflict_do_nothing()
    return new.returning(table_of(Inbound).c.identity)
