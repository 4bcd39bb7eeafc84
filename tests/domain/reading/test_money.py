"""Money to its last word: read as it was meant, or asked back with what it could mean."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.reading.money import Money, Per, read_amount, said
from app.domain.reading.money_words import CODES, PLAIN_CODES
from app.domain.understood import Read, Refused
from app.words.reading.money import asked_back
from tests.domain.reading.phrases_money import ASKED, READ

LOCALES = ("en-US", "en-CA", "de-DE", "fr-FR", "es-LA", "pt-BR", "ja-JP", "zh-CN", "sv-SE", None)


@pytest.mark.parametrize(("text", "locale", "value", "currency", "per"), READ)
def test_an_amount_is_read_the_way_it_was_meant(
    text: str, locale: str, value: str, currency: str, per: Per | None
) -> None:
    found = read_amount(text, locale=locale)
    assert isinstance(found, Read), found
    assert found.value == Money(Decimal(value), currency, per)


@pytest.mark.parametrize(("text", "locale", "offered"), ASKED)
def test_what_is_not_plain_is_asked_back_with_what_it_could_mean(
    text: str, locale: str, offered: tuple[str, ...]
) -> None:
    found = read_amount(text, locale=locale)
    assert isinstance(found, Refused), found
    assert tuple(one.said for one in found.candidates) == offered


@pytest.mark.parametrize(("text", "locale", "_"), ASKED)
def test_a_refusal_proposes_nothing_that_it_then_refuses(text: str, locale: str, _: tuple[str, ...]) -> None:
    found = read_amount(text, locale=locale)
    assert isinstance(found, Refused)
    for one in found.candidates:
        again = read_amount(one.said, locale=locale)
        assert isinstance(again, Read), one.said
        assert again.value == one.value
    typed = " ".join(text.split())
    for proposed in re.findall("like ((?:“[^”]+”(?: or )?)+)", asked_back(found).sentence):
        for one in re.findall("“([^”]+)”", proposed):
            assert one == typed or isinstance(read_amount(one, locale="en-US"), Read), one


@pytest.mark.parametrize("code", sorted(CODES - PLAIN_CODES - {"EUR"}))
def test_a_code_in_small_letters_is_no_currency_of_its_own(code: str) -> None:
    """ "200k all" is no Albanian lek, "200k try" no Turkish lira."""
    assert isinstance(read_amount(f"200k {code}"), Read)
    assert isinstance(read_amount(f"200k {code.lower()}"), Refused)


def test_a_code_in_small_letters_counts_beside_its_sign_or_name() -> None:
    for text in ("$200k sgd", "200k kronor sek", "$200k cad"):
        assert isinstance(read_amount(text), Read), text


@given(
    st.decimals(min_value=0, max_value=10**13, places=2),
    st.sampled_from(["USD", "EUR", "GBP", "JPY", "INR", "CHF", "SEK", "CAD", "KRW"]),
    st.sampled_from([None, "day", "working_day", "week", "month", "quarter", "year"]),
    st.sampled_from(LOCALES),
)
def test_what_the_bot_writes_it_reads_back_as_the_same(
    value: Decimal, currency: str, per: Per | None, locale: str | None
) -> None:
    money = Money(value, currency, per)
    found = read_amount(said(money, locale), locale=locale)
    assert isinstance(found, Read), said(money, locale)
    assert found.value == money


@given(st.sampled_from([text for text, *_ in READ]), st.sampled_from(["blorp", "tax", "Kunden", "maybe", "not", "?"]))
def test_no_word_is_ignored(text: str, word: str) -> None:
    """A word that nobody knows, put before or behind an amount that is read, makes it be asked back."""
    for whole in (f"{word} {text}", f"{text} {word}"):
        found = read_amount(whole, locale="en-US")
        assert isinstance(found, Refused), whole


@given(st.text(max_size=40) | st.text("0123456789.,' kKmM$€-(/)day万円", max_size=16), st.sampled_from(LOCALES))
def test_any_text_is_an_amount_or_a_sentence(text: str, locale: str | None) -> None:
    found = read_amount(text, locale=locale)
    if isinstance(found, Read):
        assert 0 <= found.value.value <= 10**13
    else:
        assert asked_back(found).sentence
        assert len(found.candidates) <= 3


def test_at_most_one_plain_phrase_in_ten_is_asked_back() -> None:
    asked = [text for text, locale, *_ in READ if isinstance(read_amount(text, locale=locale), Refused)]
    assert len(asked) * 10 <= len(READ)
