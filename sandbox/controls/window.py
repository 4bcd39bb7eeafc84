"""One person's window: everything the page needs to draw it, and nothing Slack would not show them."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sandbox.driver.people import Person
from sandbox.driver.slack import LocalSlack
from sandbox.world import forms, messages, views
from sandbox.world.kinds import Json
from sandbox.world.model import Channel, Message, Team, User, View

SHOWN = 60
"""Messages of a conversation a window shows before somebody asks for earlier ones."""
MOST_UNREAD = 100


def window(slack: LocalSlack, args: Json) -> Json:
    """The window of `user`, at `channel` (a conversation's id, "home", or nothing) and, beside it,
    `thread` (a ts); `limit` messages at most."""
    person = slack.person(args["user"])
    dm = person.dm().id
    place = str(args.get("channel") or "")
    limit = int(args.get("limit") or SHOWN)
    with slack.world.locked():
        team = slack.world.teams[person.state.team_id]
        room = team.channels.get(place)
        body: Json = {
            "version": slack.world.version,
            "me": person.id,
            "team": {"id": team.id, "name": team.name},
            "app": _app(slack, team, dm),
            "users": [_user(user, slack.clock.now()) for user in team.users.values()],
            "groups": [{"id": g["id"], "handle": g["handle"]} for g in team.usergroups.values()],
            "rooms": [_room(team, r, person) for r in team.channels.values() if person.may_see(r.id)],
            "modals": [_view(slack, team.views[v]) for v in team.stacks.get(person.id, [])],
            "home": _home(slack, team, person.id) if place == "home" else None,
            "place": None,
        }
        if room is not None and person.may_see(room.id):
            body["place"] = _place(room, person, limit, str(args.get("thread") or ""))
        return body


def _app(slack: LocalSlack, team: Team, dm: str) -> Json:
    manifest = slack.world.manifest
    bot = team.users[team.bot_user_id]
    return {
        "name": bot.real_name,
        "user": bot.id,
        "dm": dm,
        "installed": team.installed,
        "online": bool(slack.sockets or slack.courier.url),
        "home_tab": manifest.home_tab,
        "messages_tab": manifest.messages_tab,
        "read_only": manifest.messages_read_only,
        "prompts": manifest.prompts,
        "commands": manifest.commands,
        "shortcuts": manifest.shortcuts,
    }


def _user(user: User, now: datetime) -> Json:
    return {
        "id": user.id,
        "name": user.real_name,
        "handle": user.name,
        "tz": user.tz,
        "offset": user.tz_offset(now),
        "title": user.title,
        "guest": user.guest,
        "deleted": user.deleted,
        "bot": user.is_bot,
    }


def _room(team: Team, room: Channel, person: Person) -> Json:
    others = [m for m in room.members if m != person.id]
    return {
        "id": room.id,
        "kind": room.kind,
        "name": room.name,
        "with": others if room.is_dm else [],
        "app": room.is_dm and team.bot_user_id in room.members,
        "members": len(room.members),
        "member": person.id in room.members,
        "archived": room.archived,
        "topic": room.topic or room.purpose,
        "unread": _unread(room, person.id) if person.id in room.members else 0,
    }


def _unread(room: Channel, user_id: str) -> int:
    seen = room.read.get(user_id, "")
    count = 0
    for message in reversed(room.messages.values()):
        if message.ts <= seen or count >= MOST_UNREAD:
            break
        count += message.user != user_id and not message.ephemeral_to and (not message.is_reply or message.broadcast)
    return count


def _place(room: Channel, person: Person, limit: int, thread: str) -> Json:
    mine = [m for m in room.messages.values() if m.ephemeral_to in ("", person.id)]
    main = [m for m in mine if not m.is_reply or m.broadcast]
    answers: dict[str, list[Message]] = {}
    for message in mine:
        if message.is_reply and message.thread_ts and not message.ephemeral_to:
            answers.setdefault(message.thread_ts, []).append(message)
    shown = main[-limit:]
    return {
        "channel": room.id,
        "read": room.read.get(person.id, ""),
        "earlier": len(main) - len(shown),
        "messages": [_message(m, person.id, answers.get(m.ts, ())) for m in shown],
        "assistant": {ts: dict(said) for ts, said in room.assistant.items()} if person.id in room.members else {},
        "thread": [_message(m, person.id) for m in mine if thread and thread in (m.ts, m.thread_ts)],
    }


def _message(message: Message, user_id: str, answers: Iterable[Message] = ()) -> Json:
    rows = list(answers)
    body = messages.as_json(message) | {
        "channel": message.channel,
        "ephemeral": bool(message.ephemeral_to),
        "state": {"values": forms.state_values(message.all_blocks(), message.state.get(user_id, {}))},
    }
    if rows:
        body |= {
            "reply_count": len(rows),
            "reply_users": list(dict.fromkeys(row.user for row in rows)),
            "latest_reply": rows[-1].ts,
        }
    return body


def _view(slack: LocalSlack, view: View) -> Json:
    return views.as_json(slack.world, view) | {"errors": view.errors}


def _home(slack: LocalSlack, team: Team, user_id: str) -> Json | None:
    known = team.homes.get(user_id)
    return _view(slack, team.views[known]) if known else None


# What a window does, by the exact ids of what is clicked


def read(slack: LocalSlack, args: Json) -> Json:
    """The person has seen `channel` up to `ts`."""
    person = slack.person(args["user"])
    with slack.world.locked():
        room = _visible(slack, person, args["channel"])
        if args["ts"] > room.read.get(person.id, ""):
            room.read[person.id] = args["ts"]
            slack.world.changed("read", user=person.id)
    return {}


def _visible(slack: LocalSlack, person: Person, channel_id: str) -> Channel:
    if not person.may_see(channel_id):
        raise KeyError(channel_id)
    return slack.world.teams[person.state.team_id].channels[channel_id]


def act(slack: LocalSlack, args: Json) -> Json:
    """Click or choose `value` in the element `block_id`, `action_id` of a message (`channel`, `ts`)
    or of a view (`view`); `values` is what was typed beside it."""
    person = slack.person(args["user"])
    desk = person.desk
    value = args.get("value")
    if "view" in args:
        view = _own_view(slack, person, args["view"])
        _put(view.blocks, args.get("values") or [], view.filled)
        reply = desk.click_view(view, _exact(view.blocks, args), value)
    else:
        with slack.world.locked():
            room, message = _own_message(slack, person, args)
            blocks = message.all_blocks()
            _put(blocks, args.get("values") or [], message.state.setdefault(person.id, {}))
        reply = desk.click_message(room, message, _exact(blocks, args), value)
    return {"acked": reply.acked, "ms": reply.ms, "error": reply.error}


def submit(slack: LocalSlack, args: Json) -> Json:
    """Press Submit in `view`, with `values` typed into it."""
    person = slack.person(args["user"])
    view = _own_view(slack, person, args["view"])
    _put(view.blocks, args.get("values") or [], view.filled)
    done = person.desk.submit(view)
    return {"acked": done.acked, "ms": done.ms, "error": done.error, "errors": done.errors, "closed": done.closed}


def upload(slack: LocalSlack, args: Json) -> Json:
    """Keep the file `name`, `content` in base64, for a form."""
    try:
        content = base64.b64decode(args["content"], validate=True)
    except binascii.Error as broken:
        raise ValueError("That file did not arrive whole. Choose it again.") from broken
    return slack.person(args["user"]).keep_file(str(args["name"]), content)


def suggest(slack: LocalSlack, args: Json) -> list[Json]:
    """What an external select offers for `query`."""
    person = slack.person(args["user"])
    if "view" in args:
        view = _own_view(slack, person, args["view"])
        place: Json = {"view": views.as_json(slack.world, view)}
        return person.desk.options(_exact(view.blocks, args), args["query"], place)
    with slack.world.locked():
        room, message = _own_message(slack, person, args)
    return person.desk.options(_exact(message.all_blocks(), args), args["query"], {"channel": {"id": room.id}})


def _own_view(slack: LocalSlack, person: Person, view_id: str) -> View:
    with slack.world.locked():
        team = slack.world.teams[person.state.team_id]
        known = (*team.stacks.get(person.id, []), team.homes.get(person.id, ""))
        assert view_id in known, "That form is closed."
        return team.views[view_id]


def _own_message(slack: LocalSlack, person: Person, args: Json) -> tuple[Channel, Message]:
    room = _visible(slack, person, args["channel"])
    message = room.messages.get(args["ts"])
    if message is None or message.ephemeral_to not in ("", person.id):
        raise AssertionError("That message is gone.")
    return room, message


def _exact(blocks: list[Json], args: Json) -> forms.Element:
    for element in forms.elements(blocks):
        if element.key == (args["block_id"], args["action_id"]):
            return element
    raise AssertionError("That has changed since. Look again, and click what it shows now.")


def _put(blocks: list[Json], values: list[Json], filled: dict[tuple[str, str], Any]) -> None:
    """Note what was typed. What belongs to an input that is gone, or an option that is, is left out."""
    known = {element.key: element for element in forms.elements(blocks)}
    for row in values:
        element = known.get((row["block_id"], row["action_id"]))
        if element is None or element.type not in forms.SLOTS:
            continue
        try:
            filled[element.key] = forms.choose(element, row.get("value") or "")
        except AssertionError:
            filled.pop(element.key, None)


# Places to talk


def join(slack: LocalSlack, args: Json) -> Json:
    """The person joins a public channel she can see."""
    person = slack.person(args["user"])
    room = _visible(slack, person, args["channel"])
    assert room.kind == "channel", "Somebody has to add you there."
    slack.workspace_of(person).room(room.id).add(person)
    return {}


def direct(slack: LocalSlack, args: Json) -> Json:
    """The direct message with `other`, opened on first use."""
    person = slack.person(args["user"])
    ws = slack.workspace_of(person)
    room = ws.direct(person, ws.person(args["other"]))
    return {"channel": room.id}
