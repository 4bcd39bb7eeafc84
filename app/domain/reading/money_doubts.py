"""Why an amount can't be told from what was typed: a type for each reason, with its figures.

``app/words/reading/money.py`` says each in a sentence. `typed` is what somebody wrote, raw.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class NoFigure:
    """Nothing was typed."""


@dataclass(frozen=True)
class NoMoney:
    """`left`: the words that are of no amount; empty where that is all of them."""

    typed: str
    left: str = ""


@dataclass(frozen=True)
class TooLongForMoney:
    typed: str


@dataclass(frozen=True)
class BelowZero:
    typed: str


@dataclass(frozen=True)
class TooMuch:
    """More than anybody's money."""

    typed: str


@dataclass(frozen=True)
class TwoCurrencies:
    typed: str


@dataclass(frozen=True)
class TwoFigures:
    typed: str


@dataclass(frozen=True)
class TwoSpans:
    """By the day and by the week."""

    typed: str


@dataclass(frozen=True)
class OnlyALimit:
    typed: str


@dataclass(frozen=True)
class ThousandTimesApart:
    """`digits` as typed: their one sign is a decimal one to some, and groups thousands for others."""

    typed: str
    digits: str


@dataclass(frozen=True)
class ScaleDiffers:
    """A word like “billion”, which is another number in another language."""

    typed: str


@dataclass(frozen=True)
class WhoseCurrency:
    """`name`: one that several currencies share."""

    typed: str
    name: str


@dataclass(frozen=True)
class NoCurrency:
    typed: str


MoneyDoubt = (
    NoFigure
    | NoMoney
    | TooLongForMoney
    | BelowZero
    | TooMuch
    | TwoCurrencies
    | TwoFigures
    | TwoSpans
    | OnlyALimit
    | ThousandTimesApart
    | ScaleDiffers
    | WhoseCurrency
    | NoCurrency
)
