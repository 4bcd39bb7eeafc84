"""What goes into the assistant and what comes out of it: plain, frozen data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

PARTS: Final = ("decision", "one_way", "data", "inaction", "ask")
"""The memo's five parts, in the order they are read."""

EXTRA_PARTS: Final = ("premortem", "alternatives")
"""What stands behind the page: not drafted, but told in neutral words like the others."""

Kind = Literal["answer", "thread", "memo"]


@dataclass(frozen=True)
class Source:
    """One piece of text a draft may draw on.

    `kind` says where it is from: a triage answer, a message of the thread, or the memo as it
    stands. `label` names it for a reader ("Deadline", "Priya, 20 Nov"), `text` is what was written, `link` opens it
    ("" where nothing does). Messages of a thread are given oldest first.
    """

    kind: Kind
    label: str
    text: str
    link: str = ""


Why = Literal["approval", "name", "direction", "negation"]
"""Why a sentence was dropped: it says that somebody approved, and only a thread has it; it names somebody nobody wrote
of, or has the words of somebody else; it says that something went the other way; it denies what its source says."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of a draft, and the sources it rests on; none where no source says it."""

    text: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Dropped:
    """A sentence that the check left out, and why."""

    text: str
    why: Why


@dataclass(frozen=True)
class PartDraft:
    """A draft of one part, safe to show.

    `struck` lists, in the model's own spelling, the figures and dates that do not stand in the sources. In `text` each
    is left out and marked: "[figure needed]" or "[date needed]". `sentences` are those of the text, in order.
    """

    text: str
    struck: tuple[str, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    model: str = ""
    prompt_version: str = ""
    """Of a part that was asked for alone; of the others the memo's draft says it."""


@dataclass(frozen=True)
class MemoDraft:
    """The parts (keys of `PARTS`; one that could not be read is ""), with the model and the prompt that wrote them.
    `left_out` messages of the thread were not sent: there was no room for them."""

    parts: Mapping[str, PartDraft]
    model: str
    prompt_version: str
    left_out: int = 0


class Assistant(Protocol):
    """The whole of what the product asks of a model. Every call may raise `AssistantDown`.

    A call takes at most `timeout` × `max_attempts` seconds, the waits between attempts included
    (three minutes with the defaults of `connect`): make a follow-up's lease longer than that.
    """

    def draft_memo(self, title: str, sources: Sequence[Source]) -> MemoDraft:
        """Draft the five parts of the memo for the decision called `title`."""
        ...

    def neutral(self, part: str, text: str, sources: Sequence[Source]) -> PartDraft:
        """Rewrite one part (a key of `PARTS` or `EXTRA_PARTS`) in a neutral tone, its facts kept.

        Figures of `text` itself stand. Raises ValueError for an unknown part or an empty text.
        """
        ...

    def ping(self) -> str:
        """The model's name, once it has answered a short question. Tried once, never retried."""
        ...
