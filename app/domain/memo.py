"""The memo: one page in five parts, and what a careful reader would say about each.

Nothing is blocked in silence. Only an empty part keeps a memo from being sent (`blocking`); every other
check is advice that its writer and its signers see, with the words at fault named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from app.domain.dates import day_of_ask, find_dates
from app.domain.markdown import block, inline
from app.domain.reading import (
    count_words,
    has_customer,
    has_figure,
    has_name,
    has_source,
    has_verb,
    is_written,
    placeholder,
)
from app.domain.tone import Kind, find_tone
from app.domain.understood import Refused

PAGE_WORDS = 500
WORDS_A_MINUTE = 250


@dataclass(frozen=True)
class Part:
    """One part of the memo: its field in Memo, its heading, the question it answers, an example."""

    key: str
    title: str
    question: str
    example: str


PARTS: tuple[Part, ...] = (
    Part(
        "decision",
        "The decision",
        "What needs to be decided, in a sentence or two? Start from what changes for the customer.",
        "Customers on the old plan move to the new price of $49 on 1 March, or keep $39 for a year.",
    ),
    Part(
        "one_way",
        "Why it is a one-way door",
        "What could you not take back, and what would it cost to try?",
        "Once 2,000 customers are told the price, taking it back would break a public promise.",
    ),
    Part(
        "data",
        "The data",
        "Which figures support the recommendation, and where do they come from?",
        "12% of trials convert at $49 against 13% at $39 (source: pricing experiment, October dashboard).",
    ),
    Part(
        "inaction",
        "The risk of inaction",
        "What is lost if nothing is decided: how much, and from which date?",
        "From 1 March every week of waiting costs $40k, since renewals lock in the old price.",
    ),
    Part(
        "ask",
        "The ask",
        "Who is asked to do what, by when, so that what can happen?",
        "Dana approves the $49 price by 4 Dec, so that the letters to customers go out on 7 Dec.",
    ),
)
EXTRA_PARTS: tuple[Part, ...] = (
    Part(
        "premortem",
        "Pre-mortem",
        "It is a year from now and this went wrong. What happened?",
        "Resellers had quoted the old price for the year, and 40 of them asked for the difference.",
    ),
    Part(
        "alternatives",
        "Alternatives",
        "What else was weighed, and why not that?",
        "Raising the price for new customers only: brings $600k a year instead of $2M.",
    ),
)


@dataclass(frozen=True)
class Prediction:
    """The result that the review will hold the decision to. `on`: the day to look."""

    metric: str
    baseline: str
    target: str
    on: date | None = None


@dataclass(frozen=True)
class Memo:
    """The parts as they were written: Slack text, any of them may be empty."""

    decision: str = ""
    one_way: str = ""
    data: str = ""
    inaction: str = ""
    ask: str = ""
    premortem: str = ""
    alternatives: str = ""
    prediction: Prediction | None = None


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

    why: Refused[date]


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

    `remark` is what was found, passed or not (``app/words/memo.py`` says it); `words` are those at fault, as written.
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
        *(_complete(memo, part) for part in PARTS),
        _one_page(memo),
        *(_tone(memo, part) for part in PARTS),
        *(_tone(memo, part) for part in EXTRA_PARTS if is_written(getattr(memo, part.key))),
        _data(memo.data, today),
        _inaction(memo.inaction, today),
        _ask(memo.ask, today),
        _customer(memo),
        _prediction(memo.prediction, today),
    ]


def blocking(checks: Sequence[Check]) -> list[Check]:
    """What keeps the memo from being sent for sign-off: parts that are still empty, or hold a placeholder."""
    return [check for check in checks if check.rule == "complete" and not check.passed]


def word_count(memo: Memo) -> int:
    """Words over the five parts; a link or a mention is one word."""
    return sum(count_words(getattr(memo, part.key)) for part in PARTS)


def reading_minutes(memo: Memo) -> float:
    """How long the five parts take to read, in minutes."""
    return word_count(memo) / WORDS_A_MINUTE


def changed_parts(old: Memo, new: Memo) -> tuple[str, ...]:
    """The keys that differ, in the order of the page; blanks around a part do not count."""

    def bare(value: object) -> object:
        return value.strip() if isinstance(value, str) else value

    return tuple(f.name for f in fields(Memo) if bare(getattr(old, f.name)) != bare(getattr(new, f.name)))


def to_markdown(memo: Memo, *, title: str, number: int, meta: Sequence[tuple[str, str]]) -> str:
    """The page: `D-<number>` and title, `meta` as a list of (label, value), then the parts written."""
    head = f"# D-{number} · {inline(title)}".rstrip(" ·")
    about = [f"- **{inline(label)}:** {inline(value)}" for label, value in meta]
    pages = [head, "\n".join(about)]
    for part in PARTS:
        pages += [f"## {part.title}", block(getattr(memo, part.key)) or "*Not written yet.*"]
    for part in EXTRA_PARTS:
        if text := block(getattr(memo, part.key)):
            pages += [f"## {part.title}", text]
    if p := memo.prediction:
        rows = [("Metric", p.metric), ("Today", p.baseline), ("Target", p.target)]
        rows += [("On", p.on.isoformat())] if p.on else []
        pages += ["## The predicted result"]
        pages += ["\n".join(f"- **{label}:** {inline(value)}" for label, value in rows)]
    return "\n\n".join(page for page in pages if page) + "\n"


def to_json(memo: Memo) -> dict[str, Any]:
    """A plain dict for storage: {"v": 1, <part>: str, "prediction": {…, "on": "2027-03-01"} | None}."""
    out: dict[str, Any] = {"v": 1}
    out |= {part.key: getattr(memo, part.key) for part in (*PARTS, *EXTRA_PARTS)}
    p = memo.prediction
    on = p.on.isoformat() if p and p.on else None
    out["prediction"] = p and {"metric": p.metric, "baseline": p.baseline, "target": p.target, "on": on}
    return out


def from_json(data: Mapping[str, Any]) -> Memo:
    """The memo of such a dict. Unknown keys are passed over, missing ones are empty."""
    parts: dict[str, Any] = {part.key: _text(data.get(part.key)) for part in (*PARTS, *EXTRA_PARTS)}
    p = data.get("prediction")
    if not isinstance(p, Mapping):
        return Memo(**parts)
    try:
        on = date.fromisoformat(_text(p.get("on")))
    except ValueError:
        on = None
    prediction = Prediction(_text(p.get("metric")), _text(p.get("baseline")), _text(p.get("target")), on)
    return Memo(**parts, prediction=prediction)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


# --- the checks ---------------------------------------------------------------------------------------

_KINDS: tuple[Kind, ...] = ("emotive", "blame", "intensifier", "hedge")


def _complete(memo: Memo, part: Part) -> Check:
    text = getattr(memo, part.key)
    gap = placeholder(text)
    return Check("complete", part.key, is_written(text) and not gap, PartWritten(gap))


def _one_page(memo: Memo) -> Check:
    words = word_count(memo)
    longest = max(PARTS, key=lambda part: count_words(getattr(memo, part.key)))
    length = PageLength(words, longest.key, count_words(getattr(memo, longest.key)))
    return Check("one_page", None, words <= PAGE_WORDS, length)


def _tone(memo: Memo, part: Part) -> Check:
    by_kind: dict[Kind, dict[str, str]] = {}
    words: dict[str, str] = {}
    for finding in find_tone(getattr(memo, part.key)):
        word = " ".join(finding.word.split())
        by_kind.setdefault(finding.kind, {}).setdefault(word.casefold(), word)
        words.setdefault(word.casefold(), word)
    found = tuple((kind, tuple(by_kind[kind].values())) for kind in _KINDS if kind in by_kind)
    return Check("tone", part.key, not words, Tone(found), tuple(words.values()))


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
        return Check("ask", "ask", False, DayIsUnclear(by.found), (by.words,))
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
