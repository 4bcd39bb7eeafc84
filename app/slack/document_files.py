"""A published document as a file: Markdown, or Word."""

import re
from datetime import datetime

from sqlalchemy.orm import Session

from app.db import policies, roster
from app.db.models import Decision
from app.domain.people.calendar import zone
from app.domain.writing.checks import check_document
from app.domain.writing.document import Document, Quote
from app.domain.writing.names import Lent
from app.slack.word_file import word_file
from app.words.writing.checks import say
from app.words.writing.page import parts_of, to_markdown

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)>")


def document_file(session: Session, decision: Decision, form: str, now: datetime) -> tuple[str, bytes] | None:
    """Its name and what stands in it, for ``form`` md or docx; None while nothing is published."""
    document = decision.document
    if document is None:
        return None
    version = decision.documents[-1]
    people = roster.people(session, decision.workspace_id, {*_mentioned(document), version.author_id})
    names = {user: one.name for user, one in people.items() if one.name}
    author = people.get(version.author_id)
    today = now.astimezone(zone(author.tz if author else "UTC")).date()
    lent = Lent.of(decision.writing.names if decision.writing else None)

    def named(quote: Quote) -> str:
        return names.get(quote.user, "") if lent.is_named(quote) else ""

    facts = [
        ("Decision", f"{decision.name} {decision.title}"),
        ("Version", f"{version.number}, {version.created_at.date()}"),
    ]
    facts += [("By", names.get(version.author_id, version.author_id))]
    facts += [("Serves", document.principle)] if document.principle else []
    principles = policies.of(session, decision).principles
    checks = [say(one, today) for one in check_document(document, today=today, principles=principles) if not one.passed]
    title, stem = document.headline or decision.title, f"{decision.name}-{document.kind.value.replace('_', '-')}"
    if form == "md":
        page = to_markdown(document, title, facts, today, named, checks)
        return f"{stem}.md", _MENTION.sub(lambda found: "@" + names.get(found[1], found[1]), page).encode()
    parts = parts_of(document, today, named)
    return f"{stem}.docx", word_file(
        title, facts, parts, checks, names.get(version.author_id, "Threshold"), version.created_at
    )


def _mentioned(document: Document) -> set[str]:
    texts = [document.headline, *document.prose.values(), *(one.answer for one in document.faq)]
    users = {user for text in texts for user in _MENTION.findall(text)}
    return users | {quote.user for quote in (document.customer, document.leader) if quote.user}
