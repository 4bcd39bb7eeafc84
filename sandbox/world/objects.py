"""User, channel and team objects as Slack writes them."""

from __future__ import annotations

from datetime import datetime

from sandbox.world.kinds import Json
from sandbox.world.model import APP_ID, Channel, Message, Team, User

SIZES = (24, 32, 48, 72, 192, 512)
"""Of a profile's pictures, in pixels."""
TEAM_SIZES = (34, 44, 68, 88, 102, 132, 230)
"""Of a workspace's icon."""


def picture(user_id: str, size: int) -> str:
    """The address of a picture nobody serves: `.invalid` is nobody's (RFC 2606)."""
    return f"https://avatars.sandbox.invalid/{user_id}_{size}.png"


def user_json(user: User, at: datetime, *, email: bool = True, locale: bool = True) -> Json:
    """`tz_offset` is that of the moment `at`. The address is there only with users:read.email; methods say the locale
    only where they are asked for it."""
    profile: Json = {
        "title": user.title,
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.real_name,
        "display_name_normalized": user.real_name,
        "status_text": user.status,
        "status_emoji": user.status_emoji,
        "status_emoji_display_info": [],
        "status_text_canonical": "",
        "avatar_hash": f"g{user.id.lower()}",
        "phone": "",
        "skype": "",
        **{f"image_{size}": picture(user.id, size) for size in SIZES},
        "status_expiration": 0,
        "huddle_state": "default_unset",
        "huddle_state_expiration_ts": 0,
        "team": user.team_id,
        "first_name": user.real_name.split(" ")[0],
        "last_name": " ".join(user.real_name.split(" ")[1:]),
    }
    if user.is_bot:
        profile |= {"bot_id": user.bot_id, "api_app_id": APP_ID}
    elif email:
        profile["email"] = user.email
    body: Json = {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name,
        "deleted": user.deleted,
        "profile": profile,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": user.updated,
    }
    if user.deleted:
        return body
    return body | {
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": user.tz,
        "tz_offset": user.tz_offset(at),
        "is_admin": user.admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": user.guest,
        "is_ultra_restricted": False,
        "is_email_confirmed": not user.is_bot,
        "color": "9f69e7",
        "who_can_share_contact_card": "EVERYONE",
        **({"locale": "en-US"} if locale else {}),
    }


def channel_json(team: Team, channel: Channel, *, members: bool = False) -> Json:
    body: Json = {
        "id": channel.id,
        "created": channel.created,
        "updated": int((channel.updated or channel.created) * 1000),
        "is_archived": channel.archived,
        "is_im": channel.kind == "im",
        "is_mpim": channel.kind == "mpim",
        "is_org_shared": False,
        "context_team_id": team.id,
    }
    if channel.kind == "im":
        other = next((m for m in channel.members if m != team.bot_user_id), "")
        person = team.users.get(other)
        body |= {"user": other, "is_open": True, "priority": 0}
        body["is_user_deleted"] = bool(person and person.deleted)
    else:
        body |= {
            "name": channel.name,
            "name_normalized": channel.name,
            "is_channel": channel.kind == "channel",
            "is_group": channel.kind == "group",
            "is_private": channel.is_private,
            "is_general": channel.general,
            "is_member": team.bot_user_id in channel.members,
            "is_shared": False,
            "is_ext_shared": False,
            "is_pending_ext_shared": False,
            "pending_shared": [],
            "pending_connected_team_ids": [],
            "shared_team_ids": [team.id],
            "parent_conversation": None,
            "creator": channel.creator,
            "unlinked": 0,
            "topic": {"value": channel.topic, "creator": "", "last_set": 0},
            "purpose": {"value": channel.purpose, "creator": "", "last_set": 0},
            "previous_names": [],
        }
    if members:
        body["num_members"] = len(channel.members)
    return body


def permalink(team: Team, channel: Channel, message: Message) -> str:
    """The address of a message, which opens it in Slack."""
    link = f"https://{team.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    return f"{link}?thread_ts={message.thread_ts}&cid={channel.id}" if message.is_reply else link


def file_json(team: Team, file_id: str, user_id: str, created: int, shared_in: list[str]) -> Json:
    """What every file carries, wherever it is kept; its kind adds the rest."""
    by_kind: dict[str, list[str]] = {"channel": [], "group": [], "im": [], "mpim": []}
    shares: Json = {}
    for channel in (team.channels[channel_id] for channel_id in shared_in):
        by_kind[channel.kind].append(channel.id)
        told = [
            {"ts": m.ts, "channel_name": channel.name, "team_id": team.id, "share_user_id": m.user}
            for m in channel.messages.values()
            if any(file.get("id") == file_id for file in m.files)
        ]
        if told:
            shares.setdefault("public" if channel.kind == "channel" else "private", {})[channel.id] = told
    return {
        "id": file_id,
        "created": created,
        "timestamp": created,
        "user": user_id,
        "user_team": team.id,
        "username": "",
        "editable": False,
        "display_as_bot": False,
        "public_url_shared": False,
        "is_starred": False,
        "has_rich_preview": False,
        "has_more_shares": False,
        "media_display_type": "unknown",
        "file_access": "visible",
        "comments_count": 0,
        "is_public": bool(by_kind["channel"]),
        "channels": by_kind["channel"],
        "groups": [*by_kind["group"], *by_kind["mpim"]],
        "ims": by_kind["im"],
        "shares": shares,
    }


def team_json(team: Team) -> Json:
    return {
        "url": f"https://{team.domain}.slack.com/",
        "is_verified": False,
        "avatar_base_url": "https://avatars.sandbox.invalid/",
        **({"enterprise_id": team.org.id, "enterprise_name": team.org.name} if team.org else {}),
        "id": team.id,
        "name": team.name,
        "domain": team.domain,
        "email_domain": f"{team.domain}.example.com",
        "icon": {"image_default": True, **{f"image_{size}": picture(team.id, size) for size in TEAM_SIZES}},
    }
