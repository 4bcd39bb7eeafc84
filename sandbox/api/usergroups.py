"""usergroups.*: groups of people, mentioned by one handle."""

from __future__ import annotations

import re

from sandbox.api.calls import Call
from sandbox.world import events
from sandbox.world.errors import SlackError
from sandbox.world.groups import new_group
from sandbox.world.kinds import Json


def list_(call: Call) -> Json:
    rows = [g for g in call.team.usergroups.values() if call.flag("include_disabled") or not g["date_delete"]]
    if not call.flag("include_users"):
        rows = [{k: v for k, v in row.items() if k != "users"} for row in rows]
    return {"usergroups": rows}


def create(call: Call) -> Json:
    name = call.text("name")
    if not name:
        raise SlackError("missing_subteam_name")
    handle = call.text("handle") or re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    _unused(call, name, handle)
    group = new_group(call.world, call.team, name, handle, [], call.bot.id)
    group["description"] = call.text("description")
    events.subteam(call.world, call.team, "subteam_created", group)
    return {"usergroup": group}


def update(call: Call) -> Json:
    group = _group(call)
    _unused(call, call.text("name"), call.text("handle"), but=group["id"])
    group.update({key: call.text(key) for key in ("name", "handle", "description") if call.text(key)})
    return _changed(call, group)


def enable(call: Call) -> Json:
    group = _group(call)
    group["date_delete"] = 0
    return _changed(call, group)


def disable(call: Call) -> Json:
    group = _group(call)
    group["date_delete"] = int(call.world.clock.now().timestamp())
    return _changed(call, group)


def users(call: Call) -> Json:
    return {"users": _group(call)["users"]}


def set_users(call: Call) -> Json:
    group = _group(call)
    ids = [u for u in re.split(r"[,\s]+", call.text("users")) if u]
    if not ids:
        raise SlackError("no_users_provided")
    if any(u not in call.team.users or call.team.users[u].deleted for u in ids):
        raise SlackError("invalid_users")
    before = list(group["users"])
    group |= {"users": ids, "user_count": len(ids)}
    events.subteam_members(call.world, call.team, group, before)
    return _changed(call, group)


def _changed(call: Call, group: Json) -> Json:
    group |= {"date_update": int(call.world.clock.now().timestamp()), "updated_by": call.bot.id}
    events.subteam(call.world, call.team, "subteam_updated", group)
    call.world.changed("usergroup", usergroup=group["id"])
    return {"usergroup": group}


def _unused(call: Call, name: str, handle: str, but: str = "") -> None:
    others = [g for g in call.team.usergroups.values() if g["id"] != but]
    if handle and any(g["handle"] == handle for g in others):
        raise SlackError("handle_already_exists")
    if name and any(g["name"] == name for g in others):
        raise SlackError("name_already_exists")


def _group(call: Call) -> Json:
    group = call.team.usergroups.get(call.need("usergroup"))
    if group is None:
        raise SlackError("no_such_subteam")
    return group
