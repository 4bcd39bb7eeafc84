"""A connection to PostgreSQL, given up where an answer takes longer than there is time (`app.db.answer_timeout`)."""

import time
from typing import Any

import psycopg

from app.db.answer_timeout import QUIET, seconds_left


class Unanswered(psycopg.OperationalError):
    """The server said nothing in time. Whether it did what it was asked is unknown."""

    waited = 0.0
    """Seconds."""


class Line(psycopg.Connection[Any]):
    """psycopg's own, which would wait for ever."""

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        limit = seconds_left() if timeout is None else None
        if limit is None:
            return super().wait(gen, interval, timeout)
        began = time.monotonic()
        try:
            return super().wait(gen, interval, limit)
        except psycopg.OperationalError as error:
            if error.sqlstate is not None or time.monotonic() - began < limit:
                raise
            self.pgconn.finish()  # the answer may still come, and would be taken for the next one's
            unanswered = Unanswered("no answer in time")
            unanswered.waited = limit
            raise unanswered from error


def unheard(error: BaseException | None) -> float | None:
    """How many seconds nobody answered, as against a refusal or a line that was cut: those are None."""
    if isinstance(error, psycopg.errors.ConnectionTimeout):
        return QUIET
    return error.waited if isinstance(error, Unanswered) else None
