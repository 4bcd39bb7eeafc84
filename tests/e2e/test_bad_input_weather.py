"""A locked database, a Slack that fails, a bot that is killed: nothing lost, nothing doubled."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import make_url

from sandbox import FaultKind
from tests.e2e import scenes
from tests.e2e.house import BriskStage, Tale


@contextmanager
def locked(stage: BriskStage) -> Iterator[None]:
    """Somebody else holds the database: all of it on SQLite, every decision and workspace on PostgreSQL."""
    url = make_url(stage.database_url)
    if url.get_backend_name() == "sqlite":
        import sqlite3

        other = sqlite3.connect(str(url.database), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield
        other.rollback()
        other.close()
        return
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain) as holder:
        holder.execute("LOCK TABLE workspace, decision IN ACCESS EXCLUSIVE MODE")
        yield
        holder.rollback()


AWAY = "I can't reach my records right now, so nothing was saved"
BUSY = "Somebody else was changing this at the same moment, so nothing was saved"


def test_a_locked_database_answers_everything_in_a_sentence_and_nothing_is_doubled(told: Tale) -> None:
    """Four people act at the same moment, so that the wait is waited once."""
    id = scenes.in_review(told)
    one = scenes.asks(told)
    cast, stage = told.cast, told.stage
    told.taps(cast.vera, "sign_open:approve")
    told.taps(cast.kenji, "hand_over_open")
    card = told.card(cast.sam, "answer:months")
    replies: dict[str, str] = {}

    def command() -> None:
        reply = cast.nia.command("/escalate", "Move the <warehouse> & sell it", channel=cast.retail)
        replies["command"] = reply.error or reply.text + str(reply.blocks)

    def click() -> None:
        reply = cast.sam.click(card, "answer:months")
        replies["click"] = reply.error or "acked"

    def submit() -> None:
        done = cast.vera.submit({"said": "Go, from my side."})
        replies["form"] = done.error or str(done.errors)

    def hand_over() -> None:
        done = cast.kenji.submit({"to": cast.lea})
        replies["form that relies on somebody"] = done.error or str(done.errors)

    with locked(stage):
        acts = [threading.Thread(target=act) for act in (command, click, submit, hand_over)]
        for act in acts:
            act.start()
        cast.priya.say("Change the logo")
        for act in acts:
            act.join()
    assert BUSY in replies["command"]
    assert "Move the &lt;warehouse&gt; &amp; sell it" in replies["command"]
    assert replies["click"] == "acked"
    assert BUSY in replies["form"]
    assert BUSY in replies["form that relies on somebody"]
    stage.slack.retry_now()
    stage.slack.wait_for(lambda: scenes.decisions(told) == 3, what="the message to be delivered again")
    stage.pump()
    assert BUSY in scenes.everything(cast.sam)
    assert cast.vera.modal is not None
    assert "Go, from my side." in str(cast.vera.modal.filled)
    told.must(cast.vera.submit())
    told.must(cast.kenji.submit())
    assert cast.sam.click(card, "answer:months").acked
    told.command(cast.nia, "Move the warehouse", cast.retail)
    assert scenes.decisions(told) == 4
    assert (scenes.happened(told, id, "sign"), scenes.happened(told, one, "answer")) == (1, 1)
    assert scenes.happened(told, id, "hand_over") == 1
    assert scenes.count(cast.priya, "Question 1") == 1


# ── Slack fails ─────────────────────────────────────────────────────────────────────────────────────────

KINDS: tuple[FaultKind, ...] = (
    "ratelimited", "server_error", "server_error_after", "timeout_before", "timeout_after", "corrupt", "half_answer",
    "fatal_error",
)  # fmt: skip


HELD = 0.02
"""Seconds for which a line that will be cut is held."""


@pytest.mark.parametrize("kind", [*KINDS, "closed", "unavailable", "internal_error"])
def test_whatever_slack_does_to_messages_each_arrives_once(shown: Tale, kind: FaultKind) -> None:
    stage, cast = shown.stage, shown.cast
    id = scenes.drafting(shown)
    for method in ("conversations.open", "chat.postMessage", "chat.update"):
        stage.slack.faults.add(kind, method=method, times=2, retry_after=3, seconds=HELD)
    cast.sam.click(shown.card(cast.sam, "send_open"), "send_open")
    stage.slack.wait_for(lambda: cast.sam.modal, what="the form")
    shown.must(cast.sam.submit({"signer": cast.vera, "bar_raiser": cast.kenji, "decide_by": "2026-11-06"}))
    stage.travel(timedelta(minutes=2))
    assert all(fault.hits == fault.times for fault in stage.slack.faults.all())
    stage.slack.faults.clear()
    assert scenes.count(cast.vera, "sign_open:approve") == 1
    assert scenes.count(cast.kenji, "sign_open:approve") == 1
    assert scenes.count(cast.sam, "waiting for sign-off") == 1
    assert scenes.count(cast.dana, "waiting for sign-off", cast.retail) == 1
    stage.slack.faults.add(kind, method="chat.postMessage", times=2, retry_after=3, seconds=HELD)
    shown.must(shown.fills(cast.vera, "sign_open:decline", {"said": "Members would leave us."}))
    stage.travel(timedelta(minutes=2))
    assert scenes.count(cast.sam, "declined.* You can go along with it") == 1
    assert scenes.happened(shown, id, "sign") == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_that_slack_did_not_open_is_asked_for_again(shown: Tale, kind: FaultKind) -> None:
    id = scenes.in_review(shown)
    vera, stage = shown.cast.vera, shown.stage
    stage.slack.faults.add(kind, method="views.open", seconds=HELD)
    shown.taps(vera, "sign_open:approve")
    if vera.modal is None:
        assert "press it again" in scenes.last(vera)
        shown.taps(vera, "sign_open:approve")
    shown.must(vera.submit({"said": ""}))
    assert vera.alerts == []
    assert scenes.happened(shown, id, "sign") == 1


@pytest.mark.parametrize("kind", KINDS)
def test_people_can_be_relied_on_while_slack_does_not_say_who_they_are(shown: Tale, kind: FaultKind) -> None:
    id = scenes.drafting(shown)
    cast = shown.cast
    shown.taps(cast.sam, "send_open")
    shown.stage.slack.faults.add(kind, method="users.info", times=9, seconds=HELD)
    readers = [cast.dana, cast.omar, cast.priya]
    sent = cast.sam.submit(
        {"signer": cast.vera, "bar_raiser": cast.kenji, "decide_by": "2026-11-06", "readers": readers}
    )
    shown.must(sent)
    shown.stage.pump()
    assert scenes.happened(shown, id, "send") == 1
    assert scenes.count(cast.vera, "sign_open:approve") == 1


def test_a_slack_that_hangs_on_every_person_does_not_cost_the_ack(shown: Tale) -> None:
    """Two seconds are waited for the first, none for those behind."""
    id = scenes.drafting(shown)
    cast = shown.cast
    shown.taps(cast.sam, "send_open")
    shown.stage.slack.faults.add("timeout_before", method="users.info", times=9, seconds=60)
    readers = [cast.dana, cast.omar, cast.priya]
    began = time.monotonic()
    sent = cast.sam.submit(
        {"signer": cast.vera, "bar_raiser": cast.kenji, "decide_by": "2026-11-06", "readers": readers}
    )
    assert time.monotonic() - began < 3
    shown.must(sent)
    assert scenes.happened(shown, id, "send") == 1


# ── the bot is killed ───────────────────────────────────────────────────────────────────────────────────


def test_what_was_acked_is_delivered_after_a_restart_and_once(told: Tale) -> None:
    stage, cast = told.stage, told.cast
    reply = cast.sam.command("/escalate", "Move the warehouse", channel=cast.retail)
    assert "D-1 is started" in reply.text
    assert cast.sam.latest() is None
    stage.restart()
    stage.pump()
    assert scenes.count(cast.sam, "Question 1") == 1
    stage.slack.faults.add("server_error_after", method="chat.postMessage")
    cast.sam.click(told.card(cast.sam, "answer:hours"), "answer:hours")
    cast.nia.command("/escalate", "Change the logo", channel=cast.retail)
    stage.calm()
    stage.bot.outbox.run_once()
    stage.restart()
    stage.travel(timedelta(minutes=2))
    assert scenes.count(cast.sam, "Question 2") == 1
    assert scenes.count(cast.nia, "Question 1") == 1
    assert cast.sam.alerts == []
