"""Who may read along, who may let them, and who ends it."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.db.models import Decision
from app.domain.errors import NotNow, Unreadable
from app.domain.permissions import may_add_readers, may_take_out, reading_along
from app.domain.syncs.life import SyncState
from app.workflows import agenda
from app.workflows.admission import Actor, only
from app.workflows.cards import card, show
from app.workflows.moving import record
from app.workflows.notifying import send
from app.workflows.opening import join, open_decision
from app.workflows.signing.sending import check_can_read


def add_reader(session: Session, id: int, user: str, actor: Actor, now: datetime) -> Decision:
    """Let somebody read along. They may open the memo, and answer questions."""
    decision = open_decision(session, actor, id)
    only(actor, *may_add_readers(decision))
    check_can_read(session, decision, user, "to")
    join(session, decision, user)
    session.expire(decision, ["participants"])
    record(session, decision, "add_reader", actor.user, now, reader=user)
    card(session, decision, "reader", user, now)
    show(session, decision, now)
    return decision


def take_out(session: Session, id: int, user: str, actor: Actor, now: datetime) -> Decision:
    """Somebody reads along no more: what they have of it in Slack is closed.

    Raises:
        Unreadable: nobody was chosen.
        NotNow: they have another part in it, or read along no more.
    """
    decision = open_decision(session, actor, id)
    agenda.follow(session, decision, now)
    only(actor, *may_take_out(decision, user))
    if not user:
        raise Unreadable("Choose whom you take out.", "reader")
    meets = {question.meets for question in decision.questions if question.resolved_at is None}
    if user not in reading_along(decision) or user in meets:
        raise NotNow(f"<@{user}> doesn't read along, or has another part in it. Nothing was changed.")
    planned = decision.sync_state is SyncState.PLANNED
    for part in decision.participants:
        if part.user_id == user:
            session.delete(part)
    session.flush()
    session.expire(decision, ["participants"])
    record(session, decision, "remove_reader", actor.user, now, reader=user)
    send(session, decision.workspace_id, "redact", user, now, decision)
    sync = decision.sync
    if sync is not None and planned and user in [one.user_id for one in decision.read_by]:
        agenda.follow(session, decision, now)  # it may be that they alone were waited for
        agenda.calendars_anew(session, decision, now)
        agenda.to_calendars(session, decision, sync, [user], now)
    show(session, decision, now)
    return decision
