"""Objectives, read without a model."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.tradeoffs.objective_figures import Unit
from app.domain.tradeoffs.objective_types import Change, Direction, Metric, Missing
from app.domain.tradeoffs.objectives import read_objective
from app.words.tradeoffs.objectives import MISSING_SAID, metric_said
from tests.domain.tradeoffs import objective_sentences, objective_sentences_later

TODAY = date(2026, 12, 1)
UP, DOWN, BY, TO = Direction.UP, Direction.DOWN, Change.BY, Change.TO


@pytest.mark.parametrize("batch", [objective_sentences, objective_sentences_later])
def test_activities_are_told_from_objectives(batch: object) -> None:
    good, activities = vars(batch)["GOOD"], vars(batch)["ACTIVITIES"]
    refused = [one for one in good if not isinstance(read_objective(one, TODAY), Metric)]
    taken = [one for one in activities if isinstance(read_objective(one, TODAY), Metric)]
    assert len(refused) <= 0.05 * len(good), refused
    called = [one for one in [*good, *activities] if read_objective(one, TODAY) is Missing.ACTIVITY]
    assert len(set(called) & set(activities)) >= 0.95 * len(called)
    assert len(taken) <= 0.05 * len(activities), taken


def test_the_first_set_has_a_hundred_and_fifty_sentences_each_once() -> None:
    assert len(set(objective_sentences.GOOD)) == len(set(objective_sentences.ACTIVITIES)) == 75


@pytest.mark.parametrize(
    ("text", "name", "direction", "change", "amount", "unit", "baseline"),
    [
        ("Increase same-day delivery adoption by 15%", "same-day delivery adoption", UP, BY, "15", Unit.PERCENT, None),
        ("Reduce latency for media uploads by 200 ms", "latency for media uploads", DOWN, BY, "200", Unit.MILLISECONDS,
         None),
        ("Boost ad click-through rate by 0.3 points", "ad click-through rate", UP, BY, "0.3", Unit.PERCENTAGE_POINTS,
         None),
        ("Raise NPS by 10 points", "NPS", UP, BY, "10", Unit.POINTS, None),
        ("Raise NPS from 31 to 45", "NPS", UP, TO, "45", Unit.COUNT, "31"),
        ("Cut checkout from 45 seconds to 8", "checkout", DOWN, TO, "8", Unit.SECONDS, "45"),
        ("Cut checkout from 2 minutes to 30 seconds", "checkout", DOWN, TO, "30", Unit.SECONDS, "120"),
        ("Churn below 3%", "Churn", DOWN, TO, "3", Unit.PERCENT, None),
        ("Improve churn by 2 points", "churn", DOWN, BY, "2", Unit.PERCENTAGE_POINTS, None),
        ("Halve support contacts", "support contacts", DOWN, BY, "50", Unit.PERCENT, None),
        ("Lift basket value by $4", "basket value", UP, BY, "4", Unit.MONEY, None),
        ("Lift conversion by 50 bps", "conversion", UP, BY, "0.5", Unit.PERCENTAGE_POINTS, None),
        ("Boost revenue by 5%", "revenue", UP, BY, "5", Unit.PERCENT, None),
        ("Drop churn to 3%", "churn", DOWN, TO, "3", Unit.PERCENT, None),
        ("Push adoption to 40%", "adoption", UP, TO, "40", Unit.PERCENT, None),
        ("Push churn below 3%", "churn", DOWN, TO, "3", Unit.PERCENT, None),
        ("Drop rate below 3%", "Drop rate", DOWN, TO, "3", Unit.PERCENT, None),
        ("Raise NPS past 50", "NPS", UP, TO, "50", Unit.COUNT, None),
        ("3 out of 4 new customers renew", "customers renew", UP, TO, "75", Unit.PERCENT, None),
        ("Take same-day delivery from 40 cities' 70% to 90%", "same-day delivery", UP, TO, "90", Unit.PERCENT, "70"),
        ("Win back 20,000 lapsed subscribers", "lapsed subscribers", UP, TO, "20000", Unit.COUNT, None),
        ("Fewer than 2 complaints per 1,000 orders", "complaints per 1,000 orders", DOWN, TO, "2", Unit.COUNT, None),
        ("Reach 1.2M weekly households", "weekly households", UP, TO, "1200000", Unit.COUNT, None),
    ],
)  # fmt: skip
def test_a_sentence_is_a_typed_metric(
    text: str, name: str, direction: Direction, change: Change, amount: str, unit: Unit, baseline: str | None
) -> None:
    then = Decimal(baseline) if baseline else None
    assert read_objective(text, TODAY) == Metric(name, direction, change, Decimal(amount), unit, then)


def test_a_date_is_no_amount_and_an_amount_no_date() -> None:
    dated = read_objective("Improve conversion by 31 March 2027", TODAY)
    assert dated is Missing.NUMBER
    both = read_objective("Improve conversion by 5% by 31 March 2027", TODAY)
    assert isinstance(both, Metric)
    assert (both.amount, both.on) == (Decimal(5), date(2027, 3, 31))
    quarter = read_objective("Reduce p95 latency to 300 ms by Q2", TODAY)
    assert isinstance(quarter, Metric)
    assert (quarter.amount, quarter.name) == (Decimal(300), "p95 latency")


@pytest.mark.parametrize("month", ["March", "May", "June", "July", "August"])
def test_a_month_is_by_when_however_short_its_name(month: str) -> None:
    found = read_objective(f"3 out of 4 parcels arrive on time by {month} 2027", TODAY)
    assert isinstance(found, Metric)
    assert (found.name, found.amount, found.on is not None) == ("parcels arrive on time", Decimal(75), True)
    bare = read_objective(f"Get 3 out of 4 new customers to renew by {month}", TODAY)
    assert isinstance(bare, Metric)
    assert bare.on is not None
    assert month not in bare.name


def test_what_an_activity_is_for_counts() -> None:
    assert read_objective("Launch guest checkout", TODAY) is Missing.ACTIVITY
    found = read_objective("Launch guest checkout to raise conversion by 1.5 points", TODAY)
    assert isinstance(found, Metric)
    assert found.name == "conversion"


def test_what_no_customer_feels_is_taken_with_a_remark() -> None:
    inside = read_objective("Raise test coverage to 80%", TODAY)
    outside = read_objective("Raise search success to 80%", TODAY)
    assert isinstance(inside, Metric)
    assert isinstance(outside, Metric)
    assert (inside.internal, outside.internal) == (True, False)


@given(st.text(max_size=200))
def test_whatever_is_typed_is_a_metric_or_refused_by_its_kind(text: str) -> None:
    found = read_objective(text, TODAY)
    if isinstance(found, Metric):
        assert found.amount >= 0
        assert found.name
        assert metric_said(found)
    else:
        assert MISSING_SAID[found]


@given(
    st.sampled_from(["Increase", "Reduce"]),
    st.sampled_from(["repeat orders", "refund time", "the share of late parcels", "video starts"]),
    st.integers(1, 90),
    st.sampled_from([("%", Unit.PERCENT), (" percentage points", Unit.PERCENTAGE_POINTS), (" seconds", Unit.SECONDS)]),
)
def test_verb_metric_and_amount_are_read_whatever_they_are(
    verb: str, metric: str, amount: int, unit: tuple[str, Unit]
) -> None:
    found = read_objective(f"{verb} {metric} by {amount}{unit[0]}", TODAY)
    assert isinstance(found, Metric)
    assert (found.amount, found.unit, found.direction) == (Decimal(amount), unit[1], UP if verb == "Increase" else DOWN)
    later = read_objective(f"We will {verb.lower()} {metric} by {amount}{unit[0]} by 31 March 2027.", TODAY)
    assert later == replace(found, on=date(2027, 3, 31))
