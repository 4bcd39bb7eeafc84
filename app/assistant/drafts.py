"""What goes into the assistant and what comes out of it: plain, frozen data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

PARTS: Final = ("decision", "one_way", "data", "inaction", "ask")
"""The memo's five parts, in the order they are read."""

Kind = Literal["answer", "thread", "memo"]


@dataclass(frozen=True)
class Source:
    """One piece of text a draft may draw on.

    `kind` says where it is from: a triage answer, a message of the thread, or the memo as it
    stands. `label` names it for a reader ("Deadline", "Priya, 20 Nov"), `text` is what was written.
    Messages of a thread are given oldest first.
    """

    kind: Kind
    label: str
    text: str


@dataclass(frozen=True)
class PartDraft:
    """A draft of one part, safe to show.

    `struck` lists, in the model's own spelling, the figures and dates that stand in none of the
    sources. In `text` each is left out and marked: "[figure needed]" or "[date needed]".
    """

    text: str
    struck: tuple[str, ...]


@dataclass(frozen=True)
class MemoDraft:
    """All five parts (keys are `PARTS`), with the model and the prompt that wrote them."""

    parts: Mapping[str, PartDraft]
    model: str
    prompt_version: str


class Assistant(Protocol):
    """The whole of what the product asks of a model. Every call may raise `AssistantDown`.

    A call takes at most `timeout` × `max_attempts` seconds, the waits between attempts included
    (90 seconds with the defaults of `connect`): make a follow-up's lease longer than that.
    """

    def draft_memo(self, title: str, sources: Sequence[Source]) -> MemoDraft:
        """Draft the five parts of the memo for the decision called `title`."""
        ...

    def neutral(self, part: str, text: str, sources: Sequence[Source]) -> PartDraft:
        """Rewrite one part (a key of `PARTS`) in a neutral tone, its facts kept.

        Figures of `text` itself stand. Raises ValueError for an unknown part or an empty text.
        """
        ...

    def ping(self) -> str:
        """The model's name, once it has answered a short question. Tried once, never retried."""
        ...
