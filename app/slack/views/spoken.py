"""Answers to a typed message: kept in the outbox by name, put into words when they are sent."""

from collections.abc import Callable, Mapping
from typing import Any

from app.db.models import Decision
from app.domain.triage.questions import Question
from app.slack.views import replies
from app.slack.views.scene import Message

Args = Mapping[str, Any]
Find = Callable[[int], Decision | None]


def _which_triage(args: Args, find: Find) -> Message:
    triages = [decision for id in args["triages"] if (decision := find(int(id))) is not None]
    return replies.which_triage(int(args["parked"]), str(args["text"]), triages, guest=bool(args.get("guest")))


def _understood(args: Args, _: Find) -> Message:
    return replies.understood(str(args["name"]), int(args["d"]), Question(args["q"]), str(args["said"]))


VIEWS: dict[str, Callable[[Args, Find], Message]] = {
    "which_triage": _which_triage,
    "refused": lambda a, _: replies.refused(str(a["sentence"]), a.get("typed"), a.get("taps") or ()),
    "understood": _understood,
    "seated": lambda a, _: replies.seated_by(str(a["by"]), str(a["channel"]), a["won"], a["lost"]),
    "ladder_saved": lambda a, _: replies.ladder_saved(str(a["channel"]), a["seats"]),
    "help": lambda a, _: replies.help_(guest=bool(a.get("guest"))),
}
"""The answers that this release knows, by name. Another one is a newer release's."""


def render(args: Args, find: Find) -> Message:
    """``args["view"]`` names the answer; ``find`` opens a decision of the same workspace by its id."""
    return VIEWS[args["view"]](args, find)
