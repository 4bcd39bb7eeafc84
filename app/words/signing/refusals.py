"""Who signs, in sentences."""

from collections.abc import Sequence

from app.domain.errors import NotAllowed, NotNow, ThresholdError
from app.domain.lifecycle import Status
from app.domain.permissions import MayNotSign, OnlyAdvises
from app.domain.signing.signoff import Answer, MayNotAnswer
from app.words.ladder import rung_said
from app.words.people import fills, named
from app.words.signing.answers import ANSWER_SAID
from app.words.states import STATUS_SAID

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


def only_advises(found: OnlyAdvises | MayNotSign) -> str:
    """Why somebody who was asked on the rung below can't decide, and what they can do."""
    can = "You can advise, show how to make it two-way, or say that you disagree."
    if isinstance(found, OnlyAdvises):
        return (
            f"The lowest rung that can decide this is the {rung_said(found.lowest)}, and you were asked as "
            f"{rung_said(found.rung)}. {can}"
        )
    asked_as = rung_said(found.rung) if found.rung else "bar raiser"
    return f"You were asked as {asked_as}, and sit on no rung that decides this. {can}"


def may_not_sign(found: MayNotSign, keepers: Sequence[str]) -> str:
    """Why somebody may not sign in a seat, and who may; where nobody may, who can fill it. People as mentions."""
    if not found.seated:
        assert found.rung
        why = [f"<@{found.requester}> is the requester, and nobody decides their own"] if found.requester else []
        if found.gone:
            why.append(f"{named(found.gone, 'and')} {'has' if len(found.gone) == 1 else 'have'} left")
        return f"The seat of the {rung_said(found.rung)} is empty for this one: {'; '.join(why)}. {fills(keepers)}"
    shown = named(found.seated)
    if found.rung is None:
        return f"The bar raisers here are {shown}. “/escalate ladder” changes it."
    return (
        f"As {rung_said(found.rung)} may sign here: {shown}. “/escalate ladder” seats people, and whoever sits there "
        "names a deputy with “/escalate deputy @name”."
    )
