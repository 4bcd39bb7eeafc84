"""Who may read along, and who may let them."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.db.models import Decision
from app.domain.signing.standing import signing_now
from app.workflows.admission import Actor, only
from app.workflows.cards import card
from app.workflows.moving import record
from app.workflows.opening import join, open_decision
from app.workflows.signing.sending import check_can_read


def may_add(decision: Decision) -> set[str]:
    """Who may let others read along: a signer who handed over or was replaced no longer does."""
    return {decision.requester_id, decision.owner_id, *(signer.user_id for signer in signing_now(decision.signers))}


def add_reader(session: Session, id: int, user: str, actor: Actor, now: datetime) -> Decision:
    """Let somebody read along. They may open the memo, and answer questions."""
    decision = open_decision(session, actor, id)
    only(actor, may_add(decision), "the requester, the owner and those who sign now")
    check_can_read(session, decision, user, "to")
    join(session, decision, user)
    record(session, decision, "add_reader", actor.user, now, reader=user)
    card(session, decision, "reader", user, now)
    return decision
