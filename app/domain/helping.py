"""Help with a memo that needs no model: what is missing and who knows it, what a bar raiser would ask, what could go
behind a link, and where a pre-mortem may begin. Found from the checks and the answers alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.answers import Answers, Effect, Result
from app.domain.findings import Gate
from app.domain.ladder import Ladder, Rung
from app.domain.memo.checks import PAGE_WORDS, Check, Holds, Need, PartWritten, check_memo
from app.domain.memo.evidence import count_words, has_customer, has_figure, has_name, has_source, has_verb, is_written
from app.domain.memo.parts import PART_KEYS, Memo, word_count
from app.domain.policy.policy import Policy
from app.domain.reading.amounts import Amount


class Lack(StrEnum):
    """What of a memo or its record is not there yet."""

    PART = "part"
    GAP = "gap"
    FIGURE = "figure"
    SOURCE = "source"
    DATE = "date"
    NAME = "name"
    VERB = "verb"
    WAITING = "waiting"
    MISTAKE = "mistake"
    SILENT = "silent"
    NOT_ASKED = "not_asked"
    CUSTOMER = "customer"
    METRIC = "metric"


@dataclass(frozen=True)
class Missing:
    """What is missing, and who knows it: a user id. ``part``: of which part of the memo; ``rung``: which was asked."""

    to: str
    what: Lack
    part: str | None = None
    rung: Rung | None = None


def missing(
    memo: Memo, answers: Answers, ladder: Ladder, *, requester: str, owner: str, rung: Rung | None,
    writers: Mapping[str, str], today: date,
) -> list[Missing]:  # fmt: skip
    """Each with one person to ask, the most needed first. ``writers``: user id → what they wrote in the thread."""
    checks = check_memo(memo, today=today)
    signer = ladder.sitting(rung, but=[requester]) if rung else None
    knows_figures = next((user for user, text in writers.items() if user and has_figure(text, today)), owner)
    found: list[Missing] = []
    for check in checks:
        if check.passed:
            continue
        if isinstance(check.remark, PartWritten):
            who = (signer or owner) if check.part == "ask" else owner
            found.append(Missing(who, Lack.GAP if check.remark.gap else Lack.PART, check.part))
        elif isinstance(check.remark, Holds) and is_written(getattr(memo, check.part or "", "")):
            for need in check.remark.missing:
                about_ask = check.part == "ask" and need in (Need.DATE, Need.VERB)
                who = (signer or owner) if about_ask else knows_figures if need in _OF_FIGURES else owner
                found.append(Missing(who, Lack(need.value), check.part))
        elif check.rule == "customer" and is_written(memo.decision):
            found.append(Missing(owner, Lack.CUSTOMER))
        elif check.rule == "prediction":
            found.append(Missing(owner, Lack.METRIC))
    return [*found, *_of_the_record(answers, ladder, requester, owner)]


_OF_FIGURES = (Need.FIGURE, Need.SOURCE)


def _of_the_record(answers: Answers, ladder: Ladder, requester: str, owner: str) -> list[Missing]:
    found: list[Missing] = []
    costs = answers.costs
    if costs is not None and costs.delay is None and costs.delay_total is None:
        found.append(Missing(owner, Lack.WAITING))
    if costs is not None and costs.mistake is None:
        found.append(Missing(owner, Lack.MISTAKE))
    for attempt in answers.tried or ():
        seated = ladder.sitting(attempt.rung, but=[requester])
        if attempt.result is Result.NO_ANSWER and (attempt.who or seated):
            found.append(Missing(attempt.who or seated or owner, Lack.SILENT, rung=attempt.rung))
        elif attempt.result is Result.NOT_ASKED and seated:
            found.append(Missing(seated, Lack.NOT_ASKED, rung=attempt.rung))
    return found


# ── what a bar raiser would ask ─────────────────────────────────────────────────────────────────────────


class Doubt(StrEnum):
    OVERRIDDEN = "overridden"
    NOT_ASKED = "not_asked"
    COSTS = "costs"
    NO_COSTS = "no_costs"
    NO_TRIAL = "no_trial"
    EFFECT = "effect"
    NO_SOURCE = "no_source"
    NO_CUSTOMER = "no_customer"
    NO_ALTERNATIVE = "no_alternative"
    NO_PREMORTEM = "no_premortem"
    NO_METRIC = "no_metric"


@dataclass(frozen=True)
class Raised:
    """A question that an independent reader would ask, with the figures and names it is about."""

    doubt: Doubt
    gate: Gate | None = None
    rung: Rung | None = None
    effect: Effect | None = None
    mistake: Amount | None = None
    odds: float | None = None


def raised(memo: Memo, answers: Answers, gates: Sequence[Gate], policy: Policy, *, today: date) -> list[Raised]:
    """The hardest first: what was passed over, who was not asked, the costs, what can not be undone, the page."""
    found = [Raised(Doubt.OVERRIDDEN, gate=gate) for gate in gates if not gate.passed]
    found += [
        Raised(Doubt.NOT_ASKED, rung=one.rung)
        for one in answers.tried or ()
        if one.result in (Result.NOT_ASKED, Result.NO_ANSWER)
    ]
    costs = answers.costs
    if costs is not None and costs.mistake is not None:
        found.append(Raised(Doubt.COSTS, mistake=costs.mistake, odds=float(policy.likelihood[costs.likelihood])))
    else:
        found.append(Raised(Doubt.NO_COSTS))
    if answers.trial is None or not answers.trial.possible:
        found.append(Raised(Doubt.NO_TRIAL))
    found += [Raised(Doubt.EFFECT, effect=effect) for effect in sorted(answers.effects or ())]
    failed = {(check.rule, check.part) for check in check_memo(memo, today=today) if not check.passed}
    if ("data", "data") in failed:
        found.append(Raised(Doubt.NO_SOURCE))
    if ("customer", None) in failed:
        found.append(Raised(Doubt.NO_CUSTOMER))
    if not is_written(memo.alternatives):
        found.append(Raised(Doubt.NO_ALTERNATIVE))
    if not is_written(memo.premortem):
        found.append(Raised(Doubt.NO_PREMORTEM))
    if any(rule == "prediction" for rule, _ in failed):
        found.append(Raised(Doubt.NO_METRIC))
    return found


# ── cut to one page ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Cut:
    """A part of the memo without what may go behind a link; ``moved`` are its own sentences, in order."""

    part: str
    kept: str
    moved: tuple[str, ...]


def cut_to_a_page(memo: Memo, *, today: date, page: int = PAGE_WORDS) -> list[Cut]:
    """What may go behind a link so that the rest fits on a page: from the longest part the sentence that holds least of
    what a reader looks for, until it fits. The first sentence of a part stays, and so does the ask. None where it fits
    already; where nothing more may go, what may."""
    parts = {key: _sentences(getattr(memo, key)) for key in PART_KEYS}
    moved: dict[str, list[int]] = {key: [] for key in parts}
    words = {key: [count_words(one) for one in sentences] for key, sentences in parts.items()}
    left = word_count(memo)
    while left > page:
        free = {
            key: [at for at in range(1, len(sentences)) if at not in moved[key]]
            for key, sentences in parts.items()
            if key != "ask"
        }
        size = {key: sum(n for at, n in enumerate(words[key]) if at not in moved[key]) for key in parts}
        key = max((key for key, ats in free.items() if ats), key=lambda key: size[key], default=None)
        if key is None:
            break
        at = min(free[key], key=lambda at: (_worth(parts[key][at], key, today), -words[key][at], -at))
        moved[key].append(at)
        left -= words[key][at]
    return [
        Cut(
            key,
            " ".join(one for at, one in enumerate(sentences) if at not in moved[key]),
            tuple(one for at, one in enumerate(sentences) if at in moved[key]),
        )
        for key, sentences in parts.items()
        if moved[key]
    ]


def _worth(sentence: str, part: str, today: date) -> int:
    """How much of what its reader looks for a sentence holds."""
    holds = has_figure(sentence, today) * 3 + has_source(sentence) * 2 + has_customer(sentence) + has_name(sentence)
    return holds + (has_verb(sentence) if part == "decision" else 0)


_END = re.compile(r"(?<=[.!?])\s+(?=[^\s])|(?<=[。！？])|\n+")
_NO_END = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|approx|ca|no|nr|st|dr|mr|mrs|ms|inc|ltd|co)|\b[A-Z]|\b\d{1,2})\.$", re.I
)


def _sentences(text: str) -> list[str]:
    found: list[str] = []
    at = 0
    for m in _END.finditer(text):
        if _NO_END.search(text[at : m.start()]) and "\n" not in m[0]:
            continue
        found.append(text[at : m.start()].strip())
        at = m.end()
    found.append(text[at:].strip())
    return [one for one in found if one]


def starters(answers: Answers) -> list[Effect]:
    """Of which stated effects a pre-mortem may begin."""
    return sorted(answers.effects or ())


__all__ = [
    "Check", "Cut", "Doubt", "Lack", "Missing", "Raised", "cut_to_a_page", "missing", "raised", "starters",
]  # fmt: skip
