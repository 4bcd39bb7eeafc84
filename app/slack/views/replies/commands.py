"""Answers to the slash command. Only the person who typed it sees them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.db.models import Decision
from app.domain.digests import Row
from app.slack.ids import COMMAND, Act
from app.slack.views.blocks import Block, actions, button, cell, cell_naming, code, context, header, section
from app.slack.views.blocks import table as data_table
from app.slack.views.home import GUESTS
from app.slack.views.parts.decision_line import LONGEST_TITLE, digest_row, titled, who_acts_next
from app.slack.views.scene import Message
from app.slack.views.text import count, day, escape, inline, raw

MOST_LISTED = 20
"""Decisions in one list; the rest is counted. A row of buttons holds 25."""
A_PAGE = 10
"""Rows of a table that are seen at once."""

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
    acting: Mapping[int, Sequence[str]],
    tz: str = "UTC",
    *,
    guest: bool = False,
    table: bool = False,
) -> Message:
    """What is open and may be seen, in the order given. ``acting``: decision id → who acts next.

    ``table``: as a data table, where the workspace takes one. Clients that don't know it show the text: the same lines.
    """
    if not decisions:
        nothing = "Nothing is open that you take part in, and nothing in this channel."
        start = context(GUESTS) if guest else actions(button("Start a decision", Act.START_OPEN))
        return Message(nothing, [section(nothing), start])
    shown, more = decisions[:MOST_LISTED], len(decisions) - MOST_LISTED
    rows = [digest_row(decision, acting.get(decision.id, ()), tz) for decision in shown]
    lines = [(titled(row.name, row.title), who_acts_next(row, viewer, today)) for row in rows]
    said = f"{count(len(decisions), 'open decision')}, the oldest deadline first."
    rest = [f"and {more} more. {code(f'{COMMAND} D-42')} opens one by its name."] if more > 0 else []
    blocks: list[Block] = [header(count(len(decisions), "open decision"))]
    if table:
        blocks.append(_table(said, rows, viewer, today))
        blocks.append(actions(*(_open(decision, number) for number, decision in enumerate(shown))))
        said = "\n".join([said, *(f"{title}: {next_}" for title, next_ in lines), *rest])
    else:
        for decision, (title, next_) in zip(shown, lines, strict=True):
            blocks.append(section(f"{title}\n{next_}", button("Open", Act.SHOW, d=decision.id)))
    return Message(said, blocks + [context(line) for line in rest])


def _table(caption: str, rows: Sequence[Row], viewer: str, today: date) -> Block:
    """A row a decision: its name, its title, who acts next, and by when."""
    cells = [
        (
            cell(row.name),
            cell(raw(inline(row.title, LONGEST_TITLE)) or "Not named yet"),
            cell_naming(who_acts_next(replace(row, deadline=None), viewer, today)),
            cell(_by_when(row.deadline, today)),
        )
        for row in rows
    ]
    return data_table(caption, ("Decision", "What has to be decided", "Who acts next", "By"), cells, A_PAGE)


def _by_when(on: date | None, today: date) -> str:
    if on is None:
        return ""
    return f"overdue since {day(on, today)}" if on < today else day(on, today)


def _open(decision: Decision, number: int) -> Block:
    """Opens one. ``number`` is its place: it tells its action_id from those beside it."""
    return button(decision.name, Act.SHOW, suffix=str(number) if number else None, d=decision.id)


def did_you_mean_reply(typed: str, nearest: str | None) -> Message:
    """A word that is no command, with the one it is close to."""
    said = f"I don't know “{inline(typed, 80)}”."
    then = (
        f"Did you mean {code(f'{COMMAND} {nearest}')}?" if nearest else f"{code(f'{COMMAND} help')} lists what I know."
    )
    start = f"To start a decision, say it in a sentence: {code(f'{COMMAND} Shorten the return window to 30 days')}."
    text = f"{said} {escape(f'Did you mean {COMMAND} {nearest}?' if nearest else f'{COMMAND} help lists what I know.')}"
    return Message(text, [section(f"{said} {then}"), context(start)])
