"""What written answers add up to, and who may give one."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.answers import Answers, Effect
from app.domain.errors import NotAllowed, NotNow, ThresholdError
from app.domain.ladder import RUNGS, Rung
from app.domain.lifecycle import OPEN, Status
from app.domain.policy.policy import SHIPPED_POLICY as POLICY
from app.domain.signing.signoff import Answer, Given, Outcome, needs_bar_raiser, outcome, why_not_answer
from app.words.signing.answers import ANSWER_SAID
from app.words.signing.refusals import may_not_answer
from app.words.states import STATUS_SAID

GIVEN = st.lists(st.builds(Given, st.just("U1"), st.sampled_from([None, *Answer])), max_size=4)


@pytest.mark.parametrize(
    ("answers", "open_questions", "expected"),
    [
        ([], 0, Outcome.WAITING),
        ([None], 0, Outcome.WAITING),
        ([Answer.APPROVE], 0, Outcome.APPROVED),
        ([Answer.APPROVE, None], 0, Outcome.WAITING),
        ([Answer.APPROVE, Answer.APPROVE], 0, Outcome.APPROVED),
        ([Answer.APPROVE, Answer.APPROVE], 1, Outcome.WAITING),
        ([Answer.NOT_YET, Answer.APPROVE], 0, Outcome.NOT_YET),
        ([Answer.NOT_YET, Answer.TWO_WAY], 0, Outcome.TWO_WAY),
        ([Answer.TWO_WAY, Answer.APPROVE], 3, Outcome.TWO_WAY),
        ([Answer.DECLINE, Answer.TWO_WAY, Answer.NOT_YET, None], 2, Outcome.DECLINED),
    ],
)
def test_answers_add_up(answers: Sequence[Answer | None], open_questions: int, expected: Outcome) -> None:
    assert outcome([Given(f"U{n}", one) for n, one in enumerate(answers)], open_questions=open_questions) is expected


@given(GIVEN, st.integers(0, 3))
def test_the_order_in_which_answers_came_does_not_matter(answers: list[Given], open_questions: int) -> None:
    there = outcome(answers, open_questions=open_questions)
    assert there is outcome(answers[::-1], open_questions=open_questions)


@given(GIVEN, st.integers(0, 3))
def test_approved_means_that_everybody_approved_and_no_question_is_open(answers: list[Given], n: int) -> None:
    unanimous = bool(answers) and all(one.answer is Answer.APPROVE for one in answers)
    assert (outcome(answers, open_questions=n) is Outcome.APPROVED) == (unanimous and n == 0)


@given(GIVEN, st.integers(0, 3))
def test_one_no_is_enough_whatever_else_was_said(answers: list[Given], n: int) -> None:
    assert outcome([*answers, Given("U9", Answer.DECLINE)], open_questions=n) is Outcome.DECLINED


def refusal(
    user: str = "signer",
    *,
    answered: Answer | None = None,
    closed: Status | None = None,
    signers: Sequence[str] = ("signer", "other"),
) -> ThresholdError:
    found = why_not_answer(
        user,
        requester="requester",
        signers=signers,
        handed_over={"before"},
        answered=answered,
        closed=closed is not None,
    )
    assert found is not None
    return may_not_answer(found, closed or Status.IN_REVIEW, answered)


def test_a_named_signer_who_has_not_answered_may_sign() -> None:
    assert not why_not_answer(
        "signer", requester="r", signers={"signer"}, handed_over=set(), answered=None, closed=False
    )


def test_somebody_who_handed_over_and_was_asked_again_may_sign() -> None:
    assert not why_not_answer(
        "back", requester="r", signers={"back"}, handed_over={"back"}, answered=None, closed=False
    )


def test_nobody_signs_their_own_memo() -> None:
    for signers in (("signer",), ("requester",)):
        refused = refusal("requester", signers=signers)
        assert isinstance(refused, NotAllowed)
        assert refused.sentence.startswith("Nobody signs their own memo.")


@pytest.mark.parametrize("answer", list(Answer))
def test_nobody_signs_twice(answer: Answer) -> None:
    refused = refusal(answered=answer)
    assert isinstance(refused, NotNow)
    assert refused.sentence == f"You answered this version already: {ANSWER_SAID[answer]}."


def test_nobody_signs_for_somebody_else() -> None:
    refused = refusal("stranger")
    assert isinstance(refused, NotAllowed)
    assert refused.sentence.startswith("Only the named signers can answer here.")


def test_who_handed_over_no_longer_signs() -> None:
    refused = refusal("before")
    assert isinstance(refused, NotAllowed)
    assert refused.sentence.startswith("Somebody else signs in your place now.")


@pytest.mark.parametrize("status", [status for status in Status if status not in OPEN])
@pytest.mark.parametrize("user", ["signer", "requester", "stranger", "before"])
def test_nobody_signs_after_it_has_closed(user: str, status: Status) -> None:
    refused = refusal(user, closed=status)
    assert isinstance(refused, NotNow)
    assert refused.sentence == f"This decision has closed: it is {STATUS_SAID[status]}. Nothing was changed."


@pytest.mark.parametrize("rung", RUNGS)
def test_a_bar_raiser_signs_unless_a_director_or_higher_does(rung: Rung) -> None:
    without = Answers(effects=frozenset(set(Effect) - {Effect.PROMISE}))
    assert needs_bar_raiser(rung, Answers(), POLICY) == (rung < Rung.DIRECTOR)
    assert needs_bar_raiser(rung, without, POLICY) == (rung < Rung.DIRECTOR)


@pytest.mark.parametrize("rung", RUNGS)
def test_a_public_promise_always_wants_a_bar_raiser(rung: Rung) -> None:
    assert needs_bar_raiser(rung, Answers(effects=frozenset({Effect.PROMISE})), POLICY)
    assert needs_bar_raiser(rung, Answers(effects=frozenset(Effect)), POLICY)


@pytest.mark.parametrize("answer", list(Answer))
def test_every_answer_has_its_words(answer: Answer) -> None:
    assert ANSWER_SAID[answer].strip()
