"""What every test may ask for: a fresh database of each kind. Property tests run the same examples on every machine."""

from collections.abc import Iterator

import hypothesis
import pytest

from tests.databases import HAS_POSTGRESQL, Servers, database_kind, database_urls, db, servers
from tests.e2e.house import Houses
from tests.lock_order import LockOrder, listening
from tests.nursery import Nursery
from tests.page import browser

__all__ = ["database_kind", "database_urls", "db", "servers"]

hypothesis.settings.register_profile(
    "threshold",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],  # as the deadline: it measures how busy the machine is
)
hypothesis.settings.load_profile("threshold")


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Where real processes come from, quickly."""
    found = Nursery()
    yield found
    found.close()


@pytest.fixture(scope="session")
def houses(servers: Servers) -> Iterator[Houses]:
    """Stages with the real bot on them, kept open from test to test."""
    found = Houses(servers)
    yield found
    found.close()


@pytest.fixture(scope="session")
def lock_order() -> Iterator[LockOrder]:
    """Everything that this test process does on PostgreSQL is listened to."""
    with listening() as found:
        yield found


@pytest.fixture(autouse=True)
def locks_are_taken_in_one_order(lock_order: LockOrder, request: pytest.FixtureRequest) -> Iterator[None]:
    """In every test, whatever it is about: two orders are a deadlock that waits for a busy day."""
    yield
    broken, lock_order.broken[:] = lock_order.broken[:3], []
    by_hand = request.node.get_closest_marker("by_hand") is not None
    assert by_hand or not broken, "\n\n".join(broken)


def pytest_report_header() -> list[str]:
    if HAS_POSTGRESQL:
        databases = "databases: SQLite and PostgreSQL 18"
    else:
        databases = "databases: SQLite alone, since the PostgreSQL wheel does not exist for this platform"
    return [databases, browser.header()]
