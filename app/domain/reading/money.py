"""The reader of money: what a person typed, to its last word, or a refusal with what it could mean.

How a figure is read (each rule has a test):

- A scale may follow: k, M, bn, tn, "million", "lakh", "crore", "Mio", "mil millones", "万"; also glued: 350kEUR,
  TEUR.
- "1,200.50" and "1.200,50": where both signs stand, the last one is the decimal sign. One that repeats groups
  thousands.
- One sign and not three digits after it is decimal: "3,5M" is 3.5 million.
- One sign and three digits after it groups thousands: "1,200" and "1.200" are 1200, since nobody prices a decision to a
  tenth of a cent. With a scale, "1.250M" is 1.25 million for who writes English; every other such figure is asked back:
  writers of English and of German differ by a factor of a thousand.
- Spaces and apostrophes only group thousands: "200 000 kr", "1'200".
- "$", "kr" and other shared names are the money of the person's place. Where that settles nothing "$" is the US dollar,
  and "kr" is asked back.
- A code counts in capitals, after a sign or beside its own name; in small letters only where it is no word.
- A rough figure ("about") is a figure; a limit ("up to"), a range, a second figure and an unknown word are asked back.
- Nothing below zero, and nothing above ten trillion.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from app.domain.plain_text import plain
from app.domain.reading.money_digits import NoNumber
from app.domain.reading.money_doubts import (
    BelowZero,
    MoneyDoubt,
    NoCurrency,
    NoFigure,
    NoMoney,
    OnlyALimit,
    ScaleDiffers,
    ThousandTimesApart,
    TooLongForMoney,
    TooMuch,
    TwoCurrencies,
    TwoFigures,
    TwoSpans,
    WhoseCurrency,
)
from app.domain.reading.money_figures import Figure, Scan
from app.domain.reading.money_scan import scan
from app.domain.reading.money_words import (
    AMBIGUOUS_SCALES,
    FAMILIES,
    LANGUAGES,
    LONG_SCALE,
    PLACES,
    POINT_IS_DECIMAL,
    USUAL,
)
from app.domain.understood import MOST_CANDIDATES, Read, Refused

Per = Literal["day", "working_day", "week", "month", "quarter", "year"]

LARGEST = Decimal(10) ** 13
"""Ten trillion. More is a slip of the keys: it is a tenth of what the world earns in a year."""
LONGEST_TEXT = 120

_SHOWN = {"USD": "$", "EUR": "€", "GBP": "£", "INR": "₹", "KRW": "₩"}
_NOT = frozenset(
    """not no none never without nothing n't dont don't kein keine nicht pas sans sin não nao ない percent % people
    hour hours days weeks months customers users figures per /""".split()  # noqa: SIM905
)
"""Beside one of these the figure is no price, and is not even offered."""


@dataclass(frozen=True)
class Money:
    """`value` in whole units of `currency` (ISO 4217, or XXX where none was named); `per` which span, None for once."""

    value: Decimal
    currency: str
    per: Per | None = None


@dataclass(frozen=True)
class Found:
    """Money, and whether it was said to be for the whole wait."""

    money: Money
    whole: bool


UNNAMED = "XXX"
"""ISO 4217 for no currency."""

Asked = Refused[Money, MoneyDoubt]


def read_amount(text: str, *, locale: str | None = None) -> Read[Money] | Asked:
    """One amount, with its currency and the span it is for. `locale`: the person's in Slack, like "en-US"."""
    found = find(text, locale=locale)
    if isinstance(found, Refused):
        return found
    if found.money.currency == UNNAMED:
        return Refused(NoCurrency(text), _in_currencies(found.money, locale))
    return Read(found.money, said(found.money, locale))


def find(text: str, *, locale: str | None = None) -> Found | Asked:
    """As `read_amount`, where a figure without a currency is read too, in XXX."""
    clean = re.sub(r"(?<=\d)[.,][-–—]+(?!\d)", "", plain(text))  # "1'200.–": no cents
    if not clean:
        return Refused(NoFigure())
    if len(clean) > LONGEST_TEXT:
        return Refused(TooLongForMoney(text))
    place, language = _place(locale)
    try:
        seen = scan(clean, place, language)
    except NoNumber:
        return Refused(NoMoney(text), left_over=(clean,))
    return _judged(text, clean, seen, locale)


def said(money: Money, locale: str | None = None) -> str:
    """As Threshold says it, and reads it again for a person of that locale: "$200k per day", "US$1,234,567"."""
    ours = figure(money.value, money.currency)
    if ours.startswith("$") and currency_of("$", locale) != "USD":
        ours = f"US{ours}"
    return f"{ours} per {money.per.replace('_', ' ')}" if money.per else ours


def figure(value: Decimal, currency: str) -> str:
    """To the last digit where it is one that somebody types: "$3.5M", "€1,200.50", "SEK 200k". What was worked out,
    with a fraction of a cent, is told by three figures that matter."""
    exact = value == value.quantize(Decimal("0.01")) if value < 10**20 else value == int(value)
    if not exact and value >= 1:
        value = Decimal(f"{value:.2e}")
    shown = _letters(value) or _grouped(value)
    sign = _SHOWN.get(currency)
    return f"{sign}{shown}" if sign else f"{currency} {shown}"


def _letters(value: Decimal) -> str:
    """With a letter, where two decimals say it whole."""
    for size, letter in ((10**12, "tn"), (10**9, "bn"), (10**6, "M"), (10**3, "k")):
        if value >= size:
            part = value / size
            return _trimmed(part) + letter if part == round(part, 2) else ""
    return ""


def _grouped(value: Decimal) -> str:
    cents = round(value, 2)
    return f"{cents:,.0f}" if cents == cents.to_integral_value() else f"{cents:,.2f}"


def _trimmed(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def currency_of(name: str, locale: str | None) -> str | None:
    """Which currency a shared name is for that person; None where it has to be asked."""
    if name not in FAMILIES:
        return name
    place, language = _place(locale)
    here = PLACES.get(place)
    if here in FAMILIES[name]:
        return here
    if name == "$" and language == "es" and place in ("LA", "419"):
        return None
    return USUAL.get(name)


def _place(locale: str | None) -> tuple[str, str]:
    """(territory, language) of "en-US", "sv_SE" or "sv"."""
    language, _, place = (locale or "").replace("_", "-").partition("-")
    language = language.lower()
    return (place or LANGUAGES.get(language, "")).upper()[-3:], language


# ── what was seen, judged ───────────────────────────────────────────────────────────────────────────────


def _judged(text: str, clean: str, seen: Scan, locale: str | None) -> Found | Asked:
    per: Per | None = seen.per  # type: ignore[assignment]
    if not seen.figures:
        return Refused(NoMoney(text), left_over=seen.unknown or (clean,))
    if seen.negative:
        return Refused(BelowZero(text))
    currency = _currency(seen, locale)
    if currency == "":
        return Refused(TwoCurrencies(text))
    readings = [value for one in seen.figures for value in _values(one, locale)]
    if len(seen.figures) == 2 and not seen.figures[0].scaled and seen.figures[1].scaled:  # 200-300k
        high = seen.figures[1]
        readings[0] = min(readings[0] * (high.value / Decimal(re.sub(r"\D", "", high.digits) or 1)), high.value)
    if any(value.adjusted() > 14 or value > LARGEST for value in readings[:1]):
        return Refused(TooMuch(text))
    monies = [
        Money(value, code, per) for value in readings if value <= LARGEST for code in _codes(seen, currency, locale)
    ]
    offered = _offered(monies, locale)
    why = _doubt(text, clean, seen, readings, currency)
    if why is None:
        return Found(Money(readings[0], currency or UNNAMED, per), seen.whole)
    odd = any(word.lower() in _NOT or not word[0].isalpha() for word in seen.unknown)
    bare = currency is None and not any(one.digits for one in seen.figures)
    if seen.unknown and (odd or bare or len(seen.figures) > 1):
        offered = ()
    return Refused(why, offered, seen.unknown)


def _doubt(text: str, clean: str, seen: Scan, readings: list[Decimal], currency: str | None) -> MoneyDoubt | None:
    """Why this is asked back; None where it is plain."""
    if len(seen.figures) > 1:
        return TwoFigures(text)
    if seen.unknown:
        words = " ".join(seen.unknown)
        return NoMoney(text, "" if words == clean else words)
    if seen.pers > 1:
        return TwoSpans(text)
    if seen.limit:
        return OnlyALimit(text)
    if len(readings) > 1:
        digits = seen.figures[0].digits
        if re.fullmatch(r"\d+[.,]\d{3}", digits):
            return ThousandTimesApart(text, digits)
        return ScaleDiffers(text)
    if currency is None and seen.names:
        return WhoseCurrency(text, seen.names[0])
    return None


def _values(one: Figure, locale: str | None) -> list[Decimal]:
    """The figure, in every way it can be read; the likeliest first."""
    _, language = _place(locale)
    values = [one.value]
    if one.scaled and re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", one.digits) and not one.grouped_for_sure:
        english = (not language or language in POINT_IS_DECIMAL) and not one.foreign
        if "," in one.digits or not english:
            values.append(one.value * 1000)
    word = one.scale_word
    if word in AMBIGUOUS_SCALES and (language in LONG_SCALE or word == "billions" or one.foreign):
        short, long = AMBIGUOUS_SCALES[word]
        values.append(one.value / short * long)
    if word == "mil" and language not in ("es", "pt") and not one.foreign:
        values.append(one.value * 1000)
    if word == "t":
        values.append(one.value * 10**9)
    return [value for value in values if len(values) == 1 or value <= LARGEST]


def _codes(seen: Scan, currency: str | None, locale: str | None) -> list[str]:
    if currency:
        return [currency]
    if seen.names:
        return list(FAMILIES[seen.names[0]][:MOST_CANDIDATES])
    return _usual(locale)


def _usual(locale: str | None) -> list[str]:
    here = PLACES.get(_place(locale)[0])
    return list(dict.fromkeys(code for code in (here, "USD", "EUR", "GBP") if code))[:MOST_CANDIDATES]


def _in_currencies(money: Money, locale: str | None) -> tuple[Read[Money], ...]:
    return _offered([Money(money.value, code, money.per) for code in _usual(locale)], locale)


def _offered(monies: list[Money], locale: str | None) -> tuple[Read[Money], ...]:
    found = {said(one, locale): one for one in monies}
    return tuple(Read(money, words) for words, money in found.items())[:MOST_CANDIDATES]


def _currency(seen: Scan, locale: str | None) -> str | None:
    """The one that all words agree on; None where none is named or a shared name settles nothing; "" where two are."""
    codes = dict.fromkeys(seen.codes)
    if len(codes) > 1:
        return ""
    code = next(iter(codes), None)
    for name in seen.names:
        if code is not None and code not in FAMILIES[name]:
            return ""
    if code is not None:
        return code
    settled = {currency_of(name, locale) for name in seen.names}
    if len(settled) > 1:
        return ""
    return next(iter(settled), None)
