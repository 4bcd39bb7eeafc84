"""assistant.threads.* and agents.sessions.*: what an agent says of itself while it works."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sandbox.api.calls import Call
from sandbox.api.streams import SESSION_STATES
from sandbox.world import messages
from sandbox.world.errors import SlackError, invalid_arguments
from sandbox.world.kinds import Json
from sandbox.world.model import Channel
from sandbox.world.world import World

STATUS_LIFE = timedelta(minutes=2)
"""A status goes away by itself, sooner if the app answers (methods/assistant.threads.setStatus, 2026-11-30)."""
MOST_LOADING = 10
"""Loading messages (the same page)."""
MOST_PROMPTS = 4
LONGEST_TITLE = 200
"""Of a session (@slack/web-api 8.2, agents.d.ts, 2026-11-30)."""


def _kept(call: Call, thread_ts: str) -> tuple[Channel, Json]:
    channel = call.visible(call.need("channel_id"))
    parent = channel.messages.get(thread_ts)
    if thread_ts and (parent is None or parent.ephemeral_to):
        raise SlackError("invalid_thread_ts")
    return channel, channel.assistant.setdefault(thread_ts, {})


def status(call: Call) -> Json:
    loading: Any = call.document("loading_messages") or []
    if not isinstance(loading, list) or len(loading) > MOST_LOADING:
        raise invalid_arguments(f"no more than {MOST_LOADING} items allowed [json-pointer:/loading_messages]")
    thread_ts = call.need("thread_ts")
    channel, kept = _kept(call, thread_ts)
    kept["status"] = call.text("status")
    if loading:
        kept["loading_messages"] = loading
    channel.thinking.pop(thread_ts, None)
    if kept["status"]:
        channel.thinking[thread_ts] = call.world.clock.now() + STATUS_LIFE
    call.world.changed("assistant", channel=channel.id)
    return {}


def title(call: Call) -> Json:
    channel, kept = _kept(call, call.need("thread_ts"))
    kept["title"] = call.need("title")
    call.world.changed("assistant", channel=channel.id)
    return {}


def prompts(call: Call) -> Json:
    """For a thread, or without one for the whole conversation with an agent."""
    rows: Any = call.document("prompts")
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_PROMPTS:
        raise invalid_arguments("must be one to four prompts [json-pointer:/prompts]")
    if any(not isinstance(p, dict) or not {"title", "message"} <= p.keys() for p in rows):
        raise invalid_arguments("a prompt has a title and a message [json-pointer:/prompts]")
    channel, kept = _kept(call, call.text("thread_ts"))
    kept["prompts"] = rows
    if call.text("title"):
        kept["prompts_title"] = call.text("title")
    call.world.changed("assistant", channel=channel.id)
    return {}


def session_status(call: Call) -> Json:
    wanted = call.need("status")
    if wanted not in SESSION_STATES:
        raise invalid_arguments("must be a valid enum value [json-pointer:/status]")
    channel, key = _session(call)
    if len(call.text("title")) > LONGEST_TITLE:
        raise invalid_arguments(f"must be less than {LONGEST_TITLE + 1} characters [json-pointer:/title]")
    started_by = call.text("initiator_user_id")
    if started_by and started_by not in channel.members:
        raise SlackError("user_not_in_channel")
    kept = call.team.sessions.setdefault(key, {"title": call.text("title")})
    kept["status"] = wanted
    call.world.changed("assistant", channel=channel.id)
    return {"status": wanted, "agent_status": wanted, "title": kept["title"]}


def session_rename(call: Call) -> Json:
    new = call.need("title")
    if len(new) > LONGEST_TITLE:
        raise invalid_arguments(f"must be less than {LONGEST_TITLE + 1} characters [json-pointer:/title]")
    channel, key = _session(call)
    if key not in call.team.sessions:
        raise SlackError("session_not_found")
    call.team.sessions[key]["title"] = new
    channel.assistant.setdefault(key[1], {})["title"] = new
    call.world.changed("assistant", channel=channel.id)
    return {"title": new}


def _session(call: Call) -> tuple[Channel, tuple[str, str]]:
    channel = call.visible(call.need("channel_id"))
    thread_ts = call.need("thread_ts")  # code channels, whose session has none, are not played
    if thread_ts not in channel.messages:
        raise SlackError("invalid_thread_ts")
    return channel, (channel.id, thread_ts)


def end_old(world: World) -> None:
    """Take away statuses whose time is over."""
    for team in world.teams.values():
        for channel in team.channels.values():
            if channel.thinking:
                messages.end_old_statuses(world, channel)
