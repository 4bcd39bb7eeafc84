"""Calls every method that is played, as an app would: what came back is held against what Slack sends."""

from __future__ import annotations

import urllib.request
from typing import Any

from slack_sdk import WebClient

from sandbox import Person, Room, Sandbox, Workspace
from tests.sandbox.conftest import Json, actions, button, modal, section

MANIFEST: Json = {
    "display_information": {"name": "Door"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Door"},
        "assistant_view": {"assistant_description": "Opens doors"},
        "slash_commands": [{"command": "/door", "description": "Opens one"}],
        "unfurl_domains": ["doors.example"],
    },
    "oauth_config": {
        "redirect_urls": ["https://doors.example/back"],
        "scopes": {
            "bot": [
                "assistant:write", "bookmarks:read", "bookmarks:write", "canvases:read", "canvases:write",
                "channels:history", "channels:join", "channels:manage", "channels:read", "chat:write", "commands",
                "dnd:read", "emoji:read", "files:read", "files:write", "groups:history", "groups:read",
                "groups:write", "im:history", "im:read", "im:write", "links:read", "links:write", "lists:read",
                "lists:write", "mpim:history", "mpim:read", "mpim:write", "pins:read", "pins:write",
                "reactions:read", "reactions:write", "remote_files:read", "remote_files:share",
                "remote_files:write", "search:read.public", "team:read", "usergroups:read", "usergroups:write",
                "users.profile:read", "users:read", "users:read.email",
            ]
        },
    },
    "functions": {
        "decide": {
            "title": "Decide", "description": "Asks", "input_parameters": {"door": {"type": "string"}},
            "output_parameters": {"answer": {"type": "string"}},
        }
    },
    "settings": {
        "socket_mode_enabled": True,
        "event_subscriptions": {"bot_events": ["link_shared", "entity_details_requested", "function_executed"]},
        "interactivity": {"is_enabled": True},
    },
}  # fmt: skip
ENTITY: Json = {
    "entity_type": "slack#/entities/item",
    "external_ref": {"id": "42"},
    "url": "https://www.doors.example/42",
    "entity_payload": {"attributes": {"title": {"text": "Move the database"}}},
}
MARKDOWN: Json = {"type": "markdown", "markdown": "# Doors\n\nTwo-way first"}


class Walk:
    """Calls, and keeps what was answered by method."""

    def __init__(self, slack: Sandbox, acme: Workspace, ana: Person, room: Room) -> None:
        self.slack, self.acme, self.ana, self.room = slack, acme, ana, room
        self.client = WebClient(acme.bot_token, base_url=slack.api_url, timeout=5)
        self.answers: dict[str, list[Json]] = {}

    def call(self, method: str, **arguments: Any) -> Json:
        given = {name: value for name, value in arguments.items() if value is not None}
        answer: Json = dict(self.client.api_call(method, json=given).data)  # type: ignore[arg-type]
        self.answers.setdefault(method, []).append(answer)
        return answer

    def form(self, method: str, **arguments: Any) -> Json:
        """For a method that takes no JSON."""
        answer: Json = dict(self.client.api_call(method, params=arguments).data)  # type: ignore[arg-type]
        self.answers.setdefault(method, []).append(answer)
        return answer

    def all(self) -> dict[str, list[Json]]:
        self.app()
        self.people()
        self.messages()
        self.streams()
        self.conversations()
        self.marks()
        self.files()
        self.agents()
        self.lists()
        self.canvases()
        self.links()
        self.views()
        self.leave()
        return self.answers

    def app(self) -> None:
        self.call("api.test", door="D-42")
        self.call("auth.test")
        self.form("auth.teams.list")
        self.form("auth.revoke", test=True)
        self.form("bots.info", bot=self.acme.state.bot_id)
        self.form("team.info")
        self.form("emoji.list")
        app = WebClient(self.slack.app_token, base_url=self.slack.api_url)
        self.answers["apps.connections.open"] = [dict(app.apps_connections_open(app_token=app.token).data)]  # type: ignore[arg-type]

    def people(self) -> None:
        self.form("users.info", user=self.ana.id, include_locale=True)
        self.form("users.list")
        self.form("users.lookupByEmail", email=self.ana.state.email)
        self.form("users.profile.get", user=self.ana.id)
        self.form("users.getPresence", user=self.ana.id)
        self.form("users.conversations", types="public_channel,im,mpim,private_channel")
        self.form("dnd.info", user=self.ana.id)
        self.form("dnd.teamInfo", users=self.ana.id)
        group = self.call("usergroups.create", name="On call", handle="oncall")["usergroup"]["id"]
        self.call("usergroups.update", usergroup=group, description="Who answers")
        self.call("usergroups.users.update", usergroup=group, users=self.ana.id)
        self.form("usergroups.users.list", usergroup=group)
        self.form("usergroups.list", include_users=True)
        self.call("usergroups.disable", usergroup=group)
        self.call("usergroups.enable", usergroup=group)

    def messages(self) -> None:
        room = self.room.id
        blocks = [section("A *door*"), actions(button("Open", "open", "42"))]
        root = self.call("chat.postMessage", channel=room, text="Open", blocks=blocks)["ts"]
        reply = self.call("chat.postMessage", channel=room, text="Reply", thread_ts=root, reply_broadcast=True)["ts"]
        self.call("chat.update", channel=room, ts=root, text="Changed")
        self.call("chat.postEphemeral", channel=room, user=self.ana.id, text="For you")
        self.call("chat.meMessage", channel=room, text="looks up")
        self.form("chat.getPermalink", channel=room, message_ts=reply)
        at = int(self.slack.clock.now().timestamp()) + 3600
        later = self.call("chat.scheduleMessage", channel=room, text="Later", post_at=at)["scheduled_message_id"]
        self.call("chat.scheduledMessages.list", channel=room)
        self.call("chat.deleteScheduledMessage", channel=room, scheduled_message_id=later)
        self.ana.say("hello", self.room)
        self.call("conversations.history", channel=room, include_all_metadata=True)
        self.form("conversations.replies", channel=room, ts=root)
        self.call("chat.delete", channel=room, ts=reply)
        self.call("blocks.validate", blocks=[section("A *door*")])

    def streams(self) -> None:
        to: Json = {"recipient_user_id": self.ana.id, "recipient_team_id": self.acme.id}
        ts = self.call("chat.startStream", channel=self.room.id, markdown_text="One ", **to)["ts"]
        self.call("chat.appendStream", channel=self.room.id, ts=ts, markdown_text="two")
        self.call("chat.stopStream", channel=self.room.id, ts=ts)

    def conversations(self) -> None:
        made = self.call("conversations.create", name="plans")["channel"]["id"]
        secret = self.call("conversations.create", name="secret", is_private=True)["channel"]["id"]
        self.call("conversations.invite", channel=made, users=self.ana.id)
        self.call("conversations.setTopic", channel=made, topic="Doors")
        self.call("conversations.setPurpose", channel=made, purpose="To be open")
        self.call("conversations.rename", channel=made, name="doors")
        self.form("conversations.info", channel=made, include_num_members=True)
        self.form("conversations.info", channel=secret)
        self.form("conversations.members", channel=made)
        self.form("conversations.list", types="public_channel,private_channel,im,mpim")
        self.call("conversations.kick", channel=made, user=self.ana.id)
        self.call("conversations.leave", channel=made)
        self.call("conversations.join", channel=made)
        self.call("conversations.archive", channel=made)
        self.call("conversations.unarchive", channel=made)
        dm = self.call("conversations.open", users=self.ana.id, return_im=True)["channel"]["id"]
        self.call("conversations.open", users=self.ana.id)
        self.form("conversations.info", channel=dm)
        ts = self.call("chat.postMessage", channel=dm, text="Hello")["ts"]
        self.call("conversations.mark", channel=dm, ts=ts)
        self.call("conversations.close", channel=dm)

    def marks(self) -> None:
        room = self.room.id
        ts = self.call("chat.postMessage", channel=room, text="Mark me")["ts"]
        self.call("reactions.add", channel=room, timestamp=ts, name="eyes")
        self.form("reactions.get", channel=room, timestamp=ts)
        self.form("reactions.list")
        self.call("pins.add", channel=room, timestamp=ts)
        self.call("pins.list", channel=room)
        self.call("pins.remove", channel=room, timestamp=ts)
        self.call("reactions.remove", channel=room, timestamp=ts, name="eyes")
        link: Json = {"title": "Doors", "type": "link", "link": "https://doors.example"}
        mark = self.call("bookmarks.add", channel_id=room, **link)["bookmark"]["id"]
        self.call("bookmarks.edit", channel_id=room, bookmark_id=mark, title="All doors")
        self.call("bookmarks.list", channel_id=room)
        self.call("bookmarks.remove", channel_id=room, bookmark_id=mark)

    def files(self) -> None:
        place = self.form("files.getUploadURLExternal", filename="memo.txt", length=5)
        urllib.request.urlopen(urllib.request.Request(place["upload_url"], b"short", method="POST")).close()
        files = [{"id": place["file_id"], "title": "Memo"}]
        self.call("files.completeUploadExternal", files=files, channel_id=self.room.id)
        self.form("files.info", file=place["file_id"])
        self.form("files.list")
        self.call("files.delete", file=place["file_id"])
        there: Json = {"external_id": "memo", "external_url": "https://doors.example/memo", "title": "Memo"}
        self.form("files.remote.add", **there)
        self.form("files.remote.update", external_id="memo", title="The memo")
        self.form("files.remote.share", external_id="memo", channels=self.room.id)
        self.form("files.remote.info", external_id="memo")
        self.form("files.remote.list")
        self.form("files.remote.remove", external_id="memo")

    def agents(self) -> None:
        thread = self.ana.open_assistant()
        at: Json = {"channel_id": self.ana.dm().id, "thread_ts": thread.ts}
        self.call("assistant.threads.setStatus", status="is looking", **at)
        self.call("assistant.threads.setTitle", title="Doors", **at)
        self.call("assistant.threads.setSuggestedPrompts", prompts=[{"title": "Ask", "message": "Which?"}], **at)
        self.call("agents.sessions.setStatus", status="active", **at)
        self.call("agents.sessions.rename", title="Doors", **at)
        self.call("assistant.search.context", query="hello")
        self.call("assistant.search.info")
        done, failed = self.ana.run_step("decide", {"door": "42"}), self.ana.run_step("decide", {"door": "42"})
        self.call("functions.completeSuccess", function_execution_id=done.id, outputs={"answer": "yes"})
        self.call("functions.completeError", function_execution_id=failed.id, error="Nobody is there")

    def lists(self) -> None:
        schema = [{"key": "door", "name": "Door", "type": "text", "is_primary_column": True}]
        made = self.call("slackLists.create", name="Open doors", schema=schema)
        which, column = made["list_id"], made["list_metadata"]["schema"][0]["id"]
        fields = [{"column_id": column, "rich_text": [rich("D-42")]}]
        row = self.call("slackLists.items.create", list_id=which, initial_fields=fields)["item"]["id"]
        cells = [{"row_id": row, "column_id": column, "rich_text": [rich("D-43")]}]
        self.call("slackLists.items.update", list_id=which, cells=cells)
        self.call("slackLists.items.info", list_id=which, id=row)
        self.call("slackLists.items.list", list_id=which)
        self.call("slackLists.update", id=which, name="Doors")
        self.call("slackLists.access.set", list_id=which, access_level="read", user_ids=[self.ana.id])
        self.call("slackLists.access.delete", list_id=which, user_ids=[self.ana.id])
        job = self.call("slackLists.download.start", list_id=which)["job_id"]
        self.call("slackLists.download.get", list_id=which, job_id=job)
        self.call("slackLists.items.delete", list_id=which, id=row)
        self.call("slackLists.items.deleteMultiple", list_id=which, ids=[row])

    def canvases(self) -> None:
        canvas = self.call("canvases.create", title="Doors", document_content=MARKDOWN)["canvas_id"]
        self.call("conversations.canvases.create", channel_id=self.room.id, document_content=MARKDOWN)
        self.call("canvases.sections.lookup", canvas_id=canvas, criteria={"section_types": ["any_header"]})
        end = {"operation": "insert_at_end", "document_content": MARKDOWN}
        self.call("canvases.edit", canvas_id=canvas, changes=[end])
        self.call("canvases.getContent", canvas_id=canvas)
        self.call("canvases.access.set", canvas_id=canvas, access_level="read", user_ids=[self.ana.id])
        self.call("canvases.access.delete", canvas_id=canvas, user_ids=[self.ana.id])
        self.call("canvases.delete", canvas_id=canvas)

    def links(self) -> None:
        message = self.ana.say(f"See {ENTITY['url']}", self.room)
        self.call("chat.unfurl", channel=self.room.id, ts=message.ts, metadata={"entities": [ENTITY]})
        self.ana.open_entity(message, ENTITY["url"])
        self.slack.settle()
        asked = self.slack.deliveries("events_api", "entity_details_requested")[-1].payload["event"]
        self.call("entity.presentDetails", trigger_id=asked["trigger_id"], metadata=ENTITY)

    def trigger(self) -> str:
        with self.slack.world.locked():
            return self.slack.world.new_trigger(self.acme.state, self.ana.id)

    def views(self) -> None:
        first = self.call("views.open", trigger_id=self.trigger(), view=modal(section("One")))["view"]["id"]
        self.call("views.push", trigger_id=self.trigger(), view=modal(section("Two")))
        self.call("views.update", view_id=first, view=modal(section("Three")))
        self.call("views.publish", user_id=self.ana.id, view={"type": "home", "blocks": [section("Home")]})

    def leave(self) -> None:
        to = f"{self.slack.url}/oauth/v2/authorize?client_id={self.slack.client_id}&scope=chat:write"
        code = code_of(to)
        self.answers["oauth.v2.access"] = [
            dict(WebClient(base_url=self.slack.api_url).oauth_v2_access(
                client_id=self.slack.client_id, client_secret=self.slack.client_secret, code=code).data)  # type: ignore[arg-type]
        ]  # fmt: skip
        keys: Json = {"client_id": self.slack.client_id, "client_secret": self.slack.client_secret}
        self.client.token = self.acme.bot_token
        self.call("apps.uninstall", **keys)


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def code_of(url: str) -> str:
    """What consent hands to the app."""
    try:
        urllib.request.build_opener(Stay).open(url)
    except urllib.error.HTTPError as answer:
        return str(answer.headers["Location"]).partition("code=")[2].partition("&")[0]
    raise AssertionError("nobody was led anywhere")


def rich(text: str) -> Json:
    line = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [line]}
