"""The note to a slow team: written from the decision's own figures, sent by its requester and by nobody else."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.db import influence
from app.db.models import Decision, MapTeam
from app.domain.errors import NotFound, NotNow, Unreadable
from app.domain.influence.asking import For
from app.domain.influence.fast_lane import Fixed, SlowTeam
from app.domain.lifecycle import OPEN
from app.domain.message_kinds import NoticeKind
from app.domain.permissions import is_member
from app.words.states import STATUS_SAID
from app.workflows.admission import Actor, only
from app.workflows.cards import show
from app.workflows.moving import record
from app.workflows.notifying import tell
from app.workflows.opening import join, open_decision, rely_on

LONGEST = 2000


def whom(session: Session, decision: Decision, id: int) -> list[str]:
    """To whom the note to a team goes: whoever is asked for its yes; before that, whoever decides there, or does while
    they are away."""
    asked = [row.user_id for row in decision.approvals if row.kind is For.LEVER and row.team_id == id]
    team = None if asked else next((one for one in _open_to(session, decision) if one.id == id), None)
    users = asked or ([*team.deciders, *team.deputies.values()] if team else [])
    return [user for user in dict.fromkeys(users) if user != decision.requester_id]


def _open_to(session: Session, decision: Decision) -> list[MapTeam]:
    here = influence.touched(session, decision)
    return influence.seen_by(session, decision.workspace_id, here, decision.requester_id)


def slow_team(session: Session, decision: Decision, id: int) -> SlowTeam:
    """One of the teams that a decision touches: as its requester may see it on its map; once it was sent, as it was
    fixed.

    Raises:
        NotFound: it touches no such team.
    """
    fixed = [row for row in decision.approvals if row.kind is For.LEVER and row.team_id == id]
    if fixed:
        return Fixed(id, fixed[0].name, fixed[0].days)
    found = next((team for team in _open_to(session, decision) if team.id == id), None)
    if found is None or decision.sent_at is not None:
        raise NotFound("That team is on its map no more, or this decision does not touch it.")
    return found


def send_note(session: Session, id: int, team: int, text: str, to: str, actor: Actor, now: datetime) -> Decision:
    """Send what the requester made of the note, in their name. It asks for nothing but a fast lane.

    Raises:
        NotNow: it is decided. Unreadable: no words, or somebody who does not decide there.
    """
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id], "the requester")
    if decision.status not in OPEN:
        raise NotNow(f"There is nothing to hurry: {decision.name} is {STATUS_SAID[decision.status]}.")
    found = slow_team(session, decision, team)
    said = text.strip()
    if not said:
        raise Unreadable("The note is empty. Write what waiting costs, and what you ask for.", "text")
    if to not in whom(session, decision, found.id):
        raise Unreadable("Choose somebody who decides there.", "to")
    takes_part = any(part.user_id == to for part in decision.participants)
    if decision.private and not takes_part:
        raise NotNow(f"{decision.name} is private, and <@{to}> takes no part in it. Let them read along first.")
    if not is_member(rely_on(session, decision.workspace_id, to)):
        raise Unreadable(f"<@{to}> has left, or is no member. Choose somebody else who decides there.", "to")
    if not takes_part:
        join(session, decision, to)
        session.expire(decision, ["participants"])
    record(session, decision, "fast_lane", actor.user, now, team=team, to=to, said=said[:LONGEST])
    tell(session, decision, to, NoticeKind.FAST_LANE, now, who=actor.user, said=said[:LONGEST])
    show(session, decision, now)
    return decision
