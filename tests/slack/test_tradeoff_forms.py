"""The forms of a trade-off, read: arms, the lines of the experiment, the rows of its results."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Unreadable
from app.domain.tradeoffs.objective_figures import Unit
from app.domain.tradeoffs.objective_types import Metric
from app.domain.tradeoffs.objectives import read_objective
from app.domain.tradeoffs.results import Shape
from app.slack.forms import Fields
from app.slack.tradeoff_forms import arms_of, empty_rows, measures_of, plan_of, rows_of, sides_of
from app.words.tradeoffs.experiments import measure_said

TODAY = date(2026, 12, 1)
LINES = "conversion; today 4.2%; matters from 0.3 points; may lose 0.1 points\nbasket; today 2.40 ± 6.1; may lose 2%"


def fields(**typed: str) -> Fields:
    return Fields({name: {"value": {"value": value}}["value"] for name, value in typed.items()})


def planned(**changed: str) -> Any:
    typed = {"arms": "0, 1, 2 slots", "measures": LINES, "a_day": "50k", **changed}
    return plan_of(fields(**typed), (), TODAY)


def test_arms_share_their_unit_and_the_first_is_as_it_is_today() -> None:
    assert arms_of("0, 1, 2, 3 slots") == ("0 slots", "1 slots", "2 slots", "3 slots")
    assert arms_of("old page\nnew page") == ("old page", "new page")
    for wrong in ("one", "a, a", ", ".join(map(str, range(9))), "x" * 80 + ", y"):
        with pytest.raises(Unreadable):
            arms_of(wrong)


def test_a_line_has_a_metric_with_its_figures() -> None:
    conversion, basket = measures_of(LINES, ())
    assert (conversion.today, conversion.unit, conversion.matters) == (0.042, Unit.PERCENTAGE_POINTS, 0.3)
    assert conversion.is_share
    assert (basket.today, basket.spread, basket.unit, basket.may_lose) == (2.4, 6.1, Unit.PERCENT, 2.0)
    goal = read_objective("Cut churn by 0.5 points", TODAY)
    assert isinstance(goal, Metric)
    churn = measures_of("churn; today 3%", [goal])[0]
    assert (churn.up_is_good, churn.matters, churn.unit) == (False, 0.5, Unit.PERCENTAGE_POINTS)
    assert measures_of("\n".join(map(measure_said, (conversion, basket))), ()) == (conversion, basket)
    for up in (True, False):
        turned = replace(churn, up_is_good=up)
        assert measures_of(measure_said(turned), [goal])[0] == turned, "which way is good stays"


@pytest.mark.parametrize(
    ("line", "match"),
    [
        ("conversion; today 4.2%", "what would matter"),
        ("conversion; matters from 0.3 points", "where conversion stands today"),
        ("basket; today 2.40; matters from 2%", "standard deviation"),
        ("conversion; tomorrow 5%; matters from 1 point", "can't read"),
        ("conversion; today 4%; matters from 1 point; may lose 2%", "same unit"),
        ("conversion; today 4%; matters from 0 points", "next to nothing"),
        ("a; today 4%; matters from 1 point; worth -40", "above 0"),
        ("a; today 4%; matters from 1 point\nb; today 5%", "b: say what matters of it"),
        ("a; today 4%; matters from 1 point\na; today 4%", "twice"),
    ],
)
def test_a_line_that_cannot_be_read_says_what_is_missing(line: str, match: str) -> None:
    with pytest.raises(Unreadable, match=match):
        measures_of(line, ())


def test_how_long_follows_from_how_many_a_day() -> None:
    plan = planned()
    assert plan.days % 7 == 0
    assert plan.needed * 3 <= 50_000 * plan.days
    assert plan.starts == TODAY + timedelta(days=1)
    with pytest.raises(Unreadable, match="days at 20 a day"):
        planned(a_day="20")
    with pytest.raises(Unreadable, match="needs until"):
        planned(ends=TODAY.isoformat())


def test_results_are_counts_means_or_an_effect_each_with_its_source() -> None:
    rows = rows_of(
        "metric;arm;seen;hits;mean;spread;effect;low;high;source\n"
        "conversion;0 slots;1,000;42;;;;;;funnel\nbasket;0 slots;1,000;;2.4;6.1;;;;orders\n"
        "conversion;1 slots;;;;;-0.2;−0.4;0.1;platform\nbasket;1 slots;;;;;1.5;;;a slide\nbasket;2 slots;;;;;;;;"
    )
    assert [one.shape for one in rows] == [Shape.COUNTS, Shape.MEANS, Shape.EFFECT, Shape.FIGURE]
    assert rows[2].low == -0.4
    assert rows_of(empty_rows(planned())) == (), "an empty form holds nothing"


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("", "a header and a line"),
        ("metric,arm,clicks,source\na,b,1,s", "no column"),
        ("metric,arm,seen\na,b,1", "have to be there"),
        ("metric,arm,seen,hits,source\na,b,10,11,s", "hits are a number of those seen"),
        ("metric,arm,effect,low,high,source\na,b,5,1,2,s", "between low and high"),
        ("metric,arm,effect,low,high,source\na,b,2,2,2,s", "from 2 to 2 is no interval"),
        ("metric,arm,seen,hits,source\na,b,100,4.2%,s", "Line 1: “4.2%” is no count"),
        ("metric,arm,seen,hits,source\na,b,100.5,4,s", "no count"),
        ("metric,arm,seen,hits,source\na,b,many,1,s", "no figure for seen"),
        ("metric,arm,seen,hits,source\na,b,9,1,s\na,b,9,1,s", "twice"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(text: str, match: str) -> None:
    with pytest.raises(Unreadable, match=match):
        rows_of(text)


@given(st.text(max_size=300), st.text(max_size=300))
def test_whatever_is_pasted_is_read_or_refused_in_a_sentence(first: str, second: str) -> None:
    for read in (lambda: measures_of(first, ()), lambda: rows_of(f"{first}\n{second}"), lambda: arms_of(first)):
        with suppress(Unreadable):
            read()


def test_a_side_has_somebody_who_speaks_for_it() -> None:
    typed = {"objective_1": {"value": "Raise NPS by 5 points"}, "objective_2": {"value": "Cut churn by 1 point"}}
    with pytest.raises(Unreadable, match="who speaks") as caught:
        sides_of(Fields(typed), "UME")
    assert caught.value.field == "speaker_2"
    both = sides_of(Fields({**typed, "speaker_2": {"selected_user": "UYOU"}}), "UME")
    assert [one.user for one in both] == ["UME", "UYOU"]


def test_starting_the_bot_loads_no_statistics() -> None:
    import subprocess
    import sys

    code = (
        "import sys, app.commands.run, app.slack.listeners, app.workflows.tradeoffs;"
        "sys.exit('scipy' in sys.modules or 'numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
