"""Slack lets an app from outside its marketplace read fifteen messages a minute: all that must be read is, later."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from app.workflows.notifying import send
from sandbox import Limits
from tests.databases import Servers
from tests.e2e import scenes
from tests.e2e.house import BriskStage, Tale, begun, settled

SLOW = Limits(rates=True, outside=True, rate_scale=120, message_burst=500, retry_delays=(0.02, 0.05, 0.1))
"""A minute of Slack's takes half a second."""


@pytest.fixture(scope="module")
def slow(servers: Servers) -> Iterator[BriskStage]:
    with BriskStage(database_url=servers.of("sqlite").url(), limits=SLOW) as stage:
        yield stage


@pytest.fixture
def read_slowly(slow: BriskStage) -> Iterator[Tale]:
    for stage in begun(slow):
        stage.meant |= {"conversations.history: ratelimited", "conversations.replies: ratelimited"}
        yield Tale(stage, settled(stage))


def minutes_pass(t: Tale, minutes: int) -> None:
    """Slack's minutes, of half a second each, and the bot's."""
    for _ in range(minutes):
        t.stage.slack.settle(timeout=5, calm=0.3)
        t.stage.travel(timedelta(minutes=1))


def digests(t: Tale, before: set[str]) -> int:
    """What the bot posted in #retail since."""
    return sum(bool(m.bot_id) for m in t.cast.retail.messages if m.ts not in before)


@pytest.mark.timeout(240)
@pytest.mark.parametrize("fault", ["server_error_after", "server_error"])
def test_a_message_of_unknown_fate_is_looked_up_behind_sixty_others_and_neither_doubled_nor_lost(
    read_slowly: Tale, fault: str
) -> None:
    t = read_slowly
    retail, priya, stage = t.cast.retail, t.cast.priya, t.stage
    scenes.in_review(t)
    before = {m.ts for m in retail.messages}
    stage.slack.faults.add(fault, method="chat.postMessage", channel=retail.id)  # type: ignore[arg-type]
    with stage.bot.db.begin() as session:
        now = stage.clock.now()
        send(session, stage.ws.id, "digest", retail.id, now, since=(now - timedelta(days=7)).isoformat())
    stage.bot.outbox.run_once()
    assert digests(t, before) == (fault == "server_error_after")
    for number in range(60):
        priya.say(f"something else {number}", retail)
    minutes_pass(t, 12)
    assert digests(t, before) == 1
    looked = [r for r in stage.slack.requests("conversations.history") if r.number > stage.seen and r.ok]
    assert len(looked) >= 4, "page by page, fifteen at a time"


@pytest.mark.timeout(240)
def test_a_long_thread_is_read_to_its_end_all_the_same(read_slowly: Tale) -> None:
    t = read_slowly
    priya, retail, nia = t.cast.priya, t.cast.retail, t.cast.nia
    first = priya.say("Shall we?", retail)
    for number in range(50):
        priya.say(f"reply {number} & on", retail, thread_ts=first.ts)
    nia.shortcut("escalate_thread", first)
    t.stage.slack.wait_for(lambda: nia.modal, what="the form")
    t.must(nia.submit({"sentence": "Shorten the return window"}))
    minutes_pass(t, 10)
    source = scenes.decision(t, scenes.the_one(t)).source_text or ""
    said = [line for line in source.splitlines() if "reply" in line]
    assert said == [f"{priya.name}: reply {number} & on" for number in range(50)]
