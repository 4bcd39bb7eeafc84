"""Finding what was decided, as far as somebody may see it; and what looks like a triage that begins."""

from sqlalchemy.orm import Session

from app.db import roster
from app.db.library import finding
from app.db.models import Decision
from app.domain.library.asking import ANYTHING, Wanted
from app.domain.library.hits import Hit
from app.domain.library.likeness import Near
from app.domain.library.marks import Sight
from app.domain.lifecycle import Status
from app.domain.permissions import is_member
from app.workflows.admission import Actor, admit

A_PAGE = 10


def find(
    session: Session, actor: Actor, words: str, wanted: Wanted = ANYTHING, most: int = A_PAGE, near: Near | None = None
) -> list[Hit]:
    """What somebody may find, best first. A guest finds what they take part in. ``near``: the words, read by a model.

    Raises:
        NotAllowed: whoever is not let in.
    """
    admit(session, actor)
    return finding.find(session, sight_of(session, actor.workspace, actor.user), words, wanted, most, near)


def sight_of(session: Session, workspace: str, user: str) -> Sight:
    """What this person may find. Who was never looked up counts as a member, as everywhere."""
    person = roster.person(session, workspace, user)
    return Sight(workspace, user, open=person is None or is_member(person))


def named(session: Session, actor: Actor, number: int) -> Hit | None:
    """A decision by its number, as far as it may be seen."""
    admit(session, actor)
    return next(iter(finding.hits(session, sight_of(session, actor.workspace, actor.user), [number])), None)


def begins(decision: Decision) -> bool:
    """Whether its first question is still to be answered: what was decided before may spare all of them."""
    return decision.status is Status.TRIAGE and decision.title != "" and decision.answers.undo is None


def alike(session: Session, decision: Decision) -> list[Hit]:
    """At most three that look like this triage, as far as its requester may see them. Proposed, never concluded."""
    sight = sight_of(session, decision.workspace_id, decision.requester_id)
    return finding.alike(session, sight, decision.title, but=decision.number)
