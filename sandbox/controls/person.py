"""What a person sees and does, over HTTP."""

from __future__ import annotations

import base64
from dataclasses import asdict

from sandbox.deliveries.interactions import Reply, Submitted
from sandbox.driver.people import Person
from sandbox.driver.slack import LocalSlack
from sandbox.world import messages, views
from sandbox.world.forms import elements
from sandbox.world.kinds import Json
from sandbox.world.model import Execution, Message, View


def screen(slack: LocalSlack, args: Json) -> Json:
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
    return messages.as_json(message) | {
        "channel": message.channel,
        "ephemeral": bool(message.ephemeral_to),
        "shown": message.shown,
        "can_click": _clickable(message.all_blocks()),
    }


def view_out(slack: LocalSlack, view: View) -> Json:
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


def command(slack: LocalSlack, args: Json) -> Json:
    """Type a slash command: `command`, `text`, `channel`."""
    who = slack.person(args["user"])
    return reply_out(who.command(args["command"], args.get("text", ""), args.get("channel")))


def say(slack: LocalSlack, args: Json) -> Json:
    """Write a message: `text`, `channel` (the app's conversation by default), `thread_ts`.

    `encoded` where the text has its entities and references already, as the page's composer makes them.
    """
    who, encoded = slack.person(args["user"]), bool(args.get("encoded"))
    return message_out(who.say(args["text"], args.get("channel"), args.get("thread_ts"), encoded=encoded))


def react(slack: LocalSlack, args: Json) -> Json:
    """React to the message `ts` in `channel` with `emoji`."""
    who = slack.person(args["user"])
    who.react(_message(slack, who, args), args["emoji"])
    return {}


def click(slack: LocalSlack, args: Json) -> Json:
    """Press `what` (a label or an action_id) on the message `ts`; `fill` fills its inputs first."""
    who = slack.person(args["user"])
    message = _message(slack, who, args)
    return reply_out(who.click(message, args["what"], args.get("value"), args.get("fill")))


def shortcut(slack: LocalSlack, args: Json) -> Json:
    """Use the shortcut `callback_id`, on the message `ts` where it is one."""
    who = slack.person(args["user"])
    message = _message(slack, who, args) if args.get("ts") else None
    return reply_out(who.shortcut(args["callback_id"], message))


def _message(slack: LocalSlack, who: Person, args: Json) -> Message:
    channel = args.get("channel") or who.dm().id
    with slack.world.locked():
        team = slack.world.teams[who.state.team_id]
        return team.channels[channel].messages[args["ts"]].snapshot()


def fill(slack: LocalSlack, args: Json) -> Json:
    """Type `values` into the open modal."""
    slack.person(args["user"]).fill(args.get("values") or {})
    return {}


def submit(slack: LocalSlack, args: Json) -> Json:
    """Submit the open modal, with `values`."""
    return submitted_out(slack, slack.person(args["user"]).submit(args.get("values")))


def close(slack: LocalSlack, args: Json) -> Json:
    """Close the open modal; with `everything` the whole stack."""
    who = slack.person(args["user"])
    return reply_out(who.close_modal(everything=bool(args.get("everything"))))


def click_modal(slack: LocalSlack, args: Json) -> Json:
    """Press `what` in the open modal."""
    who = slack.person(args["user"])
    return reply_out(who.click_modal(args["what"], args.get("value"), args.get("fill")))


def open_home(slack: LocalSlack, args: Json) -> Json:
    """Open the app's Home."""
    shown = slack.person(args["user"]).open_home(args.get("tab", "home"))
    return {"home": view_out(slack, shown) if shown else None}


def click_home(slack: LocalSlack, args: Json) -> Json:
    """Press `what` on Home."""
    who = slack.person(args["user"])
    return reply_out(who.click_home(args["what"], args.get("value"), args.get("fill")))


def unreact(slack: LocalSlack, args: Json) -> Json:
    """Take back a reaction to the message `ts` in `channel`."""
    who = slack.person(args["user"])
    who.unreact(_message(slack, who, args), args["emoji"])
    return {}


def pin(slack: LocalSlack, args: Json) -> Json:
    """Pin the message `ts` to its `channel`."""
    who = slack.person(args["user"])
    who.pin(_message(slack, who, args))
    return {}


def share_file(slack: LocalSlack, args: Json) -> Json:
    """Share the file `name`, `content` in base64, in `channel`, with `text`."""
    content = base64.b64decode(args["content"], validate=True)
    who = slack.person(args["user"])
    return message_out(who.share_file(args["name"], content, args.get("channel"), args.get("text", "")))


def assistant(slack: LocalSlack, args: Json) -> Json:
    """What an agent shows beside her conversation with it, or the thread `thread_ts` of it."""
    return asdict(slack.person(args["user"]).assistant(str(args.get("thread_ts") or "")))


def open_assistant(slack: LocalSlack, args: Json) -> Json:
    """Begin a thread with the assistant, while looking at `seen_in`."""
    who = slack.person(args["user"])
    seen_in = slack.workspace_of(who).room(args["seen_in"]) if args.get("seen_in") else None
    return message_out(who.open_assistant(seen_in))


def look_at(slack: LocalSlack, args: Json) -> Json:
    """Go to `channel` with the agent open beside it."""
    who = slack.person(args["user"])
    who.look_at(slack.workspace_of(who).room(args["channel"]))
    return {}


def rename_session(slack: LocalSlack, args: Json) -> Json:
    """Give the agent's session in the thread `thread_ts` the name `title`."""
    slack.person(args["user"]).rename_session(args["thread_ts"], args["title"])
    return {}


def stop_session(slack: LocalSlack, args: Json) -> Json:
    """Press Stop while the agent works in the thread `thread_ts`."""
    slack.person(args["user"]).stop_session(args["thread_ts"])
    return {}


def run_step(slack: LocalSlack, args: Json) -> Json:
    """Let a workflow come to the app's step `callback_id`, with `inputs`."""
    return step_out(slack.person(args["user"]).run_step(args["callback_id"], args.get("inputs")))


def step(slack: LocalSlack, args: Json) -> Json:
    """How the step `id` stands: its outputs or its error once it has ended."""
    return step_out(slack.workspace_of(slack.person(args["user"])).state.executions[args["id"]])


def step_out(execution: Execution) -> Json:
    return {"id": execution.id, "outputs": execution.outputs, "error": execution.error}


def open_entity(slack: LocalSlack, args: Json) -> Json:
    """Open the work object of `url` under the message `ts` in `channel`."""
    who = slack.person(args["user"])
    who.open_entity(_message(slack, who, args), args["url"])
    return {}


def flexpane(slack: LocalSlack, args: Json) -> Json:
    """What the app last presented of a work object she opened."""
    return {"flexpane": slack.person(args["user"]).flexpane}


def deactivate(slack: LocalSlack, args: Json) -> Json:
    """Somebody leaves the workspace."""
    slack.person(args["user"]).deactivate()
    return {}


def reactivate(slack: LocalSlack, args: Json) -> Json:
    """Somebody comes back to it."""
    slack.person(args["user"]).reactivate()
    return {}


def reply_out(reply: Reply) -> Json:
    return asdict(reply)


def submitted_out(slack: LocalSlack, submitted: Submitted) -> Json:
    return {
        "errors": submitted.errors,
        "closed": submitted.closed,
        "acked": submitted.acked,
        "error": submitted.error,
        "sent": submitted.sent,
        "ms": submitted.ms,
        "view": view_out(slack, submitted.view) if submitted.view else None,
    }
