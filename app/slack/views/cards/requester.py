"""The requester's one card, edited in place: the question, the verdict, the memo, the sign-off, the outcome."""

from app.domain.lifecycle import Status
from app.domain.triage.doors import Door
from app.domain.triage.questions import Question, next_question
from app.domain.triage.verdict import NextStep, Verdict
from app.slack.views.cards.in_review import in_review_card, not_yet_card
from app.slack.views.cards.memo import drafting_card
from app.slack.views.cards.outcome import outcome_card
from app.slack.views.cards.triage import question_card, title_card
from app.slack.views.cards.verdict import held_card, one_way_card, two_way_card
from app.slack.views.scene import Message, Scene


def requester_card(scene: Scene) -> Message:
    decision = scene.decision
    if decision.status is Status.TRIAGE:
        if not decision.title:
            return title_card(scene)
        question = scene.question or next_question(decision.answers, scene.setting, scene.policy)
        if scene.question is None and decision.verdict:
            return _verdict_card(scene, decision.verdict)
        return question_card(scene, question or Question.UNDO)
    if decision.status is Status.HELD and decision.verdict:
        return held_card(scene, decision.verdict)
    if decision.status is Status.DRAFTING:
        return drafting_card(scene)
    if decision.status is Status.IN_REVIEW:
        return in_review_card(scene)
    if decision.status is Status.NOT_YET:
        return not_yet_card(scene)
    return outcome_card(scene)


def _verdict_card(scene: Scene, verdict: Verdict) -> Message:
    if verdict.door is Door.TWO_WAY:
        return two_way_card(scene, verdict)
    return one_way_card(scene, verdict) if verdict.next_step is NextStep.WRITE_MEMO else held_card(scene, verdict)
