"""The same over signed HTTP: late, doubled, locked out, and requests that Slack did not send."""

import json
import logging
import urllib.error
import urllib.request
from urllib.parse import urlencode

import pytest

from app.slack.ids import Modal
from sandbox.deliveries.courier import signature
from tests.e2e import scenes
from tests.e2e.house import BriskStage, Tale, settled
from tests.e2e.test_bad_input_weather import BUSY, locked


@pytest.fixture
def wired(posted: BriskStage) -> Tale:
    return Tale(posted, settled(posted))


def test_a_decision_is_signed_over_http_and_every_delivery_counts_once(wired: Tale) -> None:
    id = scenes.in_review(wired)
    vera, faults = wired.cast.vera, wired.stage.slack.faults
    wired.taps(vera, "sign_open:approve")
    faults.add("duplicate", event="interactive")
    wired.must(vera.submit({"said": "Go."}))
    faults.add("duplicate", event="slash_commands")
    wired.command(wired.cast.nia, "Move the warehouse", wired.cast.retail)
    faults.add("lose_ack", event="message.im")
    wired.cast.priya.say("Change the logo")
    wired.stage.slack.retry_now()
    wired.stage.pump()
    assert scenes.happened(wired, id, "sign") == 1
    assert scenes.decisions(wired) == 3


def test_a_locked_database_is_said_over_http_and_an_event_comes_again(wired: Tale) -> None:
    id = scenes.in_review(wired)
    vera, stage = wired.cast.vera, wired.stage
    wired.taps(vera, "sign_open:approve")
    with locked(stage):
        wired.cast.priya.say("Change the logo")
        done = vera.submit({"said": "Go."})
    assert BUSY in str(done.errors)
    stage.slack.retry_now()
    stage.slack.wait_for(lambda: scenes.decisions(wired) == 2, what="the message to be delivered again")
    stage.pump()
    wired.must(vera.submit())
    assert scenes.happened(wired, id, "sign") == 1
    assert scenes.count(wired.cast.priya, "Question 1") == 1


def _answer(stage: BriskStage, body: str, headers: dict[str, str]) -> int:
    request = urllib.request.Request(stage.slack.courier.url, body.encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_what_slack_did_not_send_is_refused_and_does_nothing(posted: BriskStage) -> None:
    command = "command=%2Fescalate&text=Sell+the+house&team_id=T1&user_id=U1&trigger_id=1.2.3&channel_id=C1"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    asked = {"Content-Type": "application/json"}
    right = signature(posted.slack.signing_secret, command)
    assert _answer(posted, command, form) == 401
    assert _answer(posted, command + "+now", form | right) == 401
    assert _answer(posted, command, form | signature("another secret", command)) == 401
    for garbage in ("{", "[]", "null", '{"type":'):
        signed = asked | signature(posted.slack.signing_secret, garbage)
        assert _answer(posted, garbage, signed) in (400, 404), garbage
    for payload in ("payload=%7B", "payload=" + json.dumps([1]), "nothing=1"):
        signed = form | signature(posted.slack.signing_secret, payload)
        assert 400 <= _answer(posted, payload, signed) < 500, payload
    posted.pump()
    with posted.bot.db.read() as session:
        from app.db.models import Inbound

        assert session.query(Inbound).count() == 0


def test_a_command_that_speaks_of_a_payload_is_no_empty_one(wired: Tale) -> None:
    """Bolt reads any form with that word in it as an interaction."""
    wired.command(wired.cast.sam, "Raise the payload= limit & the payload fee", wired.cast.retail)
    assert "Raise the payload= limit" in scenes.last(wired.cast.sam)


def test_a_genuine_request_that_is_played_again_counts_once(wired: Tale) -> None:
    sam, stage, retail = wired.cast.sam, wired.stage, wired.cast.retail
    trigger = stage.slack.world.new_trigger(stage.ws.state, sam.id, channel_id=retail.id)
    fields = {
        "command": "/escalate", "text": "Sell the house", "team_id": stage.ws.id, "user_id": sam.id,
        "channel_id": retail.id, "channel_name": "retail", "trigger_id": trigger,
    }  # fmt: skip
    body = urlencode(fields)
    signed = {"Content-Type": "application/x-www-form-urlencoded"} | signature(stage.slack.signing_secret, body)
    assert [_answer(stage, body, signed) for _ in range(3)] == [200, 200, 200]
    assert scenes.decisions(wired) == 1
    told = {"type": "message", "channel_type": "im", "user": sam.id, "text": "Buy it back", "channel": sam.dm().id}
    event = json.dumps({"type": "event_callback", "team_id": stage.ws.id, "event_id": "Ev0REPLAY", "event": told})
    signed = {"Content-Type": "application/json"} | signature(stage.slack.signing_secret, event)
    assert [_answer(stage, event, signed) for _ in range(3)] == [200, 200, 200]
    stage.pump()
    assert scenes.count(sam, "Which decision is this for?") == 1


def test_a_form_that_names_no_workspace_is_answered(posted: BriskStage, caplog: pytest.LogCaptureFixture) -> None:
    block = {"type": "input", "block_id": "said", "label": {"type": "plain_text", "text": "Say"}, "element": {}}
    view = {"type": "modal", "callback_id": Modal.START.value, "private_metadata": "{}", "blocks": [block]}
    form = {"type": "view_submission", "user": {"id": "U1"}, "trigger_id": "1.2.3", "view": view}
    body = urlencode({"payload": json.dumps(form)})
    signed = {"Content-Type": "application/x-www-form-urlencoded"} | signature(posted.slack.signing_secret, body)
    assert _answer(posted, body, signed) == 200
    assert [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR] == []
