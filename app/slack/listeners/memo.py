"""Clicks and forms of the memo: writing it, reading it, what the assistant proposes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.db import queries
from app.domain import permissions
from app.domain.lifecycle import Status
from app.slack import forms
from app.slack.ids import Act, Modal
from app.slack.listeners.interactions import Interaction, Request, View, about, form_of_decision
from app.slack.memo_begun import begun_memo
from app.slack.packed import AboutDecision, Drafting, MemoForm
from app.slack.views.modals.helping import help_modal
from app.slack.views.modals.memo import memo_modal
from app.slack.views.modals.memo_page import memo_page_modal
from app.slack.views.modals.suggestions import suggestions_modal
from app.slack.views.scene import Scene
from app.workflows import memo, suggestions
from app.workflows.admission import only
from app.workflows.cards import card
from app.workflows.library import finding
from app.workflows.triage import verdicts


def _memo_form(request: Request[AboutDecision]) -> View:
    """What was written, or what the answers already say. The memo begins with its first opening."""
    services, actor, id = request.services, request.actor, request.payload.decision
    scene = services.scene(actor, id)
    only(actor, *permissions.requester(scene.decision))
    if scene.decision.status is Status.TRIAGE:

        def begin(session: Session, now: datetime) -> None:
            verdicts.start_memo(session, id, actor, now)

        services.do(actor, request.identity, begin)
        scene = services.scene(actor, id)
    return memo_modal(scene)


def _save(session: Session, request: Request[MemoForm], now: datetime) -> None:
    form = request.payload
    memo.save(
        session, form.decision, forms.memo(request.fields), form.version, request.actor, now,
        kept_because=request.fields.text("keep_clock"),
    )  # fmt: skip


def _shown_again(request: Request[MemoForm], sentence: str) -> View:
    """Somebody saved meanwhile: the form with everything typed, on top of the newer version."""
    scene = request.services.scene(request.actor, request.payload.decision)
    return memo_modal(scene, {key: str(value) for key, value in request.fields.raw().items()}, sentence)


def _assist(session: Session, request: Request[Drafting], now: datetime) -> None:
    decision = suggestions.ask_assistant(session, request.payload.decision, request.payload.part, request.actor, now)
    card(session, decision, "requester", decision.requester_id, now)


def _settle_suggestions(session: Session, request: Request[MemoForm], now: datetime) -> None:
    fields, form = request.fields, request.payload
    parts = [field.removeprefix("part_") for field in fields.values if field.startswith("part_")]
    taken = {part: fields.text(f"words_{part}") or None for part in parts if fields.option(f"part_{part}") == "take"}
    suggestions.settle_suggestions(
        session,
        form.decision,
        taken,
        request.actor,
        now,
        standing=lambda decision: begun_memo(session, decision, now),
        based_on=form.version,
    )


def _help(request: Request[AboutDecision]) -> View:
    """What would help, without a model; with what was decided of this kind before, as far as they may see it."""

    def build(scene: Scene, about: AboutDecision) -> View:
        with request.services.db.read() as session:
            decision = queries.decision(session, request.actor.workspace, about.decision)
            similar = finding.similar(session, decision, request.actor.user) if decision is not None else []
        return help_modal(scene, similar)

    return form_of_decision(permissions.requester, build)(request)


CLICKS: Mapping[Act, Interaction[Any]] = {
    Act.MEMO_OPEN: Interaction(AboutDecision.of, opens=_memo_form),
    Act.MEMO_READ: Interaction(AboutDecision.of, opens=form_of_decision(permissions.everybody, about(memo_page_modal))),
    Act.ASSIST: Interaction(Drafting.of, does=_assist),
    Act.SUGGESTIONS_OPEN: Interaction(
        AboutDecision.of, opens=form_of_decision(permissions.requester, about(suggestions_modal))
    ),
    Act.HELP_OPEN: Interaction(AboutDecision.of, opens=_help),
}

FORMS: Mapping[Modal, Interaction[Any]] = {
    Modal.MEMO: Interaction(MemoForm.of, does=_save, shown_again=_shown_again),
    Modal.SUGGESTIONS: Interaction(MemoForm.of, does=_settle_suggestions),
}
