"""The database is stopped, or full of others, or its pooler goes, while people go on: each is told in time what is so,
it recovers by itself, and nothing is lost or doubled. Three replicas, each a process of its own."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from tests.databases import HAS_POSTGRESQL
from tests.load import Load
from tests.nursery import Nursery
from tests.pgbouncer import BINARY, WHY_SKIPPED, PgBouncer
from tests.stopped_server import Hanging

if not HAS_POSTGRESQL:
    pytest.skip("the PostgreSQL wheel does not exist for this platform", allow_module_level=True)

ROOM = 40
"""Connections that the server lets in."""

for_how_long = pytest.mark.parametrize(
    "seconds", [3.0, pytest.param(20.0, marks=[pytest.mark.soak, pytest.mark.timeout(400)])]
)
needs_pgbouncer = pytest.mark.skipif(not BINARY, reason=WHY_SKIPPED)
_numbers = count(1)


@pytest.fixture(scope="module")
def server() -> Iterator[Hanging]:
    found = Hanging(max_connections=str(ROOM))
    yield found
    found.close()


@pytest.fixture
def direct(server: Hanging) -> str:
    return server.database(f"load{next(_numbers)}")


def goes_through(load: Load, trouble: Callable[[], AbstractContextManager[None]], seconds: float) -> None:
    with load.running():
        with load.busy():
            time.sleep(1)
            with trouble():
                load.write()
                time.sleep(seconds)
            time.sleep(1)
        load.recovers()
        load.account()
    print(load.figures())
    told = [one for one in load.answers if one.acked]
    assert len(told) > 0.8 * len(load.answers), load.figures()
    assert any(not one.started for one in told), "somebody met the trouble"


@pytest.mark.soak  # one of the two is in every run: the same, behind a pooler
@for_how_long
def test_a_server_that_says_nothing(
    server: Hanging, direct: str, seconds: float, nursery: Nursery, tmp_path: Path
) -> None:
    goes_through(Load(nursery, tmp_path, direct, direct), server.silent, seconds)


@needs_pgbouncer
@for_how_long
def test_a_server_that_says_nothing_behind_a_pooler(
    server: Hanging, direct: str, seconds: float, nursery: Nursery, tmp_path: Path
) -> None:
    pooler = PgBouncer(direct)
    try:
        goes_through(Load(nursery, tmp_path, pooler.url(direct), direct), server.silent, seconds)
    finally:
        pooler.close()


@needs_pgbouncer
@for_how_long
def test_a_pooler_that_is_stopped_and_started_again(
    server: Hanging, direct: str, seconds: float, nursery: Nursery, tmp_path: Path
) -> None:
    pooler = PgBouncer(direct)

    @contextmanager
    def gone() -> Iterator[None]:
        pooler.stop()
        yield
        pooler.start()

    try:
        goes_through(Load(nursery, tmp_path, pooler.url(direct), direct), gone, seconds)
    finally:
        pooler.close()


@for_how_long
def test_others_who_take_every_connection_that_the_server_has(
    server: Hanging, seconds: float, nursery: Nursery, tmp_path: Path
) -> None:
    """And cut ours, as a server that was started anew does: whoever is first has them."""
    url = server.database(f"load{next(_numbers)}", owner="threshold")
    server.role("others")
    others = make_url(url).set(username="others").render_as_string(hide_password=False)

    @contextmanager
    def taken() -> Iterator[None]:
        with psycopg.connect(server.url, autocommit=True) as admin, ExitStack() as held:
            ours = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'threshold'"
            for _ in range(ROOM * 2):  # the last three are for superusers alone
                admin.execute(ours.encode())
                try:
                    held.enter_context(psycopg.connect(others))
                except psycopg.OperationalError:
                    break
            admin.execute(ours.encode())
            yield

    goes_through(Load(nursery, tmp_path, url, server.superuser(url)), taken, seconds)


@pytest.mark.soak  # a replica that finds no connection when it starts ends by design, and the other two go on alone
@for_how_long
def test_fewer_connections_than_the_replicas_would_have(
    server: Hanging, seconds: float, nursery: Nursery, tmp_path: Path
) -> None:
    """The role may hold five, and three replicas would take sixty."""
    url = server.database(f"load{next(_numbers)}", owner=f"narrow{next(_numbers)}", limit=5)
    load = Load(nursery, tmp_path, url, server.superuser(url), people=12)
    with load.running():
        with load.busy():
            load.write()
            time.sleep(seconds)
        load.recovers()
        load.account()
    print(load.figures())
    assert sum(one.acked for one in load.answers) > 0.8 * len(load.answers), load.figures()
