"""Disagree and commit: a written dissent that blocks nothing, a decision over it, everybody's yes or no, and the day on
which it is looked at again. Nobody is ranked."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Protocol

from app.domain.decided import Decided
from app.domain.lifecycle import Status
from app.domain.people.calendar import WorkingHours, add_working_days, is_working_day, previous_working_day
from app.domain.signing.signoff import Answer
from app.domain.signing.standing import signing_now
from app.domain.stored_words import StoredEnum

EARLIEST, LATEST = timedelta(days=28), timedelta(days=42)
"""From the day it is stated: four to six weeks."""

USUAL = timedelta(days=35)

REMINDED_AFTER = (2, 5)
"""Working days after somebody was asked. Twice, and never more."""


class Degree(StoredEnum):
    CONCERN = "concern"
    DISAGREE = "disagree"
    CANNOT_COMMIT = "cannot_commit"


class Pledge(StoredEnum):
    """What somebody says to whether they carry out what was decided."""

    COMMIT = "commit"
    CANNOT = "cannot"


class Result(StoredEnum):
    """What comes of looking again."""

    KEEP = "keep"
    CHANGE = "change"  # a new decision, which refers to this one
    UNDO = "undo"


DISSENTED_IN = frozenset(Status) - {Status.TRIAGE, Status.WITHDRAWN, Status.EXPIRED}
"""Before it is asked of anybody there is nothing to differ from, and nothing is left of what was withdrawn."""

DECIDED = frozenset(
    {
        Status.APPROVED, Status.DECLINED, Status.DEFLECTED, Status.LEARNED, Status.IMPLEMENTED, Status.REVIEWED,
    }
)  # fmt: skip


class Pledged(Protocol):
    @property
    def user_id(self) -> str: ...
    @property
    def answer(self) -> Pledge | None: ...


def may_dissent(decision: Decided) -> frozenset[str]:
    """Whoever takes part; the requester, whose own decision it is, from what somebody else made of it."""
    everybody = frozenset(part.user_id for part in decision.participants)
    mine = decision.status is Status.DECLINED or decision.owner_id != decision.requester_id
    return everybody if mine else everybody - {decision.requester_id}


def decider(decision: Decided) -> str | None:
    """Who decided it; None while nobody has. Of several signers, who sits on the rung."""
    if decision.status not in DECIDED:
        return None
    if decision.status in (Status.DEFLECTED, Status.LEARNED):
        return decision.owner_id
    wanted = Answer.DECLINE if decision.status is Status.DECLINED else Answer.APPROVE
    given = [one for one in signing_now(decision.signers) if one.answer is wanted]
    seated = [one for one in given if getattr(one, "rung", None) is not None]
    return (seated or given)[-1].user_id if given else decision.owner_id


def revisit_day(stated: date, hours: WorkingHours) -> date:
    """The usual day to look again: about five weeks on, a working day, inside the four to six weeks."""
    day = add_working_days(stated + USUAL, 0, hours)
    return day if day <= stated + LATEST else previous_working_day(stated + USUAL, hours)


def fits(day: date, stated: date, hours: WorkingHours) -> bool:
    return stated + EARLIEST <= day <= stated + LATEST and is_working_day(day, hours)


def silent(pledges: Iterable[Pledged]) -> list[str]:
    """Who was asked and has said nothing: that is shown as it is, and counted as neither."""
    return [one.user_id for one in pledges if one.answer is None]


def committed(pledges: Sequence[Pledged]) -> tuple[int, int]:
    """How many commit, and of how many."""
    return sum(one.answer is Pledge.COMMIT for one in pledges), len(pledges)
