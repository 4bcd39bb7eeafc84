"""Sign-off: written answers by named signers, and what they add up to.

The smallest set of signers that unblocks the decision: the rung's person, and a bar raiser where one is needed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.answers import Answers
from app.domain.errors import NotAllowed, NotNow
from app.domain.ladder import Rung
from app.domain.policy.policy import Policy
from app.domain.stored_words import StoredEnum


class Answer(StoredEnum):
    APPROVE = "approve"
    NOT_YET = "not_yet"  # yes, if…
    DECLINE = "decline"
    TWO_WAY = "two_way"


ANSWER_SAID = {
    Answer.APPROVE: "approved",
    Answer.NOT_YET: "not yet, if…",
    Answer.DECLINE: "declined",
    Answer.TWO_WAY: "it is a two-way door",
}


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


def check_may_sign(
    user: str,
    *,
    requester: str,
    signers: Collection[str],
    handed_over: Collection[str],
    answered: Answer | None,
    closed_as: str | None,
) -> None:
    """Refuse whoever may not sign now.

    Raises:
        NotNow: the decision has closed, or this signer has answered this version.
        NotAllowed: not a signer, the requester, or somebody who handed over.
    """
    if closed_as is not None:
        raise NotNow(f"This decision has closed: it is {closed_as}. Nothing was changed.")
    if user == requester:
        raise NotAllowed("Nobody signs their own memo. Your signers were asked; you will hear from them here.")
    if user in signers:
        if answered is not None:
            raise NotNow(f"You answered this version already: {ANSWER_SAID[answered]}.")
        return
    if user in handed_over:
        raise NotAllowed("Somebody else signs in your place now. You can still ask a question.")
    raise NotAllowed("Only the named signers can answer here. You can read along if you were added to the decision.")
