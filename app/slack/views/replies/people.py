"""Answers about who decides on which rung, and who keeps that."""

import re
from collections.abc import Mapping, Sequence

from app.domain.ladder import BAR_RAISER, Rung
from app.slack.ids import COMMAND, Act
from app.slack.views.blocks import actions, button, code, context, section
from app.slack.views.parts.ladder import ladder_lines
from app.slack.views.scene import ChannelSettings, Message
from app.slack.views.text import count, inline, listed, mention, mentions, sentence
from app.words.ladder import rung_said
from app.words.people import NO_KEEPER


def ladder_reply(settings: ChannelSettings) -> Message:
    """Who sits where, from top to bottom."""
    where = "The ladder of this channel" if settings.channel else "The ladder of the workspace"
    empty = not any([*settings.ladder.seats.values(), *settings.inherited.seats.values()])
    blocks = [section("\n".join([f"*{where}*", *ladder_lines(settings.ladder, settings.inherited)]))]
    if empty:
        blocks.append(context("Seat people once, and memos find their signers by themselves."))
    if settings.overrides:
        gone_on = count(settings.overrides, "decision")
        blocks.append(context(f"{gone_on} went on although a gate failed, with a written reason."))
    keepers = f"Keepers: {mentions(list(settings.keepers[:8]))}. " if settings.keepers else ""
    label = "Seat people" if empty else "Change the ladder"
    if not settings.keeps and not settings.guest:
        label = "Propose a change"
        blocks.append(context(sentence(keepers + ("They decide what you propose." if keepers else NO_KEEPER), 600)))
    style = "primary" if empty else None
    blocks.append(
        context("Members of this workspace change it.")
        if settings.guest
        else actions(button(label, Act.LADDER_OPEN, style=style, c=settings.channel))
    )
    return Message(f"{where}: who decides on which rung.", blocks)


def seated_reply(by: str, channel: str, won: Sequence[str], lost: Sequence[str]) -> Message:
    """To somebody who won or lost a seat: who did it, where, and what it means for them."""
    where = f"the ladder of <#{channel}>" if _CHANNEL.match(channel) else "the workspace's ladder"
    said = []
    if won:
        said.append(
            f"*{mention(by)} seated you as {_seats_said(won)}* on {where}. You are asked when a decision needs you."
        )
    if lost:
        begins = f"You no longer sit as {_seats_said(lost)} there." if won else ""
        taken = begins or f"*{mention(by)} changed {where}: you no longer sit there as {_seats_said(lost)}.*"
        said.append(f"{taken} What you were asked to sign already stays with you.")
    text = " ".join(said)
    how = f"Not right? {code(f'{COMMAND} ladder')} shows it, and changes it."
    return Message(text.replace("*", ""), [section(text), context(how)])


def keepers_reply(keepers: Sequence[str], named: Sequence[str], viewer: str) -> Message:
    """Who keeps the workspace's ladder, and how that changes."""
    title = "Who keeps the workspace's ladder"
    if not keepers:
        return Message(title, [section(f"*{title}*\n{sentence(NO_KEEPER, 600)}")])
    lines = [f"•  {mention(user)}{'' if user in named else ' (owner or admin of Slack)'}" for user in keepers[:20]]
    more = f"\nand {len(keepers) - 20} more" if len(keepers) > 20 else ""
    how = (
        f"{code(f'{COMMAND} keepers add @name')} names somebody, and “remove” takes it back."
        if viewer in keepers
        else "They change it; what you change in the ladder is proposed to them."
    )
    return Message(title, [section("\n".join([f"*{title}*", *lines]) + more), context(how)])


def named_keeper_reply(by: str) -> Message:
    """To somebody who was named."""
    who = mention(by) if by[:1] in ("U", "W") else "Whoever runs Threshold here"
    said = f"{who} named you as a keeper of the workspace's ladder. What others propose comes to you."
    return Message(said, [section(said), context(f"{code(f'{COMMAND} ladder')} shows it, and changes it.")])


def seats_lines(channel: str, seats: Mapping[str, Sequence[str]]) -> list[str]:
    """What is proposed, one line a rung."""
    where = f"in <#{channel}>" if _CHANNEL.match(channel) else "in the workspace"
    return [
        f"•  {_seats_said([rung])} {where}: {mentions(list(users[:8]), 'or') if users else '_nobody_'}"
        for rung, users in seats.items()
    ]


def ladder_proposed_reply(channel: str, seats: Mapping[str, Sequence[str]], keepers: Sequence[str]) -> Message:
    """To whoever proposed a change: who decides it."""
    who = f"{mentions(list(keepers[:8]), 'or')} decides, and you hear it here." if keepers else NO_KEEPER
    lines = "\n".join(seats_lines(channel, seats))
    said = f"Proposed. {sentence(who, 600)}"
    return Message(said, [section(f":incoming_envelope: *{said}*\n{lines}")])


def proposal_settled_reply(by: str, kept: bool, channel: str, seats: Mapping[str, Sequence[str]]) -> Message:
    """To whoever proposed it: what became of it."""
    said = f"{mention(by)} {'kept' if kept else 'declined'} what you proposed."
    mark = ":white_check_mark:" if kept else ":no_entry:"
    return Message(said, [section("\n".join([f"{mark} *{said}*", *seats_lines(channel, seats)]))])


def deputy_reply(user: str | None) -> Message:
    """To whoever named somebody to sign in their place."""
    said = f"{mention(user)} may sign in your place from now on." if user else "Nobody signs in your place any more."
    return Message(said, [section(f":white_check_mark: {said}")])


def read_declined_reply(name: str, by: str) -> Message:
    """To whoever asked to read along. Its title may be private by now, so it is not said."""
    said = f"{mention(by)} keeps {inline(name, 40)} among those who take part in it. You can write to them directly."
    return Message(said, [section(said)])


def ladder_saved_reply(channel: str, seats: Mapping[str, Sequence[str]]) -> Message:
    """To whoever saved a ladder: each rung that changed, with who sits there now."""
    where = f"in <#{channel}>" if _CHANNEL.match(channel) else "in the workspace"
    lines = [
        f"the {_seats_said([rung])} {where} is {mentions(list(users[:8]), 'or')} now"
        if users
        else f"nobody is named as {_seats_said([rung])} {where} now"
        for rung, users in seats.items()
    ]
    said = f"Saved: {'; '.join(lines) or f'the ladder {where} is as it was'}."
    return Message(said, [section(f":white_check_mark: {said}")])


def _seats_said(chairs: Sequence[str]) -> str:
    return listed(["bar raiser" if one == BAR_RAISER else rung_said(Rung(one)) for one in chairs])


_CHANNEL = re.compile(r"[CG][A-Z0-9]+\Z")
