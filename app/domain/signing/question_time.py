"""How long a question of a signer may block: from its last word on, as many working days as a signer has."""

from datetime import datetime
from typing import Protocol

from app.domain.people.calendar import WorkingHours, add_working_days, end_of_working_day, zone
from app.domain.policy.policy import Policy


class Raised(Protocol):
    """A question with its moments."""

    @property
    def asked_at(self) -> datetime: ...
    @property
    def answered_at(self) -> datetime | None: ...


def last_word(question: Raised) -> datetime:
    """When it was answered last, or asked."""
    return question.answered_at or question.asked_at


def time_is_up(question: Raised, policy: Policy, hours: WorkingHours) -> datetime:
    """From when on the requester may close it with a written reason. ``hours``: the requester's."""
    day = last_word(question).astimezone(zone(hours.tz)).date()
    return end_of_working_day(add_working_days(day, policy.sign_off_days, hours), hours)
