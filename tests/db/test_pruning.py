"""What has served its time goes, a few rows at a time; what somebody may still need stays."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from app.db.models import Base, Decision, FollowUp, Inbound, Outbox, Parked, Workspace
from app.db.pruning import DELIVERIES_KEPT, WORK_KEPT, prune
from app.db.session import Database
from app.domain.lifecycle import Status
from app.workflows.follow_ups.registry import OWING
from tests.db.test_claims import follow_up, message
from tests.db.test_session import NOW

OLD = NOW - WORK_KEPT - timedelta(days=1)
ACTED = NOW - DELIVERIES_KEPT - timedelta(hours=1)


def decided(db: Database, status: Status) -> int:
    with db.begin() as session:
        if session.get(Workspace, "T1") is None:
            session.add(Workspace(id="T1", created_at=NOW))
            session.flush()
        number = (session.scalar(select(func.max(Decision.number))) or 0) + 1
        d = Decision(
            workspace_id="T1", number=number, title="t", status=status, requester_id="U1", owner_id="U1",
            created_at=OLD, touched_at=OLD,
        )  # fmt: skip
        session.add(d)
        session.flush()
        return d.id


def left(db: Database, table: type[Base]) -> int:
    with db.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def pruned(db: Database, batch: int = 500) -> int:
    with db.begin() as session:
        return prune(session, NOW, OWING, batch)


def test_what_was_done_long_ago_goes_and_what_waits_or_is_recent_stays(db: Database) -> None:
    with db.begin() as session:
        session.add_all(follow_up(OLD + n * timedelta(seconds=1), done_at=OLD) for n in range(3))
        session.add_all([follow_up(OLD - timedelta(days=9)), follow_up(NOW, done_at=NOW)])
        session.add_all(message(OLD, recipient=f"U{n}", done_at=OLD) for n in range(3))
        session.add_all([message(OLD, recipient="waits"), message(NOW, recipient="recent", done_at=NOW)])
        session.add_all(Inbound(workspace_id="T1", identity=f"old {n}", at=ACTED) for n in range(3))
        session.add(Inbound(workspace_id="T1", identity="new", at=NOW))
        session.add(Parked(workspace_id="T1", user_id="U1", text="an old thought", at=OLD))
    assert pruned(db) == 10
    assert [left(db, table) for table in (FollowUp, Outbox, Inbound, Parked)] == [2, 2, 1, 0]
    assert pruned(db) == 0


@pytest.mark.parametrize(("status", "kept"), [(Status.IN_REVIEW, 2), (Status.DEFLECTED, 2), (Status.REVIEWED, 0)])
def test_the_work_of_a_decision_stays_as_long_as_something_is_to_come(db: Database, status: Status, kept: int) -> None:
    id = decided(db, status)
    with db.begin() as session:
        session.add(follow_up(OLD, decision_id=id, done_at=OLD))
        session.add(message(OLD, decision_id=id, done_at=OLD))
    pruned(db)
    assert left(db, FollowUp) + left(db, Outbox) == kept


def test_what_was_decided_over_dissent_keeps_its_work_until_it_is_looked_at_again(db: Database) -> None:
    id = decided(db, Status.REVIEWED)
    for revisit_on, kept in ((NOW.date(), 1), (None, 0)):
        with db.begin() as session:
            session.execute(update(Decision).where(Decision.id == id).values(revisit_on=revisit_on))
            if revisit_on:
                session.add(follow_up(OLD, decision_id=id, done_at=OLD))
        pruned(db)
        assert left(db, FollowUp) == kept


def test_it_takes_a_few_rows_at_a_time_and_ends(db: Database) -> None:
    with db.begin() as session:
        session.add_all(message(OLD, recipient=f"U{n}", done_at=OLD) for n in range(7))
    assert [pruned(db, 3) for _ in range(4)] == [3, 3, 1, 0]
    with db.begin() as session:
        assert session.execute(update(Outbox).values(attempts=1)).rowcount == 0  # type: ignore[attr-defined]
