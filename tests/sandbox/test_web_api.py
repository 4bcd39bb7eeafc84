"""What the Web API answers, and what it refuses, with a client that any app could use."""

from __future__ import annotations

import json
import urllib.request
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox import Person, Room, Sandbox, Workspace
from tests.sandbox.conftest import Json, actions, button, error, refusal, section


def raw(slack: Sandbox, method: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Json:
    request = urllib.request.Request(slack.api_url + method, data=body, headers=headers or {})
    with urllib.request.urlopen(request) as response:
        answer: Json = json.load(response)
        return answer


# Who calls


def test_who_calls_is_asked_first(slack: Sandbox, acme: Workspace) -> None:
    assert raw(slack, "auth.test")["error"] == "not_authed"
    assert raw(slack, "auth.test?token=xoxb-nobody")["error"] == "invalid_auth"
    assert raw(slack, f"auth.test?token={slack.app_token}")["error"] == "not_allowed_token_type"
    assert raw(slack, f"auth.test?token={acme.bot_token}")["team_id"] == acme.id
    assert raw(slack, f"chat.pin?token={acme.bot_token}")["error"] == "unknown_method"
    assert raw(slack, "api.test?foo=bar")["args"] == {"foo": "bar"}
    assert raw(slack, "api.test?error=my_error")["error"] == "my_error"


def test_arguments_come_as_a_form_or_as_json(slack: Sandbox, acme: Workspace, checkout: Room) -> None:
    bearer: Json = {"Authorization": f"Bearer {acme.bot_token}"}
    form = f"channel={checkout.id}&text=a+form".encode()
    assert raw(slack, "chat.postMessage", form, bearer)["message"]["text"] == "a form"
    as_json = json.dumps({"channel": checkout.id, "text": "json"}).encode()
    typed = {**bearer, "Content-Type": "application/json; charset=utf-8"}
    assert raw(slack, "chat.postMessage", as_json, typed)["message"]["text"] == "json"
    assert raw(slack, "chat.postMessage", b"{", typed)["error"] == "invalid_json"
    assert raw(slack, "chat.postMessage", b"[]", typed)["error"] == "json_not_object"
    # An old method that takes forms alone does not see its argument in a JSON body.
    user = json.dumps({"user": acme.bot_user_id}).encode()
    assert raw(slack, "users.info", user, typed)["error"] == "invalid_arguments"


def test_a_scope_that_was_not_granted_is_named(acme: Workspace, client: WebClient, checkout: Room, ana: Person) -> None:
    acme.set_scopes(["channels:read", "im:history"])
    refused = refusal(lambda: client.chat_postMessage(channel=checkout.id, text="hi"))
    assert refused["error"] == "missing_scope"
    assert refused["needed"] == "chat:write"
    assert refused["provided"] == "channels:read,im:history"
    assert error(lambda: client.users_info(user=ana.id)) == "missing_scope"
    assert client.conversations_info(channel=checkout.id)["channel"]["name"] == "checkout"
    # One scope a kind of conversation.
    refused = refusal(lambda: client.conversations_history(channel=checkout.id))
    assert (refused["error"], refused["needed"]) == ("missing_scope", "channels:history")
    assert client.conversations_history(channel=ana.dm().id)["messages"] == []
    refused = refusal(lambda: client.conversations_list(types="public_channel,private_channel"))
    assert (refused["error"], refused["needed"]) == ("missing_scope", "groups:read")


def test_a_token_dies_with_the_installation_and_a_new_one_works(
    slack: Sandbox, acme: Workspace, client: WebClient
) -> None:
    acme.uninstall()
    assert error(client.auth_test) == "token_revoked"
    fresh = WebClient(acme.install(), base_url=slack.api_url)
    assert fresh.auth_test()["team"] == "Acme"


# People


def test_a_person_has_the_offset_of_her_zone_at_the_clock_s_date(
    slack: Sandbox, ana: Person, client: WebClient
) -> None:
    slack.clock.set(slack.clock.now().replace(month=1, day=15))
    assert client.users_info(user=ana.id)["user"]["tz_offset"] == -5 * 3600
    slack.clock.set(slack.clock.now().replace(month=7, day=15))
    user = client.users_info(user=ana.id)["user"]
    assert (user["tz"], user["tz_offset"]) == ("America/New_York", -4 * 3600)


def test_an_address_shows_only_with_its_scope(acme: Workspace, ana: Person, client: WebClient) -> None:
    found = client.users_lookupByEmail(email=ana.state.email)["user"]
    assert (found["id"], found["profile"]["email"]) == (ana.id, ana.state.email)
    acme.set_scopes(["users:read"])
    assert "email" not in client.users_info(user=ana.id)["user"]["profile"]


def test_somebody_of_another_workspace_is_nobody_here(slack: Sandbox, client: WebClient) -> None:
    stranger = slack.workspace("Globex").add_user("Hank")
    elsewhere = slack.workspace("Globex").add_channel("plans", [stranger])
    assert error(lambda: client.users_info(user=stranger.id)) == "user_not_found"
    assert error(lambda: client.conversations_info(channel=elsewhere.id)) == "channel_not_found"
    assert error(lambda: client.conversations_open(users=[stranger.id])) == "user_not_found"


def test_a_deactivated_person_can_be_read_and_not_written_to(ana: Person, client: WebClient) -> None:
    dm = ana.dm()
    ana.deactivate()
    assert client.users_info(user=ana.id)["user"]["deleted"] is True
    assert error(lambda: client.conversations_open(users=[ana.id])) == "user_disabled"
    assert error(lambda: client.chat_postMessage(channel=ana.id, text="x")) == "channel_not_found"
    assert error(lambda: client.chat_postMessage(channel=dm.id, text="x")) == "is_archived"


# Conversations


def test_a_channel_takes_messages_from_its_members_alone(acme: Workspace, ana: Person, client: WebClient) -> None:
    public = acme.add_channel("random", [ana], bot=False)
    private = acme.add_channel("secret", [ana], private=True, bot=False)
    post = client.chat_postMessage
    assert error(lambda: post(channel=public.id, text="x")) == "not_in_channel"
    assert error(lambda: client.conversations_history(channel=public.id)) == "not_in_channel"
    assert error(lambda: post(channel=private.id, text="x")) == "channel_not_found"
    assert error(lambda: post(channel="C404", text="x")) == "channel_not_found"
    client.conversations_join(channel=public.id)
    assert post(channel="#random", text="by its name")["channel"] == public.id
    acme.set_scopes(["chat:write", "chat:write.public"])
    public.remove(bot=True)
    assert post(channel=public.id, text="with chat:write.public")["ok"]


def test_an_archived_channel_is_read_only_and_a_deleted_one_is_gone(checkout: Room, client: WebClient) -> None:
    sent = client.chat_postMessage(channel=checkout.id, text="hi")
    checkout.archive()
    assert error(lambda: client.chat_postMessage(channel=checkout.id, text="x")) == "is_archived"
    update: Json = {"channel": checkout.id, "ts": sent["ts"], "text": "x"}
    assert error(lambda: client.chat_update(**update)) == "is_archived"
    assert client.conversations_info(channel=checkout.id)["channel"]["is_archived"] is True
    noted, kept = client.conversations_history(channel=checkout.id)["messages"]
    assert (noted["subtype"], kept["ts"]) == ("channel_archive", sent["ts"])
    checkout.delete()
    assert error(lambda: client.chat_update(**update)) == "channel_not_found"


def test_slack_writes_into_a_channel_what_was_done_to_it(
    acme: Workspace, ana: Person, checkout: Room, client: WebClient
) -> None:
    ben = acme.add_user("Ben")
    client.conversations_invite(channel=checkout.id, users=[ben.id])
    client.conversations_setTopic(channel=checkout.id, topic="Doors")
    client.conversations_setPurpose(channel=checkout.id, purpose="To be open")
    client.conversations_rename(channel=checkout.id, name="doors")
    client.conversations_kick(channel=checkout.id, user=ben.id)
    rows = client.conversations_history(channel=checkout.id)["messages"][::-1]
    assert [row["subtype"].removeprefix("channel_") for row in rows] == ["join", "topic", "purpose", "name", "leave"]
    assert (rows[0]["user"], rows[0]["inviter"]) == (ben.id, acme.bot_user_id)
    assert (rows[1]["topic"], rows[2]["purpose"]) == ("Doors", "To be open")
    assert (rows[3]["old_name"], rows[3]["name"]) == ("checkout", "doors")
    for row in rows:
        here: Json = {"channel": checkout.id, "ts": row["ts"]}
        assert error(partial(client.chat_update, text="x", **here)) == "cant_update_message"
        assert error(partial(client.chat_delete, **here)) == "cant_delete_message"


def test_invitations_leaves_and_members(acme: Workspace, ana: Person, checkout: Room, client: WebClient) -> None:
    ben = acme.add_user("Ben")
    invite = client.conversations_invite
    assert error(lambda: invite(channel=checkout.id, users=[ana.id])) == "already_in_channel"
    invite(channel=checkout.id, users=[ben.id])
    members = client.conversations_members(channel=checkout.id)["members"]
    assert members == [ana.id, acme.bot_user_id, ben.id]
    mine = client.users_conversations(user=ben.id)["channels"]
    assert [c["name"] for c in mine] == ["checkout"]
    client.conversations_leave(channel=checkout.id)
    assert client.conversations_leave(channel=checkout.id)["not_in_channel"] is True
    assert client.conversations_info(channel=checkout.id)["channel"]["is_member"] is False


def test_a_direct_message_is_opened_once(ana: Person, client: WebClient) -> None:
    first = client.conversations_open(users=[ana.id])
    again = client.conversations_open(users=[ana.id], return_im=True)
    assert "already_open" not in first
    assert (again["already_open"], again["channel"]["id"]) == (True, first["channel"]["id"])
    assert again["channel"]["user"] == ana.id
    assert error(lambda: client.conversations_open(users="")) == "users_list_not_supplied"


def test_pages_follow_their_cursor_to_the_end(checkout: Room, client: WebClient) -> None:
    for number in range(5):
        client.chat_postMessage(channel=checkout.id, text=str(number))
    seen: list[str] = []
    cursor = None
    while cursor != "":
        page: Any = client.conversations_history(channel=checkout.id, limit=2, cursor=cursor)
        seen += [m["text"] for m in page["messages"]]
        cursor = page["response_metadata"]["next_cursor"]
        assert page["has_more"] is bool(cursor)
    assert seen == ["4", "3", "2", "1", "0"]
    history = client.conversations_history
    assert error(lambda: history(channel=checkout.id, cursor="bogus")) == "invalid_cursor"
    assert error(lambda: history(channel=checkout.id, limit=5000)) == "invalid_limit"


def test_history_is_cut_by_time_with_or_without_its_edges(checkout: Room, client: WebClient) -> None:
    stamps = [client.chat_postMessage(channel=checkout.id, text=t)["ts"] for t in "abc"]

    def texts(**window: Any) -> list[str]:
        rows = client.conversations_history(channel=checkout.id, **window)["messages"]
        return [row["text"] for row in rows]

    assert texts(oldest=stamps[1]) == ["c"]
    assert texts(oldest=stamps[1], inclusive=True) == ["c", "b"]
    assert texts(latest=stamps[1]) == ["a"]
    assert texts(oldest=stamps[1], latest=stamps[1], inclusive=True) == ["b"]
    assert error(lambda: texts(oldest="yesterday")) == "invalid_ts_oldest"


# Messages


def test_a_thread_holds_its_replies_and_counts_them(checkout: Room, ana: Person, client: WebClient) -> None:
    parent = client.chat_postMessage(channel=checkout.id, text="parent")["ts"]
    client.chat_postMessage(channel=checkout.id, text="reply", thread_ts=parent)
    ana.say("mine", checkout, thread_ts=parent)
    shown = client.conversations_history(channel=checkout.id)["messages"]
    assert [(m["text"], m["reply_count"]) for m in shown] == [("parent", 2)]
    thread = client.conversations_replies(channel=checkout.id, ts=parent)["messages"]
    assert [m["text"] for m in thread] == ["parent", "reply", "mine"]
    reply = thread[1]["ts"]
    nested = client.chat_postMessage(channel=checkout.id, text="x", thread_ts=reply)["message"]
    assert nested["thread_ts"] == parent  # an answer to an answer stands in the same thread
    nowhere: Json = {"channel": checkout.id, "text": "x", "thread_ts": "1.000001"}
    assert error(lambda: client.chat_postMessage(**nowhere)) == "cannot_reply_to_message"
    missing: Json = {"channel": checkout.id, "ts": "1.000001"}
    assert error(lambda: client.conversations_replies(**missing)) == "thread_not_found"


def test_only_its_author_changes_or_deletes_a_message(checkout: Room, ana: Person, client: WebClient) -> None:
    hers = ana.say("mine", checkout).ts
    update, delete = client.chat_update, client.chat_delete
    assert error(lambda: update(channel=checkout.id, ts=hers, text="x")) == "cant_update_message"
    assert error(lambda: delete(channel=checkout.id, ts=hers)) == "cant_delete_message"
    assert error(lambda: update(channel=checkout.id, ts="1.0", text="x")) == "message_not_found"
    mine = client.chat_postMessage(channel=checkout.id, text="first")["ts"]
    assert update(channel=checkout.id, ts=mine, text="second")["text"] == "second"
    assert [m.text for m in ana.sees(checkout)] == ["mine", "second"]
    delete(channel=checkout.id, ts=mine)
    assert [m.text for m in ana.sees(checkout)] == ["mine"]


def test_an_update_keeps_what_it_does_not_name(checkout: Room, client: WebClient) -> None:
    blocks = [section("old"), actions(button("Go", "go"))]
    metadata: Json = {"event_type": "decision", "event_payload": {"id": "D-1"}}
    sent = client.chat_postMessage(channel=checkout.id, text="t", blocks=blocks, metadata=metadata)
    client.chat_update(channel=checkout.id, ts=sent["ts"], text="new")
    rows = client.conversations_history(channel=checkout.id, include_all_metadata=True)
    assert [b["type"] for b in rows["messages"][0]["blocks"]] == ["section", "actions"]
    assert rows["messages"][0]["metadata"] == metadata
    client.chat_update(channel=checkout.id, ts=sent["ts"], text="new", blocks=[])
    rows = client.conversations_history(channel=checkout.id)
    assert "blocks" not in rows["messages"][0]


def test_metadata_is_told_to_who_asks_for_it(checkout: Room, client: WebClient) -> None:
    metadata: Json = {"event_type": "decision", "event_payload": {"id": "D-1"}}
    sent = client.chat_postMessage(channel=checkout.id, text="t", metadata=metadata)
    assert sent["message"]["metadata"] == metadata
    silent = client.conversations_history(channel=checkout.id)["messages"][0]
    assert "metadata" not in silent
    asked: Json = {"channel": checkout.id, "ts": sent["ts"], "include_all_metadata": True}
    assert client.conversations_replies(**asked)["messages"][0]["metadata"] == metadata
    bad: Json = {"channel": checkout.id, "text": "t", "metadata": "{"}
    assert error(lambda: client.chat_postMessage(**bad)) == "invalid_metadata_format"


def test_a_message_sent_twice_under_one_client_msg_id_is_there_once(checkout: Room, client: WebClient) -> None:
    key: Json = {"channel": checkout.id, "text": "once", "client_msg_id": "5d3a-1"}
    first = client.chat_postMessage(**key)
    assert client.chat_postMessage(**key)["ts"] == first["ts"]
    assert len(client.conversations_history(channel=checkout.id)["messages"]) == 1
    client.chat_delete(channel=checkout.id, ts=first["ts"])
    assert error(lambda: client.chat_postMessage(**key)) == "duplicate_message_not_found"


def test_an_ephemeral_message_is_for_one_member_alone(
    acme: Workspace, checkout: Room, ana: Person, client: WebClient
) -> None:
    ben = acme.add_user("Ben")
    whisper = client.chat_postEphemeral
    assert error(lambda: whisper(channel=checkout.id, user=ben.id, text="x")) == "user_not_in_channel"
    checkout.add(ben)
    sent = whisper(channel=checkout.id, user=ana.id, text="psst")
    joined = f"<@{ben.id}> has joined the channel"
    assert [m.text for m in ana.sees(checkout)] == [joined, "psst"]
    assert [m.text for m in ben.sees(checkout)] == [joined]
    assert [m["text"] for m in client.conversations_history(channel=checkout.id)["messages"]] == [joined]
    update: Json = {"channel": checkout.id, "ts": sent["message_ts"], "text": "x"}
    assert error(lambda: client.chat_update(**update)) == "message_not_found"


def test_what_slack_refuses_is_named_with_its_pointer(checkout: Room, client: WebClient) -> None:
    long = [section("x" * 3001)]
    refused = refusal(lambda: client.chat_postMessage(channel=checkout.id, text="t", blocks=long))
    assert refused["error"] == "invalid_blocks"
    assert "[json-pointer:/blocks/0/text/text]" in refused["errors"][0]
    assert refused["response_metadata"]["messages"][0].startswith("[ERROR] ")
    many = [section("x")] * 51
    refused = refusal(lambda: client.chat_postMessage(channel=checkout.id, text="t", blocks=many))
    assert refused["error"] == "invalid_blocks"
    heavy = [section("x" * 2900)] * 5
    assert error(lambda: client.chat_postMessage(channel=checkout.id, text="t", blocks=heavy)) == "msg_blocks_too_long"
    assert error(lambda: client.api_call("chat.postMessage", json={"channel": checkout.id})) == "no_text"
    broken: Json = {"channel": checkout.id, "text": "t", "blocks": "[{"}
    assert error(lambda: client.chat_postMessage(**broken)) == "invalid_blocks_format"
    assert client.conversations_history(channel=checkout.id)["messages"] == []


def test_reactions_pins_and_links(checkout: Room, client: WebClient) -> None:
    ts = client.chat_postMessage(channel=checkout.id, text="t")["ts"]
    item: Json = {"channel": checkout.id, "timestamp": ts}
    client.reactions_add(name="eyes", **item)
    assert error(lambda: client.reactions_add(name="eyes", **item)) == "already_reacted"
    assert client.reactions_get(**item)["message"]["reactions"][0]["count"] == 1
    client.reactions_remove(name="eyes", **item)
    assert error(lambda: client.reactions_remove(name="eyes", **item)) == "no_reaction"
    client.pins_add(**item)
    assert [i["message"]["ts"] for i in client.pins_list(channel=checkout.id)["items"]] == [ts]
    link = client.chat_getPermalink(channel=checkout.id, message_ts=ts)["permalink"]
    assert link == f"https://acme.slack.com/archives/{checkout.id}/p{ts.replace('.', '')}"


def test_a_scheduled_message_comes_with_the_clock_and_never_with_metadata(
    slack: Sandbox, checkout: Room, ana: Person, client: WebClient
) -> None:
    soon = int((slack.clock.now() + timedelta(hours=1)).timestamp())
    plan: Json = {"channel": checkout.id, "post_at": soon}
    client.chat_scheduleMessage(text="later", **plan)
    metadata: Json = {"event_type": "decision", "event_payload": {"id": "D-1"}}
    client.chat_scheduleMessage(text="never", metadata=metadata, **plan)
    gone = client.chat_scheduleMessage(text="deleted", **plan)["scheduled_message_id"]
    client.chat_deleteScheduledMessage(channel=checkout.id, scheduled_message_id=gone)
    assert len(client.chat_scheduledMessages_list()["scheduled_messages"]) == 2
    past: Json = {"channel": checkout.id, "text": "x", "post_at": soon - 7200}
    assert error(lambda: client.chat_scheduleMessage(**past)) == "time_in_past"
    far: Json = {"channel": checkout.id, "text": "x", "post_at": soon + 130 * 86400}
    assert error(lambda: client.chat_scheduleMessage(**far)) == "time_too_far"
    slack.clock.advance(timedelta(hours=2))
    slack.wait_for(lambda: client.chat_scheduledMessages_list()["scheduled_messages"] == [])
    assert [m.text for m in ana.sees(checkout)] == ["later"]


def test_a_file_is_uploaded_shared_and_read_back(
    slack: Sandbox, acme: Workspace, checkout: Room, ana: Person, client: WebClient
) -> None:
    done = client.files_upload_v2(
        channel=checkout.id, content="a,b\n1,2\n", filename="rows.csv", initial_comment="The rows"
    )
    file = done["files"][0]
    shared = slack.wait_for(lambda: ana.latest(checkout))
    assert (shared.text, shared.files[0]["name"]) == ("The rows", "rows.csv")
    assert client.files_info(file=file["id"])["file"]["size"] == 8
    headers: Json = {"Authorization": f"Bearer {acme.bot_token}"}
    request = urllib.request.Request(file["url_private"], headers=headers)
    with urllib.request.urlopen(request) as response:
        assert response.read() == b"a,b\n1,2\n"
    assert error(lambda: client.files_info(file="F404")) == "file_not_found"


def test_what_one_asks_is_on_record_with_how_near_it_came_to_a_limit(
    slack: Sandbox, checkout: Room, client: WebClient
) -> None:
    client.chat_postMessage(channel=checkout.id, text="t", blocks=[section("x" * 1500)])
    asked = slack.requests("chat.postMessage")[-1]
    assert (asked.ok, asked.team, asked.status) == (True, checkout.state.team_id, 200)
    assert asked.figures["blocks"] == 1
    assert asked.figures["characters"] == 1500
    assert asked.figures["percent"] == 50


@pytest.mark.parametrize(
    ("method", "args"),
    [
        ("assistant.threads.setStatus", {"status": "is thinking"}),
        ("assistant.threads.setTitle", {"title": "A decision"}),
        (
            "assistant.threads.setSuggestedPrompts",
            {"prompts": [{"title": "Ask", "message": "Should we?"}]},
        ),
    ],
)
def test_an_assistant_thread_takes(ana: Person, client: WebClient, method: str, args: Json) -> None:
    said = ana.say("help")
    client.api_call(method, json={"channel_id": said.channel, "thread_ts": said.ts, **args})
    kept = ana.dm().state.assistant[said.ts]
    assert list(kept.values()) == list(args.values())


def test_a_reply_can_be_streamed_until_it_is_stopped(checkout: Room, ana: Person, client: WebClient) -> None:
    said = ana.say("help")
    here: Json = {"channel": said.channel}
    ts = client.chat_startStream(thread_ts=said.ts, **here)["ts"]
    client.chat_appendStream(ts=ts, markdown_text="A two-way ", **here)
    update: Json = {"ts": ts, "text": "x", **here}
    assert error(lambda: client.chat_update(**update)) == "streaming_state_conflict"
    client.chat_stopStream(ts=ts, markdown_text="door.", **here)
    assert [m.text for m in ana.sees(None, said.ts)] == ["help", "A two-way door."]
    more: Json = {"ts": ts, "markdown_text": "x", **here}
    assert error(lambda: client.chat_appendStream(**more)) == "message_not_in_streaming_state"
    parent = ana.say("help", checkout)
    unnamed: Json = {"channel": checkout.id, "thread_ts": parent.ts}
    assert error(lambda: client.chat_startStream(**unnamed)) == "missing_recipient_user_id"
