"""reactions.*, pins.*, bookmarks.*, emoji.*, blocks.*."""

from __future__ import annotations

from sandbox import limits
from sandbox.api.calls import Call, known
from sandbox.world import events, messages
from sandbox.world.errors import SlackError, invalid_arguments
from sandbox.world.kinds import Json
from sandbox.world.model import Channel, Message
from sandbox.world.objects import permalink


def _item(call: Call) -> tuple[Channel, Message]:
    if not call.text("channel") or not call.text("timestamp"):
        raise SlackError("no_item_specified")
    channel = call.channel()
    return channel, call.message(channel, call.text("timestamp"))


def reactions_add(call: Call) -> Json:
    name = call.need("name").strip(":")
    channel, message = _item(call)
    call.open(channel)
    call.joined(channel)
    people = message.reactions.setdefault(name, [])
    if call.bot.id in people:
        raise SlackError("already_reacted")
    people.append(call.bot.id)
    call.world.changed("reaction", channel=channel.id, ts=message.ts)
    body = messages.as_json(message)
    events.reaction(call.world, call.team, channel, "reaction_added", call.bot.id, name, body)
    return {}


def reactions_remove(call: Call) -> Json:
    name = call.need("name").strip(":")
    channel, message = _item(call)
    if call.bot.id not in message.reactions.get(name, []):
        raise SlackError("no_reaction")
    message.reactions[name].remove(call.bot.id)
    if not message.reactions[name]:
        del message.reactions[name]
    call.world.changed("reaction", channel=channel.id, ts=message.ts)
    body = messages.as_json(message)
    events.reaction(call.world, call.team, channel, "reaction_removed", call.bot.id, name, body)
    return {}


def reactions_get(call: Call) -> Json:
    channel, message = _item(call)
    return {
        "type": "message",
        "channel": channel.id,
        "message": _linked(call, channel, message),
    }


def reactions_list(call: Call) -> Json:
    """Messages a person, or the app itself, has reacted to, newest first."""
    user = call.user(call.text("user") or call.bot.id)
    rows: list[Json] = [
        {"type": "message", "channel": channel.id, "message": _linked(call, channel, message)}
        for channel in call.team.channels.values()
        if channel.kind == "channel" or call.bot.id in channel.members
        for message in channel.messages.values()
        if any(user.id in people for people in message.reactions.values())
    ]
    rows.sort(key=lambda row: str(row["message"]["ts"]), reverse=True)
    page, metadata = call.page(rows)
    paging = {"count": len(page), "total": len(rows), "page": 1, "pages": 1}
    return {"items": page, "paging": paging, "response_metadata": metadata}


def pins_add(call: Call) -> Json:
    channel, message = _item(call)
    call.joined(channel)
    if message.ts in channel.pins:
        raise SlackError("already_pinned")
    channel.pins[message.ts] = (call.bot.id, int(call.world.clock.now().timestamp()))
    events.pin(call.world, call.team, channel, "pin_added", pin_json(channel, message), call.bot.id)
    return {}


def _linked(call: Call, channel: Channel, message: Message) -> Json:
    """A message with its address, and without its metadata."""
    return messages.as_json(message, metadata=False) | {"permalink": permalink(call.team, channel, message)}


def pin_json(channel: Channel, message: Message) -> Json:
    by, created = channel.pins[message.ts]
    return {
        "type": "message",
        "channel": channel.id,
        "created": created,
        "created_by": by,
        "message": messages.as_json(message, metadata=False) | {"pinned_to": [channel.id]},
    }


def pins_remove(call: Call) -> Json:
    channel, message = _item(call)
    if message.ts not in channel.pins:
        raise SlackError("no_pin")
    row = pin_json(channel, message)
    del channel.pins[message.ts]
    events.pin(call.world, call.team, channel, "pin_removed", row, call.bot.id)
    return {}


def pins_list(call: Call) -> Json:
    channel = call.channel()
    pinned = [message for ts, message in channel.messages.items() if ts in channel.pins]
    rows = [pin_json(channel, message) for message in pinned]
    for row, message in zip(rows, pinned, strict=True):
        row["message"]["permalink"] = permalink(call.team, channel, message)
    return {"items": rows}


def _bookmarked(call: Call) -> Channel:
    channel = call.visible(call.need("channel_id"))
    call.joined(channel)
    return channel


def bookmarks_add(call: Call) -> Json:
    channel = _bookmarked(call)
    row: Json = {
        "id": call.world.new_id("Bk"),
        "channel_id": channel.id,
        "title": call.need("title"),
        "type": call.text("type", "link"),
        "link": call.text("link"),
        "emoji": call.text("emoji"),
        "app_id": call.world.app_id,
        "icon_url": None,
        "entity_id": None,
        "date_created": int(call.world.clock.now().timestamp()),
        "date_updated": 0,
        "rank": _rank(len(channel.bookmarks)),
        "last_updated_by_user_id": call.bot.id,
        "last_updated_by_team_id": call.team.id,
        "shortcut_id": None,
        "app_action_id": None,
    }
    channel.bookmarks.append(row)
    return {"bookmark": row}


def _rank(number: int) -> str:
    """Words that sort as the bookmarks stand."""
    return f"{chr(ord('a') + number // 26 % 26)}{chr(ord('a') + number % 26)}"


def _bookmark(call: Call, channel: Channel) -> Json:
    wanted = call.need("bookmark_id")
    for row in channel.bookmarks:
        if row["id"] == wanted:
            return row
    raise SlackError("not_found")


def bookmarks_edit(call: Call) -> Json:
    row = _bookmark(call, _bookmarked(call))
    row.update({k: call.text(k) for k in ("title", "link", "emoji") if k in call.args})
    return {"bookmark": row}


def bookmarks_remove(call: Call) -> Json:
    channel = _bookmarked(call)
    channel.bookmarks.remove(_bookmark(call, channel))
    return {}


def bookmarks_list(call: Call) -> Json:
    return {"bookmarks": _bookmarked(call).bookmarks}


def emoji_list(call: Call) -> Json:
    return {"emoji": dict(call.team.emoji), "cache_ts": call.world.now_ts()}


def blocks_validate(call: Call) -> Json:
    """What would be refused of blocks, of a message or of a view; nothing is sent."""
    try:
        blocks, message, view = (call.document(name) for name in ("blocks", "message", "view"))
    except ValueError as broken:
        raise SlackError("invalid_blocks_format") from broken
    if blocks is None and message is None and view is None:
        raise invalid_arguments("missing required field: blocks")
    if view is not None:
        problems = limits.check_view(view)
    else:
        message = message if isinstance(message, dict) else {}
        blocks = message.get("blocks") if blocks is None else blocks
        problems = limits.check_message(text="-", blocks=blocks, attachments=message.get("attachments"))
    if not problems:
        known(call.team, view if view is not None else blocks, "invalid_blocks")
        return {}
    found = [{"code": p.error, "message": p.message, "pointer": p.pointer} for p in problems]
    lines = {"messages": [p.line for p in problems]}
    raise SlackError("invalid_blocks", errors=found, response_metadata=lines)
