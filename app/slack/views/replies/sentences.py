"""Answers in one sentence: what was kept, what could not be done, what was probably meant."""

import re
from collections.abc import Sequence
from typing import Any

from app.slack.ids import Act
from app.slack.views.blocks import actions, button, context, section
from app.slack.views.scene import Message
from app.slack.views.text import block_text, sentence


def saved_reply(said: str) -> Message:
    """One sentence that says what was kept; a ``words.moment`` in it stays one."""
    parts = _MOMENT.split(said)
    shown = "".join(part if at % 2 else _between(part, at > 0, at < len(parts) - 1) for at, part in enumerate(parts))
    return Message(shown, [section(f":white_check_mark: {shown}")])


def _between(part: str, after: bool, before: bool) -> str:
    """A piece of a sentence. The blank between it and the moment ``after`` or ``before`` which it stands is kept."""
    left, right = after and part[:1] == " ", before and part.strip() and part[-1:] == " "
    return f"{' ' if left else ''}{sentence(part)}{' ' if right else ''}"


_MOMENT = re.compile(r"(<!date\^\d+\^[^<>|]*\|[^<>|]*>)")


def refused_reply(said: str, typed: str | None = None, taps: Sequence[tuple[str, dict[str, Any]]] = ()) -> Message:
    """What could not be done and what to do instead. What was typed stands below, to be copied.

    ``taps``: the answers that could have been meant, each as its label and what its button packs.
    """
    blocks = [section(f":warning: {sentence(said)}")]
    if taps:
        meant = (
            button(_capital(label)[:75], Act.ANSWER, suffix=str(at), **packed)
            for at, (label, packed) in enumerate(taps)
        )
        blocks.append(actions(*meant))
    if typed and typed.strip():
        blocks += [context("You typed:"), section(block_text(typed, 2900, quote=True))]
    return Message(sentence(said), blocks)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
