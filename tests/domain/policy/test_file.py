"""A policy goes into a file and comes back, and a file that can't be one is refused with what to write instead."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from app.domain.errors import Unreadable
from app.domain.ladder import Rung
from app.domain.policy.file import write
from app.domain.policy.policy import SHIPPED_POLICY, Policy, Step
from app.domain.policy.rates import SHIPPED_RATES
from app.domain.reading.amounts import Amount
from app.words.policy import changed, said
from app.words.policy_faults import read_file
from tests.policies import POLICIES


@given(POLICIES)
def test_what_is_written_is_read_again(policy: Policy) -> None:
    assert read_file(write(policy), SHIPPED_POLICY) == policy


@given(POLICIES, POLICIES)
def test_every_policy_can_be_said_and_every_change_too(before: Policy, after: Policy) -> None:
    lines = [line for _, lines in said(after) for line in lines]
    assert lines
    assert all(line.endswith(".") and line[0].isupper() for line in lines if not line[0].isdigit())
    assert bool(changed(before, after)) == (before != after)


def test_what_a_file_leaves_out_stays() -> None:
    assert read_file("", SHIPPED_POLICY) == SHIPPED_POLICY
    found = read_file('sign_off_days = 5\n[lowest_by_effect]\npromise = "director"', SHIPPED_POLICY)
    promise = {
        **SHIPPED_POLICY.floor_by_effect,
        **{e: (Step(Decimal(0), Rung.DIRECTOR),) for e in found.bar_raiser_for},
    }
    assert found == replace(SHIPPED_POLICY, sign_off_days=5, floor_by_effect=promise)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sign_off_days = ", "That is no TOML"),
        ("sign_of_days = 3", "I don't know “sign_of_days”. What I know: currency, lowest"),
        ("sign_off_days = 0", "“sign_off_days” is a whole number of days from 1 to 366."),
        ("wait_days = true", "“wait_days” is a whole number of days"),
        ('lowest = "peer"', "A one-way door never stays with a peer"),
        ('lowest = "boss"', "“boss” at “lowest” is none of: peer, manager, director, vp, slt."),
        ('currency = "euro"', "“euro” is no currency: write three capital letters, like EUR."),
        ('currency = "XYZ"', "There is no exchange rate for XYZ: add it below [rates.per_euro]."),
        ("[likelihood]\neven = 50", "“likelihood.even” is a share from 0 to 1: 0.3 is 30%."),
        ("[lowest_by_effect]\ncontract = { 1000 = \"vp\" }", "needs a rung for every amount: begin at 0"),
        ("[lowest_by_mistake]\n10 = \"vp\"\n20 = \"manager\"", "a dearer mistake would go to a lower rung"),
        ("[lowest_by_mistake]\nmuch = \"vp\"", "“much” at “lowest_by_mistake” is no amount"),
        ("[lowest_by_step]\n6 = \"vp\"", "“6” at “lowest_by_step” is no step from 1 to 5."),
        ("[two_way]\nundo = \"days\"", "“two_way.undo” is a list, like [\"hours\"]."),
        ("[two_way]\nsoon = []", "I don't know “two_way.soon”. What I know there: undo, cost."),
        ("bar_raiser = 3", "“bar_raiser” is a table"),
        ("[rates]\non = \"Monday\"", "“rates.on” is the day of the rates"),
        ("[rates.per_euro]\nUSD = 0", "“rates.per_euro.USD” says how many USD one euro is: more than none."),
        ("top_from = -1", "is no amount from 0 to ten trillion"),
    ],
)  # fmt: skip
def test_a_file_that_can_not_be_is_refused_with_what_is_wrong(text: str, told: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_file(text, SHIPPED_POLICY)
    assert told in refused.value.sentence


def test_at_least_forty_currencies_have_a_rate_and_its_source_and_day() -> None:
    assert len(SHIPPED_RATES.per_euro) >= 40
    assert all(rate > 0 for rate in SHIPPED_RATES.per_euro.values())
    assert (SHIPPED_RATES.source, str(SHIPPED_RATES.on)) == (
        "European Central Bank, and fixed parities", "2026-10-30",
    )  # fmt: skip


def test_an_amount_is_converted_by_both_rates_and_not_without_them() -> None:
    assert SHIPPED_RATES.convert(Amount(Decimal("17568"), "JPY"), "USD") == Amount(Decimal(112), "USD")
    assert SHIPPED_RATES.convert(Amount(Decimal("9.99"), "USD"), "USD") == Amount(Decimal("9.99"), "USD")
    assert SHIPPED_RATES.convert(Amount(Decimal(5), "VND"), "USD") is None
