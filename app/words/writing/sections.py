"""The sections of a document in words: heading, question, example."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.writing.document import Kind, Section, Speaker


@dataclass(frozen=True)
class SectionWords:
    title: str
    question: str
    example: str = ""


KIND_SAID: Mapping[Kind, str] = {Kind.PRESS_RELEASE: "press release", Kind.NARRATIVE: "narrative"}

WORDS: Mapping[Section, SectionWords] = {
    Section.HEADLINE: SectionWords(
        "Headline",
        "Who launches what, to take which pain from whom, and by how much?",
        "Acme launches one-page returns to reduce support contacts by 12%",
    ),
    Section.OPENING: SectionWords(
        "What changes for the customer",
        "The first paragraph of the news: what can a customer do from that day on that they could not before?",
        "Shoppers send a gift back from their phone: from 45 seconds to 8 (source: prototype test, October).",
    ),
    Section.PROBLEM: SectionWords(
        "The problem today",
        "What hurts the customer, how often, and how do you know?",
        "One in nine customers writes to us about a return (service dashboard, November).",
    ),
    Section.SOLUTION: SectionWords(
        "The solution",
        "How does it take the pain away, as the customer meets it?",
        "They scan the code on the parcel, choose a reason and are done.",
    ),
    Section.QUOTES: SectionWords(
        "The two quotes", "What would a customer say on that day, and what a leader? Both are imagined, and say so."
    ),
    Section.OUTCOMES: SectionWords(
        "Three outcomes", "What is promised, measurably: from where to where, by which day, and where is it read off?"
    ),
    Section.FAQ: SectionWords(
        "Questions and answers", "What would a customer ask, and what a colleague who has to make it happen?"
    ),
    Section.OPPORTUNITY: SectionWords(
        "The opportunity",
        "What is there to be won for customers, and why now?",
        "4 million shoppers look at a product and leave without a second one (funnel report, October).",
    ),
    Section.CUSTOMER_PROBLEM: SectionWords(
        "The customer's problem",
        "What hurts the customer, how often, and how do you know?",
        "Shoppers open five pages to compare two lamps (session study, September).",
    ),
    Section.PROPOSAL: SectionWords(
        "The proposed solution", "What is built, as the customer meets it, and what was left out?"
    ),
    Section.METRICS: SectionWords("The metrics", "By which figures is it judged, from where to where, and how soon?"),
    Section.STAKEHOLDERS: SectionWords(
        "Whom it touches, and how", "Which teams hold something up or free, and what do they need?"
    ),
    Section.TOUCHED: SectionWords(
        "The page to skim",
        "One line each: who is touched; in how many days; with which effect.",
        "Payments; 3 days; checkout from 45 seconds to 8",
    ),
    Section.LINK: SectionWords(
        "Where it is written",
        "If it lives in your team's own tool: its address. Headline, outcomes and questions stay here.",
    ),
}

SPEAKER_SAID: Mapping[Speaker, str] = {Speaker.CUSTOMER: "a customer", Speaker.LEADER: "a leader"}

IMAGINED = "imagined"
"""Stands with every quote."""


def a_kind(kind: Kind) -> str:
    return f"a {KIND_SAID[kind]}"


NOT_SAID = "not said yet"


def days_to_skim(days: int) -> str:
    """ "3 days", of a team on the page that is skimmed; of none: that nobody has said how many."""
    return f"{days} day{'' if days == 1 else 's'}" if days else NOT_SAID
