"""The form that looks for decisions: what is looked for above, what was found below, in one page that stays open."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.domain.library.asking import STATES
from app.domain.library.hits import Hit
from app.slack.ids import Modal
from app.slack.views.blocks import (
    Block,
    channels_select,
    context,
    datepicker,
    divider,
    header,
    input_,
    modal,
    section,
    select,
    text_input,
    users_select,
)
from app.slack.views.parts.hits import hit_rows
from app.slack.views.text import count
from app.words.library import NOTHING

_STATES = {
    "open": "Still open", "approved": "Approved", "declined": "Declined", "deflected": "Back with its team",
    "superseded": "Replaced", "withdrawn": "Withdrawn", "expired": "Expired",
}  # fmt: skip
assert _STATES.keys() <= STATES.keys()


def find_modal(given: Mapping[str, Any], hits: Sequence[Hit] | None, today: date) -> Block:
    """``given``: what was filled in, by field. ``hits``: None before anything was looked for."""
    blocks = [
        input_(
            "words",
            "What was decided about…",
            text_input(given.get("words"), placeholder="return window"),
            optional=True,
        ),
        input_(
            "status",
            "How it stands",
            select([(label, name) for name, label in _STATES.items()], given.get("status"), "Any"),
            optional=True,
        ),
        input_(
            "door",
            "Which door",
            select([("Two-way", "two-way"), ("One-way", "one-way")], given.get("door"), "Either"),
            optional=True,
        ),
        input_("in", "From which channel", channels_select(given.get("in"), "Any channel"), optional=True),
        input_("by", "Whose it was, or who decided", users_select(given.get("by"), "Anybody"), optional=True),
        input_("since", "Decided from", datepicker(given.get("since")), optional=True),
        input_("until", "Decided until", datepicker(given.get("until")), optional=True),
    ]
    if hits is not None:
        found = count(len(hits), "decision") if hits else "Nothing found"
        blocks += [divider(), header(found), *(hit_rows(hits, today) or [section(NOTHING)])]
    else:
        blocks.append(context("You find what everybody here may know of, and all that you take part in."))
    return modal(Modal.FIND, "The library", blocks, submit="Find")
