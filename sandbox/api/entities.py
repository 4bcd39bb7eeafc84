"""chat.unfurl and entity.presentDetails: what an app shows of links to its own things, its work objects among them."""

from __future__ import annotations

from typing import Any

from sandbox.api.calls import Call
from sandbox.api.chat import check_payload
from sandbox.world import messages
from sandbox.world.entities import as_attachment
from sandbox.world.errors import SlackError, invalid_arguments
from sandbox.world.kinds import Json
from sandbox.world.model import Channel, Message


def unfurl(call: Call) -> Json:
    channel, message = _shared(call)
    shown = _attachments(call)
    if not shown and not call.args.get("user_auth_required"):
        raise SlackError("missing_unfurls")
    for attachment in shown:
        check_payload(call.world, "-", attachment.get("blocks"), None)
    messages.unfurl(call.world, call.team, channel, message, shown)
    return {}


def _shared(call: Call) -> tuple[Channel, Message]:
    """By channel and ts, or by the unfurl_id of `link_shared`. The app need not be in the channel."""
    channel_id, ts = call.text("channel"), call.text("ts")
    if call.text("unfurl_id"):
        channel_id, _, ts = call.text("unfurl_id").partition("-")
    channel = call.team.channels.get(channel_id)
    if channel is None or channel.deleted:
        raise SlackError("cannot_find_channel")
    if ts not in channel.messages:
        raise SlackError("cannot_find_message")
    return channel, channel.messages[ts]


def _attachments(call: Call) -> list[Json]:
    try:
        unfurls: Any = call.document("unfurls")
        metadata: Any = call.document("metadata")
    except ValueError as broken:
        raise SlackError("invalid_unfurls_format") from broken
    if not isinstance(unfurls or {}, dict) or not all(isinstance(u, dict) for u in (unfurls or {}).values()):
        raise SlackError("invalid_unfurls_format")
    entities = metadata.get("entities") if isinstance(metadata, dict) else None
    shown = [{"from_url": url, "is_app_unfurl": True, **given} for url, given in (unfurls or {}).items()]
    return shown + [as_attachment(entity) for entity in entities or [] if isinstance(entity, dict)]


def present(call: Call) -> Json:
    key = call.need("trigger_id")
    trigger = call.world.triggers.get(key)
    if trigger is None or trigger.team_id != call.team.id:
        raise SlackError("invalid_trigger_id")
    try:
        metadata: Any = call.document("metadata")
        error: Any = call.document("error")
    except ValueError as broken:
        raise SlackError("invalid_metadata_format") from broken
    if not isinstance(metadata, dict) and not isinstance(error, dict) and not call.flag("user_auth_required"):
        raise invalid_arguments("missing required field: metadata")
    if isinstance(metadata, dict) and not isinstance(metadata.get("entity_payload"), dict):
        raise SlackError("invalid_metadata_format")
    pane: Json = {"metadata": metadata, "error": error, "user_auth_required": call.flag("user_auth_required")}
    call.team.flexpanes[trigger.user_id] = pane
    call.world.changed("flexpane", user=trigger.user_id)
    return {}
