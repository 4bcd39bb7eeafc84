"""How each state of a decision is said to a person."""

from app.domain.lifecycle import Status

STATUS_SAID: dict[Status, str] = {
    Status.TRIAGE: "in triage",
    Status.DEFLECTED: "back with the team",
    Status.LEARNED: "closed, with what the team learned",
    Status.HELD: "held at a gate",
    Status.DRAFTING: "being prepared",
    Status.IN_REVIEW: "waiting for sign-off",
    Status.NOT_YET: "not yet: a condition is open",
    Status.APPROVED: "approved",
    Status.DECLINED: "declined",
    Status.IMPLEMENTED: "shipped, its review is dated",
    Status.REVIEWED: "reviewed",
    Status.WITHDRAWN: "withdrawn",
    Status.EXPIRED: "expired",
}
"""How each state is said to a person."""


def no_longer_fits(status: Status) -> str:
    """A click on what the decision has moved on from."""
    return f"That no longer fits: this decision is {STATUS_SAID[status]}."
