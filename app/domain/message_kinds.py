"""The kinds of messages, by the names under which they are stored. What each says stands in the views."""

from enum import StrEnum

from app.domain.decided import Decided
from app.domain.lifecycle import Status


class CardKind(StrEnum):
    """One message a person or channel gets about a decision, edited in place from then on."""

    REQUESTER = "requester"
    SIGNER = "signer"
    ASKED = "asked"  # on the rung below
    OWNER = "owner"
    READER = "reader"
    STATUS = "status"  # in the channel the decision came from


def card_of(decision: Decided, user: str, *, was_asked: bool) -> CardKind:
    """The one card on which somebody acts, of those that they may have got in one decision: the others say where it is.

    ``was_asked``: they were sent the question of the rung below.
    """
    if user == decision.requester_id:
        return CardKind.REQUESTER
    if user == decision.owner_id and decision.status in (Status.DEFLECTED, Status.LEARNED):
        return CardKind.OWNER
    if decision.sent_at is not None and any(one.user_id == user for one in decision.signers):
        return CardKind.SIGNER
    return CardKind.ASKED if was_asked else CardKind.READER


class NoticeKind(StrEnum):
    """One sentence to one person, in the conversation of a decision."""

    BELOW_DECIDES = "below_decides"
    BELOW_CANNOT = "below_cannot"
    BELOW_DISAGREES = "below_disagrees"
    BELOW_TWO_WAY = "below_two_way"
    ASKED_REMINDER = "asked_reminder"
    MEMO_CHANGED = "memo_changed"
    SIGNED_NOT_YET = "signed_not_yet"
    SIGNED_DECLINE = "signed_decline"
    SIGNED_TWO_WAY = "signed_two_way"
    SIGNED_ABSTAIN = "signed_abstain"
    APPROVED = "approved"
    CONDITION_MET = "condition_met"
    QUESTION = "question"
    ANSWERED = "answered"
    QUESTION_WAITS = "question_waits"
    QUESTION_LATE = "question_late"
    QUESTION_CLOSED = "question_closed"
    REVIEW_WAITS = "review_waits"
    OWNER_LEFT = "owner_left"
    TAKEN_BACK = "taken_back"
    HANDED_OVER = "handed_over"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    SIGNER_LEFT = "signer_left"
    REQUESTER_LEFT = "requester_left"
    REQUESTER_LEFT_SIGNER = "requester_left_signer"
    LEFT_ALONE = "left_alone"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    REMIND = "remind"
    DATE_MOVED = "date_moved"
    SNOOZED_PAST = "snoozed_past"
    ASKS_TO_READ = "asks_to_read"
    DEADLINE_PASSED = "deadline_passed"
    DEADLINE_PASSED_SIGNER = "deadline_passed_signer"
    ASK_SHIPPED = "ask_shipped"
    REVIEW_DUE = "review_due"
    LEARNING_DUE = "learning_due"
    REVISIT_DUE = "revisit_due"
    LOOKED_BACK = "looked_back"
    CONDITION_YOURS = "condition_yours"
    CONDITION_DUE = "condition_due"
    CONDITION_DONE = "condition_done"
    ANSWER_CHANGED = "answer_changed"
    RENAMED = "renamed"
    SPOKEN_FOR = "spoken_for"
    OWN_WORDS_BELOW = "own_words_below"
    BLOCKED_SOON = "blocked_soon"
    BLOCKED_GONE = "blocked_gone"
    CHANNEL_GONE = "channel_gone"
    STILL_SHOWN = "still_shown"
    ASSISTANT_AWAY = "assistant_away"
    DRAFTED = "drafted"
    NOTHING_DRAFTED = "nothing_drafted"
    NAME_ASKED = "name_asked"
    NAME_LENT = "name_lent"
    NAME_KEPT = "name_kept"
    DISSENT = "dissent"
    STATE_ASKED = "state_asked"
    COMMIT_ASKED = "commit_asked"
    COMMIT_REMINDED = "commit_reminded"
    CANNOT_COMMIT = "cannot_commit"
    REVISIT_DISSENT = "revisit_dissent"
    REVISITED = "revisited"
    TRADEOFF_OPENED = "tradeoff_opened"
    TRADEOFF_ASKED = "tradeoff_asked"
    TRADEOFF_AGREED = "tradeoff_agreed"
    TRADEOFF_ENDED = "tradeoff_ended"
    TRADEOFF_RESULT = "tradeoff_result"
    TRADEOFF_CLOSED = "tradeoff_closed"
    GUIDELINE_DUE = "guideline_due"
    PREREAD = "preread"
    PREREAD_REMINDED = "preread_reminded"
    PREREAD_VERSION = "preread_version"
    SYNC_OFF = "sync_off"
    SYNC_BACK = "sync_back"
    SYNC_MOVED = "sync_moved"
    SYNC_BEGINS = "sync_begins"
    SYNC_UNSETTLED = "sync_unsettled"
    REMARK = "remark"
    REMARK_ANSWERED = "remark_answered"
    TOLD_NOT_ASKED = "told_not_asked"
    FAST_LANE = "fast_lane"


NOTICE = "n:"
"""How the kind of a remembered notice begins: one with buttons, which is edited once nothing is left to do."""
