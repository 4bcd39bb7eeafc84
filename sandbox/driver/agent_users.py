"""A person beside an agent: its threads and prompts, the steps of workflows, its work objects."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from sandbox.api import conversations
from sandbox.deliveries.courier import Courier
from sandbox.driver.rooms import Room
from sandbox.world import events, messages
from sandbox.world.kinds import Json
from sandbox.world.model import Channel, Execution, Message, Team, User
from sandbox.world.world import World

GUEST = "guests cannot use an app that is an agent"


@dataclass(frozen=True)
class AssistantThread:
    """What an agent shows beside a conversation or a thread."""

    status: str = ""
    title: str = ""
    prompts: dict[str, str] = field(default_factory=dict)
    """title → message"""
    prompts_title: str = ""


class AgentUser:
    """The side of a person that an agent sees."""

    def __init__(self, world: World, courier: Courier, team: Team, user: User) -> None:
        self._world = world
        self._courier = courier
        self._team = team
        self.state = user
        self.id = user.id
        self.name = user.real_name

    def __repr__(self) -> str:
        return f"<{self.name} {self.id}>"

    def dm(self) -> Room:
        """Her direct message with the bot."""
        with self._world.locked():
            channel = conversations.open_dm(self._world, self._team, self.id)
        return Room(self._world, self._team, channel)

    def _channel(self, channel: Room | str | None) -> Channel:
        if channel is None:
            return self.dm().state
        return self._team.channels[channel if isinstance(channel, str) else channel.id]

    def may_see(self, channel: Room | str) -> bool:
        room = self._channel(channel)
        if self.state.deleted or room.deleted:
            return False
        return self.id in room.members or (room.kind == "channel" and not self.state.guest)

    # Agents

    def assistant(self, thread_ts: str = "") -> AssistantThread:
        """What the app shows in that thread of her conversation with it; without one, in the whole of it. Until it says
        something, the prompts of its manifest stand there."""
        with self._world.locked():
            kept = self.dm().state.assistant.get(thread_ts, {})
            return AssistantThread(
                status=kept.get("status", ""),
                title=kept.get("title", ""),
                prompts={p["title"]: p["message"] for p in kept.get("prompts", self._world.manifest.prompts)},
                prompts_title=kept.get("prompts_title", ""),
            )

    def open_assistant(self, seen_in: Room | None = None) -> Message:
        """Begin a new conversation with the assistant (`assistant_thread_started`); `seen_in` is where she looks
        meanwhile. The root of its thread."""
        with self._world.locked():
            assert not self.state.guest, GUEST
            assert self._world.manifest.has_assistant_threads, "the app has no assistant_view in its manifest"
            channel = self._channel(None)
            bot = self._team.users[self._team.bot_user_id]
            draft = messages.Draft(text="New Assistant Thread", subtype="assistant_app_thread")
            root = messages.post(self._world, self._team, channel, bot, draft)
            root.thread_ts = root.ts
            channel.assistant[root.ts] = {}
            context = self._context(seen_in)
            events.assistant_thread(
                self._world, self._team, "assistant_thread_started", self.id, channel, root.ts, context
            )
            return root.snapshot()

    def look_at(self, room: Room) -> None:
        """Go elsewhere in Slack with the app still open beside it: `assistant_thread_context_changed` for every thread
        with the assistant, `app_context_changed` for an agent."""
        with self._world.locked():
            channel = self._channel(None)
            roots = [m for m in channel.messages.values() if m.subtype == "assistant_app_thread"]
            for root in roots:
                name = "assistant_thread_context_changed"
                events.assistant_thread(self._world, self._team, name, self.id, channel, root.ts, self._context(room))
            entity = {"type": "slack#/types/channel_id", "value": room.id, "team_id": self._team.id}
            context: Json = {"entities": [entity]}
            self._team.looking_at[self.id] = context
            event: Json = {"type": "app_context_changed", "channel": channel.id, "user": self.id, "context": context}
            events.emit(self._world, self._team, "app_context_changed", event)

    def _context(self, seen_in: Room | None) -> Json:
        if seen_in is None:
            return {}
        return {
            "channel_id": seen_in.id,
            "team_id": self._team.id,
            "enterprise_id": self._team.org.id if self._team.org else None,
        }

    def rename_session(self, thread_ts: str, title: str) -> None:
        """Give a session with an agent another name (`agent_session_title_changed`)."""
        with self._world.locked():
            channel = self._channel(None)
            kept = self._team.sessions[(channel.id, thread_ts)]
            event: Json = {
                "type": "agent_session_title_changed",
                "channel": channel.id,
                "user": self.id,
                "team_id": self._team.id,
                "thread_ts": thread_ts,
                "title": title,
                "previous_title": kept["title"],
            }
            kept["title"] = title
            events.emit(self._world, self._team, "agent_session_title_changed", event)

    def stop_session(self, thread_ts: str) -> None:
        """Press Stop while an agent works (`agent_session_stopped`)."""
        with self._world.locked():
            channel = self._channel(None)
            streams = []
            for message in channel.messages.values():
                if message.stream is not None and message.thread_ts == thread_ts:
                    message.stream.stopped = True
                    streams.append(message.ts)
            event: Json = {
                "type": "agent_session_stopped",
                "channel": channel.id,
                "user": self.id,
                "thread_ts": thread_ts,
                "streaming_message_ts": streams,
            }
            messages.end_status(self._world, channel, thread_ts)
            events.emit(self._world, self._team, "agent_session_stopped", event)

    # Workflows and work objects

    def run_step(self, callback_id: str, inputs: Json | None = None) -> Execution:
        """Let a workflow come to a step of the app's (`function_executed`); it fills in outputs or error itself."""
        with self._world.locked():
            known = self._world.manifest.data is None or self._world.manifest.function(callback_id) is not None
            assert known, f"the manifest has no function called {callback_id}"
            token = f"xwfp-{secrets.token_hex(16)}"
            execution = Execution(self._world.new_id("Fx"), callback_id, inputs or {}, token=token)
            self._world.tokens[token] = self._team.id
            self._team.executions[execution.id] = execution
            events.function(self._world, self._team, execution)
            return execution

    def open_entity(self, message: Message, url: str) -> None:
        """Open a work object shown under a message (`entity_details_requested`)."""
        with self._world.locked():
            stored = self._channel(message.channel).messages[message.ts]
            shown = next((a["entity"] for a in stored.attachments if a.get("entity", {}).get("url") == url), None)
            assert shown is not None, f"no work object of {url} stands under that message"
            event: Json = {
                "type": "entity_details_requested",
                "user": self.id,
                "trigger_id": self._world.new_trigger(self._team, self.id),
                "link": {"url": url, "domain": url.split("/")[2]},
                "entity_url": url,
                "user_locale": "en-US",
                "external_ref": shown.get("external_ref"),
                "channel": message.channel,
                "message_ts": message.ts,
            }
            events.emit(self._world, self._team, "entity_details_requested", event)

    @property
    def flexpane(self) -> Json | None:
        """What the app last presented of a work object she opened."""
        with self._world.locked():
            return self._team.flexpanes.get(self.id)
