"""User, channel and team objects as Slack writes them."""

from __future__ import annotations

from datetime import datetime

from sandbox.world.kinds import Json
from sandbox.world.model import APP_ID, Channel, Team, User

SIZES = (24, 32, 48, 72, 192, 512)
"""Of a profile's pictures, in pixels."""


def picture(user_id: str, size: int) -> str:
    """The address of a picture nobody serves: `.invalid` is nobody's (RFC 2606)."""
    return f"https://avatars.sandbox.invalid/{user_id}_{size}.png"


def user_json(user: User, at: datetime, *, email: bool = True) -> Json:
    """`tz_offset` is that of the moment `at`. The address is there only with users:read.email."""
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
        "locale": "en-US",
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
            "creator": channel.creator,
            "unlinked": 0,
            "topic": {"value": channel.topic, "creator": "", "last_set": 0},
            "purpose": {"value": channel.purpose, "creator": "", "last_set": 0},
            "previous_names": [],
        }
    if members:
        body["num_members"] = len(channel.members)
    return body


def team_json(team: Team) -> Json:
    return {
        "id": team.id,
        "name": team.name,
        "domain": team.domain,
        "email_domain": f"{team.domain}.example.com",
        "icon": {"image_default": True, **{f"image_{size}": picture(team.id, size) for size in (34, 44, 68, 88)}},
    }
