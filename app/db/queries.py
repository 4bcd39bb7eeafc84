"""Every SELECT, named as the question it answers. Each names its workspace.

What is asked before an ack, or for every message that goes out, is put together once and given its values each time:
SQLAlchemy takes longer to put a statement together than a database to answer it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import (
    BigInteger,
    CompoundSelect,
    Select,
    String,
    and_,
    bindparam,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key
from sqlalchemy.sql.dml import ReturningInsert

from app.db.models import (
    AuditEvent,
    AuditHead,
    Base,
    Bot,
    Card,
    Decision,
    DigestPlan,
    FollowUp,
    Inbound,
    Installation,
    Outbox,
    Parked,
    Participant,
    Person,
    Seat,
    Signer,
    Suggestion,
    Workspace,
    table_of,
)
from app.domain.ladder import BAR_RAISER, RUNGS, Ladder, Rung
from app.domain.lifecycle import OPEN, Status
from app.domain.signoff import Answer
from app.telemetry import about

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

Row = TypeVar("Row", bound=Base)

HERE = bindparam("here", type_=String())
"""The workspace, in statements that are put together once."""

# ── workspaces, people, ladders ─────────────────────────────────────────────────────────────────────────


def next_number(session: Session, workspace: str) -> int | None:
    """Hand out a decision's number; nobody else gets one until this transaction ends. None: no such workspace."""
    number: int | None = session.connection().scalar(_NEXT_NUMBER, {"here": workspace})
    return number


_NEXT_NUMBER = (
    update(table_of(Workspace))
    .where(table_of(Workspace).c.id == HERE)
    .values(next_number=table_of(Workspace).c.next_number + 1)
    .returning(table_of(Workspace).c.next_number - 1)
)


def workspace_locked(session: Session, workspace: str) -> Workspace | None:
    """The workspace row, locked: whoever holds it hands out the next number."""
    return session.scalar(select(Workspace).where(Workspace.id == workspace).with_for_update())


def workspaces(session: Session) -> list[str]:
    """Every workspace that is here."""
    return sorted(session.scalars(select(Workspace.id)))


def recorded_workspaces(session: Session) -> list[str]:
    """Every workspace that is here, or that somebody's record says was."""
    heads = select(AuditHead.workspace_id)
    return sorted(session.scalars(select(Workspace.id).union(heads, select(AuditEvent.workspace_id).distinct())))


def workspace(session: Session, workspace: str) -> Workspace | None:
    return session.get(Workspace, workspace)


def workspaces_of(session: Session, enterprise: str) -> Sequence[Workspace]:
    """The workspaces of an org that we know, locked."""
    query = select(Workspace).where(Workspace.enterprise_id == enterprise).order_by(Workspace.id)
    return session.scalars(query.with_for_update()).all()


def forgotten_workspace(session: Session, before: datetime) -> Workspace | None:
    """One that removed the app before a moment, locked, unless somebody beside us has it in hand."""
    query = select(Workspace).where(Workspace.uninstalled_at <= before).order_by(Workspace.uninstalled_at).limit(1)
    return session.scalar(query.with_for_update(skip_locked=True))


def has_token(session: Session, workspace: str) -> bool:
    """Whether this workspace (``T…``) or org (``E…``) has a bot token of its own."""
    return session.scalar(select(Bot.id).where(Bot.workspace_id == workspace).limit(1)) is not None


def installed_after(session: Session, owner: str, moment: datetime) -> bool:
    """Whether a workspace or an org was given a token later than a moment."""
    naive = moment.astimezone(UTC).replace(tzinfo=None) + timedelta(seconds=1)  # Slack tells whole seconds
    query = select(Bot.id).where(Bot.workspace_id == owner, Bot.installed_at >= naive)
    return session.scalar(query.limit(1)) is not None


def installed_in(session: Session) -> list[tuple[str, str]]:
    """The id and the name of every workspace and org that holds a token, by name."""
    rows = session.execute(select(Bot.workspace_id, Bot.team_name, Bot.enterprise_name, Bot.is_enterprise_install))
    found = {(id, (org if wide else team) or id) for id, team, org, wide in rows}
    return sorted(found, key=lambda one: one[1])


def sealed_tokens(session: Session) -> Sequence[str]:
    """Every stored bot token as it stands, for whoever wants to know whether they can open it."""
    return [token for token in session.scalars(select(Bot.bot_token).order_by(Bot.id)) if token]


def forget_tokens(session: Session, workspace: str) -> None:
    """Delete the tokens of a workspace (``T…``) or an org (``E…``)."""
    for table in (Bot, Installation):
        session.execute(delete(table).where(table.workspace_id == workspace))


def person(session: Session, workspace: str, user: str) -> Person | None:
    return _kept(session, session.get(Person, (workspace, user)))


def _kept(session: Session, found: Row | None) -> Row | None:
    """Held on to until the session ends: what was loaded in a transaction is not asked for twice in it."""
    if found is not None:
        session.info.setdefault("kept", []).append(found)
    return found


def gone(session: Session, workspace: str) -> int:
    """How many people were erased here."""
    query = select(func.count()).where(Person.workspace_id == workspace, Person.user_id.startswith("left-"))
    return session.scalar(query) or 0


def people(session: Session, workspace: str, users: Iterable[str]) -> dict[str, Person]:
    """Those of them whom we know."""
    here = {user: session.identity_map.get(identity_key(Person, (workspace, user))) for user in set(users)}
    found = {user: person for user, person in here.items() if isinstance(person, Person)}
    missing = here.keys() - found.keys()
    if missing:
        rows = session.scalars(_PEOPLE, {"here": workspace, "missing": list(missing)})
        found |= {row.user_id: row for row in rows}
    return found


_PEOPLE = select(Person).where(Person.workspace_id == HERE, Person.user_id.in_(bindparam("missing", expanding=True)))


def ladder_of(session: Session, workspace: str, channel: str | None) -> Ladder:
    """The channel's ladder, its empty rungs filled from the workspace's."""
    rows = session.scalars(
        select(Seat).where(Seat.workspace_id == workspace, Seat.channel_id.in_({"", channel or ""})).order_by(Seat.id)
    ).all()
    return _ladder(rows, channel or "").over(_ladder(rows, ""))


def ladder_and_rung(session: Session, workspace: str, channel: str | None, user: str) -> tuple[Ladder, Rung | None]:
    """The channel's ladder, as ``ladder_of``, and where somebody sits, as ``highest_rung_of``, asked at once."""
    rows = session.execute(_SEATED, {"here": workspace, "channel": channel or "", "user": user}).all()
    rungs = [Rung(row.rung) for row in rows if row.user_id == user and row.rung != BAR_RAISER]
    return _ladder(rows, channel or "").over(_ladder(rows, "")), max(rungs, default=None)


_SEATED = (
    select(Seat.channel_id, Seat.rung, Seat.user_id)
    .where(
        Seat.workspace_id == HERE,
        or_(Seat.channel_id == "", Seat.channel_id == bindparam("channel"), Seat.user_id == bindparam("user")),
    )
    .order_by(Seat.id)
)


def own_ladder(session: Session, workspace: str, channel: str) -> Ladder:
    """What was set for this channel (or with "" for the workspace), nothing filled in."""
    return _ladder(seats(session, workspace, channel), channel)


def _ladder(rows: Sequence[Any], channel: str) -> Ladder:
    here = [row for row in rows if row.channel_id == channel]
    seats = {rung: tuple(row.user_id for row in here if row.rung == rung.value) for rung in RUNGS}
    return Ladder(seats, tuple(row.user_id for row in here if row.rung == BAR_RAISER))


def highest_rung_of(session: Session, workspace: str, user: str) -> Rung | None:
    """Where somebody sits, in any channel of the workspace."""
    rungs = session.scalars(_RUNGS, {"here": workspace, "user": user})
    return max((Rung(rung) for rung in rungs), default=None)


_RUNGS = select(Seat.rung).where(Seat.workspace_id == HERE, Seat.user_id == bindparam("user"), Seat.rung != BAR_RAISER)


def seats(session: Session, workspace: str, channel: str) -> Sequence[Seat]:
    return session.scalars(
        select(Seat).where(Seat.workspace_id == workspace, Seat.channel_id == channel).order_by(Seat.id)
    ).all()


def clear_rung(session: Session, workspace: str, channel: str, rung: str) -> None:
    """Nobody sits on this rung any more, or as bar raiser."""
    session.execute(delete(Seat).where(Seat.workspace_id == workspace, Seat.channel_id == channel, Seat.rung == rung))


# ── decisions ───────────────────────────────────────────────────────────────────────────────────────────


def decision(session: Session, workspace: str, id: int, *, lock: bool = False) -> Decision | None:
    return _opened(session.scalar(_DECISION_LOCKED if lock else _DECISION, {"here": workspace, "id": id}))


_DECISION = select(Decision).where(
    Decision.workspace_id == HERE, Decision.id == bindparam("id"), Decision.forgotten_at.is_(None)
)
_DECISION_LOCKED = _DECISION.with_for_update()


def _opened(found: Decision | None) -> Decision | None:
    """Everybody who works on a decision comes by here: from now on log lines carry its name."""
    if found is not None:
        about.opened(found.name)
    return found


def decision_for(
    session: Session, workspace: str, user: str, *, id: int | None = None, number: int | None = None, lock: bool = False
) -> tuple[Decision, bool] | None:
    """A decision by its id or its number, and whether this person takes part in it. Who they are is known then too."""
    query = _named(id is not None, lock)
    given = {"here": workspace, "user": user, "named": id if id is not None else number}
    found = session.execute(query, given).one_or_none()
    if found is None:
        return None
    d, takes_part, person = found
    _opened(d)
    _kept(session, d)
    _kept(session, person)
    return d, bool(takes_part)


@cache
def _named(by_id: bool, lock: bool) -> Select[Decision, bool, Person]:
    user = bindparam("user", type_=String())
    takes_part = exists().where(
        Participant.workspace_id == HERE, Participant.decision_id == Decision.id, Participant.user_id == user
    )
    query = (
        select(Decision, takes_part, Person)
        .join(Person, and_(Person.workspace_id == HERE, Person.user_id == user), isouter=True)
        .where(
            Decision.workspace_id == HERE,
            (Decision.id if by_id else Decision.number) == bindparam("named"),
            Decision.forgotten_at.is_(None),
        )
    )
    return query.with_for_update(of=Decision) if lock else query


def participants(session: Session, d: Decision) -> Sequence[Participant]:
    """Who takes part, in the order in which they came."""
    return session.scalars(_PARTICIPANTS, {"here": d.workspace_id, "id": d.id}).all()


_PARTICIPANTS = (
    select(Participant)
    .where(Participant.workspace_id == HERE, Participant.decision_id == bindparam("id"))
    .order_by(Participant.id)
)


def is_participant(session: Session, d: Decision, user: str) -> bool:
    here = select(Participant.id).where(
        Participant.workspace_id == d.workspace_id, Participant.decision_id == d.id, Participant.user_id == user
    )
    return session.scalar(here) is not None


def visible_open(
    session: Session, workspace: str, user: str, channel: str | None, limit: int = 30
) -> Sequence[Decision]:
    """Open decisions somebody may see in a list: their own everywhere, and the channel's that are not private."""
    theirs = select(Participant.decision_id).where(Participant.workspace_id == workspace, Participant.user_id == user)
    public_here = and_(Decision.private.is_(False), Decision.channel_id == (channel or "-"), Decision.status.in_(SHOWN))
    return session.scalars(
        select(Decision)
        .where(
            Decision.workspace_id == workspace,
            Decision.status.in_(OPEN),
            or_(Decision.id.in_(theirs), public_here),
        )
        .order_by(Decision.deadline_at.is_(None), Decision.deadline_at, Decision.id)
        .limit(limit)
    ).all()


SHOWN = (Status.HELD, Status.DRAFTING, Status.IN_REVIEW, Status.NOT_YET)
"""Open states that others hear of. A triage is its requester's own until the verdict."""


def pending_signers(session: Session, workspace: str, ids: Sequence[int]) -> dict[int, list[str]]:
    """Who acts next in each of these decisions: signers who were asked and have not answered."""
    rows = session.execute(
        select(Signer.decision_id, Signer.user_id)
        .where(
            Signer.workspace_id == workspace,
            Signer.decision_id.in_(ids),
            Signer.handed_over.is_(False),
            Signer.answer.is_(None),
        )
        .order_by(Signer.id)
    )
    pending: dict[int, list[str]] = {}
    for decision_id, user in rows:
        pending.setdefault(decision_id, []).append(user)
    return pending


def triages_of(session: Session, workspace: str, user: str) -> Sequence[Decision]:
    """This person's triages that still wait for an answer, newest first."""
    return session.scalars(
        select(Decision)
        .where(
            Decision.workspace_id == workspace,
            Decision.requester_id == user,
            Decision.status == Status.TRIAGE,
            Decision.verdict.is_(None),
        )
        .order_by(Decision.id.desc())
    ).all()


def asked_to_sign(session: Session, workspace: str, user: str) -> Sequence[Decision]:
    """Decisions in review that still wait for this person, for when they leave the company."""
    return session.scalars(
        select(Decision)
        .join(Signer, and_(Signer.workspace_id == Decision.workspace_id, Signer.decision_id == Decision.id))
        .where(
            Decision.workspace_id == workspace,
            Decision.status.in_([Status.IN_REVIEW, Status.NOT_YET]),
            Signer.user_id == user,
            Signer.handed_over.is_(False),
            or_(Signer.answer.is_(None), Signer.answer != Answer.APPROVE),
        )
        .order_by(Decision.id)
    ).all()


def requested_by(session: Session, workspace: str, user: str, states: Iterable[Status]) -> Sequence[Decision]:
    """This person's decisions in one of these states, locked, for when they leave the company."""
    return session.scalars(
        select(Decision)
        .where(
            Decision.workspace_id == workspace,
            Decision.requester_id == user,
            Decision.status.in_(list(states)),
            Decision.forgotten_at.is_(None),
        )
        .order_by(Decision.id)
        .with_for_update()
    ).all()


def said(session: Session, d: Decision) -> set[str]:
    """Which notices were written about this decision, by the name of their sentence."""
    notices = select(Outbox.args).where(
        Outbox.workspace_id == d.workspace_id, Outbox.decision_id == d.id, Outbox.kind == "notice"
    )
    return {str(args.get("say")) for args in session.scalars(notices)}


def history(session: Session, d: Decision) -> Sequence[AuditEvent]:
    return session.scalars(_HISTORY, {"here": d.workspace_id, "id": d.id}).all()


_HISTORY = (
    select(AuditEvent)
    .where(AuditEvent.workspace_id == HERE, AuditEvent.decision_id == bindparam("id"))
    .order_by(AuditEvent.id)
)


def in_states(session: Session, workspace: str, states: Iterable[Status]) -> Sequence[Decision]:
    """The decisions that stand in one of these states, oldest first."""
    return session.scalars(
        select(Decision)
        .where(Decision.workspace_id == workspace, Decision.status.in_(list(states)))
        .order_by(Decision.id)
    ).all()


def long_closed(session: Session, before: datetime) -> Decision | None:
    """A decision of any workspace that nothing is still to come of, untouched since, locked, unless it is in hand."""
    return session.scalar(
        select(Decision)
        .where(
            Decision.decided_at <= before,
            Decision.touched_at <= before,
            Decision.forgotten_at.is_(None),
            or_(
                Decision.status.in_([Status.LEARNED, Status.REVIEWED, Status.WITHDRAWN, Status.EXPIRED]),
                and_(Decision.status == Status.DECLINED, Decision.look_on.is_(None)),
            ),
        )
        .order_by(Decision.decided_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def in_use(session: Session, workspace: str) -> bool:
    """Whether anything was ever decided or recorded here."""
    decided = session.scalar(select(Decision.id).where(Decision.workspace_id == workspace).limit(1))
    recorded = session.scalar(select(AuditHead.seq).where(AuditHead.workspace_id == workspace, AuditHead.seq > 0))
    return decided is not None or recorded is not None


def overridden(session: Session, workspace: str, channel: str) -> int:
    """How many of a channel's decisions went on although a gate failed; private ones are counted nowhere."""
    query = select(func.count()).where(
        Decision.workspace_id == workspace,
        Decision.channel_id == channel,
        Decision.private.is_(False),
        Decision.override_reason.is_not(None),
    )
    return session.scalar(query) or 0


def everything(session: Session, workspace: str | None) -> Sequence[Decision]:
    """All decisions, for the operator's export."""
    query = select(Decision).where(Decision.forgotten_at.is_(None)).order_by(Decision.workspace_id, Decision.number)
    return session.scalars(query.where(Decision.workspace_id == workspace) if workspace else query).all()


def drafting(session: Session, d: Decision) -> bool:
    """Whether the assistant is at work on this memo, or about to be."""
    return session.scalar(_DRAFT, {"here": d.workspace_id, "id": d.id}) is not None


_DRAFT = (
    select(FollowUp.id)
    .where(
        FollowUp.workspace_id == HERE,
        FollowUp.decision_id == bindparam("id"),
        FollowUp.kind == "draft",
        FollowUp.done_at.is_(None),
    )
    .limit(1)
)


def suggestions(session: Session, d: Decision) -> Sequence[Suggestion]:
    """The assistant's words that nobody has settled yet."""
    return session.scalars(_UNSETTLED, {"here": d.workspace_id, "id": d.id}).all()


_UNSETTLED = (
    select(Suggestion)
    .where(Suggestion.workspace_id == HERE, Suggestion.decision_id == bindparam("id"), Suggestion.settled.is_(None))
    .order_by(Suggestion.id)
)


def all_suggestions(session: Session, d: Decision) -> Sequence[Suggestion]:
    """The assistant's words, settled or not."""
    return session.scalars(
        select(Suggestion)
        .where(Suggestion.workspace_id == d.workspace_id, Suggestion.decision_id == d.id)
        .order_by(Suggestion.id)
    ).all()


# ── cards, digests, parked texts ────────────────────────────────────────────────────────────────────────


def cards(session: Session, d: Decision) -> Sequence[Card]:
    return session.scalars(_CARDS, {"here": d.workspace_id, "id": d.id}).all()


_CARDS = select(Card).where(Card.workspace_id == HERE, Card.decision_id == bindparam("id")).order_by(Card.id)


def card(session: Session, workspace: str, decision_id: int, kind: str, recipient: str) -> Card | None:
    given = {"here": workspace, "id": decision_id, "kind": kind, "recipient": recipient}
    return session.scalar(_CARD, given)


_CARD = select(Card).where(
    Card.workspace_id == HERE,
    Card.decision_id == bindparam("id"),
    Card.kind == bindparam("kind"),
    Card.recipient == bindparam("recipient"),
)


def card_at(session: Session, workspace: str, channel: str, ts: str) -> Card | None:
    """Which card a message is, so that an answer in its thread reaches the right decision."""
    return session.scalar(select(Card).where(Card.workspace_id == workspace, Card.channel_id == channel, Card.ts == ts))


def remember_card(
    session: Session, workspace: str, decision_id: int, kind: str, recipient: str, *, channel: str, ts: str, shown: str
) -> None:
    """Where a card stands from now on, and what it shows. Nobody else sends to this recipient meanwhile."""
    place = {"workspace_id": workspace, "decision_id": decision_id, "kind": kind, "recipient": recipient}
    stands = {"channel_id": channel, "ts": ts, "shown": shown}
    session.connection().execute(_stands(session.get_bind().dialect.name), {**place, **stands})


@cache
def _stands(dialect: str) -> "postgresql.Insert | sqlite.Insert":
    new = _insert(dialect, Card)
    return new.on_conflict_do_update(
        index_elements=("decision_id", "kind", "recipient"),
        set_={name: new.excluded[name] for name in ("channel_id", "ts", "shown")},
    )


def forget_card(session: Session, workspace: str, id: int, ts: str) -> None:
    """Let go of a message that is no longer edited, unless another took its place meanwhile."""
    session.execute(delete(Card).where(Card.workspace_id == workspace, Card.id == id, Card.ts == ts))


@dataclass(frozen=True)
class Around:
    """What is kept up to date with a decision."""

    standing: list[tuple[str, str]]
    """Kind and recipient of the cards and notices that stand in Slack, oldest first."""
    waiting: set[tuple[str, str]]
    """Kind and recipient of what is on its way and not yet taken up. What waits is not taken up before we are through,
    or it would show what stood before our change."""
    homes: list[str]
    """Who takes part and has opened Home, which is kept fresh from then on."""


def around(session: Session, d: Decision) -> Around:
    """All three, asked at once."""
    session.flush()
    rows = session.connection().execute(_AROUND, {"here": d.workspace_id, "id": d.id}).all()
    return Around(
        standing=[(kind, who) for _, kind, who in sorted(row for row in rows if row.place > 0)],
        waiting={(row.kind, row.who) for row in rows if row.place == 0},
        homes=sorted(row.who for row in rows if row.place < 0),
    )


def _around() -> CompoundSelect[Any]:
    outbox, card, person, participant = map(table_of, (Outbox, Card, Person, Participant))
    id = bindparam("id", type_=BigInteger())
    waiting = (
        select(literal_column("0").label("place"), outbox.c.kind, outbox.c.recipient.label("who"))
        .where(outbox.c.workspace_id == HERE, outbox.c.decision_id == id)
        .where(outbox.c.done_at.is_(None), outbox.c.attempts == 0)
        .with_for_update(read=True)
        .cte("waiting")
    )
    standing = select(card.c.id, card.c.kind, card.c.recipient).where(
        card.c.workspace_id == HERE, card.c.decision_id == id
    )
    homes = (
        select(literal_column("-1"), literal_column("'home'"), person.c.user_id)
        .join(participant, participant.c.user_id == person.c.user_id)
        .where(person.c.workspace_id == HERE, person.c.home_opened.is_(True))
        .where(participant.c.workspace_id == HERE, participant.c.decision_id == id)
    )
    return union_all(select(waiting), standing, homes)


_AROUND = _around()


def digest_plan(session: Session, workspace: str, channel: str) -> DigestPlan | None:
    return session.get(DigestPlan, (workspace, channel))


def parked(session: Session, workspace: str, id: int, user: str) -> Parked | None:
    return session.scalar(
        select(Parked)
        .where(Parked.workspace_id == workspace, Parked.id == id, Parked.user_id == user)
        .with_for_update()  # two clicks at once take it up once
    )


def first_time(session: Session, workspace: str, identity: str, now: datetime) -> bool:
    """Remember a delivery. False: it is known; one that is being worked on beside us is waited for."""
    new = _new_delivery(session.get_bind().dialect.name)
    given = {"workspace_id": workspace, "identity": identity, "at": now}
    return session.connection().scalar(new, given) is not None  # a count of rows is -1 on PostgreSQL


@cache
def _new_delivery(dialect: str) -> ReturningInsert[str]:
    new = _insert(dialect, Inbound).on_conflict_do_nothing()
    return new.returning(table_of(Inbound).c.identity)


def date_once(session: Session, works: Sequence[Mapping[str, Any]]) -> None:
    """Follow-ups about a decision. The same work for the same person at that moment stands once, with these args."""
    session.connection().execute(_new_work(session.get_bind().dialect.name), [dict(work) for work in works])


@cache
def _new_work(dialect: str) -> "postgresql.Insert | sqlite.Insert":
    new, work = _insert(dialect, FollowUp), table_of(FollowUp)
    same = (work.c.workspace_id, work.c.decision_id, work.c.kind, work.c.recipient, work.c.due_at)
    return new.on_conflict_do_update(
        index_elements=same, set_={"args": new.excluded.args}, where=work.c.done_at.is_(None)
    )


def _insert(dialect: str, model: type[Base]) -> "postgresql.Insert | sqlite.Insert":
    """Both databases know ON CONFLICT; SQLAlchemy spells it by the database, and loads each for a while."""
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table_of(model))
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table_of(model))
