"""Answers to the slash command. Only the person who typed it sees them."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.db.models import Decision
from app.domain.who_acts_next import Standing
from app.slack.ids import COMMAND, Act
from app.slack.views.blocks import Block, actions, button, cell, cell_naming, code, context, header, section
from app.slack.views.blocks import table as data_table
from app.slack.views.home import GUESTS
from app.slack.views.parts.decision_line import LONGEST_TITLE, open_button, said_in_list, said_in_table, titled
from app.slack.views.scene import Message
from app.slack.views.text import count, escape, inline, raw

MOST_LISTED = 20
"""Decisions in one list; the rest is counted. A row of buttons holds 25."""
A_PAGE = 10
"""Rows of a table that are seen at once."""

COMMANDS: tuple[tuple[str, str], ...] = (
    ("", "start a decision"),
    ("Shorten the return window to 30 days", "start it with its sentence"),
    ("write", "start it with a press release or a narrative"),
    ("list", "what is open, and who acts next"),
    ("D-42", "bring up one decision"),
    ("ladder", "who decides on which rung"),
    ("keepers", "who changes the workspace's ladder; a keeper names others with add or remove, and @name"),
    ("deputy @name", "who may sign in your place, where you sit on a ladder"),
    ("policy", "what wants which rung, and every other figure that the rules go by; keepers change them there"),
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
    table: bool = False,
) -> Message:
    """What is open and may be seen, in the order given. ``standings``: by the decision's id; ``total``: of which these
    are the first.

    ``table``: as a data table, where the workspace takes one. Clients that don't know it show the text: the same lines.
    """
    if not decisions:
        nothing = "Nothing is open that you take part in, and nothing in this channel."
        start = context(GUESTS) if guest else actions(button("Start a decision", Act.START_OPEN))
        return Message(nothing, [section(nothing), start])
    total = max(total or 0, len(decisions))
    shown = decisions[:MOST_LISTED]
    more = total - len(shown)
    said = f"{count(total, 'open decision')}, the oldest deadline first."
    lines = [
        (titled(decision.name, decision.title), said_in_list(decision, standings, viewer, today, tz))
        for decision in shown
    ]
    rest = [f"and {more} more. {code(f'{COMMAND} D-42')} opens one by its name."] if more > 0 else []
    blocks: list[Block] = [header(count(total, "open decision"))]
    if table:
        rows = [_row(decision, *said_in_table(decision, standings, viewer, today, tz)) for decision in shown]
        blocks.append(data_table(said, COLUMNS, rows, A_PAGE))
        blocks.append(actions(*(_open(decision, viewer, number) for number, decision in enumerate(shown))))
        said = "\n".join([said, *(f"{title}: {next_}" for title, next_ in lines), *rest])
    else:
        for decision, (title, next_) in zip(shown, lines, strict=True):
            blocks.append(section(f"{title}\n{next_}", open_button(decision, viewer)))
    return Message(said, blocks + [context(line) for line in rest])


COLUMNS = ("Decision", "What has to be decided", "Who acts next", "By")


def _row(decision: Decision, who: str, by: str) -> tuple[Block, ...]:
    title = raw(inline(decision.title, LONGEST_TITLE)) or "Not named yet"
    return cell(decision.name), cell(title), cell_naming(who), cell(by)


def _open(decision: Decision, viewer: str, number: int) -> Block:
    """Opens one. ``number`` is its place: it tells its action_id from those beside it."""
    return open_button(decision, viewer, decision.name, str(number) if number else None)


def did_you_mean_reply(typed: str, nearest: str | None) -> Message:
    """A word that is no command, with the one it is close to."""
    said = f"I don't know “{inline(typed, 80)}”."
    then = (
        f"Did you mean {code(f'{COMMAND} {nearest}')}?" if nearest else f"{code(f'{COMMAND} help')} lists what I know."
    )
    start = f"To start a decision, say it in a sentence: {code(f'{COMMAND} Shorten the return window to 30 days')}."
    text = f"{said} {escape(f'Did you mean {COMMAND} {nearest}?' if nearest else f'{COMMAND} help lists what I know.')}"
    return Message(text, [section(f"{said} {then}"), context(start)])
