"""Answers about a channel's digest."""

import re
from collections.abc import Sequence

from app.slack.ids import Act
from app.slack.views.blocks import Block, actions, button, code, context, section
from app.slack.views.modals.digests import WEEKDAYS
from app.slack.views.scene import ChannelSettings, Message
from app.slack.views.text import inline, listed, moment

CHANNEL = re.compile(r"[CG][A-Z0-9]+\Z")


def digest_reply(settings: ChannelSettings, *, member: bool = True) -> Message:
    """When the channel hears of its open decisions. ``member``: whether we are in it; else that comes first."""
    if not member:
        planned = digest_reply(settings)
        return Message(f"{NOT_A_MEMBER} {planned.text}", [section(f":warning: {INVITE_FIRST}"), *planned.blocks])
    plan = settings.plan
    if plan is None or not plan.on:
        said = "This channel has no digest." if plan is None else "The digest of this channel is off."
        then = "It would say what is open here, most urgent first, and who acts next."
        label = "Set it up" if plan is None else "Switch it on"
        return Message(said, [section(f"{said} {then}"), _plan_button(settings, label, "primary")])
    said = f"The digest comes {_days_said(plan.days)} at {inline(plan.at, 5)} ({inline(plan.tz, 64)})."
    next_ = f"\nNext: {moment(settings.next_at)}" if settings.next_at else ""
    return Message(said, [section(f"{said}{next_}"), _plan_button(settings, "Change the digest")])


NOT_A_MEMBER = "I am not in this channel, so I can't post here."
INVITE = "/invite @Threshold"
INVITE_FIRST = f"*{NOT_A_MEMBER}* First type {code(INVITE)}; then the digest comes as planned."


def digest_unposted_reply(channel: str, why: str) -> Message:
    """To whoever set a digest that could not be posted: said once, with what to do. ``why``: a word of
    ``app.workflows.digests``."""
    where = f"<#{channel}>" if CHANNEL.match(channel) else "a channel"
    then = {
        "not_in": f"I am not in it. Type {code(INVITE)} there, and it goes on by itself; nothing is lost.",
        "archived": "The channel is archived. Once somebody brings it back, the digest goes on by itself.",
        "restricted": "Only some people may post there. An admin of this workspace can let Threshold post.",
        "deleted": "The channel was deleted, and its digest has ended with it.",
    }.get(why, "I try again on its next day.")
    said = f"I couldn't post the digest of {where}."
    blocks: list[Block] = [section(f":warning: *{said}* {then}")]
    if why != "deleted":
        blocks.append(actions(button("Change the digest", Act.DIGEST_OPEN, c=channel)))
    return Message(said, blocks)


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
