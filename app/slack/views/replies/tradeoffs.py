"""The log of trade-offs, as an answer."""

from collections.abc import Sequence
from datetime import date

from app.db.tradeoffs import Logged
from app.domain.tradeoffs.sides import shown
from app.slack.ids import COMMAND, Act
from app.slack.views.blocks import Block, actions, button, code, context, section
from app.slack.views.parts.decision_line import titled
from app.slack.views.scene import Message
from app.slack.views.text import count, day, escape, inline
from app.words.tradeoffs.experiments import verdict_said

MOST = 15


def log_reply(found: Sequence[Logged], words: str, today: date) -> Message:
    """The newest first. ``words``: what was looked for."""
    asked = f" for “{inline(words, 100)}”" if words else ""
    if not found:
        start = f"Where two teams disagree, {code(f'{COMMAND} tradeoff')} opens one."
        return Message(f"No trade-off was found{asked}.", [section(f"No trade-off was found{asked}. {start}")])
    said = f"{count(len(found), 'trade-off')}{asked}, the newest first."
    blocks: list[Block] = [section(said)]
    for one in found[:MOST]:
        decision = one.decision
        open_ = button("Open", Act.OPEN, suffix=str(decision.id), d=decision.id) if one.inside else None
        blocks.append(section("\n".join(_lines(one, today)), open_))
    if len(found) > MOST:
        blocks.append(context(f"and {count(len(found) - MOST, 'older one')}: the files have them all"))
    blocks.append(
        actions(
            button("As Markdown", Act.TRADEOFFS_EXPORT, suffix="md", as_="md"),
            button("As CSV", Act.TRADEOFFS_EXPORT, suffix="csv", as_="csv"),
        )
    )
    return Message(
        "\n".join([said, *(f"{one.decision.name} {one.decision.title[:100]}" for one in found[:MOST])]), blocks
    )


def _lines(one: Logged, today: date) -> list[str]:
    decision, entry = one.decision, one.decision.tradeoffs[-1]
    lines = [f"{titled(decision.name, decision.title, 150)} · {day(entry.opened_at.date(), today)}"]
    if one.inside:
        lines.append(" / ".join(inline(side.objective, 120) for side in decision.sides))
        if decision.results and (version := shown(decision)):
            lines.append(escape(verdict_said(version.plan, decision.results[-1].verdict, version.late))[:500])
    if entry.closed_at is not None:
        again = f" Looked at again on {day(entry.revisit_on, today)}." if entry.revisit_on else ""
        lines.append(f"*{inline(entry.decided or '', 300)}*{again}")
    return lines
