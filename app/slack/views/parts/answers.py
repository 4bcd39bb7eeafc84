"""An answer as a short line: what somebody said so far, in a triage and on the memo's page."""

from datetime import date

from app.domain.answers import Answers, Attempt, Costs
from app.domain.policy.policy import Policy
from app.domain.reading.amounts import format_amount
from app.domain.triage.questions import QUESTIONS, Question, answered
from app.slack.views.text import day, inline, mention
from app.words.ladder import rung_said
from app.words.triage.answers import COST_SAID, EFFECT_SAID, RESULT_SAID, UNDO_SAID
from app.words.triage.verdict import waiting_costs

QUESTION_NAMES = {
    Question.UNDO: "Way back",
    Question.EFFECTS: "Can't be taken back",
    Question.UNDO_COST: "Cost to undo",
    Question.TRIAL: "Small trial",
    Question.DEADLINE: "Deadline",
    Question.COSTS: "Costs",
    Question.TRIED: "Asked so far",
    Question.COMMITMENT: "Quarterly commitment",
}
"""Each question in two or three words."""


def answers_so_far(answers: Answers, today: date, policy: Policy) -> list[str]:
    """One mrkdwn line an answer, in the order of the questions; each at most 300 characters."""
    return [
        f"{QUESTION_NAMES[question]}: *{answer_said(question, answers, today, policy)}*"
        for question in QUESTIONS
        if answered(answers, question)
    ]


def answer_said(question: Question, answers: Answers, today: date, policy: Policy) -> str:
    """The answer to ``question``, ready for mrkdwn; empty while there is none."""
    if question is Question.UNDO and answers.undo:
        return UNDO_SAID[answers.undo]
    if question is Question.EFFECTS and answers.effects is not None:
        return ", ".join(EFFECT_SAID[effect] for effect in EFFECT_SAID if effect in answers.effects) or "nothing"
    if question is Question.UNDO_COST and answers.undo_cost:
        return COST_SAID[answers.undo_cost]
    if question is Question.COSTS and answers.costs:
        return _costs_said(answers.costs, policy)
    if question is Question.TRIED and answers.tried is not None:
        return "; ".join(_attempt_said(one) for one in answers.tried)[:280] or "nobody"
    return _answer_in_words(question, answers, today)


def _answer_in_words(question: Question, answers: Answers, today: date) -> str:
    """The three questions that are answered with no, or in a person's own words."""
    if question is Question.TRIAL and answers.trial:
        if not answers.trial.possible:
            return "no, all or nothing"
        return inline(answers.trial.what, 200) + (
            ", which would leave something behind" if answers.trial.lasting else ""
        )
    if question is Question.DEADLINE and answers.deadline:
        on = f", {day(answers.deadline.on, today)}" if answers.deadline.on else ""
        return inline(answers.deadline.what, 200) + on if answers.deadline.blocks else "none"
    if question is Question.COMMITMENT and answers.commitment:
        return inline(answers.commitment.which, 200) if answers.commitment.threatened else "none threatened"
    return ""


def _costs_said(costs: Costs, policy: Policy) -> str:
    odds = f"{policy.likelihood[costs.likelihood]:.0%} likely"
    if costs.mistake and (waiting := waiting_costs(costs)):
        lost = f", {format_amount(costs.lost)} more with the deadline" if costs.lost else ""
        return f"waiting {waiting}{lost}, a mistake {format_amount(costs.mistake)}, {odds}"
    return f"waiting {costs.delay_step or 1} of 5, a mistake {costs.mistake_step or 1} of 5, {odds}"


def _attempt_said(attempt: Attempt) -> str:
    who = f"{mention(attempt.who)} ({rung_said(attempt.rung)})" if attempt.who else rung_said(attempt.rung)
    return f"{who}: {RESULT_SAID[attempt.result]}"
