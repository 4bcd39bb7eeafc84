"""Each thing that can be wrong makes its alarm fire, and a healthy day none: the real bot's figures, minute by minute,
evaluated by Prometheus' own `promtool`."""

import hashlib
import hmac
import json
import signal
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from slack_bolt import BoltRequest
from sqlalchemy import make_url

from app.assistant import AssistantDown
from app.bootstrap import Bot, build, connect_assistant
from app.db.session import Database
from app.domain.errors import Busy, ThresholdError
from app.settings import Settings
from app.slack.bolt_app import IN_TIME
from app.slack.http import Door, web_app
from app.telemetry import clocks, metrics
from app.telemetry.arrival import arrived
from app.telemetry.refusals import REFUSALS
from app.watch.dog import Watchdog
from app.watch.gauges import Gauges
from demo import company
from demo.stage import KEY, MANIFEST, Stage
from demo.stories import Telling, one_way, two_way
from sandbox import Limits, Sandbox
from tests.assistant.openai_server import OpenAIServer, status
from tests.databases import HAS_POSTGRESQL, Servers
from tests.promtool import PROMTOOL, WHY_NOT, Scrapes
from tests.stopped_server import Hanging

pytestmark = pytest.mark.skipif(PROMTOOL is None, reason=WHY_NOT)

SECRET = "a-signing-secret"
BEFORE, DURING = 12, 20
"""Minutes in which all is well, and in which it is not."""


@pytest.fixture(autouse=True)
def what_is_known_of_clocks_and_tokens() -> Iterator[None]:
    for whose in (clocks.SLACK, clocks.DATABASE):
        clocks.note(whose, 0.0)
    yield
    for whose in (clocks.SLACK, clocks.DATABASE):
        clocks.note(whose, 0.0)
    REFUSALS.forget()


@pytest.fixture(scope="module")
def slack() -> Iterator[Sandbox]:
    with Sandbox(MANIFEST, limits=Limits(rates=False)) as running:
        yield running


@dataclass
class Watched:
    """A bot over HTTP whose figures are read once a minute, by a minute that passes when we say so."""

    bot: Bot
    scrapes: Scrapes = field(default_factory=Scrapes)

    def __post_init__(self) -> None:
        self.dog = Watchdog(self.bot)
        self.gauges = Gauges(self.dog)
        self.bot.outbox.start()
        self.dog.looking.first(10)
        self.scrape(BEFORE)

    def scrape(self, minutes: int = 1) -> None:
        self.scrapes.take(metrics.page(self.gauges), minutes)

    def ails(self, act: Callable[[], object] = lambda: None) -> None:
        """So long, and every minute something is tried."""
        for _ in range(DURING):
            act()
            self.scrape()

    def sent(self, secret: str = SECRET, age: float = 0.0) -> int:
        """The status of an event that nobody listens to, signed so long ago."""
        at = str(int(time.time() - age))
        body = json.dumps({"type": "event_callback", "team_id": "T1", "event": {"type": "x"}})
        signed = hmac.new(secret.encode(), f"v0:{at}:{body}".encode(), hashlib.sha256).hexdigest()
        headers = {"x-slack-request-timestamp": at, "x-slack-signature": f"v0={signed}"}
        given = {name: [value] for name, value in {"content-type": "application/json", **headers}.items()}
        return self.bot.app.dispatch(BoltRequest(body=body, headers=dict(given), mode="http")).status

    def until_the_database_is(self, well: bool) -> None:
        end = time.monotonic() + 30
        while (self.dog.looking.see().why is None) is not well:
            assert time.monotonic() < end
            time.sleep(0.02)


@contextmanager
def watched(slack: Sandbox, url: str, **more: object) -> Iterator[Watched]:
    given = {
        "slack_bot_token": slack.workspace("Acme").bot_token, "slack_signing_secret": SECRET,
        "slack_api_url": slack.api_url, "database_url": url,
    }  # fmt: skip
    bot = build(Settings.model_validate(given | more))
    try:
        yield Watched(bot)
    finally:
        with suppress(Busy):
            bot.stop()


@pytest.fixture
def well(slack: Sandbox, servers: Servers) -> Iterator[Watched]:
    with watched(slack, servers.of("sqlite").url()) as one:
        yield one


def fires(one: Watched, folder: Path, *alarms: str) -> None:
    assert one.scrapes.firing(folder, [f"Threshold{name}" for name in alarms]) == ""


# ── a healthy day ───────────────────────────────────────────────────────────────────────────────────────


class Day(Stage):
    """A stage whose figures are read whenever something happened; in between they stand as they were."""

    def __enter__(self) -> "Day":
        super().__enter__()
        self.scrapes, self.page, self.read_at = Scrapes(), b"", self.clock.now()
        self.gauges = Gauges(Watchdog(self.bot))
        self.bot.outbox.start()
        self.gauges.dog.looking.first(10)
        return self

    def pump(self) -> None:
        super().pump()
        self.scrape()

    def scrape(self) -> None:
        passed = int((self.clock.now() - self.read_at) / timedelta(minutes=1))
        if passed and self.page:
            self.scrapes.take(self.page, passed)
            self.read_at += timedelta(minutes=passed)
        self.page = metrics.page(self.gauges)


def test_no_alarm_fires_on_a_healthy_day(servers: Servers, tmp_path: Path) -> None:
    with Day(database_url=servers.of("sqlite").url(), http=True) as day:
        told = Telling(day, company.found(day))
        day.travel(timedelta(minutes=30))
        for story in (two_way.triage, two_way.hand_back, one_way.triage, one_way.write_memo, one_way.send):
            story(told)
            day.travel(timedelta(minutes=20))
            day.bot.auditor.hourly()
            day.bot.clean_up()
        one_way.sign(told)
        day.travel(told.at(1, 18))
        assert day.scrapes.minutes > 24 * 60
        assert day.scrapes.firing(tmp_path, [], every=3) == ""


# ── what is dead says so ────────────────────────────────────────────────────────────────────────────────


def test_alarms_fire_for_a_wrong_secret(well: Watched, tmp_path: Path) -> None:
    well.ails(lambda: well.sent(secret="another"))
    fires(well, tmp_path, "DeliveriesRefused", "Unwell")


def test_alarms_fire_for_a_clock_that_is_ten_hours_off(well: Watched, tmp_path: Path) -> None:
    clocks.note(clocks.SLACK, 36_000.0)
    well.ails(lambda: well.sent(age=36_000))
    fires(well, tmp_path, "DeliveriesRefused", "Unwell", "ClockOff")


def test_alarms_fire_for_a_replica_whose_clock_is_ten_minutes_ahead_of_the_databases(
    well: Watched, tmp_path: Path
) -> None:
    clocks.note(clocks.DATABASE, 600.0)
    well.ails()
    fires(well, tmp_path, "Unwell", "ClockOff")


def test_an_alarm_fires_for_deliveries_that_slack_has_given_up(well: Watched, tmp_path: Path) -> None:
    def late() -> None:
        with arrived(time.monotonic() - IN_TIME - 1):
            assert well.sent() == 503
        well.sent()

    well.ails(late)
    fires(well, tmp_path, "TooLate", "DeliveriesFail")


def test_an_alarm_fires_where_connections_have_no_room(well: Watched, tmp_path: Path) -> None:
    door = Door(web_app(None, lambda: None), "127.0.0.1", 0, threads=2, connections=10)
    door.start()
    idle = list[socket.socket]()
    try:
        well.ails(lambda: idle.extend(socket.create_connection(("127.0.0.1", door.port)) for _ in range(6)))
        end = time.monotonic() + 30
        while door._server.active_channels.keys() and len(door._server.active_channels) > 10:
            assert time.monotonic() < end
    finally:
        for one in idle:
            one.close()
        door.close()
    well.scrape(5)
    fires(well, tmp_path, "NoRoom")


def test_alarms_fire_for_a_token_that_slack_takes_back_and_for_a_scope_that_is_gone(
    slack: Sandbox, servers: Servers, tmp_path: Path
) -> None:
    ws = slack.workspace("Acme")
    before = ws.state.scopes
    with watched(slack, servers.of("sqlite").url()) as one:
        ws.set_scopes(set(before or ()) - {"users:read"})
        try:
            with pytest.raises(Exception, match="missing_scope"):
                one.bot.app.client.users_info(user="U1")
            one.ails()
        finally:
            ws.set_scopes(before)
        fires(one, tmp_path, "Unwell", "TokenRefused")


def test_alarms_fire_for_a_key_that_opens_no_token(slack: Sandbox, servers: Servers, tmp_path: Path) -> None:
    url = servers.of("sqlite").url()
    with Stage(database_url=url, http=True, many=True) as stage:
        id = stage.ws.id
        many = {
            "slack_bot_token": None, "slack_client_id": stage.slack.client_id,
            "slack_client_secret": stage.slack.client_secret,
        }  # fmt: skip
    other = "b3RoZXIga2V5cywgd2hpY2ggb3BlbiBub3RoaW5nLCE="
    assert other != KEY
    with watched(slack, url, **many, threshold_encryption_key=other) as one:
        with pytest.raises(ThresholdError):
            one.bot.workspaces.client(id)
        one.ails()
        fires(one, tmp_path, "Unwell", "TokenRefused")


def test_alarms_fire_while_slack_does_not_answer(well: Watched, slack: Sandbox, tmp_path: Path) -> None:
    def asks() -> None:
        with suppress(Exception):
            well.bot.app.client.auth_test()

    slack.faults.add("server_error", method="auth.test", times=999)
    try:
        well.ails(asks)
        well.ails(asks)
    finally:
        slack.faults.clear()
    fires(well, tmp_path, "SlackFails")


def test_an_alarm_fires_while_the_model_refuses_our_key(slack: Sandbox, servers: Servers, tmp_path: Path) -> None:
    with OpenAIServer() as model:
        model.replies.extend([status(401)] * 500)
        given = {"openai_api_key": "sk-none", "openai_base_url": model.url}
        with watched(slack, servers.of("sqlite").url(), **given) as one:

            def asks() -> None:
                with suppress(AssistantDown):
                    connect_assistant(one.bot.settings).ping()

            for _ in range(4):
                one.ails(asks)
            fires(one, tmp_path, "ModelFails")


def test_an_alarm_fires_for_a_process_that_is_gone(well: Watched, tmp_path: Path) -> None:
    well.scrapes.missed(10)
    fires(well, tmp_path, "Down")


if HAS_POSTGRESQL:

    @pytest.fixture(scope="module")
    def server() -> Iterator[Hanging]:
        found = Hanging()
        yield found
        found.close()

    @pytest.mark.parametrize("many", [False, True], ids=["one workspace", "many workspaces"])
    def test_alarms_fire_for_a_database_that_is_gone(
        slack: Sandbox, server: Hanging, tmp_path: Path, many: bool
    ) -> None:
        more: dict[str, object] = {
            "slack_bot_token": None, "slack_client_id": slack.client_id, "slack_client_secret": slack.client_secret,
            "threshold_encryption_key": KEY,
        } if many else {}  # fmt: skip
        with watched(slack, server.database(f"gone_{many}".lower()), **more) as one:
            with server.ended(signal.SIGINT):
                one.until_the_database_is(False)
                one.ails(lambda: one.dog.looking.see(5))
            fires(one, tmp_path, "Unwell", "DatabaseFails")

    def test_alarms_fire_for_a_database_that_says_nothing(slack: Sandbox, server: Hanging, tmp_path: Path) -> None:
        with watched(slack, server.database("silent")) as one:

            def asks() -> None:
                with suppress(Busy):
                    one.bot.db.ping()

            def several_ask() -> None:
                if one.scrapes.minutes % 4 == 0:  # each waits in vain for two seconds of ours
                    with ThreadPoolExecutor(6) as pool:
                        for _ in range(6):
                            pool.submit(asks)

            with server.silent():
                one.until_the_database_is(False)
                one.ails(several_ask)
            fires(one, tmp_path, "Unwell", "DatabaseFails")

    def test_alarms_fire_for_a_role_that_may_not_write(slack: Sandbox, server: Hanging, tmp_path: Path) -> None:
        owner = server.database("unwritable")
        server.role("reader")
        with psycopg.connect(make_url(owner).render_as_string(hide_password=False), autocommit=True) as line:
            line.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
        reader = make_url(owner).set(username="reader").render_as_string(hide_password=False)
        with closing(Database(reader)) as db, pytest.raises(Busy):
            db.ping()
        with watched(slack, reader) as one:
            one.ails(one.bot.tick)
            fires(one, tmp_path, "Unwell", "DatabaseFails")
