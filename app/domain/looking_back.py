"""Looking back: the learning check of a two-way door, the review of a one-way door, the revisit after a no.

Nobody is marked. The prediction stands next to what happened, and the difference is the lesson.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from app.domain.answers import Undo
from app.domain.policy.policy import Policy
from app.domain.stored_words import ADDED_LATER, StoredEnum


class Look(StoredEnum):
    LEARNING = "learning"  # two-way: was it right, what did we learn?
    REVIEW = "review"  # one-way: 28 days after it shipped
    REVISIT = "revisit"  # declined: we disagree and commit, and look again


class Right(StoredEnum):
    """Was it the right call, knowing what we know now?"""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Undone(StoredEnum):
    """Did you have to undo it? It shows whether the door was judged right."""

    NO = "no"  # nobody had to
    YES = "yes"
    COULD_NOT = "could_not"  # somebody had to, and it could not be undone


@dataclass(frozen=True)
class LookBack:
    """What somebody wrote when looking back. The typed answers are None where nobody asked for them, or nobody gave
    one."""

    look: Look
    right: Right
    happened: str  # the metric as it turned out, and what else happened
    learned: str = ""
    chose: str = field(default="", metadata=ADDED_LATER)  # of a two-way door: what its owner decided
    undone: Undone | None = field(default=None, metadata=ADDED_LATER)
    undo_took: Undo | None = field(default=None, metadata=ADDED_LATER)  # how long that really took
    reached: bool | None = field(default=None, metadata=ADDED_LATER)  # whether the predicted target was reached
    actual: float | None = field(default=None, metadata=ADDED_LATER)  # the figure, held against the predicted interval


def learning_check_on(decided: date, policy: Policy) -> date:
    return decided + timedelta(days=policy.learning_check_days)


def review_on(shipped: date, policy: Policy) -> date:
    """By policy, four weeks after it shipped."""
    return shipped + timedelta(days=policy.review_days)
