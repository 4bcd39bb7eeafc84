"""chat.startStream, appendStream, stopStream: an answer that is written bit by bit."""

from __future__ import annotations

from sandbox import limits
from sandbox.api.calls import Call, refused
from sandbox.api.chat import check_payload, list_argument, may_write, metadata_argument
from sandbox.limits import LIMITS
from sandbox.world import messages
from sandbox.world.errors import SlackError, invalid_arguments
from sandbox.world.kinds import Json
from sandbox.world.model import Channel, Message
from sandbox.world.streams import Stream

MODES = ("timeline", "plan")
SESSION_STATES = ("active", "processing", "suspended", "closed")
"""Lifecycle of an agent's session, for `session_status` and agents.sessions.setStatus."""


def start(call: Call) -> Json:
    channel = call.channel()
    may_write(call, channel)
    if channel.is_dm:
        call.need("thread_ts")  # a stream of its own is for channels only
    else:
        for name in ("recipient_user_id", "recipient_team_id"):
            if not call.text(name):
                raise SlackError(f"missing_{name}")
        call.user(call.text("recipient_user_id"))
    mode = call.text("task_display_mode", "timeline")
    if mode not in MODES:
        raise invalid_arguments("must be a valid enum value [json-pointer:/task_display_mode]")
    stream = Stream(mode)
    stream.add(_chunks(call))
    check_whole(call, stream)
    draft = messages.Draft(
        text=stream.text,
        blocks=stream.blocks,
        thread_ts=call.text("thread_ts") or None,
        username=call.text("username") if call.has_scope("chat:write.customize") else "",
    )
    message = messages.post(call.world, call.team, channel, call.bot, draft)
    message.stream, message.streamed = stream, True
    return {"channel": channel.id, "ts": message.ts}


def append(call: Call) -> Json:
    channel, message, stream = _streamed(call)
    if stream.stopped:
        raise SlackError("stopped_by_user")
    chunks = _chunks(call)
    if not chunks:
        raise SlackError("no_text")
    grown = Stream(stream.mode, [dict(part) for part in stream.parts])
    grown.add(chunks)
    check_whole(call, grown)
    message.stream = grown
    messages.show_stream(call.world, channel, message)
    return {"channel": channel.id, "ts": message.ts}


def stop(call: Call) -> Json:
    """Blocks of the call stand below what was streamed, and are counted apart from it (its page, 2026-11-30)."""
    channel, message, stream = _streamed(call)
    if call.text("session_status", "active") not in SESSION_STATES:
        raise invalid_arguments("must be a valid enum value [json-pointer:/session_status]")
    grown = Stream(stream.mode, [dict(part) for part in stream.parts])
    grown.add(_chunks(call))
    last = list_argument(call, "blocks", "invalid_blocks_format") or []
    metadata = metadata_argument(call)
    check_payload(call.world, "-", last, metadata=metadata)
    check_whole(call, grown)
    blocks = [*grown.blocks, *last]
    if not blocks:
        raise SlackError("no_text")
    message.stream = None
    draft = messages.Draft(text=grown.text, blocks=blocks, metadata=metadata)
    messages.change(call.world, call.team, channel, message, draft)
    body = messages.as_json(message)
    return {"channel": channel.id, "ts": message.ts, "message": body}


def _chunks(call: Call) -> list[Json]:
    """The chunks of a call; plain `markdown_text` is one of its own."""
    text = call.text("markdown_text")
    chunks = list_argument(call, "chunks", "invalid_chunks")
    if text and chunks:
        raise invalid_arguments("must provide either markdown_text or chunks")
    rows = [{"type": "markdown_text", "text": text}] if text else chunks or []
    error = refused(limits.check_chunks(rows)) if call.world.limits.payloads else None
    if error:
        raise error
    return rows


def check_whole(call: Call, stream: Stream) -> None:
    """SlackError where what has been streamed so far is more than one message holds."""
    most = LIMITS["stream.text"].most
    if call.world.limits.payloads and len(stream.text) > most:
        raise SlackError("msg_too_long")
    _few_enough(call, stream.blocks)


def _few_enough(call: Call, blocks: list[Json]) -> None:
    if call.world.limits.payloads and len(blocks) > LIMITS["message.blocks.items"].most:
        raise SlackError("msg_blocks_too_many")


def _streamed(call: Call) -> tuple[Channel, Message, Stream]:
    channel = call.channel()
    message = call.message(channel, call.need("ts"))
    if message.user != call.team.bot_user_id:
        raise SlackError("message_not_owned_by_app")
    if message.stream is None:
        raise SlackError("message_not_in_streaming_state")
    return channel, message, message.stream
