"""The document beside a decision, as cards and modals show it alike."""

from app.domain.ladder import Rung
from app.domain.lifecycle import UNDER_REVIEW, Status
from app.domain.message_kinds import CardKind
from app.domain.triage.doors import Door
from app.domain.writing.checks import Check, check_document
from app.domain.writing.document import WRITABLE, Document, Quote
from app.domain.writing.names import Lent
from app.slack.ids import Act
from app.slack.views.blocks import Block, actions, button, context
from app.slack.views.parts.decision import name_of
from app.slack.views.scene import Message, Scene
from app.slack.views.text import count, inline
from app.words.ladder import rung_said
from app.words.writing.sections import KIND_SAID

_BEGUN_FROM = WRITABLE - {Status.TRIAGE, Status.DEFLECTED}
"""Where a card offers to begin one: a triage asks one thing at a time, and what is two-way needs none."""


def checks_of(scene: Scene, document: Document) -> list[Check]:
    return check_document(document, today=scene.setting.today, principles=scene.policy.principles)


def is_asked_for(scene: Scene) -> bool:
    """Whether policy asks a decision as this one for a document."""
    decision, lowest = scene.decision, scene.policy.document_from
    one_way = decision.door is Door.ONE_WAY or (decision.door is None and decision.status in _BEGUN_FROM)
    return one_way and lowest is not None and decision.rung is not None and decision.rung >= lowest


def named_in(scene: Scene, quote: Quote) -> str:
    """The real name under which a quote stands, raw; empty unless that person agreed to its very words."""
    writing = scene.decision.writing
    if writing is None or not Lent.of(writing.names).is_named(quote):
        return ""
    return name_of(scene, quote.user)


def with_document(scene: Scene, kind: str, card: Message) -> Message:
    """A card with the row of its document, where it has one or should."""
    rows = _requester_rows(scene) if kind == CardKind.REQUESTER else _reader_rows(scene, kind)
    return Message(card.text, [*card.blocks, *rows]) if rows else card


def _requester_rows(scene: Scene) -> list[Block]:
    decision = scene.decision
    if not decision.title:
        return []
    writable, begun = decision.status in WRITABLE, decision.document_kind
    write = None
    if writable and begun is not None:
        write = button(f"Edit the {KIND_SAID[begun]}…", Act.WRITE_OPEN, d=decision.id)
    elif decision.status in _BEGUN_FROM:
        write = button("Write a press release…", Act.WRITE_OPEN, d=decision.id)
    lines = [context(said)] if (said := _state_said(scene)) else []
    row = [one for one in (write, _read_button(scene)) if one is not None]
    return [*lines, actions(*row, block_id="document")] if row else lines


def _state_said(scene: Scene) -> str:
    """Where the document stands, in a line; empty where nothing need be said."""
    decision = scene.decision
    writing, published = decision.writing, decision.document
    if writing is None:
        if decision.status in _BEGUN_FROM and is_asked_for(scene):
            asked = f"Policy asks a one-way door for the {rung_said(decision.rung or Rung.VP)}"
            return f"{asked} for a press release or a narrative. Your signers are told where there is none."
        return ""
    name = KIND_SAID[writing.draft.kind]
    if published is None:
        return f"The {name} is a draft that you alone see. Publish it, and everybody who takes part reads it."
    passed, all_ = _passed(scene, published)
    more = " You have changed it since." if writing.draft != published and decision.status in WRITABLE else ""
    return f"The {name}, version {decision.document_version}: {passed} of {count(all_, 'check')} pass.{more}"


def _reader_rows(scene: Scene, kind: str) -> list[Block]:
    decision = scene.decision
    if kind not in (CardKind.SIGNER, CardKind.READER, CardKind.OWNER):
        return []
    published = decision.document
    if published is None:
        missing = kind == CardKind.SIGNER and decision.status in UNDER_REVIEW and is_asked_for(scene)
        return (
            [context("No press release or narrative was published with it, though policy asks for one.")]
            if missing
            else []
        )
    passed, all_ = _passed(scene, published)
    name = KIND_SAID[published.kind].capitalize()
    version = f"{name}, version {decision.document_version}: “{inline(published.headline, 200)}”"
    said = f"{version} · {passed} of {count(all_, 'check')} pass"
    return [context(said), actions(_read_button(scene), block_id="document")]


def _passed(scene: Scene, document: Document) -> tuple[int, int]:
    checks = checks_of(scene, document)
    return sum(check.passed for check in checks), len(checks)


def _read_button(scene: Scene) -> Block | None:
    published = scene.decision.document
    if published is None:
        return None
    return button(f"Read the {KIND_SAID[published.kind]}", Act.DOCUMENT_READ, d=scene.decision.id)
