"""The memo: one page in five parts, and what a careful reader would say about each.

Nothing is blocked in silence. Only an empty part keeps a memo from being sent (`blocking`); every other
check is advice that its writer and its signers see, with the words at fault named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from app.domain.dates import day_of_ask, find_dates, say_date
from app.domain.markdown import block, inline
from app.domain.reading import count_words, has_customer, has_figure, has_name, has_source, has_verb, is_written
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


@dataclass(frozen=True)
class Check:
    """One reading of the memo. `part`: the key of the part it is about or "prediction", None for the whole page.

    `sentence` is said to the writer in either case; `words` are the words at fault, as written.
    """

    rule: str
    part: str | None
    passed: bool
    sentence: str
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
    """What keeps the memo from being sent for sign-off: parts that are still empty."""
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

_HEAT: dict[Kind, tuple[str, str, str]] = {
    "emotive": ("carries heat", "carry heat", "the figure says more"),
    "blame": ("points at people", "point at people", "say what happened and when"),
    "intensifier": ("adds weight but no news", "add weight but no news", "put the figure in its place"),
    "hedge": ("leaves the reader guessing", "leave the reader guessing", "say how likely, or who will know by when"),
}


def _complete(memo: Memo, part: Part) -> Check:
    if is_written(getattr(memo, part.key)):
        return Check("complete", part.key, True, f"“{part.title}” is written.")
    return Check("complete", part.key, False, f"“{part.title}” is still empty. {part.question}")


def _one_page(memo: Memo) -> Check:
    words = word_count(memo)
    if words <= PAGE_WORDS:
        return Check("one_page", None, True, f"It fits on one page: {words} of {PAGE_WORDS} words.")
    longest = max(PARTS, key=lambda part: count_words(getattr(memo, part.key)))
    return Check(
        "one_page",
        None,
        False,
        f"The memo has {words} words, {words - PAGE_WORDS} more than fit on one page. “{longest.title}” is the"
        f" longest part ({count_words(getattr(memo, longest.key))} words): start there, and move detail behind a link.",
    )


def _tone(memo: Memo, part: Part) -> Check:
    by_kind: dict[Kind, dict[str, str]] = {}
    words: dict[str, str] = {}
    for finding in find_tone(getattr(memo, part.key)):
        word = " ".join(finding.word.split())
        by_kind.setdefault(finding.kind, {}).setdefault(word.casefold(), word)
        words.setdefault(word.casefold(), word)
    if not words:
        return Check("tone", part.key, True, f"“{part.title}” is told in neutral words.")
    said = []
    for kind in _HEAT:
        if kind in by_kind:
            one, many, instead = _HEAT[kind]
            found = [f"“{word}”" for word in by_kind[kind].values()]
            said.append(f"{_and(found)} {one if len(found) == 1 else many}; {instead}.")
    return Check("tone", part.key, False, " ".join(said), tuple(words.values()))


def _data(text: str, today: date) -> Check:
    figure, source = has_figure(text, today), has_source(text)
    return _all_of(
        "data",
        "The data",
        {
            "a figure": (figure, "give one number that a reader can check"),
            "a source": (source, "name the report, or add a link"),
        },
    )


def _inaction(text: str, today: date) -> Check:
    figure, dated = has_figure(text, today), bool(find_dates(text, today=today))
    return _all_of(
        "inaction",
        "The risk of inaction",
        {
            "a figure": (figure, "say how much waiting costs"),
            "a date": (dated, "say from which day it hurts"),
        },
    )


def _ask(text: str, today: date) -> Check:
    by = day_of_ask(text, today=today)
    check = _all_of(
        "ask",
        "The ask",
        {
            "a name": (has_name(text), "say who is asked, by name or as a mention"),
            "a verb": (has_verb(text), "say what they do (approve, decide, choose, sign)"),
            "a date": (by is not None, "say by which day"),
        },
    )
    if not check.passed or by is None:
        return check
    if isinstance(by.found, Refused):
        return Check("ask", "ask", False, f"{by.found.sentence} Say one day, with its month.", (by.words,))
    if by.found.value < today:
        passed = f"The date in the ask, {by.found.said}, has passed. Say by which day it is needed now."
        return Check("ask", "ask", False, passed, (by.words,))
    return check


def _all_of(key: str, title: str, needs: Mapping[str, tuple[bool, str]]) -> Check:
    missing = {need: how for need, (there, how) in needs.items() if not there}
    present = [need for need, (there, _) in needs.items() if there]
    if not missing:
        return Check(key, key, True, f"{title} has {_and(present)}.")
    has = f"has {_and(present)}, but not {_and(list(missing))} yet" if present else f"is missing {_and(list(missing))}"
    return Check(key, key, False, f"{title} {has}: {'; '.join(missing.values())}.")


def _customer(memo: Memo) -> Check:
    if any(has_customer(text) for text in (memo.decision, memo.data, memo.inaction)):
        return Check("customer", None, True, "The customer is in it.")
    return Check(
        "customer",
        None,
        False,
        "No customer appears in the decision, the data or the risk of inaction. Say what changes for them, first.",
    )


def _prediction(found: Prediction | None, today: date) -> Check:
    if found and found.on and found.on < today:
        late = f"The prediction is for {say_date(found.on, today)}, which has passed. Name a day that is still to come."
        return Check("prediction", "prediction", False, late)
    if found and is_written(found.metric) and is_written(found.target):
        return Check("prediction", "prediction", True, "The predicted result has a metric and a target.")
    return Check("prediction", "prediction", False, "Name the metric and its target: the review will hold you to them.")


def _and(items: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"; a long list is cut after five."""
    if len(items) > 6:
        items = [*items[:5], f"{len(items) - 5} more"]
    return " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))
