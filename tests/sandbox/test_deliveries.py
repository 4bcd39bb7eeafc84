"""How events and interactions reach the app: signed, retried, doubled, reordered, over whom."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk.signature import SignatureVerifier

from sandbox import SLACK_RETRY_DELAYS, Limits, Person, Room, Sandbox, Workspace
from tests.sandbox.conftest import HURRIED, Connect, Ear, Json, actions, button


def test_http_requests_are_signed_whatever_the_clock_says(
    slack: Sandbox, ana: Person, checkout: Room, ear: Ear
) -> None:
    slack.clock.advance(timedelta(days=400))
    ear.answer = lambda _heard: (200, '{"text": "done"}')
    assert ana.command("/escalate", "Move the database?", channel=checkout).text == "done"
    heard = ear.heard[0]
    verifier = SignatureVerifier(slack.signing_secret)
    assert verifier.is_valid_request(heard["body"], heard["headers"])
    assert not SignatureVerifier("another").is_valid_request(heard["body"], heard["headers"])
    command = heard["payload"]
    assert (command["command"], command["text"]) == ("/escalate", "Move the database?")
    assert (command["user_id"], command["channel_name"]) == (ana.id, "checkout")


def test_an_event_that_is_refused_comes_again_with_its_number_and_reason(slack: Sandbox, ana: Person, ear: Ear) -> None:
    ear.answer = lambda _heard: (200 if len(ear.heard) > 2 else 500, "")
    ana.say("hello")
    slack.wait_for(lambda: len(ear.heard) == 3)
    headers = [heard["headers"] for heard in ear.heard]
    assert [h.get("x-slack-retry-num") for h in headers] == [None, "1", "2"]
    assert headers[1]["x-slack-retry-reason"] == "http_error"
    assert len({heard["payload"]["event_id"] for heard in ear.heard}) == 1


def test_an_event_is_given_up_after_three_retries(slack: Sandbox, ana: Person, ear: Ear) -> None:
    ear.answer = lambda _heard: (500, "")
    ana.say("hello")
    slack.wait_for(lambda: len(ear.heard) == 4)
    slack.wait_for(lambda: slack.deliveries()[-1].done)
    assert [d.attempt for d in slack.deliveries("events_api")] == [0, 1, 2, 3]


def test_an_app_can_refuse_further_retries(slack: Sandbox, ana: Person, ear: Ear) -> None:
    ear.answer = lambda _heard: (500, "")
    ear.headers = {"X-Slack-No-Retry": "1"}
    ana.say("hello")
    slack.wait_for(lambda: [d for d in slack.deliveries() if d.done])
    slack.settle(calm=0.2)
    assert len(ear.heard) == 1


@pytest.mark.parametrize("limits", [HURRIED])
def test_a_late_ack_is_a_failure_and_the_event_comes_again(slack: Sandbox, ana: Person, ear: Ear) -> None:
    late = threading.Event()

    def answer(_heard: Json) -> tuple[int, str]:
        if len(ear.heard) == 1:
            late.wait(5)
        return 200, ""

    ear.answer = answer
    ana.say("hello")
    slack.wait_for(lambda: len(ear.heard) == 2)
    late.set()
    assert ear.heard[1]["headers"]["x-slack-retry-reason"] == "http_timeout"
    first = slack.deliveries("events_api")[0]
    assert (first.acked, first.error) == (False, "http_timeout")
    assert first.ack_ms >= 350


@pytest.mark.parametrize(("status", "told"), [(500, "http_service_error"), (404, "http_service_error")])
def test_a_command_is_not_retried_and_the_person_is_told(
    slack: Sandbox, ana: Person, ear: Ear, status: int, told: str
) -> None:
    ear.answer = lambda _heard: (status, "")
    reply = ana.command("/escalate")
    assert (reply.acked, reply.error) == (False, told)
    assert ana.alerts == [told]
    slack.settle(calm=0.2)
    assert len(ear.heard) == 1


def test_a_command_without_an_app_fails_at_once(slack: Sandbox, ana: Person) -> None:
    assert ana.command("/escalate").error == "dispatch_failed"
    slack.send_events_to("http://127.0.0.1:9/slack/events")
    assert ana.command("/escalate").error == "dispatch_failed"


def hears(app: App, seen: list[str]) -> None:
    @app.message("")
    def hear(message: Json) -> None:
        seen.append(message["text"])


@pytest.mark.parametrize("limits", [HURRIED])
def test_an_unacked_command_times_out_over_a_socket(ana: Person, connect: Connect) -> None:
    def never(app: App) -> None:
        @app.command("/never")
        def listen() -> None:
            """Does its work and forgets to ack."""

    connect(never)
    reply = ana.command("/never")
    assert (reply.acked, reply.error) == (False, "operation_timeout")


def test_retries_over_a_socket_carry_their_number_too(slack: Sandbox, ana: Person, connect: Connect) -> None:
    seen: list[str] = []
    numbers: list[Any] = []

    def register(app: App) -> None:
        @app.use
        def note(request: Any, next: Any) -> None:
            numbers.append(request.headers.get("x-slack-retry-num", ["0"])[0])
            next()

        hears(app, seen)

    slack.faults.add("lose_ack", event="message.im")
    connect(register)
    ana.say("hello")
    slack.wait_for(lambda: seen == ["hello", "hello"])
    assert numbers == ["0", "1"]


def test_each_event_goes_to_one_of_the_sockets(slack: Sandbox, ana: Person, connect: Connect) -> None:
    first: list[str] = []
    second: list[str] = []
    connect(lambda app: hears(app, first))
    connect(lambda app: hears(app, second))
    for number in range(24):
        ana.say(str(number))
    slack.wait_for(lambda: len(first) + len(second) == 24)
    assert sorted([*first, *second], key=int) == [str(number) for number in range(24)]
    assert first
    assert second


def test_an_event_waits_for_the_app_to_come(slack: Sandbox, ana: Person, connect: Connect) -> None:
    seen: list[str] = []
    ana.say("before it came")
    slack.wait_for(lambda: [d for d in slack.deliveries() if d.error == "no_connection"])
    connect(lambda app: hears(app, seen))
    slack.wait_for(lambda: seen == ["before it came"])


def test_the_app_comes_back_on_a_new_socket_when_it_is_asked_to(slack: Sandbox, ana: Person, connect: Connect) -> None:
    seen: list[str] = []
    connect(lambda app: hears(app, seen))
    slack.close_sockets(warn=True)
    slack.wait_for(lambda: slack.sockets == 1)
    ana.say("after the refresh")
    slack.wait_for(lambda: seen == ["after the refresh"])
    assert len(slack.requests("apps.connections.open")) == 2


def test_events_can_come_twice_or_in_another_order(slack: Sandbox, ana: Person, ear: Ear) -> None:
    slack.faults.add("duplicate", event="message.im")
    ana.say("twice")
    slack.wait_for(lambda: len(ear.heard) == 2)
    assert len({heard["payload"]["event_id"] for heard in ear.heard}) == 1
    ear.heard.clear()
    slack.faults.add("reorder", event="message.im")
    ana.say("first")
    ana.say("second")
    slack.wait_for(lambda: len(ear.heard) == 2)
    assert [h["payload"]["event"]["text"] for h in ear.heard] == ["second", "first"]


def test_slack_s_own_minutes_between_retries_pass_with_the_clock(ear: Ear) -> None:
    with Sandbox(limits=Limits(retry_delays=SLACK_RETRY_DELAYS)) as slack:
        ana = slack.workspace("Acme").add_user("Ana")
        slack.send_events_to(ear.url)
        ear.answer = lambda _heard: (500, "")
        ana.say("hello")
        slack.wait_for(lambda: len(ear.heard) == 2)
        slack.settle()
        slack.clock.advance(timedelta(minutes=1))
        slack.wait_for(lambda: len(ear.heard) == 3)
        slack.settle()
        slack.retry_now()
        slack.wait_for(lambda: len(ear.heard) == 4)


# What the manifest lets through


MANIFEST: Json = {
    "display_information": {"name": "Threshold"},
    "features": {
        "slash_commands": [{"command": "/escalate", "description": "Ask", "should_escape": True}],
        "shortcuts": [
            {
                "callback_id": "from_message",
                "type": "message",
                "name": "Escalate",
                "description": "Ask",
            }
        ],
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
    },
    "oauth_config": {"scopes": {"bot": ["im:history", "chat:write", "commands", "groups:read"]}},
    "settings": {
        "socket_mode_enabled": True,
        "event_subscriptions": {
            "bot_events": ["message.im", "message.channels", "app_home_opened", "member_joined_channel"]
        },
        "interactivity": {"is_enabled": True},
    },
}


def test_only_what_the_manifest_declares_reaches_the_app(ear: Ear) -> None:
    with Sandbox(MANIFEST, limits=Limits(rates=False)) as slack:
        slack.send_events_to(ear.url)
        acme = slack.workspace("Acme")
        ana, ben = acme.add_user("Ana"), acme.add_user("Ben")
        checkout = acme.add_channel("checkout", [ana, ben])
        secret = acme.add_channel("secret", [ana], private=True)
        assert ana.command("/other").error == "invalid_command"
        assert ana.shortcut("unknown").error == "invalid_shortcut"
        said = ana.say("without channels:history", checkout)
        assert ana.shortcut("from_message", said).acked
        checkout.add(acme.add_user("Cy"))  # channels:read was not granted
        secret.add(ben)
        ben.change(tz="Europe/Berlin")  # user_change is not subscribed
        ana.say("a direct message")
        ana.open_home()
        ana.command("/escalate", "ask @ben in #checkout", channel=checkout)
        slack.settle()
        heard = [h["payload"] for h in ear.heard]
        kinds = [p.get("event", {}).get("type") or p["type"] for p in heard]
        assert sorted(kinds) == [
            "app_home_opened",
            "command",
            "member_joined_channel",
            "message",
            "message_action",
        ]
        command = next(p for p in heard if p["type"] == "command")
        assert command["text"] == f"ask <@{ben.id}|ben> in <#{checkout.id}|checkout>"
        joined = next(p["event"] for p in heard if p.get("event", {}).get("user") == ben.id)
        assert (joined["channel"], joined["channel_type"]) == (secret.id, "G")


def test_a_bot_hears_its_own_messages_and_nothing_from_where_it_is_not(
    slack: Sandbox, acme: Workspace, ana: Person, checkout: Room, ear: Ear, client: Any
) -> None:
    elsewhere = acme.add_channel("elsewhere", [ana], bot=False)
    ana.say("unheard", elsewhere)
    client.chat_postMessage(channel=checkout.id, text="mine")
    ana.say(f"hey <@{acme.bot_user_id}>", checkout)
    slack.settle()
    assert {p["event"]["text"] for p in ear.payloads("message")} == {
        "mine",
        f"hey <@{acme.bot_user_id}>",
    }
    own = next(p["event"] for p in ear.payloads("message") if p["event"]["text"] == "mine")
    assert (own["bot_id"], own["channel_type"]) == (acme.state.bot_id, "channel")
    assert len(ear.payloads("app_mention")) == 1


def test_what_happens_to_accounts_channels_and_the_app_is_told(
    slack: Sandbox, acme: Workspace, ana: Person, checkout: Room, ear: Ear
) -> None:
    acme.add_user("Ben", joins=True)
    ana.deactivate()
    checkout.archive()
    checkout.delete()
    acme.uninstall()
    slack.settle()
    events = {h["payload"]["event"]["type"]: h["payload"]["event"] for h in ear.heard}
    assert set(events) == {
        "team_join",
        "user_change",
        "channel_archive",
        "channel_deleted",
        "message",
        "tokens_revoked",
        "app_uninstalled",
    }
    assert events["user_change"]["user"]["deleted"] is True
    assert events["message"]["subtype"] == "channel_archive"
    assert events["channel_deleted"]["channel"] == checkout.id


def test_a_double_click_is_two_interactions(slack: Sandbox, ana: Person, checkout: Room, ear: Ear, client: Any) -> None:
    client.chat_postMessage(channel=checkout.id, text="t", blocks=[actions(button("Go", "go"))])
    message = slack.wait_for(lambda: ana.latest(checkout))
    slack.faults.add("duplicate", event="interactive")
    ana.click(message, "Go")
    slack.wait_for(lambda: len(ear.payloads("block_actions")) == 2)
    assert slack.count_interactions(ana) == 1


def test_a_manifest_slack_would_refuse_is_refused() -> None:
    with pytest.raises(ValueError, match="missing required field: description"):
        Sandbox({**MANIFEST, "features": {"slash_commands": [{"command": "/escalate"}]}})


def test_each_event_belongs_to_its_own_workspace(slack: Sandbox, acme: Workspace, ana: Person, ear: Ear) -> None:
    hank = slack.workspace("Globex").add_user("Hank")
    ana.say("from Acme")
    hank.say("from Globex")
    slack.settle()
    told = {p["event"]["text"]: p for p in ear.payloads("message")}
    assert told["from Acme"]["team_id"] == acme.id
    globex = told["from Globex"]
    assert (globex["team_id"], globex["event"]["user"]) == (hank.state.team_id, hank.id)
    assert globex["authorizations"][0]["user_id"] != acme.bot_user_id


def test_a_url_proves_itself_by_its_challenge(slack: Sandbox, ear: Ear) -> None:
    assert not slack.verify_events_url()
    ear.answer = lambda heard: (200, heard["payload"]["challenge"])
    assert slack.verify_events_url()


def test_many_people_at_once_are_all_served(slack: Sandbox, acme: Workspace, connect: Connect) -> None:
    def register(app: App) -> None:
        @app.command("/ask")
        def ask(ack: Any, body: Json) -> None:
            ack(f"for {body['user_id']}")

    connect(register)
    people = [acme.add_user(f"Person {n}") for n in range(20)]
    with ThreadPoolExecutor(10) as pool:
        replies = list(pool.map(lambda person: person.command("/ask"), people))
    assert [r.text for r in replies] == [f"for {person.id}" for person in people]
