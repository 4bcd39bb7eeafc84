"""Somebody's account is switched off: whose decision waits for them is told.

What comes of their own decisions is in ``app/workflows/requester_left.py``.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from app.db.models import Decision
from app.domain.lifecycle import UNDER_REVIEW
from app.domain.message_kinds import NoticeKind
from app.domain.permissions import OWNER_ACTS, waits_for_requester
from app.domain.signing.standing import signer_of, still_to_approve
from app.workflows import requester_left
from app.workflows.moving import record
from app.workflows.notifying import tell
from app.workflows.people import taking_over


def go_on_without(session: Session, decision: Decision, user: str, now: datetime) -> None:
    """Somebody has left: the requester hears of a signer, whoever may take it over of a requester."""
    if waits_for_signer(decision, user):
        record(session, decision, "signer_left", user, now)
        tell(session, decision, decision.requester_id, NoticeKind.SIGNER_LEFT, now, who=user)
    if decision.owner_id == user != decision.requester_id and decision.status in OWNER_ACTS:
        _goes_back_to_its_requester(session, decision, user, now)
    if decision.requester_id == user and waits_for_requester(decision):
        record(session, decision, "requester_left", user, now)
        requester_left.offer(session, decision, now)


def waits_for_signer(decision: Decision, user: str) -> bool:
    """Whether a decision under review still waits for somebody: for an answer, or for their condition to be met."""
    return decision.status in UNDER_REVIEW and signer_of(still_to_approve(decision.signers), user) is not None


def _goes_back_to_its_requester(session: Session, decision: Decision, owner: str, now: datetime) -> None:
    """Its owner has left: whoever asked for it says how it went on, and is told so. Where they left too, it is offered
    to those who may take it over."""
    decision.owner_id = decision.requester_id
    record(session, decision, "owner_left", owner, now)
    taking_over.hand_on(session, decision, owner, now)
    if requester_left.requester_is_gone(session, decision):
        requester_left.offer(session, decision, now)
    else:
        tell(session, decision, decision.requester_id, NoticeKind.OWNER_LEFT, now, who=owner)
