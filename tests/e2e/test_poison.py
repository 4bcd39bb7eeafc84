"""One bad thing among many: all others are served as ever; it is named once, by log, metric and `threshold check`."""

import json
import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from pydantic import SecretStr
from sqlalchemy import insert, select, text
from sqlalchemy.exc import StatementError

from app.__main__ import main
from app.bootstrap import Bot, build
from app.db.models import Decision, DigestPlan, FollowUp, Outbox, Participant, Tradeoff
from app.domain import stored_words
from app.settings import Settings
from app.slack.outbox_results import FAULT_WAITS
from app.slack.outbox_rows import CARDS, KINDS
from app.telemetry import metrics
from app.watch.dog import Limits as Patience
from app.watch.dog import Watchdog
from app.workflows import opening
from app.workflows.follow_ups.registry import NAMES
from demo.stage import MANIFEST
from sandbox import Limits, Person, Sandbox
from tests.databases import DatabaseUrls, one_at_length

GOOD = 1000
AT_ONCE = 20
PEOPLE = 50


@dataclass
class Clock:
    """It stands, unless somebody moves it: what a fault asks to wait for comes when it is waited for."""

    began: datetime = field(default_factory=lambda: datetime.now(UTC))
    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return self.began + self.ahead


@dataclass
class Office:
    """A bot on a database of its own, driven round by round, and a Slack with people who read."""

    slack: Sandbox
    bot: Bot
    clock: Clock
    team: str
    people: list[Person]
    named: list[str] = field(default_factory=list)

    def write(self, kind: str, recipient: str, args: Any, **more: Any) -> int:
        """A message, as a workflow of whichever release would write it."""
        at = more.pop("at", self.clock())
        row = {
            "workspace_id": self.team, "kind": kind, "recipient": recipient, "args": args, "key": str(uuid4()),
            "due_at": at, "created_at": at, "attempts": 0, **more,
        }  # fmt: skip
        with self.bot.db.begin() as session:
            return int(session.execute(insert(Outbox).values(**row).returning(Outbox.id)).scalar_one())

    def good(self, many: int = GOOD) -> list[int]:
        at = self.clock()
        row = {"workspace_id": self.team, "kind": "reply", "args": {"view": "help"}, "due_at": at, "created_at": at}
        rows = [
            {**row, "recipient": self.people[n % PEOPLE].id, "key": str(uuid4()), "attempts": 0} for n in range(many)
        ]
        with self.bot.db.begin() as session:
            return list(session.scalars(insert(Outbox).returning(Outbox.id, sort_by_parameter_order=True), rows))

    def rounds_until_sent(self, ids: list[int]) -> int:
        """How often the outbox is looked at until these are out. Waits that a fault asks for are not waited for."""
        for rounds in range(1, 10 * GOOD):
            self.bot.outbox.run_once(AT_ONCE)
            if rounds % 10 == 0 or rounds * AT_ONCE >= len(ids):
                with self.bot.db.read() as session:
                    sent = Counter(session.scalars(select(Outbox.result).where(Outbox.id.between(ids[0], ids[-1]))))
                if sent["sent"] + sent["moot"] >= len(ids):
                    return rounds
        raise AssertionError("they never came")

    def row(self, id: int, table: Any = Outbox) -> Any:
        with self.bot.db.read() as session:
            return session.execute(
                select(table.result, table.attempts, table.done_at, table.kind).where(table.id == id)
            ).one()

    def come_to_rest(self) -> None:
        """Wait out everything that a fault asks for."""
        for _ in range(12):
            self.clock.ahead += timedelta(minutes=10)
            for _ in range(10):
                self.bot.outbox.run_once(AT_ONCE)
                self.bot.due.run_once()


@pytest.fixture
def office(database_urls: DatabaseUrls, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    with Sandbox(manifest=MANIFEST, limits=Limits(rates=False, retry_delays=(0.1,))) as slack:
        ws, clock = slack.workspace("Acme"), Clock()
        settings = Settings(
            slack_bot_token=SecretStr(ws.bot_token), slack_signing_secret=SecretStr(slack.signing_secret),
            slack_api_url=slack.api_url, database_url=database_urls(),
        )  # fmt: skip
        for name, value in {
            "SLACK_BOT_TOKEN": ws.bot_token, "SLACK_SIGNING_SECRET": slack.signing_secret,
            "SLACK_API_URL": slack.api_url, "DATABASE_URL": settings.database_url,
        }.items():  # fmt: skip
            monkeypatch.setenv(name, value)
        bot = build(settings, clock=clock, pace=0.0)
        people = [ws.add_user(f"Person {n}") for n in range(PEOPLE)]
        with bot.db.begin() as session:
            opening.ensure_workspace(session, ws.id, clock())
        yield Office(slack, bot, clock, ws.id, people)
        bot.stop()
        stored_words._known.clear()


def broken_decision(office: Office) -> int:
    """A decision of which something can't be read, as a fault of ours, or a hand, may leave it."""
    now, user = office.clock(), office.people[0].id
    row = {
        "workspace_id": office.team, "number": 1, "title": "Move the warehouse", "status": "held", "requester_id": user,
        "owner_id": user, "created_at": now, "touched_at": now,
    }  # fmt: skip
    with office.bot.db.begin() as session:
        id = session.execute(insert(Decision).values(**row).returning(Decision.id)).scalar_one()
        session.execute(insert(Participant).values(workspace_id=office.team, decision_id=id, user_id=user))
        argued = {"workspace_id": office.team, "decision_id": id, "opened_by": user, "opened_at": now}
        session.execute(insert(Tradeoff).values(**argued))
        session.execute(text('UPDATE decision SET answers = \'{"undo": [1], "tried": [1]}\''))
    return int(id)


def poison(office: Office, decision: int) -> dict[int, str]:
    """A message of each kind that fails, and why."""
    user, channel = office.people[0].id, "C0NOWHERE"
    bad: dict[int, str] = {}
    for kind in sorted(CARDS | {"settle", "export"}):
        bad[office.write(kind, channel if kind == "status" else user, {}, decision_id=decision)] = kind
    bad[office.write("home", user, {})] = "home"
    bad[office.write("notice", user, {}, decision_id=decision)] = "notice"
    bad[office.write("digest", channel, {"since": "yesterday"})] = "digest"
    bad[office.write("thread", channel, {}, decision_id=decision)] = "thread"
    bad[office.write("reply", user, {"view": "which_triage", "parked": "x"})] = "reply"
    bad[office.write("proposal", user, {})] = "proposal"
    bad[office.write("policy_proposal", user, {})] = "policy_proposal"
    for kind in ("document_md", "document_docx", "calendar", "tradeoff_chart", "tradeoffs_md", "tradeoffs_csv"):
        bad[office.write(kind, user, {}, decision_id=decision)] = kind
    for kind in ("parked", "redact"):
        bad[office.write(kind, user, {}, decision_id=decision)] = kind
    bad[office.write("insights", user, {})] = "insights"
    bad[office.write("picture", user, {"chart": "predictions"})] = "picture"
    bad[office.write("tried", user, {"change": {"of nothing": 1}})] = "tried"
    bad[office.write("reply", user, ["no object"])] = "unreadable"
    assert set(bad.values()) >= KINDS
    if office.bot.db.sqlite:
        torn = office.write("reply", user, {})
        with office.bot.db.begin() as session:
            session.execute(text("UPDATE outbox SET args = '{torn' WHERE id = :id"), {"id": torn})
        bad[torn] = "unreadable"
    return bad


def given_up(office: Office) -> Counter[tuple[str, str]]:
    """The metric, by table and kind."""
    found = Counter[tuple[str, str]]()
    for family in metrics.GIVEN_UP.collect():
        for sample in family.samples:
            if sample.name.endswith("_total"):
                found[sample.labels["of"], sample.labels["kind"]] += int(sample.value)
    return found


@one_at_length
def test_a_message_of_each_kind_that_fails_among_a_thousand_good_ones(
    office: Office, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    usual = office.rounds_until_sent(office.good(100)) * GOOD // 100
    decision, before = broken_decision(office), given_up(office)
    bad = poison(office, decision)
    behind = office.write("reply", office.people[0].id, {"view": "help"})
    with caplog.at_level(logging.INFO):
        good = office.good()
        rounds = office.rounds_until_sent([*good])
        assert rounds <= usual + len(bad) // AT_ONCE + 2, "the bad ones take a place each, once"
        assert {office.row(id).attempts for id in (good[0], good[500], good[-1], behind)} == {1}
        assert office.row(behind).result == "sent", "the same person's next message does not wait"
        office.come_to_rest()
    assert {office.row(id).result for id in bad} == {"given up"}
    for id, kind in bad.items():
        lines = [one for one in caplog.messages if f"outbox {id} " in one]
        assert len(lines) == 1, lines
        assert lines[0].startswith(f"outbox {id} ({kind}) is given up: a fault of ours")
        assert office.row(id).attempts == (1 if kind == "unreadable" else len(FAULT_WAITS) + 1), kind
    assert not [one for one in caplog.messages if "did not answer" in one], "none of it was Slack's fault"
    counted = given_up(office) - before
    assert sum(counted.values()) == len(bad)
    assert {kind for _, kind in counted} == {*KINDS, "other"}
    assert main(["check"]) == 0
    said = capsys.readouterr().out
    assert f"{len(bad)} were given up in the last 7 days: " in said
    assert all(f" {kind} message" in said for kind in KINDS)


def test_a_follow_up_of_each_kind_that_fails_among_a_thousand_good_ones(
    office: Office, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    decision, user, now = broken_decision(office), office.people[0].id, office.clock()

    def dated(kind: str, n: int, about: int | None, recipient: str = user) -> dict[str, Any]:
        at = now - timedelta(seconds=2000 - n)
        return {
            "workspace_id": office.team, "decision_id": about, "kind": kind, "recipient": recipient, "due_at": at,
            "args": {}, "attempts": 0,
        }  # fmt: skip

    with office.bot.db.begin() as session:
        plan = {"on": True, "days": [0], "at": "noon", "tz": "UTC", "set_by": user, "monthly": True}
        session.execute(insert(DigestPlan).values(workspace_id=office.team, channel_id="C0NOON", **plan))
        bad = [dated(kind, n, decision) for n, kind in enumerate(sorted(NAMES - {"digest", "insights"}))]
        bad += [dated("digest", 900, None, "C0NOON"), dated("insights", 901, None, "C0NOON")]
        ids = [session.execute(insert(FollowUp).values(**one).returning(FollowUp.id)).scalar_one() for one in bad]
        good = [dated("digest", n, None, f"C{n}") for n in range(GOOD)]
        session.execute(insert(FollowUp), good)
    before, looks = given_up(office), 0
    with caplog.at_level(logging.INFO):
        while office.bot.due.run_once():
            looks += 1
        office.bot.due.drain()
        assert looks == -(-(GOOD + len(bad)) // 100), "a hundred at a look, the bad ones among them once"
        with office.bot.db.read() as session:
            left = select(FollowUp.id).where(FollowUp.done_at.is_(None))
            assert set(session.scalars(left)) == set(ids)
            assert set(session.scalars(select(FollowUp.attempts).where(FollowUp.id.not_in(ids)))) == {1}
        office.come_to_rest()
        office.bot.due.drain()
        office.come_to_rest()
    assert {office.row(id, FollowUp).result for id in ids} == {"given up"}
    for id, one in zip(ids, bad, strict=True):
        lines = [line for line in caplog.messages if f"follow-up {id} " in line]
        assert lines == [f"follow-up {id} ({one['kind']}) is given up: a fault of ours"]
    assert {kind for _, kind in given_up(office) - before} == NAMES
    assert main(["check"]) == 0
    said = capsys.readouterr().out
    assert all(f"1 {kind} follow-up since" in said for kind in NAMES)


def test_what_only_a_newer_release_knows_is_left_to_it_and_given_up_when_none_comes(
    office: Office, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unknown kind of message, notice, answer and follow-up, before a few good ones."""
    decision, user, now = broken_decision(office), office.people[0].id, office.clock()
    with office.bot.db.begin() as session:
        session.execute(text("UPDATE decision SET answers = '{}'"))
        work = {"workspace_id": office.team, "kind": "nap", "recipient": user, "due_at": now, "args": {}, "attempts": 0}
        nap = session.execute(insert(FollowUp).values(**work).returning(FollowUp.id)).scalar_one()
    left = [
        office.write("hologram", user, {}),
        office.write("notice", user, {"say": "applauded"}, decision_id=decision),
        office.write("reply", user, {"view": "sung"}),
    ]
    good = office.good(60)
    before = given_up(office)
    with caplog.at_level(logging.INFO):
        assert office.rounds_until_sent(good) <= 4
        calls = len(office.slack.requests())
        for _ in range(20):
            office.bot.outbox.run_once(AT_ONCE)
            office.bot.due.run_once()
        assert len(office.slack.requests()) == calls
        assert {(office.row(id).result, office.row(id).attempts) for id in left} == {(None, 0)}
        assert office.row(nap, FollowUp)[:2] == (None, 0)
        assert main(["check"]) == 0
        said = capsys.readouterr().out
        assert "One waits of the kind “hologram”" in said
        assert "One waits of the kind “nap”" in said
        for id in left:
            assert [one[: len(f"outbox {id} (")] for one in caplog.messages if f"outbox {id} " in one] == [
                f"outbox {id} ("
            ]
        office.bot.leases._left.clear()  # the twenty seconds are over
        office.clock.ahead += timedelta(days=1, minutes=1)
        office.come_to_rest()
    assert {office.row(id).result for id in (*left,)} == {"given up"}
    assert office.row(nap, FollowUp).result == "given up"
    assert (given_up(office) - before)["outbox", "other"] == 1
    assert (given_up(office) - before)["follow_up", "other"] == 1


def test_a_release_that_knows_it_takes_what_this_one_leaves(office: Office) -> None:
    """Left means free: whoever else looks may have it at once, and no attempt was counted."""
    id = office.write("hologram", office.people[0].id, {})
    office.bot.outbox.run_once(AT_ONCE)
    with office.bot.db.read() as session:
        row = session.execute(select(Outbox.claimed_until, Outbox.due_at, Outbox.attempts).where(Outbox.id == id)).one()
    assert (row.claimed_until, row.attempts) == (None, 0)
    assert row.due_at <= office.clock()
    assert office.bot.leases.left(Outbox) == [id]


def test_an_outbox_in_which_every_round_fails_is_seen_by_the_watchdog(office: Office) -> None:
    dog, clock = Watchdog(office.bot, Patience(0.0, 1000.0, 0.0, 1000.0, 1000.0)), office.bot.outbox.clock
    office.bot.outbox.clock = datetime.now  # a naive one: no moment of it can be stored
    for _ in range(3):
        with pytest.raises(StatementError):
            office.bot.outbox.run_once(AT_ONCE)
    said = [one.said for one in dog.troubles()]
    assert any(one.startswith("sending what waits in the outbox has failed for ") for one in said), said
    office.bot.outbox.clock = clock
    office.bot.outbox.run_once(AT_ONCE)
    assert office.bot.outbox.pulse.failing() == 0.0


def test_the_bad_row_is_told_without_what_people_wrote(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    secret = "the merger with Globex"
    office.write("reply", office.people[0].id, {"view": "which_triage", "parked": "x", "text": secret})
    office.come_to_rest()
    assert "is given up" in caplog.text
    assert secret not in json.dumps([str(one.getMessage()) for one in caplog.records])
