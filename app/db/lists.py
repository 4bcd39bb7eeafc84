"""What a digest and Home list: each in one question, bounded however much is open, with only what is shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, load_only

from app.db.models import Card, Decision, DigestPlan, Participant, Signer
from app.db.queries import SHOWN
from app.db.roster import people
from app.db.who_acts_next import around_all
from app.domain.lifecycle import OPEN, Status
from app.domain.who_acts_next import Standing

# ── a channel's digest ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class OpenLine:
    """One open decision of a channel, with what its line shows loaded."""

    decision: Decision
    standing: Standing


@dataclass
class OpenLines:
    """The most urgent of a channel's open decisions, and how many there are in all."""

    lines: list[OpenLine] = field(default_factory=list)
    total: int = 0
    unseen: tuple[int, int] = (0, 0)  # overdue and due this week, of those that stand in no line
    names: dict[str, str] = field(default_factory=dict)  # user id → name, of whoever stands in a line


def _in_digest(workspace: str, channel: str) -> tuple[ColumnElement[bool], ...]:
    """A digest is about the channel's own decisions, and never about private ones."""
    return (
        Decision.workspace_id == workspace,
        Decision.channel_id == channel,
        Decision.private.is_(False),
    )


def open_in_channel(
    session: Session, workspace: str, channel: str, today: datetime, week: datetime, limit: int, tz: str
) -> OpenLines:
    """A channel's open decisions, the most urgent ``limit`` by name.

    ``today``: the moment the day begins there; what was due before is overdue. ``week``: when “this week” is over.
    ``tz``: the channel's.
    """
    late, soon = Decision.deadline_at < today, and_(Decision.deadline_at >= today, Decision.deadline_at < week)
    rows = session.execute(
        select(
            Decision,
            func.count().filter(late).over().label("late"),
            func.count().filter(soon).over().label("soon"),
            func.count().over().label("total"),
        )
        .options(load_only(*ON_A_LINE))
        .where(*_in_digest(workspace, channel), Decision.status.in_(SHOWN))
        .order_by(Decision.deadline_at.is_(None), Decision.deadline_at, Decision.created_at, Decision.id)
        .limit(limit)
    ).all()
    decisions = [row[0] for row in rows]
    found = OpenLines()
    for row in rows[:1]:
        found.total = row.total
        dated = [one.deadline_at for one in decisions if one.deadline_at is not None]
        found.unseen = (
            row.late - sum(at < today for at in dated),
            row.soon - sum(today <= at < week for at in dated),
        )
    around = around_all(session, workspace, decisions)
    found.names = around.names
    found.lines = [OpenLine(decision, around.standing(decision, tz)) for decision in decisions]
    beside = {line.standing.asked_below or "" for line in found.lines} - {"", *found.names}
    if beside:  # who has the question stands in the answers
        found.names |= {user: person.name for user, person in people(session, workspace, beside).items()}
    return found


@dataclass(frozen=True)
class SettledLine:
    number: int
    title: str
    status: Status
    owner: str  # a user id
    created_at: datetime
    decided_at: datetime


def settled_in_channel(session: Session, workspace: str, channel: str, since: datetime) -> Sequence[SettledLine]:
    """The channel's decisions that were deflected or decided since a moment."""
    rows = session.execute(
        select(
            Decision.number, Decision.title, Decision.status, Decision.owner_id, Decision.created_at,
            Decision.decided_at,
        )
        .where(*_in_digest(workspace, channel), *_settled(since))
        .order_by(Decision.decided_at, Decision.id)
    )  # fmt: skip
    return [SettledLine(*row[:5], row.decided_at or since) for row in rows]


def plan_and_settled(
    session: Session, workspace: str, channel: str, since: datetime
) -> tuple[str, Sequence[SettledLine]]:
    """The time zone of the channel's digest, UTC where none is planned; and as ``settled_in_channel``."""
    about = (
        Decision.number, Decision.title, Decision.status, Decision.owner_id, Decision.created_at, Decision.decided_at
    )  # fmt: skip
    rows = session.execute(
        select(DigestPlan.tz, *about)
        .select_from(DigestPlan)
        .outerjoin(Decision, and_(*_in_digest(workspace, channel), *_settled(since)))
        .where(DigestPlan.workspace_id == workspace, DigestPlan.channel_id == channel)
        .order_by(Decision.decided_at, Decision.id)
    ).all()
    if not rows:
        return "UTC", settled_in_channel(session, workspace, channel, since)
    return rows[0][0], [SettledLine(*row[1:6], row[6] or since) for row in rows if _is_row(row[1])]


def _is_row(number: int | None) -> bool:
    """Whether the outer join found anything."""
    return number is not None


def _settled(since: datetime) -> tuple[ColumnElement[bool], ...]:
    return (Decision.decided_at > since, Decision.status.not_in([Status.WITHDRAWN, Status.EXPIRED]))


def anything_to_say(session: Session, workspace: str, channel: str, since: datetime) -> bool:
    """Whether a digest would have a line."""
    either = or_(Decision.status.in_(SHOWN), and_(*_settled(since)))
    found = select(Decision.id).where(*_in_digest(workspace, channel), either)
    return session.scalar(found.limit(1)) is not None


def ever_had_a_decision(session: Session, workspace: str, channel: str) -> bool:
    """Whether anything was ever brought up in this channel that its members may know of."""
    return session.scalar(select(Decision.id).where(*_in_digest(workspace, channel)).limit(1)) is not None


# ── Home ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class HomeLists:
    """The first of each list, and how long the list is. Of a decision only what a line shows is loaded."""

    to_sign: list[Decision] = field(default_factory=list)
    asked: list[Decision] = field(default_factory=list)
    mine: list[Decision] = field(default_factory=list)
    looks: list[Decision] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)


ON_A_LINE = (
    Decision.workspace_id, Decision.number, Decision.title, Decision.status, Decision.rung, Decision.requester_id,
    Decision.owner_id, Decision.deadline_at, Decision.deadline_on, Decision.created_at, Decision.answers,
    Decision.look_on, Decision.verdict, Decision.seat_to_fill, Decision.sync_state,
)  # fmt: skip


def home(session: Session, workspace: str, user: str, limit: int) -> HomeLists:
    """What waits for somebody, what is theirs, and what they owe a look back: at most ``limit`` of each.

    To sign, and their own: oldest deadline first. ``asked``: held decisions whose question was sent to them; whether
    it is answered stands in the answers.
    """
    takes_part = and_(
        Participant.workspace_id == workspace, Participant.decision_id == Decision.id, Participant.user_id == user
    )
    signs = and_(
        Signer.workspace_id == workspace,
        Signer.decision_id == Decision.id,
        Signer.user_id == user,
        Signer.handed_over.is_(False),
        Signer.answer.is_(None),
    )
    asked = and_(
        Card.workspace_id == workspace, Card.decision_id == Decision.id, Card.kind == "asked", Card.recipient == user
    )
    here = select(Decision.id).where(Decision.workspace_id == workspace)
    to_look_at = [Status.DEFLECTED, Status.APPROVED, Status.IMPLEMENTED]
    urgent = (Decision.deadline_at.is_(None), Decision.deadline_at, Decision.id)
    lists = union_all(
        _list(
            "to_sign",
            here.join(Participant, takes_part).join(Signer, signs).where(Decision.status == Status.IN_REVIEW),
            urgent,
            limit,
        ),
        _list("asked", here.join(Card, asked).where(Decision.status == Status.HELD), (Decision.id,), limit),
        _list("mine", here.where(Decision.requester_id == user, Decision.status.in_(OPEN)), urgent, limit),
        _list(
            "looks",
            here.where(Decision.owner_id == user, Decision.status.in_(to_look_at)),
            (Decision.look_on.is_(None), Decision.look_on, Decision.id),
            limit,
        ),
    ).subquery()
    found = HomeLists()
    for name, total, decision in session.execute(
        select(lists.c.name, lists.c.total, Decision)
        .join(Decision, and_(Decision.workspace_id == workspace, Decision.id == lists.c.id))
        .options(load_only(*ON_A_LINE))
        .order_by(lists.c.name, lists.c.place)
    ):
        getattr(found, name).append(decision)
        found.totals[name] = total
    return found


def _list(name: str, which: Select[int], order: tuple[Any, ...], limit: int) -> Select[str, int]:
    """The first of a list, each with its place and the length of the whole."""
    first = (
        which.add_columns(
            literal(name).label("name"),
            func.count().over().label("total"),
            func.row_number().over(order_by=order).label("place"),
        )
        .order_by(*order)
        .limit(limit)
        .subquery()
    )
    return select(first)
