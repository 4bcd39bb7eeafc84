"""An answer as a short line: what somebody said so far, in a triage and on the memo's page."""

from datetime import date

from app.domain.amounts import format_amount
from app.domain.answers import Answers, Attempt, Costs
from app.domain.policy import Policy
from app.domain.triage import QUESTIONS, Question, answered
from app.slack.views.text import day, inline, mention
from app.words.answers import COST_SAID, EFFECT_SAID, RESULT_SAID, UNDO_SAID
from app.words.triage import waiting_costs

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


def answers_so_far(a: Answers, today: date, policy: Policy) -> list[str]:
    """One mrkdwn line an answer, in the order of the questions; each at most 300 characters."""
    return [
        f"{QUESTION_NAMES[question]}: *{answer_said(question, a, today, policy)}*"
        for question in QUESTIONS
        if answered(a, question)
    ]


def answer_said(question: Question, a: Answers, today: date, policy: Policy) -> str:
    """The answer to ``question``, ready for mrkdwn; empty while there is none."""
    if question is Question.UNDO and a.undo:
        return UNDO_SAID[a.undo]
    if question is Question.EFFECTS and a.effects is not None:
        return ", ".join(EFFECT_SAID[effect] for effect in EFFECT_SAID if effect in a.effects) or "nothing"
    if question is Question.UNDO_COST and a.undo_cost:
        return COST_SAID[a.undo_cost]
    if question is Question.COSTS and a.costs:
        return _costs_said(a.costs, policy)
    if question is Question.TRIED and a.tried is not None:
        return "; ".join(_attempt_said(one) for one in a.tried)[:280] or "nobody"
    return _answer_in_words(question, a, today)


def _answer_in_words(question: Question, a: Answers, today: date) -> str:
    """The three questions that are answered with no, or in a person's own words."""
    if question is Question.TRIAL and a.trial:
        if not a.trial.possible:
            return "no, all or nothing"
        return inline(a.trial.what, 200) + (", which would leave something behind" if a.trial.lasting else "")
    if question is Question.DEADLINE and a.deadline:
        on = f", {day(a.deadline.on, today)}" if a.deadline.on else ""
        return inline(a.deadline.what, 200) + on if a.deadline.blocks else "none"
    if question is Question.COMMITMENT and a.commitment:
        return inline(a.commitment.which, 200) if a.commitment.threatened else "none threatened"
    return ""


def _costs_said(costs: Costs, policy: Policy) -> str:
    odds = f"{policy.likelihood[costs.likelihood]:.0%} likely"
    if costs.mistake and (waiting := waiting_costs(costs)):
        lost = f", {format_amount(costs.lost)} more with the deadline" if costs.lost else ""
        return f"waiting {waiting}{lost}, a mistake {format_amount(costs.mistake)}, {odds}"
    return f"waiting {costs.delay_step or 1} of 5, a mistake {costs.mistake_step or 1} of 5, {odds}"


def _attempt_said(attempt: Attempt) -> str:
    who = f"{mention(attempt.who)} ({attempt.rung.said})" if attempt.who else attempt.rung.said
    return f"{who}: {RESULT_SAID[attempt.result]}"
