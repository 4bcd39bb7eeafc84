"""An objective that begins with what is measured: churn below 2%, 80% of users finish setup."""

from __future__ import annotations

import re
from decimal import Decimal

from app.domain.tradeoffs import objective_words as words
from app.domain.tradeoffs.objective_changes import baseline_of, comparative, from_to, level_of, metric_made
from app.domain.tradeoffs.objective_clauses import Clause, first_word
from app.domain.tradeoffs.objective_figures import Unit, figures
from app.domain.tradeoffs.objective_names import is_internal, name_of
from app.domain.tradeoffs.objective_patterns import MOVES
from app.domain.tradeoffs.objective_types import Change, Direction, Metric


def from_noun(text: str) -> Metric | None:
    clause = Clause(text, first_word(text), "none")
    all_ = list(figures(text)) or list(figures(text, named=True))
    if not all_:
        return _doubling_noun(text)
    verb_like = re.match(r"[A-Za-z-]+\s+(?:the|a|an|our|all|every|its|their)\b", text) and not re.search(
        r"\b(?:of|in|on|for|per)\s+(?:the|a|an|our|all|every)\b", " ".join(text.split()[:3]), re.I
    )
    if verb_like and not re.match(r"\d", text):
        return None
    if pair := from_to(text, all_):
        return metric_made(clause, pair[1], Change.TO, pair[0])
    for one in all_:
        lead, behind = text[: one.start], text[one.end :]
        if found := comparative(clause, one):
            return found
        if moved := MOVES.search(lead):
            change = (
                Change.TO
                if re.search(
                    r"(?:to|than|at|of|exceeds?|reach(?:es)?|hits?|higher|lower|fewer|less)\s*[$€£]?$", lead, re.I
                )
                else Change.BY
            )
            kind = "up" if moved["up"] else "down"
            if re.match(r"improves?", moved[0], re.I) and words.lower_is_better(lead):
                kind = "down"
            return metric_made(Clause(text, "", kind), one, change, baseline_of(text, one, all_))
        bare_lead = not re.search(r"\w", lead) or (level_of(text, one, 0) is not None and len(lead.split()) <= 3)
        if one.unit is Unit.PERCENT and bare_lead:
            level = level_of(text, one, 0)
            if len(re.findall(r"[A-Za-z]{2,}", behind)) >= 3:
                bad = words.lower_is_better(behind) and not re.search(
                    r"\b(?:within|in|under|less than|without|same|on time|on-time|resolved|answered|complete)\b",
                    behind,
                    re.I,
                )
                return metric_made(clause, one, Change.TO, None, level or (Direction.DOWN if bad else Direction.UP))
        level = level_of(text, one, 0)
        if level is not None and re.search(r"[A-Za-z]{2,}", text[: one.start] + behind):
            return metric_made(clause, one, Change.TO, baseline_of(text, one, all_), level)
        if one.amount == 0 and one.unit is Unit.COUNT and re.search(r"[A-Za-z]{3,}", behind):
            return metric_made(clause, one, Change.TO, None, Direction.DOWN)
        if one.start == 0 and one.unit is Unit.COUNT and _outcome_noun(behind):
            return metric_made(clause, one, Change.TO, None, Direction.UP)
        if re.search(r"[+]\s?$", text[: one.start]) or (
            re.search(r"[\u2212-]\s?$", text[: one.start].rstrip()) and re.search(r"\s[\u2212-]\s?$", text[: one.start])
        ):
            return metric_made(
                Clause(text, "", "up" if re.search(r"[+]\s?$", text[: one.start]) else "down"), one, Change.BY, None
            )
    return None


def _doubling_noun(text: str) -> Metric | None:
    found = re.search(r"^(?P<name>.+?)\s+(?P<how>doubles?|doubled|triples?|tripled|halves?|halved)\b", text, re.I)
    if found is None or re.match(r"(?:the|a|an|our)\b", found["name"].split()[-1], re.I):
        return None
    base = words.stem(found["how"], frozenset(words.DOUBLES))
    name = name_of(found["name"], None)
    if base is None or not name:
        return None
    percent = words.DOUBLES[base]
    return Metric(
        name,
        Direction.UP if percent > 0 else Direction.DOWN,
        Change.BY,
        Decimal(abs(percent)),
        Unit.PERCENT,
        internal=is_internal(name),
    )


def _outcome_noun(behind: str) -> bool:
    head = re.split(r"\b(?:to|for|with|by|from|in|on|at|per|who|that|which|through|and|of)\b", behind.lower())[0]
    found = re.findall(r"[a-z][a-z-]+", head)
    return bool(found) and found[-1] in words.OUTCOMES and len(found) <= 4
