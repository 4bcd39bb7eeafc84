"""Looking for decisions, and what a triage does with one that was found."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.db import roster
from app.domain.errors import Unreadable
from app.domain.library.asking import ANYTHING, Wanted
from app.domain.library.hits import Hit
from app.domain.library.tokens import tokens
from app.slack.ids import Act, Modal
from app.slack.listeners.interactions import Interaction, Request, View
from app.slack.listeners.services import Services
from app.slack.loading import today_in
from app.slack.packed import ByAnother, Nothing
from app.slack.views.modals.library import find_modal
from app.slack.views.replies.library import found_reply, one_found_reply
from app.slack.views.scene import Message
from app.words.library import NO_LETTERS, NO_WORDS
from app.words.reading.wanted import asked_for, wanted
from app.workflows.admission import Actor, admit
from app.workflows.library import finding, settling

FIELDS = ("words", "status", "door", "in", "by", "since", "until")


def found(services: Services, actor: Actor, typed: str) -> Message:
    """`/escalate find WORDS`."""
    words, narrowed = asked_for(typed)
    hits, today, guest = _look(services, actor, words, narrowed)
    return found_reply(hits, typed, today, guest=guest)


def past_by_name(services: Services, actor: Actor, number: int) -> Message | None:
    """A decision that was made elsewhere can't be opened; what is known of it is shown. None: it is one of ours."""
    if number >= 2**31:
        return None
    with services.db.read() as session:
        hit = finding.named(session, actor, number)
        if hit is None or hit.imported_id is None:
            return None
        return one_found_reply(hit, _today(session, services, actor))


def _look(services: Services, actor: Actor, words: str, narrowed: Wanted) -> tuple[list[Hit], date, bool]:
    if not words and narrowed == ANYTHING:
        raise Unreadable(NO_WORDS, "words")
    if words and not tokens(words) and narrowed == ANYTHING:
        raise Unreadable(NO_LETTERS, "words")
    with services.db.read() as session:
        person = roster.person(session, actor.workspace, actor.user)
        hits = finding.find(session, actor, words, narrowed)
        return hits, _today(session, services, actor), bool(person and person.guest)


def _today(session: Session, services: Services, actor: Actor) -> date:
    person = roster.person(session, actor.workspace, actor.user)
    return today_in(person.tz if person else "UTC", services.clock())


def _from_home(request: Request[Nothing]) -> View:
    """The field on Home: the form, with what was found where something was typed."""
    typed = request.fields.text("words")
    if not typed:
        with request.services.db.read() as session:
            admit(session, request.actor)
        return find_modal({}, None, request.services.clock().date())
    words, narrowed = asked_for(typed)
    hits, today, _ = _look(request.services, request.actor, words, narrowed)
    return find_modal({"words": typed}, hits, today)


def _again(request: Request[Nothing]) -> View:
    """The form, sent: it stays, and what was found stands below."""
    fields = request.fields
    given = {
        name: fields.text(name) or fields.option(name) or fields.user(name) or fields.channel(name) for name in FIELDS
    }
    words, typed = asked_for(given["words"])
    chosen = {name: value for name, value in given.items() if name != "words" and value}
    hits, today, _ = _look(request.services, request.actor, words, wanted(chosen) if chosen else typed)
    return find_modal(given, hits, today)


def _settle(session: Session, request: Request[ByAnother], now: datetime) -> str:
    other = request.payload.number
    decision = settling.settle(session, request.payload.decision, other, request.actor, now)
    return f"{decision.name} ends here: D-{other} settles it. Nobody has to decide it again."


def _replace(session: Session, request: Request[ByAnother], now: datetime) -> str:
    about = request.payload
    decision = settling.replace(session, about.decision, about.number, about.on, request.actor, now)
    if not about.on:
        return f"{decision.name} no longer replaces D-{about.number}."
    until = f"Until then D-{about.number} holds."
    return f"Noted: once {decision.name} is decided, it stands in the place of D-{about.number}. {until}"


CLICKS: Mapping[Act, Interaction[Any]] = {
    Act.FIND: Interaction(Nothing.of, opens=_from_home),
    Act.SETTLED_BY: Interaction(ByAnother.of, does=_settle),
    Act.REPLACES: Interaction(ByAnother.of, does=_replace),
}

FORMS: Mapping[Modal, Interaction[Any]] = {Modal.FIND: Interaction(Nothing.of, looks_up=_again)}
