"""The states of a decision and the one table of allowed moves.

    triage ──► deflected ──► learned
      │            ▲ (a signer says: two-way)
      ├──► held (a gate failed) ──► triage
      └──► drafting ──► in_review ──► approved ──► implemented ──► reviewed
                          │  ▲  └──► declined
                          ▼  │
                        not_yet           withdrawn, expired: from any open state

Some moves stand beside the drawing, because people need them: a held decision may go on with a written reason
(``override``); answers may still be changed while the memo is drafted (``reconsider``); while one signer's condition is
open another may still decline or call it two-way; and what was approved may be dropped before it shipped (``drop``).
"""

from enum import StrEnum

from app.domain.stored_words import StoredEnum

THRESHOLD = "threshold"
"""The actor of what the clock does."""

TAKE_OVER = "take_over"
"""In a decision's history: somebody went on in place of a requester who had left."""


class Status(StoredEnum):
    TRIAGE = "triage"  # questions are being answered, or the verdict waits for a yes
    DEFLECTED = "deflected"  # two-way: the owner decides, and a learning check is dated
    LEARNED = "learned"  # the learning check was answered
    HELD = "held"  # one-way, but a gate failed; the next step is known
    DRAFTING = "drafting"  # the memo is being written
    IN_REVIEW = "in_review"  # signers have been asked
    NOT_YET = "not_yet"  # a signer said "yes, if…"
    APPROVED = "approved"
    DECLINED = "declined"
    IMPLEMENTED = "implemented"  # it shipped; the review is dated
    REVIEWED = "reviewed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Move(StrEnum):
    DEFLECT = "deflect"
    HOLD = "hold"
    RECONSIDER = "reconsider"
    OVERRIDE = "override"
    DRAFT = "draft"
    SEND = "send"
    ASK_CONDITION = "ask_condition"
    MEET_CONDITION = "meet_condition"
    APPROVE = "approve"
    DECLINE = "decline"
    CALL_TWO_WAY = "call_two_way"
    LEARN = "learn"
    IMPLEMENT = "implement"
    REVIEW = "review"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    DROP = "drop"


OPEN = frozenset({Status.TRIAGE, Status.HELD, Status.DRAFTING, Status.IN_REVIEW, Status.NOT_YET})
"""Nobody has decided yet. Everything a digest, a reminder or a withdrawal is about."""


UNDER_REVIEW = frozenset({Status.IN_REVIEW, Status.NOT_YET})
"""Signers have it: they may answer, ask and hand over."""


WRITABLE = UNDER_REVIEW | {Status.DRAFTING}
"""The memo may be written."""


MOVES: dict[tuple[Status, Move], Status] = {
    (Status.TRIAGE, Move.DEFLECT): Status.DEFLECTED,
    (Status.TRIAGE, Move.HOLD): Status.HELD,
    (Status.TRIAGE, Move.DRAFT): Status.DRAFTING,
    (Status.HELD, Move.RECONSIDER): Status.TRIAGE,
    (Status.HELD, Move.OVERRIDE): Status.DRAFTING,
    (Status.DRAFTING, Move.RECONSIDER): Status.TRIAGE,
    (Status.DRAFTING, Move.SEND): Status.IN_REVIEW,
    (Status.IN_REVIEW, Move.ASK_CONDITION): Status.NOT_YET,
    (Status.IN_REVIEW, Move.APPROVE): Status.APPROVED,
    (Status.IN_REVIEW, Move.DECLINE): Status.DECLINED,
    (Status.IN_REVIEW, Move.CALL_TWO_WAY): Status.DEFLECTED,
    (Status.NOT_YET, Move.MEET_CONDITION): Status.IN_REVIEW,
    (Status.NOT_YET, Move.DECLINE): Status.DECLINED,
    (Status.NOT_YET, Move.CALL_TWO_WAY): Status.DEFLECTED,
    (Status.DEFLECTED, Move.LEARN): Status.LEARNED,
    (Status.APPROVED, Move.IMPLEMENT): Status.IMPLEMENTED,
    (Status.APPROVED, Move.DROP): Status.WITHDRAWN,
    (Status.IMPLEMENTED, Move.REVIEW): Status.REVIEWED,
    **{(status, Move.WITHDRAW): Status.WITHDRAWN for status in OPEN},
    **{(status, Move.EXPIRE): Status.EXPIRED for status in OPEN},
}


def after(status: Status, move: Move) -> Status | None:
    """The state that ``move`` leads to; None where it is not allowed from ``status``."""
    return MOVES.get((status, move))
