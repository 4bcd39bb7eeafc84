"""Trade-offs between teams: the command and its log, clicks and forms."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.db import outgoing, roster
from app.db import tradeoffs as entries
from app.domain.errors import NotNow, Unreadable
from app.domain.library.asking import ANYTHING
from app.domain.tradeoffs.results import Results
from app.domain.tradeoffs.sides import may_argue
from app.slack.ids import Act, Modal
from app.slack.listeners.interactions import Interaction, Request, View
from app.slack.listeners.record import DOUBLE_CLICK
from app.slack.listeners.services import Services
from app.slack.loading import today_in
from app.slack.packed import AboutDecision, LogFile, PlanShown, TradeoffStart
from app.slack.tradeoff_forms import empty_rows, plan_of, rows_of, sides_of
from app.slack.tradeoff_log import holds
from app.slack.views.modals.tradeoffs import NO_ARM, close_modal, plan_modal, results_modal, sides_modal
from app.slack.views.replies.tradeoffs import log_reply
from app.slack.views.scene import Message, Scene
from app.workflows import tradeoffs
from app.workflows.admission import Actor, admit, members_only, only
from app.workflows.library import finding
from app.workflows.notifying import send
from app.workflows.opening import ensure_person
from app.workflows.scheduling import today_for
from app.workflows.tradeoff_entries import agreed_plan, entry_of, missing_to_close
from app.workflows.tradeoffs import Closing
from app.workflows.triage import intake

TYPED = re.compile(r"trade-?off(?:\s*[:–-]?\s+(.+)|:\s*(?=\S)(.+))?", re.IGNORECASE | re.DOTALL)
"""Alone, or with what they disagree about."""

LOGGED = re.compile(r"trade-?offs(?:\s+(.+))?", re.IGNORECASE | re.DOTALL)
"""The log, or what of it is looked for."""

MOST_FOUND = 200


def log(services: Services, actor: Actor, words: str) -> Message:
    """The log as far as they may read it; ``words``: what is looked for in it."""
    with services.db.read() as session:
        admit(session, actor)
        members_only(session, actor, "only members read the trade-off log")
        found = entries.log(session, actor.workspace, actor.user)
        if words.strip():
            hits = {hit.number for hit in finding.find(session, actor, words, ANYTHING, MOST_FOUND)}
            found = [one for one in found if one.decision.number in hits or holds(one, words)]
        person = roster.person(session, actor.workspace, actor.user)
        return log_reply(found, words.strip(), today_in(person.tz if person else "UTC", services.clock()))


def _mine(request: Request[Any]) -> Scene:
    scene = request.services.scene(request.actor, request.payload.decision)
    only(request.actor, *may_argue(scene.decision))
    return scene


def _open(request: Request[AboutDecision]) -> View:
    return sides_modal(_mine(request), request.actor.user)


def _open_plan(request: Request[AboutDecision]) -> View:
    scene = _mine(request)
    entry_of(scene.decision)
    return plan_modal(scene)


def _open_results(request: Request[AboutDecision]) -> View:
    scene = _mine(request)
    entry_of(scene.decision)
    return results_modal(scene, empty_rows(agreed_plan(scene.decision)))


def _open_close(request: Request[AboutDecision]) -> View:
    scene = _mine(request)
    entry_of(scene.decision)
    if missing := missing_to_close(scene.decision):
        raise NotNow(f"The entry can't close yet. Still missing: {', '.join(missing)}.")
    return close_modal(scene)


def _begin(session: Session, request: Request[TradeoffStart], now: datetime) -> None:
    fields, actor, about = request.fields, request.actor, request.payload
    id = about.decision
    if id is None:
        title = fields.text("title")
        if not title:
            raise Unreadable("Say in a sentence what they disagree about.", "title")
        channel, private = fields.channel("channel") or None, "yes" in fields.options("private")
        sides = sides_of(fields, actor.user)
        id = intake.start(
            session, title, actor, now, channel=channel, private=private, source_text=about.text or None,
            closed_channel=about.closed,
        ).id  # fmt: skip
    else:
        sides = sides_of(fields, actor.user)
    tradeoffs.open_tradeoff(session, id, sides, fields.text("shared"), actor, now)


def _begun(request: Request[TradeoffStart]) -> View | None:
    """The form of the experiment, in place of the one that began it."""
    id = request.payload.decision
    if id is None:
        with request.services.db.read() as session:
            id = entries.last_opened(session, request.actor.workspace, request.actor.user)
    return plan_modal(request.services.scene(request.actor, id)) if id is not None else None


def _plan(session: Session, request: Request[AboutDecision], now: datetime) -> str:
    actor, fields = request.actor, request.fields
    today = today_for(ensure_person(session, actor.workspace, actor.user), now)
    decision = tradeoffs.sides_read(session, request.payload.decision, actor)
    planned = plan_of(fields, [side.metric for side in decision.sides], today)
    decision = tradeoffs.plan(session, decision.id, planned, fields.text("why"), actor, now)
    waits = [f"<@{one.user_id}>" for one in decision.sides if one.agreed_version != decision.plans[-1].number]
    asked = f" Asked to agree: {', '.join(waits)}." if waits else " Every side agreed."
    many = f"Each of {len(planned.arms)} arms needs {planned.needed:,} customers: it runs until {planned.ends}."
    counts = " Until they say yes, what was agreed before counts." if waits and decision.plans[-1].late else ""
    return f"{many}{asked}{counts}"


def _agree(session: Session, request: Request[PlanShown], now: datetime) -> None:
    tradeoffs.agree(session, request.payload.decision, request.payload.version, request.actor, now)


def _put(session: Session, request: Request[AboutDecision], now: datetime) -> None:
    fields = request.fields
    until = fields.needed_day("until", "Choose the last day that the figures count.")
    results = Results(rows_of(fields.text("rows")), until, "yes" in fields.options("stopped"))
    tradeoffs.put_results(session, request.payload.decision, results, fields.text("corrects"), request.actor, now)


def _close(session: Session, request: Request[AboutDecision], now: datetime) -> None:
    fields = request.fields
    on = fields.needed_day("revisit", "Choose the day to look again.")
    picked = fields.option("arm")
    if not picked:
        raise Unreadable("Choose an arm, or that none of them tested it.", "arm")
    arm = "" if picked == NO_ARM else picked
    closing = Closing(fields.text("decided"), arm, fields.text("reasons"), on)
    tradeoffs.close(session, request.payload.decision, closing, request.actor, now)


def _export(session: Session, request: Request[LogFile], now: datetime) -> str:
    actor, form = request.actor, request.payload.form
    members_only(session, actor, "only members read the trade-off log")
    kind = f"tradeoffs_{form}"
    if not outgoing.sent_to_since(session, actor.workspace, kind, actor.user, now - DOUBLE_CLICK):
        send(session, actor.workspace, kind, actor.user, now)
    return f"It comes as {'a CSV' if form == 'csv' else 'a Markdown'} file into our conversation."


CLICKS: Mapping[Act, Interaction[Any]] = {
    Act.TRADEOFF_OPEN: Interaction(AboutDecision.of, opens=_open),
    Act.TRADEOFF_PLAN_OPEN: Interaction(AboutDecision.of, opens=_open_plan),
    Act.TRADEOFF_AGREE: Interaction(PlanShown.of, does=_agree),
    Act.TRADEOFF_RESULTS_OPEN: Interaction(AboutDecision.of, opens=_open_results),
    Act.TRADEOFF_CLOSE_OPEN: Interaction(AboutDecision.of, opens=_open_close),
    Act.TRADEOFFS_EXPORT: Interaction(LogFile.of, does=_export),
}

FORMS: Mapping[Modal, Interaction[Any]] = {
    Modal.TRADEOFF: Interaction(TradeoffStart.of, does=_begin, then=_begun),
    Modal.TRADEOFF_PLAN: Interaction(AboutDecision.of, does=_plan),
    Modal.TRADEOFF_RESULTS: Interaction(AboutDecision.of, does=_put),
    Modal.TRADEOFF_CLOSE: Interaction(AboutDecision.of, does=_close),
}
