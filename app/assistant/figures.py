"""The rule about figures: what stands in no source is struck. Pure.

Every figure and date of a draft is read into what it says, whatever way it is written: 3.5M is
3,500,000 and 3.5 million, 12% is 12 percent, 2026-12-01 is 1 Dec 2026 is Dec 1. It stands if the
sources say the same; otherwise it is left out, and a marker says so.

In doubt it is struck, since a gap is seen and a wrong figure is not:
- a unit is part of a figure: 12% is not 12, €5 is not $5, 3 days are not 3 weeks. A draft may say
  less than its source (40,000 for €40,000), never more. A percentage stays one.
- what can be read two ways (3m, 3.500, 01/02/2026) must stand both ways.
- names with digits in them (D-42, p99, Q3, v1.2) must stand letter by letter; so must ratios.
- a day without its year lends itself to any year, or, where the sources name years, to those.
- "one" alone is a word ("one team"), and so is what is in "two-way"; the numbers that open the
  lines of a list are turned into dashes.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from app.assistant.dates import BLOT, Reading, Sense, dates
from app.assistant.quantities import CODES, Quantity, quantities

Kind = Literal["figure", "date"]
MARKERS: Final[dict[Kind, str]] = {"figure": "[figure needed]", "date": "[date needed]"}


@dataclass(frozen=True)
class Claim:
    """A figure or a date in a text: where it is, what is cut if it is struck, what it says."""

    kind: Kind
    start: int
    end: int
    cut_to: int
    """Where the cut ends: "3" in "3 days", so that the gap still says what is missing."""
    reading: Reading


@dataclass(frozen=True)
class Struck:
    """A text after the rule, and what was struck from it, in its own spelling and in order."""

    text: str
    struck: tuple[str, ...]


def strike(text: str, sources: Iterable[str]) -> Struck:
    """`text` with every figure and date marked that stands in none of the sources."""
    lent = frozenset(sense for source in sources for claim in claims(source) for sense in claim.reading.lends)
    years = {sense[1] for sense in lent if sense[0] == "year"}
    text = _LIST_NUMBER.sub(r"\1- ", text)
    struck: dict[str, None] = {}
    # Again until all that is left stands: what was part of a longer figure may be read anew.
    while failing := [
        claim for claim in claims(text) if not all(_stands(sense, lent, years) for sense in claim.reading.claims)
    ]:
        struck |= dict.fromkeys(text[claim.start : claim.end] for claim in failing)
        kept, at = [], 0
        for claim in failing:
            kept += [text[at : claim.start], MARKERS[claim.kind]]
            at = claim.cut_to
        text = "".join([*kept, text[at:]])
    return Struck(text, tuple(struck))


def claims(text: str) -> list[Claim]:
    """Every figure and date in `text`, in order. Every digit belongs to one of them."""
    page = _Page(text)
    for m in page.free(_OPAQUE):
        if _has_digit(m[0]):
            page.take("figure", m.start(), m.end(), _verbatim(m[0]))
        else:
            page.blot(m.start(), m.end())
    for found in dates(page.text):
        page.take("date", found.start, found.end, found.reading)
    for m in page.free(_NAME):
        page.take("figure", m.start(), m.end(), _verbatim(m[0]))
    for m in page.free(_RATIO):
        page.take("figure", m.start(), m.end(), _ratio(int(m[1]), int(m[2])))
    for m in page.free(_LEXICAL):
        page.take("figure", m.start(), m.end(), _lexical(m))
    left = page.text
    for amount in quantities(left):
        if amount.values:
            kind: Kind = "date" if _year(amount) else "figure"
            page.take(kind, amount.start, amount.end, _reading(amount), amount.number_end)
        else:
            page.take("figure", amount.start, amount.end, _verbatim(left[amount.start : amount.end]))
    for m in page.free(_LEFT):
        if _has_digit(m[0]):
            page.take("figure", m.start(), m.end(), _verbatim(m[0]))
    return sorted(page.claims, key=lambda claim: claim.start)


class _Page:
    """A text of which what has been read is blotted out, so that nothing is read twice."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._blots: list[tuple[int, int]] = []
        self.claims: list[Claim] = []

    @property
    def text(self) -> str:
        """Put together anew where something was blotted out since: once for many."""
        if self._blots:
            kept, at = [], 0
            for start, end in sorted(self._blots):
                if end > at:
                    start = max(start, at)
                    kept += [self._text[at:start], BLOT * (end - start)]
                    at = end
            self._text, self._blots = "".join([*kept, self._text[at:]]), []
        return self._text

    def free(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        return list(pattern.finditer(self.text))

    def blot(self, start: int, end: int) -> None:
        self._blots.append((start, end))

    def take(self, kind: Kind, start: int, end: int, reading: Reading, cut_to: int | None = None) -> None:
        self.claims.append(Claim(kind, start, end, cut_to or end, reading))
        self.blot(start, end)


_LIST_NUMBER: Final = re.compile(r"^([ \t]*)\d{1,2}[.)][ \t]+(?=\D)", re.M)
_OPAQUE: Final = re.compile(
    r"<[@#!][^<>]*>"
    r"|\b[a-z][a-z0-9+.-]{0,20}://[^\s<>|]*[^\s<>|.,;:!?)\]'\"]"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+",
    re.I,
)
# Letters, then digits: D-42, p99, ISO-27001, v1.2.3. Not EUR40, not mid-2026.
_NAME: Final = re.compile(
    rf"(?<![\w-])(?!(?:{CODES})[-\d])(?!(?:mid|pre|post|sub|under|over|early|late|non|up|to)-)"
    r"[^\W\d_]+[-_]?\d(?:[\w.-]*\w)?",
    re.I,
)
_RATIO: Final = re.compile(r"(?<![\w/:.,])(\d{1,4}) ?[/:] ?(\d{1,4})(?![\w/:]|[.,]\d)")

_LEXICAL: Final = re.compile(
    r"\b(?P<half>half|halves|halved|halving)\b"
    r"|\b(?P<fraction>(?:two|three|four|five)[ -](?:third|quarter|fifth|tenth)s"
    r"|(?:a|one)[ -](?:third|quarter|fifth|tenth)(?= of\b))\b"
    r"|\b(?P<double>doubl(?:e|es|ed|ing)\b(?!-)|twice\b|twofold\b)"
    r"|\b(?P<triple>tripl(?:e|es|ed|ing)|threefold)\b"
    r"|\b(?P<many>quadrupl|tenfold|dozen|hundreds|thousands|millions|billions)\w*",
    re.I,
)
# Whatever else has a digit in it ("2FA", "3.5k0"), with what holds it together.
_LEFT: Final = re.compile(rf"[$€£¥₹]?[^\W{BLOT}](?:[^\s{BLOT}]*[^\s\W{BLOT}])?[%×€£¥₹$]?|[^\s\w{BLOT}]")


_YEARS: Final = frozenset(range(1990, 2050)) - {2000}
_HALF: Final[Sense] = ("word", "half")
_FIFTY: Final[Sense] = ("figure", Decimal(50), None, "%")


def _reading(amount: Quantity) -> Reading:
    """What an amount says. A draft may leave out its currency or its unit, but never a "%"."""
    year = _year(amount)
    values = [(value * (amount.scale or 1), amount.unit) for value in amount.values]
    if amount.scale and not amount.scale_is_sure:
        values += [(value, amount.unit) for value in amount.values]
    claims: set[Sense] = {("figure", value, amount.currency, unit) for value, unit in values}
    lends: set[Sense] = set(claims)
    for value, unit in values:
        units = {unit} if unit in ("%", "bp") else {unit, ""}
        lends |= {("figure", value, c, u) for c in (amount.currency, None) for u in units}
    if _FIFTY in lends:
        lends.add(_HALF)
    if year is not None:
        claims = {("year", year)}
        lends |= claims
    if amount.bare and amount.values == {1} and not amount.digits:
        claims = set()
    return Reading(frozenset(claims), frozenset(lends))


def _year(amount: Quantity) -> int | None:
    """The year a bare number is most likely to be: nobody counts 2,027 of anything without a
    comma or a unit. A round 2000 is a number."""
    value = next(iter(amount.values), Decimal(0))
    return int(value) if amount.bare and amount.digits and value in _YEARS else None


def _verbatim(text: str) -> Reading:
    senses: frozenset[Sense] = frozenset({("verbatim", text.lower())})
    return Reading(senses, senses)


def _ratio(a: int, b: int) -> Reading:
    """24/7, 80/20, 12/1: itself, and to a draft also the day it may be."""
    claims: frozenset[Sense] = frozenset({("ratio", a, b)})
    lends: set[Sense] = set(claims)
    for month, day in ((a, b), (b, a)):
        if 1 <= month <= 12 and 1 <= day <= 31:
            lends |= {("day", None, month, day), ("open day", month, day), ("month", None, month)}
    return Reading(claims, frozenset(lends))


def _lexical(m: re.Match[str]) -> Reading:
    """ "half", "two thirds", "doubled", "dozens": figures without a digit."""
    if m.lastgroup == "half":
        return Reading(frozenset({_HALF}), frozenset({_HALF, _FIFTY}))
    word = re.sub(r"[ -]", " ", m[0].lower()) if m.lastgroup == "fraction" else m.lastgroup
    if m.lastgroup == "many":
        word = m["many"].lower().rstrip("s")
    senses: frozenset[Sense] = frozenset({("word", word)})
    return Reading(senses, senses)


def _stands(sense: Sense, lent: frozenset[Sense], years: set[object]) -> bool:
    """Whether the sources say it, or say it without its year and no other year is in question."""
    if sense in lent:
        return True
    match sense:
        case ("year", int(year)):
            return ("figure", Decimal(year), None, "") in lent
        case ("day", int(year), month, day):
            open_sense: Sense = ("open day", month, day)
        case ("month", int(year), month):
            open_sense = ("open month", month)
        case ("period", name, int(year)):
            open_sense = ("open period", name)
        case _:
            return False
    return open_sense in lent and (not years or year in years)


def _has_digit(text: str) -> bool:
    return any(unicodedata.numeric(char, None) is not None for char in text)
