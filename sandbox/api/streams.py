"""chat.startStream, appendStream, stopStream: a reply in a thread that is written bit by bit."""

from __future__ import annotations

from sandbox.api.calls import Call
from sandbox.api.chat import checked_draft, may_write
from sandbox.world import messages
from sandbox.world.errors import SlackError
from sandbox.world.kinds import Json
from sandbox.world.model import Channel, Message


def start(call: Call) -> Json:
    channel = call.channel()
    call.need("thread_ts")
    may_write(call, channel)
    if not channel.is_dm:
        for name in ("recipient_user_id", "recipient_team_id"):
            if not call.text(name):
                raise SlackError(f"missing_{name}")
    draft = messages.Draft(text=call.text("markdown_text"), thread_ts=call.text("thread_ts"))
    message = messages.post(call.world, call.team, channel, call.bot, draft)
    message.streaming = True
    return {"channel": channel.id, "ts": message.ts}


def append(call: Call) -> Json:
    channel, message = _streamed(call)
    message.text += call.need("markdown_text")
    call.world.changed("message_changed", channel=channel.id, ts=message.ts)
    return {"channel": channel.id, "ts": message.ts}


def stop(call: Call) -> Json:
    channel, message = _streamed(call)
    message.text += call.text("markdown_text")
    call.args = {k: v for k, v in call.args.items() if k in ("blocks", "metadata")}
    draft = checked_draft(call, update_of=message)
    message.streaming = False
    messages.change(call.world, call.team, channel, message, draft)
    body = messages.as_json(message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": body}


def _streamed(call: Call) -> tuple[Channel, Message]:
    channel = call.channel()
    message = call.message(channel, call.need("ts"))
    if message.user != call.team.bot_user_id:
        raise SlackError("message_not_owned_by_app")
    if not message.streaming:
        raise SlackError("message_not_in_streaming_state")
    return channel, message
