"""Answers to `/escalate insights`: where they come, and when they come every month."""

from datetime import datetime

from app.slack.ids import COMMAND
from app.slack.views.blocks import code, section
from app.slack.views.scene import Message
from app.slack.views.text import moment


def insights_reply(*, whole: bool, link: str) -> Message:
    """They are added up behind this answer, and come to the conversation with the app. ``link`` leads there."""
    said = f"I'm adding up how {'this workspace' if whole else 'this channel'} decides."
    return Message(
        f"{said} It comes to our conversation.", [section(f"{said} It comes to <{link}|our conversation> in a moment.")]
    )


def monthly_reply(at: datetime | None, *, on: bool) -> Message:
    if not on:
        said = "This channel gets no monthly insights."
        return Message(said, [section(f"{said} {code(f'{COMMAND} insights monthly')} brings them back.")])
    next_ = f"\nNext: {moment(at)}" if at else ""
    said = "This channel gets its insights on the first weekday of every month."
    return Message(said, [section(f"{said}{next_}\n{code(f'{COMMAND} insights off')} ends it.")])
