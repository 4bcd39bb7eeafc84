"""Answers to a typed message: kept in the outbox by name, put into words when they are sent."""

from collections.abc import Callable, Mapping
from typing import Any

from app.db.models import Decision
from app.domain.triage.questions import Question
from app.slack.views.replies.commands import help_reply
from app.slack.views.replies.digests import digest_unposted_reply
from app.slack.views.replies.influence import lever_asked_reply, lever_said_reply
from app.slack.views.replies.people import (
    ladder_proposed_reply,
    ladder_saved_reply,
    named_keeper_reply,
    proposal_settled_reply,
    read_declined_reply,
    seated_reply,
)
from app.slack.views.replies.policy import policy_proposed_reply, policy_set_reply, policy_settled_reply
from app.slack.views.replies.sentences import refused_reply
from app.slack.views.replies.syncs import remarked_reply
from app.slack.views.replies.triage import named_reply, understood_reply, which_triage_reply
from app.slack.views.scene import Message

Args = Mapping[str, Any]
Find = Callable[[int], Decision | None]


def _which_triage(args: Args, find: Find) -> Message:
    triages = [decision for id in args["triages"] if (decision := find(int(id))) is not None]
    return which_triage_reply(int(args["parked"]), str(args["text"]), triages, guest=bool(args.get("guest")))


def _understood(args: Args, _: Find) -> Message:
    return understood_reply(str(args["name"]), int(args["d"]), Question(args["q"]), str(args["said"]))


REPLIES: dict[str, Callable[[Args, Find], Message]] = {
    "which_triage": _which_triage,
    "refused": lambda args, _: refused_reply(str(args["sentence"]), args.get("typed"), args.get("taps") or ()),
    "understood": _understood,
    "named": lambda args, _: named_reply(str(args["name"]), str(args["title"])),
    "remarked": lambda args, _: remarked_reply(str(args["name"]), int(args["d"]), int(args["r"])),
    "seated": lambda args, _: seated_reply(str(args["by"]), str(args["channel"]), args["won"], args["lost"]),
    "ladder_proposed": lambda args, _: ladder_proposed_reply(str(args["channel"]), args["seats"], args["keepers"]),
    "proposal_settled": lambda args, _: proposal_settled_reply(
        str(args["by"]), bool(args["kept"]), str(args["channel"]), args["seats"]
    ),
    "named_keeper": lambda args, _: named_keeper_reply(str(args["by"])),
    "lever_asked": lambda args, _: lever_asked_reply(
        str(args["by"]), int(args["team"]), str(args["name"]), str(args["journey"])
    ),
    "lever_said": lambda args, _: lever_said_reply(str(args["by"]), str(args["name"]), str(args["journey"])),
    "ladder_saved": lambda args, _: ladder_saved_reply(str(args["channel"]), args["seats"]),
    "digest_unposted": lambda args, _: digest_unposted_reply(str(args["channel"]), str(args["why"])),
    "read_declined": lambda args, _: read_declined_reply(str(args["name"]), str(args["by"])),
    "policy_set": lambda args, _: policy_set_reply(int(args["version"]), args["lines"]),
    "policy_proposed": lambda args, _: policy_proposed_reply(args["lines"], args["keepers"]),
    "policy_settled": lambda args, _: policy_settled_reply(str(args["by"]), bool(args["kept"]), args["lines"]),
    "help": lambda args, _: help_reply(guest=bool(args.get("guest"))),
}
"""The answers that this release knows, by name. Another one is a newer release's."""


def render_reply(args: Args, find: Find) -> Message:
    """``args["view"]`` names the answer; ``find`` opens a decision of the same workspace by its id."""
    return REPLIES[args["view"]](args, find)
