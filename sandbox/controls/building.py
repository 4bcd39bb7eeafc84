"""What is there, what is built and what is broken, over HTTP."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

from sandbox.driver.places import Workspace
from sandbox.driver.slack import LocalSlack
from sandbox.world.kinds import Json
from sandbox.world.objects import channel_json, team_json, user_json


def state(slack: LocalSlack, _args: Json) -> Json:
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


def _workspace(slack: LocalSlack, ws: Workspace) -> Json:
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


# Building and breaking


def add_workspace(slack: LocalSlack, args: Json) -> Json:
    """Open a workspace called `name`."""
    return _workspace(slack, slack.workspace(args["name"]))


def _team(slack: LocalSlack, args: Json) -> Workspace:
    """KeyError for a workspace nobody opened. No bare `next`: a StopIteration cannot leave a thread."""
    for ws in slack.workspaces:
        if args["team"] in (ws.id, ws.name):
            return ws
    raise KeyError(args["team"])


def _workspace_with(slack: LocalSlack, channel_id: str) -> Workspace:
    for ws in slack.workspaces:
        if channel_id in ws.state.channels:
            return ws
    raise KeyError(channel_id)


def add_user(slack: LocalSlack, args: Json) -> Json:
    """Hire `name`; also `tz`, `guest`, `admin`, `email`, `title`, `joins`."""
    known = {k: args[k] for k in ("tz", "guest", "admin", "email", "title", "joins") if k in args}
    person = _team(slack, args).add_user(args["name"], **known)
    return user_json(person.state, slack.clock.now())


def add_channel(slack: LocalSlack, args: Json) -> Json:
    """Open the channel `name`, with `members`; also `private`, `bot`."""
    ws = _team(slack, args)
    members = [ws.person(user_id) for user_id in args.get("members", [])]
    known = {k: args[k] for k in ("private", "bot") if k in args}
    return channel_json(ws.state, ws.add_channel(args["name"], members, **known).state)


def change_channel(slack: LocalSlack, args: Json) -> Json:
    """`what` is archive, unarchive, delete, add or remove; the latter two take `members`."""
    ws = _workspace_with(slack, args["channel"])
    room = ws.room(args["channel"])
    people = [ws.person(user_id) for user_id in args.get("members", [])]
    if args["what"] in ("archive", "unarchive", "delete"):
        getattr(room, args["what"])()
    elif args["what"] in ("add", "remove"):
        getattr(room, args["what"])(*people, bot=bool(args.get("bot")))
    else:
        raise ValueError(f"a channel cannot {args['what']}")
    return channel_json(ws.state, room.state)


def change_app(slack: LocalSlack, args: Json) -> Json:
    """`what` is install, uninstall, revoke_token or set_scopes (with `scopes`)."""
    ws = _team(slack, args)
    if args["what"] == "set_scopes":
        ws.set_scopes(args["scopes"])
    elif args["what"] in ("install", "uninstall", "revoke_token"):
        getattr(ws, args["what"])()
    else:
        raise ValueError(f"an app cannot {args['what']}")
    return _workspace(slack, ws)


def clock(slack: LocalSlack, args: Json) -> Json:
    """`set` an ISO time with its zone, `advance` seconds, `frozen` true or false, or just read."""
    if "frozen" in args:
        (slack.clock.freeze if args["frozen"] else slack.clock.run)()
    if "set" in args:
        slack.clock.set(datetime.fromisoformat(args["set"]))
    if "advance" in args:
        slack.clock.advance(timedelta(seconds=float(args["advance"])))
    return {"now": slack.clock.now().isoformat()}


def faults(slack: LocalSlack, _args: Json) -> list[Json]:
    """The faults that are waiting to happen."""
    return [asdict(fault) for fault in slack.faults.all()]


def add_fault(slack: LocalSlack, args: Json) -> Json:
    """Let something go wrong: `kind`, and what that kind takes."""
    return asdict(slack.faults.add(args.pop("kind"), **args))


def clear_faults(slack: LocalSlack, _args: Json) -> list[Json]:
    """Let nothing go wrong any more."""
    slack.faults.clear()
    return []


def meddle(slack: LocalSlack, args: Json) -> Json:
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


def requests(slack: LocalSlack, args: Json) -> list[Json]:
    """What the app asked of Slack's API, `after` a number, of one `method`."""
    after = int(args.get("after", 0))
    rows = slack.requests(args.get("method"))
    return [asdict(r) | {"at": r.at.isoformat()} for r in rows if r.number > after]


def deliveries(slack: LocalSlack, args: Json) -> list[Json]:
    """What was sent to the app, and how it answered."""
    after = int(args.get("after", 0))
    rows = slack.deliveries(args.get("kind"), args.get("name"))
    return [asdict(d) | {"at": d.at.isoformat()} for d in rows if d.number > after]
