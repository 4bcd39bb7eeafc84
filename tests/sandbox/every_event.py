"""Lets everything happen that an app is told of: what arrives is held against what Slack sends."""

from __future__ import annotations

from slack_sdk import WebClient

from sandbox import Person, Room, Sandbox, Workspace
from sandbox.world.events import PLAYED
from tests.sandbox.conftest import Json, section
from tests.sandbox.every_method import ENTITY
from tests.sandbox.every_method import MANIFEST as OF_METHODS

MANIFEST: Json = {
    **OF_METHODS,
    "oauth_config": {
        **OF_METHODS["oauth_config"],
        "scopes": {
            "bot": [
                *OF_METHODS["oauth_config"]["scopes"]["bot"],
                "app_mentions:read",
                "metadata.message:read",
            ]
        },
    },
    "settings": {
        **OF_METHODS["settings"],
        "event_subscriptions": {
            "bot_events": sorted(PLAYED),
            "metadata_subscriptions": [{"app_id": "*", "event_type": "door_opened"}],
        },
    },
}
METADATA: Json = {"event_type": "door_opened", "event_payload": {"id": 42}}


class Day:
    """A day in which everything happens once."""

    def __init__(self, slack: Sandbox, acme: Workspace, ana: Person, bob: Person, room: Room) -> None:
        self.slack, self.acme, self.ana, self.bob, self.room = slack, acme, ana, bob, room
        self.client = WebClient(acme.bot_token, base_url=slack.api_url, timeout=5)

    def all(self) -> dict[str, list[Json]]:
        """Events by name; messages by their subtype also."""
        self.talk()
        self.rooms()
        self.people()
        self.files()
        self.agents()
        self.acme.uninstall()
        self.slack.settle()
        found: dict[str, list[Json]] = {}
        for delivery in self.slack.deliveries("events_api"):
            event = delivery.payload["event"]
            subtype = f"/{event['subtype']}" if event["type"] == "message" and "subtype" in event else ""
            name = f"message{subtype}" if event["type"] == "message" else delivery.name
            found.setdefault(name, []).append(event)
        return found

    def talk(self) -> None:
        said = self.ana.say(f"<@{self.acme.bot_user_id}> opens {ENTITY['url']}", self.room)
        self.ana.say("Which one?", self.room, thread_ts=said.ts)
        self.ana.edit(said, f"opens {ENTITY['url']}")
        self.ana.react(said, "eyes")
        self.ana.unreact(said, "eyes")
        self.ana.pin(said)
        self.client.pins_remove(channel=self.room.id, timestamp=said.ts)
        here: Json = {"channel": self.room.id}
        sent = self.client.chat_postMessage(text="D-42", metadata=METADATA, **here)["ts"]
        other = {**METADATA, "event_payload": {"id": 43}}
        self.client.chat_update(ts=sent, text="D-43", metadata=other, **here)
        self.client.chat_postMessage(text="Here", thread_ts=said.ts, reply_broadcast=True, **here)
        self.client.chat_meMessage(text="looks up", **here)
        self.client.chat_delete(ts=sent, **here)
        self.client.chat_unfurl(ts=said.ts, metadata={"entities": [ENTITY]}, **here)
        self.ana.open_entity(said, ENTITY["url"])
        self.ana.delete(said)
        self.ana.say("hello")
        secret = self.acme.add_channel("secret", [self.ana], private=True)
        self.ana.say("hush", secret)
        group = self.client.conversations_open(users=[self.ana.id, self.bob.id])["channel"]["id"]
        self.ana.say("we three", group)

    def rooms(self) -> None:
        made = self.client.conversations_create(name="plans")["channel"]["id"]
        self.client.conversations_invite(channel=made, users=[self.ana.id])
        self.client.conversations_setTopic(channel=made, topic="Doors")
        self.client.conversations_setPurpose(channel=made, purpose="To be open")
        self.client.conversations_rename(channel=made, name="doors")
        self.client.conversations_kick(channel=made, user=self.ana.id)
        self.client.conversations_archive(channel=made)
        self.client.conversations_unarchive(channel=made)
        public, private = self.acme.add_channel("public", [self.ana]), self.acme.add_channel("own", private=True)
        self.client.conversations_rename(channel=private.id, name="theirs")
        for room in (public, private):
            room.add(self.bob)
            room.remove(self.bob)
            room.archive(self.ana)
            room.unarchive(self.ana)
        gone, lost = self.acme.add_channel("gone"), self.acme.add_channel("lost", private=True)
        for room in (gone, lost):
            room.delete(self.ana)
        for room in (public, private):
            room.remove(bot=True)

    def people(self) -> None:
        self.acme.add_user("Cleo", joins=True)
        self.ana.change(title="PM", status="Away")
        group = self.client.usergroups_create(name="On call", handle="oncall")["usergroup"]["id"]
        self.client.usergroups_users_update(usergroup=group, users=[self.ana.id, self.acme.bot_user_id])
        self.client.usergroups_users_update(usergroup=group, users=[self.ana.id])
        self.ana.open_home()
        self.client.views_publish(user_id=self.ana.id, view={"type": "home", "blocks": [section("Home")]})
        self.ana.open_home()
        self.ana.open_home("messages")

    def files(self) -> None:
        self.ana.share_file("memo.txt", b"short", self.room, "Read this")
        file = self.client.files_list()["files"][0]["id"]
        self.client.files_delete(file=file)
        self.client.files_remote_add(external_id="memo", external_url="https://doors.example/memo", title="Memo")
        self.client.files_remote_update(external_id="memo", title="The memo")

    def agents(self) -> None:
        thread = self.ana.open_assistant(seen_in=self.room)
        self.ana.look_at(self.room)
        at: Json = {"channel_id": self.ana.dm().id, "thread_ts": thread.ts}
        self.client.api_call("agents.sessions.setStatus", json={"status": "active", "title": "Doors", **at})
        self.ana.rename_session(thread.ts, "All doors")
        self.client.chat_startStream(channel=at["channel_id"], thread_ts=thread.ts, markdown_text="One")
        self.ana.stop_session(thread.ts)
        self.ana.run_step("decide", {"door": "42"})
