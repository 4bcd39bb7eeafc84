"""How long a team really takes to answer, in its own working days; who has not answered counts as still waiting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.insights.crowd import is_crowd
from app.domain.insights.survival import FEWEST_ENDS, End, Wait, kaplan_meier


@dataclass(frozen=True)
class Asked:
    """One time that a team was asked: who, for how many working days it was watched, and whether it answered then."""

    user: str
    days: float
    answered: bool


@dataclass(frozen=True)
class Measured:
    """``median``: working days until half have answered; None where that is not known yet. ``low``, ``high``: between
    which it lies with 95%; None: no telling. ``asked``: times they were asked; ``answers``: answers among them."""

    median: float | None
    low: float | None
    high: float | None
    asked: int
    answers: int

    @property
    def tells(self) -> bool:
        """Whether it can stand in the place of what somebody said."""
        return self.answers >= FEWEST_ENDS and self.median is not None


def measured(times: Iterable[Asked]) -> Measured | None:
    """None: fewer than three people have answered: it would be about them."""
    every = list(times)
    if not is_crowd(one.user for one in every if one.answered):
        return None
    curve = kaplan_meier(Wait(one.days, End.DECIDED if one.answered else None) for one in every)
    return Measured(curve.median, curve.median_low, curve.median_high, curve.cases, curve.events)
