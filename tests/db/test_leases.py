"""Work is held under a name: renewed while its holder lives, given back when it stops, never done by two."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.db import claims, leases
from app.db.claims import Table
from app.db.leases import LEASE, Leases
from app.db.models import FollowUp, Outbox
from app.db.session import Database
from tests.db.test_claims import fill, follow_up, message
from tests.db.test_session import NOW

SECOND = timedelta(seconds=1)


class Hands:
    """Claims as a process does, on a clock that the test moves."""

    def __init__(self, db: Database, now: Callable[[], datetime]) -> None:
        self.db, self.now, self.leases = db, now, Leases(db, now)

    def claim(self, table: Table) -> list[int]:
        claim = claims.claim_outbox if table is Outbox else claims.claim_follow_ups
        with self.db.begin() as session:
            found = [row.id for row in claim(session, self.now(), self.leases.until(), 10, self.leases.name)]
        self.leases.take(table, found)
        return found


class Time:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture(params=[FollowUp, Outbox], ids=["follow-ups", "outbox"])
def table(request: pytest.FixtureRequest, db: Database) -> Table:
    """Two rows that are due, in a table of work."""
    row = message if request.param is Outbox else follow_up
    fill(db, [row(recipient="U1"), row(recipient="U2")])
    found: Table = request.param
    return found


def attempts(db: Database, table: Table) -> list[int]:
    with db.read() as session:
        return list(session.scalars(select(table.attempts).order_by(table.id)))


def test_what_stops_gives_back_at_once_and_it_was_no_attempt(db: Database, table: Table, time: Time) -> None:
    one, other = Hands(db, time), Hands(db, time)
    held = one.claim(table)
    assert len(held) == 2
    assert other.claim(table) == []
    one.leases.give_back(table)
    assert attempts(db, table) == [0, 0]
    assert other.claim(table) == held
    assert not one.leases.mine(table, held[0])
    assert other.leases.mine(table, held[0])


def test_what_is_being_sent_is_kept_and_counts_as_an_attempt(db: Database, table: Table, time: Time) -> None:
    one, other = Hands(db, time), Hands(db, time)
    first, second = one.claim(table)
    one.leases.give_back(table, but=first)
    assert other.claim(table) == [second]
    assert attempts(db, table) == [1, 1]
    time.now += LEASE + SECOND
    assert first in other.claim(table)


def test_work_that_takes_longer_than_a_lease_is_kept(
    db: Database, table: Table, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The heart beats faster than a lease ends; what is done, it leaves alone."""
    monkeypatch.setattr(leases, "RENEWED_EVERY", 0.01)
    one, other = Hands(db, time), Hands(db, time)
    first, second = one.claim(table)
    one.leases.drop(table, second)
    time.now += LEASE - SECOND
    one.leases.start()
    while until(db, table, first) < time.now + LEASE:
        pass
    one.leases.close()
    time.now += 2 * SECOND
    assert other.claim(table) == [second]


def until(db: Database, table: Table, id: int) -> datetime:
    with db.read() as session:
        found = session.scalar(select(table.claimed_until).where(table.id == id))
        assert found is not None
        return found


def test_whoever_slept_longer_than_its_lease_looks_before_it_acts(
    db: Database, table: Table, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = Hands(db, time), Hands(db, time)
    first, second = one.claim(table)
    time.now += LEASE + SECOND
    monkeypatch.setattr("app.db.leases.time.monotonic", lambda: 1e9)
    assert one.leases.mine(table, first), "nobody else was awake either"
    time.now += LEASE + SECOND
    assert other.claim(table) == [first, second]
    monkeypatch.setattr("app.db.leases.time.monotonic", lambda: 2e9)
    assert not one.leases.mine(table, first)
    assert not one.leases.mine(table, second)
    one.leases.give_back(table)
    assert other.leases.mine(table, first), "what is somebody else's is not given back"
