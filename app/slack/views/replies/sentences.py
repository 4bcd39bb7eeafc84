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
    shown = "".join(part if at % 2 else _spaced(part) for at, part in enumerate(_MOMENT.split(said)))
    return Message(shown, [section(f":white_check_mark: {shown}")])


def _spaced(part: str) -> str:
    """A piece of a sentence, with the blanks at its ends that stand before and after a moment."""
    before, after = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :]
    return f"{' ' if before else ''}{sentence(part)}{' ' if after and part.strip() else ''}"


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
