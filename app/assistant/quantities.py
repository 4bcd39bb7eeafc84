"""Quantities as people write them. Pure.

A quantity is its value, its unit or currency, per what, its sign, and what is counted. A number alone is none of
these:
$200k a day is not $200k a week, -12% is not 12%, and 40 customers are not 40 teams.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from app.assistant.around import NOWHERE, Clause, Surroundings, bound_of, clauses
from app.assistant.digits import clear, from_digits
from app.assistant.number_words import eastern_value, numerals
from app.assistant.quantity_patterns import (
    AFTER,
    BEFORE,
    CENTS,
    DIGITS,
    EAST,
    EAST_TAIL,
    GERMAN_HALF,
    HALF,
    POINTS,
    RANGE,
    SCALE,
    UNIT,
    UNSURE_SCALES,
)
from app.assistant.signs import sign_of
from app.assistant.vocabulary import COUNTED, LONG_UNITS, UNITS, language_of
from app.assistant.written import goes_on, is_money, named, size_of


@dataclass(frozen=True)
class Quantity:
    """A quantity in a text.

    `meanings` are (value, unit) of all it may mean; none for what only looks like a number ("1.2.3"). `number_end` is
    where number, scale and currency end and a unit that is a word of its own begins.
    """

    start: int
    number_end: int
    end: int
    meanings: frozenset[tuple[Decimal, str]]
    currency: str | None
    digits: bool
    """Written in digits, not in words."""
    bare: bool
    """Neither scale, currency nor unit was written, and no separators: "2026", "five"."""
    one: bool = False
    """No more than the word "one"."""
    sign: int = 0
    """-1 and +1 where it was written."""
    bound: int = 0
    """-1 for "at most", +1 for "at least"."""
    range_end: int = 0
    """-1 for the low end of a range, +1 for its high end."""
    mate: frozenset[Decimal] = frozenset()
    """Of one end of a range: the other's values."""
    around: Surroundings = NOWHERE

    @property
    def said(self) -> tuple[object, ...]:
        """All of it but its place: two that are equal here say the same."""
        return (self.meanings, self.currency, self.sign, self.bound, self.around)


@dataclass(frozen=True)
class _Number:
    start: int
    end: int
    values: frozenset[Decimal]
    digits: str = ""
    one: bool = False


def quantities(text: str, whole: str | None = None) -> list[Quantity]:
    """Every quantity in `text`, in order. `whole` is the text before some of it was blotted out: what stands around a
    figure is read there. The two ends of a range share what only one end says."""
    whole = clear(whole if whole is not None else text)
    text = clear(text)
    language = language_of(whole)
    numbers = sorted(_numbers(text, language), key=lambda one: one.start)
    if not numbers:
        return []
    found: list[Quantity] = []
    end = 0
    for number in numbers:
        if number.start < end:
            continue
        one = _read(text, number, language)
        if one is not None:
            end = one.end
            found.append(one)
    for i, (low, high) in enumerate(pairwise(found)):
        if _is_range(text, low, high):
            found[i], found[i + 1] = _shared(low, high)
    page = clauses(whole)
    starts = [one.start for one in page]
    placed = [_placed(whole, one, page[max(0, bisect_right(starts, one.start) - 1)], language) for one in found]
    for i, (low, high) in enumerate(pairwise(placed)):
        between = text[low.end : high.start]
        named = between in (" to ", " auf ", " à ", " a ", " para ") and _FROM.search(
            text[max(0, low.start - 12) : low.start]
        )
        if named or between.strip() in ("→", "->", "=>"):
            placed[i], placed[i + 1] = _moved(low, high)
        if not high.around.sure and not _ENDS.search(between):
            placed[i + 1] = _eliding(placed[i], placed[i + 1])
    return placed


def _eliding(before: Quantity, one: Quantity) -> Quantity:
    """ "We asked 8", "the city pays 1.5M": what the figure before it in its sentence counts or is measured in."""
    if one.currency or any(unit for _, unit in one.meanings):
        return one
    of = next((str(value) for value, unit in before.meanings if not unit and before.around.sure), "")
    units = {unit for _, unit in before.meanings}
    return replace(
        one,
        around=replace(
            one.around,
            elided=before.around.counted if before.around.sure else before.around.elided,
            elided_of=of,
            elided_unit=units.pop() if len(units) == 1 else "",
            elided_money=before.currency or "",
        ),
    )


_ENDS: Final = re.compile(r"[!?。！？\n]|\.\s+[^\W\d_a-z]")


_TIMES: Final = frozenset({"ms", "second", "minute", "hour", "day", "working day", "week", "month", "quarter", "year"})
_FROM: Final = re.compile(r"\b(?:from|von|de) $", re.I)


def _moved(low: Quantity, high: Quantity) -> tuple[Quantity, Quantity]:
    """ "from €4.2m to €3.9m" fell, whatever words are used."""
    before, after = (max((value for value, _ in one.meanings), default=Decimal(0)) for one in (low, high))
    way = (after > before) - (after < before)
    units = {unit for _, unit in low.meanings}
    if high.bare and not low.bare and len(units) == 1 and "" not in units and not high.around.counted:
        # "from 45 seconds to 8"
        unit = units.pop()
        high = replace(high, meanings=frozenset((value, unit) for value, _ in high.meanings), bare=False)
    if low.around.movement or high.around.movement or low.currency != high.currency:
        return low, high
    return (
        replace(low, around=replace(low.around, movement=way)),
        replace(high, around=replace(high.around, movement=way)),
    )


def _placed(text: str, one: Quantity, clause: Clause, language: str | None) -> Quantity:
    sign = one.sign or sign_of(text, one.start, one.end)
    around = clause.around(text, one.start, one.number_end, one.end, money=one.currency is not None,
    language=language,
                           percent=any(unit == "%" for _, unit in one.meanings))  # fmt: skip
    return replace(
        one,
        sign=sign,
        bound=bound_of(text, one.start, one.end, time=any(unit in _TIMES for _, unit in one.meanings)),
        around=around,
    )


def worded(text: str, start: int, end: int, value: Decimal | None, unit: str) -> Quantity:
    """A figure that was read as a word, with what stands around it."""
    text = clear(text)
    meanings = frozenset({(value, unit)}) if value is not None else frozenset[tuple[Decimal, str]]()
    if value is not None and not unit and (money := AFTER.match(text, end)) and is_money(text, money, end):
        currency = named(money["sign"], money["code"] or money["low"], money["name"], money["place"])
    else:
        currency = None
    if currency is None and not unit and (before := BEFORE.search(text[max(0, start - 8) : start])):
        currency = named(before["sign"], before["code"] or before["low"] or (before["rupees"] and "INR"), None, None)
    one = Quantity(start, end, end, meanings, currency, False, False)
    page = clauses(text)
    return _placed(text, one, page[max(0, bisect_right([c.start for c in page], start) - 1)], language_of(text))


_PERCENT: Final = re.compile(r"\d ?%|\bper ?cent\b|prozent|por ?cento|por ciento|pour cent", re.I)


def _numbers(text: str, language: str | None) -> Iterator[_Number]:
    for one in numerals(text, language):
        if one.language == "ja" and text[one.end : one.end + 1].isdigit():
            continue
        yield _Number(one.start, one.end, frozenset({one.value}), one=one.one)
    for m in GERMAN_HALF.finditer(text):
        whole = Decimal(1) if m["one"] else next(iter(numerals(m["more"], "de"))).value
        yield _Number(m.start(), m.end(), frozenset({whole + Decimal("0.5")}))
    for m in DIGITS.finditer(text):
        yield _Number(m.start(), m.end(), from_digits(m[0]), m[0])


def _read(text: str, number: _Number, language: str | None) -> Quantity | None:
    start, at = number.start, number.end
    values, scale, unsure, letter = number.values, 1, False, ""
    before = BEFORE.search(text[max(0, start - 8) : start])
    currency = None
    if before:
        start -= len(before[0])
        currency = named(before["sign"], before["code"] or before["low"] or (before["rupees"] and "INR"), None, None)
        if before["glue"]:
            scale = {"t": 1000, "k": 1000, "m": 10**6, "mio": 10**6, "mrd": 10**9}[before["glue"].lower()]
    scaled = scale != 1
    if half := HALF.match(text, at):
        values, at = frozenset(value + _half(half) for value in values), half.end()
    while m := SCALE.match(text, at):
        letter = (m["glued"] or m["attached"] or m["apart"] or m["spelt"] or m["east"]).lower().rstrip(".")
        if not goes_on(m, letter, scaled, text):
            letter = ""
            break
        scale *= size_of(letter, m, language)
        unsure = m["attached"] in ("m", "mm", "b", "t", "T", "B") and not currency
        scaled, at = True, m.end()
        if m["east"]:
            if more := EAST_TAIL.match(text, at):
                tail = _tail(more[1] or more[3])
                size = {"万": 10**4, "千": 1000, "百": 100}.get(more[2] or "", 1)
                values = frozenset(value + tail * size / scale for value in values)
                at = more.end()
            continue
        break
    if half := HALF.match(text, at):
        values, at = frozenset(value + _half(half) for value in values), half.end()
    if currency is None and (after := AFTER.match(text, at)) and is_money(text, after, at):
        currency = named(after["sign"], after["code"] or after["low"], after["name"], after["place"])
        at = after.end()
    if currency is None and not scaled and (cents := CENTS.match(text, at)):
        currency = "GBP" if cents["pence"] else "CHF" if cents["rappen"] else "¢"
        values, at = frozenset(value / 100 for value in values), cents.end()
    number_end = end = at
    unit, own_word = "", False
    if text[start - 1 : start] == "(" and text[at : at + 1] == ")" and UNIT.match(text, at + 1):
        at += 1  # "five (5) days"
    if currency is None and (m := UNIT.match(text, at)):
        word = (m["close"] or m["east"] or m["long"] or m["apart"]).lower()
        unit = LONG_UNITS[re.sub("[ -]", " ", word)] if m["long"] else UNITS.get(word, "day" if word == "日" else "%")
        if m[0].endswith("B/s"):
            unit += " of bytes"
        own_word = m["gap"] is not None and unit not in ("%", "bp", "pp")
        number_end, end = (at if own_word else m.end()), m.end()
        if half := HALF.match(text, end):
            values, end = frozenset(value + _half(half) for value in values), half.end()
            number_end = end if not own_word else number_end
    if currency is None and not unit and (points := POINTS.match(text, at)):
        # In a sentence about percent a point is one of theirs.
        unit = "pp" if _PERCENT.search(text[max(0, start - 80) : points.end() + 80]) else "pt"
        number_end, end = at, points.end()
    if re.match(rf"[^\W{EAST}]|[%×€£¥₹$]", text[end : end + 1]):
        return None
    return Quantity(
        start, number_end, end, _meanings(number, values, scale, scaled, unsure, letter, currency, unit, language,
        text, end),
        currency, bool(number.digits), _is_bare(number, scaled, currency, unit), number.one,
    )  # fmt: skip


def _half(m: re.Match[str]) -> Decimal:
    return Decimal("0.25") if m["quarter"] else Decimal("0.75") if m["three"] else Decimal("0.5")


def _tail(text: str) -> Decimal:
    return Decimal(text) if text.isdigit() else eastern_value(text)


def _is_bare(number: _Number, scaled: bool, currency: str | None, unit: str) -> bool:
    return not (scaled or currency or unit) and (number.digits.isdigit() or not number.digits)


def _meanings(
    number: _Number, values: frozenset[Decimal], scale: int, scaled: bool, unsure: bool, letter: str,
    currency: str | None, unit: str, language: str | None, text: str, end: int,
) -> frozenset[tuple[Decimal, str]]:  # fmt: skip
    if len(values) > 1:
        one = _one_of(values, number.digits, currency, scaled, unit, language, text, end)
        values = values if one is None else frozenset({one})
    found = {(value * scale, unit) for value in values}
    if unsure and letter in UNSURE_SCALES and not _counts_something(text, end):
        found |= {(value, {"m": "m?", "mm": "mm?", "b": "b?", "t": "t?"}[letter]) for value in values}
    return frozenset(found)


def _counts_something(text: str, end: int) -> bool:
    m = re.compile(r"[ ]([^\W\d_]{3,})").match(text, end)
    return bool(m and (m[1].lower() in COUNTED or (m[1].endswith("s") and len(m[1]) > 3)))


def _one_of(
    values: frozenset[Decimal], digits: str, currency: str | None, scaled: bool, unit: str, language: str | None,
    text: str, end: int,
) -> Decimal | None:  # fmt: skip
    """Which of its two readings "3.500" has, where something tells; None where nothing does."""
    small, large = min(values), max(values)
    comma = "," in digits
    writes_comma = language in ("de", "fr", "es", "pt", "it", "nl")
    if digits[0] == "0":
        return small
    if comma:
        return small if scaled and writes_comma else large
    if writes_comma:
        return large
    if currency and not scaled:
        return large
    if scaled or unit in ("%", "pp", "x", "second", "ms", "kg", "km", "gb", "tb", "m"):
        return small
    return large if _counts_something(text, end) or unit else None


def _is_range(text: str, low: Quantity, high: Quantity) -> bool:
    between = text[low.end : high.start]
    if between in (" and ", " und ", " et ", " y ", " e "):
        return bool(
            re.search(r"(?:between|zwischen|entre|tra|tussen) $", text[max(0, low.start - 16) : low.start], re.I)
        )
    return RANGE.fullmatch(between) is not None


def _shared(low: Quantity, high: Quantity) -> tuple[Quantity, Quantity]:
    """ "10–15%" is 10% to 15%, "$3-5M" is $3M to $5M."""
    lows = {value for value, _ in low.meanings}
    highs = {value for value, _ in high.meanings}
    unit = next(iter({unit for _, unit in high.meanings if not unit.endswith("?")}), "")
    if not any(unit for _, unit in low.meanings) and low.meanings and high.meanings:
        scale = _scale_between(max(lows), max(highs)) if low.bare or low.currency else 1
        low = replace(low, meanings=frozenset((value * scale, unit) for value in lows), bare=low.bare and high.bare)
    currency = low.currency or high.currency
    lows, highs = ({value for value, _ in one.meanings} for one in (low, high))
    low = replace(low, currency=currency, range_end=-1, mate=frozenset(highs))
    high = replace(high, currency=currency, range_end=1, mate=frozenset(lows))
    return (_sure(low), _sure(high)) if currency else (low, high)


def _sure(one: Quantity) -> Quantity:
    """ "1.4m" of money is millions."""
    return replace(one, meanings=frozenset((value, unit) for value, unit in one.meanings if not unit.endswith("?")))


def _scale_between(low: Decimal, high: Decimal) -> int:
    """The scale that a low end leaves to its high end: 3 of "3-5M"."""
    for size in (10**12, 10**9, 10**6, 10**3):
        if high >= size and low < 1000 and low * size <= high:
            return size
    return 1
