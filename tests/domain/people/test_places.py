"""Countries and their parts, as people type them and as zones tell."""

import pytest

from app.domain.people.places import country_of_zone, missing_without_part, place_of, read_place
from app.domain.understood import Read, Refused


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("DE-BY", "DE-BY"), ("de-by", "DE-BY"), ("Germany", "DE"), ("Deutschland", "DE"), ("Bayern", "DE-BY"),
        ("AU-NSW Western", "AU-NSW Western"), ("au-nsw western", "AU-NSW Western"), ("Canada, Ontario", "CA-ON"),
        ("UK", "GB"), ("England", "GB-ENG"), ("Scotland", "GB-SCT"), ("US-CA", "US-CA"), ("日本", "JP"),
        ("Augsburg", "DE-Augsburg"),
    ],
)  # fmt: skip
def test_a_country_or_a_part_is_read_by_code_or_name(text: str, place: str) -> None:
    found = read_place(text)
    assert isinstance(found, Read), found
    assert found.value == place


@pytest.mark.parametrize("text", ["", "Utopia", "DE-XX", "Canada, Bavaria", "Georgia", "XX"])
def test_what_is_no_place_or_two_is_asked_back(text: str) -> None:
    found = read_place(text)
    assert isinstance(found, Refused)
    for one in found.candidates:
        assert isinstance(read_place(one.value), Read)


@pytest.mark.parametrize(
    ("tz", "country"),
    [
        ("Asia/Tokyo", "JP"), ("Asia/Calcutta", "IN"), ("US/Pacific", "US"), ("Europe/London", "GB"),
        ("UTC", None), ("Etc/GMT+5", None), ("Mars/Olympus", None),
    ],
)  # fmt: skip
def test_a_zone_lies_in_a_country_under_its_old_names_too(tz: str, country: str | None) -> None:
    assert country_of_zone(tz) == country


def test_a_zones_country_comes_before_the_setting_which_may_name_the_part() -> None:
    assert place_of("Asia/Tokyo", "DE-BY") == "JP"
    assert place_of("Europe/Berlin", "DE-BY") == "DE-BY"
    assert place_of("Europe/Berlin", None) == "DE"
    assert place_of("UTC", "DE-BY") == "DE-BY"


def test_where_every_part_has_holidays_of_its_own_they_are_missing_without_it() -> None:
    assert "Easter Monday" in missing_without_part("GB", 2026)
    assert "Thanksgiving Day" in missing_without_part("CA", 2026)
    assert missing_without_part("US", 2026) == []
    assert missing_without_part("GB-ENG", 2026) == []
    assert missing_without_part("JP", 2026) == []
