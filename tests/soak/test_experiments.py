"""Ten thousand experiments without an effect, and what is called conclusive of them."""

from dataclasses import replace

import pytest

from tests.domain.tradeoffs.simulated import CONVERSION, RETURNS, REVENUE, plan_for, share_conclusive

pytestmark = pytest.mark.soak
MANY = 10_000
EXCHANGED = (replace(REVENUE, worth=1.0), replace(CONVERSION, worth=4.0, matters=None))


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("arms", [2, 4])
@pytest.mark.parametrize(
    "measures",
    [(CONVERSION,), (CONVERSION, RETURNS), (REVENUE, CONVERSION), EXCHANGED],
    ids=["one", "guarded", "order", "exchange"],
)
def test_of_ten_thousand_without_an_effect_at_most_five_in_a_hundred_are_conclusive(
    arms: int, measures: tuple[object, ...]
) -> None:
    plan = plan_for(arms, measures)  # type: ignore[arg-type]
    assert share_conclusive(plan, {}, MANY, seed=arms) <= 0.05


@pytest.mark.timeout(1800)
def test_nor_are_they_when_people_look_every_day() -> None:
    assert share_conclusive(plan_for(4, (CONVERSION, RETURNS)), {}, MANY, seed=1, daily=True) <= 0.05


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("arms", [2, 4])
def test_with_the_planned_effect_and_size_at_least_eighty_in_a_hundred_are(arms: int) -> None:
    plan = plan_for(arms, (CONVERSION, RETURNS))
    assert share_conclusive(plan, {("conversion", arms - 1): 0.005}, 2_000, seed=arms) >= 0.8
