"""Clicks and forms of what came of it: it shipped, it was dropped, it is looked at again."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain import permissions
from app.domain.reading.days_in_forms import say_date
from app.slack.ids import Act, Modal
from app.slack.listeners.interactions import Interaction, Request, about, form_of_decision
from app.slack.looked_back import looked_back
from app.slack.packed import AboutDecision, LookingBack
from app.slack.views.modals.looking_back import drop_modal, look_modal, revisit_modal, shipped_modal
from app.words.moved_days import day_moved
from app.workflows import looking_back


def _not_shipped(session: Session, request: Request[AboutDecision], now: datetime) -> str:
    looking_back.not_shipped(session, request.payload.decision, request.actor, now)
    return "Fine. I ask again in two weeks; “It shipped…” on the card works any time before."


def _shipped(session: Session, request: Request[AboutDecision], now: datetime) -> None:
    on = request.fields.needed_day("on", "Choose the day it shipped.")
    looking_back.shipped(session, request.payload.decision, on, request.actor, now)


def _drop(session: Session, request: Request[AboutDecision], now: datetime) -> None:
    looking_back.drop(session, request.payload.decision, request.fields.text("why"), request.actor, now)


def _look_back(session: Session, request: Request[LookingBack], now: datetime) -> None:
    written = looked_back(request.payload.look, request.fields)
    if any(field.startswith("came_") for field in request.fields.values):
        promised = looking_back.promised(session, request.payload.decision, request.actor)
        came = [(one.metric, request.fields.text(f"came_{number}")) for number, one in enumerate(promised, 1)]
        lines = [f"{metric}: {said}" for metric, said in came if said]
        written = replace(written, happened="\n".join([*lines, written.happened]).strip())
    looking_back.look_back(session, request.payload.decision, written, request.actor, now)


def _look_later(session: Session, request: Request[AboutDecision], now: datetime) -> str:
    decision = looking_back.look_on_target_day(session, request.payload.decision, request.actor, now)
    on = f" on {say_date(decision.look_on, now.date())}" if decision.look_on else " then"
    return f"Fine. I ask for the review{on}; “Write the review…” on the card works any time before."


def _revisit(session: Session, request: Request[AboutDecision], now: datetime) -> str | None:
    day = request.fields.needed_day("on", "Choose the day to look again.")
    decision = looking_back.disagree_and_commit(session, request.payload.decision, day, request.actor, now)
    return day_moved(day, decision.look_on or day, "you", now.date())


CLICKS: Mapping[Act, Interaction[Any]] = {
    Act.NOT_SHIPPED: Interaction(AboutDecision.of, does=_not_shipped),
    Act.SHIPPED_OPEN: Interaction(
        AboutDecision.of, opens=form_of_decision(permissions.requester_or_owner, about(shipped_modal))
    ),
    Act.DROP_OPEN: Interaction(
        AboutDecision.of, opens=form_of_decision(permissions.requester_or_owner, about(drop_modal))
    ),
    Act.LOOK_OPEN: Interaction(
        LookingBack.of,
        opens=form_of_decision(permissions.requester_or_owner, lambda scene, back: look_modal(scene, back.look)),
    ),
    Act.LOOK_LATER: Interaction(AboutDecision.of, does=_look_later),
    Act.REVISIT_OPEN: Interaction(
        AboutDecision.of, opens=form_of_decision(permissions.requester, about(revisit_modal))
    ),
}

FORMS: Mapping[Modal, Interaction[Any]] = {
    Modal.SHIPPED: Interaction(AboutDecision.of, does=_shipped),
    Modal.DROP: Interaction(AboutDecision.of, does=_drop),
    Modal.LOOK: Interaction(LookingBack.of, does=_look_back),
    Modal.REVISIT: Interaction(AboutDecision.of, does=_revisit),
}
