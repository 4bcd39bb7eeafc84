"""The kinds of messages that people get, by the names under which they are stored and queued."""

from enum import StrEnum

from app.domain.signing.signoff import Answer


class CardKind(StrEnum):
    """One message a person or channel gets about a decision, edited in place from then on."""

    REQUESTER = "requester"  # a direct message to whoever ran /escalate
    SIGNER = "signer"  # a direct message to each signer
    ASKED = "asked"  # a direct message to the person on the rung below
    OWNER = "owner"  # a direct message to the owner of a two-way door
    READER = "reader"  # a direct message to people who were added
    STATUS = "status"  # a message in the channel the decision came from


class NoticeKind(StrEnum):
    """One sentence to one person: what happened, and who acts next."""

    BELOW_DECIDES = "below_decides"
    BELOW_CANNOT = "below_cannot"
    ASKED_REMINDER = "asked_reminder"
    LEFT_ALONE = "left_alone"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    MEMO_CHANGED = "memo_changed"
    DRAFTED = "drafted"
    ASSISTANT_UNAVAILABLE = "assistant_away"
    APPROVED = "approved"
    NOT_YET = "signed_not_yet"
    DECLINED = "signed_decline"
    TWO_WAY = "signed_two_way"
    CONDITION_MET = "condition_met"
    QUESTION_ASKED = "question"
    QUESTION_ANSWERED = "answered"
    HANDED_OVER = "handed_over"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    REMINDER_TO_SIGN = "remind"
    DEADLINE_PASSED = "deadline_passed"
    DEADLINE_PASSED_SIGNER = "deadline_passed_signer"
    SIGNER_LEFT = "signer_left"
    REQUESTER_LEFT = "requester_left"
    REQUESTER_LEFT_SIGNER = "requester_left_signer"
    ASK_SHIPPED = "ask_shipped"
    LEARNING_DUE = "learning_due"
    REVIEW_DUE = "review_due"
    REVISIT_DUE = "revisit_due"
    CHANNEL_GONE = "channel_gone"


NOTICE_OF_ANSWER = {
    Answer.NOT_YET: NoticeKind.NOT_YET,
    Answer.DECLINE: NoticeKind.DECLINED,
    Answer.TWO_WAY: NoticeKind.TWO_WAY,
}
"""What the requester is told at once of a signer's answer; of an approval, once it is complete."""
