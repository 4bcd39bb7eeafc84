"""What an experiment's arms showed, as it is put in: counts, means with their spread, an effect with its interval, or a
figure without one, which decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.tradeoffs.experiment import as_floats


class Shape(StrEnum):
    COUNTS = "counts"
    MEANS = "means"
    EFFECT = "effect"
    FIGURE = "figure"


@dataclass(frozen=True)
class Observed:
    """One metric in one arm. ``seen``: how many customers; ``hits``: how many of them; ``mean`` and ``spread``: of one
    customer. ``effect``, ``low``, ``high``: against the first arm, in the metric's unit, as ``level`` per cent sure."""

    measure: str
    arm: str
    source: str
    seen: int | None = None
    hits: int | None = None
    mean: float | None = None
    spread: float | None = None
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    level: float = 95.0

    def __post_init__(self) -> None:
        as_floats(self, "mean", "spread", "effect", "low", "high", "level")

    @property
    def shape(self) -> Shape:
        if self.seen and self.hits is not None:
            return Shape.COUNTS
        if self.seen and self.mean is not None and self.spread is not None:
            return Shape.MEANS
        if self.effect is not None and self.low is not None and self.high is not None:
            return Shape.EFFECT
        return Shape.FIGURE


@dataclass(frozen=True)
class Results:
    """All that was put in at once. ``until``: the last day that it counts; ``stopped``: nothing comes any more."""

    rows: tuple[Observed, ...]
    until: date
    stopped: bool = False

    def of(self, measure: str, arm: str) -> Observed | None:
        return next((one for one in self.rows if one.measure == measure and one.arm == arm), None)

    def seen(self, arm: str) -> int | None:
        """How many customers an arm had, by whichever metric says so; of several, the fewest."""
        return min((one.seen for one in self.rows if one.arm == arm and one.seen), default=None)
