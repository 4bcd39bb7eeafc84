"""conversations.*: channels, private channels, direct messages, and what was said in them."""

from __future__ import annotations

import re

from sandbox.api.calls import Call
from sandbox.world import events, messages
from sandbox.world.errors import SlackError, invalid_arguments
from sandbox.world.kinds import Json
from sandbox.world.model import Channel, Message, Team
from sandbox.world.objects import channel_json
from sandbox.world.rates import OUTSIDE_PAGE
from sandbox.world.world import World

TYPES = {"public_channel": "channel", "private_channel": "group", "mpim": "mpim", "im": "im"}
READ_SCOPES = {
    "channel": "channels:read",
    "group": "groups:read",
    "im": "im:read",
    "mpim": "mpim:read",
}


def open_dm(world: World, team: Team, user_id: str) -> Channel:
    """The direct message between the app and a person, made on first use."""
    for channel in team.channels.values():
        if channel.kind == "im" and {user_id, team.bot_user_id} <= set(channel.members):
            return channel
    channel = Channel(
        id=world.new_id("D"),
        team_id=team.id,
        name=user_id,
        kind="im",
        created=int(world.clock.now().timestamp()),
        members=[team.bot_user_id, user_id],
    )
    team.channels[channel.id] = channel
    world.changed("channel", channel=channel.id)
    return channel


def open_(call: Call) -> Json:
    if call.text("channel"):
        channel = call.channel()
        if not channel.is_dm:
            raise SlackError("method_not_supported_for_channel_type")
        return {"no_op": True, "already_open": True, "channel": _opened(call, channel)}
    ids = [u for u in re.split(r"[,\s]+", call.text("users")) if u]
    if not ids:
        raise SlackError("users_list_not_supplied")
    if len(ids) > 8:
        raise SlackError("too_many_users")
    for user_id in ids:
        if call.user(user_id).deleted:
            raise SlackError("user_disabled")
    kind = "im" if len(ids) == 1 else "mpim"
    if not call.has_scope(f"{kind}:write"):
        raise missing_scope(call, f"{kind}:write")
    before = len(call.team.channels)
    channel = open_dm(call.world, call.team, ids[0]) if len(ids) == 1 else _group_dm(call, ids)
    old = len(call.team.channels) == before
    extra = {"no_op": True, "already_open": True} if old else {}
    return extra | {"channel": _opened(call, channel)}


def missing_scope(call: Call, *needed: str) -> SlackError:
    provided = ",".join(sorted(call.team.scopes or ()))
    return SlackError("missing_scope", needed=",".join(needed), provided=provided)


def _opened(call: Call, channel: Channel) -> Json:
    if call.flag("return_im"):
        return channel_json(call.team, channel)
    return {"id": channel.id}


def _group_dm(call: Call, ids: list[str]) -> Channel:
    people = {*ids, call.team.bot_user_id}
    for channel in call.team.channels.values():
        if channel.kind == "mpim" and set(channel.members) == people:
            return channel
    names = "--".join(call.team.users[i].name for i in ids)
    channel = Channel(
        id=call.world.new_id("G"),
        team_id=call.team.id,
        name=f"mpdm-{names}-1",
        kind="mpim",
        created=int(call.world.clock.now().timestamp()),
        members=[call.team.bot_user_id, *ids],
    )
    call.team.channels[channel.id] = channel
    call.world.changed("channel", channel=channel.id)
    return channel


def info(call: Call) -> Json:
    count = call.flag("include_num_members")
    return {"channel": channel_json(call.team, call.channel(), members=count)}


def _wanted_types(call: Call) -> set[str]:
    names = [t.strip() for t in call.text("types", "public_channel").split(",") if t.strip()]
    if any(name not in TYPES for name in names):
        raise SlackError("invalid_types")
    kinds = {TYPES[name] for name in names}
    lacking = [READ_SCOPES[kind] for kind in sorted(kinds) if not call.has_scope(READ_SCOPES[kind])]
    if lacking:
        raise missing_scope(call, *lacking)
    return kinds


def list_(call: Call) -> Json:
    kinds = _wanted_types(call)
    rows = [
        channel_json(call.team, c, members=True)
        for c in call.team.channels.values()
        if c.kind in kinds
        and not c.deleted
        and not (c.archived and call.flag("exclude_archived"))
        and (c.kind == "channel" or call.team.bot_user_id in c.members)
    ]
    page, metadata = call.page(rows, most=999)
    return {"channels": page, "response_metadata": metadata}


def of_user(call: Call) -> Json:
    """users.conversations: what a person, or the app itself, is a member of."""
    user_id = call.text("user") or call.team.bot_user_id
    call.user(user_id)
    kinds = _wanted_types(call)
    rows = [
        channel_json(call.team, c)
        for c in call.team.channels.values()
        if c.kind in kinds
        and not c.deleted
        and user_id in c.members
        and not (c.archived and call.flag("exclude_archived"))
        and (c.kind == "channel" or call.team.bot_user_id in c.members)
    ]
    page, metadata = call.page(rows, most=999)
    return {"channels": page, "response_metadata": metadata}


def members(call: Call) -> Json:
    page, metadata = call.page(call.channel().members)
    return {"members": page, "response_metadata": metadata}


def join(call: Call) -> Json:
    channel = call.channel()
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    call.open(channel)
    extra: Json = {}
    if call.team.bot_user_id in channel.members:
        extra = {"warning": "already_in_channel"}
    else:
        enter(call.world, call.team, channel, call.team.bot_user_id)
    return extra | {"channel": channel_json(call.team, channel)}


def enter(world: World, team: Team, channel: Channel, user_id: str, inviter: str = "") -> None:
    channel.members.append(user_id)
    world.changed("joined", channel=channel.id, user=user_id)
    events.joined(world, team, channel, user_id, inviter)
    invited = {"inviter": inviter} if inviter else {}
    messages.note(world, team, channel, user_id, "channel_join", f"<@{user_id}> has joined the channel", **invited)


def quit_(world: World, team: Team, channel: Channel, user_id: str) -> None:
    channel.members.remove(user_id)
    world.changed("left", channel=channel.id, user=user_id)
    events.left(world, team, channel, user_id)
    messages.note(world, team, channel, user_id, "channel_leave", f"<@{user_id}> has left the channel")


def invite(call: Call) -> Json:
    channel = call.channel()
    if channel.is_dm:
        raise SlackError("method_not_supported_for_channel_type")
    call.joined(channel)
    call.open(channel)
    ids = [u for u in re.split(r"[,\s]+", call.need("users")) if u]
    for user_id in ids:
        if user_id == call.team.bot_user_id:
            raise SlackError("cant_invite_self")
        if call.user(user_id).deleted:
            raise SlackError("user_not_found")
        if user_id in channel.members:
            raise SlackError("already_in_channel")
    for user_id in ids:
        enter(call.world, call.team, channel, user_id, call.team.bot_user_id)
    return {"channel": channel_json(call.team, channel)}


def leave(call: Call) -> Json:
    channel = call.channel()
    if channel.is_dm:
        raise SlackError("method_not_supported_for_channel_type")
    if channel.general:
        raise SlackError("cant_leave_general")
    call.open(channel)
    if call.team.bot_user_id not in channel.members:
        return {"not_in_channel": True}
    quit_(call.world, call.team, channel, call.team.bot_user_id)
    return {}


def kick(call: Call) -> Json:
    channel = call.channel()
    user = call.user(call.need("user"))
    if user.id == call.team.bot_user_id:
        raise SlackError("cant_kick_self")
    if channel.general:
        raise SlackError("cant_kick_from_general")
    if user.id not in channel.members:
        raise SlackError("not_in_channel")
    quit_(call.world, call.team, channel, user.id)
    return {}


def create(call: Call) -> Json:
    name = checked_name(call.text("name"))
    if any(c.name == name and not c.deleted for c in call.team.channels.values()):
        raise SlackError("name_taken")
    private = call.flag("is_private")
    channel = Channel(
        id=call.world.new_id("C"),
        team_id=call.team.id,
        name=name,
        kind="group" if private else "channel",
        created=int(call.world.clock.now().timestamp()),
        creator=call.team.bot_user_id,
        members=[call.team.bot_user_id],
    )
    call.team.channels[channel.id] = channel
    call.world.changed("channel", channel=channel.id)
    if not private:
        events.channel_news(call.world, call.team, channel, "created", channel.creator)
    return {"channel": channel_json(call.team, channel)}


def checked_name(name: str) -> str:
    if not name:
        raise SlackError("invalid_name_required")
    if len(name) > 80:
        raise SlackError("invalid_name_maxlength")
    if not re.fullmatch(r"[\w-]+", name) or name != name.lower():
        raise SlackError("invalid_name_specials")
    return name


def rename(call: Call) -> Json:
    channel = call.channel()
    call.joined(channel)
    call.open(channel)
    old, channel.name = channel.name, checked_name(call.text("name"))
    channel.updated = call.world.clock.now().timestamp()
    events.channel_news(call.world, call.team, channel, "rename", call.team.bot_user_id)
    said = f'has renamed the channel from "{old}" to "{channel.name}"'
    _noted(call, channel, "name", said, name=channel.name, old_name=old)
    return {"channel": channel_json(call.team, channel)}


def archive(call: Call) -> Json:
    channel = call.channel()
    if channel.is_dm:
        raise SlackError("method_not_supported_for_channel_type")
    call.joined(channel)
    if channel.archived:
        raise SlackError("already_archived")
    if channel.general:
        raise SlackError("cant_archive_general")
    set_archived(call.world, call.team, channel, True, call.team.bot_user_id)
    return {}


def unarchive(call: Call) -> Json:
    channel = call.channel()
    if not channel.archived:
        raise SlackError("not_archived")
    set_archived(call.world, call.team, channel, False, call.team.bot_user_id)
    return {}


def set_archived(world: World, team: Team, channel: Channel, archived: bool, by: str) -> None:
    channel.archived = archived
    channel.updated = world.clock.now().timestamp()
    world.changed("archived" if archived else "unarchived", channel=channel.id)
    what = "archive" if archived else "unarchive"
    events.channel_news(world, team, channel, what, by)
    messages.note(world, team, channel, by, f"channel_{what}", f"<@{by}> {what}d the channel")


def set_topic(call: Call) -> Json:
    channel = _describable(call, "topic")
    channel.topic = call.text("topic")
    channel.updated = call.world.clock.now().timestamp()
    _noted(call, channel, "topic", f"set the channel topic: {channel.topic}", topic=channel.topic)
    return {"channel": channel_json(call.team, channel)}


def set_purpose(call: Call) -> Json:
    channel = _describable(call, "purpose")
    channel.purpose = call.text("purpose")
    channel.updated = call.world.clock.now().timestamp()
    _noted(call, channel, "purpose", f"set the channel description: {channel.purpose}", purpose=channel.purpose)
    return {"channel": channel_json(call.team, channel)}


def _noted(call: Call, channel: Channel, what: str, said: str, **told: str) -> None:
    by = call.team.bot_user_id
    messages.note(call.world, call.team, channel, by, f"channel_{what}", f"<@{by}> {said}", **told)


def _describable(call: Call, what: str) -> Channel:
    channel = call.channel()
    call.joined(channel)
    call.open(channel)
    if len(call.text(what)) > 250:
        raise SlackError("too_long")
    return channel


def mark(call: Call) -> Json:
    call.joined(call.channel())
    call.need("ts")
    return {}


def close(call: Call) -> Json:
    if not call.channel().is_dm:
        raise SlackError("method_not_supported_for_channel_type")
    return {}


def history(call: Call) -> Json:
    channel = call.channel()
    call.joined(channel)
    rows = [m for m in messages.timeline(channel) if not m.ephemeral_to]
    rows = _between(call, rows)[::-1]
    page, metadata = call.page(rows, most=999, given=_given(call))
    return {
        "messages": [_out(call, channel, m) for m in page],
        "has_more": bool(metadata["next_cursor"]),
        "pin_count": len(channel.pins),
        "channel_actions_ts": None,
        "channel_actions_count": 0,
        "response_metadata": metadata,
    }


def replies(call: Call) -> Json:
    channel = call.channel()
    call.joined(channel)
    asked = channel.messages.get(call.need("ts"))
    if asked is None or asked.ephemeral_to:
        raise SlackError("thread_not_found")
    root = channel.messages.get(asked.thread_ts or asked.ts, asked)
    rows = [root, *_between(call, messages.replies(channel, root.ts))]
    page, metadata = call.page(rows, default=1000, given=_given(call))
    return {
        "messages": [_out(call, channel, m) for m in page],
        "has_more": bool(metadata["next_cursor"]),
        "response_metadata": metadata,
    }


def _given(call: Call) -> int:
    """How many messages Slack gives at once."""
    return OUTSIDE_PAGE if call.world.limits.outside else 1000


def _out(call: Call, channel: Channel, message: Message) -> Json:
    return messages.with_thread(channel, message, metadata=call.flag("include_all_metadata"))


def _between(call: Call, rows: list[Message]) -> list[Message]:
    """Those after `oldest` and before `latest`; on the edge only where `inclusive` says so."""
    oldest, latest = _stamp(call, "oldest"), _stamp(call, "latest")
    edge = call.flag("inclusive")

    def inside(ts: float) -> bool:
        if oldest is not None and (ts < oldest or (ts == oldest and not edge)):
            return False
        return latest is None or ts < latest or (ts == latest and edge)

    return [m for m in rows if inside(float(m.ts))]


def _stamp(call: Call, name: str) -> float | None:
    value = call.text(name)
    if value in ("", "now"):
        return None
    try:
        return float(value)
    except ValueError as error:
        if call.args.get("ts"):
            raise invalid_arguments(f"invalid timestamp [json-pointer:/{name}]") from error
        raise SlackError(f"invalid_ts_{name}") from error
