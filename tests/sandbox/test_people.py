"""What people see and do: who sees what, clicks in messages, response_url, what is counted."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from datetime import timedelta

import pytest
from slack_sdk import WebClient

from sandbox import Message, Person, Room, Sandbox, Workspace
from tests.sandbox.conftest import DOORS, TEXT, Ear, Json, actions, button, field, option, plain, section


def respond(url: str, body: Json) -> tuple[int, str]:
    data = json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, json.load(refused)["error"]


def post(client: WebClient, room: Room, ana: Person, *blocks: Json) -> Message:
    client.chat_postMessage(channel=room.id, text="t", blocks=list(blocks))
    message = ana.latest(room)
    assert message is not None
    return message


# Who sees what


def test_each_person_sees_what_slack_would_show_her(acme: Workspace, ana: Person) -> None:
    ben, guest = acme.add_user("Ben"), acme.add_user("Gus", guest=True)
    public = acme.add_channel("public", [ana])
    private = acme.add_channel("private", [ana], private=True)
    shared = acme.add_channel("shared", [ana, guest])
    for room in (public, private, shared):
        ana.say("hello", room)
    assert [len(ben.sees(room)) for room in (public, private, shared)] == [1, 0, 1]
    assert [len(guest.sees(room)) for room in (public, private, shared)] == [0, 0, 1]
    ben.deactivate()
    assert ben.sees(public) == []
    assert ben.sees(ana.dm()) == []


def test_a_person_cannot_write_where_she_is_not(acme: Workspace, ana: Person) -> None:
    room = acme.add_channel("others", bot=True)
    with pytest.raises(AssertionError, match="Ana is not in #others"):
        ana.say("hi", room)
    room.add(ana)
    room.archive()
    with pytest.raises(AssertionError, match="#others is archived"):
        ana.say("hi", room)


def test_a_thread_shows_its_parent_and_replies(checkout: Room, ana: Person) -> None:
    parent = ana.say("parent", checkout)
    ana.say("reply", checkout, thread_ts=parent.ts)
    assert [m.text for m in ana.sees(checkout)] == ["parent"]
    assert [m.text for m in ana.sees(checkout, parent.ts)] == ["parent", "reply"]


# Clicks


def test_a_click_tells_the_app_all_that_slack_tells(
    acme: Workspace, checkout: Room, ana: Person, client: WebClient, ear: Ear
) -> None:
    form = field("Why?", "why", TEXT)
    message = post(client, checkout, ana, form, actions(button("Go", "go", "D-1")))
    assert message.buttons == ["Why?", "Go"]
    reply = ana.click(message, "Go", fill={"Why?": "because"})
    assert reply.acked
    sent = ear.payloads("block_actions")[0]
    assert sent["team"] == {"id": acme.id, "domain": "acme"}
    assert (sent["user"]["id"], sent["channel"]) == (ana.id, {"id": checkout.id, "name": "checkout"})
    assert sent["container"]["message_ts"] == sent["message"]["ts"] == message.ts
    assert sent["state"]["values"]["why"]["answer"]["value"] == "because"
    action = sent["actions"][0]
    assert (action["type"], action["action_id"], action["value"]) == ("button", "go", "D-1")
    assert sent["trigger_id"]
    assert sent["response_url"].startswith("http")


def test_what_shares_a_name_is_told_apart_by_its_value(
    checkout: Room, ana: Person, client: WebClient, ear: Ear
) -> None:
    twice = actions(button("Open", "open_1", "D-1"), button("Open", "open_2", "D-2"))
    message = post(client, checkout, ana, twice)
    with pytest.raises(AssertionError, match="2 things are called 'Open'"):
        ana.click(message, "Open")
    ana.click(message, "Open", value="D-2")
    assert ear.payloads("block_actions")[0]["actions"][0]["action_id"] == "open_2"


def test_selects_overflows_and_dates_are_clicked_with_a_value(
    checkout: Room, ana: Person, client: WebClient, ear: Ear
) -> None:
    menu: Json = {"type": "overflow", "action_id": "more", "options": [option("Hold", "hold")]}
    message = post(
        client,
        checkout,
        ana,
        section("x", accessory={**DOORS, "action_id": "door"}),
        actions(menu, {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-01"}),
    )
    ana.click(message, "door", "One-way")
    ana.click(message, "Hold")
    ana.click(message, "day", "2026-12-01")
    acted = [p["actions"][0] for p in ear.payloads("block_actions")]
    assert acted[0]["selected_option"]["value"] == "one"
    assert acted[1]["selected_option"]["value"] == "hold"
    assert (acted[2]["selected_date"], acted[2]["initial_date"]) == ("2026-12-01", "2026-11-01")
    state = ear.payloads("block_actions")[2]["state"]["values"]
    assert [s["selected_option"]["value"] for b in state.values() for s in b.values() if "selected_option" in s] == [
        "one"
    ]


def test_a_window_that_was_not_refreshed_can_still_be_clicked(
    checkout: Room, ana: Person, client: WebClient, ear: Ear
) -> None:
    message = post(client, checkout, ana, actions(button("Go", "go")))
    client.chat_update(channel=checkout.id, ts=message.ts, text="done", blocks=[])
    with pytest.raises(AssertionError, match="there is nothing called 'Go'"):
        ana.click(message, "Go")
    assert ana.click(message, "Go", stale=True).acked


def test_a_button_that_asks_first_is_clicked_through(checkout: Room, ana: Person, client: WebClient, ear: Ear) -> None:
    sure: Json = {"title": {"type": "plain_text", "text": "Sure?"}}
    sure |= {"text": sure["title"], "confirm": sure["title"], "deny": sure["title"]}
    message = post(client, checkout, ana, actions(button("Drop", "drop", confirm=sure)))
    assert ana.click(message, "Drop").confirmed


def test_what_only_she_sees_only_she_clicks(
    acme: Workspace, checkout: Room, ana: Person, client: WebClient, ear: Ear
) -> None:
    client.chat_postEphemeral(channel=checkout.id, user=ana.id, text="t", blocks=[actions(button("Go", "go"))])
    message = ana.latest(checkout)
    assert message is not None
    ben = acme.add_user("Ben")
    checkout.add(ben)
    with pytest.raises(AssertionError):
        ben.click(message, "Go")
    ana.click(message, "Go")
    sent = ear.payloads("block_actions")[0]
    assert sent["container"]["is_ephemeral"] is True
    assert "message" not in sent


# response_url


@pytest.fixture
def url(ana: Person, checkout: Room, ear: Ear) -> str:
    ana.command("/ask", channel=checkout)
    return str(ear.payloads("command")[0]["response_url"])


def test_a_response_url_serves_five_times(url: str, ana: Person, checkout: Room) -> None:
    for number in range(5):
        assert respond(url, {"text": str(number)}) == (200, "ok")
    assert respond(url, {"text": "six"}) == (404, "used_url")
    assert [m.text for m in ana.sees(checkout)] == ["0", "1", "2", "3", "4"]
    assert all(m.ephemeral_to == ana.id for m in ana.sees(checkout))


def test_a_response_url_lives_half_an_hour_of_the_clock(slack: Sandbox, url: str) -> None:
    slack.clock.advance(timedelta(minutes=29))
    assert respond(url, {"text": "in time"})[0] == 200
    slack.clock.advance(timedelta(minutes=2))
    assert respond(url, {"text": "late"}) == (404, "expired_url")


def test_a_response_is_checked_and_may_be_for_everybody(url: str, acme: Workspace, checkout: Room) -> None:
    ben = acme.add_user("Ben")
    assert respond(url, {"text": "t", "blocks": [section("x" * 3001)]}) == (400, "invalid_blocks")
    assert respond(url, {"text": "for all", "response_type": "in_channel"})[0] == 200
    assert [m.text for m in ben.sees(checkout)] == ["for all"]


def test_a_click_s_response_replaces_or_deletes_what_was_clicked(
    checkout: Room, ana: Person, client: WebClient, ear: Ear
) -> None:
    message = post(client, checkout, ana, actions(button("Go", "go")))
    ana.click(message, "Go")
    url = ear.payloads("block_actions")[0]["response_url"]
    assert respond(url, {"text": "done", "replace_original": True})[0] == 200
    assert [(m.text, m.buttons) for m in ana.sees(checkout)] == [("done", [])]
    assert respond(url, {"delete_original": True})[0] == 200
    assert ana.sees(checkout) == []


# An account of it


def test_what_a_person_had_to_do_is_counted(
    slack: Sandbox, checkout: Room, ana: Person, client: WebClient, ear: Ear
) -> None:
    ana.command("/ask", channel=checkout)
    message = post(client, checkout, ana, actions(button("Go", "go")))
    ana.click(message, "Go")
    ana.say("and a word", checkout)
    ana.sees(checkout)
    assert slack.count_interactions(ana) == 3


def test_a_wait_in_vain_draws_what_everybody_sees(slack: Sandbox, ana: Person) -> None:
    ana.say("anybody there?")
    with pytest.raises(AssertionError, match=r"(?s)waited 0.05 s for a reply.*anybody there\?"):
        slack.wait_for(lambda: False, timeout=0.05, what="a reply")


def test_feedback_is_found_by_its_label(
    slack: Sandbox, ana: Person, checkout: Room, client: WebClient, ear: Ear
) -> None:
    sides = {
        "positive_button": {"text": plain("Good"), "value": "+"},
        "negative_button": {"text": plain("Bad"), "value": "-"},
    }
    block: Json = {"type": "context_actions", "elements": [{"type": "feedback_buttons", "action_id": "f", **sides}]}
    client.chat_postMessage(channel=checkout.id, text="x", blocks=[block])
    message = ana.latest(checkout)
    assert message is not None
    assert message.buttons == ["Good", "Bad"]
    ana.click(message, "Bad")
    assert ear.payloads("block_actions")[0]["actions"][0]["value"] == "-"


def test_a_select_is_found_by_the_label_of_a_group_and_takes_its_options(
    ana: Person, checkout: Room, client: WebClient, ear: Ear
) -> None:
    groups = [{"label": plain("Doors"), "options": [option("Two-way", "two")]}]
    block = actions({"type": "static_select", "action_id": "s", "option_groups": groups})
    client.chat_postMessage(channel=checkout.id, text="x", blocks=[block])
    message = ana.latest(checkout)
    assert message is not None
    assert "Doors" in message.shown
    ana.click(message, "Doors", "Two-way")
    assert ear.payloads("block_actions")[0]["actions"][0]["selected_option"]["value"] == "two"


def test_several_options_of_an_external_select_are_found_by_asking_the_app(
    ana: Person, checkout: Room, client: WebClient, ear: Ear
) -> None:
    offered = [option("Ana", "a"), option("Ben", "b")]
    ear.answer = lambda heard: (200, json.dumps({"options": offered} if "block_suggestion" in heard["body"] else {}))
    block = actions({"type": "multi_external_select", "action_id": "m", "placeholder": plain("Who?")})
    client.chat_postMessage(channel=checkout.id, text="x", blocks=[block])
    message = ana.latest(checkout)
    assert message is not None
    ana.click(message, "Who?", ["Ana", "b"])
    chosen = ear.payloads("block_actions")[0]["actions"][0]["selected_options"]
    assert [one["value"] for one in chosen] == ["a", "b"]
