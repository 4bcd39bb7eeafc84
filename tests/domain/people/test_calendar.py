"""The working time of one person. 2026-11-23 is a Monday."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.people.calendar import (
    WorkingHours,
    add_working_days,
    end_of_working_day,
    halfway,
    is_working,
    is_working_day,
    local_date,
    next_working_moment,
    previous_working_day,
    working_days_between,
    working_days_within,
    zone,
)
from app.domain.signing.reminders import reminder_times

HELSINKI = WorkingHours("Europe/Helsinki")
UTC_HOURS = WorkingHours("UTC")


def at(text: str, tz: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone(tz)).astimezone(UTC)


def test_an_unknown_zone_counts_as_utc() -> None:
    for name in ("", "Mars/Olympus", "../etc/passwd", "America", "a\0b", "x" * 300):
        assert zone(name).key == "UTC"
    assert zone("Asia/Kathmandu").key == "Asia/Kathmandu"


def test_a_naive_moment_is_refused_everywhere() -> None:
    naive = datetime(2026, 11, 23, 12)  # noqa: DTZ001
    aware = at("2026-11-23T12:00")
    with pytest.raises(ValueError, match="time zone"):
        is_working(naive, HELSINKI)
    with pytest.raises(ValueError, match="time zone"):
        next_working_moment(naive, HELSINKI)
    with pytest.raises(ValueError, match="time zone"):
        halfway(aware, naive, HELSINKI)
    with pytest.raises(ValueError, match="time zone"):
        reminder_times(naive, aware, HELSINKI)


def test_hours_that_leave_no_time_to_work_are_refused() -> None:
    with pytest.raises(ValueError, match="before it ends"):
        WorkingHours("UTC", start=time(17), end=time(9))
    with pytest.raises(ValueError, match="at least one"):
        WorkingHours("UTC", weekend=frozenset(range(7)))


@pytest.mark.parametrize(
    ("moment", "working"),
    [
        ("2026-11-23T08:59", False),
        ("2026-11-23T09:00", True),
        ("2026-11-23T17:00", True),
        ("2026-11-23T17:01", False),
        ("2026-11-28T12:00", False),
    ],
)
def test_working_time_is_their_own_wall_clock(moment: str, working: bool) -> None:
    assert is_working(at(moment, "Europe/Helsinki"), HELSINKI) is working


@pytest.mark.parametrize(
    ("tz", "moment", "expected"),
    [
        ("UTC", "2026-11-23T12:00", "2026-11-23T12:00"),
        ("UTC", "2026-11-27T17:01", "2026-11-30T09:00"),
        ("UTC", "2026-11-28T03:00", "2026-11-30T09:00"),
        ("Asia/Kathmandu", "2026-11-23T00:00", "2026-11-23T03:15"),  # +05:45
        ("Pacific/Kiritimati", "2026-11-27T03:01", "2026-11-29T19:00"),  # +14, Friday is over
        ("Pacific/Pago_Pago", "2026-11-28T03:59", "2026-11-28T03:59"),  # −11, still Friday
        ("Pacific/Chatham", "2026-11-22T12:00", "2026-11-22T19:15"),  # +13:45
    ],
)
def test_the_next_working_moment_is_found_in_every_zone(tz: str, moment: str, expected: str) -> None:
    assert next_working_moment(at(moment), WorkingHours(tz)) == at(expected)


def test_a_moment_may_come_in_any_zone_and_leaves_in_utc() -> None:
    tokyo = datetime(2026, 11, 23, 12, tzinfo=timezone(timedelta(hours=9)))
    found = next_working_moment(tokyo, UTC_HOURS)
    assert found == at("2026-11-23T09:00")
    assert found.tzinfo is UTC


def test_the_day_starts_at_nine_on_both_sides_of_a_clock_change() -> None:
    new_york = WorkingHours("America/New_York", weekend=frozenset())
    assert next_working_moment(at("2026-10-31T04:00"), new_york) == at("2026-10-31T13:00")
    assert next_working_moment(at("2026-11-01T05:00"), new_york) == at("2026-11-01T14:00")


def test_a_start_that_the_clocks_skip_moves_on_and_the_day_still_counts() -> None:
    early = WorkingHours("Europe/Berlin", start=time(2, 30), end=time(11), weekend=frozenset())
    opening = next_working_moment(at("2026-03-29T00:00"), early)
    assert opening == at("2026-03-29T01:30")
    assert is_working(opening, early)


def test_a_day_shut_inside_a_clock_change_is_no_working_day() -> None:
    hour = WorkingHours("Europe/Berlin", start=time(2), end=time(2, 30), weekend=frozenset())
    assert is_working_day(date(2026, 3, 28), hour)
    night = WorkingHours("Europe/Berlin", start=time(2, 30), end=time(3), weekend=frozenset())
    assert not is_working_day(date(2026, 3, 29), night)


def test_a_day_that_a_zone_leapt_over_is_no_working_day() -> None:
    samoa = WorkingHours("Pacific/Apia")
    assert is_working_day(date(2011, 12, 29), samoa)
    assert not is_working_day(date(2011, 12, 30), samoa)


def test_holidays_are_those_of_the_country_and_its_region() -> None:
    independence = date(2027, 12, 6)
    assert is_working_day(independence, HELSINKI)
    assert not is_working_day(independence, WorkingHours("Europe/Helsinki", "fi"))
    epiphany = date(2027, 1, 6)
    assert is_working_day(epiphany, WorkingHours("Europe/Berlin", "DE"))
    assert not is_working_day(epiphany, WorkingHours("Europe/Berlin", "DE-BY"))


@pytest.mark.parametrize("country", ["ZZ", "", "Finland, I think", "US-ZZ"])
def test_an_unknown_country_or_region_stops_nobody(country: str) -> None:
    hours = WorkingHours("Europe/Helsinki", country)
    assert is_working_day(date(2026, 11, 23), hours)
    assert is_working_day(date(2026, 12, 25), hours) is (country != "US-ZZ")


def test_working_days_are_counted_over_weekends_and_holidays() -> None:
    finn = WorkingHours("Europe/Helsinki", "FI")
    assert add_working_days(date(2026, 12, 23), 1, finn) == date(2026, 12, 28)
    assert add_working_days(date(2026, 11, 27), 1, UTC_HOURS) == date(2026, 11, 30)
    assert add_working_days(date(2026, 11, 30), -1, UTC_HOURS) == date(2026, 11, 27)
    assert add_working_days(date(2026, 11, 28), 0, UTC_HOURS) == date(2026, 11, 30)
    assert add_working_days(date(2026, 11, 27), 0, UTC_HOURS) == date(2026, 11, 27)
    assert previous_working_day(date(2026, 12, 28), finn) == date(2026, 12, 23)
    assert working_days_between(date(2026, 11, 23), date(2026, 11, 30), UTC_HOURS) == 5
    assert working_days_between(date(2026, 11, 30), date(2026, 11, 23), UTC_HOURS) == 0


def test_a_friday_and_saturday_weekend_is_kept() -> None:
    dubai = WorkingHours("Asia/Riyadh", weekend=frozenset({4, 5}))
    assert next_working_moment(at("2026-11-26T20:00"), dubai) == at("2026-11-29T06:00")


def test_a_deadline_day_ends_when_that_person_goes_home() -> None:
    friday = date(2026, 12, 4)
    assert end_of_working_day(friday, HELSINKI) == at("2026-12-04T15:00")
    assert end_of_working_day(friday, WorkingHours("Pacific/Kiritimati")) == at("2026-12-04T03:00")
    assert end_of_working_day(date(2026, 12, 5), UTC_HOURS) == at("2026-12-05T17:00")


def test_halfway_counts_working_time_only() -> None:
    # Friday 16:00 to Tuesday 17:00 holds 1 + 8 + 8 hours.
    half = halfway(at("2026-11-27T16:00"), at("2026-12-01T17:00"), UTC_HOURS)
    assert half == at("2026-11-30T16:30")


def test_halfway_through_a_weekend_is_monday_morning() -> None:
    half = halfway(at("2026-11-28T10:00"), at("2026-11-29T10:00"), UTC_HOURS)
    assert half == at("2026-11-30T09:00")


def test_a_week_ahead_brings_three_reminders() -> None:
    deadline = end_of_working_day(date(2026, 11, 27), UTC_HOURS)
    assert reminder_times(at("2026-11-23T09:00"), deadline, UTC_HOURS) == [
        ("halfway", at("2026-11-25T13:00")),
        ("day_before", at("2026-11-26T09:00")),
        ("deadline", at("2026-11-27T09:00")),
    ]


def test_nobody_is_reminded_twice_on_the_day_before() -> None:
    deadline = end_of_working_day(date(2026, 11, 27), UTC_HOURS)
    assert reminder_times(at("2026-11-25T09:00"), deadline, UTC_HOURS) == [
        ("day_before", at("2026-11-26T09:00")),
        ("deadline", at("2026-11-27T09:00")),
    ]


def test_an_ask_for_today_is_reminded_once_on_the_way() -> None:
    deadline = end_of_working_day(date(2026, 11, 23), UTC_HOURS)
    assert reminder_times(at("2026-11-23T09:00"), deadline, UTC_HOURS) == [
        ("halfway", at("2026-11-23T13:00")),
    ]


def test_who_is_asked_for_tomorrow_hears_in_the_morning() -> None:
    deadline = end_of_working_day(date(2026, 11, 24), UTC_HOURS)
    assert reminder_times(at("2026-11-23T15:00"), deadline, UTC_HOURS) == [
        ("deadline", at("2026-11-24T09:00")),
    ]


def test_whoever_sleeps_at_the_deadline_hears_in_the_morning_of_their_last_day_before_it() -> None:
    """Seventeen o'clock on a Friday in New York is Saturday, seven in the morning, in Tokyo."""
    tokyo = WorkingHours("Asia/Tokyo")
    deadline = at("2026-11-27T22:00")
    assert reminder_times(at("2026-11-23T14:00"), deadline, tokyo)[-1] == ("deadline", at("2026-11-27T00:00"))


def test_the_day_before_a_monday_is_friday() -> None:
    deadline = end_of_working_day(date(2026, 11, 30), UTC_HOURS)
    labels = dict(reminder_times(at("2026-11-23T09:00"), deadline, UTC_HOURS))
    assert labels["day_before"] == at("2026-11-27T09:00")


def test_a_deadline_on_a_day_off_is_said_on_the_working_day_before() -> None:
    saturday = end_of_working_day(date(2026, 11, 28), UTC_HOURS)
    assert reminder_times(at("2026-11-23T09:00"), saturday, UTC_HOURS)[-1] == (
        "deadline",
        at("2026-11-27T09:00"),
    )


def test_a_deadline_already_past_has_no_reminders() -> None:
    now = at("2026-11-23T12:00")
    assert reminder_times(now, now, UTC_HOURS) == []
    assert reminder_times(now, now - timedelta(days=3), UTC_HOURS) == []


moments = st.datetimes(
    min_value=datetime(2005, 1, 1),  # noqa: DTZ001
    max_value=datetime(2045, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
people = st.builds(
    WorkingHours,
    tz=st.sampled_from(
        ["UTC", "Europe/London", "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati",
         "Pacific/Pago_Pago", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Apia", "nowhere"]
    ),
    country=st.sampled_from([None, "FI", "JP", "ZZ"]),
    start=st.sampled_from([time(0), time(2, 30), time(9)]),
    end=st.sampled_from([time(12), time(17), time(23, 59)]),
    weekend=st.frozensets(st.integers(0, 6), max_size=6),
)  # fmt: skip
days = st.dates(date(2005, 1, 1), date(2045, 1, 1))


@given(moments, people)
def test_the_next_working_moment_is_working_and_the_first_one(moment: datetime, hours: WorkingHours) -> None:
    found = next_working_moment(moment, hours)
    assert found >= moment
    assert is_working(found, hours)
    assert next_working_moment(found, hours) == found
    assert (found == moment) is is_working(moment, hours)
    if found > moment:  # nothing between: not just before it, not on the way
        step = (found - moment) / 7
        between = [moment + i * step for i in range(7)] + [found - timedelta(microseconds=1)]
        assert not any(is_working(m, hours) for m in between)


@given(moments, st.timedeltas(timedelta(0), timedelta(days=40)), people)
def test_reminders_fall_into_working_time_in_order_and_never_twice(
    asked: datetime, wait: timedelta, hours: WorkingHours
) -> None:
    deadline = asked + wait
    reminders = reminder_times(asked, deadline, hours)
    whens = [when for _, when in reminders]
    assert whens == sorted(set(whens))
    assert all(asked < when < deadline and is_working(when, hours) for when in whens)
    labels = [label for label, _ in reminders]
    assert labels == [x for x in ("halfway", "day_before", "deadline") if x in labels]
    days = [local_date(when, hours) for when in whens]
    assert len(days) == len(set(days)), "nobody is reminded twice in one day"
    second = timedelta(seconds=1)
    if next_working_moment(asked + second, hours) < deadline - second:
        assert reminders, "whoever still works before the deadline hears before it"


@given(moments, st.timedeltas(timedelta(0), timedelta(days=40)), people)
def test_halfway_is_working_time_and_never_before_the_start(
    start: datetime, wait: timedelta, hours: WorkingHours
) -> None:
    half = halfway(start, start + wait, hours)
    assert half >= start
    assert is_working(half, hours)


@given(days, st.integers(1, 15), people)
def test_adding_working_days_and_counting_them_agree(d: date, n: int, hours: WorkingHours) -> None:
    later = add_working_days(d, n, hours)
    assert working_days_between(d, later, hours) == n
    assert is_working_day(later, hours)
    assert (
        add_working_days(later, -n, hours) < d
        or not is_working_day(d, hours)
        or (add_working_days(later, -n, hours) == d)
    )


MOMENTS = st.integers(0, 366 * 24 * 60).map(lambda m: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=m))


@given(st.lists(MOMENTS, min_size=3, max_size=3), st.sampled_from([HELSINKI, UTC_HOURS, WorkingHours("UTC", "DE")]))
def test_working_time_adds_up_and_is_never_more_than_the_days_it_touches(
    moments: list[datetime], hours: WorkingHours
) -> None:
    first, middle, last = sorted(moments)
    whole = working_days_within(first, last, hours)
    parts = working_days_within(first, middle, hours) + working_days_within(middle, last, hours)
    assert abs(whole - parts) < 1e-9
    touched = working_days_between(local_date(first, hours) - timedelta(days=1), local_date(last, hours), hours)
    assert 0 <= whole <= touched + 1e-9
    assert working_days_within(last, first, hours) == 0 or first == last


def test_from_friday_noon_to_monday_noon_is_one_working_day() -> None:
    assert working_days_within(at("2026-11-27 13:00"), at("2026-11-30 13:00"), UTC_HOURS) == 1
    assert working_days_within(at("2026-11-28 09:00"), at("2026-11-29 17:00"), UTC_HOURS) == 0
