"""The database says nothing, and the line to it stays open: whoever asks how we are hears it at once, whoever commands
is told in time, and what Slack gave up is not done behind anybody's back. With real processes."""

import os
import signal
import socket
import statistics
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from app.db import answer_timeout
from app.db.models import Decision
from app.db.session import Database
from app.domain.errors import Busy
from app.schema import migrate
from app.settings import Settings
from demo.stage import MANIFEST
from sandbox import Limits, Sandbox
from tests.databases import HAS_POSTGRESQL
from tests.nursery import Child, Nursery
from tests.stopped_server import Hanging

if not HAS_POSTGRESQL:
    pytest.skip("the PostgreSQL wheel does not exist for this platform", allow_module_level=True)


@pytest.fixture(scope="module")
def server() -> Iterator[Hanging]:
    found = Hanging()
    yield found
    found.close()


def test_a_statement_is_given_up_in_time_and_whoever_comes_meanwhile_is_told_at_once(server: Hanging) -> None:
    with closing(Database(server.url)) as db:
        db.ping()
        with server.silent():
            began = time.monotonic()
            with answer_timeout.until(began + 1.0), pytest.raises(Busy):
                db.ping()
            assert 0.9 < time.monotonic() - began < 2.5
            began = time.monotonic()
            with pytest.raises(Busy), db.read():
                pass
            assert time.monotonic() - began < 0.2
        end = time.monotonic() + 20
        while True:  # whoever asks for health asks in any case, and then everybody may
            try:
                db.ping()
                break
            except Busy:
                assert time.monotonic() < end
        with db.read() as session:
            assert session.scalar(select(func.count(1))) == 1


@pytest.mark.parametrize("patient", [0.2, 1.2])
def test_who_waits_in_vain_for_a_lock_keeps_nobody_else_from_asking(server: Hanging, patient: float) -> None:
    """The server is well: it answers everybody else meanwhile."""
    lock = text("SELECT pg_advisory_xact_lock(1)")
    with closing(Database(server.url)) as holder, closing(Database(server.url)) as db, holder.begin() as held:
        held.execute(lock)
        over = threading.Event()

        def go_on() -> None:
            while not over.wait(0.05):
                db.ping()

        others = threading.Thread(target=go_on)
        others.start()
        try:
            db.ping()
            with pytest.raises(Busy) as late, answer_timeout.until(time.monotonic() + patient), db.begin() as session:
                session.execute(lock)
            assert "more to do at this moment than they can answer in time, so nothing was saved" in late.value.sentence
            with db.read() as session:
                assert session.scalar(select(func.count(1))) == 1
        finally:
            over.set()
            others.join()


def test_nothing_is_committed_for_somebody_who_has_given_up(server: Hanging) -> None:
    with closing(Database(server.url)) as db:
        with pytest.raises(Busy) as late, answer_timeout.until(time.monotonic() - 0.01), db.begin() as session:
            session.scalar(select(func.count(1)))
        assert late.value.why == "it took longer than Slack waits, and was not done"


class Bot:
    """`threshold run` over HTTP in a process of its own."""

    def __init__(self, nursery: Nursery, slack: Sandbox, url: str, folder: Path) -> None:
        here = dict.fromkeys((name.upper() for name in Settings.model_fields), "")
        given = {
            "SLACK_BOT_TOKEN": slack.workspace("Acme").bot_token, "SLACK_SIGNING_SECRET": slack.signing_secret,
            "SLACK_API_URL": slack.api_url, "DATABASE_URL": url, "PORT": "0", "THRESHOLD_HOST": "127.0.0.1",
        }  # fmt: skip
        self.process: Child = nursery.start("app.__main__:main", ["run"], log=folder / "log", env=here | given)
        self.port = int(self.process.wait_for("on HTTP port").rsplit(" ", 1)[1])
        slack.send_events_to(f"http://127.0.0.1:{self.port}/slack/events")

    def ask(self, path: str) -> tuple[int, str, float]:
        """Status, body, and the seconds it took."""
        began = time.monotonic()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
                return answer.status, answer.read().decode(), time.monotonic() - began
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode(), time.monotonic() - began


def test_while_the_database_hangs_health_answers_at_once_and_commands_in_time(
    server: Hanging, nursery: Nursery, tmp_path: Path
) -> None:
    with closing(Database(server.url)) as db:
        migrate(db)
    with Sandbox(MANIFEST, limits=Limits(rates=False)) as slack:
        ws = slack.workspace("Acme")
        ana = ws.add_user("Ana")
        room = ws.add_channel("ops", [ana])
        bot = Bot(nursery, slack, server.url, tmp_path)
        try:
            assert "is started" in ana.command("/escalate", "Move the warehouse", room).text
            heard: list[tuple[bool, str]] = []

            def command(number: int) -> None:
                answer = ana.command("/escalate", f"Move the warehouse {number} km", room)
                heard.append((answer.acked, answer.text + str(answer.blocks)))

            took: dict[str, list[float]] = {"/healthz": [], "/readyz": [], "/metrics": []}
            ready: list[int] = []
            with server.silent():
                acts = []
                for number in range(80):  # twenty a second
                    acts.append(threading.Thread(target=command, args=(number,)))
                    acts[-1].start()
                    if number % 4 == 0:
                        for path, times in took.items():
                            status, _, seconds = bot.ask(path)
                            times.append(seconds)
                            if path == "/readyz":
                                ready.append(status)
                            else:
                                assert status == 200
                    time.sleep(0.05)
                for act in acts:
                    act.join()
            for path, times in took.items():
                assert statistics.median(times) < 0.15, path
                assert max(times) < 1.0, path
            assert ready[-1] == 503
            assert len(heard) == 80
            told = [said for acked, said in heard if acked]
            assert all("can't reach my records" in said for said in told)
            assert len(told) > 60
            slack.wait_for(lambda: bot.ask("/readyz")[0] == 200, 20)
            slack.wait_for(lambda: "is started" in ana.command("/escalate", "Move the archive", room).text, 20)
            with closing(Database(server.url)) as db, db.read() as session:
                titles = set(session.scalars(select(Decision.title)))
            assert titles == {"Move the warehouse", "Move the archive"}, "nothing was done behind anybody's back"
        finally:
            bot.process.send(signal.SIGTERM)
            bot.process.wait(20)
            bot.process.kill()


def test_connections_that_say_nothing_keep_nobody_out(server: Hanging, nursery: Nursery, tmp_path: Path) -> None:
    with Sandbox(MANIFEST, limits=Limits(rates=False)) as slack:
        bot = Bot(nursery, slack, server.url, tmp_path)
        idle = [socket.create_connection(("127.0.0.1", bot.port)) for _ in range(300)]
        try:
            status, _, seconds = bot.ask("/healthz")
            assert (status, seconds < 1.0) == (200, True)
        finally:
            for one in idle:
                one.close()
            os.kill(bot.process.pid, signal.SIGTERM)
            bot.process.wait(20)
            bot.process.kill()
