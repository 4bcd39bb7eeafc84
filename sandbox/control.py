"""The sandbox over HTTP, under /sandbox/: everything a person can do and see, as JSON.

`ROUTES` is the whole of it (what the page alone asks for stands in `page.ROUTES`, in the same form):
method, path, and the function that answers, which gets the sandbox and the arguments (path, query
and JSON body in one) and calls what the Python driver calls. A refusal is `{"error": sentence}` with
400, an unknown id with 404. `/sandbox/stream` sends every change as server-sent events.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from aiohttp import web

from sandbox import contents, messages, page, views
from sandbox.forms import elements
from sandbox.interactions import Reply, Submitted
from sandbox.model import Json, Message, View
from sandbox.objects import channel_json, team_json, user_json
from sandbox.people import Person
from sandbox.places import Workspace

if TYPE_CHECKING:
    from sandbox.slack import Sandbox

Act = Callable[["Sandbox", Json], Any]


# What is there


def index(slack: Sandbox, _args: Json) -> Json:
    """This index: who and what is there, and everything that can be asked."""
    return contents.index(slack, (*ROUTES, *page.ROUTES))


def state(slack: Sandbox, _args: Json) -> Json:
    """Addresses, tokens, the time, and every workspace with its users and channels."""
    return {
        "url": slack.url,
        "api_url": slack.api_url,
        "app_token": slack.app_token,
        "signing_secret": slack.signing_secret,
        "now": slack.clock.now().isoformat(),
        "sockets": slack.sockets,
        "events_url": slack.courier.url,
        "commands": slack.world.manifest.commands,
        "shortcuts": slack.world.manifest.shortcuts,
        "workspaces": [_workspace(slack, ws) for ws in slack.workspaces],
    }


def _workspace(slack: Sandbox, ws: Workspace) -> Json:
    now = slack.clock.now()
    with slack.world.locked():
        return team_json(ws.state) | {
            "bot_token": ws.bot_token,
            "bot_user_id": ws.bot_user_id,
            "installed": ws.state.installed,
            "scopes": None if ws.state.scopes is None else sorted(ws.state.scopes),
            "users": [user_json(user, now) for user in ws.state.users.values()],
            "channels": [
                channel_json(ws.state, channel) | {"members": list(channel.members)}
                for channel in ws.state.channels.values()
                if not channel.deleted
            ],
        }


def screen(slack: Sandbox, args: Json) -> Json:
    """What one person has in front of her: a conversation (her direct message by default), the
    thread in it, her modals and her Home."""
    person = slack.person(args["user"])
    channel = args.get("channel") or person.dm().id
    thread = args.get("thread")
    home = person.home()
    return {
        "channel": channel,
        "messages": [message_out(m) for m in person.sees(channel)],
        "thread": [message_out(m) for m in person.sees(channel, thread)] if thread else [],
        "modals": [view_out(slack, view) for view in person.modals],
        "home": view_out(slack, home) if home else None,
        "alerts": person.alerts,
    }


def message_out(message: Message) -> Json:
    return messages.as_json(message, metadata=True) | {
        "channel": message.channel,
        "ephemeral": bool(message.ephemeral_to),
        "shown": message.shown,
        "can_click": _clickable(message.all_blocks()),
    }


def view_out(slack: Sandbox, view: View) -> Json:
    return views.as_json(slack.world, view) | {
        "shown": view.shown,
        "errors": view.errors,
        "can_click": _clickable(view.blocks),
    }


def _clickable(blocks: list[Json]) -> list[Json]:
    return [
        {"label": e.label, "type": e.type, "block_id": e.block_id, "action_id": e.action_id} for e in elements(blocks)
    ]


# What a person does


def command(slack: Sandbox, args: Json) -> Json:
    """Type a slash command: `command`, `text`, `channel`."""
    who = slack.person(args["user"])
    return reply_out(who.command(args["command"], args.get("text", ""), args.get("channel")))


def say(slack: Sandbox, args: Json) -> Json:
    """Write a message: `text`, `channel` (the app's conversation by default), `thread_ts`.

    `encoded` where the text has its entities and references already, as the page's composer makes them.
    """
    who, encoded = slack.person(args["user"]), bool(args.get("encoded"))
    return message_out(who.say(args["text"], args.get("channel"), args.get("thread_ts"), encoded=encoded))


def react(slack: Sandbox, args: Json) -> Json:
    """React to the message `ts` in `channel` with `emoji`."""
    who = slack.person(args["user"])
    who.react(_message(slack, who, args), args["emoji"])
    return {}


def click(slack: Sandbox, args: Json) -> Json:
    """Press `what` (a label or an action_id) on the message `ts`; `fill` fills its inputs first."""
    who = slack.person(args["user"])
    message = _message(slack, who, args)
    return reply_out(who.click(message, args["what"], args.get("value"), args.get("fill")))


def shortcut(slack: Sandbox, args: Json) -> Json:
    """Use the shortcut `callback_id`, on the message `ts` where it is one."""
    who = slack.person(args["user"])
    message = _message(slack, who, args) if args.get("ts") else None
    return reply_out(who.shortcut(args["callback_id"], message))


def _message(slack: Sandbox, who: Person, args: Json) -> Message:
    channel = args.get("channel") or who.dm().id
    with slack.world.locked():
        team = slack.world.teams[who.state.team_id]
        return team.channels[channel].messages[args["ts"]].snapshot()


def fill(slack: Sandbox, args: Json) -> Json:
    """Type `values` into the open modal."""
    slack.person(args["user"]).fill(args.get("values") or {})
    return {}


def submit(slack: Sandbox, args: Json) -> Json:
    """Submit the open modal, with `values`."""
    return submitted_out(slack, slack.person(args["user"]).submit(args.get("values")))


def close(slack: Sandbox, args: Json) -> Json:
    """Close the open modal; with `everything` the whole stack."""
    who = slack.person(args["user"])
    return reply_out(who.close_modal(everything=bool(args.get("everything"))))


def click_modal(slack: Sandbox, args: Json) -> Json:
    """Press `what` in the open modal."""
    who = slack.person(args["user"])
    return reply_out(who.click_modal(args["what"], args.get("value"), args.get("fill")))


def open_home(slack: Sandbox, args: Json) -> Json:
    """Open the app's Home."""
    shown = slack.person(args["user"]).open_home(args.get("tab", "home"))
    return {"home": view_out(slack, shown) if shown else None}


def click_home(slack: Sandbox, args: Json) -> Json:
    """Press `what` on Home."""
    who = slack.person(args["user"])
    return reply_out(who.click_home(args["what"], args.get("value"), args.get("fill")))


def deactivate(slack: Sandbox, args: Json) -> Json:
    """Somebody leaves the workspace."""
    slack.person(args["user"]).deactivate()
    return {}


def reactivate(slack: Sandbox, args: Json) -> Json:
    """Somebody comes back to it."""
    slack.person(args["user"]).reactivate()
    return {}


def reply_out(reply: Reply) -> Json:
    return asdict(reply)


def submitted_out(slack: Sandbox, submitted: Submitted) -> Json:
    return {
        "errors": submitted.errors,
        "closed": submitted.closed,
        "acked": submitted.acked,
        "error": submitted.error,
        "sent": submitted.sent,
        "ms": submitted.ms,
        "view": view_out(slack, submitted.view) if submitted.view else None,
    }


# Building and breaking


def add_workspace(slack: Sandbox, args: Json) -> Json:
    """Open a workspace called `name`."""
    return _workspace(slack, slack.workspace(args["name"]))


def _team(slack: Sandbox, args: Json) -> Workspace:
    return next(ws for ws in slack.workspaces if args["team"] in (ws.id, ws.name))


def add_user(slack: Sandbox, args: Json) -> Json:
    """Hire `name`; also `tz`, `guest`, `admin`, `email`, `title`, `joins`."""
    known = {k: args[k] for k in ("tz", "guest", "admin", "email", "title", "joins") if k in args}
    person = _team(slack, args).add_user(args["name"], **known)
    return user_json(person.state, slack.clock.now())


def add_channel(slack: Sandbox, args: Json) -> Json:
    """Open the channel `name`, with `members`; also `private`, `bot`."""
    ws = _team(slack, args)
    members = [ws.person(user_id) for user_id in args.get("members", [])]
    known = {k: args[k] for k in ("private", "bot") if k in args}
    return channel_json(ws.state, ws.add_channel(args["name"], members, **known).state)


def change_channel(slack: Sandbox, args: Json) -> Json:
    """`what` is archive, unarchive, delete, add or remove; the latter two take `members`."""
    ws = next(w for w in slack.workspaces if args["channel"] in w.state.channels)
    room = ws.room(args["channel"])
    people = [ws.person(user_id) for user_id in args.get("members", [])]
    if args["what"] in ("archive", "unarchive", "delete"):
        getattr(room, args["what"])()
    elif args["what"] in ("add", "remove"):
        getattr(room, args["what"])(*people, bot=bool(args.get("bot")))
    else:
        raise ValueError(f"a channel cannot {args['what']}")
    return channel_json(ws.state, room.state)


def change_app(slack: Sandbox, args: Json) -> Json:
    """`what` is install, uninstall, revoke_token or set_scopes (with `scopes`)."""
    ws = _team(slack, args)
    if args["what"] == "set_scopes":
        ws.set_scopes(args["scopes"])
    elif args["what"] in ("install", "uninstall", "revoke_token"):
        getattr(ws, args["what"])()
    else:
        raise ValueError(f"an app cannot {args['what']}")
    return _workspace(slack, ws)


def clock(slack: Sandbox, args: Json) -> Json:
    """`set` an ISO time with its zone, `advance` seconds, `frozen` true or false, or just read."""
    if "frozen" in args:
        (slack.clock.freeze if args["frozen"] else slack.clock.run)()
    if "set" in args:
        slack.clock.set(datetime.fromisoformat(args["set"]))
    if "advance" in args:
        slack.clock.advance(timedelta(seconds=float(args["advance"])))
    return {"now": slack.clock.now().isoformat()}


def faults(slack: Sandbox, _args: Json) -> list[Json]:
    """The faults that are waiting to happen."""
    return [asdict(fault) for fault in slack.faults.all()]


def add_fault(slack: Sandbox, args: Json) -> Json:
    """Let something go wrong: `kind`, and what that kind takes."""
    return asdict(slack.faults.add(args.pop("kind"), **args))


def clear_faults(slack: Sandbox, _args: Json) -> list[Json]:
    """Let nothing go wrong any more."""
    slack.faults.clear()
    return []


def meddle(slack: Sandbox, args: Json) -> Json:
    """`what` is close_sockets, refresh_sockets, silence_sockets, expire_triggers, retry_now or send_events_to."""
    what = args["what"]
    if what == "close_sockets":
        slack.close_sockets()
    elif what == "refresh_sockets":
        slack.close_sockets(warn=True)
    elif what == "silence_sockets":
        slack.silence_sockets()
    elif what == "expire_triggers":
        slack.expire_triggers()
    elif what == "retry_now":
        slack.retry_now()
    elif what == "send_events_to":
        slack.send_events_to(args["url"])
    else:
        raise ValueError(f"nothing called {what} to meddle with")
    return {"sockets": slack.sockets, "events_url": slack.courier.url}


def requests(slack: Sandbox, args: Json) -> list[Json]:
    """What the app asked of Slack's API, `after` a number, of one `method`."""
    after = int(args.get("after", 0))
    rows = slack.requests(args.get("method"))
    return [asdict(r) | {"at": r.at.isoformat()} for r in rows if r.number > after]


def deliveries(slack: Sandbox, args: Json) -> list[Json]:
    """What was sent to the app, and how it answered."""
    after = int(args.get("after", 0))
    rows = slack.deliveries(args.get("kind"), args.get("name"))
    return [asdict(d) | {"at": d.at.isoformat()} for d in rows if d.number > after]


PERSON = "/sandbox/people/{user}"
ROUTES: list[tuple[str, str, Act]] = [
    ("GET", "/sandbox", index),
    ("GET", "/sandbox/state", state),
    ("GET", f"{PERSON}/screen", screen),
    ("POST", f"{PERSON}/command", command),
    ("POST", f"{PERSON}/say", say),
    ("POST", f"{PERSON}/react", react),
    ("POST", f"{PERSON}/click", click),
    ("POST", f"{PERSON}/shortcut", shortcut),
    ("POST", f"{PERSON}/fill", fill),
    ("POST", f"{PERSON}/submit", submit),
    ("POST", f"{PERSON}/close", close),
    ("POST", f"{PERSON}/click_modal", click_modal),
    ("POST", f"{PERSON}/home", open_home),
    ("POST", f"{PERSON}/click_home", click_home),
    ("POST", f"{PERSON}/deactivate", deactivate),
    ("POST", f"{PERSON}/reactivate", reactivate),
    ("POST", "/sandbox/workspaces", add_workspace),
    ("POST", "/sandbox/workspaces/{team}/users", add_user),
    ("POST", "/sandbox/workspaces/{team}/channels", add_channel),
    ("POST", "/sandbox/workspaces/{team}/app", change_app),
    ("POST", "/sandbox/channels/{channel}", change_channel),
    ("GET", "/sandbox/clock", clock),
    ("POST", "/sandbox/clock", clock),
    ("GET", "/sandbox/faults", faults),
    ("POST", "/sandbox/faults", add_fault),
    ("DELETE", "/sandbox/faults", clear_faults),
    ("POST", "/sandbox/meddle", meddle),
    ("GET", "/sandbox/requests", requests),
    ("GET", "/sandbox/deliveries", deliveries),
]


def add_routes(app: web.Application, slack: Sandbox) -> None:
    for method, path, act in (*ROUTES, *page.ROUTES):
        app.router.add_route(method, path, _handler(slack, act))
    page.add_files(app, slack)
    app.router.add_get("/sandbox/", _handler(slack, index))
    app.router.add_get("/sandbox/stream", _stream(slack))


def _handler(slack: Sandbox, act: Act) -> Callable[[web.Request], Any]:
    async def handle(request: web.Request) -> web.Response:
        origin = request.headers.get("Origin")
        if origin and urlsplit(origin).netloc != request.host:
            return web.json_response({"error": "only the sandbox's own page may ask that"}, status=403)
        args: Json = {**request.query}
        try:
            if request.can_read_body:
                args |= await request.json()
            args |= request.match_info
            # In a thread: what a person does waits for the app's ack, which this loop carries.
            return web.json_response(await asyncio.to_thread(act, slack, args))
        except (KeyError, StopIteration) as error:
            return web.json_response({"error": f"there is no {error}"}, status=404)
        except (AssertionError, ValueError, TypeError) as error:
            return web.json_response({"error": str(error)}, status=400)

    return handle


def _stream(slack: Sandbox) -> Callable[[web.Request], Any]:
    async def stream(request: web.Request) -> web.StreamResponse:
        """Every change since `?after=` or the Last-Event-ID (a number; the latest by default), then
        each as it comes. After a number this sandbox never gave out, all it remembers."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        version = slack.world.version
        asked = request.headers.get("Last-Event-ID") or request.query.get("after")
        seen = int(asked) if asked and asked.isdigit() else version
        seen = 0 if seen > version else seen
        await response.write(b"retry: 1000\n: hello\n\n")
        while not slack.stopping:
            # Counting is cheap, looking through what is remembered is not: there is a stream a window.
            for change in slack.world.changes(seen) if slack.world.version != seen else ():
                seen = change.number
                data = json.dumps({"kind": change.kind, **change.about})
                await response.write(f"id: {seen}\ndata: {data}\n\n".encode())
            await asyncio.sleep(0.05)
        return response

    return stream
