"""Looking back: the learning check of a two-way door, the review of a one-way door, the revisit after a no.

Nobody is marked. The prediction stands next to what happened, and the difference is the lesson.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.policy.policy import Policy
from app.domain.stored_words import StoredEnum


class Look(StoredEnum):
    LEARNING = "learning"  # two-way: was it right, what did we learn?
    REVIEW = "review"  # one-way: 28 days after it shipped
    REVISIT = "revisit"  # declined: we disagree and commit, and look again


class Right(StoredEnum):
    """Was it the right call, knowing what we know now?"""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True)
class LookBack:
    """What somebody wrote when looking back."""

    look: Look
    right: Right
    happened: str  # the metric as it turned out, and what else happened
    learned: str = ""
    chose: str = ""  # of a two-way door: what its owner decided


def learning_check_on(decided: date, policy: Policy) -> date:
    return decided + timedelta(days=policy.learning_check_days)


def review_on(shipped: date, policy: Policy) -> date:
    """By policy, four weeks after it shipped."""
    return shipped + timedelta(days=policy.review_days)
