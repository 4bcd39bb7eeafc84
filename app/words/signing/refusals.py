"""Who signs, in sentences."""

from app.domain.errors import NotAllowed, NotNow, ThresholdError
from app.domain.lifecycle import Status
from app.domain.permissions import MayNotSign
from app.domain.signing.signoff import Answer, MayNotAnswer
from app.words.ladder import rung_said
from app.words.signing.answers import ANSWER_SAID
from app.words.states import STATUS_SAID

MOST = 5

_MAY_NOT_ANSWER = {
    MayNotAnswer.OWN_MEMO: "Nobody signs their own memo. Your signers were asked; you will hear from them here.",
    MayNotAnswer.HANDED_OVER: "Somebody else signs in your place now. You can still ask a question.",
    MayNotAnswer.NO_SIGNER: (
        "Only the named signers can answer here. You can read along if you were added to the decision."
    ),
}


def may_not_answer(found: MayNotAnswer, status: Status, answered: Answer | None) -> ThresholdError:
    """The refusal of whoever may not answer the memo now."""
    if found is MayNotAnswer.CLOSED:
        return NotNow(f"This decision has closed: it is {STATUS_SAID[status]}. Nothing was changed.")
    if found is MayNotAnswer.ANSWERED and answered:
        return NotNow(f"You answered this version already: {ANSWER_SAID[answered]}.")
    return NotAllowed(_MAY_NOT_ANSWER[found])


def may_not_sign(found: MayNotSign) -> str:
    """Why somebody may not sign in a seat, and who may; people as mentions."""
    if not found.seated:
        assert found.rung
        return (
            f"Nobody but the requester sits as {rung_said(found.rung)} or higher, and nobody decides their own. "
            "“/escalate ladder” seats somebody beside them."
        )
    shown = [f"<@{user}>" for user in found.seated[:MOST]]
    more = f" and {len(found.seated) - MOST} more" if len(found.seated) > MOST else ""
    named = f"{' or '.join([', '.join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)}{more}"
    if found.rung is None:
        return f"The bar raisers here are {named}. “/escalate ladder” changes it."
    return (
        f"As {rung_said(found.rung)} may sign here: {named}. “/escalate ladder” seats people, and whoever sits there "
        "names a deputy with “/escalate deputy @name”."
    )
