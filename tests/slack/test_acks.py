"""An ack leaves when it is given, not when somebody next looks. A fault before it is said, one after it is not."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

import pytest
from slack_bolt import Ack, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from app.slack.bolt_app import BoltApp
from app.slack.crowded import CROWDED_AFTER
from app.slack.listeners import faults
from app.telemetry.arrival import arrived
from app.words.errors import busy

BODY = urlencode({"command": "/escalate", "team_id": "T1", "user_id": "U1", "channel_id": "C1", "text": "x"})


def answered(listener: Callable[..., None]) -> BoltResponse:
    app = BoltApp(
        client=WebClient("xoxb-1"), signing_secret="s", token_verification_enabled=False, authorize=_authorized,
        request_verification_enabled=False, raise_error_for_unhandled_request=False,
    )  # fmt: skip
    app.command("/escalate")(listener)
    faults.guard(app)
    headers: dict[str, str | Sequence[str]] = {"content-type": ["application/x-www-form-urlencoded"]}
    return app.dispatch(BoltRequest(body=BODY, headers=headers, mode="http"))


def _authorized(**_: Any) -> Any:
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1")


def test_the_ack_leaves_while_the_listener_goes_on() -> None:
    acked, go_on, over = threading.Event(), threading.Event(), threading.Event()

    def listener(ack: Ack) -> None:
        ack("seen")
        acked.set()
        go_on.wait(20)
        over.set()

    response = answered(listener)
    assert (response.status, "seen" in response.body) == (200, True)
    assert not over.is_set(), "nobody waited for the rest"
    go_on.set()
    assert over.wait(20)


def test_what_has_waited_too_long_for_its_turn_is_told_so_while_slack_still_listens() -> None:
    """Not begun, so nothing is done behind the back of somebody who tries again."""
    begun: list[str] = []

    def listener(ack: Ack) -> None:
        begun.append("begun")
        ack("done")

    for seconds, expected in ((0.0, "done"), (CROWDED_AFTER + 0.2, "try again in a few seconds")):
        begun.clear()
        with arrived(time.monotonic() - seconds):
            response = answered(listener)
        assert (response.status, expected in response.body) == (200, True)
        assert bool(begun) == (expected == "done")


def test_a_fault_before_the_ack_is_a_500_and_a_database_that_is_away_is_told_to_whoever_typed() -> None:
    def failing(error: Exception) -> Callable[..., None]:
        def listener(ack: Ack) -> None:
            raise error

        return listener

    assert answered(failing(ValueError("secret"))).status == 500
    response = answered(failing(busy()))
    assert (response.status, busy().sentence in response.body) == (200, True)


def test_a_fault_after_the_ack_does_not_take_it_back() -> None:
    def listener(ack: Ack) -> None:
        ack("seen")
        raise ValueError("afterwards")

    response = answered(listener)
    assert (response.status, "seen" in response.body) == (200, True)


def test_a_listener_that_ends_without_an_ack_is_not_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    began = time.monotonic()
    response = answered(lambda ack: None)
    assert response.status == 404
    assert time.monotonic() - began < 2.5, "Bolt's own patience is three seconds"
