"""Clicks about a decision's record: who may know of it, its card brought up, its file."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.db import outgoing
from app.domain.lifecycle import Status
from app.slack.ids import Act, Modal
from app.slack.listeners.interactions import Interaction, Request, View
from app.slack.packed import AboutDecision, Privacy
from app.slack.views.modals.decision import decision_modal
from app.slack.views.modals.sentence import sentence_modal
from app.workflows.admission import Actor
from app.workflows.notifying import send
from app.workflows.opening import open_decision
from app.workflows.triage import answering, intake

DOUBLE_CLICK = timedelta(seconds=10)
"""Two clicks as close as this ask for one thing."""


def _set_private(session: Session, request: Request[Privacy], now: datetime) -> None:
    intake.set_private(session, request.payload.decision, request.payload.private, request.actor, now)


def _export(session: Session, request: Request[AboutDecision], now: datetime) -> str:
    actor, decision = request.actor, open_decision(session, request.actor, request.payload.decision)
    if not outgoing.sent_since(session, decision, "export", actor.user, now - DOUBLE_CLICK):
        send(session, actor.workspace, "export", actor.user, now, decision)
    return f"{decision.name} comes as a Markdown file into our conversation."


def _show(session: Session, request: Request[AboutDecision], now: datetime) -> str:
    decision = open_decision(session, request.actor, request.payload.decision)
    _resume(session, decision.id, request.actor, now)
    return f"{decision.name} is at the bottom of our conversation now: see Messages."


def _open(request: Request[AboutDecision]) -> View:
    """What its card shows, with its answers. One's own triage is a form by itself: that comes as a message."""
    services, actor, id = request.services, request.actor, request.payload.decision
    scene = services.scene(actor, id)
    if scene.decision.status is not Status.TRIAGE or scene.decision.requester_id != actor.user:
        return decision_modal(scene)
    services.do(actor, request.identity, lambda session, now: _resume(session, id, actor, now))
    return sentence_modal(scene.decision.name, "Its question waits at the bottom of our conversation, under Messages.")


def _resume(session: Session, id: int, actor: Actor, now: datetime) -> None:
    answering.resume(session, open_decision(session, actor, id), actor, now)


CLICKS: Mapping[Act, Interaction[Any]] = {
    Act.PRIVATE: Interaction(Privacy.of, does=_set_private),
    Act.EXPORT: Interaction(AboutDecision.of, does=_export),
    Act.SHOW: Interaction(AboutDecision.of, does=_show),
    Act.OPEN: Interaction(AboutDecision.of, opens=_open),
}

FORMS: Mapping[Modal, Interaction[Any]] = {}
