"""More came in at once than can be answered before Slack gives up, after three seconds: how late is too late, and what
is said then.

Two limits: how late an act is begun at all, and how late it may still wait for others before it.
"""

from app.domain.errors import Busy

CROWDED_AFTER = 1.8
"""Seconds that a delivery may have waited for its turn. Slack gives up after three: begun later than this it might not
be done by then, and the person would read Slack's own error, not knowing whether it was."""

CROWDED = (
    "More people write to me at this moment than I can answer in time, so nothing was saved. "
    "Please try again in a few seconds."
)

LAST_CALL = 2.2
"""Seconds after a delivery came in until which it waits for its turn. What begins later may end after Slack's three."""


def crowded() -> Busy:
    """What a person is told; nothing of theirs was begun."""
    return Busy(CROWDED, "more came in at once than could be done in time")
