"""Clicks and forms of pre-reads and syncs."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from app.db import roster
from app.db.models import Decision, Person
from app.domain import permissions
from app.domain.errors import NotNow, Unreadable
from app.domain.people.calendar import zone
from app.domain.people.working_time import hours_of
from app.domain.syncs.life import SyncState
from app.slack.forms import Fields
from app.slack.ids import Act, Modal
from app.slack.listeners.interactions import Interaction, Request, View, about, form_of_decision
from app.slack.packed import AboutDecision, AboutRemark, ReadersChosen, RemarkOf, SyncForm, VersionShown
from app.slack.views.modals.syncs import (
    move_modal,
    preread_at_modal,
    preread_modal,
    remark_answer_modal,
    remark_modal,
    remarks_modal,
    sync_again_modal,
    sync_modal,
)
from app.slack.views.parts.syncs import reading_now
from app.slack.views.scene import Scene
from app.words.reading.days import check_reach
from app.words.syncs import when_said
from app.workflows.admission import only
from app.workflows.opening import ensure_person
from app.workflows.scheduling import today_for
from app.workflows.syncs import planning, remarks


def _sendable(scene: Scene) -> View:
    planning.check_sendable(scene.decision)
    return preread_modal(scene)


def _when(request: Request[AboutDecision]) -> View:
    """The times that suit whoever was chosen, on top of the form that chose them."""
    scene = request.services.scene(request.actor, request.payload.decision)
    only(request.actor, *permissions.requester(scene.decision))
    planning.check_sendable(scene.decision)
    with request.services.db.read() as session:
        readers = planning.check_readers(session, scene.decision, request.fields.users("readers"))
        slots = planning.propose(session, scene.decision.id, readers, request.actor, scene.now)
        people = _people(session, scene.decision, [*readers, request.actor.user])
    return preread_at_modal(scene, readers, "yes" in request.fields.options("silent"), slots, people)


def _people(session: Session, decision: Decision, users: Sequence[str]) -> Mapping[str, Person]:
    found = roster.people(session, decision.workspace_id, users)
    session.expunge_all()
    return found


def _move_open(request: Request[AboutDecision]) -> View:
    scene = request.services.scene(request.actor, request.payload.decision)
    only(request.actor, *permissions.requester(scene.decision))
    sync = scene.decision.sync
    if sync is None or sync.state is not SyncState.PLANNED:
        raise NotNow(f"No sync of {scene.decision.name} is planned now: the card says what became of it.")
    readers = reading_now(scene)
    with request.services.db.read() as session:
        slots = planning.propose(session, scene.decision.id, readers, request.actor, scene.now, clock=sync.clock_at)
        people = _people(session, scene.decision, [*readers, request.actor.user])
    return move_modal(scene, readers, slots, people)


def _start_of(fields: Fields, person: Person, now: datetime) -> datetime:
    """The time that was chosen, or typed in by hand on somebody's own clock.

    Raises:
        Unreadable: none, half of one, or one that lies years ahead.
    """
    today = today_for(person, now)
    on, at = fields.day("on"), fields.text("at")
    if on is not None or at:
        if on is None:
            raise Unreadable("Choose the day, too.", "on")
        check_reach(on, today, "on")
        try:
            clock = time.fromisoformat(at)
        except ValueError:
            raise Unreadable("Choose the time, too.", "at") from None
        return datetime.combine(on, clock, zone(person.tz)).astimezone(UTC)
    try:
        found = datetime.fromisoformat(fields.option("slot"))
    except ValueError:
        raise Unreadable("Choose a time.", "slot") from None
    if found.tzinfo is None or found.year < today.year - 1:
        raise Unreadable("Choose a time.", "slot")
    check_reach(found.date(), today, "slot")
    return found.astimezone(UTC)


def _send(session: Session, request: Request[ReadersChosen], now: datetime) -> str:
    me = ensure_person(session, request.actor.workspace, request.actor.user)
    chosen = request.payload
    sent = planning.PreRead(chosen.readers, _start_of(request.fields, me, now), chosen.silent)
    decision = planning.send_preread(session, chosen.decision, sent, request.actor, now)
    when = when_said(sent.start, hours_of(me), today_for(me, now))
    readers = len(decision.read_by)
    who = "One reader has" if readers == 1 else f"{readers} readers have"
    return f"{who} it now. You would meet {when}; once nothing is open, it is cancelled for everybody."


def _move(session: Session, request: Request[AboutDecision], now: datetime) -> None:
    me = ensure_person(session, request.actor.workspace, request.actor.user)
    planning.move_sync(session, request.payload.decision, _start_of(request.fields, me, now), request.actor, now)


def _off(session: Session, request: Request[AboutDecision], now: datetime) -> None:
    planning.call_off(session, request.payload.decision, request.actor, now)


def _read(session: Session, request: Request[VersionShown], now: datetime) -> None:
    shown = request.payload
    remarks.mark_read(session, shown.decision, shown.version, request.actor, now)


def _approve(session: Session, request: Request[VersionShown], now: datetime) -> None:
    shown = request.payload
    remarks.approve(session, shown.decision, shown.version, request.actor, now)


def _remark(session: Session, request: Request[RemarkOf], now: datetime) -> None:
    about_, fields = request.payload, request.fields
    remarks.remark(
        session, about_.decision, about_.kind, fields.option("part"), fields.text("text"), request.actor, now,
        shown=about_.version,
    )  # fmt: skip


def _answer(session: Session, request: Request[AboutRemark], now: datetime) -> None:
    one = request.payload
    remarks.answer(session, one.decision, one.remark, request.fields.text("text"), request.actor, now)


def _resolve(session: Session, request: Request[AboutRemark], now: datetime) -> None:
    remarks.resolve(session, request.payload.decision, request.payload.remark, request.actor, now)


def _raise(session: Session, request: Request[AboutRemark], now: datetime) -> None:
    remarks.raise_question(session, request.payload.decision, request.payload.remark, request.actor, now)


def _minutes(session: Session, request: Request[SyncForm], now: datetime) -> None:
    fields, seen = request.fields, request.payload.seen
    written = remarks.Minutes(
        {id: fields.text(name) for name, id in _numbered(fields.values, "answer_")},
        [id for name, id in _numbered(fields.values, "settled_") if "yes" in fields.options(name)],
        {id: fields.text(name) for name, id in _numbered(fields.values, "signer_")},
        {id: seen[name] for name, id in _numbered(seen, "answer_")},
        {id: seen[name] for name, id in _numbered(seen, "signer_")},
    )
    remarks.keep_minutes(session, request.payload.decision, written, request.actor, now)


def _minutes_again(request: Request[SyncForm], said: str) -> View:
    fields, scene = request.fields, request.services.scene(request.actor, request.payload.decision)
    names = [*_numbered(fields.values, "answer_"), *_numbered(fields.values, "signer_")]
    typed = {name: fields.text(name) for name, _ in names}
    return sync_again_modal(scene, typed, said)


def _numbered(named: Iterable[str], prefix: str) -> list[tuple[str, int]]:
    names = [name for name in named if name.startswith(prefix)]
    return [(name, int(name.removeprefix(prefix))) for name in names if name.removeprefix(prefix).isdigit()]


CLICKS: Mapping[Act, Interaction[Any]] = {
    Act.PREREAD_OPEN: Interaction(AboutDecision.of, opens=form_of_decision(permissions.requester, about(_sendable))),
    Act.PREREAD_READ: Interaction(VersionShown.of, does=_read),
    Act.REMARK_OPEN: Interaction(
        RemarkOf.of,
        opens=form_of_decision(permissions.everybody, lambda scene, one: remark_modal(scene, one.kind, one.version)),
    ),
    Act.APPROVE_WRITTEN: Interaction(VersionShown.of, does=_approve),
    Act.REMARK_ANSWER_OPEN: Interaction(
        AboutRemark.of,
        opens=form_of_decision(permissions.everybody, lambda scene, one: remark_answer_modal(scene, one.remark)),
    ),
    Act.REMARK_RESOLVE: Interaction(AboutRemark.of, does=_resolve),
    Act.REMARK_RAISE: Interaction(AboutRemark.of, does=_raise),
    Act.REMARKS_SHOW: Interaction(
        AboutDecision.of, opens=form_of_decision(permissions.everybody, about(remarks_modal))
    ),
    Act.SYNC_MOVE_OPEN: Interaction(AboutDecision.of, opens=_move_open),
    Act.SYNC_OFF: Interaction(AboutDecision.of, does=_off),
    Act.SYNC_OPEN: Interaction(AboutDecision.of, opens=form_of_decision(permissions.everybody, about(sync_modal))),
}

FORMS: Mapping[Modal, Interaction[Any]] = {
    Modal.PREREAD: Interaction(AboutDecision.of, opens=_when),
    Modal.PREREAD_AT: Interaction(ReadersChosen.of, does=_send),
    Modal.REMARK: Interaction(RemarkOf.of, does=_remark),
    Modal.REMARK_ANSWER: Interaction(AboutRemark.of, does=_answer),
    Modal.SYNC_MOVE: Interaction(AboutDecision.of, does=_move),
    Modal.SYNC: Interaction(SyncForm.of, does=_minutes, shown_again=_minutes_again),
}
