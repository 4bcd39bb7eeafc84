"""users.*, team.*, bots.*, dnd.*: who is there."""

from __future__ import annotations

import re

from sandbox.api.calls import Call
from sandbox.world.errors import SlackError
from sandbox.world.kinds import Json
from sandbox.world.objects import picture, team_json, user_json


def info(call: Call) -> Json:
    user = call.user(call.need("user"))
    email = call.has_scope("users:read.email")
    locale = call.flag("include_locale")
    return {"user": user_json(user, call.world.clock.now(), email=email, locale=locale)}


def list_(call: Call) -> Json:
    email = call.has_scope("users:read.email")
    page, metadata = call.page(list(call.team.users.values()))
    now = call.world.clock.now()
    return {
        "members": [user_json(user, now, email=email, locale=call.flag("include_locale")) for user in page],
        "cache_ts": int(now.timestamp()),
        "response_metadata": metadata,
    }


def lookup_by_email(call: Call) -> Json:
    wanted = call.need("email").lower()
    for user in call.team.users.values():
        if user.email.lower() == wanted and not user.deleted and not user.is_bot:
            return {"user": user_json(user, call.world.clock.now(), locale=False)}
    raise SlackError("users_not_found")


def profile_get(call: Call) -> Json:
    user = call.user(call.text("user") or call.team.bot_user_id)
    email = call.has_scope("users:read.email")
    profile = user_json(user, call.world.clock.now(), email=email)["profile"]
    return {"profile": profile | {"fields": {}}}


def presence(call: Call) -> Json:
    user = call.user(call.text("user") or call.team.bot_user_id)
    state: Json = {"presence": "away" if user.deleted else "active"}
    if user.id != call.team.bot_user_id:
        return state
    return state | {"online": True, "auto_away": False, "manual_away": False, "connection_count": 1}


def dnd_info(call: Call) -> Json:
    call.user(call.text("user") or call.team.bot_user_id)
    return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}


def dnd_team(call: Call) -> Json:
    ids = [u for u in re.split(r"[,\s]+", call.text("users")) if u]
    if not ids:
        raise SlackError("no_users_provided")
    calm = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    return {"users": {u: calm for u in ids if u in call.team.users}}


def team_info(call: Call) -> Json:
    wanted = call.text("team")
    if wanted not in ("", call.team.id):
        raise SlackError("team_not_found")
    return {"team": team_json(call.team)}


def bots_info(call: Call) -> Json:
    wanted = call.text("bot") or call.team.bot_id
    for user in call.team.users.values():
        if user.is_bot and user.bot_id == wanted:
            return {
                "bot": {
                    "id": user.bot_id,
                    "deleted": user.deleted,
                    "name": user.real_name,
                    "updated": user.updated,
                    "icons": {f"image_{size}": picture(user.id, size) for size in (36, 48, 72)},
                    "app_id": call.world.app_id,
                    "user_id": user.id,
                }
            }
    raise SlackError("bot_not_found")
