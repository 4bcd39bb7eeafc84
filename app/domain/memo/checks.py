"""What a careful reader would say about each part of a memo.

Nothing is blocked in silence. Only an empty part keeps a memo from being sent (`blocking`); every other check is
advice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.memo.evidence import (
    count_words,
    has_customer,
    has_figure,
    has_name,
    has_source,
    has_verb,
    is_written,
    placeholder,
)
from app.domain.memo.parts import EXTRA_PART_KEYS, PART_KEYS, Memo, Prediction, word_count
from app.domain.memo.tone import Kind, find_tone
from app.domain.reading.days.doubts import DayDoubt
from app.domain.reading.days_in_forms import day_of_ask, find_dates
from app.domain.understood import Refused

PAGE_WORDS = 500


class Need(StrEnum):
    """What a part has to hold."""

    FIGURE = "figure"
    SOURCE = "source"
    NAME = "name"
    VERB = "verb"
    DATE = "date"


@dataclass(frozen=True)
class PartWritten:
    """Whether the part holds anything at all; which one is the check's. ``gap``: a placeholder that stands in it."""

    gap: str = ""


@dataclass(frozen=True)
class PageLength:
    words: int
    longest: str  # the key of the longest part, and its words
    longest_words: int


@dataclass(frozen=True)
class Tone:
    """Words that carry heat, blame, weight or doubt, as they were written; none where the part is neutral."""

    words: tuple[tuple[Kind, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Holds:
    """What of a part's needs is there, and what is missing."""

    there: tuple[Need, ...]
    missing: tuple[Need, ...]


@dataclass(frozen=True)
class DateHasPassed:
    on: date


@dataclass(frozen=True)
class DayIsUnclear:
    """The day of the ask can be read in more than one way, or in none."""

    why: DayDoubt


@dataclass(frozen=True)
class CustomerIsIn:
    """Whether the customer appears."""


@dataclass(frozen=True)
class MetricAndTarget:
    """Whether the prediction names both."""


Remark = PartWritten | PageLength | Tone | Holds | DateHasPassed | DayIsUnclear | CustomerIsIn | MetricAndTarget


@dataclass(frozen=True)
class Check:
    """One reading of the memo. `part`: the key of the part it is about or "prediction", None for the whole page.

    `remark` is what was found, passed or not (``app/words/memo/`` says it); `words` are those at fault, as written.
    """

    rule: str
    part: str | None
    passed: bool
    remark: Remark
    words: tuple[str, ...] = ()


def check_memo(memo: Memo, *, today: date) -> list[Check]:
    """Every check, always in the same order: complete, one page, tone, data, inaction, ask, customer, prediction.

    Tone also reads the pre-mortem and the alternatives, where they are written.
    """
    return [
        *(_complete(memo, part) for part in PART_KEYS),
        _one_page(memo),
        *(_tone(memo, part) for part in PART_KEYS),
        *(_tone(memo, part) for part in EXTRA_PART_KEYS if is_written(getattr(memo, part))),
        _data(memo.data, today),
        _inaction(memo.inaction, today),
        _ask(memo.ask, today),
        _customer(memo),
        _prediction(memo.prediction, today),
    ]


def blocking(checks: Sequence[Check]) -> list[Check]:
    """What keeps the memo from being sent for sign-off: parts that are still empty, or hold a placeholder."""
    return [check for check in checks if check.rule == "complete" and not check.passed]


_KINDS: tuple[Kind, ...] = ("emotive", "blame", "intensifier", "hedge")


def _complete(memo: Memo, part: str) -> Check:
    text = getattr(memo, part)
    gap = placeholder(text)
    return Check("complete", part, is_written(text) and not gap, PartWritten(gap))


def _one_page(memo: Memo) -> Check:
    words = word_count(memo)
    longest = max(PART_KEYS, key=lambda part: count_words(getattr(memo, part)))
    length = PageLength(words, longest, count_words(getattr(memo, longest)))
    return Check("one_page", None, words <= PAGE_WORDS, length)


def _tone(memo: Memo, part: str) -> Check:
    by_kind: dict[Kind, dict[str, str]] = {}
    words: dict[str, str] = {}
    for finding in find_tone(getattr(memo, part)):
        word = " ".join(finding.word.split())
        by_kind.setdefault(finding.kind, {}).setdefault(word.casefold(), word)
        words.setdefault(word.casefold(), word)
    found = tuple((kind, tuple(by_kind[kind].values())) for kind in _KINDS if kind in by_kind)
    return Check("tone", part, not words, Tone(found), tuple(words.values()))


def _data(text: str, today: date) -> Check:
    return _holds("data", {Need.FIGURE: has_figure(text, today), Need.SOURCE: has_source(text)})


def _inaction(text: str, today: date) -> Check:
    return _holds("inaction", {Need.FIGURE: has_figure(text, today), Need.DATE: bool(find_dates(text, today=today))})


def _ask(text: str, today: date) -> Check:
    by = day_of_ask(text, today=today)
    check = _holds("ask", {Need.NAME: has_name(text), Need.VERB: has_verb(text), Need.DATE: by is not None})
    if not check.passed or by is None:
        return check
    if isinstance(by.found, Refused):
        return Check("ask", "ask", False, DayIsUnclear(by.found.why), (by.words,))
    if by.found.value < today:
        return Check("ask", "ask", False, DateHasPassed(by.found.value), (by.words,))
    return check


def _holds(part: str, needs: Mapping[Need, bool]) -> Check:
    there = tuple(need for need, found in needs.items() if found)
    missing = tuple(need for need, found in needs.items() if not found)
    return Check(part, part, not missing, Holds(there, missing))


def _customer(memo: Memo) -> Check:
    named = any(has_customer(text) for text in (memo.decision, memo.data, memo.inaction))
    return Check("customer", None, named, CustomerIsIn())


def _prediction(found: Prediction | None, today: date) -> Check:
    if found and found.on and found.on < today:
        return Check("prediction", "prediction", False, DateHasPassed(found.on))
    held = bool(found and is_written(found.metric) and is_written(found.target))
    return Check("prediction", "prediction", held, MetricAndTarget())
