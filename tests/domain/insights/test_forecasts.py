"""Were we as sure as we should have been: Brier's score with its parts, coverage, shares of few."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.insights.forecasts import Forecast, Interval, brier, coverage, step_number, steps_of
from app.domain.insights.shares import share

FORECASTS = st.lists(st.builds(Forecast, st.floats(0, 1), st.booleans()), min_size=1, max_size=200)


@given(FORECASTS)
def test_the_parts_of_the_score_add_up(forecasts: list[Forecast]) -> None:
    found = brier(forecasts)
    assert found is not None
    assert abs(found.score - (found.reliability - found.resolution + found.uncertainty)) <= 1e-12
    assert found.score == pytest.approx(
        math.fsum((one.probability - one.came) ** 2 for one in forecasts) / len(forecasts)
    )


@given(FORECASTS)
def test_each_forecast_stands_in_one_step_and_equal_ones_in_the_same(forecasts: list[Forecast]) -> None:
    steps = steps_of(forecasts)
    assert sum(step.came.of for step in steps) == len(forecasts)
    assert sum(step.came.hits for step in steps) == sum(one.came for one in forecasts)
    assert [step_number(one / 10) for one in range(11)] == [*range(10), 9]


def test_who_always_says_fifty_fifty_gets_a_quarter() -> None:
    found = brier([Forecast(0.5, came) for came in (True, False) * 5])
    assert found is not None
    assert (found.score, found.reliability, found.resolution) == (0.25, 0, 0)
    assert brier([]) is None


def test_a_step_stands_at_the_mean_of_what_was_said() -> None:
    (step,) = steps_of([Forecast(0.71, True), Forecast(0.79, False)])
    assert step.said == pytest.approx(0.75)
    assert (step.came.hits, step.came.of) == (1, 2)


def test_an_interval_holds_what_lies_on_its_edge() -> None:
    found = coverage([Interval(10, 14, 10), Interval(10, 14, 14), Interval(10, 14, 14.1)])
    assert (found.hits, found.of) == (2, 3)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (1, 29, 0.0061, 0.1718)],
)
def test_a_share_has_wilsons_interval(hits: int, of: int, low: float, high: float) -> None:
    found = share(hits, of)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_share_lies_in_its_interval(hits: int, more: int) -> None:
    found = share(hits, hits + more)
    assert 0 <= found.low <= found.high <= 1
    if found.value is not None:
        assert found.low <= found.value + 1e-12
        assert found.value <= found.high + 1e-12
    with pytest.raises(ValueError, match="is no share"):
        share(2, 1)
