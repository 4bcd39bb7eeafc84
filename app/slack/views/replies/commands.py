"""Answers to the slash command. Only the person who typed it sees them."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.db.models import Decision
from app.domain.who_acts_next import Standing
from app.slack.ids import COMMAND, Act
from app.slack.views.blocks import Block, actions, button, code, context, header, section
from app.slack.views.home import GUESTS
from app.slack.views.parts.decision_line import said_in_list, titled
from app.slack.views.scene import Message
from app.slack.views.text import count, escape, inline

MOST_LISTED = 20
"""Decisions in one list; the rest is counted."""

COMMANDS: tuple[tuple[str, str], ...] = (
    ("", "start a decision"),
    ("Shorten the return window to 30 days", "start it with its sentence"),
    ("list", "what is open, and who acts next"),
    ("D-42", "bring up one decision"),
    ("ladder", "who decides on which rung"),
    ("deputy @name", "who may sign in your place, where you sit on a ladder"),
    ("policy", "what wants which rung, and every other figure that the rules go by"),
    ("digest", "when this channel hears of its open decisions"),
    ("help", "this page"),
)
"""What can be typed behind the command, and what it does."""


def help_reply(*, guest: bool = False) -> Message:
    """The habit in three sentences, the commands in a list; fits one screen."""
    habit = (
        "Most decisions open both ways: try them, and step back if they fail. "
        "A one-way door climbs only when waiting costs more than a mistake would, to the lowest rung that can decide. "
        "It takes one page, a dated ask and a written sign-off, and you look back on it once it has shipped."
    )
    lines = [f"{code(f'{COMMAND} {typed}'.rstrip())}  {does}" for typed, does in COMMANDS]
    if guest:
        lines = [line for line, (_, does) in zip(lines, COMMANDS, strict=True) if not does.startswith("start")]
        return Message(
            GUESTS, [section(f"*Is it a one-way door?*\n{habit}"), section("\n".join(lines)), context(GUESTS)]
        )
    blocks = [
        section(f"*Is it a one-way door?*\n{habit}"),
        section("\n".join(lines)),
        context("In our conversation, just write what has to be decided. On a message, choose “Escalate this thread”."),
        actions(button("Start a decision", Act.START_OPEN, style="primary")),
    ]
    return Message(f"Is it a one-way door? {COMMAND} and a sentence starts a decision.", blocks)


def list_reply(
    decisions: Sequence[Decision],
    viewer: str,
    today: date,
    standings: Mapping[int, Standing],
    tz: str = "UTC",
    *,
    guest: bool = False,
    total: int | None = None,
) -> Message:
    """What is open and may be seen, in the order given. ``standings``: by the decision's id; ``total``: of which these
    are the first."""
    if not decisions:
        nothing = "Nothing is open that you take part in, and nothing in this channel."
        start = context(GUESTS) if guest else actions(button("Start a decision", Act.START_OPEN))
        return Message(nothing, [section(nothing), start])
    total = max(total or 0, len(decisions))
    shown = decisions[:MOST_LISTED]
    more = total - len(shown)
    blocks: list[Block] = [header(count(total, "open decision"))]
    for decision in shown:
        next_ = said_in_list(decision, standings, viewer, today, tz)
        blocks.append(
            section(f"{titled(decision.name, decision.title)}\n{next_}", button("Open", Act.SHOW, d=decision.id))
        )
    if more > 0:
        blocks.append(context(f"and {more} more. {code(f'{COMMAND} D-42')} opens one by its name."))
    return Message(f"{count(total, 'open decision')}, the oldest deadline first.", blocks)


def did_you_mean_reply(typed: str, nearest: str | None) -> Message:
    """A word that is no command, with the one it is close to."""
    said = f"I don't know “{inline(typed, 80)}”."
    then = (
        f"Did you mean {code(f'{COMMAND} {nearest}')}?" if nearest else f"{code(f'{COMMAND} help')} lists what I know."
    )
    start = f"To start a decision, say it in a sentence: {code(f'{COMMAND} Shorten the return window to 30 days')}."
    text = f"{said} {escape(f'Did you mean {COMMAND} {nearest}?' if nearest else f'{COMMAND} help lists what I know.')}"
    return Message(text, [section(f"{said} {then}"), context(start)])
