"""The memo: one page in five parts, as it is written, kept and shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from app.domain.memo.evidence import count_words
from app.domain.memo.markdown import block, inline

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
