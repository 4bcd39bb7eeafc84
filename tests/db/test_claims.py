"""Due work and messages are claimed with a lease: each once, whoever asks, and given back when its holder dies."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, event, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.db import claims, inbound, locks, outgoing
from app.db.models import Decision, FollowUp, Outbox, Workspace
from app.db.session import Database
from app.domain.lifecycle import Status
from tests.databases import thrown_away
from tests.db.test_session import NOW

LEASE = timedelta(minutes=2)
SECOND = timedelta(seconds=1)


def follow_up(due_at: datetime = NOW, **changed: Any) -> FollowUp:
    row: dict[str, Any] = {
        "workspace_id": "T1", "decision_id": None, "kind": "digest", "recipient": "C1", "due_at": due_at,
        "args": {}, "attempts": 0,
    }  # fmt: skip
    return FollowUp(**{**row, **changed})


def message(due_at: datetime = NOW, **changed: Any) -> Outbox:
    row: dict[str, Any] = {
        "workspace_id": "T1", "decision_id": None, "kind": "home", "recipient": "U1", "due_at": due_at, "args": {},
        "attempts": 0, "created_at": NOW, "key": f"key {changed.get('recipient')} {due_at.isoformat()}",
    }  # fmt: skip
    return Outbox(**{**row, **changed})


Claim = Callable[[Session, datetime, datetime, int], Sequence[Any]]
Row = Callable[..., FollowUp | Outbox]
BOTH = pytest.mark.parametrize(
    ("row", "claim"),
    [(follow_up, claims.claim_follow_ups), (message, claims.claim_outbox)],
    ids=["follow-ups", "outbox"],
)


def fill(db: Database, rows: Sequence[FollowUp | Outbox]) -> None:
    with db.begin() as session:
        session.add_all(rows)


def taken(db: Database, claim: Claim, now: datetime, limit: int = 100) -> list[str]:
    with db.begin() as session:
        return [one.recipient for one in claim(session, now, now + LEASE, limit)]


@BOTH
def test_what_is_due_is_claimed_once_over_several_threads(db: Database, row: Row, claim: Claim) -> None:
    names = [f"R{n:02}" for n in range(40)]
    fill(db, [row(recipient=name) for name in names])
    together = Barrier(4)

    def work(_: int) -> list[str]:
        together.wait(20)
        found: list[str] = []
        while batch := taken(db, claim, NOW, 3):
            found += batch
        return found

    with ThreadPoolExecutor(4) as pool:
        found = [name for batch in pool.map(work, range(4)) for name in batch]
    assert sorted(found) == names


@BOTH
def test_what_is_due_this_very_moment_is_due(db: Database, row: Row, claim: Claim) -> None:
    rows = [row(NOW - timedelta(days=3), recipient="missed"), row(NOW, recipient="now")]
    fill(db, [*rows, row(NOW + SECOND, recipient="later")])
    assert sorted(taken(db, claim, NOW)) == ["missed", "now"]
    assert taken(db, claim, NOW + SECOND) == ["later"]


def test_the_oldest_follow_up_comes_first(db: Database) -> None:
    fill(db, [follow_up(NOW - n * SECOND, recipient=f"R{n}") for n in (2, 0, 3, 1)])
    assert taken(db, claims.claim_follow_ups, NOW, 3) == ["R3", "R2", "R1"]
    assert taken(db, claims.claim_follow_ups, NOW, 3) == ["R0"]


def test_messages_leave_in_the_order_in_which_they_were_written(db: Database) -> None:
    fill(db, [message(NOW - n * SECOND, recipient=f"R{n}") for n in (2, 0, 3, 1)])
    assert taken(db, claims.claim_outbox, NOW) == ["R2", "R0", "R3", "R1"]


@BOTH
def test_a_lease_that_ran_out_gives_the_work_back(db: Database, row: Row, claim: Claim) -> None:
    fill(db, [row(recipient="R1")])
    assert taken(db, claim, NOW) == ["R1"]
    assert taken(db, claim, NOW + LEASE - SECOND) == []
    with db.begin() as session:
        again = claim(session, NOW + LEASE + SECOND, NOW + 2 * LEASE, 1)
        assert [(one.recipient, one.attempts) for one in again] == [("R1", 2)]


@BOTH
def test_what_is_done_is_never_claimed_again(db: Database, row: Row, claim: Claim) -> None:
    fill(db, [row(recipient="R1", done_at=NOW)])
    assert taken(db, claim, NOW + timedelta(days=400)) == []


@BOTH
def test_a_claim_that_is_rolled_back_was_none(db: Database, row: Row, claim: Claim) -> None:
    fill(db, [row(recipient="R1")])
    with thrown_away(db) as session:
        assert len(claim(session, NOW, NOW + LEASE, 1)) == 1
    assert taken(db, claim, NOW) == ["R1"]


def decision(db: Database) -> int:
    with db.begin() as session:
        session.add(Workspace(id="T1", created_at=NOW))
        session.flush()
        d = Decision(
            workspace_id="T1", number=1, title="t", status=Status.TRIAGE, requester_id="U1", owner_id="U1",
            created_at=NOW, touched_at=NOW,
        )  # fmt: skip
        session.add(d)
        session.flush()
        return d.id


def test_the_same_work_at_the_same_moment_cannot_stand_twice(db: Database) -> None:
    id = decision(db)
    fill(db, [follow_up(decision_id=id, kind="review", recipient="U1")])
    with pytest.raises(IntegrityError):
        fill(db, [follow_up(decision_id=id, kind="review", recipient="U1")])
    fill(db, [follow_up(decision_id=id, kind="review", recipient="U2")])
    fill(db, [follow_up(NOW + SECOND, decision_id=id, kind="review", recipient="U1")])


def test_the_same_digest_at_the_same_moment_cannot_stand_twice(db: Database) -> None:
    fill(db, [follow_up(), follow_up(recipient="C2"), follow_up(workspace_id="T2"), follow_up(NOW + SECOND)])
    with pytest.raises(IntegrityError):
        fill(db, [follow_up()])


def test_a_message_has_a_key_of_its_own(db: Database) -> None:
    fill(db, [message(key="k")])
    with pytest.raises(IntegrityError):
        fill(db, [message(key="k", recipient="U2")])


# ── the index ───────────────────────────────────────────────────────────────────────────────────────────


def statements(engine: Engine, run: Callable[[], object]) -> list[tuple[str, Any]]:
    seen: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        seen.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    run()
    event.remove(engine, "before_cursor_execute", note)
    return seen


@BOTH
def test_claiming_looks_up_what_is_due_in_the_partial_index(db: Database, row: Row, claim: Claim) -> None:
    """Among thousands of rows that are done, finding the due ones reads the index of those that are not."""
    rows = [row(NOW + n * SECOND, recipient=f"R{n}") for n in range(3000)]
    fill(db, rows)
    table = type(rows[0]).__tablename__
    with db.begin() as session:
        session.execute(update(type(rows[0])).where(type(rows[0]).id > 5).values(done_at=NOW))
    if not db.sqlite:  # nobody analyzes SQLite
        with db.begin() as session:
            session.execute(text("ANALYZE"))
    asked = statements(db.engine, lambda: taken(db, claim, NOW))
    query, parameters = next((sql, values) for sql, values in asked if f"UPDATE {table}" in sql)
    explain = "EXPLAIN QUERY PLAN " if db.sqlite else "EXPLAIN "
    with db.engine.connect() as connection:
        plan = str(connection.exec_driver_sql(explain + query, parameters).all())
    assert "ix_follow_up_due" in plan or "ix_outbox_unsent" in plan


def test_what_was_claimed_is_looked_up_by_its_id_however_much_the_workspace_has(db: Database) -> None:
    fill(db, [follow_up(NOW + n * SECOND, recipient=f"R{n}") for n in range(3000)])
    if not db.sqlite:  # nobody analyzes SQLite
        with db.begin() as session:
            session.execute(text("ANALYZE"))

    with db.read() as session:
        ids = session.scalars(select(FollowUp.id).limit(50)).all()

    def look_up() -> None:
        with db.begin() as session:
            assert len(locks.follow_ups(session, ["T1"], ids)) == 50

    query, parameters = next((sql, values) for sql, values in statements(db.engine, look_up) if "FROM follow_up" in sql)
    explain = "EXPLAIN QUERY PLAN " if db.sqlite else "EXPLAIN "
    with db.engine.connect() as connection:
        plan = str(connection.exec_driver_sql(explain + query, parameters).all())
    assert ("INTEGER PRIMARY KEY" if db.sqlite else "pk_follow_up") in plan


def test_a_card_waits_behind_one_of_its_kind_that_is_tried_again_later(db: Database) -> None:
    """The one before may have arrived without our knowing: another beside it would stay for ever."""
    with db.begin() as session:
        session.add(Workspace(id="T1", created_at=NOW))
        session.flush()
        d = Decision(
            workspace_id="T1", number=1, status=Status.TRIAGE, requester_id="U1", owner_id="U1", created_at=NOW,
            touched_at=NOW,
        )  # fmt: skip
        session.add(d)
        session.flush()
        tried = message(NOW + SECOND, kind="requester", decision_id=d.id, attempts=1)
        session.add(tried)
        session.flush()
        session.add_all(
            [
                message(NOW, kind="requester", decision_id=d.id, key="after it"),
                message(NOW, kind="notice", decision_id=d.id, key="of another kind"),
                message(NOW, kind="requester", recipient="U2", decision_id=d.id, key="for somebody else"),
            ]
        )

    def keys(now: datetime) -> list[str]:
        with db.begin() as session:
            found = claims.claim_outbox(session, now, now, 10)
            keys = [row.key for row in found]
            for row in found:
                outgoing.done(session, row.workspace_id, row.id, row.key, now, "sent")
        return keys

    assert keys(NOW) == ["of another kind", "for somebody else"]
    assert keys(NOW + SECOND) == [tried.key, "after it"]


def test_a_delivery_is_new_once(db: Database) -> None:
    def first(workspace: str, identity: str) -> bool:
        with db.begin() as session:
            return inbound.first_time(session, workspace, identity, NOW)

    asked = [("T1", "e1"), ("T1", "e1"), ("T1", "e2"), ("T2", "e1"), ("T2", "e1")]
    assert [first(*one) for one in asked] == [True, False, True, True, False]
