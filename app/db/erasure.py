"""Taking data out for good."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    MetaData,
    Table,
    Text,
    bindparam,
    cast,
    delete,
    insert,
    inspect,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.types import TypeEngine

from app.db import locks
from app.db.ledger import FACTS, digest, lock_head, words
from app.db.models import (
    AuditEvent,
    AuditUnlock,
    Base,
    Card,
    Decision,
    DigestPlan,
    FollowUp,
    MapTeam,
    Outbox,
    Parked,
    PastDecision,
    Seat,
    Suggestion,
    Workspace,
    new_salt,
)
from app.db.personal_columns import holds_people, holds_words
from app.db.types import JsonOf
from app.db.verifying import Erasure
from app.domain.people.erased import Scrub


@contextmanager
def unlocked(session: Session, workspace: str) -> Iterator[None]:
    """Let the record of a workspace be changed, in this transaction alone: nobody else ever sees it unlocked."""
    session.execute(insert(AuditUnlock).values(workspace_id=workspace))
    yield
    session.flush()
    session.execute(delete(AuditUnlock).where(AuditUnlock.workspace_id == workspace))


def erase_workspace(session: Session, workspace: str) -> int:
    """Delete every row of a workspace, its record too. Returns how many; a second call finds none.

    Goes by the tables' own columns, so that a table that is added later is emptied as well.
    """
    gone = 0
    locks.hold_everything(session, workspace)
    with unlocked(session, workspace):
        for table in reversed(Base.metadata.sorted_tables):
            column = _whose(table)
            if column is None or table is AuditUnlock.__table__:
                continue  # no workspace: a way to Slack that somebody has begun, nobody's yet, and gone in minutes
            result = session.connection().execute(delete(table).where(column == workspace))
            gone += result.rowcount
    session.expire_all()
    return gone


def _whose(table: Table) -> Column[Any] | None:
    """The column that says whose a row is; None where it is nobody's yet."""
    return table.c.id if table.name == Workspace.__tablename__ else table.c.get("workspace_id")


# ── a person ────────────────────────────────────────────────────────────────────────────────────────────

OWN_WORDS = frozenset({".said", ".how", ".text"})
"""Details in which somebody speaks for themselves. Why a decision went on or ended (``reason``, ``why``) is its own."""

ALL_WORDS = OWN_WORDS | {".reason", ".why"}


def _stands(column: ColumnElement[Any] | InstrumentedAttribute[Any], *wanted: str) -> ColumnElement[bool]:
    """Whether one of these stands there, as it is written or as JSON writes it."""
    text = cast(column, Text)
    return or_(*(text.contains(way, autoescape=True) for one in wanted for way in {one, json.dumps(one)[1:-1]}))


def decisions_about(session: Session, workspace: str, user: str) -> set[int]:
    """Every decision in which somebody stands, or in whose rows, by its id: from every table that names decisions."""
    recorded = or_(AuditEvent.actor == user, _stands(AuditEvent.detail, user))
    found: set[int | None] = set(
        session.scalars(select(AuditEvent.decision_id).where(AuditEvent.workspace_id == workspace, recorded))
    )
    for table in Base.metadata.sorted_tables:
        id = table.c.id if table is Decision.__table__ else table.c.get("decision_id")
        columns = holds_people(table)
        if id is not None and columns:
            here = or_(*(_stands(column, user) for column in columns))
            found |= set(session.scalars(select(id).where(table.c.workspace_id == workspace, here)))
    return {id for id in found if id is not None}


def hold_beside(session: Session, workspace: str, user: str) -> None:
    """What stands beside the decisions and names somebody, held in the house's order, before the record is: whoever
    writes it last of all waits for us there, and may hold some of these."""
    plans = select(DigestPlan.channel_id).where(DigestPlan.workspace_id == workspace, DigestPlan.set_by == user)
    for channel in session.scalars(plans.order_by(DigestPlan.channel_id)).all():
        locks.hold_plan(session, workspace, channel)
    for table in (FollowUp, Outbox):
        names_them = or_(table.recipient == user, _stands(table.args, user))
        locks.hold_rows(session, table, table.workspace_id == workspace, names_them)


def hold_parked(session: Session, workspace: str, user: str) -> None:
    """What they wrote and was not taken up: before the decisions, as for whoever takes it up."""
    theirs = select(Parked.id).where(Parked.workspace_id == workspace, Parked.user_id == user)
    session.scalars(theirs.order_by(Parked.id).with_for_update()).all()


def past_about(session: Session, workspace: str, scrub: Scrub) -> Sequence[PastDecision]:
    """Decisions of the past in which somebody stands, by id or by name."""
    columns = [PastDecision.title, PastDecision.text]
    here = or_(*(_stands(column, scrub.user, *scrub.names) for column in columns))
    return session.scalars(select(PastDecision).where(PastDecision.workspace_id == workspace, here)).all()


def entries_about(session: Session, workspace: str, user: str, names: Sequence[str] = ()) -> Sequence[int]:
    """The entries of the record, by number, in which somebody stands, or one of their names."""
    here = or_(AuditEvent.actor == user, _stands(AuditEvent.detail, user, *names))
    query = select(AuditEvent.seq).where(AuditEvent.workspace_id == workspace, here)
    return session.scalars(query.order_by(AuditEvent.seq)).all()


def seats_of(session: Session, workspace: str, user: str) -> list[tuple[str, str, list[str]]]:
    """(channel, rung, everybody who sat there) of each chair somebody sat on, and their chairs are empty."""
    mine = select(Seat.channel_id, Seat.rung).where(Seat.workspace_id == workspace, Seat.user_id == user)
    found = []
    for channel, rung in session.execute(mine.order_by(Seat.channel_id, Seat.rung)).all():
        chair = select(Seat.user_id).where(
            Seat.workspace_id == workspace, Seat.channel_id == channel, Seat.rung == rung
        )
        found.append((channel, rung, list(session.scalars(chair.order_by(Seat.id)))))
    session.execute(delete(Seat).where(Seat.workspace_id == workspace, Seat.user_id == user))
    in_their_place = (Seat.workspace_id == workspace, Seat.deputy_id == user)
    session.execute(update(Seat).where(*in_their_place).values(deputy_id=None))
    return found


def off_maps(session: Session, workspace: str, user: str) -> None:
    """They decide for no team any more, nor in anybody's place. The caller holds the workspace, as whoever changes a
    map does."""
    names_them = or_(_stands(MapTeam.deciders, user), _stands(MapTeam.deputies, user))
    query = select(MapTeam).where(MapTeam.workspace_id == workspace, names_them).order_by(MapTeam.id)
    for team in session.scalars(query):
        team.deciders = [one for one in team.deciders if one != user]
        team.deputies = {one: deputy for one, deputy in team.deputies.items() if user not in (one, deputy)}
    session.flush()


def stop_work(session: Session, workspace: str, user: str, now: datetime) -> None:
    """Nothing is dated for them, nothing is on its way to them, no card of theirs is kept."""
    session.flush()
    pending = (FollowUp.workspace_id == workspace, FollowUp.recipient == user, FollowUp.done_at.is_(None))
    session.execute(update(FollowUp).where(*pending).values(done_at=now, result="erased"))
    session.execute(delete(Outbox).where(Outbox.workspace_id == workspace, Outbox.recipient == user))
    session.execute(delete(Card).where(Card.workspace_id == workspace, Card.recipient == user))
    session.execute(delete(Parked).where(Parked.workspace_id == workspace, Parked.user_id == user))


def said_by_them(session: Session, workspace: str, user: str) -> None:
    """What they said as a person leaves the messages that were made of it."""
    query = select(Outbox).where(Outbox.workspace_id == workspace, _stands(Outbox.args, user)).order_by(Outbox.id)
    for message in session.scalars(query):
        if message.args.get("who") == user and "said" in message.args:
            message.args = {**message.args, "said": ""}
    session.flush()


def sweep(
    session: Session, workspace: str, scrub: Scrub, decisions: Collection[int] = (), metadata: MetaData = Base.metadata
) -> None:
    """Take them out of every column that may hold them, row by row in the order of the keys.

    ``decisions``: those in which they stand, locked and with the record unlocked; what the record holds fast of them is
    changed through its models, so that it is sealed anew. Without, the rest is done.
    """
    session.flush()
    for table in metadata.sorted_tables:
        columns, model = holds_people(table), _SEALED.get(table.name)
        whose = _whose(table)
        if not columns or whose is None:
            continue
        here = [whose == workspace, or_(*(_stands(one, scrub.user, *scrub.names) for one in columns))]
        if model is not None:
            here.append((table.c.id if model is Decision else table.c.decision_id).in_(decisions))
        keys = list(table.primary_key.columns)
        raw = [type_coerce(one, JSON) if isinstance(one.type, JsonOf) else one for one in columns]
        rows = session.execute(select(*keys, *raw).where(*here).order_by(*keys)).all()
        for row in rows:
            key, values = tuple(row[: len(keys)]), list(row[len(keys) :])
            known = _scrub_known(session.get_one(model, key), columns, scrub) if model is not None else frozenset()
            changed = {
                one: bindparam(None, scrub.json(value), type_=JSON() if isinstance(one.type, JsonOf) else one.type)
                for one, value in zip(columns, values, strict=True)
                if one.name not in known and scrub.json(value) != value
            }
            if changed:
                mine = [one == value for one, value in zip(keys, key, strict=True)]
                session.connection().execute(update(table).where(here[0], *mine).values(changed))
    session.flush()


def _scrub_known(row: Base, columns: Sequence[Column[Any]], scrub: Scrub) -> frozenset[str]:
    """Take them out of a row through its model. Returns the names of the columns that the model knows."""
    known = frozenset(column.name for column in columns) & frozenset(inspect(type(row)).column_attrs.keys())
    for column in columns:
        if column.name in known:
            value = getattr(row, column.name)
            clean = typed(column.type, value, scrub)
            if clean != value:
                setattr(row, column.name, clean)
    return known


def stands_still(session: Session, workspace: str, scrub: Scrub) -> bool:
    """Whether they stand anywhere all the same: somebody wrote of them while they were taken out."""
    bare = scrub.bare()
    for table in Base.metadata.sorted_tables:
        columns = holds_people(table)
        whose = _whose(table)
        if not columns or whose is None:
            continue
        here = or_(*(_stands(column, scrub.user) for column in columns))
        raw = [type_coerce(one, JSON) if isinstance(one.type, JsonOf) else one for one in columns]
        for row in session.execute(select(*raw).where(whose == workspace, here)):
            if any(bare.json(value) != value for value in row):
                return True
    return False


_SEALED: dict[str, type[Base]] = {model.__tablename__: model for model in FACTS}


def typed(kind: TypeEngine[Any], value: Any, scrub: Scrub) -> Any:
    """A value without them, of the same kind. ``kind``: its column's."""
    if value is None or not isinstance(kind, JsonOf):
        return scrub.json(value)
    try:
        return kind.adapter.validate_python(scrub.json(kind.adapter.dump_python(value, mode="json")))
    except ValueError:  # a name that is also a word of ours, like “may” or “vp”: only the id is taken out
        return kind.adapter.validate_python(scrub.bare().json(kind.adapter.dump_python(value, mode="json")))


def scrub_record(session: Session, workspace: str, scrub: Scrub) -> Erasure:
    """Overwrite their words in the record, each with its salt; its first digest stays, so that the chain holds."""
    found = Erasure()

    def without(actor: str, path: str, value: str) -> str:
        return "" if actor == scrub.user and path in OWN_WORDS else scrub.text(value)

    for seq in entries_about(session, workspace, scrub.user, scrub.names):
        _overwrite(session, workspace, seq, scrub.as_, without, found)
    return found


def silence_record(session: Session, decision: Decision) -> Erasure:
    """Overwrite everything that was said in the entries about a decision. Who did what and when stays."""
    found = Erasure()

    def without(actor: str, path: str, value: str) -> str:
        return "" if path in ALL_WORDS else value

    query = select(AuditEvent.seq).where(
        AuditEvent.workspace_id == decision.workspace_id, AuditEvent.decision_id == decision.id
    )
    for seq in session.scalars(query.order_by(AuditEvent.seq)).all():
        _overwrite(session, decision.workspace_id, seq, decision.name, without, found)
    return found


BESIDE = (Suggestion, Outbox, Card)
"""What only repeats the words of a decision."""


def clear_beside(
    session: Session, decision: Decision, done: Collection[str], metadata: MetaData = Base.metadata
) -> None:
    """Delete what stands beside a closed decision and repeats its words: suggestions, messages, places of cards; and
    empty every other column of its rows that may hold words. ``done``: columns of which something is to be left, and
    which are seen to; ``table.column``.
    """
    session.flush()
    for table in metadata.sorted_tables:  # dated work before messages, as everybody takes them
        about = table.c.id if table.name == Decision.__tablename__ else table.c.get("decision_id")
        empty = {
            column: bindparam(None, _empty(column), type_=JSON(none_as_null=True) if _is_json(column) else column.type)
            for column in holds_words(table)
            if f"{table.name}.{column.name}" not in done
        }
        if about is not None and empty and table.name not in {beside.__tablename__ for beside in BESIDE}:
            mine = (table.c.workspace_id == decision.workspace_id, about == decision.id)
            session.connection().execute(update(table).where(*mine).values(empty))
    for beside in BESIDE:
        session.execute(
            delete(beside).where(beside.workspace_id == decision.workspace_id, beside.decision_id == decision.id)
        )
    session.expire(decision)


def _is_json(column: Column[Any]) -> bool:
    return isinstance(column.type, JSON | JsonOf)


def _empty(column: Column[Any]) -> Any:
    if column.nullable:
        return None
    return {} if _is_json(column) else ""


def _overwrite(
    session: Session, workspace: str, seq: int, as_: str, without: Callable[[str, str, str], str], found: Erasure
) -> None:
    """One entry: what ``without`` (actor, path, words) leaves of its words, under new salts."""
    lock_head(session, workspace)
    mine = (AuditEvent.workspace_id == workspace, AuditEvent.seq == seq)
    entry = session.execute(
        select(AuditEvent.actor, AuditEvent.detail, type_coerce(AuditEvent.seal, JSON)).where(*mine)
    ).one()
    actor: str = entry.actor

    def left(path: str, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: left(f"{path}.{key}", one) for key, one in value.items()}
        if isinstance(value, list):
            return [left(f"{path}[{index}]", one) for index, one in enumerate(value)]
        return without(actor, path, value) if isinstance(value, str) else value

    before, after = words(actor, entry.detail), (without(actor, "actor", actor), left("", entry.detail))
    salts, firsts = dict(entry.seal["salts"]), dict(entry.seal.get("firsts", {}))
    erased = {path: list(by) for path, by in entry.seal.get("erased", {}).items()}
    for path, value in sorted(words(*after).items()):
        if value == before[path]:
            continue
        firsts.setdefault(path, digest(salts[path], path, before[path]))
        salts[path] = new_salt()
        erased.setdefault(path, []).append([as_, digest(salts[path], path, value)])
        found.add(seq, path, erased[path][-1][1])
    seal = {**entry.seal, "salts": salts, "firsts": firsts, "erased": erased}
    session.execute(
        update(AuditEvent)
        .where(*mine)
        .values(actor=after[0], detail=after[1], seal=seal)
        .execution_options(synchronize_session=False)
    )
