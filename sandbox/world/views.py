"""Open modals and published Homes: the stack of each person, hashes, typed state."""

from __future__ import annotations

import secrets
from typing import Literal

from sandbox.world import forms, messages
from sandbox.world.errors import SlackError
from sandbox.world.kinds import Json
from sandbox.world.model import Team, View
from sandbox.world.world import World

DEEPEST = 3


def open_modal(world: World, team: Team, user_id: str, body: Json, from_channel: str = "") -> View:
    """A new root. What the person had open before is gone.

    A conversation select that defaults to the current conversation starts with `from_channel`.
    """
    _external_id_is_new(team, body)
    clear(team, user_id)
    view = _stack(world, team, user_id, body)
    for element in forms.elements(view.blocks):
        if from_channel and element.body.get("default_to_current_conversation"):
            view.filled[element.key] = forms.choose(element, from_channel)
    return view


def push_modal(world: World, team: Team, user_id: str, body: Json) -> View:
    _external_id_is_new(team, body)
    return _stack(world, team, user_id, body)


def _stack(world: World, team: Team, user_id: str, body: Json) -> View:
    stack = team.stacks.setdefault(user_id, [])
    view = _new(world, team, user_id, body, "modal")
    if stack:
        view.root_view_id, view.previous_view_id = stack[0], stack[-1]
    stack.append(view.id)
    world.changed("view_opened", user=user_id, view=view.id)
    return view


def _new(world: World, team: Team, user_id: str, body: Json, kind: Literal["modal", "home"]) -> View:
    view_id = world.new_id("V")
    stored = {**body, "blocks": messages.with_ids(world, body.get("blocks") or [])}
    view = View(
        id=view_id,
        team_id=team.id,
        user_id=user_id,
        type=kind,
        body=stored,
        hash=_hash(world),
        root_view_id=view_id,
        external_id=str(body.get("external_id") or ""),
    )
    team.views[view.id] = view
    return view


def _hash(world: World) -> str:
    return f"{int(world.clock.now().timestamp())}.{secrets.token_hex(4)}"


def _external_id_is_new(team: Team, body: Json, but: str = "") -> None:
    wanted = body.get("external_id")
    if wanted and any(v.external_id == wanted and v.id != but for v in team.views.values()):
        raise SlackError("duplicate_external_id")


def replace(world: World, team: Team, view: View, body: Json) -> None:
    """A new body for a view. What was typed stays where block_id and action_id are the same."""
    _external_id_is_new(team, body, but=view.id)
    view.body = {**body, "blocks": messages.with_ids(world, body.get("blocks") or [])}
    view.external_id = str(body.get("external_id") or "")
    view.hash = _hash(world)
    view.errors = {}
    kinds = {e.key: e.type for e in forms.elements(view.blocks)}
    view.filled = {k: v for k, v in view.filled.items() if kinds.get(k) == v.get("type")}
    world.changed("view_changed", user=view.user_id, view=view.id)


def publish_home(world: World, team: Team, user_id: str, body: Json) -> View:
    known = team.homes.get(user_id)
    if known:
        view = team.views[known]
        replace(world, team, view, body)
        return view
    view = _new(world, team, user_id, body, "home")
    team.homes[user_id] = view.id
    world.changed("view_changed", user=user_id, view=view.id)
    return view


def top(team: Team, user_id: str) -> View | None:
    stack = team.stacks.get(user_id)
    return team.views[stack[-1]] if stack else None


def pop(world: World, team: Team, user_id: str) -> None:
    stack = team.stacks.get(user_id, [])
    if stack:
        team.views.pop(stack.pop(), None)
        world.changed("view_closed", user=user_id)


def clear(team: Team, user_id: str) -> list[View]:
    """Close everything the person has open; the views, the lowest first."""
    return [team.views.pop(view_id) for view_id in team.stacks.pop(user_id, [])]


def as_json(world: World, view: View) -> Json:
    """A view object as Slack writes it."""
    team = world.teams[view.team_id]
    body = view.body
    return {
        "id": view.id,
        "team_id": view.team_id,
        "type": view.type,
        "blocks": body["blocks"],
        "private_metadata": view.private_metadata,
        "callback_id": view.callback_id,
        "state": {"values": view.state},
        "hash": view.hash,
        "title": body.get("title"),
        "clear_on_close": bool(body.get("clear_on_close")),
        "notify_on_close": bool(body.get("notify_on_close")),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "submit_disabled": False,
        "previous_view_id": view.previous_view_id,
        "root_view_id": view.root_view_id,
        "app_id": world.app_id,
        "external_id": view.external_id,
        "app_installed_team_id": view.team_id,
        "bot_id": team.bot_id,
    }
