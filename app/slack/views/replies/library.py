"""What was found, as a page: best first, each with what became of it."""

from collections.abc import Sequence
from datetime import date

from app.domain.library.hits import Hit
from app.slack.ids import COMMAND
from app.slack.views.blocks import Block, code, context, section
from app.slack.views.parts.hits import hit_rows, hit_said, read_out
from app.slack.views.scene import Message
from app.slack.views.text import count, inline
from app.words.library import HOW_TO_NARROW, NOTHING


def found_reply(hits: Sequence[Hit], words: str, today: date, *, guest: bool = False) -> Message:
    """The first page. ``words``: what was looked for, as typed."""
    asked = f" for “{inline(words, 100)}”" if words.strip() else ""
    if not hits:
        start = f"To decide it now, say it in a sentence: {code(f'{COMMAND} Shorten the return window to 30 days')}."
        blocks: list[Block] = [section(f"{NOTHING}{f' I looked{asked}.' if asked else ''}")]
        return Message(f"{NOTHING}", [*blocks, *([] if guest else [context(start)])])
    said = f"{count(len(hits), 'decision')}{asked}, the likeliest first."
    return Message(
        "\n".join([said, *map(read_out, hits)]), [section(said), *hit_rows(hits, today), context(HOW_TO_NARROW)]
    )


def one_found_reply(hit: Hit, today: date) -> Message:
    """One that was asked for by its name, and can't be opened: what everybody may know of it."""
    return Message(read_out(hit), [section(hit_said(hit, today))])
