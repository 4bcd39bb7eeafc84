"""Maps of customers' journeys, and how long their teams took to answer."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, func, null, select
from sqlalchemy.orm import Session

from app.db import roster
from app.db.models import Approval, AuditEvent, Card, Decision, Journey, MapTeam, Person, Signer
from app.domain.influence.measured import Asked
from app.domain.influence.who import may_see
from app.domain.lifecycle import OPEN
from app.domain.message_kinds import CardKind
from app.domain.people.calendar import WorkingHours, working_days_within
from app.domain.people.working_time import hours_of
from app.domain.signing.signoff import LEAVES_SEAT_EMPTY
from app.domain.triage.doors import Door

MOST_TIMES = 500
"""Of a team: the newest times that it was asked, from which its days are measured."""


def journeys(session: Session, workspace: str) -> Sequence[Journey]:
    """Every map, by its name."""
    query = select(Journey).where(Journey.workspace_id == workspace)
    return session.scalars(query.order_by(func.lower(Journey.name), Journey.id)).all()


def journey(session: Session, workspace: str, id: int) -> Journey | None:
    return session.scalar(select(Journey).where(Journey.workspace_id == workspace, Journey.id == id))


def teams(session: Session, workspace: str, journeys: Collection[int] | None = None) -> Sequence[MapTeam]:
    """The teams of these journeys, or of all."""
    query = select(MapTeam).where(MapTeam.workspace_id == workspace)
    if journeys is not None:
        query = query.where(MapTeam.journey_id.in_(journeys))
    return session.scalars(query.order_by(MapTeam.id)).all()


def team(session: Session, workspace: str, id: int) -> MapTeam | None:
    return session.scalar(select(MapTeam).where(MapTeam.workspace_id == workspace, MapTeam.id == id))


def is_mapped(session: Session, workspace: str) -> bool:
    """Whether any team of a workspace holds a lever."""
    here = (MapTeam.workspace_id == workspace, MapTeam.lever != "")
    return session.scalar(select(MapTeam.id).where(*here).limit(1)) is not None


def levers(session: Session, workspace: str) -> int:
    """How many levers are held in a workspace."""
    here = (MapTeam.workspace_id == workspace, MapTeam.lever != "")
    return session.scalar(select(func.count(MapTeam.id)).where(*here)) or 0


def shown_with_maps(session: Session, workspace: str, *, touching: bool) -> Sequence[Decision]:
    """One-way doors that were not sent yet and whose requester has a card. ``touching``: those alone that touch a
    lever."""
    query = select(Decision).where(
        Decision.workspace_id == workspace,
        Decision.status.in_(OPEN),
        Decision.door == Door.ONE_WAY,
        Decision.sent_at.is_(None),
        exists().where(
            Card.workspace_id == workspace, Card.decision_id == Decision.id, Card.kind == CardKind.REQUESTER.value
        ),
    )
    if touching:
        query = query.where(Decision.touches.is_not(null()))
    return session.scalars(query.order_by(Decision.id)).all()


def touched(session: Session, decision: Decision) -> Sequence[MapTeam]:
    """The teams whose lever a decision touches, those that are on a map still, in the order in which they were put."""
    if not decision.touches:
        return []
    query = select(MapTeam).where(MapTeam.workspace_id == decision.workspace_id, MapTeam.id.in_(decision.touches))
    return session.scalars(query.order_by(MapTeam.id)).all()


def seen_by(session: Session, workspace: str, found: Sequence[MapTeam], user: str) -> list[MapTeam]:
    """Those of these teams that are on a map which somebody may open."""
    query = select(Journey).where(
        Journey.workspace_id == workspace, Journey.id.in_({team.journey_id for team in found}), Journey.private
    )
    private = session.scalars(query).all() if found else []
    beside = teams(session, workspace, [one.id for one in private]) if private else []
    hidden = {
        one.id for one in private if not may_see(one, [team for team in beside if team.journey_id == one.id], user)
    }
    return [team for team in found if team.journey_id not in hidden]


def of_group(session: Session, workspace: str, group: str) -> Sequence[MapTeam]:
    query = select(MapTeam).where(MapTeam.workspace_id == workspace, MapTeam.group_id == group)
    return session.scalars(query.order_by(MapTeam.id)).all()


def take_off(session: Session, found: MapTeam) -> None:
    """Nothing waits for this team any more; on its map nobody decides after it."""
    for other in teams(session, found.workspace_id, [found.journey_id]):
        if found.id in other.after:
            other.after = [one for one in other.after if one != found.id]
    session.delete(found)
    session.flush()


def take_down(session: Session, found: Journey) -> None:
    session.execute(delete(MapTeam).where(MapTeam.workspace_id == found.workspace_id, MapTeam.journey_id == found.id))
    session.delete(found)
    session.flush()


def waiting(session: Session, workspace: str, users: Collection[str]) -> Mapping[str, int]:
    """How many sign-offs of open decisions wait for each of these people."""
    if not users:
        return {}
    query = (
        select(Signer.user_id, func.count())
        .join(Decision, (Decision.id == Signer.decision_id) & (Decision.workspace_id == Signer.workspace_id))
        .where(
            Signer.workspace_id == workspace, Signer.user_id.in_(users), Signer.handed_over.is_(False),
            Signer.answer.is_(None), Decision.status.in_(OPEN),
        )
        .group_by(Signer.user_id)
    )  # fmt: skip
    return {row[0]: row[1] for row in session.execute(query)}


# ── how long they took ──────────────────────────────────────────────────────────────────────────────────


def times(session: Session, workspace: str, ids: Collection[int], now: datetime) -> Mapping[int, Sequence[Asked]]:
    """Each time that a yes of these teams was asked for: from the sending to the first answer of whoever sat in that
    seat, in the working hours of who was asked; where nobody has answered, to the end of the decision, or now. What
    comes after (a condition that is met, another answer, a memo that is read again) is none of the team's days. Of a
    private decision nothing is counted."""
    if not ids:
        return {}
    query = (
        select(Approval.team_id, Approval.decision_id, Approval.user_id, Decision.status, Decision.decided_at,
               Decision.touched_at, Decision.sent_at, Approval.others)
        .join(Decision, (Decision.id == Approval.decision_id) & (Decision.workspace_id == Approval.workspace_id))
        .where(Approval.workspace_id == workspace, Approval.team_id.in_(ids), Decision.private.is_(False))
        .order_by(Approval.id.desc())
        .limit(MOST_TIMES * len(ids))
    )  # fmt: skip
    rows = session.execute(query).all()
    seats = _seats(session, workspace, {row.decision_id for row in rows})
    answers = _first_answers(session, workspace, set(seats))
    people = roster.people(session, workspace, {row.user_id for row in rows})
    found: dict[int, list[Asked]] = {}
    for row in rows:
        asked = _time(row, seats.get(row.decision_id, ()), answers.get(row.decision_id, {}), people, now)
        if asked is not None and len(found.setdefault(row.team_id, [])) < MOST_TIMES:
            found[row.team_id].append(asked)
    return found


def _seats(session: Session, workspace: str, decisions: Iterable[int]) -> Mapping[int, Sequence[Any]]:
    columns = (Signer.decision_id, Signer.user_id, Signer.handed_over, Signer.asked_at)
    query = select(*columns).where(Signer.workspace_id == workspace, Signer.decision_id.in_(decisions))
    found: dict[int, list[Any]] = {}
    for row in session.execute(query.order_by(Signer.id)):
        found.setdefault(row.decision_id, []).append(row)
    return found


def _first_answers(
    session: Session, workspace: str, decisions: Collection[int]
) -> Mapping[int, Mapping[str, datetime]]:
    """When each person first answered a memo; who abstained has not answered for their team."""
    columns = (AuditEvent.decision_id, AuditEvent.actor, AuditEvent.at, AuditEvent.detail)
    query = select(*columns).where(
        AuditEvent.workspace_id == workspace, AuditEvent.decision_id.in_(decisions), AuditEvent.what == "sign"
    )
    found: dict[int, dict[str, datetime]] = {}
    for row in session.execute(query.order_by(AuditEvent.id)):
        if row.detail.get("answer") not in LEAVES_SEAT_EMPTY:
            found.setdefault(row.decision_id, {}).setdefault(row.actor, row.at)
    return found


def _time(
    row: Any, seats: Sequence[Any], answers: Mapping[str, datetime], people: Mapping[str, Person], now: datetime
) -> Asked | None:
    """``seats``: those of the decision. Whoever answered in the seat of who was asked answered for the team."""
    if not any(one.user_id == row.user_id for one in seats):
        return None
    sat = {row.user_id, *(one.user_id for one in seats if one.handed_over and one.user_id in row.others)}
    since = row.sent_at or min(one.asked_at for one in seats if one.user_id in sat)
    given = min((answers[user] for user in sat if user in answers), default=None)
    ended = None if row.status in OPEN else row.decided_at or row.touched_at
    person = people.get(row.user_id)
    hours = hours_of(person) if person else WorkingHours("UTC")
    return Asked(row.user_id, working_days_within(since, given or ended or now, hours), given is not None)


def decides_on(session: Session, workspace: str, user: str) -> Sequence[MapTeam]:
    """The teams for which somebody decides, or does in somebody's place."""
    rows = teams(session, workspace)
    return [one for one in rows if user in one.deciders or user in one.deputies or user in one.deputies.values()]
