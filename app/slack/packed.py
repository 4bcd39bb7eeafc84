"""What a button's value or a form's private_metadata carries, read into types.

The keys are those of ``ids``: cards that were posted by an older release keep working, so a key is never given another
meaning. A forged value finds no decision.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from app.domain.answers import Effect
from app.domain.errors import NotFound
from app.domain.ladder import Rung
from app.domain.looking_back import Look
from app.domain.policy.subjects import Subject
from app.domain.signing.signoff import Answer
from app.domain.triage.below import Advice
from app.domain.triage.questions import Question
from app.domain.writing.document import Section
from app.slack.forms import chosen

Packed = Mapping[str, Any]


def id_in(packed: Packed, key: str = "d") -> int:
    """An id out of a packed value. Raises NotFound for anything that can't be one."""
    found = packed.get(key)
    if isinstance(found, int) and not isinstance(found, bool) and 0 <= found < 2**62:
        return found
    raise NotFound("I can't tell which decision this is about. “/escalate list” shows yours.")


def _text(packed: Packed, key: str) -> str:
    return str(packed.get(key) or "")


@dataclass(frozen=True)
class Nothing:
    """It is about nothing in particular."""

    @classmethod
    def of(cls, packed: Packed) -> Self:
        return cls()


@dataclass(frozen=True)
class AboutDecision:
    decision: int

    @classmethod
    def of(cls, packed: Packed) -> Self:
        return cls(id_in(packed))


@dataclass(frozen=True)
class AboutTriageQuestion:
    decision: int
    question: Question

    @classmethod
    def of(cls, packed: Packed) -> Self:
        return cls(id_in(packed), chosen(Question, str(packed.get("q")), "q"))


@dataclass(frozen=True)
class TappedAnswer:
    decision: int
    question: Question
    answer: str  # as the button packed it; ``forms.tapped`` reads it

    @classmethod
    def of(cls, packed: Packed) -> Self:
        return cls(id_in(packed), chosen(Question, str(packed.get("q")), "q"), str(packed.get("a")))


@dataclass(frozen=True)
class Privacy:
    decision: int
    private: bool

    @classmethod
    def of(cls, packed: Packed) -> Self:
        return cls(id_in(packed), bool(packed.get("on")))


@dataclass(frozen=True)
class ParkedMessage:
    message: int

    @classmethod
    def of(cls, packed: Packed) -> Self:
        return cls(id_in(packed, "p"))


@dataclass(frozen=True)
class ParkedForDecision:
    message: int
    decision: int

    @classmethod
    def of(cls, packed: Packed) -> Self:
        return cls(id_in(packed, "p"), id_in(packed))


@dataclass(frozen=True)
class Source:
    """The thread that a decision is started from; empty where there is none."""

    channel: str
    ts: str
    text: str

    @classmethod
    def of(cls, packed: Packed) -> Self:
        return cls(_text(packed, "c"), _text(packed, "ts"), _text(packed, "text"))


@dataclass(frozen=True)
class AnswerBelow:
    decision: int
    advice: Advice

    @classmethod
    def of(cls, packed: Packed) -> Self:
        return cls(id_in(packed), chosen(Advice, str(packed.get("a", Advice.CANNOT_DECIDE.value)), "said"))


@dataclass(frozen=True)
class AboutProposal:
    proposal: int

    @classmethod
    def of(cls, packed: Packed) -> Self:
        return cls(id_in(packed, "p"))


@dataclass(frozen=True)
class AboutPolicy:
    """``effect``: where it is about one of the lasting effects. ``version``: the one that was shown; 0: none was."""

    subject: Subject
    effect: Effect | None
    version: int

    @classmethod
    def of(cls, packed: Packed) -> Self:
        subject = chosen(Subject, str(packed.get("s")), "s")
        effect = chosen(Effect, str(packed.get("e")), "e") if subject is Subject.EFFECT else None
        return cls(subject, effect, id_in(packed, "v") if "v" in packed else 0)


@dataclass(frozen=True)
class PolicyChange:
    """``change``: as ``domain.policy.table`` has it, over ``version``."""

    change: Mapping[str, Any]
    version: int

    @classmethod
    def of(cls, packed: Packed) -> Self:
        change = packed.get("c")
        return cls(change if isinstance(change, Mapping) else {}, id_in(packed, "v"))


@dataclass(frozen=True)
class Drafting:
    """``part``: the one that is wanted in neutral words; None: all of the memo."""

    decision: int
    part: str | None

    @classmethod
    def of(cls, packed: Packed) -> Self:
        return cls(id_in(packed), _text(packed, "part") or None)


@dataclass(frozen=True)
class MemoForm:
    """``version``: the one that the form is based on."""

    decision: int
    version: int

    @classmethod
    def of(cls, packed: Packed) -> Self:
        return cls(id_in(packed), id_in(packed, "v"))


@dataclass(frozen=True)
class AnswerShown:
    """The answer that a signer's button stands for. ``version``: of the memo that was shown beside it."""

    decision: int
    answer: Answer
    version: int | None

    @classmethod
    def of(cls, packed: Packed) -> Self:
        return cls(id_in(packed), chosen(Answer, str(packed.get("a")), "a"), packed.get("v"))


@dataclass(frozen=True)
class SignForm:
    decision: int
    answer: Answer
    version: int

    @classmethod
    def of(cls, packed: Packed) -> Self:
        return cls(id_in(packed), chosen(Answer, str(packed.get("a")), "said"), id_in(packed, "v"))


@dataclass(frozen=True)
class AboutOpenQuestion:
    decision: int
    question: int

    @classmethod
    def of(cls, packed: Packed) -> Self:
        return cls(id_in(packed), id_in(packed, "q"))


@dataclass(frozen=True)
class Replacing:
    """``old`` is asked no more. ``to``: who is asked instead, empty while nobody is chosen. No rung: a bar raiser."""

    decision: int
    old: str
    to: str
    rung: Rung | None

    @classmethod
    def of(cls, packed: Packed) -> Self:
        rung = chosen(Rung, str(packed["rung"]), "to") if packed.get("rung") else None
        return cls(id_in(packed), _text(packed, "old"), _text(packed, "to"), rung)


@dataclass(frozen=True)
class LookingBack:
    decision: int
    look: Look

    @classmethod
    def of(cls, packed: Packed) -> Self:
        return cls(id_in(packed), chosen(Look, str(packed.get("look")), "happened"))


@dataclass(frozen=True)
class MaybeDecision:
    """``decision``: None for one that is about to begin; ``channel``: where, empty for nowhere."""

    decision: int | None
    channel: str

    @classmethod
    def of(cls, packed: Packed) -> Self:
        return cls(id_in(packed) if "d" in packed else None, _text(packed, "c"))


@dataclass(frozen=True)
class AboutSection:
    """``based_on``: the digest of what it held when its form was opened."""

    decision: int
    section: Section
    based_on: str

    @classmethod
    def of(cls, packed: Packed) -> Self:
        return cls(id_in(packed), chosen(Section, str(packed.get("s")), "text"), _text(packed, "v"))


@dataclass(frozen=True)
class DocumentFile:
    decision: int
    form: str  # md or docx

    @classmethod
    def of(cls, packed: Packed) -> Self:
        return cls(id_in(packed), "docx" if packed.get("as_") == "docx" else "md")


@dataclass(frozen=True)
class NameLent:
    """``words``: the digest of the quote that was shown."""

    decision: int
    words: str
    yes: bool

    @classmethod
    def of(cls, packed: Packed) -> Self:
        return cls(id_in(packed), _text(packed, "w"), packed.get("on") is True)


@dataclass(frozen=True)
class Snooze:
    decision: int
    days: int

    @classmethod
    def of(cls, packed: Packed) -> Self:
        days = packed.get("days")
        return cls(id_in(packed), days if isinstance(days, int) else 1)


@dataclass(frozen=True)
class Muting:
    muted: bool

    @classmethod
    def of(cls, packed: Packed) -> Self:
        return cls(bool(packed.get("on")))


@dataclass(frozen=True)
class AboutChannel:
    """``channel``: empty for the whole workspace."""

    channel: str

    @classmethod
    def of(cls, packed: Packed) -> Self:
        return cls(_text(packed, "c"))
