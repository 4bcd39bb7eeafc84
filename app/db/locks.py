"""Every lock that somebody waits for is taken here, in one order, and what it guards is read afresh.

Two transactions that take the same locks in two orders wait for each other until PostgreSQL ends one of them. So all
of them take theirs in ``ORDER``, several of one kind by their ids:

    turn        the messages of one person, taken one after the other
    parked      a message that waits for its writer's word
    decision    and with it all that hangs on it: signers, questions, memos, looks, participants, suggestions
    workspace   its next number, its ladders
    person      held alone by whoever changes what they are, shared by whoever relies on it (``rely_on``)
    digest_plan a channel's digest
    follow_up   dated work
    outbox      messages
    card        where messages stand
    audit_head  the end of the record, last of all, for as long as a commit takes

What other rows refer to is held FOR NO KEY UPDATE: a message that only names its decision waits for nobody.

On SQLite one transaction writes at a time, from its first statement on: nothing is waited for here, and nothing that
was read in it changes under it.

A decision is changed only by whoever opened it here. ``note_changes`` is the second belt: it listens to every flush,
so that a change of what was only looked at ends as an error of ours, not as somebody's lost answer.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, select, text
from sqlalchemy.orm import Session, UOWTransaction
from sqlalchemy.orm.util import identity_key

from app.db.models import (
    Approval,
    AuditHead,
    Card,
    Commitment,
    Decision,
    DigestPlan,
    Dissent,
    DocumentVersion,
    FollowUp,
    Look,
    MemoVersion,
    OpenQuestion,
    Outbox,
    OverDissent,
    Parked,
    Participant,
    Person,
    Remark,
    Signer,
    Suggestion,
    Sync,
    SyncReader,
    Tradeoff,
    TradeoffPlan,
    TradeoffResult,
    TradeoffSide,
    Workspace,
    Writing,
    table_of,
)
from app.db.statements import HERE

ORDER = (
    "turn", "parked", "decision", "workspace", "person", "digest_plan", "follow_up", "outbox", "card", "audit_head",
)  # fmt: skip
"""What is locked, first to last. The names are those of the tables, but for ``turn``."""

AFRESH = {"populate_existing": True}
"""Read again what the session holds already: somebody else may have changed it before the lock was ours."""

_OPENED, _COUNTED = "locks.opened", "locks.counted"

HANGING_ON_IT = (
    Participant, MemoVersion, Signer, OpenQuestion, Look, Suggestion, Writing, DocumentVersion, Dissent, OverDissent,
    Commitment, Tradeoff, TradeoffSide, TradeoffPlan, TradeoffResult, Sync, SyncReader, Remark, Approval,
)  # fmt: skip
"""What is changed with a decision alone. Follow-ups, messages and cards name one too, and have lives of their own."""


def _waits(session: Session) -> bool:
    """Whether anybody is waited for row by row: on SQLite whoever writes is alone already."""
    return session.get_bind().dialect.name == "postgresql"


# ── decisions ───────────────────────────────────────────────────────────────────────────────────────────


def for_change(session: Session, workspace: str, id: int) -> Decision | None:
    """A decision to be changed. Opened before in this transaction, it is ours already and is not asked for again."""
    held = held_already(session, workspace, id)
    if held is not None:
        return held
    found = session.scalars(_DECISION, {"here": workspace, "id": id}).all()
    return next(iter(note_opened(session, found)), None)


def held_already(session: Session, workspace: str, id: int) -> Decision | None:
    """A decision that this transaction opened before, or began."""
    held = session.identity_map.get(identity_key(Decision, id))
    return held if isinstance(held, Decision) and held.workspace_id == workspace and held in opened(session) else None


def several_for_change(
    session: Session, workspace: str, ids: Collection[int], *, forgotten: bool = False
) -> Sequence[Decision]:
    """Several to be changed, by their ids. ``forgotten``: those too whose words were erased, and nobody opens."""
    if not ids:
        return []
    query = _DECISIONS if forgotten else _DECISIONS.where(Decision.forgotten_at.is_(None))
    return note_opened(session, session.scalars(query, {"here": workspace, "ids": sorted(ids)}).all())


def note_opened(session: Session, found: Sequence[Decision]) -> Sequence[Decision]:
    """These are held, and were read after that."""
    opened(session).update(found)
    return found


def opened(session: Session) -> set[Decision]:
    """The decisions that this transaction may change. Held on to, so that none of them is loaded a second time."""
    found: set[Decision] = session.info.setdefault(_OPENED, set())
    return found


def _to_be_changed(which: ColumnElement[bool]) -> Select[Decision]:
    query = select(Decision).where(Decision.workspace_id == HERE, which)
    return query.order_by(Decision.id).with_for_update(key_share=True).execution_options(**AFRESH)


_DECISION = _to_be_changed(Decision.id == bindparam("id")).where(Decision.forgotten_at.is_(None))
_DECISIONS = _to_be_changed(Decision.id.in_(bindparam("ids", expanding=True)))


def counted(session: Session) -> set[Decision]:
    """The decisions that this transaction has changed already, or begun."""
    found: set[Decision] = session.info.setdefault(_COUNTED, set())
    return found


def note_changes(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    """Before a flush: nobody changes a decision, or what hangs on it, who has not opened it for that. What is changed
    counts one more.

    Raises:
        RuntimeError: a fault of ours. Nothing was written.
    """
    for decision in _changed(session):
        if decision not in opened(session):
            raise RuntimeError(f"decision {decision.id} is changed, and was not opened for a change")
        if decision not in counted(session):
            counted(session).add(decision)
            decision.version = (decision.version or 0) + 1


def _changed(session: Session) -> Iterator[Decision]:
    """The decisions that this flush changes, and those of what it changes, adds or takes away. A new one is ours."""
    for row in (*session.new, *session.dirty, *session.deleted):
        if row in session.dirty and not session.is_modified(row):
            continue
        if isinstance(row, Decision):
            if row in session.new:
                opened(session).add(row)
            yield row
        elif isinstance(row, HANGING_ON_IT) and row.decision_id is not None:  # None: of a new one, which comes by too
            yield session.get_one(Decision, row.decision_id)


# ── who and where ───────────────────────────────────────────────────────────────────────────────────────


def take_turn(session: Session, workspace: str, user: str) -> None:
    """The messages of one person are taken one after the other, whichever replica has them: the second may be the
    answer to what the first began."""
    if _waits(session):
        session.connection().execute(_TURN, {"whose": f"{workspace} {user}"})


_TURN = text("SELECT pg_advisory_xact_lock(7468237, hashtext(:whose))")


def parked(session: Session, workspace: str, id: int, user: str) -> Parked | None:
    """A message that waits for its writer's word. Two clicks at once take it up once."""
    mine = select(Parked).where(Parked.workspace_id == workspace, Parked.id == id, Parked.user_id == user)
    return session.scalar(mine.with_for_update().execution_options(**AFRESH))


def hold_workspace(session: Session, workspace: str) -> Workspace | None:
    """Its ladders are nobody else's to change, nor the next number anybody else's to have."""
    which = select(Workspace).where(Workspace.id == workspace)
    return session.scalar(which.with_for_update(key_share=True).execution_options(**AFRESH))


def hold_person(session: Session, workspace: str, user: str) -> Person | None:
    """Somebody who is about to change: to leave, to become a guest, to be erased. Whoever relies on them meanwhile
    waits, and then sees what became of them."""
    which = _person(workspace, user).with_for_update(key_share=True)
    return session.scalar(which.execution_options(**AFRESH))


def rely_on(session: Session, workspace: str, user: str) -> Person | None:
    """Somebody who is given a part: to sign, own, be asked, read, sit on a rung. What they are stays until we are
    through. Whoever takes them out afterwards sees the part that they were given."""
    which = _person(workspace, user).with_for_update(read=True)
    return session.scalar(which.execution_options(**AFRESH))


def _person(workspace: str, user: str) -> Select[Person]:
    return select(Person).where(Person.workspace_id == workspace, Person.user_id == user)


# ── what is dated and sent ──────────────────────────────────────────────────────────────────────────────


def hold_plan(session: Session, workspace: str, channel: str) -> DigestPlan | None:
    """A channel's digest: it is changed, or it fires, one after the other."""
    which = select(DigestPlan).where(DigestPlan.workspace_id == workspace, DigestPlan.channel_id == channel)
    return session.scalar(which.with_for_update(key_share=True).execution_options(**AFRESH))


def follow_ups(session: Session, workspaces: Iterable[str], ids: Iterable[int]) -> dict[int, FollowUp]:
    """Dated work by its ids. Whatever it is about is opened before: decisions, then digests."""
    theirs = FollowUp.workspace_id.concat("").in_(workspaces)  # bare, SQLite reads the whole workspace to find a few
    query = select(FollowUp).where(theirs, FollowUp.id.in_(ids)).order_by(FollowUp.id)
    held = session.scalars(query.with_for_update(key_share=True).execution_options(**AFRESH))
    return {work.id: work for work in held}


def hold_everything(session: Session, workspace: str) -> None:
    """Of a workspace that is to be no more, or to be put back whole: all that anybody in it might wait for."""
    for model in (Parked, Decision, Workspace, Person, DigestPlan, FollowUp, Outbox, Card, AuditHead):
        table = table_of(model)
        whose = table.c.id if model is Workspace else table.c.workspace_id
        session.execute(select(whose).where(whose == workspace).order_by(*table.primary_key).with_for_update())


def hold_rows(session: Session, table: type[FollowUp] | type[Outbox], *which: ColumnElement[bool]) -> Sequence[int]:
    """Rows of ``follow_up`` or ``outbox`` that one statement is about to change, by their ids: without an order two
    such statements may wait for each other."""
    return session.scalars(select(table.id).where(*which).order_by(table.id).with_for_update()).all()
