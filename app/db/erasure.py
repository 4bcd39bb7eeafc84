"""Taking data out for good."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import JSON, ColumnElement, Text, cast, delete, insert, or_, select, type_coerce, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.db import locks
from app.db.ledger import digest, lock_head, words
from app.db.models import (
    AuditEvent,
    AuditUnlock,
    Base,
    Card,
    Decision,
    DigestPlan,
    FollowUp,
    Installation,
    Look,
    MemoVersion,
    OpenQuestion,
    Outbox,
    Parked,
    Participant,
    Seat,
    Signer,
    Suggestion,
    Workspace,
    new_salt,
)
from app.db.types import JsonOf
from app.db.verifying import Erasure
from app.domain.gone import Scrub


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
            column = table.c.id if table is Workspace.__table__ else table.c.get("workspace_id")
            if column is None or table is AuditUnlock.__table__:
                continue  # no workspace: a way to Slack that somebody has begun, nobody's yet, and gone in minutes
            result = session.connection().execute(delete(table).where(column == workspace))
            gone += result.rowcount
    session.expire_all()
    return gone


# ── a person ────────────────────────────────────────────────────────────────────────────────────────────

OWN_WORDS = frozenset({".said", ".how", ".text"})
"""Details in which somebody speaks for themselves. Why a decision went on or ended (``reason``, ``why``) is its own."""

ABOUT: tuple[tuple[type[Base], tuple[str, ...]], ...] = (
    (Decision, ("requester_id", "owner_id", "title", "source_text", "answers", "typed", "verdict", "override_reason",
                "metric", "ladder")),
    (Participant, ("user_id",)),
    (MemoVersion, ("author_id", "memo")),
    (Signer, ("user_id", "delegate_of", "said")),
    (OpenQuestion, ("asked_by", "text", "answer", "answered_by")),
    (Look, ("by", "look")),
    (Suggestion, ("original", "text")),
    (AuditEvent, ("actor", "detail")),
)  # fmt: skip
"""Where a person may stand in a decision and its rows."""

ALL_WORDS = OWN_WORDS | {".reason", ".why"}

T = TypeVar("T")


def _stands(column: ColumnElement[Any] | InstrumentedAttribute[Any], *wanted: str) -> ColumnElement[bool]:
    """Whether one of these stands there, as it is written or as JSON writes it."""
    text = cast(column, Text)
    return or_(*(text.contains(way, autoescape=True) for one in wanted for way in {one, json.dumps(one)[1:-1]}))


def decisions_about(session: Session, workspace: str, user: str) -> set[int]:
    """Every decision in which somebody stands, by its id."""
    ids: set[int] = set()
    for model, columns in ABOUT:
        table = model.__table__.c
        id = table.id if model is Decision else table.decision_id
        here = or_(*(_stands(table[name], user) for name in columns))
        found = session.scalars(select(id).where(table.workspace_id == workspace, here))
        ids |= {one for one in found if one is not None}
    return ids


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
    return found


def stop_work(session: Session, workspace: str, user: str, now: datetime) -> None:
    """Nothing is dated for them, nothing is on its way to them, no card of theirs is kept."""
    session.flush()
    pending = (FollowUp.workspace_id == workspace, FollowUp.recipient == user, FollowUp.done_at.is_(None))
    session.execute(update(FollowUp).where(*pending).values(done_at=now, result="erased"))
    session.execute(delete(Outbox).where(Outbox.workspace_id == workspace, Outbox.recipient == user))
    session.execute(delete(Card).where(Card.workspace_id == workspace, Card.recipient == user))
    session.execute(delete(Parked).where(Parked.workspace_id == workspace, Parked.user_id == user))


def scrub_rows(session: Session, workspace: str, scrub: Scrub) -> None:
    """Take them out of what stands beside the decisions: dated work, messages, suggestions, plans, installs."""
    for plan in session.scalars(select(DigestPlan).where(DigestPlan.workspace_id == workspace)):
        plan.set_by = scrub.id(plan.set_by)
    for given in session.scalars(select(Installation).where(Installation.workspace_id == workspace)):
        given.user_id = scrub.id(given.user_id)
    dated = or_(FollowUp.recipient == scrub.user, _stands(FollowUp.args, scrub.user))
    for work in session.scalars(select(FollowUp).where(FollowUp.workspace_id == workspace, dated)):
        work.recipient, work.args = scrub.id(work.recipient), scrub.json(work.args)
    said = (Outbox.workspace_id == workspace, _stands(Outbox.args, scrub.user, *scrub.names))
    for message in session.scalars(select(Outbox).where(*said)):
        own = {"said": ""} if message.args.get("who") == scrub.user and "said" in message.args else {}
        message.args = scrub.json({**message.args, **own})
    drafted = or_(
        _stands(Suggestion.original, scrub.user, *scrub.names), _stands(Suggestion.text, scrub.user, *scrub.names)
    )
    for one in session.scalars(select(Suggestion).where(Suggestion.workspace_id == workspace, drafted)):
        one.original, one.text = scrub.text(one.original), scrub.text(one.text)


def typed(column: InstrumentedAttribute[T], value: T, scrub: Scrub) -> T:
    """A domain value without them, of the same kind."""
    kind = column.property.columns[0].type
    if value is None or not isinstance(kind, JsonOf):
        return value
    try:
        return kind.adapter.validate_python(scrub.json(kind.adapter.dump_python(value, mode="json")))  # type: ignore[no-any-return]
    except ValueError:  # a name that is also a word of ours, like “may” or “vp”: only the id is taken out
        return kind.adapter.validate_python(scrub.bare().json(kind.adapter.dump_python(value, mode="json")))  # type: ignore[no-any-return]


def scrub_record(session: Session, workspace: str, scrub: Scrub) -> Erasure:
    """Overwrite their words in the record, each with its salt; its first digest stays, so that the chain holds."""
    found = Erasure()

    def without(actor: str, path: str, value: str) -> str:
        return "" if actor == scrub.user and path in OWN_WORDS else scrub.text(value)

    for seq in entries_about(session, workspace, scrub.user, scrub.names):
        _overwrite(session, workspace, seq, scrub.as_, without, found)
    return found


def silence_record(session: Session, d: Decision) -> Erasure:
    """Overwrite everything that was said in the entries about a decision. Who did what and when stays."""
    found = Erasure()

    def without(actor: str, path: str, value: str) -> str:
        return "" if path in ALL_WORDS else value

    query = select(AuditEvent.seq).where(AuditEvent.workspace_id == d.workspace_id, AuditEvent.decision_id == d.id)
    for seq in session.scalars(query.order_by(AuditEvent.seq)).all():
        _overwrite(session, d.workspace_id, seq, d.name, without, found)
    return found


def clear_beside(session: Session, d: Decision) -> None:
    """Delete what stands beside a closed decision and repeats its words: suggestions, messages, places of cards."""
    for table in (Suggestion, Outbox, Card):
        session.execute(delete(table).where(table.workspace_id == d.workspace_id, table.decision_id == d.id))


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
