"""Clicks and forms of a triage and its verdict, and of who was asked on the rung below."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain import permissions
from app.domain.errors import Unreadable
from app.domain.triage.below import Advice, DecidedBelow
from app.domain.triage.questions import IN_MONEY, ON_SCALE, Question
from app.slack import forms
from app.slack.ids import Act, Modal
from app.slack.listeners.commands import may_start
from app.slack.listeners.interactions import Interaction, Request, View, about, form_of_decision, needed_person
from app.slack.listeners.messages import answer_in_words
from app.slack.listeners.requests import messages_link
from app.slack.packed import (
    AboutDecision,
    AboutTriageQuestion,
    AnswerBelow,
    Nothing,
    ParkedForDecision,
    ParkedMessage,
    Source,
    TappedAnswer,
)
from app.slack.views.modals.triage import (
    advise_below_modal,
    ask_below_modal,
    decide_below_modal,
    override_modal,
    own_words_modal,
    rename_modal,
    start_modal,
    started_modal,
    withdraw_modal,
)
from app.slack.views.scene import Scene
from app.words.moved_days import day_moved
from app.workflows.notifying import send
from app.workflows.opening import ensure_person, open_decision
from app.workflows.scheduling import time_for, today_for
from app.workflows.signing import deciding_below, signoffs
from app.workflows.triage import answering, intake, verdicts

# ── the questions ───────────────────────────────────────────────────────────────────────────────────────


def _answer_tapped(session: Session, request: Request[TappedAnswer], now: datetime) -> None:
    tapped = request.payload
    if tapped.question is Question.COSTS and tapped.answer in (IN_MONEY, ON_SCALE):
        answering.say_costs(session, tapped.decision, tapped.answer, request.actor, now)
        return
    answer = forms.tapped(tapped.question, tapped.answer)
    answering.answer(session, tapped.decision, tapped.question, answer, request.actor, now)


def _answer_filled_in(session: Session, request: Request[AboutTriageQuestion], now: datetime) -> None:
    actor, question = request.actor, request.payload.question
    decision = open_decision(session, actor, request.payload.decision)
    person = ensure_person(session, actor.workspace, actor.user)
    asker = forms.Asker(today_for(person, now), decision.answers, person.locale, time_for(person, now))
    answering.answer(session, decision.id, question, forms.filled(question, request.fields, asker), actor, now)


def _name(session: Session, request: Request[AboutDecision], now: datetime) -> None:
    intake.name(session, request.payload.decision, request.fields.text("title"), request.actor, now)


def _go_to(session: Session, request: Request[AboutTriageQuestion], now: datetime) -> None:
    answering.go_to(session, request.payload.decision, request.payload.question, request.actor, now)


def _leave(session: Session, request: Request[AboutDecision], now: datetime) -> str:
    name = open_decision(session, request.actor, request.payload.decision).name
    return f"{name} stays here as it is. Come back to this card, or type “/escalate {name}”, whenever you like."


def _deflect(session: Session, request: Request[AboutDecision], now: datetime) -> str | None:
    fields = request.fields
    owner = fields.user("owner") or request.actor.user
    deflection = verdicts.Deflection(owner, fields.text("metric"), fields.day("look_on"))
    decision = verdicts.deflect(session, request.payload.decision, deflection, request.actor, now)
    chosen_day = deflection.look_on
    return (
        None if chosen_day is None else day_moved(chosen_day, decision.look_on or chosen_day, f"<@{owner}>", now.date())
    )


def _parked_answers(session: Session, request: Request[ParkedForDecision], now: datetime) -> None:
    text, id = intake.unpark(session, request.payload.message, request.actor), request.payload.decision
    decision = open_decision(session, request.actor, id)
    answer_in_words(session, id, text, request.actor, now)
    intake.taken_up(session, request.payload.message, decision, now)


def _parked_is_new(session: Session, request: Request[ParkedMessage], now: datetime) -> None:
    text = intake.unpark(session, request.payload.message, request.actor)
    decision = intake.start(session, text, request.actor, now)
    intake.taken_up(session, request.payload.message, decision, now)


# ── beginning and ending ────────────────────────────────────────────────────────────────────────────────


def _start_form(request: Request[Nothing]) -> View:
    may_start(request.services, request.actor)
    return start_modal()


def _start(session: Session, request: Request[Source], now: datetime) -> str:
    """From Home or from a thread. A thread comes along as the source, read once the person has their answer."""
    fields, source = request.fields, request.payload
    sentence, place = fields.text("sentence"), fields.channel("channel")
    if not sentence:
        raise Unreadable("Say in one sentence what has to be decided.", "sentence")
    private = "yes" in fields.options("private")
    closed = source.closed and place in ("", source.channel)  # in another channel, which they chose, all may know
    decision = intake.start(
        session, sentence, request.actor, now, channel=place or None, private=private, closed_channel=closed
    )
    if source.channel and source.ts:
        words = source.text or sentence
        workspace = request.actor.workspace
        send(session, workspace, "thread", source.channel, now, decision, ts=source.ts, text=words)
    return decision.name


def _to_first_question(request: Request[Source], name: str) -> View:
    """What stands in the form's place: the way to what is asked first."""
    return started_modal(name, messages_link(request.actor.workspace, request.app))


def _withdraw(session: Session, request: Request[AboutDecision], now: datetime) -> None:
    signoffs.withdraw(session, request.payload.decision, request.fields.text("why"), request.actor, now)


# ── a failed gate ───────────────────────────────────────────────────────────────────────────────────────


def _go_on_anyway(session: Session, request: Request[AboutDecision], now: datetime) -> None:
    verdicts.go_on_anyway(session, request.payload.decision, request.fields.text("reason"), request.actor, now)


def _ask_below(session: Session, request: Request[AboutDecision], now: datetime) -> None:
    person = needed_person(request, "person", "Choose whom to ask.")
    verdicts.ask_below(session, request.payload.decision, person, request.fields.text("text"), request.actor, now)


def _answer_below(session: Session, request: Request[AnswerBelow], now: datetime) -> None:
    answer = request.payload
    said = request.fields.text("said")
    deciding_below.advise_below(session, answer.decision, answer.advice, said, request.actor, now)


def _own_words(session: Session, request: Request[AboutDecision], now: datetime) -> None:
    deciding_below.own_words(session, request.payload.decision, request.fields.text("said"), request.actor, now)


def _rename(session: Session, request: Request[AboutDecision], now: datetime) -> None:
    fields = request.fields
    intake.rename(session, request.payload.decision, fields.text("title"), fields.text("note"), request.actor, now)


def _decide_below(session: Session, request: Request[AboutDecision], now: datetime) -> None:
    fields = request.fields
    decided = DecidedBelow(
        fields.text("what"), fields.text("premortem"), fields.user("bar_raiser") or None, fields.text("metric")
    )
    deciding_below.decide_below(session, request.payload.decision, decided, request.actor, now)


def _advising(advice: Advice) -> Callable[[Scene, AboutDecision], View]:
    return about(lambda scene: advise_below_modal(scene, advice))


def _take_up(session: Session, request: Request[AboutDecision], now: datetime) -> str:
    decision = answering.take_up(session, request.payload.decision, request.actor, now)
    return f"{decision.name} stays open. Its card is at the bottom of our conversation."


CLICKS: Mapping[Act, Interaction[Any]] = {
    Act.ANSWER: Interaction(TappedAnswer.of, does=_answer_tapped),
    Act.ANSWER_FORM: Interaction(
        AboutTriageQuestion.of, does=_answer_filled_in, keeps_typed=lambda about: about.question.value
    ),
    Act.TITLE_FORM: Interaction(AboutDecision.of, does=_name, keeps_typed=lambda _: "title"),
    Act.BACK: Interaction(AboutTriageQuestion.of, does=_go_to),
    Act.CHANGE: Interaction(AboutTriageQuestion.of, does=_go_to),
    Act.TAKE_UP: Interaction(AboutDecision.of, does=_take_up),
    Act.LEAVE: Interaction(AboutDecision.of, does=_leave),
    Act.DEFLECT_FORM: Interaction(AboutDecision.of, does=_deflect, keeps_typed=lambda _: "deflect"),
    Act.PARKED_TO: Interaction(ParkedForDecision.of, does=_parked_answers),
    Act.PARKED_NEW: Interaction(ParkedMessage.of, does=_parked_is_new),
    Act.START_OPEN: Interaction(Nothing.of, opens=_start_form),
    Act.OVERRIDE_OPEN: Interaction(
        AboutDecision.of, opens=form_of_decision(permissions.requester, about(override_modal))
    ),
    Act.ASK_BELOW_OPEN: Interaction(
        AboutDecision.of, opens=form_of_decision(permissions.requester, about(ask_below_modal))
    ),
    Act.BELOW_CAN_OPEN: Interaction(
        AboutDecision.of,
        opens=form_of_decision(permissions.asked_below, about(decide_below_modal)),
    ),
    Act.BELOW_CANNOT_OPEN: Interaction(
        AboutDecision.of,
        opens=form_of_decision(permissions.asked_below, _advising(Advice.CANNOT_DECIDE)),
    ),
    Act.BELOW_TWO_WAY_OPEN: Interaction(
        AboutDecision.of, opens=form_of_decision(permissions.asked_below, _advising(Advice.TWO_WAY))
    ),
    Act.BELOW_DISAGREE_OPEN: Interaction(
        AboutDecision.of, opens=form_of_decision(permissions.asked_below, _advising(Advice.DISAGREE))
    ),
    Act.OWN_WORDS_OPEN: Interaction(
        AboutDecision.of, opens=form_of_decision(permissions.asked_below, about(own_words_modal))
    ),
    Act.RENAME_OPEN: Interaction(AboutDecision.of, opens=form_of_decision(permissions.requester, about(rename_modal))),
    Act.WITHDRAW_OPEN: Interaction(
        AboutDecision.of, opens=form_of_decision(permissions.requester, about(withdraw_modal))
    ),
}

FORMS: Mapping[Modal, Interaction[Any]] = {
    Modal.START: Interaction(Source.of, does=_start, closes_with=_to_first_question),
    Modal.OVERRIDE: Interaction(AboutDecision.of, does=_go_on_anyway),
    Modal.ASK_BELOW: Interaction(AboutDecision.of, does=_ask_below),
    Modal.BELOW: Interaction(AnswerBelow.of, does=_answer_below),
    Modal.DECIDE_BELOW: Interaction(AboutDecision.of, does=_decide_below),
    Modal.OWN_WORDS: Interaction(AboutDecision.of, does=_own_words),
    Modal.RENAME: Interaction(AboutDecision.of, does=_rename),
    Modal.WITHDRAW: Interaction(AboutDecision.of, does=_withdraw),
}
