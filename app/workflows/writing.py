"""The document beside a decision: begun, written section by section, published in versions, with lent names."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from app.db import influence, policies, queries, roster
from app.db.models import Decision, DocumentVersion, Writing
from app.domain.errors import NotAllowed, NotFound, NotNow, Overtaken, Unreadable
from app.domain.influence.asking import For
from app.domain.lifecycle import UNDER_REVIEW
from app.domain.message_kinds import NoticeKind
from app.domain.syncs.life import Of
from app.domain.writing.document import (
    WRITABLE,
    Document,
    Kind,
    Quote,
    Section,
    Speaker,
    changed_sections,
    is_section_written,
    predictions,
    quote_fingerprint,
    section_fingerprint,
)
from app.domain.writing.names import ASKED, NO, YES, Lent, find_name
from app.words.influence import last_page, last_page_fixed
from app.words.reading.days import check_reach
from app.words.states import STATUS_SAID
from app.words.writing.sections import KIND_SAID, WORDS
from app.workflows import preread_versions
from app.workflows.admission import Actor, only
from app.workflows.cards import settle, show
from app.workflows.memo import ask_again
from app.workflows.moving import record
from app.workflows.notifying import tell
from app.workflows.opening import ensure_person, open_decision
from app.workflows.scheduling import today_for
from app.workflows.signing.readers import add_reader

Write = Callable[[Document], Document]
"""Puts what was typed into the draft."""


def begin(session: Session, id: int, kind: Kind, actor: Actor, now: datetime) -> Decision:
    """Begin the document of a decision, or turn the one that is being written into another kind: what is written stays.

    Raises:
        NotNow: it is decided, or a version of the other kind is published.
    """
    decision = _open(session, id, actor)
    writing = decision.writing
    if writing is not None and writing.draft.kind is kind:
        return decision
    if decision.document_version:
        raise NotNow(
            f"{decision.name} has a published {KIND_SAID[decision.documents[-1].document.kind]}: it stays one."
        )
    if writing is None:
        draft = Document(kind, headline=decision.title)
        decision.writings.append(
            Writing(
                workspace_id=decision.workspace_id, decision_id=decision.id, draft=draft, begun_at=now, changed_at=now
            )
        )  # fmt: skip
    else:
        writing.draft = replace(writing.draft, kind=kind)
    decision.document_kind = kind
    session.flush()
    record(session, decision, "document_begun", actor.user, now, kind=kind.value)
    show(session, decision, now)
    return decision


def _open(session: Session, id: int, actor: Actor) -> Decision:
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id], "the requester")
    if decision.status not in WRITABLE:
        raise NotNow(
            f"{decision.name} is {STATUS_SAID[decision.status]}, and its document stays as it was then. "
            "Copy your text before you close this."
        )
    return decision


def _writing(decision: Decision) -> Writing:
    if decision.writing is None:
        raise NotNow(f"{decision.name} has no document yet. Its card begins one.")
    return decision.writing


def save_section(
    session: Session, id: int, section: Section, write: Write, based_on: str, actor: Actor, now: datetime
) -> Decision:
    """Save one section of the draft. ``based_on``: the fingerprint of what it held when it was opened.

    Raises:
        Overtaken: it was saved meanwhile, in another window.
        Unreadable: a day out of reach, no address, a colleague's name in a quote that nobody lent.
    """
    decision = _open(session, id, actor)
    writing = _writing(decision)
    draft = writing.draft
    if based_on != section_fingerprint(draft, section):
        raise Overtaken(
            f"“{WORDS[section].title}” was saved in another window while you were writing. "
            "Your text is still here: press Save again to put it in its place.",
            decision.document_version,
        )
    new = write(draft)
    _check(session, decision, section, new, now)
    if not changed_sections(draft, new):
        return decision
    writing.draft, writing.changed_at = new, now
    record(session, decision, "document_section", actor.user, now, section=section.value)
    if section is Section.QUOTES:
        _ask_for_names(session, decision, writing, actor, now)
    show(session, decision, now)
    return decision


def _check(session: Session, decision: Decision, section: Section, new: Document, now: datetime) -> None:
    if section is Section.OUTCOMES:
        today = today_for(ensure_person(session, decision.workspace_id, decision.requester_id), now)
        for number, one in enumerate(new.outcomes, 1):
            if one.on is not None:
                check_reach(one.on, today, f"on_{number}")
    if section is Section.LINK and new.link:
        parts = urlsplit(new.link)
        if parts.scheme not in ("http", "https") or not parts.netloc or set(new.link) & set(' <>|"\n'):
            raise Unreadable("That is no address that others can open: it begins with https://.", "link")
    if section is Section.QUOTES:
        known = roster.names(session, decision.workspace_id)
        for speaker in Speaker:
            quote = new.quote(speaker)
            name = find_name(quote, known)
            if name:
                raise Unreadable(
                    f"“{name}” is a colleague's name, and a quote is imagined: say it without the name. "
                    "A leader who would lend theirs is chosen below, and asked.",
                    f"who_{speaker.value}" if name in quote.who else f"text_{speaker.value}",
                )


def _ask_for_names(session: Session, decision: Decision, writing: Writing, actor: Actor, now: datetime) -> None:
    """Whoever is to be named is asked, once for the very words; they read along from then on."""
    lent = Lent.of(writing.names)
    for speaker in Speaker:
        quote = writing.draft.quote(speaker)
        if not quote.user or not quote.text.strip() or lent.said(quote) is not None:
            continue
        if quote.user == actor.user:
            lent = lent.put(quote, YES)
            continue
        if not queries.is_participant(session, decision, quote.user):
            add_reader(session, decision.id, quote.user, actor, now)
        lent = lent.put(quote, ASKED)
        tell(
            session, decision, quote.user, NoticeKind.NAME_ASKED, now, who=actor.user, said=quote.text,
            quote=quote_fingerprint(quote),
        )  # fmt: skip
    writing.names = lent.kept()


def lend_name(session: Session, id: int, quote: str, yes: bool, actor: Actor, now: datetime) -> Decision:
    """The person who was asked says whether a quote may stand under their name; they may change their mind.

    ``quote``: the fingerprint of the words they read.

    Raises:
        NotAllowed: nobody asked them.
        NotNow: the words have changed since.
    """
    decision = open_decision(session, actor, id)
    writing = decision.writing
    lent = Lent.of(writing.names if writing else None)
    if writing is None or actor.user not in lent.asked:
        raise NotAllowed("Nobody asked you to lend your name to a quote here. Nothing was changed.")
    found = _quote(decision, writing, actor.user, quote)
    if found is None:
        raise NotNow("The quote has changed since you were asked. Its writer asks you again for the new words.")
    before = lent.said(found)
    if before == (YES if yes else NO):
        return decision
    writing.names = lent.put(found, YES if yes else NO).kept()
    record(session, decision, "name_lent" if yes else "name_kept", actor.user, now)
    kind = NoticeKind.NAME_LENT if yes else NoticeKind.NAME_KEPT
    tell(session, decision, decision.requester_id, kind, now, who=actor.user, said=found.text)
    show(session, decision, now)
    settle(session, decision, now)
    return decision


def _quote(decision: Decision, writing: Writing, user: str, fingerprint: str) -> Quote | None:
    documents = [writing.draft, *(one.document for one in decision.documents[-1:])]
    quotes = [document.quote(speaker) for document in documents for speaker in Speaker]
    return next((one for one in quotes if one.user == user and quote_fingerprint(one) == fingerprint), None)


def publish(session: Session, id: int, actor: Actor, now: datetime, *, kept_because: str = "") -> Decision:
    """Publish the draft as the next version, for everybody who takes part. Its outcomes are the predictions from then
    on: where they change while it is signed, whoever answered is asked again. ``kept_because``: why those who have it
    as a pre-read need not read it anew.

    Raises:
        NotNow: nothing is written, or nothing changed since the last version.
    """
    decision = _open(session, id, actor)
    draft = _with_last_page(session, decision, _writing(decision).draft, actor.user)
    if (
        not any(is_section_written(draft, one) for one in draft.sections if one is not Section.HEADLINE)
        and not draft.link
    ):
        raise NotNow("Only the headline is written so far. Write a section, and publish it then.")
    before = decision.document
    if before is not None and not changed_sections(before, draft):
        raise NotNow(f"Nothing has changed since version {decision.document_version}: it is what everybody reads.")
    _writing(decision).draft = draft
    decision.document_version += 1
    decision.documents.append(
        DocumentVersion(
            workspace_id=decision.workspace_id, decision_id=decision.id, number=decision.document_version,
            document=draft, author_id=actor.user, created_at=now,
        )
    )  # fmt: skip
    session.flush()
    record(session, decision, "document", actor.user, now, version=decision.document_version)
    promised = predictions(before) if before else ()
    if decision.status in UNDER_REVIEW and promised != predictions(draft):
        ask_again(session, decision, ("outcomes",), now)
    changed = [one.value for one in changed_sections(before, draft)] if before is not None else ["all"]
    preread_versions.tell_readers(session, decision, Of.DOCUMENT, changed, kept_because, actor.user, now)
    show(session, decision, now)
    return decision


def _with_last_page(session: Session, decision: Decision, draft: Document, user: str) -> Document:
    """A narrative of a decision that touches levers ends with them, unless its writer wrote that page."""
    if draft.kind is not Kind.NARRATIVE or draft.link or draft.touched or not decision.touches:
        return draft
    worth = policies.of(session, decision).worth
    if decision.sent_at is not None:
        return replace(draft, touched=last_page_fixed(row for row in decision.approvals if row.kind is For.LEVER))
    here = influence.seen_by(session, decision.workspace_id, influence.touched(session, decision), user)
    return replace(draft, touched=last_page(here, worth))


def last_begun(session: Session, actor: Actor) -> int | None:
    """The decision whose document somebody began last."""
    return queries.last_writing(session, actor.workspace, actor.user)


def check_published(decision: Decision) -> Document:
    """The published document. Raises NotFound while there is none."""
    if decision.document is None:
        raise NotFound(f"Nothing of {decision.name}'s document is published yet. Its requester publishes it.")
    return decision.document
