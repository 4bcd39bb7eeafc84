"""Forms that come back. What can't be read keeps the form open with everything typed, and points at the field."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient
from sqlalchemy.orm import Session

from app.db import roster
from app.domain.errors import ThresholdError, Unreadable
from app.domain.ladder import BAR_RAISER, RUNGS, Rung
from app.domain.looking_back import Look, LookBack, Right
from app.domain.people.working_time import Filled
from app.domain.people.working_time import read as read_working_time
from app.domain.signing.signoff import Answer
from app.slack.forms import Fields, chosen, memo
from app.slack.ids import Modal, unpack
from app.slack.listeners.acts import Packed
from app.slack.listeners.requests import Body, actor_of, identity_of, packed_id
from app.slack.listeners.responses import ack_errors, in_an_ack
from app.slack.listeners.services import Services
from app.slack.views.modals.memo import memo_modal
from app.workflows import digests, looking_back
from app.workflows import memo as workflows_memo
from app.workflows.admission import Actor
from app.workflows.memo import Overtaken
from app.workflows.notifying import send
from app.workflows.opening import ensure_person
from app.workflows.people import ladders, profiles
from app.workflows.scheduling import today_for
from app.workflows.signing import deadline, delegation, open_questions, readers, signoffs
from app.workflows.signing import sending as signing_sending
from app.workflows.triage import intake, verdicts


@dataclass(frozen=True)
class Form:
    """A submitted form: who, what about, what was filled in, and when."""

    actor: Actor
    packed: Packed
    fields: Fields
    now: datetime

    @property
    def id(self) -> int:
        return packed_id(self.packed)


def listener(services: Services, modal: Modal) -> Callable[..., None]:
    run = SUBMITS[modal]

    def on_submit(ack: Ack, body: Body, client: WebClient) -> None:
        view: dict[str, Any] = body["view"]
        packed, fields = unpack(str(view.get("private_metadata") or "")), Fields.of(view.get("state"))
        actor: Actor | None = None
        try:
            actor = actor_of(body)
            services.know(actor, fields.chosen_people())
            try:
                services.do(
                    actor, identity_of(body), lambda session, now: run(session, Form(actor, packed, fields, now))
                )
            except Overtaken as error:
                scene, note = services.scene(actor, packed_id(packed)), services.plain(actor, error.sentence)
                typed = {key: str(value) for key, value in fields.raw().items()}
                ack(response_action="update", view=in_an_ack(services.accepted, body, memo_modal(scene, typed, note)))
                return
        except ThresholdError as error:
            field = error.field if isinstance(error, Unreadable) else None
            ack_errors(ack, view, field, services.plain(actor, error.sentence) if actor else error.sentence)
        else:
            ack()

    return on_submit


def _start(session: Session, form: Form) -> None:
    """From Home or from a thread. A thread comes along as the source, read once the person has their answer."""
    sentence, place = form.fields.text("sentence"), form.fields.channel("channel")
    if not sentence:
        raise Unreadable("Say in one sentence what has to be decided.", "sentence")
    private = "yes" in form.fields.options("private")
    decision = intake.start(session, sentence, form.actor, form.now, channel=place or None, private=private)
    source, ts = form.packed.get("c"), form.packed.get("ts")
    if source and ts:
        words = str(form.packed.get("text") or sentence)
        send(session, form.actor.workspace, "thread", str(source), form.now, decision, ts=str(ts), text=words)


def _override(session: Session, form: Form) -> None:
    verdicts.go_on_anyway(session, form.id, form.fields.text("reason"), form.actor, form.now)


def _ask_below(session: Session, form: Form) -> None:
    person = form.fields.user("person")
    if not person:
        raise Unreadable("Choose whom to ask.", "person")
    verdicts.ask_below(session, form.id, person, form.fields.text("text"), form.actor, form.now)


def _below(session: Session, form: Form) -> None:
    can = bool(form.packed.get("can"))
    verdicts.answer_below(session, form.id, can, form.fields.text("said"), form.actor, form.now)


def _memo(session: Session, form: Form) -> None:
    workflows_memo.save(session, form.id, memo(form.fields), packed_id(form.packed, "v"), form.actor, form.now)


def _send(session: Session, form: Form) -> None:
    f = form.fields
    if not f.user("signer"):
        raise Unreadable("Choose who decides on this rung.", "signer")
    by = f.needed_day("decide_by", "Choose the day by which you need the answer.")
    sending = signing_sending.Sending(f.user("signer"), f.user("bar_raiser") or None, by, tuple(f.users("readers")))
    signing_sending.send(session, form.id, sending, form.actor, form.now)


def _suggestions(session: Session, form: Form) -> None:
    parts = [field.removeprefix("part_") for field in form.fields.values if field.startswith("part_")]
    taken = {part for part in parts if form.fields.option(f"part_{part}") == "take"}
    workflows_memo.settle_suggestions(session, form.id, taken, form.actor, form.now)


def _reader(session: Session, form: Form) -> None:
    readers.add_reader(session, form.id, _someone(form), form.actor, form.now)


def _sign(session: Session, form: Form) -> None:
    answer = chosen(Answer, str(form.packed.get("a")), "said")
    signoffs.sign(session, form.id, answer, form.fields.text("said"), packed_id(form.packed, "v"), form.actor, form.now)


def _question(session: Session, form: Form) -> None:
    open_questions.ask(session, form.id, form.fields.text("text"), form.actor, form.now)


def _reply(session: Session, form: Form) -> None:
    open_questions.reply(session, form.id, packed_id(form.packed, "q"), form.fields.text("text"), form.actor, form.now)


def _hand_over(session: Session, form: Form) -> None:
    delegation.hand_over(session, form.id, _someone(form), form.actor, form.now)


def _condition(session: Session, form: Form) -> None:
    signoffs.meet_condition(session, form.id, form.fields.text("how"), form.actor, form.now)


def _climb(session: Session, form: Form) -> None:
    rung = chosen(Rung, str(form.packed["rung"]), "to") if form.packed.get("rung") else None
    old = str(form.packed.get("old") or "")
    delegation.replace_signer(session, form.id, old, _someone(form), rung, form.actor, form.now)


def _extend(session: Session, form: Form) -> None:
    day = form.fields.needed_day("decide_by", "Choose the new day.")
    deadline.extend(session, form.id, day, form.actor, form.now)


def _withdraw(session: Session, form: Form) -> None:
    signoffs.withdraw(session, form.id, form.fields.text("why"), form.actor, form.now)


def _shipped(session: Session, form: Form) -> None:
    looking_back.shipped(
        session, form.id, form.fields.needed_day("on", "Choose the day it shipped."), form.actor, form.now
    )


def _drop(session: Session, form: Form) -> None:
    looking_back.drop(session, form.id, form.fields.text("why"), form.actor, form.now)


def _look(session: Session, form: Form) -> None:
    look = chosen(Look, str(form.packed.get("look")), "happened")
    right = chosen(Right, form.fields.option("right"), "right")
    written = LookBack(look, right, form.fields.text("happened"), form.fields.text("learned"))
    looking_back.look_back(session, form.id, written, form.actor, form.now)


def _revisit(session: Session, form: Form) -> None:
    day = form.fields.needed_day("on", "Choose the day to look again.")
    looking_back.disagree_and_commit(session, form.id, day, form.actor, form.now)


def _ladder(session: Session, form: Form) -> None:
    channel = str(form.packed.get("c") or "")
    names = [*(rung.value for rung in RUNGS), BAR_RAISER]
    seats = {name: form.fields.users(name) for name in names}
    if channel and form.fields.option("scope") == "workspace":
        # Empty here meant "as in the workspace", so it must not clear the workspace's own rung.
        channel, seats = "", {name: users for name, users in seats.items() if users}
    before = roster.own_ladder(session, form.actor.workspace, channel)
    ladders.seat(session, channel, seats, form.actor, form.now)
    after = roster.own_ladder(session, form.actor.workspace, channel)
    now = {name: list(after.on(name)) for name in seats if before.on(name) != after.on(name)}
    send(
        session,
        form.actor.workspace,
        "reply",
        form.actor.user,
        form.now,
        view="ladder_saved",
        channel=channel,
        seats=now,
    )


def _digest(session: Session, form: Form) -> None:
    f = form.fields
    days = tuple(int(day) for day in f.options("days") if day.isdigit() and int(day) < 7)
    plan = digests.Plan(f.option("on") != "off", days, f.text("at") or "09:00", f.text("tz") or "UTC")
    digests.plan_digest(session, str(form.packed.get("c") or ""), plan, form.actor, form.now)


def _hours(session: Session, form: Form) -> None:
    f, person = form.fields, ensure_person(session, form.actor.workspace, form.actor.user)
    filled = Filled(f.text("place"), f.options("days"), f.text("start"), f.text("end"), f.text("off"))
    chosen_time = read_working_time(filled, person.tz, person.default_place, today_for(person, form.now))
    profiles.choose_working_time(session, chosen_time, form.actor, form.now)


def _someone(form: Form) -> str:
    user = form.fields.user("to")
    if not user:
        raise Unreadable("Choose somebody.", "to")
    return user


SUBMITS: dict[Modal, Callable[[Session, Form], None]] = {
    Modal.START: _start,
    Modal.OVERRIDE: _override,
    Modal.ASK_BELOW: _ask_below,
    Modal.BELOW: _below,
    Modal.MEMO: _memo,
    Modal.SEND: _send,
    Modal.SUGGESTIONS: _suggestions,
    Modal.READER: _reader,
    Modal.SIGN: _sign,
    Modal.QUESTION: _question,
    Modal.REPLY: _reply,
    Modal.HAND_OVER: _hand_over,
    Modal.CONDITION: _condition,
    Modal.CLIMB: _climb,
    Modal.EXTEND: _extend,
    Modal.WITHDRAW: _withdraw,
    Modal.SHIPPED: _shipped,
    Modal.DROP: _drop,
    Modal.LOOK: _look,
    Modal.REVISIT: _revisit,
    Modal.LADDER: _ladder,
    Modal.DIGEST: _digest,
    Modal.HOURS: _hours,
}
