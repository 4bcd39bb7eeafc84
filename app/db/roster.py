"""Who is here: workspaces and their tokens, people, who sits on which ladder, and what a channel gets."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import (
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from app.db.models import (
    AuditEvent,
    AuditHead,
    Base,
    Bot,
    DigestPlan,
    Installation,
    Person,
    PolicyVersion,
    Seat,
    Workspace,
    table_of,
)
from app.db.statements import HERE, insert_into
from app.domain.ladder import BAR_RAISER, RUNGS, Ladder, Rung

if TYPE_CHECKING:
    pass


Row = TypeVar("Row", bound=Base)


def next_number(session: Session, workspace: str) -> tuple[int, int | None] | None:
    """Hand out a decision's number; nobody else gets one until this transaction ends. With it comes the number of the
    newest policy, where one was written down. None: no such workspace."""
    found = session.connection().execute(_NEXT_NUMBER, {"here": workspace}).one_or_none()
    return None if found is None else (found[0], found[1])


_NEXT_NUMBER = (
    update(table_of(Workspace))
    .where(table_of(Workspace).c.id == HERE)
    .values(next_number=table_of(Workspace).c.next_number + 1)
    .returning(
        table_of(Workspace).c.next_number - 1,
        select(func.max(table_of(PolicyVersion).c.version))
        .where(table_of(PolicyVersion).c.workspace_id == HERE)
        .scalar_subquery(),
    )
)


def add_workspace(session: Session, workspace: str, now: datetime) -> None:
    """A first row, unless somebody beside us just did: then theirs counts, once it is committed."""
    new = insert_into(session.get_bind().dialect.name, Workspace).on_conflict_do_nothing()
    session.connection().execute(new.values(id=workspace, next_number=1, created_at=now))


def add_plan(session: Session, workspace: str, channel: str, by: str) -> None:
    """As ``add_workspace``: a channel's digest, switched off until somebody has said when it comes."""
    new = insert_into(session.get_bind().dialect.name, DigestPlan).on_conflict_do_nothing()
    key = {"workspace_id": workspace, "channel_id": channel}
    session.connection().execute(new.values(**key, on=False, days=[], at="09:00", tz="UTC", set_by=by))


def add_person(session: Session, workspace: str, user: str, **known: Any) -> bool:
    """As ``add_workspace``. ``known``: what is known of them, by column. False: they were there already."""
    new = insert_into(session.get_bind().dialect.name, Person).on_conflict_do_nothing()
    row = new.values(workspace_id=workspace, user_id=user, **known).returning(table_of(Person).c.user_id)
    return session.connection().scalar(row) is not None


def has_workspace(session: Session, workspace: str) -> bool:
    return session.connection().scalar(_IS_HERE, {"here": workspace}) is not None


_IS_HERE = select(table_of(Workspace).c.id).where(table_of(Workspace).c.id == HERE)


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
    return session.scalars(query.with_for_update(key_share=True)).all()


def forgotten_workspace(session: Session, before: datetime, but: Collection[str] = ()) -> Workspace | None:
    """One that removed the app before a moment, locked, unless somebody beside us has it in hand. ``but``: ids that are
    passed over."""
    gone = (Workspace.uninstalled_at <= before, Workspace.id.not_in(but))
    query = select(Workspace).where(*gone).order_by(Workspace.uninstalled_at).limit(1)
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


def installs(session: Session) -> list[tuple[Workspace, Bot | None]]:
    """Every workspace that was ever met, with the token that it was given itself, if any."""
    query = select(Workspace, Bot).outerjoin(Bot, Bot.workspace_id == Workspace.id).order_by(Workspace.id, Bot.id)
    return [(found, token) for found, token in session.execute(query)]


def sealed_tokens(session: Session) -> list[tuple[str, str, str]]:
    """Every stored bot token as it stands, for whoever wants to know whether they can open it: with the id and the name
    of its workspace or org."""
    rows = session.execute(select(Bot.workspace_id, Bot.team_name, Bot.enterprise_name, Bot.bot_token).order_by(Bot.id))
    return [(id, team or org or id, token) for id, team, org, token in rows if token]


def forget_tokens(session: Session, workspace: str) -> None:
    """Delete the tokens of a workspace (``T…``) or an org (``E…``)."""
    for table in (Bot, Installation):
        session.execute(delete(table).where(table.workspace_id == workspace))


def person(session: Session, workspace: str, user: str) -> Person | None:
    return kept(session, session.get(Person, (workspace, user)))


def kept(session: Session, found: Row | None) -> Row | None:
    """Held on to until the session ends: what was loaded in a transaction is not asked for twice in it."""
    if found is not None:
        session.info.setdefault("kept", []).append(found)
    return found


def gone(session: Session, workspace: str) -> int:
    """How many people were erased here."""
    query = select(func.count()).where(Person.workspace_id == workspace, Person.user_id.startswith("left-"))
    return session.scalar(query) or 0


def set_default_place(session: Session, place: str | None) -> None:
    """Whose holidays count where neither a person nor their zone says so, for everybody we know."""
    for here in workspaces(session):
        other = Person.default_place.is_distinct_from(place)
        session.execute(
            update(Person)
            .where(Person.workspace_id == here, other)
            .values(default_place=place)
            .execution_options(synchronize_session=False)
        )


def names(session: Session, workspace: str) -> dict[str, str]:
    """What everybody of a workspace is called, by their ids."""
    rows = session.execute(
        select(Person.user_id, Person.name).where(
            Person.workspace_id == workspace, Person.active.is_(True), Person.bot.is_(False), Person.name != ""
        )
    )
    return {row.user_id: row.name for row in rows}


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
    """The channel's ladder, as ``ladder_of``, and where somebody sits on it: a seat in another channel counts there."""
    ladder = seated(session.execute(_SEATED, {"here": workspace, "channel": channel or ""}).all(), channel)
    return ladder, ladder.rung_of(user)


def seated(rows: Sequence[Any], channel: str | None) -> Ladder:
    """A channel's ladder from the rows of its seats and of the workspace's; rows where nobody sits are passed over."""
    return _ladder(rows, channel or "").over(_ladder(rows, ""))


_SEATED = (
    select(Seat.channel_id, Seat.rung, Seat.user_id, Seat.deputy_id)
    .where(Seat.workspace_id == HERE, or_(Seat.channel_id == "", Seat.channel_id == bindparam("channel")))
    .order_by(Seat.id)
)


def own_ladder(session: Session, workspace: str, channel: str) -> Ladder:
    """What was set for this channel (or with "" for the workspace), nothing filled in."""
    return _ladder(seats(session, workspace, channel), channel)


def _ladder(rows: Sequence[Any], channel: str) -> Ladder:
    here = [row for row in rows if row.channel_id == channel]
    seats = {rung: tuple(row.user_id for row in here if row.rung == rung.value) for rung in RUNGS}
    deputies = {row.user_id: row.deputy_id for row in here if row.deputy_id}
    return Ladder(seats, tuple(row.user_id for row in here if row.rung == BAR_RAISER), deputies)


def seats_held(session: Session, workspace: str, user: str) -> Sequence[Seat]:
    """Every seat of somebody, in any channel."""
    return session.scalars(
        select(Seat).where(Seat.workspace_id == workspace, Seat.user_id == user).order_by(Seat.id)
    ).all()


def seats(session: Session, workspace: str, channel: str) -> Sequence[Seat]:
    return session.scalars(
        select(Seat).where(Seat.workspace_id == workspace, Seat.channel_id == channel).order_by(Seat.id)
    ).all()


def clear_rung(session: Session, workspace: str, channel: str, rung: str) -> None:
    """Nobody sits on this rung any more, or as bar raiser."""
    session.execute(delete(Seat).where(Seat.workspace_id == workspace, Seat.channel_id == channel, Seat.rung == rung))


def digest_plan(session: Session, workspace: str, channel: str) -> DigestPlan | None:
    return session.get(DigestPlan, (workspace, channel))
