"""What a reader made of a person's words: read, or refused with what they could mean.

Every reader of days, money and places returns one of the two, so that a form, a card and the command line can treat
them alike. What is not understood to its last word is refused: `why` is typed, with its figures, and
``app/words/reading/`` says it; `left_over` names the words, `candidates` what could be meant, each as it would be read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
Why = TypeVar("Why")

MOST_CANDIDATES = 3
"""What is offered on buttons at once."""


@dataclass(frozen=True)
class Read(Generic[T]):
    """Understood to the last word. `said`: the value as Threshold says it back, for a sentence or a button."""

    value: T
    said: str


@dataclass(frozen=True)
class Refused(Generic[T, Why]):
    """Not acted on. `why`: one of the reader's reasons; `candidates` are at most three readings to choose from, the
    likeliest first; `left_over` are the words, as typed, that nothing was made of."""

    why: Why
    candidates: tuple[Read[T], ...] = ()
    left_over: tuple[str, ...] = ()
