"""kill −9 at the worst moments: what was acked is there after the next start, each message exactly once."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import func, select, update

from app.db.models import AuditEvent, Decision, Outbox
from app.db.session import Database
from demo.stage import MANIFEST
from sandbox import Limits, Person, Room, Sandbox
from sandbox.world.faults import FaultKind
from tests.databases import DatabaseUrls
from tests.e2e import scenes
from tests.e2e.house import Tale
from tests.nursery import Child, Nursery


class Killable:
    """A Slack on the real clock, and a bot in a process of its own."""

    def __init__(self, nursery: Nursery, database_url: str, folder: Path) -> None:
        self.nursery, self.folder, self.born = nursery, folder, 0
        self.slack = Sandbox(manifest=MANIFEST, limits=Limits(rates=False, retry_delays=(0.1, 0.3, 1.0))).start()
        self.ws = self.slack.workspace("Acme")
        self.sam: Person = self.ws.add_user("Sam")
        self.retail: Room = self.ws.add_channel("retail", members=[self.sam])
        self.database_url = database_url
        self.db = Database(database_url)
        self.bot: Child | None = None

    def start(self) -> None:
        """Start a bot, and wait until Slack has its socket."""
        arguments = [self.slack.api_url, self.ws.bot_token, self.slack.app_token, self.database_url]
        self.born += 1
        self.bot = self.nursery.start("tests.e2e.bot_process:main", *arguments, log=self.folder / f"{self.born}.log")
        self.bot.wait_for("up")
        self.slack.wait_for(lambda: self.slack.sockets > 0, timeout=15, what="the bot's socket")

    def kill(self) -> None:
        """SIGKILL: no goodbye, no last commit."""
        assert self.bot is not None
        self.bot.kill()
        assert self.bot.code == -9, self.bot.said
        self.slack.close_sockets()
        self.slack.wait_for(lambda: self.slack.sockets == 0, timeout=15, what="the socket to close")
        self.bot = None

    def close(self) -> None:
        if self.bot is not None:
            self.kill()
        self.db.close()
        self.slack.stop()

    def leases_run_out(self) -> None:
        """As after the minute that a lease lasts."""
        with self.db.begin() as session:
            past = datetime.now(UTC) - timedelta(seconds=1)
            session.execute(update(Outbox).where(Outbox.claimed_until.is_not(None)).values(claimed_until=past))

    def undelivered(self) -> int:
        with self.db.read() as session:
            return session.scalar(select(func.count(Outbox.id)).where(Outbox.done_at.is_(None))) or 0

    def delivered(self) -> None:
        """Wait until nothing is left in the outbox."""
        self.slack.wait_for(lambda: self.undelivered() == 0, timeout=20, what="an empty outbox")

    def titles(self) -> list[str]:
        with self.db.read() as session:
            return list(session.scalars(select(Decision.title).order_by(Decision.number)))

    def keys(self) -> Counter[str]:
        """How often each key stands in a message that people see."""
        found = Counter[str]()
        for room in self.ws.rooms:
            for message in room.messages:
                if message.metadata:
                    found[json.dumps(message.metadata, sort_keys=True)] += 1
        return found


@pytest.fixture
def killable(nursery: Nursery, database_urls: DatabaseUrls, tmp_path: Path) -> Iterator[Killable]:
    found = Killable(nursery, database_urls(), tmp_path)
    yield found
    found.close()


def test_what_was_acked_is_delivered_after_a_kill_before_delivery(killable: Killable) -> None:
    k = killable
    k.start()
    for method in ("conversations.open", "chat.postMessage"):
        k.slack.faults.add("slow", method=method, seconds=30, times=99)
    reply = k.sam.command("/escalate", "Tighten the return policy", channel=k.retail)
    assert reply.acked
    k.kill()
    k.slack.faults.clear()
    assert k.titles() == ["Tighten the return policy"]
    assert "Question 1" not in str([m.blocks for m in k.sam.sees()])
    k.leases_run_out()
    k.start()
    k.delivered()
    assert sum("Question 1" in str(m.blocks) for m in k.sam.sees()) == 1
    assert set(k.keys().values()) == {1}


def test_a_message_posted_and_not_marked_is_found_again_and_not_sent_twice(killable: Killable) -> None:
    k = killable
    k.start()
    fault = k.slack.faults.add("timeout_after", method="chat.postMessage")
    assert k.sam.command("/escalate", "Move the warehouse", channel=k.retail).acked
    k.slack.wait_for(lambda: sum("Question 1" in str(m.blocks) for m in k.sam.sees()) == 1, what="the question")
    assert fault.hits == 1
    assert k.undelivered() >= 1
    k.kill()
    k.slack.faults.clear()
    k.leases_run_out()
    k.start()
    k.delivered()
    assert sum("Question 1" in str(m.blocks) for m in k.sam.sees()) == 1
    assert set(k.keys().values()) == {1}
    assert len([r for r in k.slack.requests("chat.postMessage") if r.response.get("ok")]) <= 1
    card = k.sam.latest()
    assert card is not None
    assert k.sam.click(card, "answer:hours").acked, "the card that was found is the one that is kept"
    k.delivered()
    k.slack.wait_for(lambda: "Question 2" in str([m.blocks for m in k.sam.sees()]), what="the next question")
    assert sum("Question" in str(m.blocks) for m in k.sam.sees()) == 1


def test_a_kill_in_the_middle_of_a_burst_loses_nothing_acked_and_doubles_nothing(killable: Killable) -> None:
    k = killable
    k.start()
    acked = []
    for number in range(12):
        if number == 7:
            k.kill()
        reply = k.sam.command("/escalate", f"Decision number {number}", channel=k.retail)
        if reply.acked:
            acked.append(f"Decision number {number}")
    assert 7 <= len(acked) < 12
    k.leases_run_out()
    k.start()
    k.delivered()
    assert set(acked) <= set(k.titles()), "what was acked is there"
    assert len(k.titles()) == len(set(k.titles()))
    assert set(k.keys().values()) == {1}
    for title in acked:
        assert sum(title in str(m.blocks) for m in k.sam.sees()) == 1, title


def test_messages_that_came_while_the_bot_was_dead_arrive_once(killable: Killable) -> None:
    k = killable
    k.start()
    k.slack.faults.add("lose_ack", event="message.im")
    k.sam.say("Choose another carrier")
    k.slack.wait_for(lambda: k.titles(), timeout=10, what="the triage")
    k.kill()
    k.start()
    k.slack.retry_now()
    k.slack.wait_for(
        lambda: any(d.acked for d in k.slack.deliveries("events_api", "message.im")), timeout=10, what="an ack"
    )
    k.leases_run_out()
    k.delivered()
    assert k.titles() == ["Choose another carrier"], "Slack said it twice, to two processes"
    assert set(k.keys().values()) == {1}


def test_what_was_not_acked_left_nothing_half_done(killable: Killable) -> None:
    k = killable
    k.start()
    assert k.sam.command("/escalate", "Tighten the return policy", channel=k.retail).acked
    k.delivered()
    k.slack.faults.add("slow", method="users.info", seconds=30, times=9)  # the listener is in its first step
    nia = k.ws.add_user("Nia")
    k.retail.add(nia)
    before = len(k.slack.requests("users.info"))
    asking = Thread(target=lambda: nia.command("/escalate", "Half a decision", channel=k.retail))
    asking.start()
    k.slack.wait_for(lambda: k.slack.deliveries("slash_commands")[-1].payload.get("user_id") == nia.id, what="Nia's")
    k.kill()
    asking.join(15)
    k.slack.faults.clear()
    assert len(k.slack.requests("users.info")) >= before
    k.start()
    k.delivered()
    assert k.titles() == ["Tighten the return policy"]
    with k.db.read() as session:
        orphans = session.scalars(select(AuditEvent).where(AuditEvent.actor == nia.id)).all()
    assert orphans == []
    assert nia.alerts, "Slack told her that it did not work"
    assert nia.command("/escalate", "Half a decision", channel=k.retail).acked
    k.delivered()
    assert k.titles() == ["Tighten the return policy", "Half a decision"]


def test_a_card_that_was_found_again_shows_what_is_asked_now(told: Tale) -> None:
    """Posted, and nobody heard of it; answered meanwhile. It is not taken for what it would show today."""
    t, nia = told, told.cast.nia
    before = len(nia.sees())
    t.stage.slack.faults.add("timeout_after", method="chat.postMessage", seconds=0.01)
    t.command(nia, "Call the button “Buy now”", t.cast.retail)
    t.taps(nia, "answer:hours")
    t.stage.travel(timedelta(seconds=10))
    cards = [str(m.blocks) for m in nia.sees()[before:]]
    assert len(cards) == 1
    assert "Question 2" in cards[0]


def test_a_file_that_was_shown_and_not_marked_is_not_shown_again(told: Tale) -> None:
    t, sam = told, told.cast.sam
    scenes.in_review(t)
    t.fills(sam, "withdraw_open", {"why": "It is no longer needed."})
    for number, kind in enumerate(UNHEARD, 1):
        t.stage.slack.faults.add(kind, method="files.completeUploadExternal", seconds=0.01)
        t.taps(sam, "export")
        t.stage.travel(timedelta(seconds=30))
        assert len(files(sam)) == number, kind


UNHEARD: tuple[FaultKind, ...] = ("timeout_after", "server_error_after", "timeout_before", "server_error")
"""Ends of a request that tell nothing of what was done."""


def test_a_file_that_slack_forgot_before_it_was_shown_is_brought_again(told: Tale) -> None:
    t, sam = told, told.cast.sam
    scenes.in_review(t)
    t.fills(sam, "withdraw_open", {"why": "It is no longer needed."})
    t.stage.slack.faults.add("timeout_before", method="files.completeUploadExternal", seconds=0.01)
    t.stage.meant.add("files.completeUploadExternal: file_not_found")
    t.taps(sam, "export")
    with t.stage.slack.world.locked():
        t.stage.slack.world.uploads.clear()
    t.stage.travel(timedelta(seconds=60))
    assert len(files(sam)) == 1


def files(person: Person) -> list[str]:
    return [file["name"] for message in person.sees() for file in message.files]
