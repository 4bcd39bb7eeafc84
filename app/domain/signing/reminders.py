"""When a signer is reminded of the day that they are asked for."""

from datetime import datetime
from typing import Literal

from app.domain.people.calendar import (
    WorkingHours,
    halfway,
    in_utc,
    local_date,
    moment_of,
    next_working_moment,
    previous_working_day,
)

Label = Literal["halfway", "day_before", "deadline"]


def reminder_times(asked_at: datetime, deadline: datetime, hours: WorkingHours) -> list[tuple[Label, datetime]]:
    """When to remind this person of a dated ask: in working time, after `asked_at`, in order; UTC.

    - halfway: half of the working time is used up. Left out where the day before comes no later,
      or falls on the same day: nobody is reminded twice in one day of a deadline still ahead.
    - day_before: the start of the last working day before the deadline's day.
    - deadline: the deadline, or the first working moment after it.

    A deadline that is no later than `asked_at` has no reminders.
    """
    asked_at, deadline = in_utc(asked_at), in_utc(deadline)
    if deadline <= asked_at:
        return []
    due = next_working_moment(deadline, hours)
    eve = previous_working_day(local_date(deadline, hours), hours)
    before = moment_of(eve, hours.start, hours)
    half = halfway(asked_at, deadline, hours)
    times: list[tuple[Label, datetime]] = []
    if asked_at < half < due and (before <= asked_at or local_date(half, hours) < eve):
        times.append(("halfway", half))
    if asked_at < before < due:
        times.append(("day_before", before))
    times.append(("deadline", due))
    return times
