"""The way into the conversation with the bot."""

import re

from app.slack.views.text import escape


def way_there(label: str, link: str | None) -> str:
    """A link that opens the conversation (slack://…), which a button can't do; empty where there is none."""
    return f"<{escape(link)}|{label}>" if link and re.fullmatch(r"(https|slack)://[^\s<>|]+", link) else ""
