"""How a signer's answer is said."""

from app.domain.signing.signoff import Answer

ANSWER_SAID = {
    Answer.APPROVE: "approved",
    Answer.NOT_YET: "not yet, if…",
    Answer.DECLINE: "declined",
    Answer.TWO_WAY: "it is a two-way door",
}
