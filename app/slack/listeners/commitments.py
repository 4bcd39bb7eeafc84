"""Clicks and forms of disagree and commit."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain import permissions
from app.domain.commitments import Degree, Result, decider, may_dissent
from app.domain.decided import Decided
from app.domain.errors import NotNow
from app.domain.looking_back import Right
from app.domain.permissions import Allowed, Who
from app.slack.forms import chosen
from app.slack.ids import Act, Modal
from app.slack.listeners.interactions import Interaction, Request, View, about, form_of_decision
from app.slack.packed import AboutDecision
from app.slack.views.modals.commitments import again_modal, cannot_modal, dissent_modal, state_modal
from app.slack.views.scene import Scene
from app.workflows import commitments
from app.workflows.commitments import Revisited


def _differs(decision: Decided) -> Allowed:
    return Allowed(may_dissent(decision), Who.MAY_DIFFER)


def _decides(decision: Decided) -> Allowed:
    found = decider(decision)
    return Allowed(frozenset({found} if found else ()), Who.DECIDER)


def _stated(scene: Scene) -> View:
    if not scene.decision.overs or scene.decision.revisit_on is None:
        raise NotNow("There is nothing to look at again: it was written already, or nothing was decided over dissent.")
    return again_modal(scene)


def _dissent(session: Session, request: Request[AboutDecision], now: datetime) -> None:
    fields = request.fields
    degree = chosen(Degree, fields.option("degree"), "degree")
    commitments.dissent(session, request.payload.decision, degree, fields.text("text"), request.actor, now)


def _state(session: Session, request: Request[AboutDecision], now: datetime) -> None:
    fields = request.fields
    on = fields.needed_day("on", "Choose the day to look again.")
    decided, reasons = fields.text("decided"), fields.text("reasons")
    commitments.state(session, request.payload.decision, decided, reasons, on, request.actor, now)


def _commit(session: Session, request: Request[AboutDecision], now: datetime) -> None:
    commitments.commit(session, request.payload.decision, request.actor, now)


def _cannot(session: Session, request: Request[AboutDecision], now: datetime) -> None:
    fields = request.fields
    until = fields.needed_day("until", "Choose the day by which it has to be settled.")
    commitments.cannot(session, request.payload.decision, fields.text("why"), until, request.actor, now)


def _look_again(session: Session, request: Request[AboutDecision], now: datetime) -> None:
    fields = request.fields
    right = {
        int(field.removeprefix("right_")): chosen(Right, fields.option(field), field)
        for field in fields.values
        if field.removeprefix("right_").isdigit() and fields.option(field)
    }
    result = chosen(Result, fields.option("result"), "result")
    written = Revisited(result, fields.text("happened"), right, fields.text("evidence"))
    commitments.look_again(session, request.payload.decision, written, request.actor, now)


CLICKS: Mapping[Act, Interaction[Any]] = {
    Act.DISSENT_OPEN: Interaction(AboutDecision.of, opens=form_of_decision(_differs, about(dissent_modal))),
    Act.STATE_OPEN: Interaction(AboutDecision.of, opens=form_of_decision(_decides, about(state_modal))),
    Act.COMMIT: Interaction(AboutDecision.of, does=_commit),
    Act.CANNOT_OPEN: Interaction(AboutDecision.of, opens=form_of_decision(permissions.everybody, about(cannot_modal))),
    Act.AGAIN_OPEN: Interaction(AboutDecision.of, opens=form_of_decision(permissions.everybody, about(_stated))),
}

FORMS: Mapping[Modal, Interaction[Any]] = {
    Modal.DISSENT: Interaction(AboutDecision.of, does=_dissent),
    Modal.STATE: Interaction(AboutDecision.of, does=_state),
    Modal.CANNOT: Interaction(AboutDecision.of, does=_cannot),
    Modal.AGAIN: Interaction(AboutDecision.of, does=_look_again),
}
