"""What a change of the policy would have done to the last year, for the keeper who asked."""

from app.domain.insights.comparison import Comparison
from app.domain.policy.policy import Policy
from app.slack.views.blocks import context, header, section
from app.slack.views.scene import Message
from app.slack.views.text import escape
from app.words.trying import compared_said, identity_said

MOST_LINES = 20


def tried_reply(same: int, otherwise: int, unknown: int, found: Comparison, before: Policy, after: Policy) -> Message:
    """First whether the policy of today gives what is kept, then what the other one would have changed."""
    lines = list(compared_said(found, before, after))
    more = [f"and {len(lines) - MOST_LINES} more lines: “threshold replay --policy FILE” says all of it"]
    shown = [f"• {escape(line)}" for line in lines[:MOST_LINES]] + (more if len(lines) > MOST_LINES else [])
    said = f"Tried on the {found.decisions} decisions of the last year."
    blocks = [
        header("What that policy would have done"),
        section(f"{said} Private ones are left out."),
        section("\n".join(shown)[:2900]),
        context(escape(identity_said(same, otherwise, unknown))),
        context("Nothing was changed: the policy stays as it is until somebody sets it."),
    ]
    return Message(f"{said} {lines[-1] if lines else ''}", blocks)
