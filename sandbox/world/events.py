"""Which events the app gets, and what they look like.

An event reaches the app if the manifest subscribes to it, the token has its scope, and, for what
happens inside a conversation, the bot is a member.
"""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

from sandbox.world.kinds import Json
from sandbox.world.model import Channel, Execution, Message, Team, User
from sandbox.world.world import World

SCOPES: dict[str, str] = {
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "team_join": "users:read",
    "user_change": "users:read",
    "channel_archive": "channels:read",
    "channel_unarchive": "channels:read",
    "channel_created": "channels:read",
    "channel_deleted": "channels:read",
    "channel_rename": "channels:read",
    "group_archive": "groups:read",
    "group_deleted": "groups:read",
    "group_rename": "groups:read",
    "group_unarchive": "groups:read",
    "assistant_thread_started": "assistant:write",
    "assistant_thread_context_changed": "assistant:write",
    "app_context_changed": "assistant:write",
    "message_metadata_posted": "metadata.message:read",
    "message_metadata_updated": "metadata.message:read",
    "message_metadata_deleted": "metadata.message:read",
    "file_change": "files:read",
    "file_created": "files:read",
    "file_deleted": "files:read",
    "file_public": "files:read",
    "file_shared": "files:read",
    "pin_added": "pins:read",
    "pin_removed": "pins:read",
    "link_shared": "links:read",
    "subteam_created": "usergroups:read",
    "subteam_updated": "usergroups:read",
    "subteam_members_changed": "usergroups:read",
    "user_profile_changed": "users:read",
    "user_status_changed": "users:read",
}
"""Event → the scope it asks for. What hangs on the kind of conversation stands with its function below."""
UNSCOPED = frozenset(
    (
        "agent_session_stopped",
        "agent_session_title_changed",
        "app_home_opened",
        "app_uninstalled",
        "channel_left",
        "entity_details_requested",
        "function_executed",
        "group_left",
        "member_joined_channel",
        "member_left_channel",
        "subteam_self_added",
        "subteam_self_removed",
        "tokens_revoked",
    )
)
PLAYED = frozenset(SCOPES) | UNSCOPED
"""Every event that is sent here."""
MESSAGE_EVENTS = {
    "channel": "message.channels",
    "group": "message.groups",
    "im": "message.im",
    "mpim": "message.mpim",
}
TYPE_LETTER = {"channel": "C", "group": "G", "im": "D", "mpim": "G"}


def emit(world: World, team: Team, name: str, event: Json, scope: str | None = None, *, org_wide: bool = False) -> bool:
    """Hand an event over for delivery. False where the app is not to have it.

    ``org_wide``: it is about the install of a whole org.
    """
    needed = scope or SCOPES.get(name)
    if not world.manifest.subscribed(name):
        return False
    if needed and team.scopes is not None and needed not in team.scopes:
        return False
    if not team.installed and name not in ("app_uninstalled", "tokens_revoked"):
        return False
    event.setdefault("event_ts", world.now_ts())
    channel = event.get("channel")
    org = team.org.id if team.org else None
    wide = org_wide or (team.org is not None and not team.bot_token)
    body: Json = {
        "token": world.verification_token,
        "team_id": team.id,
        "context_team_id": team.id,
        "context_enterprise_id": org,
        "api_app_id": world.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": world.new_id("Ev"),
        "event_time": int(world.clock.now().timestamp()),
        "authorizations": [
            {
                "enterprise_id": org,
                "team_id": None if wide else team.id,
                "user_id": team.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": wide,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{channel if isinstance(channel, str) else team.id}",
    }
    if org:
        body["enterprise_id"] = org
    world.deliver(name, body)
    return True


def message(world: World, team: Team, channel: Channel, event: Json) -> None:
    if team.bot_user_id in channel.members:
        event |= {
            "channel": channel.id,
            "channel_type": "channel" if channel.kind == "channel" else channel.kind,
        }
        emit(world, team, MESSAGE_EVENTS[channel.kind], event)


def mention(world: World, team: Team, channel: Channel, body: Json) -> None:
    if team.bot_user_id in channel.members and channel.kind != "im":
        event = {**body, "type": "app_mention", "channel": channel.id, "event_ts": body["ts"]}
        emit(world, team, "app_mention", event)


def joined(world: World, team: Team, channel: Channel, user_id: str, inviter: str = "") -> None:
    if channel.kind == "im" or team.bot_user_id not in channel.members:
        return
    event: Json = {
        "type": "member_joined_channel",
        "user": user_id,
        "channel": channel.id,
        "channel_type": TYPE_LETTER[channel.kind],
        "team": team.id,
    }
    if inviter:
        event["inviter"] = inviter
    scope = "channels:read" if channel.kind == "channel" else "groups:read"
    emit(world, team, "member_joined_channel", event, scope)


def left(world: World, team: Team, channel: Channel, user_id: str) -> None:
    if channel.kind == "im":
        return
    if user_id == team.bot_user_id:
        name = "channel_left" if channel.kind == "channel" else "group_left"
        event: Json = {"type": name, "channel": channel.id, "actor_id": user_id}
        scope = "channels:read" if channel.kind == "channel" else "groups:read"
        emit(world, team, name, event, scope)
    elif team.bot_user_id in channel.members:
        event = {
            "type": "member_left_channel",
            "user": user_id,
            "channel": channel.id,
            "channel_type": TYPE_LETTER[channel.kind],
            "team": team.id,
        }
        scope = "channels:read" if channel.kind == "channel" else "groups:read"
        emit(world, team, "member_left_channel", event, scope)


def channel_news(world: World, team: Team, channel: Channel, what: str, actor: str) -> None:
    """what: archive, unarchive, deleted, created or rename. Private ones tell members alone."""
    private = channel.kind == "group"
    if private and team.bot_user_id not in channel.members:
        return
    name = f"{'group' if private else 'channel'}_{what}"
    about: object = channel.id
    if what in ("created", "rename"):
        about = {"id": channel.id, "name": channel.name, "created": channel.created}
    event: Json = {"type": name, "channel": about, "user": actor, "actor_id": actor}
    if what == "archive":
        event["is_moved"] = 0
    if what == "deleted":
        event["date_deleted"] = int(world.clock.now().timestamp())
    emit(world, team, name, event)


def user_news(world: World, team: Team, name: str, body: Json, user: User) -> None:
    """name: team_join, user_change, user_profile_changed or user_status_changed."""
    emit(world, team, name, {"type": name, "user": body, "cache_ts": user.updated})


def reaction(world: World, team: Team, channel: Channel, name: str, user_id: str, emoji: str, item: Json) -> None:
    if team.bot_user_id in channel.members:
        event = {
            "type": name,
            "user": user_id,
            "reaction": emoji,
            "item": {"type": "message", "channel": channel.id, "ts": item["ts"]},
            "item_user": item["user"],
        }
        emit(world, team, name, event)


def metadata(
    world: World, team: Team, channel: Channel, name: str, message: Message, before: Json | None = None
) -> None:
    """name: message_metadata_posted, _updated or _deleted. Told where the manifest names the type of event."""
    meant = message.metadata if name != "message_metadata_deleted" else before
    if not meant or "event_type" not in meant or team.bot_user_id not in channel.members:
        return
    if not world.manifest.follows_metadata(world.app_id, str(meant["event_type"])):
        return
    event: Json = {
        "type": name,
        "app_id": message.app_id or world.app_id,
        "bot_id": message.bot_id,
        "user_id": message.user,
        "team_id": team.id,
        "channel_id": channel.id,
        "message_ts": message.ts,
    }
    if name != "message_metadata_posted":
        event["previous_metadata"] = before
    if name == "message_metadata_deleted":
        event["deleted_ts"] = world.now_ts()
    else:
        event["metadata"] = meant
    emit(world, team, name, event)


def file(world: World, team: Team, name: str, file_id: str, user_id: str, channel_id: str = "") -> None:
    """name: file_created, file_shared, file_public, file_change or file_deleted."""
    event: Json = {"type": name, "file_id": file_id, "user_id": user_id, "file": {"id": file_id}}
    if channel_id:
        event["channel_id"] = channel_id
    if name == "file_deleted" and file_id in world.uploads:
        event["channel_ids"] = world.uploads[file_id].channels
    emit(world, team, name, event)


def pin(world: World, team: Team, channel: Channel, name: str, row: Json, user_id: str) -> None:
    """name: pin_added or pin_removed; `row` as pins.list writes it."""
    if team.bot_user_id not in channel.members:
        return
    event: Json = {
        "type": name,
        "user": user_id,
        "channel_id": channel.id,
        "item": row,
        "item_user": row["message"]["user"],
        "pin_count": str(len(channel.pins)),
        "pinned_info": {"channel": channel.id, "pinned_by": row["created_by"], "pinned_ts": row["created"]},
    }
    if name == "pin_removed":
        event["has_pins"] = bool(channel.pins)
    emit(world, team, name, event)


LINK = re.compile(r"https?://[^\s<>|]+")


def links(world: World, team: Team, channel: Channel, message: Message) -> None:
    """Links to the app's own domains, whether the app is in the conversation or not."""
    found = []
    for url in LINK.findall(html.unescape(message.text)):
        host = urlsplit(url).hostname or ""
        if any(host == domain or host.endswith(f".{domain}") for domain in world.manifest.unfurl_domains):
            found.append({"domain": host, "url": url})
    if not found:
        return
    event: Json = {
        "type": "link_shared",
        "channel": channel.id,
        "is_bot_user_member": team.bot_user_id in channel.members,
        "user": message.user,
        "message_ts": message.ts,
        "unfurl_id": f"{channel.id}-{message.ts}",
        "source": "conversations_history",
        "links": found,
    }
    if message.thread_ts:
        event["thread_ts"] = message.thread_ts
    emit(world, team, "link_shared", event)


def subteam(world: World, team: Team, name: str, group: Json) -> None:
    """name: subteam_created or subteam_updated."""
    emit(world, team, name, {"type": name, "subteam": group})


def subteam_members(world: World, team: Team, group: Json, before: list[str]) -> None:
    added = [u for u in group["users"] if u not in before]
    removed = [u for u in before if u not in group["users"]]
    event: Json = {
        "type": "subteam_members_changed",
        "subteam_id": group["id"],
        "team_id": team.id,
        "date_previous_update": group.get("date_update", 0),
        "date_update": int(world.clock.now().timestamp()),
        "added_users": added,
        "added_users_count": len(added),
        "removed_users": removed,
        "removed_users_count": len(removed),
    }
    emit(world, team, "subteam_members_changed", event)
    for name, ids in (("subteam_self_added", added), ("subteam_self_removed", removed)):
        if team.bot_user_id in ids:
            emit(world, team, name, {"type": name, "subteam_id": group["id"]})


def assistant_thread(
    world: World, team: Team, name: str, user_id: str, channel: Channel, ts: str, context: Json
) -> None:
    """name: assistant_thread_started or assistant_thread_context_changed."""
    about: Json = {"user_id": user_id, "context": context, "channel_id": channel.id, "thread_ts": ts}
    emit(world, team, name, {"type": name, "assistant_thread": about})


def function(world: World, team: Team, execution: Execution) -> None:
    """A step of a workflow, handed to the app (`function_executed`)."""
    declared = world.manifest.function(execution.callback_id) or {}
    now = int(world.clock.now().timestamp())
    about: Json = {
        "id": f"Fn{execution.id[2:]}",
        "callback_id": execution.callback_id,
        "title": declared.get("title", execution.callback_id),
        "description": declared.get("description", ""),
        "type": "app",
        "input_parameters": _parameters(declared.get("input_parameters")),
        "output_parameters": _parameters(declared.get("output_parameters")),
        "app_id": world.app_id,
        "date_created": now,
        "date_updated": now,
        "date_deleted": 0,
    }
    event: Json = {
        "type": "function_executed",
        "function": about,
        "inputs": execution.inputs,
        "function_execution_id": execution.id,
        "workflow_execution_id": world.new_id("Wx"),
        "bot_access_token": execution.token,
    }
    emit(world, team, "function_executed", event)


def _parameters(declared: object) -> list[Json]:
    rows = declared.get("properties", declared) if isinstance(declared, dict) else {}
    return [{"name": name, "is_required": False, **row} for name, row in rows.items() if isinstance(row, dict)]
