"""A team's objective as a metric: its name, which way, how much, from where, by when; and what a sentence misses that
is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.domain.stored_words import StoredEnum
from app.domain.tradeoffs.objective_figures import Unit


class Direction(StoredEnum):
    UP = "up"
    DOWN = "down"


class Change(StoredEnum):
    BY = "by"  # so much more or less than it is
    TO = "to"  # a level that is reached, or kept


class Missing(StrEnum):
    """Why a sentence is no objective."""

    ACTIVITY = "activity"  # it says what is done, not what becomes of it
    NUMBER = "number"
    DIRECTION = "direction"
    METRIC = "metric"  # there is nothing in it at all


@dataclass(frozen=True)
class Metric:
    """What a team is after. ``amount``: of the change or of the level, by ``change``; never negative."""

    name: str
    direction: Direction
    change: Change
    amount: Decimal
    unit: Unit
    baseline: Decimal | None = None
    on: date | None = None
    internal: bool = False
    """No customer feels it: accepted, with a remark."""

    @property
    def is_share(self) -> bool:
        """Whether it is a share of something, so that points of it are percentage points."""
        return bool(_SHARE.search(self.name)) or self.unit is Unit.PERCENTAGE_POINTS


_SHARE = re.compile(
    r"\b(?:rates?|share|percentage|proportion|ctr|conversions?|click[- ]?through|adoption"
    r"|retention|churn|bounce|uptime"
    r"|availability|on[- ]time|occupancy|coverage|margin|penetration|abandonment|utili[sz]ation|activation|attach)\b",
    re.IGNORECASE,
)
