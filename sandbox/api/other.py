"""reactions.*, pins.*, bookmarks.*, assistant.threads.*."""

from __future__ import annotations

from typing import Any

from sandbox.api.calls import Call
from sandbox.world import events, messages
from sandbox.world.errors import SlackError, invalid_arguments
from sandbox.world.kinds import Json
from sandbox.world.model import Channel, Message


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
        "message": messages.as_json(message),
    }


def pins_add(call: Call) -> Json:
    channel, message = _item(call)
    call.joined(channel)
    if message.ts in channel.pins:
        raise SlackError("already_pinned")
    channel.pins.append(message.ts)
    return {}


def pins_remove(call: Call) -> Json:
    channel, message = _item(call)
    if message.ts not in channel.pins:
        raise SlackError("no_pin")
    channel.pins.remove(message.ts)
    return {}


def pins_list(call: Call) -> Json:
    channel = call.channel()
    items = [
        {"type": "message", "channel": channel.id, "message": messages.as_json(message)}
        for ts, message in channel.messages.items()
        if ts in channel.pins
    ]
    return {"items": items}


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
    }
    channel.bookmarks.append(row)
    return {"bookmark": row}


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


def _thread(call: Call) -> Json:
    channel = call.visible(call.need("channel_id"))
    return channel.assistant.setdefault(call.need("thread_ts"), {})


def assistant_status(call: Call) -> Json:
    _thread(call)["status"] = call.text("status")
    call.world.changed("assistant", channel=call.text("channel_id"))
    return {}


def assistant_title(call: Call) -> Json:
    _thread(call)["title"] = call.need("title")
    call.world.changed("assistant", channel=call.text("channel_id"))
    return {}


def assistant_prompts(call: Call) -> Json:
    prompts: Any = call.document("prompts")
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= 4:
        raise invalid_arguments("must be one to four prompts [json-pointer:/prompts]")
    if any(not isinstance(p, dict) or not {"title", "message"} <= p.keys() for p in prompts):
        raise invalid_arguments("a prompt has a title and a message [json-pointer:/prompts]")
    _thread(call)["prompts"] = prompts
    call.world.changed("assistant", channel=call.text("channel_id"))
    return {}
