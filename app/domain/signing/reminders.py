"""When a signer is reminded of the day that they are asked for."""

from datetime import datetime
from typing import Literal

from app.domain.people.calendar import (
    WorkingHours,
    halfway,
    in_utc,
    local_date,
    moment_of,
    previous_working_day,
    window_of,
)

Label = Literal["halfway", "day_before", "deadline"]


def reminder_times(asked_at: datetime, deadline: datetime, hours: WorkingHours) -> list[tuple[Label, datetime]]:
    """When to remind this person of a dated ask: in working time, after `asked_at`, before `deadline`, in order; UTC.

    - halfway: half of the working time is used up. Left out where another reminder comes no later, or falls on the
      same day: nobody is reminded twice in one day.
    - day_before: the start of the working day before the one below.
    - deadline: the start of the last working day that begins before the deadline. That is mostly the deadline's own;
      for who is asleep by then, or has that day off, the one before.

    A deadline that is no later than `asked_at` has no reminders, nor one before which this person works no more.
    """
    asked_at, deadline = in_utc(asked_at), in_utc(deadline)
    if deadline <= asked_at:
        return []
    last = local_date(deadline, hours)
    if (window := window_of(last, hours)) is None or window[0] >= deadline:
        last = previous_working_day(last, hours)
    eve = previous_working_day(last, hours)
    mornings: list[tuple[Label, datetime]] = [
        ("day_before", moment_of(eve, hours.start, hours)),
        ("deadline", moment_of(last, hours.start, hours)),
    ]
    times = [(label, morning) for label, morning in mornings if morning > asked_at]
    half = halfway(asked_at, deadline, hours)
    next_day = local_date(times[0][1], hours) if times else None
    if asked_at < half < deadline and (next_day is None or local_date(half, hours) < next_day):
        times.insert(0, ("halfway", half))
    return times
