"""What a document holds, as far as a machine can see: a headline's parts, who a text is about, figures and sources.

Each is a guess that leans towards yes: a check that cries wolf is soon read by nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from app.domain.memo.evidence import count_words, customers_in, has_figure, has_source


class Need(StrEnum):
    """What a headline holds: who launches what, whose pain it takes away, and by how much."""

    SUBJECT = "subject"
    LAUNCH = "launch"
    PAIN = "pain"
    FIGURE = "figure"


_LAUNCHES = re.compile(
    r"\b(?:(?:re)?launch|introduc|releas|unveil|announc|open|roll|ship|start|bring|offer|deliver|debut|present|pilot"
    r"|add|build|giv|let|mak|switch|mov)(?:e?s|ed|es|ing|e|s)?\b(?: out)?",
    re.IGNORECASE,
)
_RELIEVES = re.compile(
    r"(?:\bto\b|\bthat\b|\bwhich\b|\band\b|\bso\b|\bby\b|\bfor\b|,|;|:|–|—|-)\s*(?:[\w’']+\s+){0,4}?"
    r"(?P<verb>reduc|cut|halv|lower|shorten|shrink|eliminat|end|remov|lessen|drop|sav|speed|rais|increas|grow|boost"
    r"|doubl|tripl|improv|lift|slash|trim|decreas|stop|prevent|avoid|free|spar|minimi[sz]|get rid|bring|tak|mak|fix"
    r"|solv|accelerat|simplif|clear|fall|go)\w*\s+(?P<pain>[^.;!?]*)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]")
_NOBODY = re.compile(r"(?:we|i|it|they|this|that|you|now|today|how|why|when|please|the)\b[\s,]*", re.IGNORECASE)
_EMPTY = re.compile(r"\b(?:by|from|to|at|the|a|an|about|some|more|less|than|up|and|of|its|their|our|per|cent)\b", re.I)


def headline_holds(text: str, today: date) -> tuple[Need, ...]:
    """Which of a headline's needs are there, in their order."""
    found: list[Need] = []
    launch = _LAUNCHES.search(text)
    relief = _RELIEVES.search(text, launch.end() if launch else 0)
    if launch:
        subject = text[: launch.start()]
        if _WORD.search(subject) and not _NOBODY.fullmatch(subject.strip() + " "):
            found.append(Need.SUBJECT)
        thing = text[launch.end() : relief.start() if relief else len(text)]
        if _WORD.search(_EMPTY.sub(" ", thing)):
            found.append(Need.LAUNCH)
    if relief and _WORD.search(_EMPTY.sub(" ", relief["pain"])):
        found.append(Need.PAIN)
    if has_figure(text[relief.start("verb") :] if relief else text, today):
        found.append(Need.FIGURE)
    return tuple(found)


# ── the customer, and the process ───────────────────────────────────────────────────────────────────────

_PROCESS = re.compile(
    r"\b(?:process(?:es|ual)?|procedures?|stakeholders?|align(?:s|ed|ing|ments?)?|committees?|governance"
    r"|sign[- ]?offs?|approv(?:als?|ers?)|workflows?|meetings?|stand-?ups?|road-?maps?|sprints?|backlogs?|milestones?"
    r"|deliverables?|work ?streams?|phases?|kick-?offs?|steering|raci|okrs?|kpis?|resourc(?:es?|ing)|headcount"
    r"|re-?orgs?|reorgani[sz]\w+|architecture|refactor\w*|migrat(?:es?|ed|ing|ions?)|pipelines?|deploy(?:s|ed|ments?)?"
    r"|infrastructure|micro-?services?|services? layer|apis?|schemas?|internal(?:ly)?|cross-functional"
    r"|hand-?(?:over|off)s?"
    r"|budgets?|budgeting|procurement|planning|program(?:me)? (?:management|office|board)|pmo|tooling|frameworks?"
    r"|documentation|templates?|review board|departments?|teams?|engineers?|engineering|owners?|ownership"
    r"|escalat\w+|quarterly|dependenc(?:y|ies)|tickets?|jira|wiki|vendors?|back-?end|databases?|rituals?|cadences?"
    r"|working groups?|task ?forces?|project plans?|status reports?|reporting lines?|charters?)\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\b(?:famil(?:y|ies)|parents?|people who|anyone who|households?|callers?|fans|couriers?|commuters?|nurses?"
    r"|teachers?|owners of (?:a|an|the)|sellers?|diners?|hikers?|voters?|attendees?|candidates?|applicants?)\b",
    re.IGNORECASE,
)
_BETTER = re.compile(
    r"\bfrom\b[^.;!?]{0,40}?\d[^.;!?]{0,40}?\bto\b[^.;!?]{0,30}?\d"
    r"|\b(?:in|within|under) \d+ (?:seconds?|clicks?|taps?|minutes?)\b"
    r"|\d+ (?:seconds?|clicks?|taps?|steps?) instead of",
    re.IGNORECASE,
)
"""A before and an after: “from 45 seconds to 8”."""
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]*)*[.!?]?")
_PARAGRAPH = re.compile(r"\n\s*\n|\n")

About = Literal["customer", "process"]


@dataclass(frozen=True)
class Weighed:
    """Words about customers and about the inner process, and which of the two comes first; None where neither does."""

    customer: int
    process: int
    first: About | None


def weigh(texts: Iterable[str]) -> Weighed:
    """Sentence by sentence; one that names neither goes with its paragraph."""
    words: dict[About, int] = {"customer": 0, "process": 0}
    first: About | None = None
    for text in texts:
        for paragraph in _PARAGRAPH.split(text):
            whole = _about(paragraph)
            for sentence in sentences(paragraph):
                about = _about(sentence) or whole
                if about:
                    words[about] += count_words(sentence)
                    first = first or about
    return Weighed(words["customer"], words["process"], first)


def _about(text: str) -> About | None:
    customers = customers_in(text) + len(_PEOPLE.findall(text))
    processes = len(_PROCESS.findall(text))
    if customers or processes:
        return "customer" if customers >= processes else "process"
    return "customer" if _BETTER.search(text) else None


def sentences(text: str) -> list[str]:
    return [found.strip() for found in _SENTENCE.findall(text) if any(sign.isalnum() for sign in found)]


# ── figures and their sources ───────────────────────────────────────────────────────────────────────────

_NUMBER = re.compile(r"\d[\d.,]*\d|\d")


def without_source(text: str, today: date, known: frozenset[str]) -> list[str]:
    """The sentences that hold a figure where neither they nor their paragraph names a source. ``known``: figures that
    have one elsewhere in the document."""
    found = list[str]()
    for paragraph in re.split(r"\n\s*\n", text):
        if has_source(paragraph):
            continue
        found += [one for one in sentences(paragraph) if has_figure(one, today) and not _is_known(one, known)]
    return found


def _is_known(sentence: str, known: frozenset[str]) -> bool:
    figures = figures_in(sentence)
    return bool(figures) and figures <= known


def figures_in(text: str) -> frozenset[str]:
    return frozenset(_NUMBER.findall(text))
