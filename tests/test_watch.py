"""The watchdog and the figures, on a real bot with a real socket: what stops is noticed, said, and starts again."""

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.bootstrap import build, web_client
from app.db import claims, leases
from app.db.given_up import given_up
from app.db.models import FollowUp, Outbox, Workspace
from app.schema import migrate
from app.settings import Settings
from app.slack.http import Door, web_app
from app.slack.socket import Socket
from app.telemetry import metrics
from app.telemetry.pools import Pool
from app.watch.dog import Limits, Watchdog
from app.watch.gauges import Gauges
from app.workflows.follow_ups import firing
from demo.stage import MANIFEST
from sandbox import Limits as SlackLimits
from sandbox import Sandbox
from tests.databases import DatabaseUrls, Servers

NEVER = 1000.0


class Watched:
    """`threshold run` in this process: a bot, its socket, its web server and its watchdog."""

    def __init__(self, slack: Sandbox, database_url: str, limits: Limits) -> None:
        self.slack, self.ws = slack, slack.workspace("Acme")
        settings = Settings(
            slack_bot_token=SecretStr(self.ws.bot_token),
            slack_app_token=SecretStr(slack.app_token),
            slack_api_url=slack.api_url,
            database_url=database_url,
            threshold_tick_seconds=0.05,
            threshold_listeners=2,
        )
        self.bot = build(settings, pace=0.0)
        migrate(self.bot.db)
        self.dog = Watchdog(self.bot, limits)
        self.socket = self.dog.socket = Socket(
            self.bot.app, slack.app_token, web_client(settings), concurrency=4, ping=0.8
        )
        self.dog.looking.at_most = 10.0  # each answer is about now, on a busy machine too
        gauges = Gauges(self.dog)
        web = web_app(
            None,
            self.dog.why_not_ready,
            alive=self.dog.why_not_alive,
            figures=lambda: metrics.page(gauges),
        )
        self.door = Door(web, "127.0.0.1", 0, threads=2)
        self.door.start()
        self.bot.start()

    def close(self) -> None:
        self.dog.close()
        self.socket.close()
        self.door.close()
        self.bot.stop()

    def ask(self, path: str) -> tuple[int, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.door.port, timeout=10)
        try:
            line.request("GET", path)
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        finally:
            line.close()

    def why(self, path: str = "/readyz") -> str:
        """What is wrong, as an orchestrator hears it; empty where nothing is."""
        status, body = self.ask(path)
        answer: dict[str, Any] = json.loads(body)
        assert (status == 503) is ("error" in answer)
        return str(answer.get("error", ""))

    def figure(self, name: str, **labels: str) -> float | None:
        """A figure as Prometheus reads it."""
        for family in families(self.ask("/metrics")[1]):
            for sample in family.samples:
                if sample.name == name and sample.labels == labels:
                    return sample.value
        return None

    def until_in_trouble(self, begins: str) -> None:
        """Wait until `/readyz` says this, before anything is done about it."""
        end = time.monotonic() + 60
        while not self.why().startswith(begins):
            assert time.monotonic() < end, f"never said: {begins}"
            time.sleep(0.02)

    def until(self, condition: Callable[[], Any], what: str) -> None:
        """Look as the watchdog's own thread would, until something is so."""
        end = time.monotonic() + 60
        while not condition():
            assert time.monotonic() < end, f"waited for {what}"
            self.dog.look()
            time.sleep(0.02)


Watch = Callable[..., Watched]


def families(page: str) -> list[Metric]:
    """A page as Prometheus reads it."""
    return list(text_string_to_metric_families(page))


@pytest.fixture
def watch(servers: Servers) -> Iterator[Watch]:
    """Start one; by default nothing is ever late."""
    opened: list[Watched] = []
    server, patient = servers.of("sqlite"), Limits(NEVER, NEVER, NEVER, NEVER, NEVER)

    with Sandbox(manifest=MANIFEST, limits=SlackLimits(rates=False, retry_delays=(0.1, 0.2, 0.4))) as slack:

        def start(**limits: float) -> Watched:
            opened.append(Watched(slack, server.url(), replace(patient, **limits)))
            return opened[-1]

        yield start
        for one in opened:
            one.close()


def hangs_once(monkeypatch: pytest.MonkeyPatch, place: object, name: str, times: int = 1) -> threading.Event:
    """The next ``times`` calls stay where they are until the event that is returned is set."""
    go, left, real = threading.Event(), list(range(times)), getattr(place, name)

    def hang(*args: Any, **named: Any) -> Any:
        if left:
            left.pop()
            go.wait(60)
        return real(*args, **named)

    monkeypatch.setattr(place, name, hang)
    return go


# ── the socket ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_socket_that_was_closed_is_said_and_comes_back(watch: Watch) -> None:
    bot = watch()
    assert bot.why() == ""
    bot.slack.faults.add("server_error", method="apps.connections.open", times=999)
    bot.slack.close_sockets()
    bot.until(lambda: bot.why() == "the socket to Slack is not connected", "the reason")
    assert bot.figure("threshold_socket_connected") == 0
    assert bot.figure("threshold_well", part="socket") == 0
    bot.slack.faults.clear()
    bot.until(lambda: bot.why() == "", "the socket")
    assert bot.figure("threshold_socket_connected") == 1
    assert bot.why("/healthz") == ""


def test_a_socket_that_died_in_silence_is_noticed_and_opened_again(watch: Watch) -> None:
    """No close, no error, no answer to a ping: what a dropped line looks like from here."""
    bot = watch(socket=1.6)
    bot.slack.faults.add("server_error", method="apps.connections.open", times=999)
    bot.slack.silence_sockets()
    bot.until_in_trouble("nothing was heard from Slack for")  # slack_sdk hears of it in four seconds here
    bot.slack.faults.clear()
    bot.until(lambda: bot.slack.sockets and bot.why() == "", "a new socket")
    ana = bot.ws.add_user("Ana")
    assert ana.command("/escalate", "Move the warehouse", bot.ws.add_channel("ops", [ana])).acked


def test_while_slack_gives_no_new_socket_the_process_is_not_ready_and_not_restarted(watch: Watch) -> None:
    bot = watch(socket=0.5, hopeless=1.0)
    bot.slack.faults.add("server_error", method="apps.connections.open", times=5)
    bot.slack.silence_sockets()
    bot.until(lambda: len(bot.slack.requests("apps.connections.open")) >= 3, "attempts")
    assert bot.why() != ""
    assert bot.why("/healthz") == ""
    bot.until(lambda: bot.why() == "" and bot.slack.sockets, "the socket")


def test_the_silence_of_a_socket_is_not_measured_by_the_wall_clock(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = watch(socket=1.6)
    before = bot.figure("threshold_recoveries_total", part="socket") or 0
    bot.slack.silence_sockets()
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() - 3600)  # slack_sdk would wait for an hour
    bot.until(lambda: bot.slack.sockets, "a new socket")
    assert (bot.figure("threshold_recoveries_total", part="socket") or 0) > before


# ── the tick ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_tick_that_hangs_is_said_and_another_one_takes_over(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    bot = watch(tick=0.6)
    go = hangs_once(monkeypatch, claims, "claim_follow_ups")
    bot.until_in_trouble("looking for due work has hung for")
    bot.until(lambda: bot.why() == "", "another tick")
    assert not go.is_set(), "the first one still hangs"
    assert bot.why("/healthz") == ""
    go.set()


def test_where_another_tick_hangs_too_only_a_restart_helps(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    bot = watch(tick=0.3, hopeless=1.2)
    go = hangs_once(monkeypatch, claims, "claim_follow_ups", times=10_000)
    bot.until(lambda: bot.why() != "", "the reason")
    bot.until(lambda: bot.why("/healthz").startswith("looking for due work has hung for"), "the last resort")
    assert bot.figure("threshold_well", part="tick") == 0
    go.set()


def test_a_database_that_is_away_is_not_a_tick_that_hangs(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    bot = watch(tick=10.0)
    away = bot.figure("threshold_database_errors_total", why="away") or 0
    ticks = bot.figure("threshold_tick_seconds_count") or 0

    def no_database(*_: object) -> None:
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(Session, "execute", no_database)
    monkeypatch.setattr(Session, "scalars", no_database)
    bot.until(lambda: (bot.figure("threshold_tick_seconds_count") or 0) > ticks + 2, "ticks that go on")
    status, page = bot.ask("/metrics")
    assert status == 200
    assert 'threshold_well{part="database"} 0.0' in page
    assert "threshold_outbox_unsent" not in page
    assert (bot.figure("threshold_database_errors_total", why="away") or 0) > away
    assert bot.why() == ""
    monkeypatch.undo()
    assert 'threshold_well{part="database"} 1.0' in bot.ask("/metrics")[1]


# ── the outbox ──────────────────────────────────────────────────────────────────────────────────────────


def test_an_outbox_worker_that_hangs_is_replaced_and_sends_nothing_twice(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = watch(outbox=1.6)
    first = bot.bot.outbox._thread
    assert first
    go = hangs_once(monkeypatch, claims, "claim_outbox")
    bot.until_in_trouble("sending what waits in the outbox has hung for")
    bot.until(lambda: bot.why() == "", "another worker")
    ana = bot.ws.add_user("Ana")
    assert ana.command("/escalate", "Move the warehouse", bot.ws.add_channel("ops", [ana])).acked
    bot.until(ana.latest, "the question")
    go.set()
    bot.until(lambda: not first.is_alive(), "the end of the first one")
    assert sum("Question 1" in str(m.blocks) for m in ana.sees()) == 1


def test_a_message_whose_worker_hung_in_the_middle_is_sent_by_another_one_and_once(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "LEASE", timedelta(seconds=1))
    bot = watch(outbox=1.2)
    first, ana = bot.bot.outbox._thread, bot.ws.add_user("Ana")
    assert first
    go = hangs_once(monkeypatch, bot.bot.outbox.sending.posting, "channel")
    assert ana.command("/escalate", "Move the warehouse", bot.ws.add_channel("ops", [ana])).acked
    bot.until(ana.latest, "the question, from another worker")
    go.set()
    bot.until(lambda: not first.is_alive(), "the end of the first one")
    bot.until(lambda: bot.figure("threshold_outbox_unsent") == 0, "an empty outbox")
    assert sum("Question 1" in str(m.blocks) for m in ana.sees()) == 1
    assert len(bot.slack.requests("chat.postMessage")) == 1


def test_an_outbox_worker_that_is_gone_is_started_anew(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    bot = watch()
    monkeypatch.setattr(bot.bot.outbox, "_thread", None)
    assert bot.why() == "nobody sends what waits in the outbox"
    bot.until(lambda: bot.why() == "", "a worker")


# ── the listeners ───────────────────────────────────────────────────────────────────────────────────────


def test_listeners_that_all_wait_are_said_and_at_last_only_a_restart_helps(watch: Watch) -> None:
    bot = watch(listeners=0.2, hopeless=0.6)
    go = threading.Event()
    for _ in range(3):  # there are two threads
        bot.bot.executor.submit(go.wait, 60)
    bot.until_in_trouble("a delivery waits for a free listener for")
    assert bot.figure("threshold_pool_waiting", pool="listener") == 1
    assert bot.figure("threshold_pool_busy", pool="listener") == 2
    bot.until(lambda: bot.why("/healthz") != "", "the last resort")
    go.set()
    bot.until(lambda: bot.why() == "" and bot.why("/healthz") == "", "free listeners")


def test_what_slack_sent_and_nobody_takes_up_is_said(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    """slack_sdk takes nothing while Slack has told it to wait before it connects again."""
    bot = watch(listeners=0.2)
    client = bot.socket._client
    go = hangs_once(monkeypatch, client, "process_message")
    for _ in range(3):  # one wakes whoever takes them, before it hangs
        client.message_queue.put("{}")
    bot.until_in_trouble("a delivery waits for a free listener for")
    assert bot.figure("threshold_well", part="listeners") == 0
    go.set()
    bot.until(lambda: bot.why() == "", "somebody who takes it")


def test_a_pool_knows_what_waits_and_runs_it_in_the_context_it_came_from() -> None:
    moment = 100.0
    pool, go = Pool("one", 1, lambda: moment), threading.Event()
    assert (pool.waiting, pool.busy, pool.oldest_wait()) == (0, 0, 0.0)
    first = pool.submit(go.wait, 10)
    second = pool.submit(lambda: "done")
    while pool.busy == 0:
        time.sleep(0.001)
    moment = 107.0
    assert (pool.waiting, pool.oldest_wait()) == (1, 7.0)
    go.set()
    assert first.result(10)
    assert second.result(10) == "done"
    pool.shutdown()
    assert (pool.waiting, pool.busy, pool.oldest_wait()) == (0, 0, 0.0)


# ── the figures ─────────────────────────────────────────────────────────────────────────────────────────


def test_what_happens_is_counted(watch: Watch) -> None:
    bot = watch()
    counted: dict[str, Callable[[], float | None]] = {
        "ack": lambda: bot.figure("threshold_ack_seconds_count", kind="command"),
        "answered": lambda: bot.figure("threshold_deliveries_total", kind="command", status="200"),
        "claimed": lambda: bot.figure("threshold_claims_total", of="outbox"),
        "sent": lambda: bot.figure("threshold_outbox_seconds_count"),
        "posted": lambda: bot.figure("threshold_slack_calls_total", method="chat.postMessage", code="ok"),
        "timed": lambda: bot.figure("threshold_slack_seconds_count", method="chat.postMessage"),
        "limited": lambda: bot.figure("threshold_slack_calls_total", method="chat.postMessage", code="ratelimited"),
        "failed": lambda: bot.figure("threshold_slack_calls_total", method="chat.postMessage", code="http_500"),
        "retried": lambda: bot.figure("threshold_retries_total", of="outbox"),
    }
    before = {name: read() or 0 for name, read in counted.items()}
    for kind in ("ratelimited", "server_error"):
        bot.slack.faults.add(kind, method="chat.postMessage")
    ana = bot.ws.add_user("Ana")
    assert ana.command("/escalate", "Move the warehouse", bot.ws.add_channel("ops", [ana])).acked
    bot.until(ana.latest, "the question")
    bot.until(lambda: bot.figure("threshold_outbox_unsent") == 0, "an empty outbox")
    after = {name: read() or 0 for name, read in counted.items()}
    assert [name for name in counted if after[name] <= before[name]] == []
    assert bot.figure("threshold_outbox_oldest_seconds") == 0
    assert bot.figure("threshold_follow_ups_due") == 0


def test_a_follow_up_is_counted_late_tried_again_and_given_up(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(firing, "fire", fails)
    bot = watch()
    names = ("claims", "retries", "given_up")
    labels = {name: {"of": "follow_up", **({"kind": "digest"} if name == "given_up" else {})} for name in names}
    before = {name: bot.figure(f"threshold_{name}_total", **labels[name]) or 0 for name in names}
    late = bot.figure("threshold_follow_up_late_seconds_sum") or 0
    with bot.bot.db.begin() as session:
        for attempts in (0, 7):
            due_at = bot.bot.clock() - timedelta(minutes=10, seconds=attempts)
            session.add(
                FollowUp(workspace_id="T1", kind="digest", recipient="C1", due_at=due_at, args={}, attempts=attempts)
            )
    for name in names:
        counted = partial(bot.figure, f"threshold_{name}_total", **labels[name])
        bot.until(partial(lambda counted, was: (counted() or 0) > was, counted, before[name]), name)
    assert (bot.figure("threshold_follow_up_late_seconds_sum") or 0) >= late + 590  # a look that began before


def test_what_waits_in_the_outbox_is_seen_and_grows_old(watch: Watch) -> None:
    bot = watch()
    bot.slack.faults.add("server_error", method="conversations.open", times=99)
    ana = bot.ws.add_user("Ana")
    assert ana.command("/escalate", "Move the warehouse", bot.ws.add_channel("ops", [ana])).acked
    bot.until(lambda: (bot.figure("threshold_outbox_oldest_seconds") or 0) > 0.2, "an old message")
    assert bot.figure("threshold_outbox_unsent") == 1


def test_no_label_names_a_workspace_a_person_or_a_decision(watch: Watch) -> None:
    bot = watch()
    ana = bot.ws.add_user("Ana")
    assert ana.command("/escalate", "Move the warehouse", bot.ws.add_channel("ops", [ana])).acked
    bot.until(ana.latest, "the question")
    page = bot.ask("/metrics")[1]
    named = {label for family in families(page) for s in family.samples for label in s.labels}
    allowed = {"kind", "status", "le", "of", "method", "code", "outcome", "why", "what", "part", "pool", "short_of"}
    assert named <= allowed | {"version", "revision", "schema", "python", "state", "rung"}
    for secret in (bot.ws.id, ana.id, "D-1", "warehouse", bot.ws.bot_token):
        assert secret not in page


def test_the_backlog_is_counted_on_both_databases(database_urls: DatabaseUrls, servers: Servers) -> None:
    now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    db = servers.opened(database_urls())
    with db.begin() as session:
        assert claims.backlog(session, now) == claims.Backlog(0, None, 0, None)
        session.add(Workspace(id="T2", next_number=1, created_at=now, uninstalled_at=now))
        for workspace, minutes in (("T1", 5), ("T1", 3), ("T1", -60), ("T2", 50)):
            at = now - timedelta(minutes=minutes)
            session.add(FollowUp(workspace_id=workspace, kind="digest", recipient="C1", due_at=at, args={}, attempts=0))
        for workspace, minutes, done in (("T1", 9, None), ("T1", 30, now), ("T2", 90, None)):
            at = now - timedelta(minutes=minutes)
            session.add(
                Outbox(
                    workspace_id=workspace, kind="home", recipient="U1", args={}, key=str(minutes), due_at=now,
                    created_at=at, attempts=0, done_at=done, result="given up" if done else None,
                )
            )  # fmt: skip
        session.flush()
        found = claims.backlog(session, now)
        assert found == claims.Backlog(1, now - timedelta(minutes=9), 2, now - timedelta(minutes=5))
        (lost,) = given_up(session, now - timedelta(days=1))
        assert (lost.of, lost.kind, lost.many, lost.since, len(lost.ids)) == ("outbox", "home", 1, now, 1)
        assert given_up(session, now + timedelta(seconds=1)) == []
    db.close()
