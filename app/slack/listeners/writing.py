"""Clicks and forms of the document: begun, written section by section, published, read, taken along."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.db import outgoing
from app.domain import permissions
from app.domain.errors import Unreadable
from app.domain.writing.document import Kind
from app.slack import writing_forms
from app.slack.forms import chosen
from app.slack.ids import Act, Modal
from app.slack.listeners.interactions import Interaction, Request, View
from app.slack.listeners.record import DOUBLE_CLICK
from app.slack.packed import AboutDecision, AboutSection, DocumentFile, MaybeDecision, NameLent, Nothing
from app.slack.views.modals.document_page import document_page_modal
from app.slack.views.modals.writing import section_modal, sections_modal, start_writing_modal
from app.slack.views.scene import Scene
from app.workflows import writing
from app.workflows.admission import members_only, only
from app.workflows.notifying import send
from app.workflows.opening import open_decision
from app.workflows.triage import intake


def _start(request: Request[Nothing]) -> View:
    with request.services.db.read() as session:
        members_only(session, request.actor, intake.MEMBERS_START)
    return start_writing_modal(None)


def _mine(request: Request[Any]) -> Scene:
    scene = request.services.scene(request.actor, request.payload.decision)
    only(request.actor, *permissions.requester(scene.decision))
    return scene


def _open(request: Request[AboutDecision]) -> View:
    scene = _mine(request)
    return sections_modal(scene) if scene.decision.writing else start_writing_modal(scene)


def _open_section(request: Request[AboutSection]) -> View:
    scene = _mine(request)
    return section_modal(scene, request.payload.section) if scene.decision.writing else start_writing_modal(scene)


def _begin(session: Session, request: Request[MaybeDecision], now: datetime) -> None:
    fields, actor = request.fields, request.actor
    kind = chosen(Kind, fields.option("kind"), "kind")
    id = request.payload.decision
    if id is None:
        headline = fields.text("headline")
        if not headline:
            raise Unreadable("Write the headline: what will the news be?", "headline")
        channel, private = fields.channel("channel") or None, "yes" in fields.options("private")
        id = intake.start(session, headline, actor, now, channel=channel, private=private).id
    writing.begin(session, id, kind, actor, now)


def _begun(request: Request[MaybeDecision]) -> View | None:
    """The sections, in place of the form that began them. Those of a new decision are found by who began it."""
    id = request.payload.decision
    if id is None:
        with request.services.db.read() as session:
            id = writing.last_begun(session, request.actor)
    return sections_modal(request.services.scene(request.actor, id)) if id is not None else None


def _save(session: Session, request: Request[AboutSection], now: datetime) -> None:
    form = request.payload
    put = writing_forms.written(form.section, request.fields)
    writing.save_section(session, form.decision, form.section, put, form.based_on, request.actor, now)


def _sections(request: Request[AboutSection]) -> View:
    return sections_modal(request.services.scene(request.actor, request.payload.decision))


def _shown_again(request: Request[AboutSection], sentence: str) -> View:
    scene = request.services.scene(request.actor, request.payload.decision)
    values = {key: str(value) for key, value in request.fields.raw().items()}
    return section_modal(scene, request.payload.section, values, sentence)


def _publish(session: Session, request: Request[AboutDecision], now: datetime) -> str:
    decision = writing.publish(
        session, request.payload.decision, request.actor, now, kept_because=request.fields.text("keep_clock")
    )
    return f"Version {decision.document_version} is published: everybody who takes part in {decision.name} reads it."


def _read(request: Request[AboutDecision]) -> View:
    scene = request.services.scene(request.actor, request.payload.decision)
    only(request.actor, *permissions.everybody(scene.decision))
    writing.check_published(scene.decision)
    return document_page_modal(scene)


def _export(session: Session, request: Request[DocumentFile], now: datetime) -> str:
    actor, form = request.actor, request.payload.form
    decision = open_decision(session, actor, request.payload.decision)
    writing.check_published(decision)
    if not outgoing.sent_since(session, decision, f"document_{form}", actor.user, now - DOUBLE_CLICK):
        send(session, actor.workspace, f"document_{form}", actor.user, now, decision)
    return f"It comes as a {'Word' if form == 'docx' else 'Markdown'} file into our conversation."


def _lend_name(session: Session, request: Request[NameLent], now: datetime) -> str:
    lent = request.payload
    writing.lend_name(session, lent.decision, lent.words, lent.yes, request.actor, now)
    return "The quote stands under your name now, as imagined." if lent.yes else "The quote stands without your name."


CLICKS: Mapping[Act, Interaction[Any]] = {
    Act.WRITE_START: Interaction(Nothing.of, opens=_start),
    Act.WRITE_OPEN: Interaction(AboutDecision.of, opens=_open, in_place=True),
    Act.SECTION_OPEN: Interaction(AboutSection.of, opens=_open_section, in_place=True),
    Act.DOCUMENT_READ: Interaction(AboutDecision.of, opens=_read),
    Act.DOCUMENT_EXPORT: Interaction(DocumentFile.of, does=_export),
    Act.LEND_NAME: Interaction(NameLent.of, does=_lend_name),
}

FORMS: Mapping[Modal, Interaction[Any]] = {
    Modal.WRITE: Interaction(MaybeDecision.of, does=_begin, then=_begun),
    Modal.DOCUMENT: Interaction(AboutDecision.of, does=_publish),
    Modal.SECTION: Interaction(AboutSection.of, does=_save, then=_sections, shown_again=_shown_again),
}
