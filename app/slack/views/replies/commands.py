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
from app.slack.views.scene import Message, Opening
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
    ("find return window", "what was decided of it before"),
    ("ladder", "who decides on which rung"),
    ("keepers", "who changes the workspace's ladder; a keeper names others with add or remove, and @name"),
    ("deputy @name", "who may sign in your place, where you sit on a ladder"),
    ("policy", "what wants which rung, and every other figure that the rules go by; keepers change them there"),
    ("digest", "when this channel hears of its open decisions"),
    ("tradeoff", "two teams disagree"),
    ("tradeoffs", "their log"),
    ("insights", "how this channel decides, and if it was right"),
    ("insights workspace", "how everybody does, for keepers"),
    ("map", "who holds up a customer's journey"),
    ("insights monthly", "brings them here; “insights off” ends it"),
    ("help", "this page"),
)
"""What can be typed behind the command, and what it does."""


HELP: tuple[tuple[str, str, str], ...] = (
    ("What is open", "Who acts next, and by when.", "list"),
    ("Who decides", "The ladder: who sits on which rung, and who signs for whom.", "ladder"),
    ("The rules", "What wants which rung, what a gate asks, who reads.", "policy"),
    ("This channel's digest", "When it hears of its open decisions.", "digest"),
    ("Keepers", "Who changes the workspace's ladder, and lets channels read.", "keepers"),
)
"""What one can look at: its name, what it is, and the word that shows it."""

BESIDE_HELP = (
    "D-42",
    "write",
    "map",
    "find return window",
    "deputy @name",
    "tradeoff",
    "tradeoffs",
    "insights",
    "insights workspace",
    "insights monthly",
)
"""Of ``COMMANDS``, what is said below what one can look at."""


def help_reply(*, guest: bool = False, channel: str = "", unknown: str = "") -> Message:
    """A page of what one can do, with buttons; fits one screen. ``channel``: where it was asked for; ``unknown``: what
    was typed instead of something there is."""
    habit = (
        "Most decisions open both ways: try them, and step back if they fail. "
        "A one-way door climbs only when waiting costs more than a mistake would, to the lowest rung that can decide. "
        "It takes one page, a dated ask and a written sign-off, and you look back on it once it has shipped."
    )
    blocks: list[Block] = []
    text = f"Is it a one-way door? {COMMAND} and a sentence starts a decision."
    if unknown:
        said = f"I don't know “{inline(unknown, 80)}”, and it is no sentence, so nothing was started."
        blocks.append(section(f":information_source: *{said}* Here is what I can do."))
        text = f"{said} Here is what I can do."
    blocks.append(section(f"*Is it a one-way door?*\n{habit}"))
    if guest:
        blocks.append(context(GUESTS))
    else:
        start = button("Start a decision", Act.START_OPEN, style="primary")
        sentence_ = code(f"{COMMAND} Shorten the return window to 30 days")
        blocks.append(section(f"*Start one.* {sentence_} does it in one go, and so does a message to me.", start))
    for name, does, word in HELP:
        if word != "digest" or channel:
            shows = button("Show", Act.HELP_SHOW, suffix=word, v=word, c=channel)
            blocks.append(section(f"*{name}*  {code(f'{COMMAND} {word}')}\n{does}", shows))
    time = button("Change…", Act.HOURS_OPEN)
    blocks.append(section("*Your working time*\nReminders wait for it, and deadlines count your days.", time))
    rest = [f"{code(f'{COMMAND} {typed}')} {does}" for typed, does in COMMANDS if typed in BESIDE_HELP]
    thread = "" if guest else "On a message, “Escalate this thread” begins with it. "
    blocks.append(context(f"{thread}{'; '.join(rest)}."))
    return Message(GUESTS if guest and not unknown else text, blocks)


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
    opens: Mapping[int, Opening] | None = None,
) -> Message:
    """What is open and may be seen, in the order given. ``standings``: by the decision's id; ``total``: of which these
    are the first; ``opens``: how those open, by id, in which the viewer takes no part.

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
    ways = opens or {}
    lines = [
        (titled(decision.name, decision.title), said_in_list(decision, standings, viewer, today, tz))
        for decision in shown
    ]
    rest = [f"and {more} more. {code(f'{COMMAND} D-42')} opens one by its name."] if more > 0 else []
    blocks: list[Block] = [header(count(total, "open decision"))]
    if table:
        rows = [_row(decision, *said_in_table(decision, standings, viewer, today, tz)) for decision in shown]
        blocks.append(data_table(said, COLUMNS, rows, A_PAGE))
        buttons = [
            _open(decision, viewer, ways.get(decision.id), guest, number) for number, decision in enumerate(shown)
        ]
        if any(buttons):
            blocks.append(actions(*buttons))
        said = "\n".join([said, *(f"{title}: {next_}" for title, next_ in lines), *rest])
    else:
        for decision, (title, next_) in zip(shown, lines, strict=True):
            blocks.append(section(f"{title}\n{next_}", _open(decision, viewer, ways.get(decision.id), guest)))
    return Message(said, blocks + [context(line) for line in rest])


COLUMNS = ("Decision", "What has to be decided", "Who acts next", "By")


def _row(decision: Decision, who: str, by: str) -> tuple[Block, ...]:
    title = raw(inline(decision.title, LONGEST_TITLE)) or "Not named yet"
    return cell(decision.name), cell(title), cell_naming(who), cell(by)


def _open(decision: Decision, viewer: str, way: Opening | None, guest: bool, number: int | None = None) -> Block | None:
    """Opens one, where it opens; else asks for it. ``number``: its place in a row of buttons, which are called by their
    decisions, and whose action_ids it tells apart. None where a guest would ask."""
    suffix = str(number) if number else None
    if way is None:
        return open_button(decision, viewer, "Open" if number is None else decision.name, suffix)
    label, act = {Opening.HERE: ("Read", Act.READ_HERE), Opening.ASK: ("Ask to read", Act.ASK_READ)}[way]
    label = label if number is None else f"{label} {decision.name}"
    return None if guest and way is Opening.ASK else button(label, act, suffix=suffix, d=decision.id)


def did_you_mean_reply(typed: str, nearest: str | None) -> Message:
    """A word that is no command, with the one it is close to."""
    said = f"I don't know “{inline(typed, 80)}”."
    then = (
        f"Did you mean {code(f'{COMMAND} {nearest}')}?" if nearest else f"{code(f'{COMMAND} help')} lists what I know."
    )
    start = f"To start a decision, say it in a sentence: {code(f'{COMMAND} Shorten the return window to 30 days')}."
    text = f"{said} {escape(f'Did you mean {COMMAND} {nearest}?' if nearest else f'{COMMAND} help lists what I know.')}"
    return Message(text, [section(f"{said} {then}"), context(start)])
