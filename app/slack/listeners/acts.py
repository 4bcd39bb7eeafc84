"""Clicks that change something at once: one function each, called from one listener."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient
from sqlalchemy.orm import Session

from app.db import claims
from app.domain.errors import ThresholdError, Unreadable
from app.domain.ladder import Rung
from app.domain.triage import Question
from app.slack import forms
from app.slack.forms import Fields
from app.slack.ids import Act, unpack
from app.slack.listeners.messages import answer_in_words
from app.slack.listeners.requests import Body, actor_of, identity_of, packed_id
from app.slack.listeners.responses import refuse, tell
from app.slack.listeners.services import Services
from app.slack.views.replies.sentences import saved_reply
from app.slack.views.text import moment
from app.workflows import people, reviews, signoffs, suggestions, taking_over, triage, verdicts
from app.workflows.common import Actor, card, ensure_person, open_decision, send, time_for, today_for

Packed = dict[str, Any]

DOUBLE_CLICK = timedelta(seconds=10)
"""Two clicks as close as this ask for one thing."""


def nothing(ack: Ack, body: Body, client: WebClient) -> None:
    """A link was followed: Slack wants to hear that we saw it."""
    ack()


def listener(services: Services, act: Act) -> Callable[..., None]:
    run = ACTS[act]

    def on_click(ack: Ack, body: Body, client: WebClient) -> None:
        said: list[str] = []
        try:
            actor, packed = actor_of(body), packed_of(body)
            fields = fields_of(body, packed)
            services.know(actor, fields.chosen_people() | others(packed))
            services.do(
                actor,
                identity_of(body),
                lambda session, now: said.append(run(session, actor, packed, fields, now) or ""),
            )
        except Unreadable as error:
            ack()
            _mend(services, body, client, act, error)
            return
        except ThresholdError as error:
            ack()
            refuse(body, client, error)
            return
        ack()
        if said and said[-1]:
            tell(body, client, saved_reply(said[-1]))

    return on_click


def packed_of(body: Body) -> Packed:
    """What the clicked button, or the chosen option of a select or overflow, packs."""
    action = (body.get("actions") or [{}])[0]
    chosen = action.get("selected_option") or {}
    return unpack(str(action.get("value") or chosen.get("value") or ""))


def fields_of(body: Body, packed: Packed) -> Fields:
    """The inputs of the card; a button that offers what could be meant fills its field in."""
    fields = Fields.of(body.get("state"))
    field, value = packed.get("f"), packed.get("v")
    return fields.put(field, value) if isinstance(field, str) and isinstance(value, str) else fields


def others(packed: Packed) -> set[str]:
    """Who is about to be relied on by this click."""
    to = packed.get("to")
    return {to} if isinstance(to, str) and to else set()


def _mend(services: Services, body: Body, client: WebClient, act: Act, error: Unreadable) -> None:
    """Keep what was typed on the card, with the sentence that says why it could not be read."""
    packed = packed_of(body)
    fields = fields_of(body, packed)
    where = WHERE.get(act) or str(packed.get("q") or "")
    if act not in (*WHERE, Act.ANSWER_FORM):
        refuse(body, client, error)
        return
    try:
        actor = actor_of(body)

        def keep(session: Session, now: datetime) -> None:
            decision = triage.mistyped(
                session, packed_id(packed), where, fields.raw(), error.sentence, actor, error.field, error.candidates
            )
            card(session, decision, "requester", decision.requester_id, now)

        services.do(actor, "", keep)
    except ThresholdError as other:
        refuse(body, client, other)


WHERE = {Act.TITLE_FORM: "title", Act.DEFLECT_FORM: "deflect"}


# ── triage ──────────────────────────────────────────────────────────────────────────────────────────────


def _question(packed: Packed) -> Question:
    return forms.chosen(Question, str(packed.get("q")), "q")


def _answer(session: Session, actor: Actor, packed: Packed, fields: Fields, now: datetime) -> None:
    question = _question(packed)
    triage.answer(session, packed_id(packed), question, forms.tapped(question, str(packed.get("a"))), actor, now)


def _answer_form(session: Session, actor: Actor, packed: Packed, fields: Fields, now: datetime) -> None:
    decision, question = open_decision(session, actor, packed_id(packed)), _question(packed)
    person = ensure_person(session, actor.workspace, actor.user)
    asker = forms.Asker(today_for(person, now), decision.answers, person.locale, time_for(person, now))
    triage.answer(session, decision.id, question, forms.filled(question, fields, asker), actor, now)


def _title(session: Session, actor: Actor, packed: Packed, fields: Fields, now: datetime) -> None:
    triage.name(session, packed_id(packed), fields.text("title"), actor, now)


def _go_to(session: Session, actor: Actor, packed: Packed, fields: Fields, now: datetime) -> None:
    triage.go_to(session, packed_id(packed), _question(packed), actor, now)


def _leave(session: Session, actor: Actor, packed: Packed, fields: Fields, now: datetime) -> str:
    decision = open_decision(session, actor, packed_id(packed))
    name = decision.name
    return f"{name} stays here as it is. Come back to this card, or type “/escalate {name}”, whenever you like."


def _private(session: Session, actor: Actor, packed: Packed, fields: Fields, now: datetime) -> None:
    triage.set_private(session, packed_id(packed), bool(packed.get("on")), actor, now)


def _deflect(session: Session, actor: Actor, packed: Packed, fields: Fields, now: datetime) -> None:
    deflection = verdicts.Deflection(fields.user("owner") or actor.user, fields.text("metric"), fields.day("look_on"))
    verdicts.deflect(session, packed_id(packed), deflection, actor, now)


def _parked_to(session: Session, actor: Actor, packed: Packed, fields: Fields, now: datetime) -> None:
    answer_in_words(session, packed_id(packed), triage.unpark(session, packed_id(packed, "p"), actor), actor, now)


def _parked_new(session: Session, actor: Actor, packed: Packed, fields: Fields, now: datetime) -> None:
    triage.start(session, triage.unpark(session, packed_id(packed, "p"), actor), actor, now)


# ── memo, sign-off, after ───────────────────────────────────────────────────────────────────────────────


def _export(session: Session, actor: Actor, packed: Packed, fields: Fields, now: datetime) -> str:
    decision = open_decision(session, actor, packed_id(packed))
    if not claims.sent_since(session, decision, "export", actor.user, now - DOUBLE_CLICK):
        send(session, actor.workspace, "export", actor.user, now, decision)
    return f"{decision.name} comes as a Markdown file into our conversation."


def _assist(session: Session, actor: Actor, packed: Packed, fields: Fields, now: datetime) -> None:
    part = packed.get("part")
    decision = suggestions.ask_assistant(session, packed_id(packed), str(part) if part else None, actor, now)
    card(session, decision, "requester", decision.requester_id, now)


def _resolve(session: Session, actor: Actor, packed: Packed, fields: Fields, now: datetime) -> None:
    signoffs.resolve(session, packed_id(packed), packed_id(packed, "q"), actor, now)


def _climb(session: Session, actor: Actor, packed: Packed, fields: Fields, now: datetime) -> None:
    rung = forms.chosen(Rung, str(packed["rung"]), "rung") if packed.get("rung") else None
    old, to = str(packed.get("old") or ""), str(packed.get("to") or "")
    signoffs.replace_signer(session, packed_id(packed), old, to, rung, actor, now)


def _take_over(session: Session, actor: Actor, packed: Packed, fields: Fields, now: datetime) -> str:
    decision = taking_over.take_over(session, packed_id(packed), actor, now)
    return f"{decision.name} is yours now. Its card is in our conversation and shows what comes next."


def _not_shipped(session: Session, actor: Actor, packed: Packed, fields: Fields, now: datetime) -> str:
    reviews.not_shipped(session, packed_id(packed), actor, now)
    return "Fine. I ask again in two weeks; “It shipped…” on the card works any time before."


def _snooze(session: Session, actor: Actor, packed: Packed, fields: Fields, now: datetime) -> str:
    days = packed.get("days")
    until = reviews.snooze(session, packed_id(packed), days if isinstance(days, int) else 1, actor, now)
    return f"Nothing about this one will remind you before {moment(until)}."


def _mute(session: Session, actor: Actor, packed: Packed, fields: Fields, now: datetime) -> None:
    people.mute(session, bool(packed.get("on")), actor, now)


def _show(session: Session, actor: Actor, packed: Packed, fields: Fields, now: datetime) -> str:
    decision = open_decision(session, actor, packed_id(packed))
    triage.resume(session, decision, actor, now)
    return f"{decision.name} is at the bottom of our conversation now: see Messages."


ACTS: dict[Act, Callable[[Session, Actor, Packed, Fields, datetime], str | None]] = {
    Act.ANSWER: _answer,
    Act.ANSWER_FORM: _answer_form,
    Act.TITLE_FORM: _title,
    Act.BACK: _go_to,
    Act.CHANGE: _go_to,
    Act.LEAVE: _leave,
    Act.PRIVATE: _private,
    Act.DEFLECT_FORM: _deflect,
    Act.PARKED_TO: _parked_to,
    Act.PARKED_NEW: _parked_new,
    Act.EXPORT: _export,
    Act.ASSIST: _assist,
    Act.RESOLVE: _resolve,
    Act.CLIMB: _climb,
    Act.TAKE_OVER: _take_over,
    Act.NOT_SHIPPED: _not_shipped,
    Act.SNOOZE: _snooze,
    Act.MUTE: _mute,
    Act.SHOW: _show,
}
