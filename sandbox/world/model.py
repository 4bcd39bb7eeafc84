"""What a Slack holds: teams, people, conversations, messages, views."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sandbox.world.forms import clickable, elements, state_values, words
from sandbox.world.kinds import ChannelKind, Json, StateKey
from sandbox.world.streams import Stream

APP_ID = "A0SANDBOX"
"""A sandbox has one app, however many workspaces it is installed in."""


@dataclass
class User:
    id: str
    team_id: str
    name: str
    real_name: str
    email: str
    tz: str = "UTC"
    guest: bool = False
    admin: bool = False
    deleted: bool = False
    is_bot: bool = False
    bot_id: str = ""
    title: str = ""
    status: str = ""
    status_emoji: str = ""
    updated: int = 0

    def tz_offset(self, at: datetime) -> int:
        """Seconds east of UTC at that moment."""
        return int((at.astimezone(ZoneInfo(self.tz)).utcoffset() or timedelta()).total_seconds())


@dataclass
class Message:
    ts: str
    channel: str
    team: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    parent_user: str = ""
    """Who wrote what it answers; empty for what answers nothing."""
    metadata: Json | None = None
    bot_id: str = ""
    bot_name: str = ""
    app_id: str = ""
    execution: str = ""
    """The step of a workflow it was posted for: its id."""
    username: str = ""
    subtype: str = ""
    told: Json = field(default_factory=dict)
    """What a message of Slack's own says besides its text: a topic, an inviter."""
    ephemeral_to: str = ""
    """The one person who sees it; empty for a message everybody sees."""
    edited: str = ""
    broadcast: bool = False
    client_msg_id: str = ""
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[Json] = field(default_factory=list)
    stream: Stream | None = None
    """While it is still being written."""
    streamed: bool = False
    """It was written bit by bit."""
    state: dict[str, dict[StateKey, Json]] = field(default_factory=dict)
    """What each person typed into its inputs: user id → (block_id, action_id) → value."""

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts

    def all_blocks(self) -> list[Json]:
        """Its blocks and those of its attachments, in the order shown."""
        inner = [b for a in self.attachments for b in a.get("blocks", []) if isinstance(b, dict)]
        return [*self.blocks, *inner]

    def snapshot(self) -> Message:
        return copy.deepcopy(self)

    @property
    def shown(self) -> str:
        """All the words a person reads in it, one line each."""
        lines = words(self.all_blocks()) or [self.text]
        lines += [str(a["text"]) for a in self.attachments if a.get("text")]
        return "\n".join(lines)

    @property
    def buttons(self) -> list[str]:
        """What can be clicked in it, by label."""
        return clickable(elements(self.all_blocks()))


@dataclass
class Channel:
    id: str
    team_id: str
    name: str
    kind: ChannelKind
    created: int
    updated: float = 0.0
    """When its name, topic, purpose or state last changed, in seconds; 0 for never."""
    creator: str = ""
    members: list[str] = field(default_factory=list)
    archived: bool = False
    deleted: bool = False
    general: bool = False
    topic: str = ""
    purpose: str = ""
    messages: dict[str, Message] = field(default_factory=dict)
    """Everything ever posted, ephemerals too, by ts, oldest first."""
    gone: dict[str, Message] = field(default_factory=dict)
    """Deleted messages by ts."""
    last_ts: str = ""
    bookmarks: list[Json] = field(default_factory=list)
    pins: dict[str, tuple[str, int]] = field(default_factory=dict)
    """ts → who pinned it, and when."""
    assistant: dict[str, Json] = field(default_factory=dict)
    """thread_ts → status, title and prompts of an assistant thread; "" for the whole conversation."""
    thinking: dict[str, datetime] = field(default_factory=dict)
    """thread_ts → when its status goes away by itself."""
    read: dict[str, str] = field(default_factory=dict)
    """user id → ts of the newest message they have seen."""

    @property
    def is_private(self) -> bool:
        return self.kind != "channel"

    @property
    def is_dm(self) -> bool:
        return self.kind in ("im", "mpim")


@dataclass
class View:
    id: str
    team_id: str
    user_id: str
    type: Literal["modal", "home"]
    body: Json
    """title, blocks, submit, close, callback_id, private_metadata, … as the app sent it."""
    hash: str
    root_view_id: str
    previous_view_id: str | None = None
    external_id: str = ""
    filled: dict[StateKey, Json] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    """What the last submission was refused for: block_id → sentence."""

    @property
    def blocks(self) -> list[Json]:
        return list(self.body.get("blocks") or [])

    @property
    def callback_id(self) -> str:
        return str(self.body.get("callback_id") or "")

    @property
    def private_metadata(self) -> str:
        return str(self.body.get("private_metadata") or "")

    @property
    def title(self) -> str:
        return str((self.body.get("title") or {}).get("text", ""))

    @property
    def state(self) -> Json:
        """`view.state.values` as a submission would carry it."""
        return state_values(self.blocks, self.filled)

    @property
    def shown(self) -> str:
        """All the words a person reads in it, one line each."""
        return "\n".join([*([self.title] if self.title else []), *words(self.blocks)])

    @property
    def buttons(self) -> list[str]:
        return clickable(elements(self.blocks))

    def snapshot(self) -> View:
        return copy.deepcopy(self)


@dataclass
class Trigger:
    id: str
    team_id: str
    user_id: str
    born: float
    view_id: str = ""
    """The modal it was born in, for views.push."""
    channel_id: str = ""
    """The conversation it was born in, for `default_to_current_conversation`."""
    used: bool = False


@dataclass
class ResponseUrl:
    key: str
    team_id: str
    channel_id: str
    user_id: str
    born: datetime
    message_ts: str = ""
    """The message `replace_original` and `delete_original` work on; empty after a command."""
    uses: int = 0


@dataclass
class Scheduled:
    id: str
    channel_id: str
    post_at: int
    created: int
    args: Json


@dataclass
class Upload:
    id: str
    team_id: str
    user_id: str
    name: str
    length: int
    title: str = ""
    alt_text: str = ""
    content: bytes | None = None
    complete: bool = False
    deleted: bool = False
    created: int = 0
    channels: list[str] = field(default_factory=list)


@dataclass
class Execution:
    """A step of a workflow the app is to do: `outputs` or `error` once it has."""

    id: str
    callback_id: str
    inputs: Json
    outputs: Json | None = None
    error: str = ""
    token: str = ""
    """Handed over with it: what is posted with this belongs to the step."""


@dataclass
class SlackList:
    id: str
    name: str
    schema: list[Json]
    items: dict[str, Json] = field(default_factory=dict)
    exports: dict[str, str] = field(default_factory=dict)
    """Job of slackLists.download.start → the upload it wrote."""


@dataclass
class Org:
    """An Enterprise Grid: teams under one roof, in all of which one install may serve."""

    id: str
    name: str
    bot_token: str = ""


@dataclass
class Team:
    id: str
    name: str
    domain: str
    scopes: set[str] | None
    """None: everything is allowed."""
    installed: bool = True
    org: Org | None = None
    bot_token: str = ""
    bot_user_id: str = ""
    bot_id: str = ""
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    stacks: dict[str, list[str]] = field(default_factory=dict)
    """user id → ids of open modals, the one on top last."""
    homes: dict[str, str] = field(default_factory=dict)
    """user id → id of the published Home."""
    scheduled: dict[str, Scheduled] = field(default_factory=dict)
    usergroups: dict[str, Json] = field(default_factory=dict)
    sessions: dict[tuple[str, str], Json] = field(default_factory=dict)
    """(channel id, thread_ts) → an agent's session: its status and title."""
    executions: dict[str, Execution] = field(default_factory=dict)
    """Steps of workflows that were handed to the app, by id."""
    flexpanes: dict[str, Json] = field(default_factory=dict)
    lacks: set[str] = field(default_factory=set)
    """Types of blocks this workspace has not been given yet, and `entity`: it refuses them as unknown."""
    looking_at: dict[str, Json] = field(default_factory=dict)
    """Person → what she has open beside an agent (`context` of app_context_changed)."""
    """user id → what the app last presented of a work object."""
    lists: dict[str, SlackList] = field(default_factory=dict)
    canvases: dict[str, Json] = field(default_factory=dict)
    remote_files: dict[str, Json] = field(default_factory=dict)
    emoji: dict[str, str] = field(default_factory=dict)
    """Custom emoji: name → address of its picture, or `alias:name`."""
    sent: dict[str, tuple[str, str]] = field(default_factory=dict)
    """client_msg_id → (channel, ts)"""
    alerts: dict[str, list[str]] = field(default_factory=dict)
    """user id → what Slack told them when the app failed, newest last."""
