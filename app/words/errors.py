"""What is said where the database could not be reached, or somebody else was changing the same."""

from app.domain.errors import Busy, Collided

RECORDS_AWAY = "I can't reach my records right now"


def busy() -> Busy:
    return Busy(f"{RECORDS_AWAY}, so nothing was saved. Please try again in a minute.")


def collided() -> Collided:
    return Collided("Somebody else was changing this at the same moment, so nothing was saved. Please try again.")
