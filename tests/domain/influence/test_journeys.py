"""The map: weighed by days × effect, compared only where it can be, with its critical path."""

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.domain.influence.journeys import (
    calendar_days,
    critical_path,
    goes_round,
    measured_wait,
    path_days,
    weighed,
)


@dataclass
class Row:
    id: int
    name: str = "Team"
    lever: str = "holds it up"
    days: float | None = 2.0
    measured: bool = False
    metric: str = "conversion"
    unit: str = "points"
    effect: float | None = 1.0
    after: tuple[int, ...] = ()
    deciders: tuple[str, ...] = ("U1",)
    deputies: dict[str, str] = field(default_factory=dict)


DAYS = st.floats(0.5, 60).map(lambda days: round(days, 1))


@st.composite
def acyclic(draw: st.DrawFn) -> list[Row]:
    count = draw(st.integers(0, 8))
    return [
        Row(id, f"Team {id}", days=draw(DAYS), effect=draw(st.floats(-9, 9)), metric=draw(st.sampled_from(["a", "b"])),
            after=tuple(draw(st.sets(st.integers(1, id - 1))) if id > 1 else ()))
        for id in range(1, count + 1)
    ]  # fmt: skip


@given(acyclic())
def test_every_team_stands_once_and_the_weightier_first_among_those_on_one_metric(teams: list[Row]) -> None:
    found = weighed(teams, {})
    assert sorted(one.id for one in found.in_order) == [one.id for one in teams]
    for table in found.tables:
        assert len({row.team.metric for row in table.rows}) == 1, "nothing else can be multiplied with each other"
        assert all(a.weight >= b.weight for a, b in pairwise(table.rows))


@given(acyclic())
def test_with_what_each_metric_is_worth_all_stand_in_one_order(teams: list[Row]) -> None:
    found = weighed(teams, {"A (points)": Decimal(3), "b (points)": Decimal(1)})
    metrics = {one.metric for one in teams}
    assert len(found.tables) == (1 if teams else 0), "by name, in whatever case"
    for table in found.tables:
        prices = {"a": 3.0, "b": 1.0} if len(metrics) > 1 else {"a": 1.0, "b": 1.0}
        weights = [(row.team.days or 0) * abs(row.team.effect or 0) * prices[row.team.metric] for row in table.rows]
        assert weights == sorted(weights, reverse=True)


def test_what_has_no_worth_is_shown_apart_and_what_is_alone_needs_none() -> None:
    teams = [Row(1, metric="conversion"), Row(2, metric="latency", unit="ms"), Row(3, metric="NPS", unit="")]
    worth = {"conversion (points)": Decimal(100), "latency (ms)": Decimal(1)}
    tables = weighed(teams, worth).tables
    assert [(one.metric, [row.team.id for row in one.rows]) for one in tables] == [("", [1, 2]), ("NPS", [3])]
    assert [one.metric for one in weighed(teams[:1], worth).tables] == ["conversion (points)"]
    assert [one.metric for one in weighed(teams, {}).tables] == ["conversion (points)", "latency (ms)", "NPS"]


def test_a_team_without_a_lever_is_a_name_and_one_without_days_is_not_weighed() -> None:
    teams = [Row(1, lever=" – "), Row(2, days=None), Row(3, effect=None), Row(4)]
    found = weighed(teams, {})
    assert [one.id for one in found.names] == [1]
    assert {one.id for one in found.unweighed} == {2, 3}
    assert [one.id for one in critical_path(teams)] == [3], "it takes its days all the same; of equals the first"


@given(acyclic())
def test_the_critical_path_is_the_longest_chain_there_is(teams: list[Row]) -> None:
    by_id = {one.id: one for one in teams}

    def chains(end: Row) -> list[float]:
        before = [days for id in end.after for days in chains(by_id[id])] or [0.0]
        return [days + (end.days or 0.0) for days in before]

    longest = max((days for one in teams for days in chains(one)), default=0.0)
    assert abs(path_days(teams) - longest) < 1e-9
    path = critical_path(teams)
    assert all(a.id in b.after for a, b in pairwise(path))


@given(st.dictionaries(st.integers(0, 6), st.sets(st.integers(0, 6)), max_size=7))
def test_whoever_waits_for_themselves_is_found_and_breaks_nothing(before: dict[int, set[int]]) -> None:
    def reaches(start: int) -> set[int]:
        seen, todo = set[int](), list(before[start] & set(before))
        while todo:
            one = todo.pop()
            if one not in seen:
                seen.add(one)
                todo += before[one] & set(before)
        return seen

    assert goes_round(before) == any(id in reaches(id) for id in before)
    assert path_days(Row(id, after=tuple(others)) for id, others in before.items()) >= 0


def test_five_working_days_are_a_week() -> None:
    assert [calendar_days(days) for days in (0.0, 0.3, 1, 3, 5, 6, 9, 10)] == [0, 1, 1, 3, 7, 8, 11, 14]


def test_only_what_was_measured_and_taken_over_counts_for_the_gate() -> None:
    said, known, after = Row(1, days=60), Row(2, days=9, measured=True), Row(3, days=1, measured=True, after=(2,))
    assert measured_wait([said]) is None
    assert measured_wait([said, known]) == 11
    assert measured_wait([said, known, after]) == 14
    assert measured_wait([said, known], 20) == 20, "of one that is fast nobody knows how fast the other is"
    assert measured_wait([known], 20) == measured_wait([known])
