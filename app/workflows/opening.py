"""Opening a decision, and the workspace and people around it."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.db import locks, newer_decisions, queries, roster
from app.db.models import Decision, Participant, Person, Workspace
from app.domain.errors import NotAllowed, NotFound
from app.domain.ladder import Ladder
from app.domain.permissions import is_member
from app.workflows.admission import Actor, admit


def ensure_workspace(session: Session, workspace: str, now: datetime) -> Workspace:
    found = roster.workspace(session, workspace)
    if found is None:
        session.flush()
        roster.add_workspace(session, workspace, now)
        found = roster.workspace(session, workspace)
    assert found
    return found


def ensure_person(session: Session, workspace: str, user: str) -> Person:
    """Somebody as we know them; whoever was never looked up counts as a member, in UTC."""
    found = roster.person(session, workspace, user)
    if found is None:
        session.flush()
        roster.add_person(session, workspace, user)
        found = roster.person(session, workspace, user)
    assert found
    return found


def rely_on(session: Session, workspace: str, user: str) -> Person:
    """As ``ensure_person``, for somebody who is given a part in a decision, or a seat: they can't leave unseen."""
    session.flush()
    found = locks.rely_on(session, workspace, user)
    if found is None:
        roster.add_person(session, workspace, user)
        found = locks.rely_on(session, workspace, user)
    assert found
    return found


def open_decision(session: Session, actor: Actor, id: int, *, lock: bool = True) -> Decision:
    """The decision, for somebody who takes part in it, locked for a change.

    Raises:
        NotFound: no such decision in this workspace, or a private one of others (its existence is not told).
        NotAllowed: a colleague who does not take part, or who is not let in at all (see ``admit``).
    """
    return _let_in(session, queries.decision_for(session, actor.workspace, actor.user, id=id, lock=lock), actor)


def open_numbered(session: Session, actor: Actor, number: int) -> Decision:
    """As ``open_decision``, by the number people say: 42 for D-42."""
    known = number < 2**31  # what the database can hold
    found = queries.decision_for(session, actor.workspace, actor.user, number=number) if known else None
    return _let_in(session, found, actor, number)


def _let_in(session: Session, named: tuple[Decision, bool] | None, actor: Actor, number: int | None = None) -> Decision:
    name = f"D-{number}" if number is not None else "that decision"
    admit(session, actor)
    missing = NotFound(f"I can't find {name} here. “/escalate list” shows the ones you can open.")
    if named is None:
        raise missing
    found, takes_part = named
    if not takes_part:
        if found.private:
            raise missing
        raise NotAllowed(
            f"{found.name} is open to its requester, its signers and the people they added. "
            f"Ask <@{found.requester_id}> to add you."
        )
    newer_decisions.opened(session, found)
    return found


def join(session: Session, decision: Decision, user: str) -> None:
    """Make somebody a participant."""
    if not queries.is_participant(session, decision, user):
        session.add(Participant(workspace_id=decision.workspace_id, decision_id=decision.id, user_id=user))
        session.flush()


def gone_from(session: Session, workspace: str, ladder: Ladder) -> set[str]:
    """Who stands on a ladder and can't be relied on any more: they left, or are no member now."""
    people = roster.people(session, workspace, ladder.everybody)
    return {one for one, person in people.items() if not is_member(person)}
