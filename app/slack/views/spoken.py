"""Answers to a typed message: kept in the outbox by name, put into words when they are sent."""

from collections.abc import Callable, Mapping
from typing import Any

from app.db.models import Decision
from app.domain.triage import Question
from app.slack.views import replies
from app.slack.views.scene import Message

VIEWS = frozenset({"which_triage", "refused", "seated", "ladder_saved", "help"})
"""The answers that this release knows, by name."""


def render(args: Mapping[str, Any], find: Callable[[int], Decision | None]) -> Message:
    """``args["view"]`` names the answer; ``find`` opens a decision of the same workspace by its id."""
    if args["view"] == "which_triage":
        triages = [d for id in args["triages"] if (d := find(int(id))) is not None]
        return replies.which_triage(int(args["parked"]), str(args["text"]), triages, guest=bool(args.get("guest")))
    if args["view"] == "refused":
        return replies.refused(str(args["sentence"]), args.get("typed"), args.get("taps") or ())
    if args["view"] == "understood":
        return replies.understood(str(args["name"]), int(args["d"]), Question(args["q"]), str(args["said"]))
    if args["view"] == "seated":
        return replies.seated_by(str(args["by"]), str(args["channel"]), args["won"], args["lost"])
    if args["view"] == "ladder_saved":
        return replies.ladder_saved(str(args["channel"]), args["seats"])
    return replies.help_(guest=bool(args.get("guest")))
