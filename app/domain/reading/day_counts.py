"""How many days somebody means: "14", "two weeks", "10 working days"."""

from decimal import Decimal

from app.domain.plain_text import plain
from app.domain.reading.days.reader import specs_of
from app.domain.reading.days.specs import Away

CALENDAR = {"day": 1, "week": 7, "month": 30, "quarter": 91, "half": 182, "year": 365}
WORKING = {"day": 1, "workday": 1, "week": 5}
"""Days of a unit. Where working days are counted, a month is too vague."""


def read_day_count(text: str, *, locale: str | None = None, working: bool = False) -> int | None:
    """A number of days, or a span in the writer's language; ``working``: counted in working days. None: neither."""
    clean = plain(text).strip(" .,;")
    if clean.isdecimal():
        return int(clean[:9])
    days = WORKING if working else CALENDAR
    found = set[Decimal]()
    for spec in specs_of(clean, locale):
        if not isinstance(spec, Away) or spec.back or spec.base or any(unit not in days for _, unit in spec.parts):
            return None
        found.add(sum((Decimal(number) * days[unit] for number, unit in spec.parts), Decimal(0)))
    whole = found.pop() if len(found) == 1 else Decimal("0.5")
    return int(whole) if whole == whole.to_integral_value() else None
