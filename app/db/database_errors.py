"""What an error of the database's means: for the person who waits, and in a few words for the operator."""

import sqlite3

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError, TimeoutError
from sqlalchemy.orm.exc import StaleDataError

from app.domain.errors import Busy
from app.words.errors import busy, collided

AWAY = (OperationalError, InterfaceError, TimeoutError)
"""The database does not answer, holds the row for somebody else, or has no connection left for us."""

FULL = "the database's disk is full"
READ_ONLY = "the database takes no writes"
DAMAGED = "the database is damaged"
NOT_ALLOWED = "the database does not let its user write"

_SAID = {
    FULL: "There is no room left where I keep my records, so nothing was saved. "
    "Please tell whoever runs me, and try again once they have made room.",
    READ_ONLY: "My records can't be written right now, so nothing was saved. Please try again in a minute.",
    NOT_ALLOWED: "I may not write into my records, so nothing was saved. Please tell whoever runs me.",
    DAMAGED: "My records can't be read, so nothing was saved. Please tell whoever runs me.",
}
UNSURE = (
    "The line to my records broke while I saved, so I can't tell whether it was. "
    "Please look at the card or at “/escalate list” before you do it again."
)

_SQLITE = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
}
_POSTGRESQL = {"53100": FULL, "25006": READ_ONLY, "42501": NOT_ALLOWED, "XX001": DAMAGED, "XX002": DAMAGED}
"""SQLSTATEs (PostgreSQL's Appendix A). 25006 is what a server answers that has become a standby."""


_MET_SOMEBODY = frozenset({"40001", "40P01", "55P03"})
"""Serialization failure, deadlock, lock not available in time: nothing is wrong, and the next try may go through."""


def too_slow() -> Busy:
    """It answers others, and did not answer this one in time."""
    return Busy(
        "My records have more to do at this moment than they can answer in time, so nothing was saved. "
        "Please try again in a few seconds.",
        "the database answers too slowly",
    )


def refused(why: str) -> Busy:
    """The sentence for FULL, READ_ONLY, NOT_ALLOWED or DAMAGED."""
    return Busy(_SAID[why], why)


def trouble(error: SQLAlchemyError, *, committing: bool = False) -> Busy | None:
    """What the database's trouble is, or None where the error is a fault of ours.

    ``committing``: the error came as the answer to COMMIT; where the line broke then, the fate is unknown.
    """
    original = getattr(error, "orig", None)
    state, code = getattr(original, "sqlstate", "") or "", getattr(original, "sqlite_errorcode", None)
    if state in _MET_SOMEBODY or isinstance(error, StaleDataError):  # stale: somebody deleted the row meanwhile
        return collided()
    if isinstance(code, int) and code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return collided()
    why = _SQLITE.get(code & 0xFF) if isinstance(code, int) else _POSTGRESQL.get(state)
    if why:
        return refused(why)
    broken = isinstance(error, DBAPIError) and error.connection_invalidated
    if committing and broken:
        return Busy(UNSURE)
    return busy() if broken or isinstance(error, AWAY) else None
