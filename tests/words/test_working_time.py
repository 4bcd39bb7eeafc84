"""When somebody works: by their own choice, else by their zone's country, else by the operator's setting."""

from datetime import date, time

import pytest

from app.domain.errors import Unreadable
from app.domain.people.calendar import WorkingHours, is_working_day, weekend_of
from app.domain.people.working_time import WorkingTime, working_hours
from app.words.working_time import Filled, days_off, read, shown_off, summary

TODAY = date(2026, 12, 2)
WEEKDAYS = ["0", "1", "2", "3", "4"]


def filled(**changed: object) -> Filled:
    given = {"place": "", "days": WEEKDAYS, "start": "", "end": "", "off": ""}
    return Filled(**{**given, **changed})  # type: ignore[arg-type]


def test_what_somebody_chose_comes_first_then_their_zone_then_the_setting() -> None:
    assert working_hours("Asia/Tokyo", WorkingTime(), "DE-BY").country == "JP"
    assert working_hours("Asia/Tokyo", WorkingTime(country="FR"), "DE-BY").country == "FR"
    assert working_hours("UTC", WorkingTime(), "DE-BY").country == "DE-BY"


def test_the_weekend_is_the_countrys() -> None:
    riyadh = WorkingHours("Asia/Riyadh", "SA")
    assert not is_working_day(date(2026, 11, 6), riyadh), "a Friday"
    assert is_working_day(date(2026, 11, 8), riyadh), "a Sunday"
    assert weekend_of(riyadh, TODAY) == {4, 5}


def test_a_weekend_that_moved_is_that_of_its_time() -> None:
    dubai = WorkingHours("Asia/Dubai", "AE")
    assert not is_working_day(date(2021, 11, 5), dubai), "a Friday, before the weekend moved"
    assert is_working_day(date(2021, 11, 7), dubai)
    assert is_working_day(date(2026, 11, 6), dubai)
    assert not is_working_day(date(2026, 11, 8), dubai)


def test_a_saturday_that_makes_up_for_a_holiday_is_worked() -> None:
    shanghai = WorkingHours("Asia/Shanghai", "CN")
    assert is_working_day(date(2026, 2, 14), shanghai)
    assert not is_working_day(date(2026, 2, 21), shanghai)


def test_a_part_with_small_letters_has_its_own_holidays() -> None:
    western = WorkingHours("Australia/Broken_Hill", "AU-NSW Western")
    assert not is_working_day(date(2026, 1, 26), western)


def test_a_choice_is_kept_and_read_back_as_the_same() -> None:
    chosen = WorkingTime("DE-BY", frozenset({4, 5}), time(8), time(16, 30), frozenset({date(2026, 12, 24)}))
    assert WorkingTime.of(chosen.stored()) == chosen
    assert WorkingTime.of(None) == WorkingTime()


def test_what_is_as_zone_and_country_have_it_goes_on_following_them() -> None:
    assert read(filled(place="Germany"), "Europe/Berlin", None, TODAY) == WorkingTime()
    assert read(filled(place="DE-BY"), "Europe/Berlin", None, TODAY).country == "DE-BY"
    assert read(filled(days=["6", "0", "1", "2", "3"]), "Asia/Riyadh", None, TODAY).weekend is None


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"place": "Utopia"}, "place"), ({"days": []}, "days"), ({"start": "17:00", "end": "09:00"}, "end"),
        ({"off": "whenever"}, "off"), ({"off": "2026-12-24 to 2027-12-24"}, "off"), ({"start": "noon"}, "start"),
    ],
)  # fmt: skip
def test_what_cant_be_read_points_at_its_field(changed: dict[str, object], field: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(filled(**changed), "UTC", None, TODAY)
    assert refused.value.field == field


def test_days_off_are_days_or_ranges_and_shown_as_they_are_read() -> None:
    off = days_off("2026-12-24 to 2026-12-26\n2027-01-04", TODAY)
    assert len(off) == 4
    assert shown_off(off, TODAY) == "2026-12-24 to 2026-12-26\n2027-01-04"
    assert days_off(shown_off(off, TODAY), TODAY) == off
    assert not is_working_day(date(2026, 12, 24), WorkingHours("UTC", off=off))


def test_working_time_is_said_in_a_line() -> None:
    hours = WorkingHours("Asia/Riyadh", "SA")
    said = summary(hours, weekend_of(hours, TODAY))
    assert said.startswith("Mon, Tue, Wed, Thu, Sun, 09:00–17:00 in Asia/Riyadh, with the public holidays of Saudi")
