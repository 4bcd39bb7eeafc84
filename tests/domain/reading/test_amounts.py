"""Money as people type it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Unreadable
from app.domain.reading.amounts import (
    LARGEST,
    Amount,
    Per,
    Rate,
    format_amount,
    format_rate,
    typed_amount,
)
from app.words.reading.money import parse_amount, parse_rate


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("$200k", 200_000, "USD"),
        ("3,5M €", 3_500_000, "EUR"),
        ("$3.5M", 3_500_000, "USD"),
        ("$3.5 M.", 3_500_000, "USD"),
        ("€ 1.200,50", "1200.50", "EUR"),
        ("1,200.50 USD", "1200.50", "USD"),
        ("$1,200", 1200, "USD"),
        ("1.200 €", 1200, "EUR"),
        ("$1.25", "1.25", "USD"),
        ("1,5 €", "1.5", "EUR"),
        ("€0.500", "0.5", "EUR"),
        ("1.200.000 EUR", 1_200_000, "EUR"),
        ("12,00,000 INR", 1_200_000, "INR"),
        ("20 crore rupees", 200_000_000, "INR"),
        ("200 000 SEK", 200_000, "SEK"),
        ("200\u00a0000\u00a0kronor", 200_000, "SEK"),
        ("200\u202f000 NOK", 200_000, "NOK"),
        ("1'200.50 CHF", "1200.50", "CHF"),
        ("CHF 1’200.–", 1200, "CHF"),
        ("1 million USD", 1_000_000, "USD"),
        ("a million dollars", 1_000_000, "USD"),
        ("half a million euros", 500_000, "EUR"),
        ("two hundred thousand pounds", 200_000, "GBP"),
        ("hundred thousand euros", 100_000, "EUR"),
        ("£2bn", 2_000_000_000, "GBP"),
        ("350k EUR", 350_000, "EUR"),
        ("350kEUR", 350_000, "EUR"),
        ("3 MSEK", 3_000_000, "SEK"),
        ("US$5m", 5_000_000, "USD"),
        ("R$ 40k", 40_000, "BRL"),
        (".5M $", 500_000, "USD"),
        ("about $200k", 200_000, "USD"),
        ("~€5k", 5_000, "EUR"),
        ("٣٬٥٠٠ USD", 3500, "USD"),
        ("३५०k INR", 350_000, "INR"),
        ("３５０ｋ €", 350_000, "EUR"),
        ("\u200e$200k\u200f", 200_000, "USD"),
        ("$200k CAD", 200_000, "CAD"),
        ("1.250M $", 1_250_000, "USD"),
        ("$0", 0, "USD"),
        ("½ million $", 500_000, "USD"),
    ],
)
def test_an_amount_is_read_the_way_it_was_meant(text: str, value: str | int, currency: str) -> None:
    assert parse_amount(text) == Amount(Decimal(value), currency)


def test_the_default_currency_stands_in_where_none_is_typed() -> None:
    assert parse_amount("200k", default_currency="EUR") == Amount(Decimal(200_000), "EUR")
    assert parse_amount("$200k", default_currency="EUR").currency == "USD"
    with pytest.raises(Unreadable, match="without its currency"):
        parse_amount("200k")


def test_dollars_and_kroner_are_those_of_the_place() -> None:
    assert parse_amount("$5k", locale="en-CA").currency == "CAD"
    assert parse_amount("5 dollars", locale="en-AU").currency == "AUD"
    assert parse_amount("5 kr", locale="nb-NO").currency == "NOK"
    with pytest.raises(Unreadable, match="whose kr") as refused:
        parse_amount("5 kr", locale="en-US")
    assert [one.said for one in refused.value.candidates] == ["SEK 5", "NOK 5", "DKK 5"]


@pytest.mark.parametrize(
    "text",
    ["two weeks of work", "a lot", "a few thousand dollars", "?", "10%", "1e5 $", "2 00 $",
     "1..2 $", "1.2.3 $", "$1,20,0", "$5 6", "10² $", "k 200 $", "D-42 $", "200 foo"],
)  # fmt: skip
def test_what_is_no_amount_is_answered_with_what_was_typed_and_an_example(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_amount(text, field="cost_of_delay")
    assert f"“{text}”" in refused.value.sentence
    assert "$200k" in refused.value.sentence
    assert "or use the scale" in refused.value.sentence
    assert refused.value.field == "cost_of_delay"


@pytest.mark.parametrize("text", ["", "   ", "\n", "\u200b"])
def test_nothing_typed_is_told_that_no_money_is_fine_too(text: str) -> None:
    with pytest.raises(Unreadable, match=r"no figure yet.*or use the scale"):
        parse_amount(text)


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("-5k", "below zero"),
        ("($5k)", "below zero"),
        ("−$5k", "below zero"),
        ("$100k-200k", "more than one figure"),
        ("$5 to $6", "more than one figure"),
        ("$11tn", "ten trillion"),
        ("$" + "9" * 90, "ten trillion"),
        ("9" * 500 + " $", "too long"),
        ("$200 EUR", "two currencies"),
        ("1,250M $", "a thousand times apart"),
        ("£40K/day", "is a rate.*“£40k”"),
        ("$5k per year", "is a rate.*“\\$5k”"),
    ],
)
def test_a_refusal_says_why(text: str, because: str) -> None:
    with pytest.raises(Unreadable, match=because):
        parse_amount(text)


@pytest.mark.parametrize(
    ("value", "currency", "shown"),
    [
        ("3500000", "USD", "$3.5M"),
        ("200000", "USD", "$200k"),
        ("1200.50", "EUR", "€1,200.50"),
        ("1200", "EUR", "€1.2k"),
        ("1234567", "USD", "$1,234,567"),
        ("3333.333333333", "USD", "$3.33k"),
        ("950", "USD", "$950"),
        ("12.5", "GBP", "£12.50"),
        ("0", "USD", "$0"),
        ("999.999", "USD", "$1k"),
        ("999999", "USD", "$999,999"),
        ("1254000", "USD", "$1,254,000"),
        ("10000", "USD", "$10k"),
        ("2000000000", "USD", "$2bn"),
        ("10000000000000", "USD", "$10tn"),
        ("1e30", "USD", "$1000000000000000000tn"),
        ("200000", "SEK", "SEK 200k"),
    ],
)
def test_an_amount_is_shown_to_its_last_digit_and_what_was_worked_out_with_three_figures(
    value: str, currency: str, shown: str
) -> None:
    assert format_amount(Amount(Decimal(value), currency)) == shown


amounts = st.builds(
    Amount,
    st.decimals(min_value=0, max_value=LARGEST, places=2),
    st.sampled_from(["USD", "EUR", "GBP", "SEK", "CHF", "JPY", "BRL", "MMK", "MNT"]),
)


@given(amounts)
def test_what_the_bot_writes_it_reads_back_as_the_same(amount: Amount) -> None:
    assert parse_amount(format_amount(amount)) == amount
    for locale in ("en-US", "en-CA", "de-DE", "fr-FR", "es-LA", "ja-JP", "zh-CN", "sv-SE"):
        assert parse_amount(typed_amount(amount), locale=locale) == amount


@given(amounts, st.sampled_from(["day", "week"]))
def test_a_rate_is_read_back_the_same_way(amount: Amount, per: Per) -> None:
    assert parse_rate(format_rate(Rate(amount, per))) == Rate(amount, per)


@given(st.text(max_size=40) | st.text("0123456789.,' kKmM$€-(/)day", max_size=16))
def test_any_text_is_either_an_amount_or_a_sentence(text: str) -> None:
    try:
        amount = parse_amount(text, default_currency="USD")
    except Unreadable as error:
        told = error.sentence
    else:
        assert 0 <= amount.value <= LARGEST
        told = format_amount(amount)
    assert told


@pytest.mark.parametrize(
    ("text", "value", "currency", "per"),
    [
        ("$200k per day", 200_000, "USD", "day"),
        ("20k/week", 20_000, "EUR", "week"),
        ("£40K/day", 40_000, "GBP", "day"),
        ("$5k a week", 5_000, "USD", "week"),
        ("$5k weekly", 5_000, "USD", "week"),
        ("$5k / d", 5_000, "USD", "day"),
        ("$5k per wk.", 5_000, "USD", "week"),
        ("half a million euros each day", 500_000, "EUR", "day"),
    ],
)
def test_a_rate_is_read_with_its_day_or_week(text: str, value: int, currency: str, per: Per) -> None:
    rate = parse_rate(text, default_currency="EUR")
    assert rate == Rate(Amount(Decimal(value), currency), per)


def test_a_bare_amount_needs_to_be_told_per_what() -> None:
    assert parse_rate("$20k", per="week") == Rate(Amount(Decimal(20_000), "USD"), "week")
    assert parse_rate("$20k/day", per="week").per == "day"
    with pytest.raises(Unreadable, match=r"per day or per week.*“\$20k per day”"):
        parse_rate("$20k")


@pytest.mark.parametrize("text", ["per day", "lots per day", "$5k per customer", "$5k/hour", ""])
def test_what_is_no_rate_is_refused_with_its_field(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_rate(text, field="delay")
    assert refused.value.field == "delay"


@pytest.mark.parametrize("text", ["$300k per month", "$300k/mo", "$300k monthly", "300k USD a month"])
def test_a_month_is_thirty_days(text: str) -> None:
    assert parse_rate(text) == Rate(Amount(Decimal(10_000), "USD"), "day")


def test_working_days_quarters_and_years_are_counted_too() -> None:
    assert parse_rate("$1k per working day") == Rate(Amount(Decimal(5_000), "USD"), "week")
    assert parse_rate("$91k per quarter") == Rate(Amount(Decimal(1_000), "USD"), "day")
    assert parse_rate("$365k a year") == Rate(Amount(Decimal(1_000), "USD"), "day")


def test_an_amount_for_the_whole_wait_is_spread_over_it() -> None:
    assert parse_rate("€240k for the whole wait", per="week", whole_days=24) == Rate(
        Amount(Decimal(10_000), "EUR"), "day"
    )


def test_a_rate_adds_up_over_the_days_waited() -> None:
    assert Rate(Amount(Decimal(200), "USD"), "day").over(10) == Amount(Decimal(2000), "USD")
    assert Rate(Amount(Decimal(700), "USD"), "week").over(10) == Amount(Decimal(1000), "USD")
    with pytest.raises(ValueError, match="zero or more"):
        Rate(Amount(Decimal(700), "USD"), "week").over(-1)


@pytest.mark.parametrize(("value", "currency"), [("-1", "USD"), ("NaN", "USD"), ("Infinity", "USD"), ("1", "usd")])
def test_an_impossible_amount_cannot_be_made(value: str, currency: str) -> None:
    with pytest.raises(ValueError):
        Amount(Decimal(value), currency)
