"""How long it takes: Kaplan and Meier's estimate, held against lifelines, and on decisions that were really made."""

import json
import math
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.domain.insights.survival import End, Wait, how_they_ended, kaplan_meier

DAYS = st.one_of(st.integers(0, 40).map(float), st.floats(0, 400, allow_nan=False).map(lambda days: round(days, 3)))
WAITS = st.lists(st.builds(Wait, DAYS, st.sampled_from([None, *End])), min_size=1, max_size=60)


@settings(max_examples=60, deadline=None)
@given(WAITS)
@example([Wait(3.0, End.DECIDED)])
@example([Wait(0.0, End.DECIDED), Wait(0.0, None), Wait(2.0, End.WITHDRAWN)])
def test_the_curve_and_its_band_are_those_of_lifelines(waits: list[Wait]) -> None:
    lifelines = pytest.importorskip("lifelines")
    theirs = lifelines.KaplanMeierFitter()
    theirs.fit([one.days for one in waits], [one.end is End.DECIDED for one in waits])
    ours = kaplan_meier(waits)
    share = theirs.survival_function_["KM_estimate"]
    band = theirs.confidence_interval_
    for point in ours.points:
        assert point.waiting == pytest.approx(share.loc[point.days], abs=1e-9)
        assert point.low == pytest.approx(band.loc[point.days].iloc[0], abs=1e-9)
        assert point.high == pytest.approx(band.loc[point.days].iloc[1], abs=1e-9)
        assert point.at_risk == theirs.event_table.loc[point.days, "at_risk"]
    if all(abs(point.waiting - 0.5) > 1e-9 for point in ours.points):  # at a hair it is theirs that is off
        assert (math.inf if ours.median is None else ours.median) == theirs.median_survival_time_


@given(WAITS)
def test_the_ends_and_what_still_waits_add_up_to_all(waits: list[Wait]) -> None:
    reached = how_they_ended(waits)
    waiting = kaplan_meier(waits, tuple(End)).waiting_after(1e9)
    assert waiting + sum(points[-1][1] for points in reached.values() if points) == pytest.approx(1, abs=1e-9)


@given(WAITS)
def test_a_curve_only_falls_and_its_band_holds_it(waits: list[Wait]) -> None:
    points = kaplan_meier(waits).points
    assert all(before.waiting >= after.waiting for before, after in pairwise(points))
    assert all(0 <= point.low <= point.waiting <= point.high <= 1 for point in points)


def test_where_all_were_decided_it_is_the_plain_median() -> None:
    days = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]
    assert kaplan_meier([Wait(one, End.DECIDED) for one in days]).median == 4.0
    assert kaplan_meier([Wait(one, End.DECIDED) for one in days[:6]]).median == 3.0


def test_a_median_that_nobody_can_know_yet_is_none() -> None:
    waits = [Wait(1.0, End.DECIDED)] * 4 + [Wait(30.0, None)] * 6
    assert kaplan_meier(waits).median is None
    assert kaplan_meier([]).median is None


# ── decisions that were really made ─────────────────────────────────────────────────────────────────────

PEPS = Path(__file__).parents[4] / "shared" / "data" / "peps.jsonl"
LAST_SEEN = date(2026, 8, 22)
KNOWN_LATER = (2008, 2014, 2018, 2020, 2022, 2024)


def of_two_years(year: int, on: date, *, otherwise: bool) -> list[Wait]:
    """The proposals of two years before a 1 January, as known on a day. ``otherwise``: what was withdrawn ended so."""
    found = []
    for line in PEPS.read_text(encoding="utf-8").splitlines():
        one: dict[str, Any] = json.loads(line)
        proposed = date.fromisoformat(one["proposed"])
        decided = date.fromisoformat(one["decided"]) if one["decided"] else None
        if date(year - 2, 1, 1) <= proposed < date(year, 1, 1):
            end = End.WITHDRAWN if otherwise and one["status"] == "Withdrawn" else End.DECIDED
            known = decided is not None and decided < on
            found.append(Wait(float(((decided if known and decided else on) - proposed).days), end if known else None))
    return found


@pytest.mark.skipif(not PEPS.exists(), reason="the collected decisions are not beside the repository")
@pytest.mark.parametrize("otherwise", [False, True], ids=["all ends are decisions", "withdrawn ones ended otherwise"])
def test_what_is_open_counts_so_that_the_median_is_what_it_turns_out_to_be(otherwise: bool) -> None:
    for year in KNOWN_LATER:
        then = of_two_years(year, date(year, 1, 1), otherwise=otherwise)
        later = kaplan_meier(of_two_years(year, LAST_SEEN, otherwise=otherwise)).median
        found = kaplan_meier(then).median
        assert found is not None
        assert later is not None
        assert abs(found / later - 1) <= 0.15, (year, found, later)
        assert later / median(one.days for one in then if one.end is End.DECIDED) > 1.7  # what it would be without them
    assert kaplan_meier(of_two_years(2004, date(2004, 1, 1), otherwise=otherwise)).median is None
