"""What the sandbox does when it is told to misbehave, and the rates it holds by itself."""

from __future__ import annotations

import time
from http.client import IncompleteRead
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from sandbox import Clock, Limits, Person, Room, Sandbox, Workspace
from sandbox.world.rates import Rates
from tests.sandbox.conftest import Connect, error


def said(ana: Person, room: Room) -> list[str]:
    return [m.text for m in ana.sees(room)]


def test_a_rate_limit_says_when_to_come_back(slack: Sandbox, ana: Person, checkout: Room, client: WebClient) -> None:
    slack.faults.add("ratelimited", method="chat.postMessage", retry_after=7)
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=checkout.id, text="x")
    response: Any = caught.value.response
    assert (response.status_code, response["error"]) == (429, "ratelimited")
    assert response.headers["Retry-After"] == "7"
    client.chat_postMessage(channel=checkout.id, text="y")
    assert said(ana, checkout) == ["y"]


def test_a_well_kept_client_waits_and_tries_again(
    slack: Sandbox, ana: Person, checkout: Room, client: WebClient
) -> None:
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=1))
    slack.faults.add("ratelimited", method="chat.postMessage")
    client.chat_postMessage(channel=checkout.id, text="patient")
    assert said(ana, checkout) == ["patient"]
    assert [r.status for r in slack.requests("chat.postMessage")] == [429, 200]


def test_a_fault_strikes_only_what_it_names(
    slack: Sandbox, acme: Workspace, ana: Person, checkout: Room, client: WebClient
) -> None:
    other = acme.add_channel("other", [ana])
    slack.faults.add("server_error", method="chat.postMessage", channel=checkout.id)
    client.chat_postMessage(channel=other.id, text="fine")
    client.auth_test()
    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel=checkout.id, text="x")
    assert (said(ana, other), said(ana, checkout)) == (["fine"], [])


@pytest.mark.parametrize(
    ("kind", "done"),
    [
        ("server_error", False),
        ("unavailable", False),
        ("internal_error", False),
        ("server_error_after", True),
        ("fatal_error", True),
        ("corrupt", True),
    ],
)
def test_a_failure_comes_before_or_after_the_work(
    slack: Sandbox, ana: Person, checkout: Room, client: WebClient, kind: Any, done: bool
) -> None:
    slack.faults.add(kind, method="chat.postMessage")
    with pytest.raises((SlackApiError, ValueError)):
        client.chat_postMessage(channel=checkout.id, text="x")
    assert bool(said(ana, checkout)) is done


@pytest.mark.parametrize(("kind", "done"), [("timeout_before", False), ("timeout_after", True)])
def test_a_time_out_comes_before_or_after_the_work(
    slack: Sandbox, acme: Workspace, ana: Person, checkout: Room, kind: Any, done: bool
) -> None:
    hasty = WebClient(acme.bot_token, slack.api_url, timeout=1, retry_handlers=[])
    slack.faults.add(kind, method="chat.postMessage", seconds=0.1)
    with pytest.raises(OSError):
        hasty.chat_postMessage(channel=checkout.id, text="x")
    assert bool(said(ana, checkout)) is done
    assert slack.requests("chat.postMessage")[-1].fault == kind


@pytest.mark.parametrize(("kind", "done"), [("closed", False), ("half_answer", True)])
def test_a_line_is_cut_before_the_work_or_in_the_middle_of_the_answer(
    slack: Sandbox, acme: Workspace, ana: Person, checkout: Room, kind: Any, done: bool
) -> None:
    hasty = WebClient(acme.bot_token, slack.api_url, retry_handlers=[])
    slack.faults.add(kind, method="chat.postMessage")
    with pytest.raises((OSError, IncompleteRead)):
        hasty.chat_postMessage(channel=checkout.id, text="x")
    assert bool(said(ana, checkout)) is done


@pytest.mark.parametrize("kind", ["internal_error", "fatal_error"])
def test_slack_names_its_own_trouble(slack: Sandbox, checkout: Room, client: WebClient, kind: Any) -> None:
    slack.faults.add(kind, method="chat.postMessage")
    assert error(lambda: client.chat_postMessage(channel=checkout.id, text="x")) == kind


def test_a_line_that_hangs_holds_up_no_end(acme: Workspace, slack: Sandbox) -> None:
    """The caller gives up first; `stop` does not wait for the line either."""
    hasty = WebClient(acme.bot_token, slack.api_url, timeout=1, retry_handlers=[])
    slack.faults.add("timeout_before", method="auth.test")
    with pytest.raises(TimeoutError):
        hasty.auth_test()
    began = time.monotonic()
    slack.stop()
    assert time.monotonic() - began < 1


def test_sockets_can_be_cut_as_a_request_comes(slack: Sandbox, connect: Connect, client: WebClient) -> None:
    connect(lambda app: app)
    slack.faults.add("close_sockets", method="auth.test")
    client.auth_test()
    assert slack.sockets == 0


def test_a_fault_nobody_knows_is_refused(slack: Sandbox) -> None:
    nonsense: Any = "earthquake"
    with pytest.raises(ValueError, match="no such fault: earthquake"):
        slack.faults.add(nonsense)


# Rates


def test_a_tier_refills_through_its_minute() -> None:
    now = [0.0]
    rates = Rates(Limits(), lambda: now[0])
    assert [rates.check("users.list", "T1", 2) for _ in range(21)] == [0] * 20 + [3]
    assert rates.check("users.list", "T2", 2) == 0
    now[0] = 3.0
    assert rates.check("users.list", "T1", 2) == 0
    assert rates.check("users.list", "T1", 2) == 3


def test_a_channel_takes_one_message_a_second_after_a_small_burst() -> None:
    now = [0.0]
    rates = Rates(Limits(message_burst=3), lambda: now[0])
    assert [rates.check_post("C1") for _ in range(4)] == [0, 0, 0, 1]
    assert rates.check_post("C2") == 0
    now[0] = 1.0
    assert [rates.check_post("C1") for _ in range(2)] == [0, 1]


def test_rates_hold_over_the_wire_and_setting_the_clock_does_not_help() -> None:
    clock = Clock(monotonic=lambda: 0.0)
    with Sandbox(clock=clock, limits=Limits(message_burst=2)) as slack:
        acme = slack.workspace("Acme")
        room = acme.add_channel("busy")
        client = WebClient(acme.bot_token, slack.api_url)
        for text in "ab":
            client.chat_postMessage(channel=room.id, text=text)
        assert error(lambda: client.chat_postMessage(channel=room.id, text="c")) == "ratelimited"
        clock.set(clock.now().replace(year=2030))
        assert error(lambda: client.chat_postMessage(channel=room.id, text="c")) == "ratelimited"


def test_rates_can_be_scaled_or_switched_off() -> None:
    assert not any(Rates(Limits(rates=False), lambda: 0.0).check_post("C") for _ in range(99))
    twice = Rates(Limits(rate_scale=2.0), lambda: 0.0)
    assert [twice.check("m", "T", 1) for _ in range(3)] == [0, 0, 30]
