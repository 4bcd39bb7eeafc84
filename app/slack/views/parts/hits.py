"""A decision that was found, in two lines: what it is called, and what became of it."""

from collections.abc import Sequence
from datetime import date

from app.domain.library.hits import Hit
from app.domain.library.past import PastStatus
from app.slack.ids import Act
from app.slack.views.blocks import Block, button, section
from app.slack.views.parts.decision_line import LONGEST_TITLE
from app.slack.views.text import day, inline, mentions
from app.words.library import DOOR_SAID, called, came_of_it, counts_no_more


def hit_said(hit: Hit, today: date) -> str:
    """The lines of one hit, safe to show. What was reversed is struck through: nobody takes it for what is so."""
    title = inline(hit.title, LONGEST_TITLE) or "Not named yet"
    shown = f"~{title}~" if counts_no_more(hit) and "~" not in title else title
    lines = [f"*{inline(called(hit), 120)}*  {shown}", became(hit, today)]
    if hit.chose:
        lines.append(f"Chosen: {inline(hit.chose, 240)}")
    if hit.learned:
        lines.append(f"Learned: {inline(hit.learned, 240)}")
    return "\n".join(lines)


def became(hit: Hit, today: date) -> str:
    """``*Approved* on Fri 6 Mar by @vera · one-way door``."""
    said = inline(came_of_it(hit), 200)
    told = f"*{said[:1].upper()}{said[1:]}*"
    if hit.decided_on is not None:
        told += f" on {day(hit.decided_on, today)}"
    elif hit.begun_on is not None:
        told += f", {'proposed' if isinstance(hit.status, PastStatus) else 'begun'} on {day(hit.begun_on, today)}"
    if hit.decided_by:
        told += f" by {mentions(hit.decided_by)}"
    parts = [told, DOOR_SAID.get(hit.door, "") if hit.door else "", "private" if hit.private else ""]
    return " · ".join(filter(None, parts))


def read_out(hit: Hit) -> str:
    """One plain line of it, for a notification and for clients without blocks."""
    return f"{inline(called(hit), 120)} {inline(hit.title, 150)}: {inline(came_of_it(hit), 200)}"


def hit_rows(hits: Sequence[Hit], today: date) -> list[Block]:
    """A section each, with a button where whoever asks may open it."""
    return [
        section(
            hit_said(hit, today),
            button("Open", Act.SHOW, suffix=str(at) if at else None, d=hit.opens) if hit.opens else None,
        )
        for at, hit in enumerate(hits)
    ]
