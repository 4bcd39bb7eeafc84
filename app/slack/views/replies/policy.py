"""Answers about the policy: what it says, that it was changed, what became of a proposal."""

from collections.abc import Sequence

from app.slack.ids import Act
from app.slack.views.blocks import actions, button, context, section
from app.slack.views.scene import Message, PolicyScene
from app.slack.views.text import mention, mentions, sentence
from app.words.people import NO_KEEPER
from app.words.policy import NOTHING_YET, said

MOST_LINES = 20


def policy_reply(scene: PolicyScene) -> Message:
    """The workspace's policy in plain words, for everybody."""
    title = "The policy of this workspace"
    blocks = [section(f"*{title}*, version {scene.version}")]
    blocks += [section("\n".join([f"*{heading}*", *_lines(lines)])) for heading, lines in said(scene.policy)]
    blocks.append(context("A decision keeps the version it was judged by."))
    if scene.guest:
        blocks.append(context("Members of this workspace change it."))
    else:
        if not scene.keeps:
            here = f"Keepers: {mentions(list(scene.keepers[:8]))}. They decide what you propose."
            blocks.append(context(here if scene.keepers else sentence(NO_KEEPER, 600)))
        blocks.append(actions(button("Change it" if scene.keeps else "Propose a change", Act.POLICY_OPEN)))
    return Message(f"{title}, version {scene.version}.", blocks)


def policy_set_reply(version: int, lines: Sequence[str]) -> Message:
    """To the keeper who changed it."""
    told = f"The policy is changed: version {version} counts from now on."
    changes = "\n".join([f":white_check_mark: *{told}*", *_lines(lines)])
    return Message(told, [section(changes), context(NOTHING_YET)])


def policy_proposed_reply(lines: Sequence[str], keepers: Sequence[str]) -> Message:
    """To whoever proposed a change: who decides it."""
    who = f"{mentions(list(keepers[:8]), 'or')} decides, and you hear it here." if keepers else NO_KEEPER
    told = f"Proposed. {sentence(who, 600)}"
    return Message(told, [section("\n".join([f":incoming_envelope: *{told}*", *_lines(lines)]))])


def policy_settled_reply(by: str, kept: bool, lines: Sequence[str]) -> Message:
    """To whoever proposed it: what became of it."""
    told = f"{mention(by)} {'kept' if kept else 'declined'} what you proposed of the policy."
    mark = ":white_check_mark:" if kept else ":no_entry:"
    blocks = [section("\n".join([f"{mark} *{told}*", *_lines(lines)]))]
    return Message(told, [*blocks, context(NOTHING_YET)] if kept else blocks)


def _lines(lines: Sequence[str]) -> list[str]:
    more = [f"•  and {len(lines) - MOST_LINES} more"] if len(lines) > MOST_LINES else []
    return [f"•  {sentence(line, 600)}" for line in lines[:MOST_LINES]] + more
