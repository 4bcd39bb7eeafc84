"""What an operator takes out, in pages: memory stays the same however much there is, and a page is a few questions."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from app.db.claims import UNREADABLE
from app.db.models import AuditEvent, Decision, Suggestion

PAGE = 200
"""Decisions in memory at a time."""


@dataclass(frozen=True)
class Whole:
    """A decision with all that belongs to it."""

    decision: Decision
    history: Sequence[AuditEvent]
    suggestions: Sequence[Suggestion]


def numbers(session: Session, workspace: str, wanted: Sequence[int]) -> set[int]:
    """Those of these numbers that a decision has, which was not forgotten."""
    here = (Decision.workspace_id == workspace, Decision.forgotten_at.is_(None), Decision.number.in_(wanted))
    return set(session.scalars(select(Decision.number).where(*here)))


def decisions(session: Session, workspace: str, wanted: Sequence[int] = ()) -> Iterator[Whole | int]:
    """Every decision of a workspace in the order of its numbers, or those with these. Of one whose rows can't be read
    any more, the number."""
    last = 0
    while True:
        here = [Decision.workspace_id == workspace, Decision.forgotten_at.is_(None), Decision.number > last]
        if wanted:
            here.append(Decision.number.in_(wanted))
        page: list[Whole] | list[Whole | int]
        try:
            page = _whole(session, workspace, *here)
        except UNREADABLE:
            page = _one_by_one(session, workspace, *here)
        if not page:
            return
        yield from page
        last = page[-1] if isinstance(page[-1], int) else page[-1].decision.number
        session.expunge_all()


def _one_by_one(session: Session, workspace: str, *here: ColumnElement[bool]) -> list[Whole | int]:
    found = list[Whole | int]()
    for number in session.scalars(select(Decision.number).where(*here).order_by(Decision.number).limit(PAGE)).all():
        try:
            found += _whole(session, workspace, *here, Decision.number == number)
        except UNREADABLE:
            found.append(number)
    return found


def _whole(session: Session, workspace: str, *here: ColumnElement[bool]) -> list[Whole]:
    """The first of these decisions with all that belongs to them, in the order of their numbers."""
    parts = (
        Decision.participants, Decision.memos, Decision.signers, Decision.questions, Decision.looks, Decision.writings,
        Decision.documents,
    )  # fmt: skip
    query = select(Decision).where(*here).order_by(Decision.number).limit(PAGE)
    page = session.scalars(query.options(*(selectinload(part) for part in parts))).all()
    for names, has in OF_SOME.items():
        _of_some(session, workspace, page, names, has)
    ids = [decision.id for decision in page]
    history: dict[int, list[AuditEvent]] = {id: [] for id in ids}
    for event in session.scalars(
        select(AuditEvent)
        .where(AuditEvent.workspace_id == workspace, AuditEvent.decision_id.in_(ids))
        .order_by(AuditEvent.id)
    ):
        history[event.decision_id or 0].append(event)
    suggested: dict[int, list[Suggestion]] = {id: [] for id in ids}
    for one in session.scalars(
        select(Suggestion)
        .where(Suggestion.workspace_id == workspace, Suggestion.decision_id.in_(ids))
        .order_by(Suggestion.id)
    ):
        suggested[one.decision_id].append(one)
    return [Whole(decision, history[decision.id], suggested[decision.id]) for decision in page]


OF_SOME: dict[tuple[str, ...], Callable[[Decision], object]] = {
    ("dissents", "overs", "commitments"): lambda one: one.may_hold_dissent,
    ("syncs", "sync_readers", "remarks"): lambda one: one.sync_state is not None or one.remark_count,
    ("tradeoffs", "sides", "plans", "results"): lambda one: one.tradeoff_version,
    ("approvals",): lambda one: one.touches is not None,
}
"""What most decisions have none of, and how one is known that may have some. Asked for where some of a page have."""


def _of_some(
    session: Session, workspace: str, page: Sequence[Decision], names: Sequence[str], has: Callable[[Decision], object]
) -> None:
    some = [one for one in page if has(one)]
    for one in page:
        if one not in some:
            for name in names:
                set_committed_value(one, name, [])
    if some:
        here = Decision.workspace_id == workspace, Decision.id.in_([one.id for one in some])
        parts = (selectinload(getattr(Decision, name)) for name in names)
        session.scalars(select(Decision).where(*here).options(*parts)).all()


def entries(session: Session, workspace: str, after: int) -> Iterator[AuditEvent]:
    """The record of a workspace, from the entry behind ``after`` on."""
    while True:
        query = select(AuditEvent).where(AuditEvent.workspace_id == workspace, AuditEvent.seq > after)
        page = session.scalars(query.order_by(AuditEvent.seq).limit(PAGE)).all()
        if not page:
            return
        yield from page
        after = page[-1].seq
        session.expunge_all()


def names_of(session: Session, workspace: str, ids: Sequence[int]) -> dict[int, int]:
    """Decisions' numbers by their ids."""
    query = select(Decision.id, Decision.number).where(Decision.workspace_id == workspace, Decision.id.in_(ids))
    return {row.id: row.number for row in session.execute(query)}
