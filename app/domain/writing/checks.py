"""What a careful reader would say about each section of a document. Nothing is blocked in silence: all of it is advice
to the writer, and stands where it is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.memo.checks import Tone
from app.domain.memo.evidence import count_words, has_figure, is_written
from app.domain.memo.tone import Kind as Heat
from app.domain.memo.tone import find_tone
from app.domain.writing.document import (
    OUTCOMES,
    PROSE,
    Document,
    Kind,
    Outcome,
    Section,
    is_section_written,
    word_count,
)
from app.domain.writing.evidence import Need, Weighed, figures_in, headline_holds, weigh, without_source

WORDS = {Kind.PRESS_RELEASE: 500, Kind.NARRATIVE: 3000}
"""One page; six pages."""

SKIMMED_WORDS = 500
"""Two minutes at 250 words a minute."""


class OutcomeNeed(StrEnum):
    METRIC = "metric"
    BASELINE = "baseline"
    TARGET = "target"
    DATE = "date"
    SOURCE = "source"
    FIGURE = "figure"  # of the target: without one nobody can tell whether it was met


@dataclass(frozen=True)
class SectionWritten:
    """Whether a section holds anything; which one is the check's."""


@dataclass(frozen=True)
class HeadlineHolds:
    there: tuple[Need, ...]
    missing: tuple[Need, ...]


@dataclass(frozen=True)
class OutcomeCount:
    count: int


@dataclass(frozen=True)
class OutcomeHolds:
    """What the outcome with this number still needs."""

    number: int
    missing: tuple[OutcomeNeed, ...]


@dataclass(frozen=True)
class OutcomeIsPast:
    number: int
    on: date


@dataclass(frozen=True)
class CustomerFirst:
    weighed: Weighed


@dataclass(frozen=True)
class FiguresSourced:
    """Sentences that hold a figure and no source."""

    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Length:
    words: int
    most: int


@dataclass(frozen=True)
class PrincipleServed:
    """Whether it names one of the workspace's principles. ``known``: it names one that is not among them."""

    named: str


Remark = (
    SectionWritten
    | HeadlineHolds
    | OutcomeCount
    | OutcomeHolds
    | OutcomeIsPast
    | CustomerFirst
    | FiguresSourced
    | Length
    | PrincipleServed
    | Tone
)


@dataclass(frozen=True)
class Check:
    """One reading. ``section``: the one it is about, None for the whole document; ``words``: those at fault."""

    rule: str
    section: Section | None
    passed: bool
    remark: Remark
    words: tuple[str, ...] = ()


def check_document(document: Document, *, today: date, principles: Sequence[str]) -> list[Check]:
    """Every check, always in the same order: complete, headline, outcomes, customer, sources, length, tone, principle.

    Of a document that is written elsewhere: its headline, its outcomes and its principle.
    """
    here = [one for one in document.sections if one is not Section.LINK]
    needed = [one for one in here if document.kind is Kind.PRESS_RELEASE or one not in _NOT_OF_A_NARRATIVE]
    checks = [Check("complete", one, is_section_written(document, one), SectionWritten()) for one in needed]
    checks.append(_headline(document.headline, today))
    if document.kind is Kind.PRESS_RELEASE or document.outcomes:
        checks += _outcomes(document, today)
    if not document.link:
        prose = [one for one in PROSE[document.kind] if is_written(document.text(one))]
        checks.append(_customer([document.text(one) for one in prose]))
        checks += [_sources(document, one, document.text(one), today) for one in prose]
        if document.faq:
            checks.append(_sources(document, Section.FAQ, _paragraphs(document), today))
        words, most = word_count(document), WORDS[document.kind]
        checks.append(Check("length", None, words <= most, Length(words, most)))
        if document.touched:
            words = sum(count_words(f"{one.who} {one.days} {one.effect}") for one in document.touched)
            skimmed = Length(words, SKIMMED_WORDS)
            checks.append(Check("length", Section.TOUCHED, words <= SKIMMED_WORDS, skimmed))
        checks += [_tone(one, document.text(one)) for one in prose]
    if is_written(document.headline):
        checks.append(_tone(Section.HEADLINE, document.headline))
    named = document.principle
    checks.append(Check("principle", Section.HEADLINE, named in principles, PrincipleServed(named)))
    return checks


_NOT_OF_A_NARRATIVE = (Section.OUTCOMES, Section.FAQ)
"""A narrative may have them, and needs none."""

_HEATS: tuple[Heat, ...] = ("emotive", "blame", "intensifier", "hedge")


def _headline(text: str, today: date) -> Check:
    there = headline_holds(text, today)
    missing = tuple(need for need in Need if need not in there)
    return Check("headline", Section.HEADLINE, not missing, HeadlineHolds(there, missing))


def _outcomes(document: Document, today: date) -> list[Check]:
    count = len(document.outcomes)
    checks = [Check("outcomes", Section.OUTCOMES, count == OUTCOMES, OutcomeCount(count))]
    for number, one in enumerate(document.outcomes, 1):
        missing = _missing(one, today)
        if not missing and one.on and one.on <= today:
            checks.append(Check("outcome", Section.OUTCOMES, False, OutcomeIsPast(number, one.on)))
        else:
            checks.append(Check("outcome", Section.OUTCOMES, not missing, OutcomeHolds(number, missing)))
    return checks


def _missing(one: Outcome, today: date) -> tuple[OutcomeNeed, ...]:
    there = {
        OutcomeNeed.METRIC: is_written(one.metric),
        OutcomeNeed.BASELINE: is_written(one.baseline),
        OutcomeNeed.TARGET: is_written(one.target),
        OutcomeNeed.FIGURE: not is_written(one.target) or has_figure(one.target, today),
        OutcomeNeed.DATE: one.on is not None,
        OutcomeNeed.SOURCE: is_written(one.source),
    }
    return tuple(need for need in OutcomeNeed if not there[need])


def _customer(prose: Sequence[str]) -> Check:
    weighed = weigh(prose)
    passed = weighed.customer > 0 and weighed.first == "customer" and weighed.customer >= weighed.process
    return Check("customer", None, passed, CustomerFirst(weighed))


def _paragraphs(document: Document) -> str:
    return "\n\n".join(f"{one.question}\n{one.answer}" for one in document.faq)


def _sources(document: Document, section: Section, text: str, today: date) -> Check:
    known = [one for one in document.outcomes if is_written(one.source)]
    figures = frozenset[str]().union(*(figures_in(f"{one.baseline} {one.target}") for one in known))
    found = tuple(without_source(text, today, figures))
    return Check("sources", section, not found, FiguresSourced(found), found)


def _tone(section: Section, text: str) -> Check:
    by_kind: dict[Heat, dict[str, str]] = {}
    for found in find_tone(text):
        word = " ".join(found.word.split())
        by_kind.setdefault(found.kind, {}).setdefault(word.casefold(), word)
    told = tuple((kind, tuple(by_kind[kind].values())) for kind in _HEATS if kind in by_kind)
    return Check("tone", section, not told, Tone(told), tuple(word for _, words in told for word in words))
