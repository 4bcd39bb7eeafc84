"""Measured, not guessed: silent ones count as still waiting, few answers say nothing, and nobody is told apart."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.influence.measured import Asked, measured

TIMES = st.lists(
    st.builds(Asked, st.sampled_from(["U1", "U2", "U3", "U4"]), st.floats(0, 30), st.booleans()), max_size=25
)


@given(TIMES)
def test_nothing_is_told_of_fewer_than_three_people_or_below_five_answers(times: list[Asked]) -> None:
    found = measured(times)
    if len({one.user for one in times if one.answered}) < 3:
        assert found is None
    else:
        assert found is not None
        answers = sum(one.answered for one in times)
        assert (found.asked, found.answers) == (len(times), answers)
        assert not found.tells or answers >= 5


@given(TIMES, st.lists(st.floats(0, 30), min_size=1, max_size=9))
def test_whoever_is_silent_never_makes_a_team_look_faster(times: list[Asked], silent: list[float]) -> None:
    before = measured([*times, *(Asked(f"U{at}", 1.0, True) for at in range(5))])
    after = measured(
        [*times, *(Asked(f"U{at}", 1.0, True) for at in range(5)), *(Asked("U9", one, False) for one in silent)]
    )
    assert before is not None
    assert after is not None
    if before.median is not None and after.median is not None:
        assert after.median >= before.median


def test_five_and_a_half_days_of_nine_with_those_who_wait_still() -> None:
    answered = [1.0, 3.5, 5.0, 5.5, 6.0, 8.0]
    times = [Asked(f"U{at % 4}", days, True) for at, days in enumerate(answered)]
    times += [Asked("U1", 2.0, False), Asked("U2", 7.0, False), Asked("U3", 9.0, False)]
    found = measured(times)
    assert found is not None
    assert (found.asked, found.answers, found.tells) == (9, 6, True)
    assert found.median == 6.0
    assert found.low is not None
    assert found.low < found.median
