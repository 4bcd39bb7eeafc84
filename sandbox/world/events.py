"""Which events the app gets, and what they look like.

An event reaches the app if the manifest subscribes to it, the token has its scope, and, for what
happens inside a conversation, the bot is a member.
"""

from __future__ import annotations

from sandbox.world.kinds import Json
from sandbox.world.model import Channel, Team, User
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
    "assistant_thread_started": "assistant:write",
    "assistant_thread_context_changed": "assistant:write",
    "app_context_changed": "assistant:write",
}
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
    emit(world, team, name, {"type": name, "channel": about, "user": actor, "actor_id": actor})


def user_news(world: World, team: Team, name: str, body: Json, user: User) -> None:
    """name: team_join or user_change."""
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
