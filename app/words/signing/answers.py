"""A signer's answers in words, one entry each: how it is offered, asked for, and said once it is given."""

from dataclasses import dataclass

from app.domain.signing.signoff import Answer


@dataclass(frozen=True)
class AnswerWords:
    """``said``: in an export and on the page. ``given``: after a name. ``yours``: after "you"."""

    said: str
    given: str
    yours: str
    emoji: str
    mark: str  # in a list of sign-offs
    title: str  # of its form; with an ellipsis where it is offered
    submit: str
    label: str  # of what is written
    hint: str
    example: str
    needs: str | None  # what to write, where it can't come without words
    offered: str | None = None  # where that is another word than the title


ANSWERS: dict[Answer, AnswerWords] = {
    Answer.APPROVE: AnswerWords(
        said="approved",
        given="approved",
        yours="approved",
        emoji=":white_check_mark:",
        mark="✓",
        title="Approve",
        submit="Approve",
        label="A note for the record",
        hint="It closes once every signer has approved and no question is open.",
        example="The ask is clear; the pilot in one region would have cost us the deadline.",
        needs=None,
    ),
    Answer.NOT_YET: AnswerWords(
        said="not yet, if…",
        given="said not yet",
        yours="said not yet",
        emoji=":large_yellow_circle:",
        mark="○",
        title="Not yet: yes, if…",
        submit="Not yet",
        label="Yes, if…",
        hint="One condition that can be met. You are asked again once it is.",
        example="Yes, if legal has read the new terms and the letters name the old price.",
        needs="Write the condition: yes, if what?",
        offered="Not yet, if",
    ),
    Answer.DECLINE: AnswerWords(
        said="declined",
        given="declined",
        yours="declined",
        emoji=":no_entry:",
        mark="✗",
        title="Decline",
        submit="Decline",
        label="Why not?",
        hint="A sentence they can learn from. It closes the decision.",
        example="The figure covers one region only; the cost in the others is unknown.",
        needs="Write why, in a sentence: the requester learns from it.",
    ),
    Answer.TWO_WAY: AnswerWords(
        said="it is a two-way door",
        given="calls it a two-way door",
        yours="called it a two-way door",
        emoji=":leftwards_arrow_with_hook:",
        mark="○",
        title="It is a two-way door",
        submit="Give it back",
        label="What makes it reversible?",
        hint="It goes back to the team that owns it, with your words and a learning check.",
        example="The price can be tried on new customers for a month, and put back.",
        needs="Write what makes it reversible, so that the team can decide it well.",
    ),
    Answer.ABSTAIN: AnswerWords(
        said="abstained",
        given="abstained",
        yours="abstained",
        emoji=":heavy_minus_sign:",
        mark="–",
        title="Abstain",
        submit="Abstain",
        label="Why don't you decide this?",
        hint="It stays on the record and counts as no approval. Somebody else is asked in your seat.",
        example="The vendor's founder is my brother-in-law.",
        needs="Write why you abstain, in a sentence: whoever is asked next reads it.",
    ),
}

ANSWER_SAID = {answer: words.said for answer, words in ANSWERS.items()}
