"""User groups, as Slack writes them."""

from __future__ import annotations

from sandbox.world.kinds import Json
from sandbox.world.model import Team
from sandbox.world.world import World


def new_group(world: World, team: Team, name: str, handle: str, users: list[str], by: str) -> Json:
    """A user group that is kept in its team."""
    now = int(world.clock.now().timestamp())
    group: Json = {
        "id": world.new_id("S"),
        "team_id": team.id,
        "is_usergroup": True,
        "is_subteam": True,
        "name": name,
        "description": "",
        "handle": handle,
        "is_external": False,
        "is_visible": True,
        "is_membership_locked": False,
        "is_idp_group": False,
        "is_section": False,
        "enterprise_subteam_id": "",
        "channel_count": 0,
        "date_create": now,
        "date_update": now,
        "date_delete": 0,
        "auto_type": None,
        "auto_provision": False,
        "created_by": by,
        "updated_by": by,
        "prefs": {"channels": [], "groups": []},
        "users": users,
        "user_count": len(users),
    }
    team.usergroups[group["id"]] = group
    world.changed("usergroup", usergroup=group["id"])
    return group
