"""Which question comes next: each is asked only while its answer can change the verdict."""

from dataclasses import replace

from app.domain.answers import Answers, Setting
from app.domain.ladder import Rung
from app.domain.policy.policy import Policy
from app.domain.stored_words import StoredEnum
from app.domain.triage.doors import clearly_two_way, two_way_by_trial
from app.domain.triage.lowest_rung import floor, slt_in_reach


class Question(StoredEnum):
    UNDO = "undo"
    EFFECTS = "effects"
    UNDO_COST = "undo_cost"
    TRIAL = "trial"
    DEADLINE = "deadline"
    COSTS = "costs"
    TRIED = "tried"
    COMMITMENT = "commitment"


IN_MONEY, ON_SCALE = "money", "scale"
"""The two ways to say what waiting and a mistake cost."""

QUESTIONS: tuple[Question, ...] = tuple(Question)


def asks_undo_cost(a: Answers, policy: Policy) -> bool:
    """Its answer matters while it can make the door two-way or lift the rung."""
    can_be_two_way = a.undo in policy.two_way_undo and not a.effects
    highest = max(policy.floor_by_cost.values(), default=Rung.PEER)  # a policy may want nothing by what undoing costs
    return can_be_two_way or floor(replace(a, undo_cost=None, costs=None), policy) < highest


def asked(a: Answers, setting: Setting, policy: Policy) -> tuple[Question, ...]:
    """The questions this triage asks, in order, as far as the answers so far tell."""
    questions = [Question.UNDO, Question.EFFECTS]
    if a.undo is None or a.effects is None:
        return tuple(questions)
    if asks_undo_cost(a, policy):
        questions.append(Question.UNDO_COST)
        if a.undo_cost is None or clearly_two_way(a, policy):
            return tuple(questions)
    questions.append(Question.TRIAL)
    if a.trial is None or two_way_by_trial(a):
        return tuple(questions)
    questions += [Question.DEADLINE, Question.COSTS, Question.TRIED]
    if a.tried is not None and a.costs is not None and slt_in_reach(a, setting, policy):
        questions.append(Question.COMMITMENT)
    return tuple(questions)


def answered(a: Answers, question: Question) -> bool:
    return getattr(a, question.value) is not None


def next_question(a: Answers, setting: Setting, policy: Policy) -> Question | None:
    """The first question without an answer; None when the verdict stands."""
    return next((question for question in asked(a, setting, policy) if not answered(a, question)), None)


def settle(a: Answers, setting: Setting, policy: Policy) -> Answers:
    """The answers without those that are no longer asked, so that a changed answer leaves no trace behind it."""
    questions = asked(a, setting, policy)
    return replace(a, **{question.value: None for question in QUESTIONS if question not in questions})
