"""Keeps the library's entries as the words are, in the transaction that changes them.

Before each flush the rows are noted whose words become others; before the commit the entries of their decisions are
made anew, and written where they differ. Nothing is written for a tap, a vote without words, a date.
The database's own index stands on the entries: FTS5 by triggers, PostgreSQL's by an expression, so a statement that
changes an entry, also one of an erasure that goes by the tables' columns, has changed the index.
"""

from collections.abc import Callable, Collection, Iterator
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, inspect, select, update
from sqlalchemy.orm import Session, UOWTransaction

from app.db.library.words import WORDED, answers_words, inner_words, is_open, open_words, others
from app.db.models import Base, Decision, LibraryEntry, Participant, PastDecision, table_of
from app.db.personal_columns import holds_words
from app.db.statements import HERE
from app.domain.library.marks import INNER, OPEN, PAST, marked, readers_in
from app.domain.library.ranking import length_of
from app.domain.library.tokens import tokens
from app.domain.lifecycle import Status

_NOTED, _JOINED, _BEGUN = "library.noted", "library.joined", "library.begun"

_ENTRY = table_of(LibraryEntry)


# ── what changes ────────────────────────────────────────────────────────────────────────────────────────


def note_changes(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    """Before a flush: which decisions are found by other words than before, or by other people."""
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, Participant):
            if row in session.new:
                session.info.setdefault(_JOINED, []).append(row)
        elif isinstance(row, Decision):
            if row in session.new:
                session.info.setdefault(_BEGUN, []).append(row)
            elif _reads_otherwise(row):
                session.info.setdefault(_NOTED, set()).add(row)
        elif (names := _worded(row)) is not None and (
            row not in session.dirty or any(inspect(row).attrs[name].history.has_changes() for name in names)
        ):
            session.info.setdefault(_NOTED, set()).add(row)


def _worded(row: Any) -> tuple[str, ...] | None:
    """The attributes of a row that hang on a decision and hold words; None where it is none of those."""
    model: type[Base] = type(row)
    return WORDED.get(model) or _of_others(model)


@cache
def _of_others(model: type[Base]) -> tuple[str, ...] | None:
    table = table_of(model)
    if table not in others():
        return None
    words = set(holds_words(table))
    return tuple(one.key for one in inspect(model).column_attrs if words & set(one.columns))


def _reads_otherwise(decision: Decision) -> bool:
    changed = {name: inspect(decision).attrs[name].history for name in WORDED[Decision]}
    changed = {name: one for name, one in changed.items() if one.has_changes()}
    if not changed:
        return False
    if changed.keys() & {"title", "metric", "override_reason", "source_text", "private", "forgotten_at"}:
        return True
    if "answers" in changed:
        before = changed["answers"].deleted
        if not before or list(answers_words(before[0])) != list(answers_words(decision.answers)):
            return True
    return "verdict" in changed or ("status" in changed and _leaves_triage(changed["status"], decision))


def _leaves_triage(status: Any, decision: Decision) -> bool:
    return decision.status is Status.TRIAGE or not status.deleted or status.deleted[0] is Status.TRIAGE


# ── the entries ─────────────────────────────────────────────────────────────────────────────────────────


def shelve(session: Session) -> None:
    """Bring the entries of what changed up to date. Before the record is sealed: its end is held last of all."""
    session.flush()
    begun: list[Decision] = session.info.pop(_BEGUN, [])
    noted: set[Any] = session.info.pop(_NOTED, set())
    joined: list[Participant] = session.info.pop(_JOINED, [])
    about: dict[int, Decision] = {one.id: one for one in begun}
    for row in noted:
        decision = row if isinstance(row, Decision) else session.get(Decision, row.decision_id)
        if decision is not None:
            about[decision.id] = decision
    people: dict[int, set[str]] = {}
    for part in joined:
        people.setdefault(part.decision_id, set()).add(part.user_id)
        if part.decision_id not in about and (decision := session.get(Decision, part.decision_id)) is not None:
            about[decision.id] = decision
    for id in sorted(about):
        decision = about[id]
        standing = {} if decision in begun else _standing(session, decision)
        readers = people.get(id, set())
        if INNER in standing:
            readers |= readers_in(standing[INNER].marks)
        elif decision not in begun:
            readers = _takes_part(session, decision)
        _put(session, decision, readers, standing, begun=decision in begun)


def shelve_anew(session: Session, decision: Decision) -> bool:
    """Make the entries of a decision anew from all that stands there. Returns whether any was missing or other."""
    return _put(session, decision, _takes_part(session, decision), _standing(session, decision))


def _takes_part(session: Session, decision: Decision) -> set[str]:
    here = (Participant.workspace_id == decision.workspace_id, Participant.decision_id == decision.id)
    return set(session.scalars(select(Participant.user_id).where(*here)))


def _standing(session: Session, decision: Decision) -> dict[str, Any]:
    rows = session.connection().execute(_STANDING, {"here": decision.workspace_id, "of": decision.id})
    return {row.kind: row for row in rows}


_STANDING = select(_ENTRY).where(_ENTRY.c.workspace_id == HERE, _ENTRY.c.decision_id == bindparam("of"))
_NEW = insert(_ENTRY)
_CHANGED = (
    update(_ENTRY)
    .where(_ENTRY.c.workspace_id == HERE, _ENTRY.c.id == bindparam("entry"))
    .values(
        length=bindparam("new_length"),
        title=bindparam("new_title"),
        body=bindparam("new_body"),
        marks=bindparam("new_marks"),
    )
)
_GONE = delete(_ENTRY).where(_ENTRY.c.workspace_id == HERE, _ENTRY.c.id == bindparam("entry"))


def _put(
    session: Session, decision: Decision, readers: Collection[str], standing: dict[str, Any], *, begun: bool = False
) -> bool:
    line, here = session.connection(), decision.workspace_id
    wanted = dict(_entries(session, decision, readers, begun))
    other = False
    for kind, row in standing.items():
        if kind not in wanted:
            line.execute(_GONE, {"here": here, "entry": row.id})
            other = True
    for kind, (length, title, body, marks) in wanted.items():
        row = standing.get(kind)
        if row is None:
            whose = {"workspace_id": here, "number": decision.number, "kind": kind, "decision_id": decision.id}
            line.execute(
                _NEW, {**whose, "past_id": None, "length": length, "title": title, "body": body, "marks": marks}
            )
        elif (row.title, row.body, row.marks) != (title, body, marks):
            new = {"new_length": length, "new_title": title, "new_body": body, "new_marks": marks}
            line.execute(_CHANGED, {"here": here, "entry": row.id, **new})
        else:
            continue
        other = True
    return other


def _entries(
    session: Session, decision: Decision, readers: Collection[str], begun: bool
) -> Iterator[tuple[str, tuple[int, str, str, str]]]:
    """Kind → length, title, body, marks. One that was forgotten has none."""
    if decision.forgotten_at is not None:
        return
    yield INNER, entry(INNER, decision, decision.title, inner_words(session, decision, begun=begun), readers)
    if is_open(decision):
        yield OPEN, entry(OPEN, decision, decision.title, open_words(decision))


def entry(
    kind: str, whose: Decision | PastDecision, title: str, words: Any, readers: Collection[str] = ()
) -> tuple[int, str, str, str]:
    """Its length, the title and the body as tokens, and the marks of both."""
    named = tokens(title)
    body = [token for text in words if text for token in tokens(text)]
    found = " ".join(named), " ".join(body)
    return length_of(named, body), *found, marked(kind, whose.workspace_id, whose.number, [*named, *body], readers)


def shelve_past(
    session: Session, rows: Collection[PastDecision], step: Callable[[int], object] = lambda _more: None
) -> None:
    """Make the entries of these past decisions anew. ``step`` is told of each."""
    by_workspace: dict[str, list[PastDecision]] = {}
    for row in rows:
        by_workspace.setdefault(row.workspace_id, []).append(row)
    for workspace, some in by_workspace.items():
        line = session.connection()
        for start in range(0, len(some), 500):
            ids = [row.id for row in some[start : start + 500]]
            line.execute(delete(_ENTRY).where(_ENTRY.c.workspace_id == workspace, _ENTRY.c.past_id.in_(ids)))
        new = []
        for row in some:
            length, title, body, marks = entry(PAST, row, row.title, [row.text])
            whose = {"workspace_id": workspace, "number": row.number, "kind": PAST, "decision_id": None}
            words = {"length": length, "title": title, "body": body, "marks": marks}
            new.append({**whose, "past_id": row.id, **words})
            step(1)
        for start in range(0, len(new), 500):  # an answer is waited for only so long, and this is one question
            line.execute(_NEW, new[start : start + 500])


# ── what was never shelved ──────────────────────────────────────────────────────────────────────────────


def unshelved(session: Session, limit: int, but: Collection[int] = ()) -> list[tuple[str, int]]:
    """Decisions without an entry, from before there was a library or by a release before: workspace and id."""
    there = select(_ENTRY.c.decision_id).where(
        _ENTRY.c.workspace_id == Decision.workspace_id, _ENTRY.c.decision_id == Decision.id, _ENTRY.c.kind == INNER
    )
    query = select(Decision.workspace_id, Decision.id).where(
        Decision.forgotten_at.is_(None), Decision.id.not_in(but), ~there.exists()
    )
    return [(row[0], row[1]) for row in session.execute(query.order_by(Decision.id).limit(limit))]


def how_many(session: Session, workspace: str) -> int:
    """Decisions that a whole index holds, those made elsewhere among them."""
    counts = (
        select(func.count()).select_from(one).where(one.workspace_id == workspace) for one in (Decision, PastDecision)
    )
    return sum(session.scalar(one) or 0 for one in counts)


def shelve_workspace(session: Session, workspace: str, step: Callable[[int], object] = lambda _more: None) -> int:
    """Make every entry of a workspace anew: after its rows were put back. Returns how many decisions there are."""
    session.execute(delete(LibraryEntry).where(LibraryEntry.workspace_id == workspace))
    count = 0
    for decision in session.scalars(select(Decision).where(Decision.workspace_id == workspace).order_by(Decision.id)):
        shelve_anew(session, decision)
        count += 1
        step(1)
    past = session.scalars(select(PastDecision).where(PastDecision.workspace_id == workspace)).all()
    shelve_past(session, past, step)
    return count + len(past)
