"""A team's objective in one sentence, read into a metric: its name, which way, how much, from where, by when.

Nothing here asks a model. What is no objective is refused by its kind, so that the sentence that hands it back can say
what is missing: something done instead of something reached, a metric without a number, a number without a direction.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from app.domain.reading.days_in_forms import find_dates
from app.domain.tradeoffs import objective_words as words
from app.domain.tradeoffs.objective_changes import is_place, metric_of
from app.domain.tradeoffs.objective_clauses import Clause, clause_of, purposes, stripped
from app.domain.tradeoffs.objective_figures import figures, plain_figures
from app.domain.tradeoffs.objective_nouns import from_noun
from app.domain.tradeoffs.objective_patterns import ARROW, DOES, EDGE, MEANS, PERIOD, VERB_AND_NUMBER, WHEN
from app.domain.tradeoffs.objective_types import Metric, Missing


def read_objective(text: str, today: date) -> Metric | Missing:
    """One sentence, on a day. Its metric, or what keeps it from being an objective."""
    said = " ".join(text.replace("\u2013", "–").replace("\u2014", "—").split()).strip(" .!…")
    if not re.search(r"[^\W\d_]", said):
        return Missing.METRIC
    said, on = _without_dates(plain_figures(ARROW.sub(" to ", said)), today)
    found = _read(said)
    if found is Missing.NUMBER or found is Missing.DIRECTION:
        whole = _read(plain_figures(ARROW.sub(" to ", " ".join(text.split()).strip(" .!…"))), dated=True)
        found = whole if isinstance(whole, Metric) and on is None else found
    return replace(found, on=on) if isinstance(found, Metric) else found


def _without_dates(text: str, today: date) -> tuple[str, date | None]:
    """The sentence without when, and the last day that it names."""
    spans, days = [], []
    for one in find_dates(text, today=today):
        if not WHEN.match(text[one.start : one.end]):
            continue  # as often how fast as by when
        spans.append((one.start, one.end))
        days.append(one.day)
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    text = PERIOD.sub(" ", text)
    return " ".join(text.split()).strip(" ,;.–-"), max(days) if days else None


def _read(text: str, dated: bool = False) -> Metric | Missing:
    bare = stripped(text)
    main = clause_of(bare)
    if main.kind in ("up", "down", "better", "double", "reach"):
        found = metric_of(main)
        if found is not None:
            return found
    elif main.kind == "none":
        found = from_noun(main.text)
        if found is not None:
            return found
    for one in purposes(bare):
        found = metric_of(one)
        if found is not None:
            return found
    if main.kind in ("act", "none", "reach", "better") and (
        so := re.search(
            r"\b(?:so that|such that|so|until|which means(?: that)?|meaning(?: that)?)\s+(?=\w)", bare, re.I
        )
    ):
        found = from_noun(EDGE.sub("", bare[so.end() :]))
        if found is not None:
            return found
    return _why_not(main, dated)


def _why_not(main: Clause, dated: bool) -> Missing:
    text = MEANS.sub("", main.text)
    numbers = list(figures(text))
    named = any(word.strip(",.;:").lower() in words.HEADS for word in text.split()) or words.NATURE_LOW.search(text)
    if any(is_place(main, one) for one in numbers) or (
        main.kind == "up" and re.match(r"\s*(?:down|a|an|up)\b", text[len(main.verb) :], re.I) and not named
    ):
        return Missing.ACTIVITY
    if DOES.match(text[len(main.verb) :]) or (
        main.kind == "none" and VERB_AND_NUMBER.match(text) and main.verb.lower() not in words.HEADS
    ):
        return Missing.ACTIVITY
    if main.kind in ("up", "down", "better", "double"):
        return Missing.NUMBER
    if main.kind == "none" and named and not re.match(r"[A-Za-z-]+\s+(?:the|a|an|our|all|every)\b", text):
        return Missing.DIRECTION if numbers else Missing.NUMBER
    if main.kind == "reach" and not numbers and words.stem(main.verb, words.REACH) not in words.STILL_ACTS and named:
        return Missing.NUMBER
    return Missing.ACTIVITY
