"""Payloads that no Slack sends, through every way in: refused or answered, never a fault, and the line stays open."""

import http.client
import json
import logging
import uuid
from collections.abc import Callable
from contextlib import closing
from traceback import format_exception
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, seed, settings

from app.telemetry.logs import SAID_BY_US
from demo.company import found
from sandbox.deliveries.courier import signature
from tests.e2e import scenes
from tests.e2e.house import BriskStage, Tale
from tests.e2e.malformed import Kept, bodies, spoilt

QUICK, LONG = 100, 1000
"""Deliveries for one seed and one way in."""

AT_ONCE = 20
"""Messages on the socket before the bot is given time to read them: it is to stumble over none, not to drown."""

ANSWERS = frozenset({200, 400, 401, 404})


def collected(stage: BriskStage) -> list[Kept]:
    """One real delivery of every kind and name: a decision half way, and the world around it."""
    t = Tale(stage, found(stage))
    cast, sam, vera = t.cast, t.cast.sam, t.cast.vera
    id = scenes.in_review(t)
    t.command(sam, "Move the warehouse", cast.retail)
    for text in ("list", "ladder", "digest on mon 9:00", "D-1", "help"):
        t.command(sam, text, cast.retail)
    t.taps(sam, "answer:months")
    t.taps(sam, "answer_form", fill={"effects": ["promise"]})
    sam.say("The answer is never")
    for person in (sam, vera):
        person.open_home()
    t.must(t.fills(vera, "question_open", {"text": "Who pays?"}))
    t.must(t.fills(sam, "reader_open", {"to": cast.priya}, on=t.card(sam, "reader_open")))
    t.taps(vera, "memo_read")
    vera.close_modal()
    t.must(t.fills(vera, "sign_open:not_yet", {"said": "If Legal has read it."}))
    scenes.post(t, sam, "snooze", json.dumps({"d": id, "days": 3}))
    scenes.post(t, sam, "climb", json.dumps({"d": id, "old": vera.id, "to": cast.omar.id, "rung": "vp"}))
    sam.shortcut("escalate_thread", cast.marco.say("Shall we close the shop?", cast.retail))
    stage.pump()
    if sam.modal is not None:
        sam.submit({})
    cast.marco.change(tz="Europe/Berlin")
    stage.ws.add_channel("short-lived", [sam]).archive()
    stage.pump()
    kinds = {
        (d.kind, d.name, str(d.payload.get("type")), str((d.payload.get("actions") or [{}])[0].get("action_id"))): Kept(
            d.kind, d.payload
        )
        for d in stage.slack.deliveries()
        if d.number > stage.seen
    }
    assert len(kinds) > 15
    return [kinds[key] for key in sorted(kinds)]


def faults(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was logged as a fault of ours, or as an exception of a library's. A slow Slack is neither."""
    found = [r for r in caplog.records if (r.exc_info or r.levelno >= logging.ERROR) and r.name not in SAID_BY_US]
    return [
        r.getMessage() + "".join(format_exception(r.exc_info[1])[-3:]) if r.exc_info else r.getMessage() for r in found
    ]


def calm_down(stage: BriskStage) -> None:
    """What could be read was acted upon, also for people who don't exist: Slack may refuse that."""
    stage.pump()
    stage.seen = max(r.number for r in stage.slack.requests())


def try_all(number: int, examples: int, strategy: Any, check: Callable[[Any], None]) -> None:
    """Run ``check`` on ``examples`` spoilt deliveries of one seed; a failure names the seed and shrinks."""
    many = settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    run: Any = many(given(strategy)(lambda one: check(one)))  # type: ignore[no-untyped-call]
    try:
        seed(number)(run)()
    except BaseException as error:
        error.add_note(f"seed {number}")
        raise


def over_http(stage: BriskStage, number: int, examples: int, caplog: pytest.LogCaptureFixture) -> None:
    payloads, address = collected(stage), urlsplit(stage.slack.courier.url)
    line = http.client.HTTPConnection(str(address.hostname), int(address.port or 0), timeout=30)

    def check(one: tuple[str, bytes]) -> None:
        kind, body = one
        caplog.clear()
        try:
            signed = signature(stage.slack.signing_secret, body.decode())
        except UnicodeDecodeError:
            signed = {}
        for _ in range(5):
            line.request("POST", address.path, body, {"Content-Type": kind, **signed})
            answer = line.getresponse()
            said = answer.read().decode()
            if answer.status != 503:  # a busy machine: the database was locked, and Slack would deliver again
                break
        assert faults(caplog) == [], body[:2000]
        assert answer.status in ANSWERS, (answer.status, body[:2000])
        assert "Traceback" not in said

    with closing(line):
        try_all(number, examples, bodies(payloads), check)
    calm_down(stage)
    nia = stage.ws.add_user("Nia again")
    assert nia.command("/escalate", "Is anybody there?").acked


def over_the_socket(stage: BriskStage, number: int, examples: int, caplog: pytest.LogCaptureFixture) -> None:
    payloads, slack = collected(stage), stage.slack
    opened, sent = set(slack.courier.sockets), list[str]()

    def check(one: Kept) -> None:
        envelope: dict[str, Any] = {"envelope_id": str(uuid.uuid4()), "type": one.kind, "payload": one.payload}
        (socket,) = slack.courier.sockets.values()
        slack.courier.run(socket.ws.send_str(json.dumps(envelope)))
        sent.append(one.kind)
        if len(sent) % AT_ONCE == 0:
            stage.calm()
        assert faults(caplog) == [], str(one.payload)[:2000]

    try_all(number, examples, spoilt(payloads), check)
    stage.calm()
    nia = stage.ws.add_user("Nia again")
    assert nia.command("/escalate", "Is anybody there?").acked
    stage.calm()
    assert faults(caplog) == []
    assert set(slack.courier.sockets) == opened, "the line was lost"
    calm_down(stage)


def test_no_malformed_request_is_a_fault(posted: BriskStage, caplog: pytest.LogCaptureFixture) -> None:
    over_http(posted, 1, QUICK, caplog)


def test_no_malformed_message_on_the_socket_is_a_fault(lite: BriskStage, caplog: pytest.LogCaptureFixture) -> None:
    over_the_socket(lite, 1, QUICK, caplog)


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("number", range(100, 105))
def test_ten_thousand_malformed_deliveries(
    lite: BriskStage, houses: Any, number: int, caplog: pytest.LogCaptureFixture
) -> None:
    over_the_socket(lite, number, LONG, caplog)
    posted = houses.of("sqlite", http=True)
    posted.begin()
    over_http(posted, number, LONG, caplog)
