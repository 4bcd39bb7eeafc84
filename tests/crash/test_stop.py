"""SIGTERM drains: acks in flight finish, what is in hand goes on elsewhere at once, and nothing that hangs keeps it up.

Real processes over Socket Mode and HTTP, on both databases. The patience of production is eight seconds; where
something is made to hang for good, the test's processes have less.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select, text

from app.bootstrap import wall_clock
from app.commands import run as run_command
from app.db.leases import LEASE
from app.db.models import FollowUp, Outbox
from app.db.session import Database
from app.domain.lifecycle import Status
from app.workflows.admission import Actor
from app.workflows.cards import home
from app.workflows.opening import ensure_person
from app.workflows.scheduling import later
from app.workflows.triage import intake
from demo.stage import MANIFEST
from sandbox import Limits, Person, Sandbox
from tests.assistant.openai_server import OpenAIServer, hangs
from tests.databases import DatabaseUrls
from tests.nursery import Child, Nursery

WAIT = 30.0


class House:
    """A Slack, a database, and bots that are started and told to stop."""

    def __init__(self, nursery: Nursery, url: str, folder: Path) -> None:
        limits = Limits(rates=False, ack_seconds=20, trigger_seconds=20)
        self.slack = Sandbox(manifest=MANIFEST, limits=limits).start()
        self.ws = self.slack.workspace("Acme")
        self.sam: Person = self.ws.add_user("Sam")
        self.retail = self.ws.add_channel("retail", members=[self.sam])
        self.nursery, self.url, self.folder = nursery, url, folder
        self.db = Database(url)
        self.bots: list[Child] = []

    def start(self, *, http: bool = False, patience: float = run_command.PATIENCE, **env: str) -> Child:
        """A bot that is up."""
        port = free_port()
        given = self.given(port, http=http) | env
        log = self.folder / f"bot{len(self.bots)}.log"
        self.bots.append(self.nursery.start("tests.crash.bot:run", {"patience": patience}, log=log, env=given))
        self.bots[-1].wait_for(f"HTTP port {port}" if http else "over Socket Mode")
        if http:
            self.slack.send_events_to(f"http://127.0.0.1:{port}/slack/events")
        return self.bots[-1]

    def given(self, port: int, *, http: bool = False) -> dict[str, str]:
        """The environment of a bot."""
        return {
            "SLACK_BOT_TOKEN": self.ws.bot_token,
            "SLACK_APP_TOKEN": "" if http else self.slack.app_token,
            "SLACK_SIGNING_SECRET": self.slack.signing_secret,
            "SLACK_API_URL": self.slack.api_url,
            "DATABASE_URL": self.url,
            "PORT": str(port),
            "THRESHOLD_HOST": "127.0.0.1",
            "THRESHOLD_TICK_SECONDS": "0.1",
        }

    def close(self) -> None:
        for bot in self.bots:
            bot.kill()
        self.db.close()
        self.slack.stop()

    def rows(self) -> list[Outbox]:
        with self.db.read() as session:
            return list(session.scalars(select(Outbox).order_by(Outbox.id)))

    def with_a_hand_full(self) -> list[Person]:
        """Five people whose Home is to be drawn; the first drawing hangs, so that four are in hand and not begun."""
        people = [self.ws.add_user(f"P{n}") for n in range(5)]
        self.slack.faults.add("slow", method="views.publish", seconds=60)
        now = wall_clock()
        with self.db.begin() as session:
            for person in people:
                home(session, self.ws.id, person.id, now)
        self.slack.wait_for(lambda: [row for row in self.rows() if row.claimed_by], timeout=WAIT, what="a claim")
        assert len({row.claimed_by for row in self.rows()}) == 1
        self.slack.wait_for(lambda: self.slack.faults.all()[0].hits, timeout=WAIT, what="the first drawing")
        return people


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@pytest.fixture
def house(nursery: Nursery, database_urls: DatabaseUrls, tmp_path: Path) -> Iterator[House]:
    found = House(nursery, database_urls(), tmp_path)
    yield found
    found.close()


def stopped(bot: Child, within: float = 10.0) -> float:
    """Tell it to stop. The seconds it took; its exit code is 0."""
    began = time.monotonic()
    bot.send(signal.SIGTERM)
    assert bot.wait(within + 5) == 0, bot.said
    took = time.monotonic() - began
    assert took < within, f"{took:.1f} s\n{bot.said}"
    return took


@pytest.mark.parametrize("http", [False, True], ids=["socket", "http"])
def test_an_ack_in_flight_is_given_and_what_was_acked_goes_out_elsewhere(house: House, http: bool) -> None:
    bot = house.start(http=http)
    slow = house.slack.faults.add("slow", method="users.info", seconds=0.7)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(house.sam.command, "/escalate", "Move the warehouse", house.retail)
        house.slack.wait_for(lambda: slow.hits, timeout=WAIT, what="the listener at work")
        stopped(bot)
        reply = asked.result(WAIT)
    assert reply.acked, reply.error
    assert "is started" in reply.text
    house.start(http=http)
    house.slack.wait_for(lambda: "Question 1" in str([m.blocks for m in house.sam.sees()]), timeout=WAIT)
    house.slack.wait_for(lambda: all(row.done_at for row in house.rows()), timeout=WAIT)
    assert sum("Question 1" in str(m.blocks) for m in house.sam.sees()) == 1


def test_while_slack_hangs_what_is_in_hand_goes_out_elsewhere_at_once(house: House) -> None:
    first = house.start(patience=0.6)
    people = house.with_a_hand_full()
    house.start()
    assert not any(person.home() for person in people)
    began = time.monotonic()
    first.send(signal.SIGTERM)
    house.slack.wait_for(lambda: all(person.home() for person in people[1:]), timeout=WAIT, what="four Homes")
    took = time.monotonic() - began
    assert took < 10, f"{took:.1f} s: that is the lease running out, not a hand opened"
    assert first.wait(WAIT) == 0
    assert "something did not answer" in first.said
    hangs, *others = house.rows()
    assert hangs.claimed_by, "what may have arrived is not given away: its lease runs out, and it is looked up"
    assert [row.attempts for row in others] == [1, 1, 1, 1], "what was given back was no attempt"


@pytest.mark.soak
def test_what_a_killed_bot_had_in_hand_is_late_by_a_lease(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    """SIGKILL, and nobody expires a lease: another one takes over by itself."""
    first = house.start()
    people = house.with_a_hand_full()
    house.start()
    began = time.monotonic()
    first.kill()
    house.slack.wait_for(lambda: all(person.home() for person in people), timeout=60, what="five Homes")
    took = time.monotonic() - began
    with capsys.disabled():
        print(f"\nsent {took:.1f} s after the kill by another replica", flush=True)
    assert took < LEASE.total_seconds() + 10
    assert all(row.attempts == 2 for row in house.rows())


def test_a_model_that_still_talks_is_left_and_its_draft_given_back(house: House) -> None:
    now = wall_clock()
    with house.db.begin() as session:
        d = intake.start(session, "Move the warehouse", Actor(house.ws.id, house.sam.id), now, channel=house.retail.id)
        ensure_person(session, house.ws.id, house.sam.id)
        d.status = Status.DRAFTING
        later(session, d, "draft", house.sam.id, now)
    with OpenAIServer(hangs) as model:
        bot = house.start(OPENAI_BASE_URL=model.url)
        house.slack.wait_for(lambda: model.requests, timeout=WAIT, what="the model to be asked")
        took = stopped(bot)
    assert took < run_command.PATIENCE, "nobody waits for a draft"
    with house.db.read() as session:
        draft = session.scalars(select(FollowUp).where(FollowUp.kind == "draft")).one()
    assert (draft.done_at, draft.claimed_by, draft.claimed_until, draft.attempts) == (None, None, None, 0)


def test_while_the_database_hangs_it_ends_in_time(house: House) -> None:
    bot = house.start(patience=0.8)
    house.with_a_hand_full()
    with frozen(house):
        stopped(bot)
    assert "something did not answer" in bot.said
    assert all(row.done_at is None for row in house.rows()), "nothing is lost: all of it waits for the leases to end"


def test_the_patience_of_production_is_less_than_ten_seconds() -> None:
    assert run_command.PATIENCE <= 9


@contextmanager
def frozen(house: House) -> Iterator[None]:
    """A database that takes what is asked and never answers: PostgreSQL's processes stopped, SQLite's file locked."""
    if house.db.sqlite:
        with house.db.begin() as session:
            session.execute(text("DELETE FROM inbound"))
            yield
        return
    with house.db.read() as session:
        others = text("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
        pids = list(session.scalars(others))
    _send(pids, signal.SIGSTOP)
    try:
        yield
    finally:
        _send(pids, signal.SIGCONT)


def _send(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        os.kill(pid, number)


HANDED_TO_ANOTHER = """
import signal, threading, time
from app.commands.run import Stop, _on_signals
stop = Stop()
_on_signals(stop)
threading.Timer(0.3, lambda: signal.pthread_kill(threading.get_ident(), signal.SIGTERM)).start()
stop.wait()
print("asked")
"""


def test_a_signal_that_another_thread_was_handed_is_obeyed_too() -> None:
    """The kernel hands it to any thread; the main one, which alone runs the handler, would go on waiting."""
    done = subprocess.run(
        [sys.executable, "-c", HANDED_TO_ANOTHER], capture_output=True, text=True, timeout=20, check=False
    )
    assert done.stdout == "asked\n"
