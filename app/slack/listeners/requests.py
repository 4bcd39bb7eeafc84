"""Who did it, and what about: read out of any payload that a person causes."""

from collections.abc import Mapping
from typing import Any

from app.domain.errors import NotFound
from app.slack.workspaces import enterprise_of, workspace_of
from app.workflows.admission import Actor

Body = dict[str, Any]


def part_of(body: Body, name: str) -> Mapping[str, Any]:
    """A part of what Slack sent that has parts itself; an empty one where it is none, whoever wrote that."""
    found = body.get(name)
    return found if isinstance(found, Mapping) else {}


def actor_of(body: Mapping[str, Any]) -> Actor:
    """Who did it, from any payload that a person causes, and whether Slack says that they are of another workspace."""
    user, team_id = body.get("user"), workspace_of(body)
    user_id = user.get("id") if isinstance(user, Mapping) else body.get("user_id")
    if not user_id or not team_id:
        raise NotFound("I can't tell who this came from, so I changed nothing. Please try again from Slack.")
    home = user.get("team_id") if isinstance(user, Mapping) else None
    return Actor(team_id, str(user_id), is_outside(body, team_id, home))


def workspace_of_event(body: Mapping[str, Any]) -> str:
    """The workspace of an event. Raises NotFound where it names none."""
    found = workspace_of(body)
    if found is None:
        raise NotFound("I can't tell which workspace this came from, so I changed nothing.")
    return found


def is_outside(body: Mapping[str, Any], team: str, home: object) -> bool:
    """Whether ``home``, the workspace Slack names for a person, is another than the one this happened in.

    Within an Enterprise Grid that is no stranger yet: there the person's profile says where they belong.
    """
    return bool(home) and home != team and enterprise_of(body) is None


def identity_of(body: Mapping[str, Any]) -> str:
    """What makes a person's act unique: Slack gives each a trigger of its own."""
    return str(body.get("trigger_id") or "")


def is_direct(channel: str, name: str) -> bool:
    """A direct message, or one of a group: no channel, with a ladder, a digest and readers of its own."""
    return channel.startswith("D") or name == "directmessage" or name.startswith("mpdm")


def messages_link(team: str, app_id: str) -> str:
    """Opens the conversation with the bot."""
    return f"slack://app?team={team}&id={app_id}&tab=messages"
