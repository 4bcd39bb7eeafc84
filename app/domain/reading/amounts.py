"""Money in a decision: amounts, and rates by the day or the week. `money.py` reads what is typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from app.domain.reading import money
from app.domain.reading.money import LARGEST, UNNAMED, Found, Money
from app.domain.reading.money_doubts import MoneyDoubt, NoCurrency
from app.domain.understood import Read, Refused

__all__ = [
    "LARGEST",
    "Amount",
    "AmountDoubt",
    "IsARate",
    "Per",
    "PerWhat",
    "Rate",
    "format_amount",
    "format_rate",
    "format_rough",
    "read_rate",
    "read_whole",
    "typed_amount",
]

Per = Literal["day", "week"]

_DAYS = {"day": 1, "week": 7}
_SPANS: dict[str, tuple[Per, int, int]] = {
    "day": ("day", 1, 1), "working_day": ("week", 5, 1), "week": ("week", 1, 1),
    "month": ("day", 1, 30), "quarter": ("day", 1, 91), "year": ("day", 1, 365),
}  # fmt: skip
"""A rate is kept by the calendar day or week: (which, times, divided by). Five working days are a week, a month is
thirty days, a quarter 91."""


@dataclass(frozen=True)
class Amount:
    """Money: `value` in whole units of `currency` (ISO 4217), zero or more."""

    value: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not self.value.is_finite() or self.value < 0:
            raise ValueError(f"an amount is zero or more, not {self.value}")
        if not re.fullmatch("[A-Z]{3}", self.currency):
            raise ValueError(f"a currency is three capital letters, not {self.currency!r}")


@dataclass(frozen=True)
class Rate:
    """Money per calendar day or week: what waiting costs."""

    amount: Amount
    per: Per

    def over(self, days: int) -> Amount:
        """What `days` calendar days cost; a week is seven of them. Raises ValueError below zero."""
        value = self.amount.value * days / _DAYS[self.per]
        return Amount(value, self.amount.currency)


@dataclass(frozen=True)
class IsARate:
    """Where one amount is wanted. `once`: the same money for once, as its writer would type it."""

    typed: str
    once: str


@dataclass(frozen=True)
class PerWhat:
    """Where a rate is wanted: money for no span. `daily`: as it would be typed for a day."""

    typed: str
    daily: str


AmountDoubt = MoneyDoubt | IsARate | PerWhat
Asked = Refused[Money, AmountDoubt]


def read_whole(text: str, *, default_currency: str | None = None, locale: str | None = None) -> Amount | Asked:
    """One amount. `default_currency` (ISO code) is used where the text names none; `locale` is the person's."""
    found = _found(text, default_currency, locale)
    if isinstance(found, Refused):
        return found
    one = found.money
    if one.per is None:
        return Amount(one.value, one.currency)
    named = one.currency != UNNAMED
    whole = Money(one.value, one.currency if named else "USD")
    said = money.said(whole, locale)
    return Refused(IsARate(text, said), (Read(whole, said),) if named else ())


def read_rate(
    text: str,
    *,
    default_currency: str | None = None,
    per: Per | None = None,
    locale: str | None = None,
    whole: bool = False,
    whole_days: int | None = None,
) -> Rate | Asked:
    """Money per day, working day, week, month, quarter or year: "$200k per day", "20k/week".

    Where no span is typed, `per` stands in, or with `whole` the whole wait of `whole_days`; "$240k for the whole wait"
    says so itself.
    """
    found = _found(text, default_currency, locale)
    if isinstance(found, Refused):
        return found
    one = found.money
    if one.per is None and (found.whole or whole) and whole_days:
        return Rate(Amount(one.value / whole_days, one.currency), "day")
    if one.per is None and per is None:
        named = one.currency if one.currency != UNNAMED else "USD"
        spans = [Money(one.value, named, span) for span in ("day", "week")]
        offered = tuple(Read(each, money.said(each, locale)) for each in spans)
        return Refused(PerWhat(text, offered[0].said), offered)
    span, times, parts = _SPANS[one.per or str(per)]
    return Rate(Amount(one.value * times / parts, one.currency), span)


def _found(text: str, default: str | None, locale: str | None) -> Found | Asked:
    found = money.find(text, locale=locale)
    if isinstance(found, Refused):
        return Refused(found.why, found.candidates, found.left_over)
    if found.money.currency != UNNAMED:
        return found
    if default is None:
        asked = money.read_amount(text, locale=locale)
        return Refused(NoCurrency(text), asked.candidates if isinstance(asked, Refused) else ())
    return Found(Money(found.money.value, default, found.money.per), found.whole)


def format_amount(amount: Amount) -> str:
    """To the last digit: "$3.5M", "$1,234,567", "SEK 200k". `read_whole` reads it as the same."""
    return money.figure(amount.value, amount.currency)


def format_rough(amount: Amount) -> str:
    """What was worked out from rough figures: three figures that matter, "$714k" for 714,286."""
    value = amount.value
    return money.figure(Decimal(f"{value:.2e}") if value >= 1000 else value, amount.currency)


def format_rate(rate: Rate) -> str:
    """ "$200k per day". `read_rate` reads it."""
    return f"{format_amount(rate.amount)} per {rate.per}"


def typed_amount(amount: Amount) -> str:
    """As `format_amount`, for an input: a dollar names its country, since who reads it again may live in another."""
    if amount.value != round(amount.value, 2):  # four decimals: three would group thousands
        return f"{amount.value:.4f} {amount.currency}"
    shown = format_amount(amount)
    return f"US{shown}" if shown.startswith("$") else shown
