"""A message to the bot: it starts a triage, or answers the question of the one it belongs to. Two never mix."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from slack_bolt import Ack
from sqlalchemy.orm import Session

from app.db import locks, posted_cards, queries
from app.db.models import Card, Decision
from app.domain.errors import Busy, NotAllowed, NotNow, ThresholdError, Unreadable
from app.domain.lifecycle import Status
from app.domain.message_kinds import NOTICE, NoticeKind
from app.domain.syncs.life import MEETS_IN, RemarkKind
from app.domain.triage.questions import Question
from app.domain.understood import Read
from app.slack import forms, message_text
from app.slack.ids import kept
from app.slack.listeners.commands import NUMBER
from app.slack.listeners.requests import Body, is_outside, workspace_of_event
from app.slack.listeners.services import Services
from app.words.triage.typed_answers import NONE, read_answer
from app.workflows.admission import Actor, admit
from app.workflows.cards import card as show_card
from app.workflows.notifying import send
from app.workflows.opening import ensure_person, ensure_workspace, open_decision, open_numbered
from app.workflows.scheduling import time_for, today_for
from app.workflows.syncs import remarks
from app.workflows.triage import answering, intake

GREETING = re.compile(r"^(hi|hello|hey|help|thanks|thank you|ok|okay|\?)\W*$", re.IGNORECASE)


def message(services: Services) -> Callable[..., None]:
    def listener(ack: Ack, body: Body, event: dict[str, Any]) -> None:
        if _for_us(event):
            _hear(services, body, event)
        elif _is_edit(event):
            _hear_edit(services, body, event)
        ack()

    return listener


def _hear(services: Services, body: Body, event: dict[str, Any]) -> None:
    team = workspace_of_event(body)
    home = event.get("user_team") or event.get("team")
    actor = Actor(team, str(event["user"]), is_outside(body, team, home))
    raw, identity = kept(str(event["text"])), str(body.get("event_id") or "")
    services.know(actor)
    text = message_text.text(raw, services.directory.names(team, raw)).strip()
    thread = {"thread": str(event["thread_ts"])} if event.get("thread_ts") else {}
    try:
        services.do(actor, identity, lambda session, now: _take(session, actor, event, text, now))
    except Busy:
        raise  # no ack: Slack keeps the message and delivers it again
    except ThresholdError as error:
        refusal: dict[str, Any] = {"view": "refused", "sentence": error.sentence, "typed": text[:2000], **thread}
        if isinstance(error, Unclear):
            refusal["taps"] = error.taps
        services.do(actor, identity, lambda session, now: _reply(session, actor, now, refusal))


def _is_edit(event: dict[str, Any]) -> bool:
    """A person changed what they wrote to us."""
    said = event.get("message") or {}
    return (
        event.get("subtype") == "message_changed"
        and event.get("channel_type") == "im"
        and bool(said.get("user"))
        and bool(str(said.get("text") or "").strip())
        and said.get("text") != (event.get("previous_message") or {}).get("text")
    )


def _hear_edit(services: Services, body: Body, event: dict[str, Any]) -> None:
    """The sentence of a decision follows the message that it came from."""
    team, said = workspace_of_event(body), event["message"]
    actor = Actor(team, str(said["user"]), is_outside(body, team, None))
    was, now_is = (kept(str(one.get("text") or "")) for one in (event.get("previous_message") or {}, said))
    names = services.directory.names(team, was + now_is)
    before, after = message_text.text(was, names).strip(), message_text.text(now_is, names).strip()

    def work(session: Session, now: datetime) -> None:
        admit(session, actor)
        answering.reworded(session, before, after, actor, now)

    with suppress(NotAllowed):
        services.do(actor, str(body.get("event_id") or ""), work)


class Unclear(Unreadable):
    """A typed answer that could mean several: ``taps`` are the buttons, as their label and what each packs."""

    def __init__(self, error: Unreadable, decision: Decision, question: Question):
        super().__init__(error.sentence, error.field, error.candidates)
        self.taps = [
            [one.said, {"d": decision.id, "q": question.value, "a": forms.tap_of(question, one.value)}]
            for one in error.candidates
        ]


def _for_us(event: dict[str, Any]) -> bool:
    """A person's own words in a direct message; not an edit, not a bot, not our own cards."""
    return (
        event.get("channel_type") == "im"
        and bool(event.get("user"))
        and not event.get("bot_id")
        and event.get("subtype") in (None, "file_share", "thread_broadcast")
        and bool(str(event.get("text") or "").strip())
    )


def _reply(session: Session, actor: Actor, now: datetime, what: dict[str, Any]) -> None:
    ensure_workspace(session, actor.workspace, now)
    send(session, actor.workspace, "reply", actor.user, now, **what)


def _take(session: Session, actor: Actor, event: dict[str, Any], text: str, now: datetime) -> None:
    locks.take_turn(session, actor.workspace, actor.user)
    person = admit(session, actor)
    guest = {"guest": True} if person and person.guest else {}
    thread = event.get("thread_ts")
    card = posted_cards.card_at(session, actor.workspace, str(event["channel"]), str(thread)) if thread else None
    if card is not None and _comments(session, card, text, actor, now):
        return
    numbered = NUMBER.match(text)
    if numbered:
        answering.resume(session, open_numbered(session, actor, int(numbered.group(1))), actor, now)
        return
    if GREETING.match(text):
        _reply(session, actor, now, {"view": "help", **guest})
        return
    if card is not None:
        answer_in_words(session, card.decision_id, text, actor, now, thread=str(thread))
        return
    triages = queries.triages_of(session, actor.workspace, actor.user)
    unnamed = next((decision for decision in triages if not decision.title), None)
    if unnamed is not None:
        named = intake.name(session, unnamed.id, text, actor, now)
        _say_named(session, named, actor, now, None)
    elif not triages and _says_nothing(text):
        _reply(session, actor, now, {"view": "help", **guest})
    elif not triages:
        intake.start(session, text, actor, now)
    elif len(triages) == 1 and _answers(session, triages[0], text, actor, now):
        return
    else:
        ids = [decision.id for decision in triages[:5]]
        row = intake.park(session, text, actor, now, ids)
        asked = {"view": "which_triage", "parked": row.id, "text": text[:500], "triages": ids}
        _reply(session, actor, now, {**asked, **guest})


def _comments(session: Session, card: Card, text: str, actor: Actor, now: datetime) -> bool:
    """Whether a reply in the thread of a decision that is out as a pre-read was taken down: as the answer, where its
    thread is that of somebody's question, else as a comment. What answers a triage's question stays an answer, and
    “thanks” says nothing about what is read."""
    id, thread = card.decision_id, card.ts
    decision = open_decision(session, actor, id)
    mine = decision.status is Status.TRIAGE and decision.requester_id == actor.user
    if decision.sync_state is None or decision.status not in MEETS_IN or mine or GREETING.match(text):
        return False
    asked = card.kind.removeprefix(f"{NOTICE}{NoticeKind.REMARK}:")
    if asked.isdigit() and any(one.id == int(asked) and one.user_id != actor.user for one in decision.remarks):
        remarks.answer(session, id, int(asked), text, actor, now)  # the message that asked says so
        return True
    remarks.remark(session, id, RemarkKind.COMMENT, "", text, actor, now)
    taken = {"view": "remarked", "name": decision.name, "d": id, "r": decision.remarks[-1].id, "thread": thread}
    _reply(session, actor, now, taken)
    return True


def _says_nothing(text: str) -> bool:
    """A stray key or two: no decision has so short a name. (In Chinese it may.)"""
    return text.isascii() and sum(one.isalpha() for one in text) < 4


CLOSED = frozenset({Question.UNDO, Question.UNDO_COST})
"""Questions whose few answers can't be mistaken for a new decision."""


def _answers(session: Session, decision: Decision, text: str, actor: Actor, now: datetime) -> bool:
    """Whether a message outside any thread is plainly the answer to the one open triage."""
    question = answering.current_question(session, decision, now)
    if question is None:
        return False
    today = today_for(ensure_person(session, actor.workspace, actor.user), now)
    found = read_answer(text, question, today=today)
    if not isinstance(found, Read) or not (question in CLOSED or found == NONE.get(question)):
        return False
    try:
        answer_in_words(session, decision.id, text, actor, now)
    except Unreadable:
        return False
    return True


def answer_in_words(
    session: Session, id: int, text: str, actor: Actor, now: datetime, *, thread: str | None = None
) -> None:
    """A typed answer to the question on this decision's card. How it was read is said, with a tap to undo it.

    Raises:
        Unclear: words are not enough for this question, or don't say which answer is meant.
        NotNow: there is no question on the card.
    """
    decision = open_decision(session, actor, id)
    if decision.status is Status.TRIAGE and decision.requester_id == actor.user:
        if not decision.title:
            intake.name(session, decision.id, text, actor, now)
            _say_named(session, decision, actor, now, thread)
            return
        question = answering.current_question(session, decision, now)
        if question is not None:
            person = ensure_person(session, actor.workspace, actor.user)
            try:
                asker = forms.Asker(today_for(person, now), decision.answers, person.locale, time_for(person, now))
                found = forms.written(question, text, asker)
            except Unreadable as error:
                if error.field is None or not error.candidates:
                    raise Unclear(error, decision, question) from None
                _offer(session, decision, question, text, error, actor, now)
                return
            answering.answer(session, decision.id, question, found.value, actor, now)
            where = {"thread": thread} if thread else {}
            understood = {
                "view": "understood",
                "name": decision.name,
                "d": decision.id,
                "q": question.value,
                "said": found.said,
            }
            _reply(session, actor, now, {**understood, **where})
            return
    raise NotNow(
        f"{decision.name} doesn't wait for a message from you. The buttons on its card do what can be done now."
    )


def _say_named(session: Session, decision: Decision, actor: Actor, now: datetime, thread: str | None) -> None:
    """What was typed became the title: said in one line, where it was typed."""
    where = {"thread": thread} if thread else {}
    _reply(session, actor, now, {"view": "named", "name": decision.name, "title": decision.title, **where})


def _offer(
    session: Session, decision: Decision, question: Question, text: str, error: Unreadable, actor: Actor, now: datetime
) -> None:
    """What was written stands on the card, below it what could be meant on buttons; and the card comes down to them."""
    person = ensure_person(session, actor.workspace, actor.user)
    values = forms.as_typed(question, text, today_for(person, now))
    answering.mistyped(
        session, decision.id, question.value, values, error.sentence, actor, error.field, error.candidates
    )
    show_card(session, decision, "requester", decision.requester_id, now, again=True)
    said = f"{error.sentence} The card below has it on buttons."
    _reply(session, actor, now, {"view": "refused", "sentence": said, "typed": text[:2000]})
