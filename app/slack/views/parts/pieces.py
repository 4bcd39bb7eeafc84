"""A long text in pieces, each of which fits into a section."""

import re

from app.slack.views.text import escape

_LONGEST_PIECE = 2600
"""Characters of text in one section, escaped; the rest of Slack's 3,000 is for the title and for links."""


def pieces(text: str) -> list[str]:
    """``text`` in pieces that fit into a section each, cut between words where there are any. Nothing is left out."""
    text = text.strip()
    if len(escape(text)) <= _LONGEST_PIECE:
        return [text] if text else []
    middle = len(text) // 2
    breaks = [found.start() for found in re.finditer(r"\n\n|\n|\s", text)]
    at = min(breaks, key=lambda place: abs(place - middle), default=middle)
    if not len(text) // 4 <= at <= 3 * len(text) // 4:
        at = middle
    return pieces(text[:at]) + pieces(text[at:])
