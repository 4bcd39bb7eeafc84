"""Every SELECT, named as the question it answers. Each names its workspace."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import and_, delete, exists, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

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
)
from app.domain.ladder import BAR_RAISER, RUNGS, Ladder, Rung
from app.domain.lifecycle import OPEN, Status
from app.domain.signoff import Answer
from app.telemetry import about

Row = TypeVar("Row", bound=Base)

# ── workspaces, people, ladders ─────────────────────────────────────────────────────────────────────────


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
        rows = session.scalars(select(Person).where(Person.workspace_id == workspace, Person.user_id.in_(missing)))
        found |= {row.user_id: row for row in rows}
    return found


def ladder_of(session: Session, workspace: str, channel: str | None) -> Ladder:
    """The channel's ladder, its empty rungs filled from the workspace's."""
    rows = session.scalars(
        select(Seat).where(Seat.workspace_id == workspace, Seat.channel_id.in_({"", channel or ""})).order_by(Seat.id)
    ).all()
    return _ladder(rows, channel or "").over(_ladder(rows, ""))


def ladder_and_rung(session: Session, workspace: str, channel: str | None, user: str) -> tuple[Ladder, Rung | None]:
    """The channel's ladder, as ``ladder_of``, and where somebody sits, as ``highest_rung_of``, asked at once."""
    here = or_(Seat.channel_id.in_({"", channel or ""}), Seat.user_id == user)
    rows = session.scalars(select(Seat).where(Seat.workspace_id == workspace, here).order_by(Seat.id)).all()
    rungs = [Rung(row.rung) for row in rows if row.user_id == user and row.rung != BAR_RAISER]
    return _ladder(rows, channel or "").over(_ladder(rows, "")), max(rungs, default=None)


def own_ladder(session: Session, workspace: str, channel: str) -> Ladder:
    """What was set for this channel (or with "" for the workspace), nothing filled in."""
    return _ladder(seats(session, workspace, channel), channel)


def _ladder(rows: Sequence[Seat], channel: str) -> Ladder:
    here = [row for row in rows if row.channel_id == channel]
    seats = {rung: tuple(row.user_id for row in here if row.rung == rung.value) for rung in RUNGS}
    return Ladder(seats, tuple(row.user_id for row in here if row.rung == BAR_RAISER))


def highest_rung_of(session: Session, workspace: str, user: str) -> Rung | None:
    """Where somebody sits, in any channel of the workspace."""
    rungs = session.scalars(
        select(Seat.rung).where(Seat.workspace_id == workspace, Seat.user_id == user, Seat.rung != BAR_RAISER)
    )
    return max((Rung(rung) for rung in rungs), default=None)


def seats(session: Session, workspace: str, channel: str) -> Sequence[Seat]:
    return session.scalars(
        select(Seat).where(Seat.workspace_id == workspace, Seat.channel_id == channel).order_by(Seat.id)
    ).all()


def clear_rung(session: Session, workspace: str, channel: str, rung: str) -> None:
    """Nobody sits on this rung any more, or as bar raiser."""
    session.execute(delete(Seat).where(Seat.workspace_id == workspace, Seat.channel_id == channel, Seat.rung == rung))


# ── decisions ───────────────────────────────────────────────────────────────────────────────────────────


def decision(session: Session, workspace: str, id: int, *, lock: bool = False) -> Decision | None:
    query = select(Decision).where(
        Decision.workspace_id == workspace, Decision.id == id, Decision.forgotten_at.is_(None)
    )
    return _opened(session.scalar(query.with_for_update() if lock else query))


def _opened(found: Decision | None) -> Decision | None:
    """Everybody who works on a decision comes by here: from now on log lines carry its name."""
    if found is not None:
        about.opened(found.name)
    return found


def decision_for(
    session: Session, workspace: str, user: str, *, id: int | None = None, number: int | None = None, lock: bool = False
) -> tuple[Decision, bool] | None:
    """A decision by its id or its number, and whether this person takes part in it."""
    takes_part = exists().where(
        Participant.workspace_id == workspace, Participant.decision_id == Decision.id, Participant.user_id == user
    )
    named = Decision.id == id if id is not None else Decision.number == number
    query = select(Decision, takes_part).where(
        Decision.workspace_id == workspace, named, Decision.forgotten_at.is_(None)
    )
    found = session.execute(query.with_for_update(of=Decision) if lock else query).one_or_none()
    if found is None:
        return None
    _opened(found[0])
    _kept(session, found[0])
    return found[0], bool(found[1])


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
    return session.scalars(
        select(AuditEvent)
        .where(AuditEvent.workspace_id == d.workspace_id, AuditEvent.decision_id == d.id)
        .order_by(AuditEvent.id)
    ).all()


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
    pending = select(FollowUp.id).where(
        FollowUp.workspace_id == d.workspace_id,
        FollowUp.decision_id == d.id,
        FollowUp.kind == "draft",
        FollowUp.done_at.is_(None),
    )
    return session.scalar(pending.limit(1)) is not None


def suggestions(session: Session, d: Decision) -> Sequence[Suggestion]:
    """The assistant's words that nobody has settled yet."""
    return session.scalars(
        select(Suggestion)
        .where(Suggestion.workspace_id == d.workspace_id, Suggestion.decision_id == d.id, Suggestion.settled.is_(None))
        .order_by(Suggestion.id)
    ).all()


def all_suggestions(session: Session, d: Decision) -> Sequence[Suggestion]:
    """The assistant's words, settled or not."""
    return session.scalars(
        select(Suggestion)
        .where(Suggestion.workspace_id == d.workspace_id, Suggestion.decision_id == d.id)
        .order_by(Suggestion.id)
    ).all()


# ── cards, digests, parked texts ────────────────────────────────────────────────────────────────────────


def cards(session: Session, d: Decision) -> Sequence[Card]:
    return session.scalars(
        select(Card).where(Card.workspace_id == d.workspace_id, Card.decision_id == d.id).order_by(Card.id)
    ).all()


def card(session: Session, workspace: str, decision_id: int, kind: str, recipient: str) -> Card | None:
    return session.scalar(
        select(Card).where(
            Card.workspace_id == workspace,
            Card.decision_id == decision_id,
            Card.kind == kind,
            Card.recipient == recipient,
        )
    )


def card_at(session: Session, workspace: str, channel: str, ts: str) -> Card | None:
    """Which card a message is, so that an answer in its thread reaches the right decision."""
    return session.scalar(select(Card).where(Card.workspace_id == workspace, Card.channel_id == channel, Card.ts == ts))


def remember_card(
    session: Session, workspace: str, decision_id: int, kind: str, recipient: str, *, channel: str, ts: str, shown: str
) -> None:
    """Where a card stands from now on, and what it shows. Nobody else sends to this recipient meanwhile."""
    here = (Card.workspace_id == workspace, Card.decision_id == decision_id)
    stands = {"channel_id": channel, "ts": ts, "shown": shown}
    moved: Any = session.execute(
        update(Card).where(*here, Card.kind == kind, Card.recipient == recipient).values(**stands),
        execution_options={"synchronize_session": False},
    )
    if not moved.rowcount:
        session.add(Card(workspace_id=workspace, decision_id=decision_id, kind=kind, recipient=recipient, **stands))


def forget_card(session: Session, workspace: str, id: int, ts: str) -> None:
    """Let go of a message that is no longer edited, unless another took its place meanwhile."""
    session.execute(delete(Card).where(Card.workspace_id == workspace, Card.id == id, Card.ts == ts))


def homes_of(session: Session, d: Decision) -> Sequence[str]:
    """Who takes part and has opened Home, which is kept fresh from then on."""
    return session.scalars(
        select(Person.user_id)
        .join(Participant, Participant.user_id == Person.user_id)
        .where(
            Person.workspace_id == d.workspace_id,
            Person.home_opened.is_(True),
            Participant.workspace_id == d.workspace_id,
            Participant.decision_id == d.id,
        )
        .order_by(Person.user_id)
    ).all()


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
    new = _insert(session, Inbound).values(workspace_id=workspace, identity=identity, at=now).on_conflict_do_nothing()
    return session.scalar(new.returning(Inbound.identity)) is not None  # a count of rows is -1 on PostgreSQL


def date_once(session: Session, works: Sequence[Mapping[str, Any]]) -> None:
    """Follow-ups about a decision. The same work for the same person at that moment stands once, with these args."""
    new = _insert(session, FollowUp)
    same = (FollowUp.workspace_id, FollowUp.decision_id, FollowUp.kind, FollowUp.recipient, FollowUp.due_at)
    session.execute(
        new.on_conflict_do_update(
            index_elements=same, set_={"args": new.excluded.args}, where=FollowUp.done_at.is_(None)
        ),
        [dict(work) for work in works],
    )


def _insert(session: Session, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """Both databases know ON CONFLICT; SQLAlchemy spells it by the database."""
    return postgresql.insert(table) if session.get_bind().dialect.name == "postgresql" else sqlite.insert(table)
