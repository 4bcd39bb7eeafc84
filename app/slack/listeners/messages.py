"""A message to the bot: it starts a triage, or answers the question of the one it belongs to. Two never mix."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt import Ack
from sqlalchemy.orm import Session

from app.db import locks, posted, queries
from app.db.models import Decision
from app.domain.errors import Busy, NotNow, ThresholdError, Unreadable
from app.domain.lifecycle import Status
from app.domain.triage import Question
from app.slack import forms
from app.slack.ids import kept
from app.slack.listeners.commands import NUMBER
from app.slack.listeners.desk import Body, Desk, is_outside, team_of
from app.words.answers import COST_SAID
from app.workflows import triage
from app.workflows.common import (
    Actor,
    admit,
    ensure_person,
    ensure_workspace,
    open_decision,
    open_numbered,
    send,
    time_for,
    today_for,
)
from app.workflows.common import card as show_card

GREETING = re.compile(r"^(hi|hello|hey|help|thanks|thank you|ok|okay|\?)\W*$", re.IGNORECASE)


def message(desk: Desk) -> Callable[..., None]:
    def listener(ack: Ack, body: Body, event: dict[str, Any]) -> None:
        if _for_us(event):
            team = team_of(body)
            home = event.get("user_team") or event.get("team")
            actor = Actor(team, str(event["user"]), is_outside(body, team, home))
            text, identity = kept(str(event["text"])).strip(), str(body.get("event_id") or "")
            desk.know(actor)
            try:
                desk.do(actor, identity, lambda session, now: _take(session, actor, event, text, now))
            except Busy:
                raise  # no ack: Slack keeps the message and delivers it again
            except ThresholdError as error:
                refusal = {"view": "refused", "sentence": error.sentence, "typed": text[:2000]}
                desk.do(actor, identity, lambda session, now: _reply(session, actor, now, refusal))
        ack()

    return listener


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
    numbered = NUMBER.match(text)
    if numbered:
        triage.resume(session, open_numbered(session, actor, int(numbered.group(1))), actor, now)
        return
    if GREETING.match(text):
        _reply(session, actor, now, {"view": "help", **guest})
        return
    thread = event.get("thread_ts")
    card = posted.card_at(session, actor.workspace, str(event["channel"]), str(thread)) if thread else None
    if card is not None:
        answer_in_words(session, card.decision_id, text, actor, now)
        return
    triages = queries.triages_of(session, actor.workspace, actor.user)
    unnamed = next((d for d in triages if not d.title), None)
    if unnamed is not None:
        triage.name(session, unnamed.id, text, actor, now)
    elif not triages and _says_nothing(text):
        _reply(session, actor, now, {"view": "help", **guest})
    elif not triages:
        triage.start(session, text, actor, now)
    elif len(triages) == 1 and _answers(session, triages[0], text, actor, now):
        return
    else:
        row = triage.park(session, text, actor, now)
        ids = [d.id for d in triages[:5]]
        asked = {"view": "which_triage", "parked": row.id, "text": text[:500], "triages": ids}
        _reply(session, actor, now, {**asked, **guest})


def _says_nothing(text: str) -> bool:
    """A stray key or two: no decision has so short a name. (In Chinese it may.)"""
    return text.isascii() and sum(one.isalpha() for one in text) < 4


CLOSED = frozenset({Question.UNDO, Question.UNDO_COST})
"""Questions whose few answers can't be mistaken for a new decision."""


def _answers(session: Session, d: Decision, text: str, actor: Actor, now: datetime) -> bool:
    """Whether a message outside any thread is plainly the answer to the one open triage."""
    question = triage.current_question(session, d, now)
    said = text.lower().strip(" .!")
    short = len(said.split()) <= 3 or said in COST_SAID.values()  # “two weeks”, and no sentence that speaks of weeks
    if question is None or not (said in forms.NO or (question in CLOSED and short)):
        return False
    try:
        answer_in_words(session, d.id, text, actor, now)
    except Unreadable:
        return False
    return True


def answer_in_words(session: Session, id: int, text: str, actor: Actor, now: datetime) -> None:
    """A typed answer to the question on this decision's card.

    Raises:
        Unreadable: words are not enough for this question, or don't say which answer is meant.
        NotNow: there is no question on the card.
    """
    d = open_decision(session, actor, id)
    if d.status is Status.TRIAGE and d.requester_id == actor.user:
        if not d.title:
            triage.name(session, d.id, text, actor, now)
            return
        question = triage.current_question(session, d, now)
        if question is not None:
            person = ensure_person(session, actor.workspace, actor.user)
            try:
                answer = forms.written(question, text, today_for(person, now), time_for(person, now))
            except Unreadable as error:
                if error.field is None or not error.candidates:
                    raise
                _offer(session, d, question, text, error, actor, now)
                return
            triage.answer(session, d.id, question, answer, actor, now)
            return
    raise NotNow(f"{d.name} doesn't wait for a message from you. The buttons on its card do what can be done now.")


def _offer(
    session: Session, d: Decision, question: Question, text: str, error: Unreadable, actor: Actor, now: datetime
) -> None:
    """What was written stands on the card, below it what could be meant on buttons; and the card comes down to them."""
    person = ensure_person(session, actor.workspace, actor.user)
    values = forms.as_typed(question, text, today_for(person, now))
    triage.mistyped(session, d.id, question.value, values, error.sentence, actor, error.field, error.candidates)
    show_card(session, d, "requester", d.requester_id, now, again=True)
    said = f"{error.sentence} The card below has it on buttons."
    _reply(session, actor, now, {"view": "refused", "sentence": said, "typed": text[:2000]})
