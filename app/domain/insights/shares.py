"""A share of few cases, with what it could be in truth."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

from app.domain.insights.survival import SURE


@dataclass(frozen=True)
class Share:
    """``hits`` of ``of``; ``low`` to ``high`` is Wilson's interval. None of all: nothing is known."""

    hits: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        return self.hits / self.of if self.of else None


def share(hits: int, of: int, sure: float = SURE) -> Share:
    """Wilson's interval holds where a share is of few cases, or is none or all of them. ``0 <= hits <= of``."""
    if not 0 <= hits <= of:
        raise ValueError(f"{hits} of {of} is no share")
    if not of:
        return Share(0, 0, 0.0, 1.0)
    z = NormalDist().inv_cdf((1 + sure) / 2)
    middle, spread = hits + z * z / 2, z * math.sqrt(hits * (of - hits) / of + z * z / 4)
    low = 0.0 if hits == 0 else (middle - spread) / (of + z * z)
    high = 1.0 if hits == of else (middle + spread) / (of + z * z)
    return Share(hits, of, low, high)
