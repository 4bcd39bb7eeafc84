"""Sign-off: written answers by named signers, and what they add up to.

The smallest set of signers that unblocks the decision: the rung's person, and a bar raiser where one is needed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.answers import Answers
from app.domain.ladder import Rung
from app.domain.policy.policy import Policy
from app.domain.stored_words import StoredEnum


class Answer(StoredEnum):
    APPROVE = "approve"
    NOT_YET = "not_yet"  # yes, if…
    DECLINE = "decline"
    TWO_WAY = "two_way"
    ABSTAIN = "abstain"  # on the record, and never an approval: somebody else on the rung is asked


LEAVES_SEAT_EMPTY = frozenset({Answer.ABSTAIN})
"""Answers after which somebody else has to sign in that seat."""


class Outcome(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    NOT_YET = "not_yet"
    DECLINED = "declined"
    TWO_WAY = "two_way"


@dataclass(frozen=True)
class Given:
    """One signer's standing answer; ``answer`` None: still asked. Handed-over signers are not listed."""

    user: str
    answer: Answer | None


def needs_bar_raiser(rung: Rung, a: Answers, policy: Policy) -> bool:
    """A bar raiser signs unless a director or higher does; a promise made in public always wants one."""
    return rung < policy.bar_raiser_below or bool((a.effects or frozenset()) & policy.bar_raiser_for)


def outcome(given: Sequence[Given], *, open_questions: int) -> Outcome:
    """What the answers add up to. An open question blocks approval until the one who raised it calls it resolved."""
    answers = [one.answer for one in given]
    if Answer.DECLINE in answers:
        return Outcome.DECLINED
    if Answer.TWO_WAY in answers:
        return Outcome.TWO_WAY
    if Answer.NOT_YET in answers:
        return Outcome.NOT_YET
    if answers and all(answer is Answer.APPROVE for answer in answers) and not open_questions:
        return Outcome.APPROVED
    return Outcome.WAITING


class MayNotAnswer(StrEnum):
    """Why somebody may not answer the memo now."""

    CLOSED = "closed"
    OWN_MEMO = "own_memo"
    ANSWERED = "answered"  # this version already
    HANDED_OVER = "handed_over"
    NO_SIGNER = "no_signer"


def why_not_answer(
    user: str,
    *,
    requester: str,
    signers: Collection[str],
    handed_over: Collection[str],
    answered: Answer | None,
    closed: bool,
) -> MayNotAnswer | None:
    """Why ``user`` may not answer now; None: they may."""
    if closed:
        return MayNotAnswer.CLOSED
    if user == requester:
        return MayNotAnswer.OWN_MEMO
    if user in signers:
        return MayNotAnswer.ANSWERED if answered is not None else None
    return MayNotAnswer.HANDED_OVER if user in handed_over else MayNotAnswer.NO_SIGNER
