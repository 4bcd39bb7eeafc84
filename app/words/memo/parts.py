"""The parts of a memo in words: heading, question, example; and the page as Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.memo.markdown import block, inline
from app.domain.memo.parts import Memo
from app.words.memo.predictions import how_sure


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
        rows += [("How sure", how_sure(p))] if p.is_typed else []
        pages += ["## The predicted result"]
        pages += ["\n".join(f"- **{label}:** {inline(value)}" for label, value in rows)]
    return "\n\n".join(page for page in pages if page) + "\n"
