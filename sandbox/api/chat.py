"""chat.*: what an app says, where, and how it takes it back."""

from __future__ import annotations

from typing import Any

from sandbox import limits
from sandbox.api.calls import Call, known, refused
from sandbox.api.conversations import open_dm
from sandbox.world import messages
from sandbox.world.entities import as_attachment
from sandbox.world.errors import SlackError
from sandbox.world.kinds import Json
from sandbox.world.messages import Draft
from sandbox.world.model import Channel, Message, Scheduled
from sandbox.world.objects import permalink
from sandbox.world.world import World

LONGEST_MARKDOWN = 12_000
"""Characters of `markdown_text`."""
FURTHEST_SECONDS = 120 * 24 * 3600
"""chat.scheduleMessage looks at most 120 days ahead."""


def post_message(call: Call) -> Json:
    channel = _target(call)
    may_write(call, channel)
    draft = checked_draft(call)
    again = _already_sent(call, draft.client_msg_id)
    if again is not None:
        return _posted(channel, again)
    wait = call.world.rates.check_post(channel.id)
    if wait:
        raise SlackError("ratelimited", retry_after=wait)
    message = messages.post(call.world, call.team, channel, call.bot, draft)
    message.execution = next((e.id for e in call.team.executions.values() if e.token == call.token), "")
    if draft.client_msg_id:
        call.team.sent[draft.client_msg_id] = (channel.id, message.ts)
    return _posted(channel, message) | _warnings(call)


def _posted(channel: Channel, message: Message) -> Json:
    body = messages.as_json(message)
    return {"channel": channel.id, "ts": message.ts, "message": body}


def _warnings(call: Call) -> Json:
    if len(call.text("text")) > messages.TRUNCATED_AT:
        return {"warning": "message_truncated"}
    return {}


def _already_sent(call: Call, key: str) -> Message | None:
    """The message an earlier send with this client_msg_id left behind."""
    if key not in call.team.sent:
        return None
    channel_id, ts = call.team.sent[key]
    channel = call.team.channels.get(channel_id)
    if channel is None or channel.deleted:
        raise SlackError("duplicate_channel_not_found")
    if ts not in channel.messages:
        raise SlackError("duplicate_message_not_found")
    return channel.messages[ts]


def _target(call: Call) -> Channel:
    """A conversation by id or name; a person's id means the direct message with them."""
    wanted = call.need("channel")
    if wanted in call.team.users:
        person = call.team.users[wanted]
        if person.deleted or person.is_bot:
            raise SlackError("channel_not_found")
        return open_dm(call.world, call.team, wanted)
    name = wanted.removeprefix("#")
    for channel in call.team.channels.values():
        if channel.name == name and not channel.is_dm and not channel.deleted:
            return call.visible(channel.id)
    return call.visible(wanted)


def may_write(call: Call, channel: Channel) -> None:
    """SlackError where the app may post nothing in this conversation, or not in that thread."""
    if call.team.bot_user_id not in channel.members and not (
        channel.kind == "channel" and call.team.scopes is not None and "chat:write.public" in call.team.scopes
    ):
        raise SlackError("not_in_channel")
    call.open(channel)
    if channel.kind == "im":
        if not call.world.manifest.messages_tab:
            raise SlackError("messages_tab_disabled")
        if any(call.team.users[m].deleted for m in channel.members if m in call.team.users):
            raise SlackError("is_archived")
    thread_ts = call.text("thread_ts")
    if thread_ts:
        parent = channel.messages.get(thread_ts)
        if parent is None or parent.ephemeral_to:
            raise SlackError("cannot_reply_to_message")
        if parent.is_reply:  # an answer to an answer stands in the same thread
            call.args = {**call.args, "thread_ts": parent.thread_ts}


def checked_draft(call: Call, *, update_of: Message | None = None) -> Draft:
    """The message in the arguments, checked against Slack's limits.

    What an update does not name stays as it is in `update_of`.
    """
    text = call.args.get("text")
    if call.args.get("markdown_text"):
        if text or call.args.get("blocks"):
            raise SlackError("markdown_text_conflict")
        text = call.text("markdown_text")
        if len(text) > LONGEST_MARKDOWN and call.world.limits.payloads:
            raise SlackError("msg_blocks_too_long")
    blocks = list_argument(call, "blocks", "invalid_blocks_format")
    if call.args.get("markdown_text"):
        blocks = [{"type": "markdown", "text": text}]
    attachments = list_argument(call, "attachments", "invalid_attachments")
    metadata = metadata_argument(call)
    if update_of is not None:
        blocks = update_of.blocks if blocks is None else blocks
        attachments = update_of.attachments if attachments is None else attachments
        metadata = update_of.metadata if "metadata" not in call.args else metadata
        text = update_of.text if text is None else text
    updating = update_of is not None
    check_payload(call.world, text, blocks, attachments, metadata or None, update=updating)
    known(call.team, blocks, "invalid_blocks")
    if (metadata or {}).get("entities") and "entity" in call.team.lacks:
        raise SlackError("invalid_metadata_format")
    if not text and not blocks and not attachments:
        raise SlackError("no_text")
    entities = (metadata or {}).get("entities") or []
    if entities:
        others = [a for a in attachments or [] if "entity" not in a]
        attachments = [*others, *(as_attachment(entity) for entity in entities)]
    return Draft(
        text=str(text or ""),
        blocks=blocks or [],
        attachments=attachments or [],
        thread_ts=call.text("thread_ts") or None,
        metadata=metadata or None,
        broadcast=call.flag("reply_broadcast"),
        username=call.text("username") if call.has_scope("chat:write.customize") else "",
        client_msg_id=call.text("client_msg_id"),
    )


def check_payload(
    world: World,
    text: object,
    blocks: object,
    attachments: object = None,
    metadata: object = None,
    *,
    update: bool = False,
) -> None:
    """SlackError as Slack would refuse it."""
    if not world.limits.payloads:
        return
    error = refused(
        limits.check_message(
            text=None if text is None else str(text),
            blocks=blocks or None,
            attachments=attachments or None,
            metadata=metadata,
            update=update,
        )
    )
    if error:
        raise error


def list_argument(call: Call, name: str, error: str) -> list[Json] | None:
    try:
        value = call.document(name)
    except ValueError as broken:
        raise SlackError(error) from broken
    if value in (None, ""):
        return None
    if not isinstance(value, list):
        raise SlackError(error)
    return value


def metadata_argument(call: Call) -> Json | None:
    try:
        value: Any = call.document("metadata")
    except ValueError as broken:
        raise SlackError("invalid_metadata_format") from broken
    if value in (None, ""):
        return None
    if not isinstance(value, dict):
        raise SlackError("invalid_metadata_format")
    return value


def update(call: Call) -> Json:
    channel = call.channel()
    message = call.message(channel, call.need("ts"))
    if message.user != call.team.bot_user_id or message.subtype in messages.SYSTEM:
        raise SlackError("cant_update_message")
    call.open(channel)
    if message.stream is not None:
        raise SlackError("streaming_state_conflict")
    draft = checked_draft(call, update_of=message)
    messages.change(call.world, call.team, channel, message, draft)
    body = messages.as_json(message)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": body}


def delete(call: Call) -> Json:
    channel = call.channel()
    message = call.message(channel, call.need("ts"))
    if message.user != call.team.bot_user_id or message.subtype in messages.SYSTEM:
        raise SlackError("cant_delete_message")
    messages.delete(call.world, call.team, channel, message)
    return {"channel": channel.id, "ts": message.ts}


def post_ephemeral(call: Call) -> Json:
    channel = call.channel()
    user_id = call.need("user")
    may_write(call, channel)
    if user_id not in channel.members:
        raise SlackError("user_not_in_channel")
    draft = checked_draft(call)
    message = messages.post_ephemeral(call.world, call.team, channel, call.bot, to=user_id, draft=draft)
    return {"message_ts": message.ts}


def me_message(call: Call) -> Json:
    channel = call.channel()
    may_write(call, channel)
    draft = Draft(text=call.need("text"), subtype="me_message")
    message = messages.post(call.world, call.team, channel, call.bot, draft)
    return {"channel": channel.id, "ts": message.ts}


def get_permalink(call: Call) -> Json:
    channel = call.channel()
    message = call.message(channel, call.need("message_ts"))
    return {"channel": channel.id, "permalink": permalink(call.team, channel, message)}


def schedule_message(call: Call) -> Json:
    channel = _target(call)
    may_write(call, channel)
    post_at = call.number("post_at", -1)
    now = int(call.world.clock.now().timestamp())
    if post_at < 0:
        raise SlackError("invalid_time")
    if post_at <= now:
        raise SlackError("time_in_past")
    if post_at > now + FURTHEST_SECONDS:
        raise SlackError("time_too_far")
    draft = checked_draft(call)
    row = Scheduled(call.world.new_id("Q"), channel.id, post_at, now, dict(call.args))
    call.team.scheduled[row.id] = row
    call.world.changed("scheduled", channel=channel.id)
    shown = messages.as_json(messages.build(call.world, call.team, channel, call.bot, draft), metadata=False)
    shown = {key: value for key, value in shown.items() if key != "ts"} | {"type": "delayed_message"}
    return {"channel": channel.id, "scheduled_message_id": row.id, "post_at": post_at, "message": shown}


def delete_scheduled(call: Call) -> Json:
    channel = call.channel()
    row = call.team.scheduled.get(call.need("scheduled_message_id"))
    if row is None or row.channel_id != channel.id:
        raise SlackError("invalid_scheduled_message_id")
    del call.team.scheduled[row.id]
    return {}


def list_scheduled(call: Call) -> Json:
    wanted = call.text("channel")
    if wanted and wanted not in call.team.channels:
        raise SlackError("invalid_channel")
    rows = [
        {
            "id": row.id,
            "channel_id": row.channel_id,
            "post_at": row.post_at,
            "date_created": row.created,
            "text": row.args.get("text", ""),
        }
        for row in sorted(call.team.scheduled.values(), key=lambda r: r.post_at)
        if wanted in ("", row.channel_id)
    ]
    page, metadata = call.page(rows)
    return {"scheduled_messages": page, "response_metadata": metadata}


def post_due(world: World) -> None:
    """Post what was scheduled for now or earlier.

    One that carries metadata is dropped without a word, which is what Slack does with it.
    """
    now = world.clock.now().timestamp()
    for team in world.teams.values():
        for row in [r for r in team.scheduled.values() if r.post_at <= now]:
            del team.scheduled[row.id]
            call = Call(world, team, team.bot_token, row.args)
            channel = team.channels[row.channel_id]
            if row.args.get("metadata") or channel.archived or channel.deleted:
                continue
            messages.post(world, team, channel, call.bot, checked_draft(call))
