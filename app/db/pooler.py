"""A pooler between us and PostgreSQL that lends a connection for one transaction, as PgBouncer does (``pool_mode =
transaction``): what one of them sets or prepares would be found by whoever is lent that connection next.

The address says so: ``postgresql://…/threshold?pooler=transaction``. Nothing else of ours needs a session: advisory
locks are the transaction's, nobody listens or makes temporary tables, and a cursor is read inside one steady look.
"""

from typing import Any

from sqlalchemy import URL, Connection, Engine, event, text
from sqlalchemy.orm import Session

PARAMETER, TRANSACTION = "pooler", "transaction"

LOCK_TIMEOUT = 2000
"""Milliseconds that somebody else's lock is waited for: less than the three seconds in which Slack wants its ack."""

_BEGIN = f"BEGIN; SET LOCAL lock_timeout = {LOCK_TIMEOUT}"


def announced(address: URL) -> tuple[bool, URL]:
    """Whether a database's address announces a pooler, and the address as the driver may have it.

    Raises:
        ValueError: it announces a kind that there is not.
    """
    if PARAMETER not in address.query:
        return False, address
    if address.query[PARAMETER] != TRANSACTION or address.get_backend_name() == "sqlite":
        raise ValueError(f"{PARAMETER} may be {TRANSACTION}, on PostgreSQL")
    return True, address.difference_update_query([PARAMETER])


def line(pooled: bool) -> dict[str, Any]:
    """How psycopg opens a line: directly, with its own patience for locks; by a pooler, with nothing that lasts."""
    return {"prepare_threshold": None} if pooled else {"options": f"-c lock_timeout={LOCK_TIMEOUT}"}


def writing(engine: Engine) -> Engine:
    """Where transactions begin with their patience for locks, in the round trip that BEGIN needs anyway.

    psycopg would send a BEGIN of its own before that; on a line in autocommit it leaves it to us, and its ``commit``
    and ``rollback`` still end what was begun.
    """
    found = engine.execution_options(isolation_level="AUTOCOMMIT", begins_itself=True)
    event.listen(found, "begin", _begin)
    return found


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("begins_itself"):
        connection.exec_driver_sql(_BEGIN, execution_options={"no_parameters": True})


def kept_to_itself(session: Session) -> bool:
    """Whether a pooler ignored what the line was opened with (PgBouncer's ``ignore_startup_parameters``)."""
    return bool(session.scalar(text("SELECT current_setting('lock_timeout') = '0'")))
