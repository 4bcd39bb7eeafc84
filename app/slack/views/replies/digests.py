"""Answers about a channel's digest."""

from collections.abc import Sequence

from app.slack.ids import Act
from app.slack.views.blocks import Block, actions, button, context, section
from app.slack.views.modals.digests import WEEKDAYS
from app.slack.views.scene import ChannelSettings, Message
from app.slack.views.text import inline, listed, moment


def digest_reply(settings: ChannelSettings) -> Message:
    """When the channel hears of its open decisions."""
    plan = settings.plan
    if plan is None or not plan.on:
        said = "This channel has no digest." if plan is None else "The digest of this channel is off."
        then = "It would say what is open here, most urgent first, and who acts next."
        label = "Set it up" if plan is None else "Switch it on"
        return Message(said, [section(f"{said} {then}"), _plan_button(settings, label, "primary")])
    said = f"The digest comes {_days_said(plan.days)} at {inline(plan.at, 5)} ({inline(plan.tz, 64)})."
    next_ = f"\nNext: {moment(settings.next_at)}" if settings.next_at else ""
    return Message(said, [section(f"{said}{next_}"), _plan_button(settings, "Change the digest")])


def _plan_button(settings: ChannelSettings, label: str, style: str | None = None) -> Block:
    if settings.guest:
        return context("Members of this workspace change it.")
    return actions(button(label, Act.DIGEST_OPEN, style, c=settings.channel))


def _days_said(days: Sequence[int]) -> str:
    if sorted(days) == [0, 1, 2, 3, 4]:
        return "Monday to Friday"
    if sorted(days) == list(range(7)):
        return "every day"
    return f"on {listed([WEEKDAYS[day] for day in sorted(days) if 0 <= day < 7])}" if days else "on no day"
