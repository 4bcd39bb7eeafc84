"""A triage ends by what was decided before, or says what it comes in the place of."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.db.library import past
from app.db.models import Decision
from app.domain.errors import NotNow
from app.domain.library.hits import Hit
from app.domain.lifecycle import Move
from app.words.library import GONE, NOT_ITSELF
from app.workflows.admission import Actor
from app.workflows.cards import show
from app.workflows.library.finding import named
from app.workflows.moving import move, record
from app.workflows.triage.intake import in_triage


def settle(session: Session, id: int, by: int, actor: Actor, now: datetime) -> Decision:
    """An earlier decision settles this one: its triage ends here. ``by``: that one's number.

    Raises:
        NotNow: the triage is over, or the other can't be found any more.
    """
    decision = in_triage(session, id, actor)
    _other(session, decision, by, actor)
    decision.settled_by, decision.decided_at = by, now
    move(session, decision, Move.WITHDRAW, actor.user, now, settled_by=f"D-{by}")
    show(session, decision, now)
    return decision


def replace(session: Session, id: int, older: int, on: bool, actor: Actor, now: datetime) -> Decision:
    """This decision is to come in the place of an earlier one; not ``on``: after all it is not.

    Raises:
        NotNow: the triage is over, or the other can't be found any more.
    """
    decision = in_triage(session, id, actor)
    _other(session, decision, older, actor)
    past.replace(session, decision.workspace_id, decision.number, older, on, now)
    record(session, decision, "replaces" if on else "replaces_not", actor.user, now, older=f"D-{older}")
    show(session, decision, now)
    return decision


def _other(session: Session, decision: Decision, number: int, actor: Actor) -> Hit:
    if number == decision.number:
        raise NotNow(NOT_ITSELF)
    found = named(session, actor, number)
    if found is None:
        raise NotNow(GONE)
    return found
