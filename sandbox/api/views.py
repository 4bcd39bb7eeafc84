"""views.*: modals by trigger, at most three deep, and the Home tab."""

from __future__ import annotations

import json
from typing import Any

from sandbox import limits
from sandbox.api.calls import Call, known, refused
from sandbox.world import views
from sandbox.world.errors import SlackError, invalid_arguments
from sandbox.world.kinds import Json
from sandbox.world.model import Team, Trigger, View
from sandbox.world.world import World

LARGEST = 250_000
"""Bytes of a view."""


def open_(call: Call) -> Json:
    trigger = _trigger(call)
    body = _body(call, "modal")
    trigger.used = True
    view = views.open_modal(call.world, call.team, trigger.user_id, body, from_channel=trigger.channel_id)
    return {"view": views.as_json(call.world, view)}


def push(call: Call) -> Json:
    trigger = _trigger(call)
    body = _body(call, "modal")
    stack = call.team.stacks.get(trigger.user_id, [])
    if not stack or (trigger.view_id and trigger.view_id not in stack):
        raise SlackError("not_found")
    if len(stack) >= views.DEEPEST:
        raise SlackError("push_limit_reached")
    trigger.used = True
    view = views.push_modal(call.world, call.team, trigger.user_id, body)
    return {"view": views.as_json(call.world, view)}


def update(call: Call) -> Json:
    body = _body(call, None)
    view = _named(call)
    _hash(call, view)
    if body.get("type") != view.type:
        raise invalid_arguments("the type of a view cannot change [json-pointer:/view/type]")
    views.replace(call.world, call.team, view, body)
    return {"view": views.as_json(call.world, view)}


def publish(call: Call) -> Json:
    user_id = call.need("user_id")
    user = call.team.users.get(user_id)
    if user is None or user.is_bot:
        raise invalid_arguments("invalid `user_id`")
    body = _body(call, "home")
    if not call.world.manifest.home_tab:
        raise SlackError("not_enabled")
    known = call.team.homes.get(user_id)
    if known:
        _hash(call, call.team.views[known])
    view = views.publish_home(call.world, call.team, user_id, body)
    return {"view": views.as_json(call.world, view)}


def _named(call: Call) -> View:
    if call.text("view_id"):
        view = call.team.views.get(call.text("view_id"))
    elif call.text("external_id"):
        wanted = call.text("external_id")
        view = next((v for v in call.team.views.values() if v.external_id == wanted), None)
    else:
        raise invalid_arguments("missing required field: view_id or external_id")
    if view is None:
        raise SlackError("not_found")
    return view


def _hash(call: Call, view: View) -> None:
    if call.text("hash") not in ("", view.hash):
        raise SlackError("hash_conflict")


def _trigger(call: Call) -> Trigger:
    key = call.text("trigger_id") or call.text("interactivity_pointer")
    if not key:
        raise invalid_arguments("missing required field: trigger_id")
    trigger = call.world.triggers.get(key)
    if trigger is None or trigger.team_id != call.team.id:
        raise SlackError("invalid_trigger_id")
    if trigger.used:
        raise SlackError("exchanged_trigger_id")
    if call.world.clock.monotonic() - trigger.born > call.world.limits.trigger_seconds:
        raise SlackError("expired_trigger_id")
    return trigger


def _body(call: Call, wanted: str | None) -> Json:
    try:
        body: Any = call.document("view")
    except ValueError as broken:
        raise invalid_arguments("view is not valid JSON [json-pointer:/view]") from broken
    if not isinstance(body, dict):
        raise invalid_arguments("missing required field: view")
    check_view(call.world, call.team, body)
    if wanted is not None and body.get("type") != wanted:
        raise invalid_arguments(f"must be of type {wanted} [json-pointer:/view/type]")
    return body


def check_view(world: World, team: Team, body: Json) -> None:
    """SlackError as Slack would refuse it."""
    known(team, body.get("blocks"), "invalid_arguments")
    if not world.limits.payloads:
        return
    if len(json.dumps(body, ensure_ascii=False).encode()) > LARGEST:
        raise SlackError("view_too_large")
    error = refused(limits.check_view(body))
    if error:
        raise error
