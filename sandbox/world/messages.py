"""Posting, changing, deleting and reading messages, whoever does it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sandbox.world import events
from sandbox.world.forms import NESTED
from sandbox.world.kinds import Json
from sandbox.world.model import Channel, Message, Team, User
from sandbox.world.objects import picture
from sandbox.world.world import World

TRUNCATED_AT = 40_000
"""chat.postMessage cuts text past this many characters."""


@dataclass
class Draft:
    """What somebody is about to post."""

    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    metadata: Json | None = None
    broadcast: bool = False
    username: str = ""
    client_msg_id: str = ""
    files: list[Json] = field(default_factory=list)
    subtype: str = ""


def with_ids(world: World, blocks: list[Json]) -> list[Json]:
    """Blocks as Slack stores them: every block and every element has an id, those within a block too."""
    stored: list[Json] = []
    for block in blocks:
        copy = dict(block)
        copy.setdefault("type", "task_card")  # a plan's tasks need not say that they are
        copy.setdefault("block_id", world.new_id("b")[-5:])
        for key in ("accessory", "element"):
            if isinstance(copy.get(key), dict):
                copy[key] = _with_action_id(world, copy[key])
        for key, kinds in (("elements", ("actions", "context_actions")), ("actions", ("card",))):
            if copy.get("type") in kinds and copy.get(key):
                copy[key] = [_with_action_id(world, e) for e in copy[key]]
        inner = NESTED.get(str(copy.get("type")))
        if inner and copy.get(inner):
            copy[inner] = with_ids(world, copy[inner])
        if copy.get("type") == "layout":
            copy["rows"] = [
                row | {"items": [item | {"blocks": with_ids(world, item["blocks"])} for item in row["items"]]}
                for row in copy["rows"]
            ]
            copy.setdefault("fallback", [])
        stored.append(copy)
    return stored


def _with_action_id(world: World, element: Json) -> Json:
    if element.get("type") in (None, "image") or element.get("action_id"):
        return element
    return {**element, "action_id": world.new_id("a")[-5:]}


def post(world: World, team: Team, channel: Channel, author: User, draft: Draft) -> Message:
    """Store a message, count it in its thread, and tell who subscribed."""
    message = build(world, team, channel, author, draft)
    parent = channel.messages.get(message.thread_ts or "")
    message.parent_user = parent.user if parent is not None else ""
    channel.messages[message.ts] = message
    world.changed("message", channel=channel.id, ts=message.ts)
    event = {**with_root(channel, message, as_json(message)), "event_ts": message.ts}
    if not author.is_bot and world.manifest.is_agent:
        event["assistant_thread"] = {"action_token": world.new_action_token()}
        if channel.kind == "im" and author.id in team.looking_at:
            event["app_context"] = team.looking_at[author.id]
    events.message(world, team, channel, event)
    if message.metadata:
        events.metadata(world, team, channel, "message_metadata_posted", message)
    if author.is_bot:
        end_status(world, channel, message.thread_ts or message.ts)
    else:
        events.links(world, team, channel, message)
    if not author.is_bot and f"<@{team.bot_user_id}>" in message.text:
        events.mention(world, team, channel, as_json(message))
    return message


SYSTEM = frozenset(f"channel_{what}" for what in ("join", "leave", "topic", "purpose", "name", "archive", "unarchive"))
"""Subtypes of what Slack itself writes into a channel. Nobody changes or deletes it."""


def note(world: World, team: Team, channel: Channel, user_id: str, subtype: str, text: str, **told: str) -> None:
    """Write into the channel what somebody did to it, as Slack does, and tell the app."""
    if channel.is_dm:
        return
    message = Message(world.next_ts(channel), channel.id, team.id, user_id, text, subtype=subtype, told=dict(told))
    channel.messages[message.ts] = message
    world.changed("message", channel=channel.id, ts=message.ts)
    events.message(world, team, channel, {**as_json(message), "event_ts": message.ts})


def post_ephemeral(world: World, team: Team, channel: Channel, author: User, to: str, draft: Draft) -> Message:
    """Only `to` sees it, nobody is told, history never shows it."""
    message = build(world, team, channel, author, draft)
    message.ephemeral_to = to
    channel.messages[message.ts] = message
    world.changed("ephemeral", channel=channel.id, ts=message.ts, user=to)
    return message


def build(world: World, team: Team, channel: Channel, author: User, draft: Draft) -> Message:
    """A message that stands nowhere yet."""
    return Message(
        ts=world.next_ts(channel),
        channel=channel.id,
        team=team.id,
        user=author.id,
        text=draft.text[:TRUNCATED_AT],
        blocks=with_ids(world, draft.blocks),
        attachments=[_attachment(world, n, a) for n, a in enumerate(draft.attachments, 1)],
        thread_ts=draft.thread_ts,
        metadata=draft.metadata,
        bot_id=author.bot_id,
        bot_name=author.real_name if author.is_bot else "",
        app_id=world.app_id if author.is_bot else "",
        username=draft.username,
        subtype=draft.subtype,
        broadcast=draft.broadcast,
        client_msg_id=draft.client_msg_id,
        files=draft.files,
    )


def _attachment(world: World, number: int, attachment: Json) -> Json:
    stored: Json = {"id": number, "fallback": "[no preview available]", **attachment}
    if isinstance(stored.get("blocks"), list):
        stored["blocks"] = with_ids(world, stored["blocks"])
    return stored


def change(world: World, team: Team, channel: Channel, message: Message, draft: Draft) -> None:
    """Replace what a message says. Typed state survives where its input is still there."""
    before, metadata_before = as_json(message), message.metadata
    message.text = draft.text[:TRUNCATED_AT]
    message.blocks = with_ids(world, draft.blocks)
    message.attachments = [_attachment(world, n, a) for n, a in enumerate(draft.attachments, 1)]
    message.metadata = draft.metadata
    message.edited = world.now_ts()
    world.changed("message_changed", channel=channel.id, ts=message.ts)
    if message.ephemeral_to:
        return
    events.message(
        world,
        team,
        channel,
        {
            "type": "message",
            "subtype": "message_changed",
            "hidden": True,
            "ts": message.edited,
            "message": as_json(message),
            "previous_message": before,
            "event_ts": message.edited,
        },
    )

    if message.metadata != metadata_before:
        name = "message_metadata_updated" if metadata_before else "message_metadata_posted"
        name = name if message.metadata else "message_metadata_deleted"
        events.metadata(world, team, channel, name, message, metadata_before)


def end_status(world: World, channel: Channel, thread_ts: str) -> None:
    """What the app was said to be doing is over: it has answered."""
    if channel.thinking.pop(thread_ts, None) is not None:
        channel.assistant[thread_ts]["status"] = ""
        world.changed("assistant", channel=channel.id)


def end_old_statuses(world: World, channel: Channel) -> None:
    for thread_ts in [ts for ts, ends in channel.thinking.items() if ends <= world.clock.now()]:
        end_status(world, channel, thread_ts)


def unfurl(world: World, team: Team, channel: Channel, message: Message, shown: list[Json]) -> None:
    """Put under a message what the app shows of its links. Each link is shown once."""
    before = as_json(message)
    new = {row.get("from_url") for row in shown}
    kept = [row for row in message.attachments if row.get("from_url") not in new]
    message.attachments = [_attachment(world, n, a) for n, a in enumerate([*kept, *shown], 1)]
    now = world.now_ts()
    world.changed("message_changed", channel=channel.id, ts=message.ts)
    changed: Json = {"type": "message", "subtype": "message_changed", "hidden": True, "ts": now, "event_ts": now}
    events.message(world, team, channel, changed | {"message": as_json(message), "previous_message": before})


def show_stream(world: World, channel: Channel, message: Message) -> None:
    """Put on the page what has been streamed so far; the app hears of the whole when it stops."""
    assert message.stream is not None
    message.text = message.stream.text
    message.blocks = with_ids(world, message.stream.blocks)
    world.changed("message_changed", channel=channel.id, ts=message.ts)


def delete(world: World, team: Team, channel: Channel, message: Message) -> None:
    del channel.messages[message.ts]
    channel.gone[message.ts] = message
    world.changed("message_deleted", channel=channel.id, ts=message.ts)
    if message.ephemeral_to:
        return
    now = world.now_ts()
    events.message(
        world,
        team,
        channel,
        {
            "type": "message",
            "subtype": "message_deleted",
            "hidden": True,
            "ts": now,
            "deleted_ts": message.ts,
            "previous_message": as_json(message),
            "event_ts": now,
        },
    )
    if message.metadata:
        events.metadata(world, team, channel, "message_metadata_deleted", message, message.metadata)


def as_json(message: Message, *, metadata: bool = True) -> Json:
    """A message object as Slack writes it. Events and interactions carry its metadata; history does where asked."""
    body: Json = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts}
    if message.client_msg_id:
        body["client_msg_id"] = message.client_msg_id
    if message.subtype:
        body |= {"subtype": message.subtype, **message.told}
    if message.bot_id:
        body |= {"bot_id": message.bot_id, "app_id": message.app_id}
        body["bot_profile"] = {
            "id": message.bot_id,
            "app_id": message.app_id,
            "name": message.bot_name,
            "icons": {f"image_{size}": picture(message.user, size) for size in (36, 48, 72)},
            "deleted": False,
            "updated": int(float(message.ts)),
            "team_id": message.team,
            "user_id": message.user,
        }
    if message.streamed:
        body["streaming_state"] = "completed" if message.stream is None else "in_progress"
    if message.username:
        body["username"] = message.username
    body["team"] = message.team
    if message.blocks:
        body["blocks"] = message.blocks
    if message.attachments:
        body["attachments"] = message.attachments
    if message.files:
        body["files"] = message.files
    if message.thread_ts:
        body["thread_ts"] = message.thread_ts
    if message.is_reply and message.parent_user:
        body["parent_user_id"] = message.parent_user
    if message.broadcast:
        body["subtype"] = "thread_broadcast"
    if message.edited:
        body["edited"] = {"user": message.user, "ts": message.edited}
    if message.reactions:
        body["reactions"] = [
            {"name": name, "users": list(users), "count": len(users)} for name, users in message.reactions.items()
        ]
    if metadata and message.metadata:
        body["metadata"] = message.metadata
    return body


def with_thread(channel: Channel, message: Message, *, metadata: bool = False) -> Json:
    """A message object with the counters a thread's parent carries."""
    body = with_root(channel, message, as_json(message, metadata=metadata))
    answers = replies(channel, message.ts)
    if answers and not message.is_reply:
        people = list(dict.fromkeys(answer.user for answer in answers))
        body |= {
            "thread_ts": message.ts,
            "reply_count": len(answers),
            "reply_users": people,
            "reply_users_count": len(people),
            "latest_reply": answers[-1].ts,
            "is_locked": False,
            "subscribed": False,
        }
    return body


def with_root(channel: Channel, message: Message, body: Json) -> Json:
    """What was sent to the channel too carries the message that it answers."""
    root = channel.messages.get(message.thread_ts or "")
    if not message.broadcast or root is None:
        return body
    return body | {"root": with_thread(channel, root)}


def replies(channel: Channel, thread_ts: str) -> list[Message]:
    return [m for m in channel.messages.values() if m.thread_ts == thread_ts and m.is_reply and not m.ephemeral_to]


def timeline(channel: Channel) -> list[Message]:
    """What the channel itself shows, oldest first: no replies unless sent to the channel too."""
    return [m for m in channel.messages.values() if not m.is_reply or m.broadcast]


def escaped(team: Team, text: str) -> str:
    """`@name` and `#channel` as Slack escapes them in a command that asked for it."""
    people = {user.name: user for user in team.users.values()}
    rooms = {channel.name: channel for channel in team.channels.values() if not channel.is_dm}

    def person(match: re.Match[str]) -> str:
        user = people.get(match[1].lower())
        return f"<@{user.id}|{user.name}>" if user else match[0]

    def room(match: re.Match[str]) -> str:
        channel = rooms.get(match[1])
        return f"<#{channel.id}|{channel.name}>" if channel else match[0]

    text = re.sub(r"(?<![<\w])@([\w.-]+)", person, text)
    return re.sub(r"(?<![<\w])#([\w-]+)", room, text)
