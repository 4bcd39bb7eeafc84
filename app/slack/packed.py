"""What a button's value or a form's private_metadata carries, read into types.

Each field says beside its type how it is read. The keys are those of ``ids``: cards that were posted by an older
release keep working, so a key is never given another meaning. A forged value finds no decision.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Self, TypeVar, get_type_hints

from app.domain.answers import Effect
from app.domain.errors import NotFound
from app.domain.ladder import Rung
from app.domain.looking_back import Look
from app.domain.policy.subjects import Subject
from app.domain.signing.signoff import Answer
from app.domain.syncs.life import RemarkKind
from app.domain.triage.below import Advice
from app.domain.triage.questions import Question
from app.domain.writing.document import Section
from app.slack.forms import chosen

Packed = Mapping[str, Any]
Kind = TypeVar("Kind", bound=StrEnum)


@dataclass(frozen=True)
class Carried:
    """It is about nothing in particular; what is about something has fields."""

    @classmethod
    def of(cls, packed: Packed) -> Self:
        """Raises a ThresholdError for what can't be read."""
        make: Callable[..., Self] = cls
        kind: Any = cls  # a class is hashable, whatever mypy thinks of those that compare their instances
        return make(**{name: read(packed) for name, read in _readers(kind)})


@cache
def _readers(kind: type[Carried]) -> list[tuple[str, Callable[[Packed], Any]]]:
    hints = get_type_hints(kind, include_extras=True)
    return [(one.name, hints[one.name].__metadata__[0]) for one in fields(kind)]


# ── how a field is read ─────────────────────────────────────────────────────────────────────────────────


def id_in(packed: Packed, key: str = "d") -> int:
    """An id out of a packed value. Raises NotFound for anything that can't be one."""
    found = packed.get(key)
    if isinstance(found, int) and not isinstance(found, bool) and 0 <= found < 2**62:
        return found
    raise NotFound("I can't tell which decision this is about. “/escalate list” shows yours.")


def _id(key: str) -> Callable[[Packed], int]:
    return lambda packed: id_in(packed, key)


def _text(key: str) -> Callable[[Packed], str]:
    return lambda packed: str(packed.get(key) or "")


def _flag(key: str, *, missing: bool = False) -> Callable[[Packed], bool]:
    return lambda packed: bool(packed.get(key, missing))


def _one_of(kind: type[Kind], key: str, field: str = "", missing: Kind | None = None) -> Callable[[Packed], Kind]:
    """``field``: the input that a refusal points at. ``missing``: what it is where nothing was packed."""
    return lambda packed: chosen(kind, str(packed.get(key, missing and missing.value)), field or key)


def _rung(packed: Packed) -> Rung | None:
    return chosen(Rung, str(packed["rung"]), "to") if packed.get("rung") else None


def _effect(packed: Packed) -> Effect | None:
    return chosen(Effect, str(packed.get("e")), "e") if packed.get("s") == Subject.EFFECT else None


DecisionId = Annotated[int, _id("d")]
ParkedId = Annotated[int, _id("p")]
Version = Annotated[int, _id("v")]
ChannelId = Annotated[str, _text("c")]
"""Empty for none."""


# ── what is carried ─────────────────────────────────────────────────────────────────────────────────────


class Nothing(Carried):
    pass


@dataclass(frozen=True)
class AboutDecision(Carried):
    decision: DecisionId


@dataclass(frozen=True)
class AboutTriageQuestion(AboutDecision):
    question: Annotated[Question, _one_of(Question, "q")]


@dataclass(frozen=True)
class TappedAnswer(AboutDecision):
    question: Annotated[Question, _one_of(Question, "q")]
    answer: Annotated[str, lambda packed: str(packed.get("a"))]  # as the button packed it; ``forms.tapped`` reads it


@dataclass(frozen=True)
class Privacy(AboutDecision):
    private: Annotated[bool, _flag("on")]


@dataclass(frozen=True)
class ParkedMessage(Carried):
    message: ParkedId


@dataclass(frozen=True)
class ParkedForDecision(AboutDecision):
    message: ParkedId


@dataclass(frozen=True)
class Source(Carried):
    """The thread that a decision is started from; empty where there is none. ``closed``: only members of its channel
    know of it."""

    channel: ChannelId
    ts: Annotated[str, _text("ts")]
    text: Annotated[str, _text("text")]
    closed: Annotated[bool, _flag("closed")]


@dataclass(frozen=True)
class AnswerBelow(AboutDecision):
    advice: Annotated[Advice, _one_of(Advice, "a", "said", Advice.CANNOT_DECIDE)]


@dataclass(frozen=True)
class AboutProposal(Carried):
    proposal: Annotated[int, _id("p")]


@dataclass(frozen=True)
class AboutPolicy(Carried):
    """``effect``: where it is about one of the lasting effects. ``version``: the one that was shown; 0: none was."""

    subject: Annotated[Subject, _one_of(Subject, "s")]
    effect: Annotated[Effect | None, _effect]
    version: Annotated[int, lambda packed: id_in(packed, "v") if "v" in packed else 0]


@dataclass(frozen=True)
class PolicyChange(Carried):
    """``change``: as ``domain.policy.table`` has it, over ``version``."""

    change: Annotated[Mapping[str, Any], lambda packed: _mapping(packed.get("c"))]
    version: Version


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


@dataclass(frozen=True)
class Drafting(AboutDecision):
    """``part``: the one that is wanted in neutral words; None: all of the memo."""

    part: Annotated[str | None, lambda packed: str(packed.get("part") or "") or None]


@dataclass(frozen=True)
class MemoForm(AboutDecision):
    """``version``: the one that the form is based on."""

    version: Version


@dataclass(frozen=True)
class AnswerShown(AboutDecision):
    """The answer that a signer's button stands for. ``version``: of the memo that was shown beside it."""

    answer: Annotated[Answer, _one_of(Answer, "a")]
    version: Annotated[int | None, lambda packed: packed.get("v")]


@dataclass(frozen=True)
class SignForm(AboutDecision):
    answer: Annotated[Answer, _one_of(Answer, "a", "said")]
    version: Version


@dataclass(frozen=True)
class AboutOpenQuestion(AboutDecision):
    question: Annotated[int, _id("q")]


@dataclass(frozen=True)
class Replacing(AboutDecision):
    """``old`` is asked no more. ``to``: who is asked instead, empty while nobody is chosen. No rung: a bar raiser."""

    old: Annotated[str, _text("old")]
    to: Annotated[str, _text("to")]
    rung: Annotated[Rung | None, _rung]


@dataclass(frozen=True)
class LookingBack(AboutDecision):
    look: Annotated[Look, _one_of(Look, "look", "happened")]


@dataclass(frozen=True)
class MaybeDecision(Carried):
    """``decision``: None for one that is about to begin; ``channel``: where, empty for nowhere."""

    decision: Annotated[int | None, lambda packed: id_in(packed) if "d" in packed else None]
    channel: ChannelId


@dataclass(frozen=True)
class AboutSection(AboutDecision):
    """``based_on``: the fingerprint of what it held when its form was opened."""

    section: Annotated[Section, _one_of(Section, "s", "text")]
    based_on: Annotated[str, _text("v")]


@dataclass(frozen=True)
class DocumentFile(AboutDecision):
    form: Annotated[str, lambda packed: "docx" if packed.get("as_") == "docx" else "md"]


@dataclass(frozen=True)
class PlanShown(AboutDecision):
    """``version``: of the experiment that was shown."""

    version: Version


@dataclass(frozen=True)
class TradeoffStart(Carried):
    """``decision``: None for one that is about to begin; ``channel``: where, empty for nowhere; ``text``: the message
    it comes from; ``closed``: only members of its channel know of it."""

    decision: Annotated[int | None, lambda packed: id_in(packed) if "d" in packed else None]
    channel: Annotated[str, _text("c")]
    text: Annotated[str, _text("text")]
    closed: Annotated[bool, _flag("closed")]


@dataclass(frozen=True)
class LogFile(Carried):
    form: Annotated[str, lambda packed: "csv" if packed.get("as_") == "csv" else "md"]


@dataclass(frozen=True)
class NameLent(AboutDecision):
    """``words``: the fingerprint of the quote that was shown."""

    words: Annotated[str, _text("w")]
    yes: Annotated[bool, lambda packed: packed.get("on") is True]


@dataclass(frozen=True)
class AboutMap(Carried):
    """``journey``: None for the list of all, or for one that is about to begin."""

    journey: Annotated[int | None, lambda packed: id_in(packed, "j") if "j" in packed else None]


@dataclass(frozen=True)
class AboutTeam(Carried):
    """``team``: None for one that is about to be put on the map. ``based_on``: the fingerprint of its lines when its
    form was opened; None beside a form."""

    journey: Annotated[int, _id("j")]
    team: Annotated[int | None, lambda packed: id_in(packed, "t") if "t" in packed else None]
    based_on: Annotated[str | None, lambda packed: packed["v"] if isinstance(packed.get("v"), str) else None]


@dataclass(frozen=True)
class OneTeam(Carried):
    team: Annotated[int, _id("t")]


@dataclass(frozen=True)
class SlowTeam(AboutDecision):
    team: Annotated[int, _id("t")]


@dataclass(frozen=True)
class Snooze(AboutDecision):
    days: Annotated[int, lambda packed: packed["days"] if isinstance(packed.get("days"), int) else 1]


@dataclass(frozen=True)
class AboutReader(AboutDecision):
    """``user``: who asked to read along."""

    user: Annotated[str, _text("to")]


@dataclass(frozen=True)
class Shown(Carried):
    """``word``: of the command; ``channel``: which one it is about."""

    word: Annotated[str, _text("v")]
    channel: ChannelId


@dataclass(frozen=True)
class Muting(Carried):
    muted: Annotated[bool, _flag("on")]


@dataclass(frozen=True)
class ByAnother(AboutDecision):
    """A triage, and the number of another decision that it has to do with."""

    number: Annotated[int, _id("n")]
    on: Annotated[bool, _flag("on", missing=True)]


@dataclass(frozen=True)
class AboutChannel(Carried):
    """``channel``: empty for the whole workspace."""

    channel: ChannelId


@dataclass(frozen=True)
class AboutRemark(Carried):
    decision: DecisionId
    remark: Annotated[int, _id("r")]


@dataclass(frozen=True)
class RemarkOf(Carried):
    decision: DecisionId
    kind: Annotated[RemarkKind, _one_of(RemarkKind, "k", "text", RemarkKind.COMMENT)]
    version: Annotated[int | None, lambda packed: id_in(packed, "v") if "v" in packed else None]


@dataclass(frozen=True)
class VersionShown(Carried):
    """``version``: what stood beside the button; None: a button of before it carried one."""

    decision: DecisionId
    version: Annotated[int | None, lambda packed: id_in(packed, "v") if "v" in packed else None]


@dataclass(frozen=True)
class ReadersChosen(Carried):
    """Whom a pre-read goes to, and whether the sync begins with silent reading."""

    decision: DecisionId
    readers: Annotated[tuple[str, ...], lambda packed: _users(packed.get("who"))]
    silent: Annotated[bool, _flag("sil")]


@dataclass(frozen=True)
class SyncForm(AboutDecision):
    """``seen``: by the field of its answer, when a question that stood there had been answered."""

    seen: Annotated[Mapping[str, datetime], lambda packed: _moments(packed.get("seen"))]


def _moments(value: object) -> Mapping[str, datetime]:
    found: dict[str, datetime] = {}
    for one in value if isinstance(value, list) else ():
        match one:
            case [str() as name, str() as at]:
                with suppress(ValueError):
                    found[name] = datetime.fromisoformat(at)
    return found


def _users(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()
