"""Finding what was decided, as far as somebody may see it; and what looks like a triage that begins."""

from datetime import date

from sqlalchemy.orm import Session

from app.db import queries, roster
from app.db.library import finding
from app.db.models import Decision
from app.domain.library.asking import ANYTHING, Wanted
from app.domain.library.hits import Hit, Similar
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


SEEN_THROUGH = 10
"""Earlier ones that look alike, among which those that were decided are chosen."""


def similar(session: Session, decision: Decision, viewer: str, most: int = 3) -> list[Similar]:
    """At most so many earlier decisions that look like this one and were decided, the newest first, as far as this
    person may see them; with what was predicted and what came where they take part. Proposed, never concluded."""
    sight = sight_of(session, decision.workspace_id, viewer)
    found = finding.alike(session, sight, decision.title, but=decision.number, most=SEEN_THROUGH)
    decided = sorted((hit for hit in found if hit.is_decided), key=lambda hit: (hit.decided_on or date.min, hit.number))
    return [_with_what_came(session, decision.workspace_id, hit) for hit in reversed(decided[-most:])]


def _with_what_came(session: Session, workspace: str, hit: Hit) -> Similar:
    past = queries.decision(session, workspace, hit.opens) if hit.opens is not None else None
    if past is None:
        return Similar(hit)
    happened = next((one.look.happened for one in reversed(past.looks) if one.look.happened.strip()), "")
    return Similar(hit, past.memo.prediction if past.memo else None, happened)
