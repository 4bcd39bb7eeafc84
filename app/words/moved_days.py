"""A day that was chosen and counts as another one, since it is somebody's day off; or that was no other than before."""

from datetime import date

from app.domain.reading.days_in_forms import say_date


def day_moved(chosen: date, counts: date, whose: str, today: date) -> str | None:
    """What is said where the day was chosen; None where it counts as it is. ``whose``: who has that day off."""
    if chosen == counts:
        return None
    return f"{say_date(chosen, today)} is a day off for {whose}, so it counts as {say_date(counts, today)}."


def same_day(stands: date, today: date) -> str:
    """Where somebody moved the signers' day to the one it was."""
    return f"Your signers have until {say_date(stands, today)} already, so nothing was moved."
