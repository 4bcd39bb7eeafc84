"""`threshold read`: what a bug report quotes. One line of JSON, and an exit code that says whether it was read."""

import json
from typing import Any

import pytest

from app.__main__ import main


def reads(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, dict[str, Any]]:
    code = main(["read", *argv])
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    found = json.loads(out)
    assert isinstance(found, dict)
    return code, found


def test_a_day_that_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert reads(capsys, "day", "EOD Friday", "--on", "2026-12-02") == (0, {"read": "2026-12-04", "said": "Fri 4 Dec"})


def test_a_day_that_is_asked_back_with_its_candidates(capsys: pytest.CaptureFixture[str]) -> None:
    code, found = reads(capsys, "day", "4-6 Dec", "--on", "2026-12-02")
    assert code == 1
    assert found["refused"].startswith("“4-6 Dec” names a range of days, not one.")
    assert (found["candidates"], found["left_over"]) == (["2026-12-04", "2026-12-06"], [])


def test_the_words_that_were_left_over(capsys: pytest.CaptureFixture[str]) -> None:
    code, found = reads(capsys, "day", "Friday unless Kim objects", "--on", "2026-12-02")
    assert (code, found["candidates"], found["left_over"]) == (1, ["2026-12-04"], ["unless", "Kim", "objects"])


def test_a_locale_settles_the_order_of_day_and_month(capsys: pytest.CaptureFixture[str]) -> None:
    on = ("--on", "2026-12-02")
    assert reads(capsys, "day", "4/12", *on)[0] == 1
    assert reads(capsys, "day", "4/12", *on, "--locale", "en-GB")[1]["read"] == "2026-12-04"
    assert reads(capsys, "day", "4/12", *on, "--locale", "en-US")[1]["read"] == "2027-04-12"


def test_hours_count_from_the_clock(capsys: pytest.CaptureFixture[str]) -> None:
    code, found = reads(capsys, "day", "in 36 hours", "--on", "2026-12-02")
    assert code == 0
    assert found["read"] in ("2026-12-03", "2026-12-04")


def test_an_amount_has_its_digits_its_currency_and_what_it_is_counted_by(capsys: pytest.CaptureFixture[str]) -> None:
    code, found = reads(capsys, "amount", "$1.2M")
    assert (code, found["read"]) == (0, {"value": "1200000", "currency": "USD", "per": None})
    assert reads(capsys, "amount", "€240k per week")[1]["read"]["per"] == "week"
    assert reads(capsys, "amount", "lots")[0] == 1


def test_an_answer_to_a_question_and_a_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert reads(capsys, "answer", "weeks", "--question", "undo")[1]["read"] == "weeks"
    code, found = reads(capsys, "answer", "holiday peak, Fri, 4 Dec", "--question", "deadline", "--on", "2026-12-02")
    assert (code, found["read"]) == (0, {"blocks": True, "what": "holiday peak", "on": "2026-12-04"})
    assert reads(capsys, "text", "Ship it")[0] == 0


def test_an_answer_without_its_question_is_asked_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "answer", "no"]) == 1
    assert "needs its question" in capsys.readouterr().err


def test_a_day_to_read_on_that_is_none_is_a_typo(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["read", "day", "Friday", "--on", "someday"])
    assert ended.value.code == 2


def test_what_begins_with_a_minus_is_what_was_typed(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = reads(capsys, "amount", "-5k")
    assert (code, said["candidates"]) == (1, [])
    assert "below zero" in said["refused"]


def test_an_objective_is_a_metric_or_handed_back_with_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    code, found = reads(capsys, "objective", "Boost ad click-through rate by 0.3 points by 31 March 2027")
    assert code == 0
    assert (found["read"]["unit"], found["read"]["on"]) == ("percentage_points", "2027-03-31")
    assert found["said"] == "ad click-through rate: up by 0.3 percentage points, by 31 Mar 2027"
    assert found["remark"] == ""
    assert "no customer feels" in reads(capsys, "objective", "Raise test coverage to 80%")[1]["remark"]
    for text, missing in (("Launch the redesign", "activity"), ("Improve conversion", "number"),
                          ("Conversion 5%", "direction"), ("…", "metric")):  # fmt: skip
        code, found = reads(capsys, "objective", text)
        assert (code, found["missing"]) == (1, missing)
