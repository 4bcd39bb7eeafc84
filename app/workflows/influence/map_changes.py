"""What every change of a map brings with it: an entry in the record, and cards that say what the map says."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.db import influence, ledger
from app.db.models import AuditEvent
from app.domain.message_kinds import CardKind
from app.workflows.admission import Actor
from app.workflows.cards import card

MAP = "map"
"""The verb of a change of a map in the record."""


def record_change(session: Session, actor: Actor, now: datetime, **detail: object) -> None:
    ledger.append(
        session,
        AuditEvent(workspace_id=actor.workspace, decision_id=None, at=now, actor=actor.user, what=MAP, detail=detail),
    )
    _bring_up_cards(session, actor.workspace, now)


def _bring_up_cards(session: Session, workspace: str, now: datetime) -> None:
    """Requesters' cards name the teams whose levers are touched, and offer to choose some where any are held: with the
    first lever, and with the last, that is another card for all. No decision is opened for it: a card is drawn as it is
    sent, from what both the map and the decision say then."""
    session.flush()
    for decision in influence.shown_with_maps(session, workspace, touching=influence.levers(session, workspace) > 1):
        card(session, decision, CardKind.REQUESTER.value, decision.requester_id, now)
