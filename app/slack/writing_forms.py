"""What was typed into the forms of a document, read into its sections."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.domain.errors import Unreadable
from app.domain.writing.document import (
    OUTCOMES,
    PROSE,
    QUESTIONS,
    Asked,
    Document,
    Outcome,
    Quote,
    Section,
    Touched,
    with_prose,
)
from app.slack.forms import Fields

MOST_LINES = 40


def written(section: Section, fields: Fields) -> Callable[[Document], Document]:
    """What puts the fields of a section's form into a document. Raises Unreadable for a line that can't be read."""
    if any(section in prose for prose in PROSE.values()):
        text = "\n\n".join(filter(None, [fields.text("text"), fields.text("more")]))
        return lambda document: with_prose(document, section, text)
    found = _READERS[section](fields)
    return lambda document: replace(document, **found)


def _headline(fields: Fields) -> dict[str, Any]:
    return {"headline": " ".join(fields.text("headline").split()), "principle": fields.option("principle")}


def _quotes(fields: Fields) -> dict[str, Any]:
    return {
        "customer": Quote(fields.text("text_customer"), fields.text("who_customer")),
        "leader": Quote(fields.text("text_leader"), fields.text("who_leader"), fields.user("user_leader")),
    }


def _outcomes(fields: Fields) -> dict[str, Any]:
    found = []
    for number in range(1, OUTCOMES + 1):
        one = Outcome(
            fields.text(f"metric_{number}"),
            fields.text(f"baseline_{number}"),
            fields.text(f"target_{number}"),
            fields.day(f"on_{number}"),
            fields.text(f"source_{number}"),
        )
        if one != Outcome():
            found.append(one)
    return {"outcomes": tuple(found)}


def _faq(fields: Fields) -> dict[str, Any]:
    found = []
    for number in range(1, QUESTIONS + 1):
        question, answer = fields.text(f"question_{number}"), fields.text(f"answer_{number}")
        if answer and not question:
            raise Unreadable("This answer has no question: write what was asked.", f"question_{number}")
        if question:
            found.append(Asked(question, answer))
    return {"faq": tuple(found)}


_LINE = re.compile(
    r"(?P<who>[^;|·]+?)\s*[;|·]\s*"
    r"(?:(?P<days>\d{1,3})\s*(?:working\s+)?(?:days?|d)?|not said yet)\s*[;|·]\s*(?P<effect>.+)",
    re.IGNORECASE,
)


def _touched(fields: Fields) -> dict[str, Any]:
    lines = [line.strip(" •-\t") for line in fields.text("lines").splitlines() if line.strip(" •-\t")]
    if len(lines) > MOST_LINES:
        raise Unreadable(f"A page that is skimmed holds up to {MOST_LINES} lines; these are {len(lines)}.", "lines")
    found = []
    for line in lines:
        read = _LINE.fullmatch(line)
        if read is None:
            raise Unreadable(
                f"I can't read “{line[:60]}”. Write it like “Payments; 3 days; checkout from 45 seconds to 8”.", "lines"
            )
        found.append(Touched(read["who"].strip(), int(read["days"] or 0), read["effect"].strip()))
    return {"touched": tuple(found)}


def _link(fields: Fields) -> dict[str, Any]:
    return {"link": fields.text("link").strip("<>")}


_READERS: dict[Section, Callable[[Fields], dict[str, Any]]] = {
    Section.HEADLINE: _headline,
    Section.QUOTES: _quotes,
    Section.OUTCOMES: _outcomes,
    Section.FAQ: _faq,
    Section.TOUCHED: _touched,
    Section.LINK: _link,
}
