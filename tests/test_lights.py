"""What is wrong around the bot is said where somebody looks: the secret, the clock, the tokens, its rights."""

import hashlib
import hmac
import json
import logging
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import formatdate
from typing import Any

import pytest
from slack_bolt import BoltRequest
from sqlalchemy import make_url, text

from app.bootstrap import build
from app.db import claims
from app.db.models import FollowUp, Workspace
from app.db.session import Database
from app.domain.errors import Busy
from app.settings import Settings
from app.slack.bolt_app import IN_TIME
from app.slack.listeners import faults
from app.telemetry import clocks
from app.telemetry.arrival import arrived
from app.telemetry.refusals import REFUSALS
from app.watch.dog import Watchdog
from app.words.errors import busy
from demo.stage import MANIFEST
from sandbox import Sandbox
from tests.databases import HAS_POSTGRESQL, Servers

SECRET = "a-signing-secret"


@pytest.fixture(autouse=True)
def the_clocks_agree() -> Iterator[None]:
    for whose in (clocks.SLACK, clocks.DATABASE):
        clocks.note(whose, 0.0)
    yield
    for whose in (clocks.SLACK, clocks.DATABASE):
        clocks.note(whose, 0.0)
    REFUSALS.forget()


@pytest.fixture(scope="module")
def slack() -> Iterator[Sandbox]:
    with Sandbox(MANIFEST) as running:
        yield running


@pytest.fixture
def dog(slack: Sandbox, servers: Servers) -> Iterator[Watchdog]:
    """Over HTTP, for one workspace."""
    given = {
        "slack_bot_token": slack.workspace("Acme").bot_token, "slack_signing_secret": SECRET,
        "slack_api_url": slack.api_url, "database_url": servers.of("sqlite").url(),
    }  # fmt: skip
    bot = build(Settings.model_validate(given))
    bot.outbox.start()
    yield Watchdog(bot)
    bot.stop()


def sent(dog: Watchdog, *, secret: str = SECRET, age: float = 0.0, **event: Any) -> int:
    """The status of an event, by default one that nobody listens to, signed so long ago."""
    about = {"type": "event_callback", "team_id": "T1", "event_time": time.time(), "event": {"type": "x", **event}}
    body, at = json.dumps(about), str(int(time.time() - age))
    signed = hmac.new(secret.encode(), f"v0:{at}:{body}".encode(), hashlib.sha256).hexdigest()
    headers = {
        "content-type": ["application/json"],
        "x-slack-request-timestamp": [at],
        "x-slack-signature": [f"v0={signed}"],
    }
    return dog.bot.app.dispatch(BoltRequest(body=body, headers=dict(headers), mode="http")).status


def test_where_the_only_token_is_taken_away_all_lights_say_so(dog: Watchdog) -> None:
    """Nothing is sent there any more, so no refusal would ever tell."""
    sent(dog, type="tokens_revoked", tokens={"oauth": ["U1"], "bot": []})
    assert dog.why_not_ready() is None, "that was a person's own"
    assert sent(dog, type="tokens_revoked", tokens={"bot": ["UBOT"]}) == 200
    assert dog.why_not_ready() == "Slack refuses SLACK_BOT_TOKEN (token_revoked)"
    assert len(dog.refused()) == 1, "by which the metric and the alarm go"
    REFUSALS.works("T1")
    assert dog.why_not_ready() is None


def test_a_wrong_secret_is_said_once_and_stands_until_something_is_signed_rightly(
    dog: Watchdog, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "app"):
        assert [sent(dog, secret="another") for _ in range(9)] == [401] * 9
    assert caplog.text.count("it is not signed with SLACK_SIGNING_SECRET") == 1
    assert dog.warnings() == ["deliveries are refused, since they are not signed with SLACK_SIGNING_SECRET: check it"]
    assert dog.why_not_ready() is None, "a stranger could take it out of service"
    sent(dog)
    assert dog.warnings() == []
    assert [sent(dog, secret="another") for _ in range(9)] == [401] * 9
    assert dog.warnings() == [], "those were somebody else's"


@pytest.mark.parametrize(("age", "ahead", "words"), [
    (36_000.0, 36_000.0, "this machine's clock is 10 hours ahead of Slack's. Set it right"),
    (-36_000.0, -36_000.0, "this machine's clock is 10 hours behind Slack's. Set it right"),
    (900.0, 0.0, "it is signed rightly, and 15 minutes old. Is the clock right?"),
    (-930.0, 0.0, "it is signed rightly, and 15 minutes ahead of this machine's clock."),
])  # fmt: skip
def test_a_wrong_clock_is_told_from_a_wrong_secret(
    dog: Watchdog, caplog: pytest.LogCaptureFixture, age: float, ahead: float, words: str
) -> None:
    clocks.note(clocks.SLACK, ahead)
    with caplog.at_level(logging.WARNING, "app"):
        assert [sent(dog, age=age) for _ in range(3)] == [401] * 3
    assert caplog.text.count("a delivery was refused") == 1
    assert words in caplog.text
    assert any("not of this machine's time" in said for said in dog.warnings())


def test_slacks_own_answers_say_how_far_the_clock_is_off(dog: Watchdog) -> None:
    client = dog.bot.app.client
    client.api_test()
    assert abs(clocks.ahead(clocks.SLACK)) < 2
    assert dog.why_not_ready() is None
    clocks.note_dated(clocks.SLACK, formatdate(time.time() - 36_100, usegmt=True), time.time())
    assert 36_090 < clocks.ahead(clocks.SLACK) <= 36_101
    assert dog.why_not_ready() == (
        "this machine's clock is 10 hours ahead of Slack's, and so each delivery is refused: set it right"
    )
    clocks.note(clocks.SLACK, -45)
    assert dog.why_not_ready() is None
    assert dog.warnings() == ["this machine's clock is 45 seconds behind Slack's: set it right"]


@pytest.mark.parametrize("date", [None, "", "yesterday", "Mon, 99 Foo 2026 00:00:00 GMT"])
def test_a_date_that_is_none_measures_nothing(date: str | None) -> None:
    clocks.note_dated(clocks.SLACK, date, time.time())
    assert clocks.ahead(clocks.SLACK) == 0


def test_what_slack_has_given_up_is_not_done(dog: Watchdog, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "app"), arrived(time.monotonic() - IN_TIME - 0.01):
        assert [sent(dog) for _ in range(5)] == [503] * 5
    assert caplog.text.count("Slack has given it up") == 1
    with arrived(time.monotonic() - IN_TIME + 1):
        assert sent(dog) == 404


def test_a_token_that_slack_refuses_is_said_until_it_works_again(dog: Watchdog) -> None:
    REFUSALS.note("T1", "missing_scope")
    assert dog.why_not_ready() == "Slack refuses SLACK_BOT_TOKEN (missing_scope)"
    REFUSALS.note("T1", "channel_not_found")
    REFUSALS.works("T1")
    assert dog.why_not_ready() is None


def test_a_command_that_meets_no_database_before_any_listener_is_answered_in_words() -> None:
    said = faults.told(busy(), {"command": "/escalate"})
    assert said is not None
    assert said.status == 200
    assert busy().sentence in json.loads(said.body)["text"]
    form = {"type": "view_submission", "view": {"blocks": [{"type": "input", "block_id": "why"}]}}
    said = faults.told(busy(), form)
    assert said is not None
    assert json.loads(said.body) == {"response_action": "errors", "errors": {"why": busy().sentence}}
    assert faults.told(busy(), {"type": "event_callback"}) is None, "which Slack delivers again"


if HAS_POSTGRESQL:

    def test_a_replica_whose_clock_is_ahead_takes_nothing_that_another_one_holds(
        servers: Servers, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        server = servers.of("postgresql")
        url, now = server.url(), datetime.now(UTC)

        def wrong_clock() -> datetime:
            return datetime.now(UTC) + timedelta(minutes=10)

        with closing(Database(url)) as here, closing(Database(url)) as ahead:
            with here.begin() as session:
                session.add(Workspace(id="T1", next_number=1, created_at=now))
                work = {"kind": "digest", "recipient": "C1", "args": {}, "attempts": 0}
                session.add(FollowUp(workspace_id="T1", due_at=now - timedelta(minutes=1), **work))
            with here.begin() as session:
                assert len(claims.claim_follow_ups(session, now, now + timedelta(seconds=20), 10, "here")) == 1
            real = time.time
            monkeypatch.setattr(time, "time", lambda: real() + 600)
            ahead.ping()
            monkeypatch.undo()
            assert 599 < clocks.ahead(clocks.DATABASE) < 601
            clock = ahead.by_its_clock(wrong_clock)
            assert abs(clock() - datetime.now(UTC)) < timedelta(seconds=2)
            with ahead.begin() as session:
                held = claims.claim_follow_ups(session, clock(), clock() + timedelta(seconds=20), 10, "ahead")
                assert held == []
                wrong = wrong_clock()
                assert len(claims.claim_follow_ups(session, wrong, wrong, 10, "ahead")) == 1, "by its own it would"
            monkeypatch.setattr(time, "time", lambda: real() + 1)
            ahead.ping()
            assert clock() - datetime.now(UTC) > timedelta(minutes=9), "a second is nobody's business"
        server.drop(url)

    def test_a_user_who_may_not_write_is_said_by_whoever_asks_and_by_whoever_tries(servers: Servers) -> None:
        server = servers.of("postgresql")
        url = server.url()
        with closing(Database(url)) as db, db.begin() as session:
            session.execute(text("DROP ROLE IF EXISTS reader"))
            session.execute(text("CREATE ROLE reader LOGIN"))
            session.execute(text("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader"))
        with closing(Database(make_url(url).set(username="reader").render_as_string(hide_password=False))) as db:
            with pytest.raises(Busy) as asked:
                db.ping()
            with pytest.raises(Busy) as tried, db.begin() as session:
                session.execute(text("DELETE FROM follow_up"))
        assert asked.value.why == tried.value.why == "the database does not let its user write"
        assert "tell whoever runs me" in tried.value.sentence
        with closing(Database(url)) as db, db.begin() as session:
            session.execute(text("DROP OWNED BY reader"))
            session.execute(text("DROP ROLE reader"))
        server.drop(url)
