"""Reads a record from its first entry to its last, and says in words whatever is not as it was written.

A stream: memory stays the same however long the record is. Two passes: the chain itself, then the rows that it holds
fast (memo versions, sign-offs, questions, looks back, the decisions' own facts) against the last entry that saw them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session, selectinload

from app.db.ledger import ERASE, LADDER, START, digest, facts, keyed, link, row_digest, words
from app.db.models import AuditEvent, AuditHead, Decision, Seat

BATCH = 500
"""Rows held in memory at a time."""


@dataclass
class Record:
    """How far a record reaches, filled in while its sentences are drawn."""

    entries: int = 0
    head: str = START
    erasures: dict[str, "Erasure"] = field(default_factory=dict)  # those whose own entry is still to come
    seats: dict[tuple[str, str], list[str]] = field(default_factory=dict)  # (channel, rung): who was seated there last
    step: Callable[[int], object] = field(default=lambda _more: None)  # told as entries and decisions are looked at


class Erasure:
    """What one erasure left behind, in the order of the record: counted and digested."""

    def __init__(self) -> None:
        self.count, self._sum = 0, sha256()

    def add(self, seq: int, path: str, left: str) -> None:
        self.count += 1
        self._sum.update(f"{seq} {path} {left}\n".encode())

    @property
    def digest(self) -> str:
        return self._sum.hexdigest()


def verify(session: Session, workspace: str, found: Record, expect: tuple[int, str] | None = None) -> Iterator[str]:
    """A sentence about everything in a workspace's record that is not as it was written; none where it verifies.

    ``session``: a steady one, or one that writes: the record is read in pages of one look.
    ``expect``: the number and hash of an entry as they were once noted elsewhere. Who rewrites the whole chain does not
    get past it.
    """
    yield from _chain(session, workspace, found, expect)
    yield from _rows(session, workspace, found)
    yield from _seats(session, workspace, found)


# ── the chain ───────────────────────────────────────────────────────────────────────────────────────────

Entry = Row[Any]


def _entries(session: Session, workspace: str) -> Iterator[Entry | None]:
    """In order; None, and no more, where one can't even be read."""
    event = AuditEvent
    query = (
        select(
            event.id, event.seq, event.at, event.actor, event.what, event.before, event.after, event.detail,
            event.seal, event.hash, event.decision_id, Decision.number,
        )
        .outerjoin(Decision, Decision.id == event.decision_id)
        .where(event.workspace_id == workspace)
        .order_by(event.seq)
        .execution_options(yield_per=BATCH)
    )  # fmt: skip
    rows = iter(session.execute(query))
    while True:
        try:
            entry = next(rows, None)
        except ValueError:  # no date, no JSON: nobody who writes through the product leaves that
            yield None
            return
        if entry is None:
            return
        yield entry


def _chain(session: Session, workspace: str, found: Record, expect: tuple[int, str] | None) -> Iterator[str]:
    before: set[str] = {START}  # what may stand before the next entry; empty where that is lost
    last_id, expected = 0, 1
    for entry in _entries(session, workspace):
        if entry is None:
            yield f"After entry {found.entries} something can't be read any more: it was changed. I stop there."
            return
        if entry.seq != expected:
            yield _missing(expected, entry.seq - 1)
            before = set()
        if entry.id < last_id:
            yield f"{_named(entry)} stands in another place than it was written."
        here, wrong = _check(workspace, entry, before, found)
        if wrong or (before and entry.hash not in here):
            yield f"{_named(entry)} was changed{wrong}."
        if expect and expect[0] == entry.seq and expect[1] != entry.hash:
            yield f"{_named(entry)} is not the one that was noted: the record before it was written anew."
        if entry.what == ERASE:
            name = str(entry.detail.get("as"))
            erased = found.erasures.pop(name, Erasure())
            if (entry.detail.get("entries", 0), entry.detail.get("digest")) != (erased.count, erased.digest):
                yield _not_what(name)
        if entry.what == LADDER:
            found.seats[str(entry.detail.get("channel")), str(entry.detail.get("rung"))] = entry.detail.get("after")
        before, last_id, expected = {entry.hash, *here}, entry.id, entry.seq + 1
        found.entries, found.head = entry.seq, entry.hash
        found.step(1)
    yield from _end(session, workspace, found, expect)
    yield from map(_not_what, sorted(found.erasures))


def _not_what(name: str) -> str:
    return f"What was erased as “{name}” is not what the record says of it: somebody erased or changed more."


def _missing(first: int, last: int) -> str:
    if last < first:
        return f"Entry {last + 1} stands twice."
    return f"Entry {first} is missing." if first == last else f"Entries {first} to {last} are missing."


def _end(session: Session, workspace: str, found: Record, expect: tuple[int, str] | None) -> Iterator[str]:
    head = session.execute(
        select(AuditHead.seq, AuditHead.hash).where(AuditHead.workspace_id == workspace)
    ).one_or_none()
    seq, hash = (head.seq, head.hash) if head else (0, START)
    if seq > found.entries:
        yield f"The end of the record is cut off: {_missing(found.entries + 1, seq)}"
    elif seq < found.entries:
        yield f"Something was added behind the end of the record: entry {seq} was the last, now it is {found.entries}."
    elif hash != found.head:
        yield f"The end of the record is not the one that was sealed: entry {seq} or the record's head was changed."
    if expect and expect[0] > found.entries:
        yield f"The end of the record is cut off: entry {expect[0]} was noted, and {found.entries} is the last."


def _check(workspace: str, entry: Entry, before: set[str], found: Record) -> tuple[set[str], str]:
    """The hashes that this entry may have, and what is wrong with its words."""
    said = words(entry.actor, entry.detail if isinstance(entry.detail, dict) else {"": entry.detail})
    seal = entry.seal if isinstance(entry.seal, dict) else {}
    salts, rows = _texts(seal.get("salts")), _texts(seal.get("rows"))
    firsts, erased = _texts(seal.get("firsts")), seal.get("erased") or {}
    wrong = (
        "" if set(salts) == set(said) and set(seal) <= {"salts", "rows", "firsts", "erased"} else ", and its seal too"
    )
    digests = {path: digest(salts.get(path, ""), path, value) for path, value in said.items()}
    for path in sorted(erased):
        for who, left in erased[path]:
            found.erasures.setdefault(str(who), Erasure()).add(entry.seq, path, str(left))
        if path in said and digests[path] != erased[path][-1][1]:
            wrong = " after something in it was erased"
    what = facts(entry.at, entry.what, entry.before, entry.after)
    all_ = {**digests, **firsts, **rows}
    return {link(one, entry.seq, workspace, entry.number, what, all_) for one in before}, wrong


def _texts(value: Any) -> dict[str, str]:
    return {str(key): str(one) for key, one in value.items()} if isinstance(value, dict) else {}


def _named(entry: Entry) -> str:
    about = f"D-{entry.number}: entry" if entry.number is not None else "Entry"
    return f"{about} {entry.seq} ({str(entry.what).replace('_', ' ')}, {_when(entry.at)})"


def _when(at: datetime) -> str:
    return f"{at:%d %b %Y, %H:%M} UTC"


# ── the rows it holds fast ──────────────────────────────────────────────────────────────────────────────


def to_look_at(session: Session, workspace: str) -> int:
    """How many entries and decisions a verification looks at, as far as the record's head tells."""
    entries = session.scalar(select(AuditHead.seq).where(AuditHead.workspace_id == workspace)) or 0
    here = select(func.count()).select_from(Decision).where(Decision.workspace_id == workspace)
    return entries + (session.scalar(here) or 0)


def _rows(session: Session, workspace: str, found: Record) -> Iterator[str]:
    after = 0
    while True:
        numbers = session.scalars(
            select(Decision.number)
            .where(Decision.workspace_id == workspace, Decision.number > after)
            .order_by(Decision.number)
            .limit(BATCH // 5)
        ).all()
        if not numbers:
            return
        after = numbers[-1]
        try:
            yield from list(_compared(session, workspace, numbers))
        except ValueError:
            yield from _one_by_one(session, workspace, numbers)
        found.step(len(numbers))


def _one_by_one(session: Session, workspace: str, numbers: Sequence[int]) -> Iterator[str]:
    """Where a value among these can't even be read: name whose."""
    for number in numbers:
        try:
            yield from list(_compared(session, workspace, [number]))
        except ValueError:
            yield f"D-{number}: something of it can't be read any more: it was changed behind the record's back."


def _compared(session: Session, workspace: str, numbers: Sequence[int]) -> Iterator[str]:
    held = (
        Decision.memos,
        Decision.signers,
        Decision.questions,
        Decision.looks,
        Decision.documents,
        Decision.dissents,
        Decision.overs,
        Decision.commitments,
        Decision.tradeoffs,
        Decision.sides,
        Decision.plans,
        Decision.results,
        Decision.syncs,
        Decision.sync_readers,
        Decision.remarks,
        Decision.approvals,
    )
    decisions = session.scalars(
        select(Decision)
        .where(Decision.workspace_id == workspace, Decision.number.in_(numbers))
        .order_by(Decision.number)
        .options(*(selectinload(one) for one in held))
    ).all()
    sealed = _last_seen(session, workspace, [decision.id for decision in decisions])
    for decision in decisions:
        yield from _compare(decision, sealed.get(decision.id, {}))
    session.expunge_all()


def _last_seen(session: Session, workspace: str, ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """By decision: the digest under which each of its rows was last sealed, or left by an erasure."""
    found: dict[int, dict[str, str]] = {}
    query = (
        select(AuditEvent.decision_id, AuditEvent.seal)
        .where(AuditEvent.workspace_id == workspace, AuditEvent.decision_id.in_(ids))
        .order_by(AuditEvent.seq)
        .execution_options(yield_per=BATCH)
    )
    for id, seal in session.execute(query):
        if not isinstance(seal, dict):
            continue
        here = found.setdefault(id, {})
        here.update(_texts(seal.get("rows")))
        here.update({path: str(by[-1][1]) for path, by in (seal.get("erased") or {}).items() if path in here})
    return found


def _compare(decision: Decision, sealed: dict[str, str]) -> Iterator[str]:
    for key, row in keyed(decision):
        if key not in sealed:
            yield f"{decision.name}: {_row_said(key)} was added behind the record's back."
        elif sealed.pop(key) != row_digest(key, row):
            yield f"{decision.name}: {_row_said(key)} was changed behind the record's back."
    yield from (f"{decision.name}: {_row_said(key)} is missing." for key in sealed)


def _row_said(key: str) -> str:
    kind, _, number = key.partition(".")
    return {
        "decision": "its title, its state, its dates or its people",
        "memo": f"version {number} of its memo",
        "signer": f"sign-off {number}",
        "question": f"question {number}",
        "look": f"look back {number}",
        "document": f"version {number} of its document",
        "dissent": f"dissent {number}",
        "over": "what was decided over dissent",
        "commitment": f"commitment {number}",
        "tradeoff": "its entry of the trade-off log",
        "side": f"side {number} of its trade-off",
        "plan": f"version {number} of its experiment",
        "result": f"result {number} of its experiment",
        "sync": f"sync {number}",
        "sync_reader": f"reader {number} of its pre-reads",
        "remark": f"comment {number}",
        "approval": f"approval {number}",
    }.get(kind, key)


def _seats(session: Session, workspace: str, found: Record) -> Iterator[str]:
    here: dict[tuple[str, str], list[str]] = {}
    for seat in session.scalars(select(Seat).where(Seat.workspace_id == workspace).order_by(Seat.id)):
        here.setdefault((seat.channel_id, seat.rung), []).append(seat.user_id)
    for channel, rung in sorted({*here, *found.seats}):
        if here.get((channel, rung), []) != (found.seats.get((channel, rung)) or []):
            whose = f"the ladder of {channel}" if channel else "the workspace's ladder"
            yield f"Who sits as {rung.replace('_', ' ')} on {whose} was changed behind the record's back."
