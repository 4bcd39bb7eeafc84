"""The rule about figures: what the sources say may be said, in any spelling, and nothing more."""

import unicodedata
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assistant.claims import MARKERS, claims
from app.assistant.figures import Struck, strike

MONTHS = [date(2026, month, 1).strftime("%B") for month in range(1, 13)]


def stands(draft: str, *sources: str) -> bool:
    return strike(draft, sources).struck == ()


@pytest.mark.parametrize(
    ("source", "draft"),
    [
        ("3.5M", "3,500,000"),
        ("3.5M", "3.5 million"),
        ("3,500,000", "3.5M"),
        ("3 500 000", "3500000"),
        ("3.500.000,50", "3,500,000.50"),
        ("40k", "40,000"),
        ("€40k", "40,000 EUR"),
        ("EUR 40000", "€40,000"),
        ("40 k€ a week", "€40k a week"),
        ("$5 million", "5 million dollars"),
        ("€40,000", "40,000"),
        ("12%", "12 percent"),
        ("12 per cent", "12%"),
        ("twelve percent", "12%"),
        ("10–15%", "10% to 15%"),
        ("between 10 and 15%", "10%"),
        ("$3-5M", "$3M"),
        ("three days", "3 days"),
        ("3 days", "a three-day wait"),
        ("two hundred and fifty thousand users", "250k users"),
        ("one team", "1 team"),
        ("300ms", "300 ms"),
        ("half of customers", "50%"),
        ("2026-12-01", "1 Dec 2026"),
        ("2026-12-01", "Dec 1"),
        ("2026-12-01", "December 1st, 2026"),
        ("2026-12-01", "December"),
        ("2026-12-01", "in 2026"),
        ("2026-12-04", "Friday"),
        ("Dec 1", "2026-12-01"),
        ("Dec 1, and 2026 is our year", "1 December 2026"),
        ("1–5 Dec 2026", "Dec 5"),
        ("Q4 2026", "Q4"),
        ("5pm", "17:00"),
        ("12/1", "Dec 1"),
        ("See D-42 and p99", "D-42 and P99"),
    ],
)
def test_a_draft_may_say_what_a_source_says_in_other_words(source: str, draft: str) -> None:
    assert strike(draft, [source]) == strike(draft, [draft])
    assert stands(draft, source)


@pytest.mark.parametrize(
    ("source", "draft", "struck"),
    [
        ("3.5M", "3.6M", ("3.6M",)),
        ("12", "12%", ("12%",)),
        ("12%", "12", ("12",)),
        ("€5", "$5", ("$5",)),
        ("5", "€5", ("€5",)),
        ("3 days", "3 weeks", ("3 weeks",)),
        ("3 days", "three-month", ("three-month",)),
        ("3 minutes", "3m", ("3m",)),
        ("3500", "3.500", ("3.500",)),
        ("2026-12-01", "2026-12-02", ("2026-12-02",)),
        ("2026-12-01", "01/12/2026", ("01/12/2026",)),
        ("2026-12-01", "Dec 1 2027", ("Dec 1 2027",)),
        ("Dec 1, as in 2026", "Dec 1 2031", ("Dec 1 2031",)),
        ("2026-12-01", "Monday", ("Monday",)),
        ("1 Dec", "1 team", ("1",)),
        ("nothing", "next week", ("next week",)),
        ("nothing", "end of the quarter", ("end of the quarter",)),
        ("nothing", "Q3", ("Q3",)),
        ("nothing", "half of them", ("half",)),
        ("nothing", "two thirds", ("two thirds",)),
        ("nothing", "dozens of customers", ("dozens",)),
        ("nothing", "it doubled", ("doubled",)),
        ("nothing", "24/7", ("24/7",)),
        ("nothing", "part 2", ("2",)),
        ("nothing", "one million", ("one million",)),
        ("nothing", "½ of it", ("½",)),
        ("nothing", "٣٥ teams", ("٣٥",)),
        ("D-41", "D-42", ("D-42",)),
        ("https://example.com/42", "42", ("42",)),
    ],
)
def test_what_no_source_says_is_struck(source: str, draft: str, struck: tuple[str, ...]) -> None:
    found = strike(draft, [source])
    assert found.struck == struck
    assert any(marker in found.text for marker in MARKERS.values())


@pytest.mark.parametrize(
    "text",
    [
        "A two-way door costs one team nothing.",
        "Nobody may march on; the second option wins, and a third party agrees.",
        "No one, someone and anyone.",
    ],
)
def test_words_that_only_look_like_figures_stay(text: str) -> None:
    assert strike(text, []).text == text


def test_a_struck_figure_leaves_a_gap_that_says_what_is_missing() -> None:
    found = strike("Waiting costs €40k a week for three weeks from 1 Dec 2026.", [])
    assert found.text == ("Waiting costs [figure needed] a week for [figure needed] weeks from [date needed].")
    assert found.struck == ("€40k", "three weeks", "1 Dec 2026")


def test_the_numbers_of_a_list_become_dashes() -> None:
    assert strike("1. Keep it\n2) Drop it", []).text == "- Keep it\n- Drop it"


def test_figures_of_several_sources_stand_together() -> None:
    assert stands("12% by 1 Dec 2026", "12 percent of users", "by 2026-12-01")


VALUES = st.integers(min_value=2, max_value=999).map(lambda n: Decimal(n) * 1000)


def spellings(value: Decimal) -> list[str]:
    whole = int(value)
    return [
        f"{whole}",
        f"{whole:,}",
        f"{whole:,}".replace(",", " "),
        f"{whole // 1000}k",
        f"{whole // 1000} thousand",
        f"{whole / 1_000_000:g}M" if whole % 10_000 == 0 else f"{whole // 1000}K",
    ]


@given(VALUES, st.data())
def test_every_spelling_of_an_amount_stands_for_every_other(value: Decimal, data: st.DataObject) -> None:
    if 1990 <= value < 2050:
        value += 100_000
    source, draft = (data.draw(st.sampled_from(spellings(value))) for _ in range(2))
    assert stands(f"about {draft} users", f"we have {source} users")


@given(VALUES, VALUES, st.data())
def test_no_spelling_of_an_amount_stands_for_another(a: Decimal, b: Decimal, data: st.DataObject) -> None:
    source = data.draw(st.sampled_from(spellings(a)))
    draft = data.draw(st.sampled_from(spellings(b)))
    assert stands(f"about {draft} users", f"we have {source} users") == (a == b)


DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31))


def day_spellings(day: date) -> list[str]:
    name = MONTHS[day.month - 1]
    return [
        day.isoformat(),
        f"{day.day} {name} {day.year}",
        f"{day.day} {name[:3]} {day.year}",
        f"{name} {day.day}, {day.year}",
        f"{name[:3]} {day.day} {day.year}",
        f"{day.day:02}.{day.month:02}.{day.year}",
    ]


@given(DAYS, st.data())
def test_every_spelling_of_a_day_stands_for_every_other(day: date, data: st.DataObject) -> None:
    source, draft = (data.draw(st.sampled_from(day_spellings(day))) for _ in range(2))
    assert stands(f"due by {draft}.", f"It ends on {source}.")


@given(DAYS, st.integers(min_value=1, max_value=800), st.data())
def test_another_day_never_stands(day: date, later: int, data: st.DataObject) -> None:
    source = data.draw(st.sampled_from(day_spellings(day)))
    draft = data.draw(st.sampled_from(day_spellings(day + timedelta(days=later))))
    assert not stands(f"due by {draft}.", f"It ends on {source}.")


# Text that is thick with what the rule is about, and with what might confuse it.
PIECES = st.sampled_from(
    [
        *"0123456789$€%kM -–/.,:\n()'v½²٣３x\ue000",
        *("12", "3.5", "2026", "1,000", "D-", " Dec ", " May ", "Q3", "three ", "million ", "days"),
        *("pm", "th", "EUR", "one ", "two-way ", "half ", "between ", " and ", " to ", "<@U1>"),
        "https://a.io/1 ",
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=14).map("".join), st.text(max_size=40))


@given(TEXTS)
def test_a_text_stands_by_itself(text: str) -> None:
    assert strike(text, [text]).struck == ()


@given(TEXTS)
def test_no_digit_survives_without_a_source(text: str) -> None:
    found = strike(text, [])
    assert not [char for char in found.text if unicodedata.numeric(char, None) is not None and not is_word(char)]


@given(TEXTS, TEXTS)
def test_a_draft_that_was_checked_passes_the_check(text: str, source: str) -> None:
    once = strike(text, [source])
    assert strike(once.text, [source]) == Struck(once.text, ())


@given(TEXTS)
def test_claims_are_in_order_and_do_not_overlap(text: str) -> None:
    end = 0
    for claim in claims(text):
        assert end <= claim.start < claim.cut_to <= claim.end <= len(text)
        end = claim.end


def is_word(char: str) -> bool:
    """Chinese numerals are letters, in names as well: they are left to the reader."""
    return unicodedata.category(char) == "Lo"
