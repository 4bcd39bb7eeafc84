"""An experiment held against its rule: sizes, intervals, one verdict at its end."""

import math
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from app.domain.tradeoffs.effects import Known, effect_of, split_chance, wilson
from app.domain.tradeoffs.experiment import FEWEST, LEVEL, Measure, NotPlanned, Plan, ends_on, measure_of, needed
from app.domain.tradeoffs.middle import in_the_middle
from app.domain.tradeoffs.objective_figures import Unit
from app.domain.tradeoffs.objective_types import Metric
from app.domain.tradeoffs.objectives import read_objective
from app.domain.tradeoffs.results import Observed, Results
from app.domain.tradeoffs.verdict import Outcome, Why, judge
from app.words.tradeoffs.experiments import effect_lines, rule_said, size_said, verdict_said
from tests.domain.tradeoffs.simulated import CONVERSION, RETURNS, REVENUE, START, plan_for, share_conclusive

POINTS = Unit.PERCENTAGE_POINTS


def results(plan: Plan, hits: dict[str, int], seen: int | None = None, until: date | None = None) -> Results:
    many = seen or plan.needed
    rows = tuple(Observed("conversion", arm, "dashboard", many, hits=count) for arm, count in hits.items())
    return Results(rows, until or plan.ends)


def two_arms(matters: float = 0.5) -> Plan:
    return plan_for(2, (replace(CONVERSION, matters=matters),))


# ── how many ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_size_is_the_textbook_one_for_two_arms() -> None:
    z = stats.norm.ppf(1 - LEVEL / 2) + stats.norm.ppf(0.8)
    widest = 0.055 * 0.945
    assert needed(2, (CONVERSION,)) == math.ceil(2 * widest * (z / 0.005) ** 2)


@given(st.integers(2, 6), st.floats(0.2, 3))
def test_more_arms_and_smaller_effects_need_more(arms: int, matters: float) -> None:
    one = (replace(CONVERSION, matters=matters),)
    assert needed(arms + 1, one) >= needed(arms, one) >= FEWEST
    assert needed(arms, (replace(CONVERSION, matters=matters / 2),)) >= needed(arms, one)
    assert needed(arms, (*one, RETURNS)) >= needed(arms, one), "what may not be lost has to be seen, too"


def test_it_runs_whole_weeks_and_within_a_year() -> None:
    assert ends_on(START, 2, 1000, 10_000) == START + timedelta(days=7)
    assert ends_on(START, 2, 10_000, 2_000) == START + timedelta(days=14)
    assert (ends_on(START, 2, 10_000_000, 1) - START).days == 366
    for lacks in (replace(CONVERSION, today=None), replace(CONVERSION, matters=None)):
        with pytest.raises(NotPlanned):
            needed(2, (lacks,))


def test_an_objective_puts_its_change_into_the_experiment() -> None:
    found = [
        read_objective(text, START) for text in ("Boost click-through by 0.3 points", "Raise conversion from 4% to 5%")
    ]
    click, conversion = (measure_of(one) for one in found if isinstance(one, Metric))
    assert (click.unit, click.matters, click.up_is_good) == (POINTS, 0.3, True)
    checkout = read_objective("Cut checkout from 45 seconds to 8", START)
    assert isinstance(checkout, Metric)
    assert (measure_of(checkout).today, measure_of(checkout).matters) == (None, 37.0), "a mean, and no share"
    assert (conversion.today, conversion.unit, conversion.matters) == (0.04, POINTS, 1.0)


# ── intervals ───────────────────────────────────────────────────────────────────────────────────────────


@given(st.integers(0, 60), st.integers(60, 200))
def test_a_share_has_the_librarys_interval(hits: int, of: int) -> None:
    low, high = wilson(hits, of, 1.959963984540054)
    theirs = stats.binomtest(hits, of).proportion_ci(0.95, "wilson")
    assert (max(low, 0), min(high, 1)) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


def test_means_have_welchs_interval_and_a_ratio_fiellers() -> None:
    one = Measure("basket", True, Unit.MONEY, 40.0, 12.0, 1.0)
    first = Observed("basket", "a", "s", 400, mean=40.0, spread=12.0)
    other = Observed("basket", "b", "s", 300, mean=43.0, spread=15.0)
    found = effect_of(one, "b", first, other, 0.05)
    assert found.low is not None
    assert found.high is not None
    for edge in (found.low, found.high):  # where the interval ends, the library's test turns
        assert stats.ttest_ind_from_stats(43 - edge, 15, 300, 40, 12, 400, equal_var=False).pvalue == pytest.approx(
            0.05
        )
    ratio = effect_of(replace(one, unit=Unit.PERCENT), "b", first, other, 0.05)
    assert ratio.value == pytest.approx(7.5)
    assert ratio.low is not None
    assert ratio.high is not None
    assert (ratio.low, ratio.high) == pytest.approx((found.low / 0.4, found.high / 0.4), abs=0.5)


def test_an_effect_with_its_interval_is_widened_for_several_arms() -> None:
    row = Observed("conversion", "b", "s", effect=1.0, low=0.4, high=1.6)
    same = effect_of(CONVERSION, "b", None, row, 0.05)
    wider = effect_of(CONVERSION, "b", None, row, 0.05 / 3)
    assert (same.low, same.high) == pytest.approx((0.4, 1.6))
    assert wider.low is not None
    assert wider.low < 0.4
    bare = effect_of(CONVERSION, "b", None, Observed("conversion", "b", "s", effect=1.0), 0.05)
    assert bare.known is Known.FIGURE


@pytest.mark.parametrize("measure", [CONVERSION, replace(CONVERSION, unit=Unit.PERCENT)])
def test_a_share_is_the_same_as_counts_as_a_mean_and_as_a_bare_mean(measure: Measure) -> None:
    seen, shares = 40_000, (0.04, 0.03)
    counts = [Observed("conversion", arm, "s", seen, hits=round(seen * p)) for arm, p in zip("ab", shares, strict=True)]
    means = [
        Observed("conversion", arm, "s", seen, mean=p, spread=math.sqrt(p * (1 - p)))
        for arm, p in zip("ab", shares, strict=True)
    ]
    bare = [Observed("conversion", arm, "s", mean=p) for arm, p in zip("ab", shares, strict=True)]
    expected = -1.0 if measure.unit is POINTS else -25.0
    for first, other in (counts, means, bare):
        assert effect_of(measure, "b", first, other, 0.05).value == pytest.approx(expected)
    one, two = (effect_of(measure, "b", pair[0], pair[1], 0.05) for pair in (counts, means))
    assert (one.low, one.high) == pytest.approx((two.low, two.high), abs=0.2)
    own = Measure("orders per visit", True, Unit.COUNT, 0.04, 0.2, matters=0.01)
    assert effect_of(own, "b", counts[0], counts[1], 0.05).value == pytest.approx(-0.01), "in its own unit"


def test_an_arm_in_which_it_happened_to_nobody_is_told_from_many() -> None:
    fewer = replace(RETURNS, unit=Unit.PERCENT)
    first, other = (Observed("returns", arm, "s", 10_000, hits=hits) for arm, hits in (("a", 400), ("b", 0)))
    found = effect_of(fewer, "b", first, other, 0.05)
    assert (found.known, found.value, found.low) == (Known.INTERVAL, -100.0, -100.0)
    assert found.high is not None
    assert found.high < -95
    few = replace(first, hits=1)
    unsure = effect_of(fewer, "b", few, other, 0.05)
    assert unsure.high is not None
    assert unsure.high > 0, "one against none tells nothing"


def test_nothing_happened_is_no_difference_that_was_seen() -> None:
    plan = two_arms()
    found = judge(plan, results(plan, dict.fromkeys(plan.arms, 0)))
    assert (found.outcome, found.reasons[0].why) == (Outcome.INCONCLUSIVE, Why.NOTHING)


# ── the verdict ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_split_that_is_off_comes_before_everything() -> None:
    plan = two_arms()
    rows = (
        Observed("conversion", plan.arms[0], "s", plan.needed, hits=plan.needed // 20),
        Observed("conversion", plan.arms[1], "s", round(plan.needed * 1.06), hits=plan.needed // 8),
    )
    found = judge(plan, Results(rows, plan.ends))
    assert (found.outcome, found.reasons[0].why) == (Outcome.INCONCLUSIVE, Why.SPLIT_OFF)
    assert found.split is not None
    assert found.split < 0.001
    level = Results(tuple(replace(one, seen=plan.needed) for one in rows), plan.ends)
    exact = stats.binomtest(plan.needed, 2 * plan.needed, 0.5).pvalue
    assert split_chance(plan, level) == pytest.approx(exact)


@given(st.integers(0, 27), st.integers(0, 100), st.integers(0, 100))
def test_no_look_before_the_end_decides_whatever_it_sees(day: int, first: int, second: int) -> None:
    plan = two_arms()
    seen = plan.needed * 2
    hits = {plan.arms[0]: seen * first // 100, plan.arms[1]: seen * second // 100}
    found = judge(plan, results(plan, hits, seen, plan.starts + timedelta(days=min(day, plan.days - 1))))
    assert found.outcome is Outcome.NOT_YET
    assert found.more is not None
    assert found.more > 0


def test_stopped_early_missing_and_bare_figures_are_said() -> None:
    plan = plan_for(2, (CONVERSION, RETURNS))
    half = results(plan, {plan.arms[0]: 2000, plan.arms[1]: 9000}, until=plan.starts + timedelta(days=5))
    early = judge(plan, replace(half, stopped=True))
    assert (early.outcome, early.reasons[0].why) == (Outcome.INCONCLUSIVE, Why.STOPPED_EARLY)
    assert "Declared and not put in: returns." in verdict_said(plan, early)
    at_end = judge(plan, replace(half, until=plan.ends))
    assert (at_end.outcome, at_end.reasons[0]) == (Outcome.INCONCLUSIVE, at_end.reasons[0])
    assert at_end.reasons[0].why is Why.METRIC_MISSING
    bare = (*half.rows, Observed("returns", plan.arms[1], "s", plan.needed, effect=-0.1))
    found = judge(plan, Results(bare, plan.ends))
    assert found.outcome is Outcome.INCONCLUSIVE
    assert "without an interval: it decides nothing by itself" in verdict_said(plan, found)


def test_better_and_losing_more_than_anybody_may_is_no_winner() -> None:
    plan = plan_for(3, (CONVERSION, RETURNS))
    seen = plan.needed

    def row(measure: str, at: int, share: float) -> Observed:
        return Observed(measure, plan.arms[at], "s", seen, hits=round(seen * share))

    rows = [row("conversion", at, share) for at, share in enumerate((0.05, 0.053, 0.06))]
    rows += [row("returns", at, share) for at, share in enumerate((0.04, 0.0402, 0.05))]
    found = judge(plan, Results(tuple(rows), plan.ends))
    assert (found.outcome, found.reasons[0].why) == (Outcome.INCONCLUSIVE, Why.LOSS_POSSIBLE)
    assert found.reasons[0].arm == plan.arms[2]
    rows[1] = row("conversion", 1, 0.057)
    assert judge(plan, Results(tuple(rows), plan.ends)).arm == plan.arms[1], "the one that nobody loses by"
    worse = [row("conversion", at, share) for at, share in enumerate((0.05, 0.044, 0.042))]
    today = judge(plan, Results((*worse, *rows[3:]), plan.ends))
    assert (today.outcome, today.arm, today.reasons[0].why) == (Outcome.THIS_ARM, plan.arms[0], Why.KEEPS_TODAY)


def test_an_exchange_rate_weighs_the_metrics_against_each_other() -> None:
    plan = plan_for(2, (replace(REVENUE, worth=1.0), replace(CONVERSION, matters=None, worth=10.0)))
    seen = plan.needed

    def told(revenue: float, conversion: float) -> Results:
        rows = [
            Observed("revenue", arm, "s", seen, mean=mean, spread=6.0)
            for arm, mean in zip(plan.arms, (2.4, revenue), strict=True)
        ]
        rows += [
            Observed("conversion", arm, "s", seen, hits=round(seen * share))
            for arm, share in zip(plan.arms, (0.05, conversion), strict=True)
        ]
        return Results(tuple(rows), plan.ends)

    ahead = judge(plan, told(2.52, 0.05))
    assert (ahead.outcome, ahead.arm, ahead.by) == (Outcome.THIS_ARM, plan.arms[1], "")
    assert ahead.value == pytest.approx(5.0, abs=0.1)
    assert "net value for customers" in verdict_said(plan, ahead)
    assert judge(plan, told(2.52, 0.045)).outcome is Outcome.INCONCLUSIVE, "half a point costs what the 5% bring"
    assert judge(plan, told(2.40, 0.03)).arm == plan.arms[0]


def test_what_lies_between_the_arms_was_not_tested() -> None:
    arms = ("0 slots", "1 slot", "3 slots")
    assert in_the_middle("We take 2 slots on every page.", arms)
    assert in_the_middle("We take two ad slots.", ("0 ad slots", "one ad slot", "three ad slots"))
    assert not in_the_middle("We take one slot.", arms)
    assert in_the_middle("1.5 slots, and we move on", arms)
    assert not in_the_middle("One page has 1 slot, from 2 May.", arms)
    assert not in_the_middle("We take 3 slots.", arms)
    assert not in_the_middle("We take 5 slots.", arms)
    assert not in_the_middle("Both, half and half.", ("red", "green"))


def test_it_is_said_in_words() -> None:
    plan = plan_for(3, (CONVERSION, RETURNS))
    assert rule_said(plan) == "conversion decides. Nobody may lose more than 0.5 percentage points of returns."
    assert f"{plan.needed:,} customers in each of 3 arms" in size_said(plan)
    found = judge(plan, results(plan, dict.fromkeys(plan.arms, plan.needed // 20)))
    assert effect_lines(plan, found)[0].startswith("arm 1: conversion +0 percentage points (−0.")


# ── simulated ───────────────────────────────────────────────────────────────────────────────────────────


def test_of_experiments_without_an_effect_at_most_five_in_a_hundred_are_conclusive() -> None:
    assert share_conclusive(plan_for(4, (CONVERSION, RETURNS)), {}, 1_500, seed=7) <= 0.05
    assert share_conclusive(plan_for(2, (CONVERSION,)), {}, 1_500, seed=8) <= 0.05


def test_with_the_planned_effect_and_size_at_least_eighty_in_a_hundred_are() -> None:
    plan = plan_for(4, (CONVERSION, RETURNS))
    assert share_conclusive(plan, {("conversion", 2): 0.005}, 800, seed=9) >= 0.8
    assert share_conclusive(plan_for(2, (CONVERSION,)), {("conversion", 1): 0.005}, 800, seed=10) >= 0.8


def test_people_who_look_every_day_find_no_more() -> None:
    assert share_conclusive(plan_for(4, (CONVERSION, RETURNS)), {}, 60, seed=11, daily=True) <= 0.1
