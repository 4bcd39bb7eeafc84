"""The form of a channel's digest."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.db import roster
from app.slack.ids import Act, Modal
from app.slack.listeners.interactions import Interaction, Request, View
from app.slack.loading import load_channel_settings
from app.slack.membership import may_post
from app.slack.packed import AboutChannel
from app.slack.views.modals.digests import digest_modal
from app.workflows import digests
from app.workflows.admission import members_only


def _digest_form(request: Request[AboutChannel]) -> View:
    actor = request.actor
    with request.services.db.read() as session:
        members_only(session, actor, digests.MEMBERS_PLAN)
        person = roster.person(session, actor.workspace, actor.user)
        settings = load_channel_settings(
            session, actor.workspace, request.payload.channel, person.tz if person else "UTC"
        )
    member = may_post(request.services.directory.workspaces, actor.workspace, request.payload.channel)
    return digest_modal(settings, member=member)


def _plan(session: Session, request: Request[AboutChannel], now: datetime) -> None:
    fields = request.fields
    days = tuple(int(day) for day in fields.options("days") if day.isdigit() and int(day) < 7)
    plan = digests.Plan(fields.option("on") != "off", days, fields.text("at") or "09:00", fields.text("tz") or "UTC")
    digests.plan_digest(session, request.payload.channel, plan, request.actor, now)


CLICKS: Mapping[Act, Interaction[Any]] = {Act.DIGEST_OPEN: Interaction(AboutChannel.of, opens=_digest_form)}

FORMS: Mapping[Modal, Interaction[Any]] = {Modal.DIGEST: Interaction(AboutChannel.of, does=_plan)}
