"""Days as people type them. Today is Monday, 23 November 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import Unreadable
from app.domain.reading.days_in_forms import find_dates, say_date
from app.words.reading.days import check_reach, parse_date

TODAY = date(2026, 11, 23)


def refusal(text: str, *, allow_past: bool = False) -> str:
    with pytest.raises(Unreadable) as refused:
        parse_date(text, today=TODAY, allow_past=allow_past, field="deadline")
    assert refused.value.field == "deadline"
    return refused.value.sentence


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-04", "2026-12-04"),
        ("2026/12/4", "2026-12-04"),
        ("2026-12-04T12:00:00Z", "2026-12-04"),
        ("20261204", "2026-12-04"),
        ("today", "2026-11-23"),
        ("Tomorrow", "2026-11-24"),
        ("the day after tomorrow", "2026-11-25"),
        ("Friday", "2026-11-27"),
        ("by Fri.", "2026-11-27"),
        ("Friday 5pm", "2026-11-27"),
        ("this Friday", "2026-11-27"),
        ("next Friday", "2026-12-04"),
        ("Friday next week", "2026-12-04"),
        ("next week Tuesday", "2026-12-01"),
        ("Monday", "2026-11-30"),
        ("this Monday", "2026-11-23"),
        ("next Monday", "2026-11-30"),
        ("in two weeks", "2026-12-07"),
        ("in two weeks’ time", "2026-12-07"),
        ("a fortnight", "2026-12-07"),
        ("in a couple of weeks", "2026-12-07"),
        ("in 10 days", "2026-12-03"),
        ("a month from now", "2026-12-23"),
        ("in 5 working days", "2026-11-30"),
        ("end of week 50", "2026-12-11"),
        ("start of CW 50", "2026-12-07"),
        ("end of week 10 2027", "2027-03-12"),
        ("end of wk 53", "2027-01-01"),
        ("by Christmas", "2026-12-25"),
        ("New Year’s Eve", "2026-12-31"),
        ("new year", "2027-01-01"),
        ("in five business days", "2026-11-30"),
        ("12 Dec", "2026-12-12"),
        ("12. Dec", "2026-12-12"),
        ("Dec 12th", "2026-12-12"),
        ("December the 4th", "2026-12-04"),
        ("by the 4th of December", "2026-12-04"),
        ("4-Dec-2026", "2026-12-04"),
        ("2026 Dec 4", "2026-12-04"),
        ("Dec 4, 2027", "2027-12-04"),
        ("12 Dec '27", "2027-12-12"),
        ("Fri 4 Dec", "2026-12-04"),
        ("Friday, 4 December at 17:00", "2026-12-04"),
        ("20 Jan", "2027-01-20"),
        ("23 Nov", "2026-11-23"),
        ("12.12.", "2026-12-12"),
        ("5.12.", "2026-12-05"),
        ("5. 1. 2027", "2027-01-05"),
        ("5.1.27", "2027-01-05"),
        ("12/12", "2026-12-12"),
        ("25/12", "2026-12-25"),
        ("12/25/2026", "2026-12-25"),
        ("29 Feb 2028", "2028-02-29"),
        ("end of the week", "2026-11-27"),
        ("end of next week", "2026-12-04"),
        ("end of month", "2026-11-30"),
        ("EOM", "2026-11-30"),
        ("end of next month", "2026-12-31"),
        ("end of January", "2027-01-31"),
        ("start of January", "2027-01-01"),
        ("end of the quarter", "2026-12-31"),
        ("Q1 end", "2027-03-31"),
        ("end of Q1 2028", "2028-03-31"),
        ("end of H1", "2027-06-30"),
        ("end of year", "2026-12-31"),
        ("end of 2027", "2027-12-31"),
        ("１２ Dec", "2026-12-12"),
        ("١٢.١٢.", "2026-12-12"),
        ("12\u00a0Dec", "2026-12-12"),
    ],
)
def test_a_day_is_read_the_way_it_was_meant(text: str, day: str) -> None:
    assert parse_date(text, today=TODAY) == date.fromisoformat(day)


def test_next_friday_is_the_friday_of_next_week_on_every_day_of_this_one() -> None:
    for i in range(7):
        assert parse_date("next Friday", today=TODAY + timedelta(days=i)) == date(2026, 12, 4)


def test_friday_typed_on_a_friday_is_a_week_from_now_and_this_friday_is_today() -> None:
    friday = date(2026, 11, 27)
    assert parse_date("Friday", today=friday) == date(2026, 12, 4)
    assert parse_date("this Friday", today=friday) == friday


def test_the_end_of_the_week_typed_on_a_saturday_is_the_coming_friday() -> None:
    assert parse_date("end of week", today=date(2026, 11, 28)) == date(2026, 12, 4)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("31.2.", "There is no 31 February."),
        ("31 Feb", "There is no 31 February."),
        ("2/30", "There is no 30 February."),
        ("31/13", "There is no month 13."),
        ("29 Feb 2027", "There is no 29 February in 2027."),
        ("29 Feb", "There is no 29 February in 2027."),
        ("0000-01-01", "There is no year 0."),
        ("Fri 5 Dec", "5 Dec is a Saturday, not a Friday."),
        ("end of H3", "A year has two halves."),
    ],
)
def test_a_day_that_does_not_exist_is_called_by_its_name(text: str, told: str) -> None:
    assert refusal(text).startswith(told)


def test_a_slash_that_can_be_read_two_ways_is_asked_back_with_both() -> None:
    told = refusal("12/5")
    assert "“12/5” can be Wed 12 May 2027 or Sat 5 Dec" in told
    assert "Tue 12 May or Sat 5 Dec" not in told
    assert "can be Sun 5 Dec 2027 or Wed 12 May 2027" in refusal("5-12-2027")


def test_a_slash_with_one_reading_still_to_come_is_that_one() -> None:
    assert parse_date("11/12/2026", today=TODAY) == date(2026, 12, 11)
    assert parse_date("12/11", today=TODAY) == date(2026, 12, 11)  # 12 November has just passed
    with pytest.raises(Unreadable, match="people differ"):
        parse_date("11/12/2026", today=TODAY, allow_past=True)


@pytest.mark.parametrize(
    "text", ["5pm Friday", "at 17:00 on Friday", "noon, Friday", "by 5 pm on Friday", "Friday 5pm"]
)
def test_the_hour_may_stand_before_the_day(text: str) -> None:
    assert parse_date(text, today=TODAY) == date(2026, 11, 27)


@pytest.mark.parametrize("text", ["next week", "December", "Q1", "next month", "2027", "this weekend"])
def test_a_stretch_of_time_is_no_day(text: str) -> None:
    assert f"“{text}” has more than one day in it" in refusal(text)


def test_a_week_by_its_number_is_its_friday() -> None:
    for text in ("week 50", "W50", "KW 50", "by the end of week 50"):
        assert parse_date(text, today=TODAY) == date(2026, 12, 11)
    assert "There is no week 54." in refusal("week 54")
    assert "which has passed" in refusal("end of week 47")


@pytest.mark.parametrize("text", ["banana", "soon", "asap", "42", "5pm", "in a few days", "weak 49"])
def test_what_is_no_date_is_answered_with_what_was_typed_and_examples(text: str) -> None:
    told = refusal(text)
    assert told.startswith(f"I can't read “{text}” as a date.")
    assert told.endswith("Type something like “7 Dec”, “in two weeks” or “2026-12-07”.")


@pytest.mark.parametrize("text", ["", "  ", "\u00a0"])
def test_nothing_typed_is_told_what_to_type(text: str) -> None:
    assert refusal(text).startswith("There is no date yet. Type something like “7 Dec”")


def test_a_whole_paragraph_is_refused_without_being_read() -> None:
    assert "as one date" in refusal("4 Dec " * 5000)


def test_a_day_in_the_past_is_refused_with_what_was_understood_and_what_today_is() -> None:
    assert refusal("2026-11-22").startswith("I read “2026-11-22” as Sun 22 Nov, which has passed: today is Mon 23 Nov.")
    assert "as Fri 20 Nov, which has passed" in refusal("last Friday")
    assert "as Mon 9 Nov, which has passed" in refusal("2 weeks ago")


def test_a_day_that_has_just_passed_is_a_slip_and_not_next_year() -> None:
    assert "as Sun 22 Nov, which has passed" in refusal("22 Nov")
    assert parse_date("1 Sep", today=TODAY) == date(2027, 9, 1)


def test_a_weekday_typed_with_a_day_settles_the_year() -> None:
    assert parse_date("Mon 2 Nov", today=date(2026, 11, 23), allow_past=True) == date(2026, 11, 2)
    assert parse_date("Mon 22 Nov", today=TODAY) == date(2027, 11, 22)


def test_the_past_is_read_where_it_is_allowed() -> None:
    for text, day in [
        ("22 Nov", date(2026, 11, 22)),
        ("1 Sep", date(2026, 9, 1)),
        ("10 Jan", date(2027, 1, 10)),
        ("yesterday", date(2026, 11, 22)),
        ("2 weeks ago", date(2026, 11, 9)),
        ("last Friday", date(2026, 11, 20)),
        ("last Monday", date(2026, 11, 16)),
        ("end of Q3", date(2026, 9, 30)),
    ]:
        assert parse_date(text, today=TODAY, allow_past=True) == day


def test_a_day_more_than_three_years_ahead_is_refused() -> None:
    assert parse_date("2029-11-23", today=TODAY) == date(2029, 11, 23)
    assert "more than three years ahead" in refusal("2029-11-24")
    assert "more than three years ahead" in refusal("2029-11-24", allow_past=True)
    assert parse_date("2027-02-28", today=date(2024, 2, 29)) == date(2027, 2, 28)


def test_a_day_is_said_with_its_year_only_where_it_is_another_one() -> None:
    assert say_date(date(2026, 12, 4), TODAY) == "Fri 4 Dec"
    assert say_date(date(2027, 12, 4), TODAY) == "Sat 4 Dec 2027"


days = st.dates(date(2000, 1, 1), date(2090, 1, 1))


@given(days, st.integers(0, 1000))
def test_what_is_said_is_read_back(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    assert parse_date(say_date(day, today), today=today) == day
    assert parse_date(day.isoformat(), today=today) == day
    assert parse_date(f"{day.day}.{day.month}.{day.year}", today=today) == day


@given(days, st.sampled_from(["Monday", "next Thursday", "end of the quarter", "end of May", "1 May",
                              "end of next month", "end of week", "in 3 working days", "end of H2"]))  # fmt: skip
def test_what_names_a_day_to_come_is_never_in_the_past(today: date, text: str) -> None:
    try:
        assert parse_date(text, today=today) >= today
    except Unreadable as error:
        passed = error.sentence
        assert "has passed" in passed
        assert text in ("1 May", "end of May")  # a month's end that has just passed is a slip, as a day's is


@settings(max_examples=150)
@given(
    st.text(max_size=30)
    | st.lists(
        st.sampled_from(
            [
                "12",
                "5",
                "31",
                ".",
                "/",
                "-",
                "Dec",
                "May",
                "friday",
                "next",
                "in",
                "two",
                "weeks",
                "days",
                "end",
                "of",
                "Q1",
                "2027",
                "99999999",
                "ago",
            ]
        ),
        max_size=5,
    ).map(" ".join),
    st.booleans(),
)
def test_any_text_is_either_a_day_in_reach_or_a_sentence(text: str, past: bool) -> None:
    try:
        found = parse_date(text, today=TODAY, allow_past=past)
    except Unreadable as error:
        told = error.sentence
    else:
        assert past or found >= TODAY
        assert found <= date(2029, 11, 23)
        told = say_date(found, TODAY)
    assert told


def test_dates_are_found_inside_a_text() -> None:
    text = (
        "Dana approves by 4 Dec 2026 or Dec 12, Friday at the latest; from March 2027 and by Q1 we"
        " lose $3.5 24/7, 9/10 customers; see 2026-12-01, end of Q2, in 3 weeks, 1.2.2027."
    )
    assert [text[f.start : f.end] for f in find_dates(text, today=TODAY)] == [
        "4 Dec 2026", "Dec 12", "Friday", "from March 2027", "by Q1", "2026-12-01", "end of Q2",
        "in 3 weeks", "1.2.2027",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["", "We may march on.", "It sat there, wed to 24/7 support.", "Costs 3.5. Next: 2026-13-45",
     "version 1.2.3", "4 Decks", "second 12", "1/2 of all users", "https://x.test/2026-12-01"],
)  # fmt: skip
def test_no_date_is_found_where_there_is_none(text: str) -> None:
    assert find_dates(text, today=TODAY) == []


def test_a_found_date_is_the_one_to_come_unless_it_has_just_passed() -> None:
    found = [f.day for f in find_dates("end of Q2, 12 Nov, 1 March", today=TODAY)]
    assert found == [date(2027, 6, 30), date(2026, 11, 12), date(2027, 3, 1)]


@given(st.text(max_size=200))
def test_looking_for_dates_never_fails(text: str) -> None:
    for found in find_dates(text, today=TODAY):
        assert 0 <= found.start < found.end <= len(text)


def test_a_picked_day_reaches_as_far_as_a_typed_one() -> None:
    assert check_reach(date(2029, 11, 23), TODAY, "on") == date(2029, 11, 23)
    with pytest.raises(Unreadable) as refused:
        check_reach(date(9990, 1, 1), TODAY, "on")
    assert refused.value.field == "on"
    assert "more than three years ahead" in str(refused.value.sentence)
