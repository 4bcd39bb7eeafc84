"""Clicks and forms about people: who reads along or takes over, who sits where, and when somebody is reminded."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.db import keepers, roster
from app.db.models import Person
from app.domain import permissions
from app.domain.ladder import BAR_RAISER, RUNGS
from app.domain.people.working_time import WorkingTime, hours_of
from app.domain.reading.days_in_forms import say_date
from app.slack.ids import Act, Modal
from app.slack.listeners.interactions import Interaction, Request, View, about, form_of_decision, needed_person
from app.slack.loading import load_channel_settings
from app.slack.packed import AboutChannel, AboutDecision, AboutProposal, AboutReader, Muting, Nothing, Snooze
from app.slack.views.modals.memo_page import memo_page_modal
from app.slack.views.modals.people import ladder_modal, reader_modal, reader_out_modal, working_time_modal
from app.words.working_time import Filled
from app.words.working_time import read as read_working_time
from app.workflows import looking_back
from app.workflows.admission import admit, members_only
from app.workflows.notifying import send
from app.workflows.opening import ensure_person
from app.workflows.people import keepers as keeping
from app.workflows.people import ladders, profiles, reading, taking_over
from app.workflows.scheduling import today_for
from app.workflows.signing import readers


def _take_over(session: Session, request: Request[AboutDecision], now: datetime) -> str:
    decision = taking_over.take_over(session, request.payload.decision, request.actor, now)
    return f"{decision.name} is yours now. Its card is in our conversation and shows what comes next."


def _add_reader(session: Session, request: Request[AboutDecision], now: datetime) -> None:
    readers.add_reader(session, request.payload.decision, needed_person(request), request.actor, now)


def _add_who_asked(session: Session, request: Request[AboutReader], now: datetime) -> None:
    readers.add_reader(session, request.payload.decision, request.payload.user, request.actor, now)


def _decline_who_asked(session: Session, request: Request[AboutReader], now: datetime) -> None:
    reading.decline_reader(session, request.payload.decision, request.payload.user, request.actor, now)


def _take_out(session: Session, request: Request[AboutDecision], now: datetime) -> None:
    readers.take_out(session, request.payload.decision, request.fields.option("reader"), request.actor, now)


def _read_here(request: Request[AboutDecision]) -> View:
    services, actor = request.services, request.actor
    services.know(actor)
    with services.db.read() as session:
        decision = reading.open_in_channel(session, actor, request.payload.decision, request.channel)
        scene = services.scene_of(session, decision, actor.user)
        takes_part = actor.user in permissions.everybody(scene.decision).users
        return memo_page_modal(scene, takes_part=takes_part)


def _ask_to_read(session: Session, request: Request[AboutDecision], now: datetime) -> str:
    asked = reading.ask_to_read(session, request.payload.decision, request.channel, request.actor, now)
    return f"I asked <@{asked}>. You hear from me once there is an answer."


def _ladder_form(request: Request[AboutChannel]) -> View:
    actor = request.actor
    with request.services.db.read() as session:
        members_only(session, actor, ladders.MEMBERS_SEAT)
        person = roster.person(session, actor.workspace, actor.user)
        settings = load_channel_settings(
            session, actor.workspace, request.payload.channel, person.tz if person else "UTC", actor.user
        )
        return ladder_modal(settings)


def _seat(session: Session, request: Request[AboutChannel], now: datetime) -> None:
    actor, fields, channel = request.actor, request.fields, request.payload.channel
    seats = {name: fields.users(name) for name in [*(rung.value for rung in RUNGS), BAR_RAISER]}
    if channel and fields.option("scope") == "workspace":
        # Empty here meant "as in the workspace", so it must not clear the workspace's own rung.
        channel, seats = "", {name: users for name, users in seats.items() if users}
    if not ladders.may_seat(session, channel, actor):
        _propose(session, request, channel, seats, now)
        return
    before = roster.own_ladder(session, actor.workspace, channel)
    ladders.seat(session, channel, seats, actor, now)
    after = roster.own_ladder(session, actor.workspace, channel)
    changed = {name: list(after.on(name)) for name in seats if before.on(name) != after.on(name)}
    send(session, actor.workspace, "reply", actor.user, now, view="ladder_saved", channel=channel, seats=changed)


def _propose(
    session: Session, request: Request[AboutChannel], channel: str, seats: dict[str, list[str]], now: datetime
) -> None:
    """Whoever may not change it proposes it to those who may."""
    workspace, user = request.actor.workspace, request.actor.user
    found = keeping.propose(session, channel, seats, request.actor, now)
    view: dict[str, Any] = {"view": "ladder_saved", "channel": channel, "seats": {}}
    if found is not None:
        here = keepers.keepers(session, workspace)
        view = {"view": "ladder_proposed", "channel": channel, "seats": found.seats, "keepers": here}
    send(session, workspace, "reply", user, now, **view)


def _settle_proposal(keep: bool) -> Callable[[Session, Request[AboutProposal], datetime], None]:
    def does(session: Session, request: Request[AboutProposal], now: datetime) -> None:
        keeping.settle_proposal(session, request.payload.proposal, keep, request.actor, now)

    return does


# ── when somebody hears from us ─────────────────────────────────────────────────────────────────────────


def _snooze(session: Session, request: Request[Snooze], now: datetime) -> str:
    found = looking_back.snooze(session, request.payload.decision, request.payload.days, request.actor, now)
    today = today_for(ensure_person(session, request.actor.workspace, request.actor.user), now)
    person = ensure_person(session, request.actor.workspace, request.actor.user)
    said = f"Nothing about this one reminds you before {say_date(today_for(person, found.until), today)}."
    if found.past is None:
        return said
    told = f" <@{found.told}> hears that too." if found.told else ""
    return f"{said} That is after your own date, {say_date(found.past, today)}.{told}"


def _mute(session: Session, request: Request[Muting], now: datetime) -> None:
    profiles.mute(session, request.payload.muted, request.actor, now)


def _working_time_form(request: Request[Nothing]) -> View:
    actor, services = request.actor, request.services
    with services.db.read() as session:
        admit(session, actor)
        person = roster.person(session, actor.workspace, actor.user) or Person(tz="UTC")
        today = today_for(person, services.clock())
        return working_time_modal(WorkingTime.of(person.working_time), hours_of(person), today)


def _choose_working_time(session: Session, request: Request[Nothing], now: datetime) -> None:
    fields, person = request.fields, ensure_person(session, request.actor.workspace, request.actor.user)
    filled = Filled(
        fields.text("place"), fields.options("days"), fields.text("start"), fields.text("end"), fields.text("off")
    )
    chosen_time = read_working_time(filled, person.tz, person.default_place, today_for(person, now))
    profiles.choose_working_time(session, chosen_time, request.actor, now)


CLICKS: Mapping[Act, Interaction[Any]] = {
    Act.TAKE_OVER: Interaction(AboutDecision.of, does=_take_over),
    Act.READER_OPEN: Interaction(
        AboutDecision.of, opens=form_of_decision(permissions.may_add_readers, about(reader_modal))
    ),
    Act.READER_OUT_OPEN: Interaction(
        AboutDecision.of, opens=form_of_decision(permissions.may_add_readers, about(reader_out_modal))
    ),
    Act.READER_ADD: Interaction(AboutReader.of, does=_add_who_asked),
    Act.READER_DECLINE: Interaction(AboutReader.of, does=_decline_who_asked),
    Act.READ_HERE: Interaction(AboutDecision.of, opens=_read_here),
    Act.ASK_READ: Interaction(AboutDecision.of, does=_ask_to_read),
    Act.LADDER_OPEN: Interaction(AboutChannel.of, opens=_ladder_form),
    Act.PROPOSAL_KEEP: Interaction(AboutProposal.of, does=_settle_proposal(True)),
    Act.PROPOSAL_DECLINE: Interaction(AboutProposal.of, does=_settle_proposal(False)),
    Act.SNOOZE: Interaction(Snooze.of, does=_snooze),
    Act.MUTE: Interaction(Muting.of, does=_mute),
    Act.HOURS_OPEN: Interaction(Nothing.of, opens=_working_time_form),
}

FORMS: Mapping[Modal, Interaction[Any]] = {
    Modal.READER: Interaction(AboutDecision.of, does=_add_reader),
    Modal.READER_OUT: Interaction(AboutDecision.of, does=_take_out),
    Modal.LADDER: Interaction(AboutChannel.of, does=_seat),
    Modal.HOURS: Interaction(Nothing.of, does=_choose_working_time),
}
