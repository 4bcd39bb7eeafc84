"""Methods beyond messages and views: steps, links, work objects, lists, canvases, groups, files from elsewhere."""

from __future__ import annotations

import csv
import http.client
import io
import urllib.request
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from sandbox import Limits, Person, Room, Sandbox, Workspace
from tests.sandbox.conftest import Connect, Ear, Json, actions, button, error, refusal
from tests.sandbox.every_method import rich


def heard(slack: Sandbox, name: str) -> list[Json]:
    slack.settle()
    return [delivery.payload["event"] for delivery in slack.deliveries("events_api", name)]


def test_a_step_of_a_workflow_is_handed_over_and_ends_once(
    slack: Sandbox, ana: Person, client: WebClient, ear: Ear
) -> None:
    done, failed = ana.run_step("decide", {"door": "D-42"}), ana.run_step("decide")
    first, _ = heard(slack, "function_executed")
    assert (first["function"]["callback_id"], first["inputs"]) == ("decide", {"door": "D-42"})
    client.functions_completeSuccess(function_execution_id=first["function_execution_id"], outputs={"answer": "yes"})
    client.functions_completeError(function_execution_id=failed.id, error="Nobody is there")
    assert (done.outputs, failed.error) == ({"answer": "yes"}, "Nobody is there")
    again: Json = {"function_execution_id": done.id, "error": "x"}
    assert error(lambda: client.functions_completeError(**again)) == "invalid_function_execution_id"


def test_a_click_in_what_a_step_posted_belongs_to_that_step(
    slack: Sandbox, ana: Person, checkout: Room, connect: Connect
) -> None:
    def register(app: App) -> None:
        @app.function("decide", auto_acknowledge=True)
        def decide(client: WebClient) -> None:
            client.chat_postMessage(channel=checkout.id, text="Which?", blocks=[actions(button("Two-way", "door"))])

        @app.action("door")
        def chosen(ack: Any, complete: Any, inputs: Json) -> None:
            ack()
            complete({"door": inputs["door"]})

    connect(register)
    step = ana.run_step("decide", {"door": "D-42"})
    slack.wait_for(lambda: ana.latest(checkout))
    message = ana.latest(checkout)
    assert message is not None
    ana.click(message, "Two-way")
    slack.wait_for(lambda: step.outputs == {"door": "D-42"})


LINKS: Json = {
    "display_information": {"name": "Door"},
    "features": {"bot_user": {"display_name": "Door"}, "unfurl_domains": ["doors.example"]},
    "oauth_config": {
        "scopes": {"bot": ["chat:write", "links:read", "links:write", "channels:history", "metadata.message:read"]}
    },
    "settings": {
        "socket_mode_enabled": True,
        "event_subscriptions": {
            "bot_events": ["link_shared", "entity_details_requested", "message.channels", "message_metadata_posted"],
            "metadata_subscriptions": [{"app_id": "*", "event_type": "door_opened"}],
        },
    },
}
ENTITY: Json = {
    "entity_type": "slack#/entities/item",
    "external_ref": {"id": "42"},
    "url": "https://www.doors.example/42",
    "entity_payload": {
        "attributes": {"title": {"text": "Move the database"}, "display_id": "D-42"},
        "fields": {"status": {"value": "Open"}},
        "custom_fields": [{"key": "door", "label": "Door", "value": "two-way", "type": "string"}],
    },
}


def test_a_link_to_the_apps_own_things_is_told_and_unfurled_as_a_work_object() -> None:
    with Sandbox(LINKS, limits=Limits(rates=False)) as slack:
        acme = slack.workspace("Acme")
        ana = acme.add_user("Ana")
        room = acme.add_channel("checkout", [ana])
        client = WebClient(acme.bot_token, base_url=slack.api_url)
        ana.say("See https://www.doors.example/42 and https://elsewhere.example", room)
        (shared,) = heard(slack, "link_shared")
        assert shared["links"] == [{"domain": "www.doors.example", "url": "https://www.doors.example/42"}]
        client.chat_unfurl(channel=room.id, ts=shared["message_ts"], metadata={"entities": [ENTITY]})
        message = ana.sees(room)[-1]
        for word in ("Move the database", "D-42", "Open", "two-way"):
            assert word in message.shown
        ana.open_entity(message, "https://www.doors.example/42")
        (asked,) = heard(slack, "entity_details_requested")
        client.entity_presentDetails(trigger_id=asked["trigger_id"], metadata=ENTITY)
        assert ana.flexpane
        assert ana.flexpane["metadata"]["entity_payload"]["attributes"]["display_id"] == "D-42"
        by_id: Json = {"unfurl_id": shared["unfurl_id"], "source": shared["source"]}
        block = {"type": "section", "text": {"type": "mrkdwn", "text": "A *door*"}}
        client.chat_unfurl(unfurls={"https://www.doors.example/42": {"blocks": [block]}}, **by_id)
        assert "A *door*" in ana.sees(room)[-1].shown
        assert "two-way" not in ana.sees(room)[-1].shown
        missing: Json = {"channel": room.id, "ts": "1.0", "unfurls": {}}
        assert error(lambda: client.chat_unfurl(**missing)) == "cannot_find_message"


def test_metadata_is_told_where_the_manifest_names_its_type() -> None:
    with Sandbox(LINKS, limits=Limits(rates=False)) as slack:
        acme = slack.workspace("Acme")
        room = acme.add_channel("checkout", [acme.add_user("Ana")])
        client = WebClient(acme.bot_token, base_url=slack.api_url)
        for kind in ("door_opened", "door_closed"):
            metadata = {"event_type": kind, "event_payload": {"id": 42, "by": None}}
            client.chat_postMessage(channel=room.id, text=kind, metadata=metadata)
        (posted,) = heard(slack, "message_metadata_posted")
        assert (posted["metadata"]["event_type"], posted["channel_id"]) == ("door_opened", room.id)


def test_a_message_may_carry_work_objects_and_nothing_else_in_its_metadata(
    checkout: Room, ana: Person, client: WebClient
) -> None:
    client.chat_postMessage(channel=checkout.id, text="New", metadata={"entities": [ENTITY]})
    assert "two-way" in ana.sees(checkout)[-1].shown
    payload = ENTITY["entity_payload"]
    for half in (
        {"url": "https://doors.example"},
        {**ENTITY, "entity_type": "door"},
        {**ENTITY, "external_ref": {}},
        {**ENTITY, "entity_payload": {**payload, "attributes": {"title": "D-42"}}},
        {**ENTITY, "entity_payload": {**payload, "custom_fields": [{"value": "two-way"}]}},
        {**ENTITY, "entity_payload": {**payload, "actions": {"primary_actions": [{"text": "Open"}]}}},
    ):
        wrong: Json = {"channel": checkout.id, "text": "x", "metadata": {"entities": [half]}}
        assert error(partial(client.chat_postMessage, **wrong)) == "invalid_metadata_format"


def test_blocks_are_looked_at_without_being_sent(client: WebClient, ana: Person) -> None:
    good = {"type": "divider"}
    assert client.api_call("blocks.validate", json={"blocks": [good]})["ok"]
    bad = refusal(lambda: client.api_call("blocks.validate", json={"message": {"blocks": [good, {"type": "mood"}]}}))
    assert (bad["error"], bad["errors"][0]["pointer"]) == ("invalid_blocks", "/blocks/1")
    view = {"type": "modal", "title": {"type": "plain_text", "text": "x" * 25}, "blocks": [good]}
    assert refusal(lambda: client.api_call("blocks.validate", json={"view": view}))["errors"]
    assert error(lambda: client.api_call("blocks.validate", json={})) == "invalid_arguments"


def test_a_list_keeps_rows_by_column(client: WebClient, ana: Person) -> None:
    schema = [{"key": "door", "name": "Door", "type": "text", "is_primary_column": True}]
    made = client.slackLists_create(name="Open doors", schema=schema)
    list_id, column = made["list_id"], made["list_metadata"]["schema"][0]["id"]
    fields = [{"column_id": column, "select": ["two-way"]}]
    item = client.slackLists_items_create(list_id=list_id, initial_fields=fields)["item"]
    cell = {"row_id": item["id"], "column_id": column, "select": ["one-way"]}
    client.slackLists_items_update(list_id=list_id, cells=[cell])
    (row,) = client.slackLists_items_list(list_id=list_id)["items"]
    assert row["fields"][0]["select"] == ["one-way"]
    assert client.slackLists_items_info(list_id=list_id, id=item["id"])["record"]["id"] == item["id"]
    client.slackLists_items_delete(list_id=list_id, id=item["id"])
    assert client.slackLists_items_list(list_id=list_id)["items"] == []
    assert error(lambda: client.slackLists_items_list(list_id="F404")) == "list_not_found"


def test_a_list_is_written_out_and_fetched(slack: Sandbox, acme: Workspace, client: WebClient) -> None:
    made = client.slackLists_create(name="Doors", schema=[{"key": "door", "name": "Door", "type": "rich_text"}])
    which, column = made["list_id"], made["list_metadata"]["schema"][0]["id"]
    for said in ("Move the database", 'Rename "checkout", twice'):
        cell = {"column_id": column, "rich_text": [rich(said)]}
        client.slackLists_items_create(list_id=which, initial_fields=[cell])
    job = client.slackLists_download_start(list_id=which)["job_id"]
    done = client.slackLists_download_get(list_id=which, job_id=job)
    assert done["status"] == "COMPLETED"
    asked = urllib.request.Request(done["download_url"], headers={"Authorization": f"Bearer {acme.bot_token}"})
    with urllib.request.urlopen(asked) as answer:
        rows = list(csv.reader(io.StringIO(answer.read().decode())))
    assert rows == [["Door"], ["Move the database"], ['Rename "checkout", twice']]
    assert error(lambda: client.slackLists_download_get(list_id=which, job_id="Le0")) == "job_not_found"
    assert error(lambda: client.slackLists_download_start(list_id="F404")) == "list_not_found"


@pytest.mark.parametrize("name", ["users.profile.set", "dnd.setSnooze", "reminders.add", "search.all"])
def test_what_takes_a_persons_token_is_refused_as_slack_refuses_it(client: WebClient, name: str) -> None:
    assert error(lambda: client.api_call(name, json={})) == "not_allowed_token_type"
    assert error(lambda: WebClient(base_url=client.base_url).api_call(name)) == "not_authed"
    assert error(lambda: client.api_call("apps.datastore.get", json={})) == "unknown_method"


def test_an_event_and_a_click_carry_the_metadata_of_their_message(
    slack: Sandbox, ana: Person, checkout: Room, client: WebClient, ear: Ear
) -> None:
    about = {"event_type": "door_opened", "event_payload": {"id": 42}}
    blocks = [actions(button("Open", "open"))]
    client.chat_postMessage(channel=checkout.id, text="D-42", metadata=about, blocks=blocks)
    assert heard(slack, "message.channels")[-1]["metadata"] == about
    message = ana.latest(checkout)
    assert message is not None
    ana.click(message, "Open")
    (clicked,) = ear.payloads("block_actions")
    assert clicked["message"]["metadata"] == about
    (read,) = client.conversations_history(channel=checkout.id)["messages"]
    assert "metadata" not in read


def test_what_was_sent_to_the_channel_too_carries_what_it_answers(
    slack: Sandbox, ana: Person, checkout: Room, client: WebClient, ear: Ear
) -> None:
    root = ana.say("Which door?", checkout)
    client.chat_postMessage(channel=checkout.id, text="Two-way", thread_ts=root.ts, reply_broadcast=True)
    told = heard(slack, "message.channels")[-1]
    assert (told["subtype"], told["parent_user_id"], told["root"]["text"]) == (
        "thread_broadcast",
        ana.id,
        "Which door?",
    )
    assert told["root"]["reply_count"] == 1
    _, reply = client.conversations_replies(channel=checkout.id, ts=root.ts)["messages"]
    assert reply["parent_user_id"] == ana.id


def test_a_file_says_where_it_was_shared(acme: Workspace, ana: Person, client: WebClient) -> None:
    secret = acme.add_channel("secret", [ana], private=True)
    message = ana.share_file("memo.txt", b"short", secret)
    (file,) = client.files_list()["files"]
    assert (file["is_public"], file["channels"], file["groups"]) == (False, [], [secret.id])
    assert file["shares"]["private"][secret.id][0]["ts"] == message.ts


def test_a_canvas_is_written_found_in_and_changed(client: WebClient, checkout: Room, ana: Person) -> None:
    text = {"type": "markdown", "markdown": "# Doors\n\nTwo-way first"}
    canvas_id = client.conversations_canvases_create(channel_id=checkout.id, document_content=text)["canvas_id"]
    again: Json = {"channel_id": checkout.id, "document_content": text}
    assert error(lambda: client.conversations_canvases_create(**again)) == "channel_canvas_already_exists"
    criteria = {"section_types": ["any_header"], "contains_text": "doors"}
    (heading,) = client.canvases_sections_lookup(canvas_id=canvas_id, criteria=criteria)["sections"]
    new = {"type": "markdown", "markdown": "One-way last"}
    change = {"operation": "insert_after", "section_id": heading["id"], "document_content": new}
    client.canvases_edit(canvas_id=canvas_id, changes=[change])
    content = client.api_call("canvases.getContent", json={"canvas_id": canvas_id})["content"]
    assert content == "# Doors\n\nOne-way last\n\nTwo-way first"
    client.canvases_delete(canvas_id=canvas_id)
    assert error(lambda: client.canvases_delete(canvas_id=canvas_id)) == "canvas_not_found"


def test_user_groups_are_made_and_filled_and_the_app_hears_of_it(
    slack: Sandbox, ana: Person, client: WebClient, ear: Ear
) -> None:
    group = client.usergroups_create(name="On call", handle="oncall")["usergroup"]
    client.usergroups_users_update(usergroup=group["id"], users=[ana.id])
    assert client.usergroups_users_list(usergroup=group["id"])["users"] == [ana.id]
    assert heard(slack, "subteam_created")[0]["subteam"]["handle"] == "oncall"
    assert heard(slack, "subteam_members_changed")[0]["added_users"] == [ana.id]
    assert error(lambda: client.usergroups_create(name="Other", handle="oncall")) == "handle_already_exists"
    client.usergroups_disable(usergroup=group["id"])
    assert client.usergroups_list()["usergroups"] == []
    assert client.usergroups_list(include_disabled=True)["usergroups"][0]["date_delete"]


def test_a_file_from_elsewhere_is_named_and_shared(client: WebClient, checkout: Room, ana: Person) -> None:
    added = client.files_remote_add(external_id="memo", external_url="https://example.com/memo", title="Memo")["file"]
    client.files_remote_share(external_id="memo", channels=checkout.id)
    assert ana.sees(checkout)[-1].blocks[0]["external_id"] == "memo"
    assert client.files_remote_info(file=added["id"])["file"]["channels"] == [checkout.id]
    client.files_remote_remove(external_id="memo")
    assert error(lambda: client.files_remote_info(external_id="memo")) == "file_not_found"


def test_files_pins_and_reactions_are_told(
    slack: Sandbox, ana: Person, checkout: Room, client: WebClient, ear: Ear
) -> None:
    ana.change(title="PM", status="Away")
    assert heard(slack, "user_profile_changed")[0]["user"]["profile"]["title"] == "PM"
    assert heard(slack, "user_status_changed")[0]["user"]["profile"]["status_text"] == "Away"
    message = ana.share_file("memo.txt", b"short", checkout, "Read this")
    assert heard(slack, "file_created")[0]["user_id"] == ana.id
    assert len(heard(slack, "file_public")) == 1
    assert heard(slack, "file_shared")[0]["channel_id"] == checkout.id
    ana.pin(message)
    (pinned,) = heard(slack, "pin_added")
    assert (pinned["pin_count"], pinned["item"]["created_by"]) == ("1", ana.id)
    (item,) = client.pins_list(channel=checkout.id)["items"]
    assert item["created"] > 1_700_000_000
    client.pins_remove(channel=checkout.id, timestamp=message.ts)
    assert heard(slack, "pin_removed")[0]["has_pins"] is False
    ana.react(message, "eyes")
    assert client.reactions_list(user=ana.id)["items"][0]["message"]["ts"] == message.ts
    ana.unreact(message, "eyes")
    assert heard(slack, "reaction_removed")[0]["reaction"] == "eyes"


def test_objects_carry_the_fields_they_have_in_slack(
    acme: Workspace, checkout: Room, ana: Person, client: WebClient
) -> None:
    assert {"image_24", "image_512", "avatar_hash"} <= client.users_info(user=ana.id)["user"]["profile"].keys()
    posted = client.chat_postMessage(channel=checkout.id, text="x")["message"]
    assert {"name", "icons", "team_id", "updated"} <= posted["bot_profile"].keys()
    marks = [client.bookmarks_add(channel_id=checkout.id, title=t, type="link", link="https://example.com")["bookmark"]
             for t in ("a", "b")]  # fmt: skip
    assert marks[0]["rank"] < marks[1]["rank"]
    before = client.conversations_info(channel=checkout.id)["channel"]["updated"]
    client.conversations_setTopic(channel=checkout.id, topic="Doors")
    assert client.conversations_info(channel=checkout.id)["channel"]["updated"] >= before > 10**12
    acme.state.emoji["door"] = "https://example.com/door.png"
    assert client.emoji_list()["emoji"] == {"door": "https://example.com/door.png"}


@pytest.mark.parametrize(
    ("asked", "leads"),
    [
        ("", "https://doors.example/back"),
        ("https://doors.example/back", "https://doors.example/back"),
        ("https://doors.example/back/acme", "https://doors.example/back/acme"),
        ("https://doors.example/back?door=42", "https://doors.example/back?door=42"),
        ("https://doors.example/backdoor", None),
        ("https://elsewhere.example/back", None),
    ],
)
def test_consent_leads_to_the_manifests_own_addresses(asked: str, leads: str | None) -> None:
    scopes: Json = {"scopes": {"bot": ["chat:write"]}, "redirect_urls": ["https://doors.example/back"]}
    manifest: Json = {
        **LINKS,
        "oauth_config": scopes,
        "features": {"bot_user": {"display_name": "Door"}},
        "settings": {},
    }
    with Sandbox(manifest) as slack:
        slack.workspace("Acme")
        query = {"client_id": slack.client_id, "scope": "chat:write", **({"redirect_uri": asked} if asked else {})}
        where = location(f"{slack.url}/oauth/v2/authorize", {**query, "state": "a&b"})
        assert where is None if leads is None else where is not None and where.startswith(leads)
        if where is None:
            return
        sent = dict(parse_qsl(urlsplit(where).query))
        assert {"code", "state"} <= sent.keys()
        assert sent["state"] == "a&b"
        assert ("door" in sent) == ("door=" in asked)
        whose: Json = {"client_id": slack.client_id, "client_secret": slack.client_secret, "code": sent["code"]}
        app = WebClient(base_url=slack.api_url)
        assert app.oauth_v2_access(**whose)["access_token"].startswith("xoxb-")
        assert error(lambda: app.oauth_v2_access(**whose)) == "invalid_code"


def location(url: str, query: dict[str, str]) -> str | None:
    """Where an address leads; None where it refuses with 400."""
    parts = urlsplit(url)
    line = http.client.HTTPConnection(parts.netloc, timeout=5)
    line.request("GET", f"{parts.path}?{urlencode(query)}")
    answer = line.getresponse()
    answer.read()
    line.close()
    assert answer.status in (302, 400)
    return answer.headers.get("Location")
