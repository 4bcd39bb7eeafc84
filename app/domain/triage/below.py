"""What somebody on the rung below answers: they decide, or they help with what they know."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.answers import Result


class Advice(StrEnum):
    """What anybody can answer who was asked. A button carries it; the database keeps the ``Result`` it comes to."""

    CANNOT_DECIDE = "cannot_decide"  # with their advice, if they have one
    TWO_WAY = "two_way"  # how it could be made two-way
    DISAGREE = "disagree"


RESULT_OF = {
    Advice.CANNOT_DECIDE: Result.CANNOT_DECIDE,
    Advice.TWO_WAY: Result.SHOWED_TWO_WAY,
    Advice.DISAGREE: Result.DISAGREE,
}


OWN_ANSWERS = frozenset({"cannot_decide", "shows_two_way", "disagrees_below", "decides_below", "own_words_below"})
"""Events by which somebody on the rung below answered by themselves. Any other answer was written down for them."""


@dataclass(frozen=True)
class DecidedBelow:
    """What it takes to decide a one-way door on the rung that was asked."""

    what: str  # a sentence: what was decided
    premortem: str  # a line: it is a year from now and this went wrong; what happened?
    bar_raiser: str | None = None  # who reads it beside them, where policy wants one
    metric: str = ""  # what will show whether it was right
