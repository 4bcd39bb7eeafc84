"""The record: entries chained by hash, sealed at the end of the transaction in which they happened.

An entry's hash is taken over the hash before it, its number, its decision, its moment, its move, and a digest of each
of its words: of who acted, of every detail, and of every row that changed with it (a memo version, a sign-off, a
question, a look back, the decision's own facts). So neither an entry nor such a row is changed behind its back.

Each digest is salted. An erasure overwrites words and salt and leaves the first digest standing: nobody reads or
guesses what was there, and the chain still verifies. What stands there instead is digested too, and each erasure is
itself an entry that counts and digests what it replaced, so that nobody erases in silence.

The head of a chain is locked last of all, after every row of the transaction, so that no two transactions wait for each
other; they queue up for as long as a commit takes.
"""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from sqlalchemy import bindparam, insert, inspect, select, update
from sqlalchemy.orm import Session, UOWTransaction
from sqlalchemy.orm.util import identity_key

from app.db.models import (
    Approval,
    AuditEvent,
    AuditHead,
    Base,
    Commitment,
    Decision,
    Dissent,
    DocumentVersion,
    Look,
    MemoVersion,
    OpenQuestion,
    OverDissent,
    Remark,
    Signer,
    Sync,
    SyncReader,
    Tradeoff,
    TradeoffPlan,
    TradeoffResult,
    TradeoffSide,
    new_salt,
    table_of,
)
from app.db.plain_json import canonical, plain
from app.db.statements import HERE, insert_into

START = "0" * 64
"""What stands before the first entry."""

LADDER = "ladder"
"""The verb of a change of seats."""

ERASE = "erase"
"""The verb of the entry that an erasure leaves."""

FACTS: dict[type[Base], tuple[str, ...]] = {
    Decision: (
        "number", "title", "status", "requester_id", "owner_id", "private", "override_reason", "memo_version",
        "deadline_at", "decided_at", "shipped_on",
    ),
    MemoVersion: ("number", "memo", "author_id", "created_at"),
    Signer: (
        "user_id", "rung", "delegate_of", "handed_over", "asked_at", "answer", "said", "answered_version",
        "answered_at",
    ),
    OpenQuestion: (
        "asked_by", "condition", "text", "asked_at", "answer", "answered_by", "answered_at", "resolved_at",
    ),
    Look: ("by", "at", "look"),
    DocumentVersion: ("number", "document", "author_id", "created_at"),
    Dissent: ("user_id", "degree", "text", "at", "was_right"),
    OverDissent: (
        "by", "decided", "reasons", "at", "revisit_on", "evidence", "result", "happened", "revisited_by",
        "revisited_at", "next_number",
    ),
    Commitment: ("user_id", "asked_at", "answer", "said", "until", "answered_at"),
    Tradeoff: (
        "shared", "opened_by", "opened_at", "agreed_at", "decided", "reasons", "arm", "outcome", "closed_by",
        "closed_at", "revisit_on",
    ),
    TradeoffSide: ("user_id", "objective", "metric", "agreed_version", "agreed_at"),
    TradeoffPlan: ("number", "plan", "author_id", "at", "late", "why"),
    TradeoffResult: ("number", "results", "verdict", "author_id", "at", "corrects"),
    Sync: (
        "sequence", "state", "off", "subject", "planned_by", "planned_at", "starts_at", "minutes", "counts_from",
        "clock_at", "kept_because", "minutes_back", "ended_at",
    ),
    SyncReader: ("user_id", "asked_at", "read_version", "read_at"),
    Remark: (
        "user_id", "kind", "subject", "version", "part", "text", "at", "answer", "answered_by", "answered_at",
        "resolved_by", "resolved_at",
    ),
    Approval: ("kind", "team_id", "name", "lever", "days", "user_id", "in_place_of", "others"),
}  # fmt: skip
"""The rows that the record holds fast, and which of their columns."""

Sealed = (
    Decision | MemoVersion | Signer | OpenQuestion | Look | DocumentVersion | Dissent | OverDissent | Commitment | Sync
    | SyncReader | Remark | Tradeoff | TradeoffSide | TradeoffPlan | TradeoffResult | Approval
)  # fmt: skip

_WAITING, _CHANGED = "record.waiting", "record.changed"


# ── digests ─────────────────────────────────────────────────────────────────────────────────────────────


def digest(salt: str, path: str, value: Any) -> str:
    """A commitment to one word of the record: 64 hexadecimal digits."""
    return sha256(canonical([salt, path, value])).hexdigest()


def row_digest(key: str, row: Sealed) -> str:
    """A commitment to a row as it stands."""
    return digest(row.salt, key, [plain(getattr(row, name)) for name in FACTS[type(row)]])


def words(actor: str, detail: Mapping[str, Any]) -> dict[str, Any]:
    """An entry's words by their path: ``actor``, ``.said``, ``.silent[0]``. Each one can be erased alone."""
    found: dict[str, Any] = {"actor": actor}
    found.update(_leaves("", detail))
    return found


def _leaves(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping) and value:
        for key, one in value.items():
            yield from _leaves(f"{path}.{key}", one)
    elif isinstance(value, list | tuple) and value:
        for index, one in enumerate(value):
            yield from _leaves(f"{path}[{index}]", one)
    else:
        yield path, value


def link(
    before: str, seq: int, workspace: str, decision: int | None, facts: list[Any], digests: Mapping[str, str]
) -> str:
    """The hash of an entry. ``decision`` is its number in the workspace, ``facts`` its moment, verb and move."""
    return sha256(canonical([before, seq, workspace, decision, facts, digests])).hexdigest()


def facts(at: Any, what: str, before: str | None, after: str | None) -> list[Any]:
    return [plain(at), what, before, after]


def keyed(decision: Decision) -> Iterator[tuple[str, Sealed]]:
    """The rows of a decision that the record holds fast, each under a name that no database gives: ``signer.2``."""
    yield "decision", decision
    yield from ((f"memo.{one.number}", one) for one in decision.memos)
    yield from ((f"signer.{index}", one) for index, one in enumerate(decision.signers, 1))
    yield from ((f"question.{index}", one) for index, one in enumerate(decision.questions, 1))
    yield from ((f"look.{index}", one) for index, one in enumerate(decision.looks, 1))
    yield from ((f"document.{one.number}", one) for one in decision.documents)
    yield from ((f"dissent.{index}", one) for index, one in enumerate(decision.dissents, 1))
    yield from ((f"over.{index}", one) for index, one in enumerate(decision.overs, 1))
    yield from ((f"commitment.{index}", one) for index, one in enumerate(decision.commitments, 1))
    yield from ((f"tradeoff.{index}", one) for index, one in enumerate(decision.tradeoffs, 1))
    yield from ((f"side.{index}", one) for index, one in enumerate(decision.sides, 1))
    yield from ((f"plan.{index}", one) for index, one in enumerate(decision.plans, 1))
    yield from ((f"result.{index}", one) for index, one in enumerate(decision.results, 1))
    yield from ((f"sync.{index}", one) for index, one in enumerate(decision.syncs, 1))
    yield from ((f"sync_reader.{index}", one) for index, one in enumerate(decision.sync_readers, 1))
    yield from ((f"remark.{index}", one) for index, one in enumerate(decision.remarks, 1))
    yield from ((f"approval.{index}", one) for index, one in enumerate(decision.approvals, 1))


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────


def append(session: Session, entry: AuditEvent) -> None:
    """Put an entry down; it gets its number and its hash when the transaction ends."""
    session.info.setdefault(_WAITING, []).append(entry)


def waiting(session: Session) -> list[AuditEvent]:
    """What this transaction has put down so far."""
    return list(session.info.get(_WAITING, ()))


def note_changes(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    """Before a flush: which rows that the record holds fast are new or other than they were."""
    for row in (*session.new, *session.dirty):
        names = FACTS.get(type(row))
        if names is None:
            continue
        state = inspect(row)
        if state.pending or any(state.attrs[name].history.has_changes() for name in names):
            row.salt = new_salt()
            session.info.setdefault(_CHANGED, {})[id(row)] = row


def seal(session: Session) -> None:
    """Chain what was put down. The last thing that happens before a commit."""
    session.flush()
    entries: list[AuditEvent] = session.info.pop(_WAITING, [])
    changed: dict[int, Sealed] = session.info.pop(_CHANGED, {})
    rows: dict[int, list[Sealed]] = {}
    for row in changed.values():
        rows.setdefault(row.id if isinstance(row, Decision) else row.decision_id, []).append(row)
    numbers: dict[int, int] = {}
    for id in sorted({*rows, *(entry.decision_id for entry in entries if entry.decision_id is not None)}):
        decision = _decision(session, id, entries, rows.get(id, []))
        numbers[id] = decision.number
        if id not in rows:
            continue
        last = next((entry for entry in reversed(entries) if entry.decision_id == id), None)
        if last is None:  # nothing changes unseen: not even what no verb wrote down
            last = AuditEvent(
                workspace_id=decision.workspace_id,
                decision_id=id,
                at=decision.touched_at,
                actor="threshold",
                what="change",
                detail={},
            )
            entries.append(last)
        last.seal = {"rows": _attest(decision, rows[id])}
    for workspace in sorted({entry.workspace_id for entry in entries}):
        _chain(session, workspace, [entry for entry in entries if entry.workspace_id == workspace], numbers)


def _decision(session: Session, id: int, entries: Iterable[AuditEvent], rows: Iterable[Sealed]) -> Decision:
    """The decision that these are about; in nearly every transaction it is at hand."""
    at_hand = session.identity_map.get(identity_key(Decision, id))
    if isinstance(at_hand, Decision):
        return at_hand
    workspaces = [one.workspace_id for one in entries if one.decision_id == id] + [row.workspace_id for row in rows]
    workspace = workspaces[0]
    return session.scalars(select(Decision).where(Decision.workspace_id == workspace, Decision.id == id)).one()


_NAMES: dict[type[Base], str] = {
    Signer: "signer", OpenQuestion: "question", Look: "look", Dissent: "dissent", OverDissent: "over",
    Commitment: "commitment", Tradeoff: "tradeoff", TradeoffSide: "side", TradeoffPlan: "plan", TradeoffResult:
    "result", Sync: "sync", SyncReader: "sync_reader", Remark: "remark", Approval: "approval",
}  # fmt: skip
"""Of those that are counted; their decision has a list of each, named so in the plural."""


def _attest(decision: Decision, rows: list[Sealed]) -> dict[str, str]:
    """Digests of these rows of a decision, by their names."""
    found = {}
    for row in rows:
        if isinstance(row, Decision):
            key = "decision"
        elif isinstance(row, MemoVersion):
            key = f"memo.{row.number}"
        elif isinstance(row, DocumentVersion):
            key = f"document.{row.number}"
        else:
            name = _NAMES[type(row)]
            key = f"{name}.{getattr(decision, f'{name}s').index(row) + 1}"
        found[key] = row_digest(key, row)
    return found


def _chain(session: Session, workspace: str, entries: Iterable[AuditEvent], numbers: Mapping[int, int]) -> None:
    seq, hash = lock_head(session, workspace)
    rows = []
    for entry in entries:
        seq += 1
        said = words(entry.actor, entry.detail)
        salts = {path: new_salt() for path in said}
        entry.seq, entry.seal = seq, {"salts": salts, **(entry.seal or {})}
        digests = {path: digest(salts[path], path, value) for path, value in said.items()}
        number = numbers[entry.decision_id] if entry.decision_id is not None else None
        what = facts(entry.at, entry.what, entry.before, entry.after)
        hash = entry.hash = link(hash, seq, workspace, number, what, {**digests, **entry.seal.get("rows", {})})
        rows.append({name: getattr(entry, name) for name in _COLUMNS})
    line = session.connection()
    head = {"here": workspace, "last": seq, "its_hash": hash}
    if len(rows) == 1 and line.dialect.name == "postgresql":  # one round trip less for nearly every click
        line.execute(_NEW_ENTRY_AND_HEAD, {**head, **{f"new_{name}": value for name, value in rows[0].items()}})
        return
    line.execute(_NEW_ENTRIES, rows)
    line.execute(_NEW_HEAD, head)


_COLUMNS = tuple(column.name for column in table_of(AuditEvent).c if column.name != "id")
_NEW_ENTRIES = insert(table_of(AuditEvent))
_HEAD = table_of(AuditHead)
_NEW_HEAD = update(_HEAD).where(_HEAD.c.workspace_id == HERE).values(seq=bindparam("last"), hash=bindparam("its_hash"))
_NEW_ENTRY = _NEW_ENTRIES.values({name: bindparam(f"new_{name}") for name in _COLUMNS}).cte("entry")
_NEW_ENTRY_AND_HEAD = _NEW_HEAD.add_cte(_NEW_ENTRY)
_LOCK_HEAD = select(_HEAD.c.seq, _HEAD.c.hash).where(_HEAD.c.workspace_id == HERE).with_for_update()


def lock_head(session: Session, workspace: str) -> tuple[int, str]:
    """The number and hash of the last entry; nobody else adds one until this transaction ends."""
    found = session.connection().execute(_LOCK_HEAD, {"here": workspace}).one_or_none()
    if found is None:
        first = insert_into(session.get_bind().dialect.name, AuditHead).on_conflict_do_nothing()
        session.connection().execute(first.values(workspace_id=workspace, seq=0, hash=START))
        found = session.connection().execute(_LOCK_HEAD, {"here": workspace}).one()
    return found.seq, found.hash
