"""A working-backwards document as it is written, kept and compared."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256

from app.domain.lifecycle import OPEN, Status
from app.domain.memo.evidence import count_words, is_written
from app.domain.memo.parts import Prediction
from app.domain.stored_words import StoredEnum

OUTCOMES = 3
"""A press release promises exactly so many."""

QUESTIONS = 8
"""The FAQ has room for so many."""


class Kind(StoredEnum):
    PRESS_RELEASE = "press_release"
    NARRATIVE = "narrative"


class Section(StoredEnum):
    """A section of a document; each has a form of its own."""

    HEADLINE = "headline"  # and the principle it serves
    OPENING = "opening"
    PROBLEM = "problem"
    SOLUTION = "solution"
    QUOTES = "quotes"
    OUTCOMES = "outcomes"
    FAQ = "faq"
    OPPORTUNITY = "opportunity"
    CUSTOMER_PROBLEM = "customer_problem"
    PROPOSAL = "proposal"
    METRICS = "metrics"
    STAKEHOLDERS = "stakeholders"
    TOUCHED = "touched"  # the page that is skimmed in two minutes
    LINK = "link"  # where it is written in the team's own tool


PROSE: Mapping[Kind, tuple[Section, ...]] = {
    Kind.PRESS_RELEASE: (Section.OPENING, Section.PROBLEM, Section.SOLUTION),
    Kind.NARRATIVE: (
        Section.OPPORTUNITY,
        Section.CUSTOMER_PROBLEM,
        Section.PROPOSAL,
        Section.METRICS,
        Section.STAKEHOLDERS,
    ),
}
"""The sections that are plain text, in the order of the page."""

SECTIONS: Mapping[Kind, tuple[Section, ...]] = {
    Kind.PRESS_RELEASE: (
        Section.HEADLINE,
        *PROSE[Kind.PRESS_RELEASE],
        Section.QUOTES,
        Section.OUTCOMES,
        Section.FAQ,
        Section.LINK,
    ),
    Kind.NARRATIVE: (
        Section.HEADLINE,
        *PROSE[Kind.NARRATIVE],
        Section.TOUCHED,
        Section.OUTCOMES,
        Section.FAQ,
        Section.LINK,
    ),
}
"""Every section, in the order of the page."""

ELSEWHERE = (Section.HEADLINE, Section.OUTCOMES, Section.FAQ)
"""What is written here of a document that lives in the team's own tool."""

WRITABLE = OPEN | {Status.DEFLECTED}
"""A document may be written until it is decided; by the owner of a two-way door until they look back."""


class Speaker(StrEnum):
    CUSTOMER = "customer"
    LEADER = "leader"


@dataclass(frozen=True)
class Quote:
    """An imagined quote. ``who``: whose it could be, in words. ``user``: a real person, named once they said yes."""

    text: str = ""
    who: str = ""
    user: str = ""


@dataclass(frozen=True)
class Outcome:
    """What it promises: ``metric`` goes from ``baseline`` to ``target`` by ``on``, as ``source`` will show."""

    metric: str = ""
    baseline: str = ""
    target: str = ""
    on: date | None = None
    source: str = ""


@dataclass(frozen=True)
class Asked:
    """One entry of the FAQ."""

    question: str
    answer: str = ""


@dataclass(frozen=True)
class Touched:
    """Somebody whom it touches, in how many days, with which effect."""

    who: str
    days: int
    effect: str


@dataclass(frozen=True)
class Document:
    """The sections as they were written: Slack text, any of them may be empty. ``link``: it lives elsewhere."""

    kind: Kind = Kind.PRESS_RELEASE
    headline: str = ""
    principle: str = ""
    prose: Mapping[Section, str] = field(default_factory=dict)
    customer: Quote = field(default_factory=Quote)
    leader: Quote = field(default_factory=Quote)
    outcomes: tuple[Outcome, ...] = ()
    faq: tuple[Asked, ...] = ()
    touched: tuple[Touched, ...] = ()
    link: str = ""

    def text(self, section: Section) -> str:
        return self.prose.get(section, "")

    def quote(self, speaker: Speaker) -> Quote:
        return self.customer if speaker is Speaker.CUSTOMER else self.leader

    @property
    def sections(self) -> tuple[Section, ...]:
        """Those that are written here, in the order of the page."""
        every = SECTIONS[self.kind]
        return tuple(one for one in every if one in (*ELSEWHERE, Section.LINK)) if self.link else every


def part(document: Document, section: Section) -> object:
    """What a section holds: two that are equal hold the same."""
    if section in PROSE[document.kind]:
        return document.text(section).strip()
    return {
        Section.HEADLINE: (document.headline.strip(), document.principle),
        Section.QUOTES: (document.customer, document.leader),
        Section.OUTCOMES: document.outcomes,
        Section.FAQ: document.faq,
        Section.TOUCHED: document.touched,
        Section.LINK: document.link,
    }.get(section, "")


def is_section_written(document: Document, section: Section) -> bool:
    """Whether a section holds anything."""
    if section in PROSE[document.kind]:
        return is_written(document.text(section))
    return {
        Section.HEADLINE: is_written(document.headline),
        Section.QUOTES: is_written(document.customer.text) and is_written(document.leader.text),
        Section.OUTCOMES: bool(document.outcomes),
        Section.FAQ: bool(document.faq),
        Section.TOUCHED: bool(document.touched),
        Section.LINK: bool(document.link),
    }.get(section, False)


def changed_sections(old: Document, new: Document) -> tuple[Section, ...]:
    """The sections that differ, in the order of the page."""
    return tuple(one for one in SECTIONS[new.kind] if part(old, one) != part(new, one))


def section_fingerprint(document: Document, section: Section) -> str:
    """By which it is seen that somebody else saved a section meanwhile: 12 hexadecimal digits."""
    return sha256(repr(part(document, section)).encode()).hexdigest()[:12]


def quote_fingerprint(quote: Quote) -> str:
    """Of the very words that somebody lends their name to."""
    return sha256(f"{quote.user}\n{' '.join(quote.text.split())}".encode()).hexdigest()[:12]


def with_prose(document: Document, section: Section, text: str) -> Document:
    return replace(document, prose={**document.prose, section: text.strip()})


def word_count(document: Document) -> int:
    """Words of the page that is printed: headline, prose and quotes; the FAQ and the page to skim stand behind it."""
    texts = [document.headline, *(document.text(one) for one in PROSE[document.kind])]
    if document.kind is Kind.PRESS_RELEASE:
        texts += [document.customer.text, document.leader.text]
    return sum(count_words(text) for text in texts)


def predictions(document: Document) -> tuple[Prediction, ...]:
    """What the review holds it to: its outcomes, those that name a metric and a target."""
    return tuple(
        Prediction(one.metric, one.baseline, one.target, one.on)
        for one in document.outcomes
        if is_written(one.metric) and is_written(one.target)
    )
