"""When a decision is looked at again."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.domain.looking_back import Right, learning_check_on, review_on
from app.domain.policy.policy import SHIPPED_POLICY as POLICY
from app.words.looking_back import RIGHT_SAID

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def test_what_shipped_is_reviewed_four_weeks_later() -> None:
    assert review_on(date(2026, 11, 23), POLICY) == date(2026, 12, 21)
    assert review_on(date(2028, 2, 1), POLICY) == date(2028, 2, 29)


def test_a_two_way_door_is_checked_two_weeks_later() -> None:
    assert learning_check_on(date(2026, 11, 23), POLICY) == date(2026, 12, 7)


@given(DAYS)
def test_a_review_falls_on_the_weekday_on_which_it_shipped(day: date) -> None:
    assert review_on(day, POLICY).weekday() == day.weekday()
    assert learning_check_on(day, POLICY).weekday() == day.weekday()


@given(DAYS, st.integers(1, 90), st.integers(1, 90))
def test_another_policy_gives_other_dates(day: date, learning: int, review: int) -> None:
    policy = replace(POLICY, learning_check_days=learning, review_days=review)
    assert (learning_check_on(day, policy) - day).days == learning
    assert (review_on(day, policy) - day).days == review


def test_every_answer_to_was_it_right_has_its_words() -> None:
    assert set(RIGHT_SAID) == set(Right)
    assert len(set(RIGHT_SAID.values())) == len(Right)
