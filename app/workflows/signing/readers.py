"""Who may read along, and who may let them."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.db.models import Decision
from app.domain.permissions import may_add_readers
from app.workflows.admission import Actor, only
from app.workflows.cards import card
from app.workflows.moving import record
from app.workflows.opening import join, open_decision
from app.workflows.signing.sending import check_can_read


def add_reader(session: Session, id: int, user: str, actor: Actor, now: datetime) -> Decision:
    """Let somebody read along. They may open the memo, and answer questions."""
    decision = open_decision(session, actor, id)
    only(actor, *may_add_readers(decision))
    check_can_read(session, decision, user, "to")
    join(session, decision, user)
    record(session, decision, "add_reader", actor.user, now, reader=user)
    card(session, decision, "reader", user, now)
    return decision
