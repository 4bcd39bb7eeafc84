"""How far this machine's clock is from others': the database's, and Slack's as its answers are dated."""

import time
from email.utils import parsedate_to_datetime

from app.telemetry import metrics

DATABASE, SLACK = "database", "slack"

_ahead: dict[str, float] = {}


def note(whose: str, ahead: float) -> None:
    """This machine's clock was found to be so many seconds ahead (behind: less than 0)."""
    _ahead[whose] = ahead
    metrics.CLOCK_AHEAD.labels(whose).set(round(ahead, 3))


def note_dated(whose: str, date: str | None, asked_at: float) -> None:
    """From an answer's ``Date``, to the second, and the wall clock when it was asked for. A wrong date says nothing."""
    try:
        theirs = parsedate_to_datetime(date or "").timestamp()
    except ValueError:
        return
    now = time.time()
    if theirs < asked_at:  # it was dated in between: what lies within is no difference
        note(whose, max(0.0, asked_at - theirs - 1))
    else:
        note(whose, min(0.0, now - theirs))


def ahead(whose: str) -> float:
    """Seconds, as last measured; 0 where nothing was."""
    return _ahead.get(whose, 0.0)


def span(seconds: float) -> str:
    """In the largest whole unit: 40 seconds, 1 hour, 3 days."""
    whole = max(0, round(abs(seconds)))
    for unit, name in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if whole >= unit:
            return f"{whole // unit} {name}{'s' if whole >= 2 * unit else ''}"
    return f"{whole} second{'s' if whole != 1 else ''}"


def off(whose: str) -> str:
    """“10 hours ahead of Slack's”, as last measured."""
    by = ahead(whose)
    return f"{span(by)} {'ahead of' if by > 0 else 'behind'} {'Slack' if whose == SLACK else 'the database'}'s"
