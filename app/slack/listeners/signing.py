"""Clicks and forms of the sign-off: sending it, answering, questions, conditions, and who is asked instead."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.db.keepers import keepers
from app.domain import permissions
from app.domain.errors import gathered
from app.domain.signing.signoff import Answer
from app.slack.forms import chosen
from app.slack.ids import Act, Modal
from app.slack.listeners.influence import follow_groups
from app.slack.listeners.interactions import Interaction, Request, View, about, form_of_decision, needed_person
from app.slack.packed import AboutDecision, AboutOpenQuestion, AnswerShown, MemoForm, Replacing, SignForm
from app.slack.views.modals.sending import send_modal
from app.slack.views.modals.signing import (
    change_answer_modal,
    climb_modal,
    close_question_modal,
    condition_modal,
    extend_modal,
    hand_over_modal,
    question_modal,
    reply_modal,
    sign_modal,
)
from app.words.moved_days import day_moved, same_day
from app.workflows.admission import only
from app.workflows.influence import approvals
from app.workflows.opening import open_decision
from app.workflows.signing import deadline, delegation, open_questions, sending, signoffs


def _send_form(request: Request[AboutDecision]) -> View:
    scene = request.services.scene(request.actor, request.payload.decision)
    only(request.actor, *permissions.requester(scene.decision))
    if scene.decision.touches:
        follow_groups(request.services, request.actor)
    with request.services.db.read() as session:
        found = approvals.proposal_of(session, scene.decision, request.services.clock())
        return send_modal(scene, keepers(session, request.actor.workspace), found)


def _send(session: Session, request: Request[AboutDecision], now: datetime) -> str | None:
    fields = request.fields
    with gathered() as wrong:
        with wrong.one():
            signer = needed_person(request, "signer", "Choose who decides on this rung.")
        with wrong.one():
            by = fields.needed_day("decide_by", "Choose the day by which you need the answer.")
    late = "yes" in fields.options("late")
    asked = sending.Sending(signer, fields.user("bar_raiser") or None, by, tuple(fields.users("readers")), late)
    decision = sending.send(session, request.payload.decision, asked, request.actor, now)
    return day_moved(by, decision.deadline_on or by, f"<@{signer}>", now.date())


def _sign(session: Session, request: Request[SignForm], now: datetime) -> None:
    form, said = request.payload, request.fields.text("said")
    meeting = _meeting(request, needed="meets" in request.fields)
    signoffs.sign(session, form.decision, form.answer, said, form.version, request.actor, now, meeting)


def _meeting(request: Request[Any], *, needed: bool) -> signoffs.Meeting:
    """Who meets a condition and by when. ``needed``: the form asks for both, and one sent empty is refused."""
    fields = request.fields
    with gathered() as wrong:
        if needed and not fields.user("meets"):
            wrong.add("Choose who meets it.", "meets")
        if needed and not fields.text("met_by"):
            wrong.add("Choose the day by which it is met.", "met_by")
    return signoffs.Meeting(fields.user("meets"), fields.day("met_by"))


def _change_answer(session: Session, request: Request[MemoForm], now: datetime) -> None:
    form, fields = request.payload, request.fields
    answer = chosen(Answer, fields.option("answer"), "answer")
    said, why = fields.text("said"), fields.text("why")
    meeting = _meeting(request, needed=False) if answer is Answer.NOT_YET else signoffs.Meeting()
    signoffs.change_answer(session, form.decision, answer, said, why, form.version, request.actor, now, meeting)


def _ask(session: Session, request: Request[AboutDecision], now: datetime) -> None:
    open_questions.ask(session, request.payload.decision, request.fields.text("text"), request.actor, now)


def _reply(session: Session, request: Request[AboutOpenQuestion], now: datetime) -> None:
    about_ = request.payload
    open_questions.reply(session, about_.decision, about_.question, request.fields.text("text"), request.actor, now)


def _resolve(session: Session, request: Request[AboutOpenQuestion], now: datetime) -> None:
    open_questions.resolve(session, request.payload.decision, request.payload.question, request.actor, now)


def _close_question(session: Session, request: Request[AboutOpenQuestion], now: datetime) -> None:
    about_, reason = request.payload, request.fields.text("reason")
    open_questions.close(session, about_.decision, about_.question, reason, request.actor, now)


def _take_back(session: Session, request: Request[AboutDecision], now: datetime) -> None:
    delegation.take_back(session, request.payload.decision, request.actor, now)


def _hand_over(session: Session, request: Request[AboutDecision], now: datetime) -> None:
    delegation.hand_over(session, request.payload.decision, needed_person(request), request.actor, now)


def _meet_condition(session: Session, request: Request[AboutDecision], now: datetime) -> None:
    signoffs.meet_condition(session, request.payload.decision, request.fields.text("how"), request.actor, now)


def _replace(session: Session, request: Request[Replacing], now: datetime) -> None:
    """In one click, by the ladder."""
    asked = request.payload
    delegation.replace_signer(session, asked.decision, asked.old, asked.to, asked.rung, request.actor, now)


def _replace_by_choice(session: Session, request: Request[Replacing], now: datetime) -> None:
    asked, to = request.payload, needed_person(request)
    delegation.replace_signer(session, asked.decision, asked.old, to, asked.rung, request.actor, now)


def _extend(session: Session, request: Request[AboutDecision], now: datetime) -> str | None:
    day = request.fields.needed_day("decide_by", "Choose the new day.")
    late = "yes" in request.fields.options("late")
    before = open_decision(session, request.actor, request.payload.decision).deadline_at
    decision = deadline.extend(session, request.payload.decision, day, request.actor, now, late=late)
    if decision.deadline_at == before:
        return same_day(decision.deadline_on or day, now.date())
    return day_moved(day, decision.deadline_on or day, "whoever answers", now.date())


CLICKS: Mapping[Act, Interaction[Any]] = {
    Act.SEND_OPEN: Interaction(AboutDecision.of, opens=_send_form),
    Act.SIGN_OPEN: Interaction(
        AnswerShown.of,
        opens=form_of_decision(
            permissions.signing_now, lambda scene, shown: sign_modal(scene, shown.answer, shown.version)
        ),
    ),
    Act.CHANGE_ANSWER_OPEN: Interaction(
        AboutDecision.of, opens=form_of_decision(permissions.signing_now, about(change_answer_modal))
    ),
    Act.QUESTION_OPEN: Interaction(
        AboutDecision.of, opens=form_of_decision(permissions.ever_signing, about(question_modal))
    ),
    Act.REPLY_OPEN: Interaction(
        AboutOpenQuestion.of,
        opens=form_of_decision(permissions.everybody, lambda scene, asked: reply_modal(scene, asked.question)),
    ),
    Act.RESOLVE: Interaction(AboutOpenQuestion.of, does=_resolve),
    Act.CLOSE_QUESTION_OPEN: Interaction(
        AboutOpenQuestion.of,
        opens=form_of_decision(permissions.requester, lambda scene, asked: close_question_modal(scene, asked.question)),
    ),
    Act.TAKE_BACK: Interaction(AboutDecision.of, does=_take_back),
    Act.HAND_OVER_OPEN: Interaction(
        AboutDecision.of, opens=form_of_decision(permissions.signing_now, about(hand_over_modal))
    ),
    Act.CONDITION_OPEN: Interaction(
        AboutDecision.of, opens=form_of_decision(permissions.may_meet, about(condition_modal))
    ),
    Act.CLIMB: Interaction(Replacing.of, does=_replace),
    Act.CLIMB_OPEN: Interaction(
        Replacing.of,
        opens=form_of_decision(permissions.requester, lambda scene, asked: climb_modal(scene, asked.old, asked.rung)),
    ),
    Act.EXTEND_OPEN: Interaction(AboutDecision.of, opens=form_of_decision(permissions.requester, about(extend_modal))),
}

FORMS: Mapping[Modal, Interaction[Any]] = {
    Modal.SEND: Interaction(AboutDecision.of, does=_send),
    Modal.SIGN: Interaction(SignForm.of, does=_sign),
    Modal.CHANGE_ANSWER: Interaction(MemoForm.of, does=_change_answer),
    Modal.QUESTION: Interaction(AboutDecision.of, does=_ask),
    Modal.REPLY: Interaction(AboutOpenQuestion.of, does=_reply),
    Modal.CLOSE_QUESTION: Interaction(AboutOpenQuestion.of, does=_close_question),
    Modal.HAND_OVER: Interaction(AboutDecision.of, does=_hand_over),
    Modal.CONDITION: Interaction(AboutDecision.of, does=_meet_condition),
    Modal.CLIMB: Interaction(Replacing.of, does=_replace_by_choice),
    Modal.EXTEND: Interaction(AboutDecision.of, does=_extend),
}
