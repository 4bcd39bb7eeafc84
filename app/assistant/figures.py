"""The rule about figures: what stands in no source is struck. Pure.

Every figure and date of a draft is read into what it says, whatever way and in whichever language it is written:
3.5M is
3,500,000, 3.5 million and 3,5 Mio., 12% is 12 percent, 2026-12-01 is 1 Dec 2026 is Dec 1. It stands if a source
says the
same; otherwise it is left out, and a marker says so.

In doubt it is struck, since a gap is seen and a wrong figure is not:
- a quantity is its value, its unit or currency, per what, its sign and what is counted (`quantities`, `standing`).
A draft
  may say less than its source (40,000 for €40,000), never more, and nothing else.
- what can be read two ways (3m, 3.500, 01/02/2026) must stand both ways.
- names with digits in them (D-42, p99, Q3, v1.2) must stand letter by letter; so must ratios.
- a day without its year lends itself to any year, or, where the sources name years, to those.
- "one" alone is a word ("one team"), and so is what is in "two-way"; the numbers of a list are turned into dashes.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal

from app.assistant import lexical
from app.assistant.date_readings import Reading, Sense
from app.assistant.dates import BLOT, dates
from app.assistant.digits import clear
from app.assistant.number_words import numerals
from app.assistant.quantities import Quantity, quantities, worded
from app.assistant.quantity_covers import says_no_more
from app.assistant.quantity_patterns import CODES, EAST
from app.assistant.sides import side_of
from app.assistant.vocabulary import alike

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
    quantity: Quantity | None = None
    says_nothing: bool = False
    """ "one" alone: it lets a draft say 1, and is a word in a draft."""
    side: int = 0
    """Of a date: -1 for "by" it, +1 for "from" it."""


@dataclass(frozen=True)
class Struck:
    """A text after the rule, and what was struck from it, in its own spelling and in order."""

    text: str
    struck: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """The figures and dates of a draft in its own words, in order: those that a source lets stand, and the others."""

    stands: tuple[str, ...]
    struck: tuple[str, ...]


class Lent:
    """What sources let a draft say."""

    def __init__(self, sources: Iterable[str]) -> None:
        found = [claim for source in sources for claim in claims(unlisted(source, ""))]
        self.senses = frozenset(sense for claim in found for sense in claim.reading.lends)
        said = [claim.quantity for claim in found if claim.quantity is not None]
        self.quantities = [*said, *(share for one in said if (share := _share(one)) is not None)]
        self.pers = {unit for one in self.quantities for unit in one.around.per | one.around.sentence_per}
        self.sides = [(claim.reading.lends, claim.side) for claim in found if claim.kind == "date"]
        self.years = {sense[1] for sense in self.senses if sense[0] == "year"}

    def lets(self, claim: Claim) -> bool:
        """Whether a source says this, or more than this."""
        if claim.says_nothing:
            return True
        if claim.quantity is None or claim.reading.claims:
            if all(self._says(sense) for sense in claim.reading.claims) and self._vaguely(claim):
                return not self._turned(claim)
            spans = claim.quantity is not None and all(sense[0] == "span" for sense in claim.reading.claims)
            return spans and any(says_no_more(claim.quantity, one) for one in self.quantities if claim.quantity)
        return any(says_no_more(claim.quantity, one) for one in self.quantities) or self._ordinal(claim.quantity)

    def _turned(self, claim: Claim) -> bool:
        """Whether the sources say "by" this day and the draft "from" it, or the other way round."""
        if claim.side == 0:
            return False
        theirs = {side for lends, side in self.sides if lends & claim.reading.claims}
        return -claim.side in theirs and claim.side not in theirs

    def _says(self, sense: Sense) -> bool:
        """Whether the sources say it, or say it without its year and no other year is in question."""
        if sense in self.senses:
            return True
        match sense:
            case ("year", int(year)):
                return any(one.bare and (Decimal(year), "") in one.meanings for one in self.quantities)
            case ("span", str(unit)):
                return any(one == unit for each in self.quantities for _, one in each.meanings) or unit in self.pers
            case ("vague", str(word)):
                return word in lexical.RANGES or word in lexical.SHARES
            case ("day", int(year), month, day):
                open_sense: Sense = ("open day", month, day)
            case ("month", int(year), month):
                open_sense = ("open month", month)
            case ("period", name, int(year)):
                open_sense = ("open period", name)
            case ("edge", edge, int(year), month):
                open_sense = ("open edge", edge, month)
            case ("nth", which, day, month, int(year)):
                open_sense = ("open nth", which, day, month)
            case _:
                return False
        return open_sense in self.senses and (not self.years or year in self.years)

    def _vaguely(self, claim: Claim) -> bool:
        """ "Hundreds" stands where a source says hundreds, or a figure that is some hundreds of the same."""
        vague = next((str(sense[1]) for sense in claim.reading.claims if sense[0] == "vague"), None)
        if vague is None or ("vague", vague) in self.senses or claim.quantity is None:
            return vague is None or ("vague", vague) in self.senses
        low, high = lexical.RANGES.get(vague, (0, 0))
        least, most = lexical.SHARES.get(vague, (0, 0))
        mine = claim.quantity.around
        for one in self.quantities:
            fits = any(
                (low <= value < high and unit in ("", "week", "day", "month"))
                or (least <= value < most and unit == "%")
                for value, unit in one.meanings
            )
            same = not mine.counted or alike(mine.counted, one.around.counted) or mine.counted in one.around.words
            if fits and same and one.currency is None:
                return True
        return False

    def _ordinal(self, one: Quantity) -> bool:
        """ "the 15th" stands for a day of that number."""
        if one.around.sure or {unit for _, unit in one.meanings} != {"th"}:
            return False
        days = {sense[-1] for sense in self.senses if sense[0] == "day"}
        return all(value in days for value, _ in one.meanings)


@lru_cache(maxsize=512)
def _lent(sources: tuple[str, ...]) -> Lent:
    """Kept for a while: each sentence of a draft is held against the same sources."""
    return Lent(sources)


def strike(text: str, sources: Iterable[str]) -> Struck:
    """`text` with every figure and date marked that stands in none of the sources."""
    lent, text = _lent(tuple(sources)), unlisted(text)
    struck: dict[str, None] = {}
    # Again until all that is left stands: what was part of a longer figure may be read anew.
    while failing := [claim for claim in claims(text) if not lent.lets(claim)]:
        struck |= dict.fromkeys(text[claim.start : claim.end] for claim in failing)
        kept, at = [], 0
        for claim in failing:
            kept += [text[at : claim.start], MARKERS[claim.kind]]
            at = claim.cut_to
        text = "".join([*kept, text[at:]])
    return Struck(text, tuple(struck))


def facts(draft: str, sources: Iterable[str]) -> Facts:
    """Every figure and date of a draft, by whether the sources let it stand."""
    sources = tuple(sources)
    lent, text = _lent(sources), unlisted(draft)
    stands = tuple(
        text[claim.start : claim.end] for claim in claims(text) if not claim.says_nothing and lent.lets(claim)
    )
    return Facts(stands, strike(draft, sources).struck)


def standing(draft: str, sources: Iterable[str]) -> tuple[int, int]:
    """How many figures and dates of a draft the sources let stand, and how many they don't."""
    lent = _lent(tuple(sources))
    lets = [lent.lets(claim) for claim in claims(unlisted(draft)) if not claim.says_nothing]
    return sum(lets), len(lets) - sum(lets)


def claims(text: str) -> list[Claim]:
    """Every figure and date in `text`, in order. Every digit belongs to one of them."""
    return list(_claims(text))


@lru_cache(maxsize=1024)
def _claims(text: str) -> tuple[Claim, ...]:
    """Kept for a while: each sentence of a draft is held against the same sources."""
    whole, page = text, _Page(clear(text))
    for m in page.free(_OPAQUE):
        if _has_digit(m[0]):
            page.take("figure", m.start(), m.end(), _verbatim(m[0]))
        else:
            page.blot(m.start(), m.end())
    for found in dates(page.text):
        page.take("date", found.start, found.end, found.reading, side=side_of(whole, found.start))
    for m in page.free(_RATIO_IN_WORDS):
        if m["to"] == "-to-" or _SAYS_RATIO.search(whole[max(0, m.start() - 40) : m.end() + 40]):
            page.take("figure", m.start(), m.end(), _ratio(_counted(m["a"]), _counted(m["b"])))
    for m in page.free(_NAME):
        page.take("figure", m.start(), m.end(), _verbatim(m[0]))
    _take_words(page, whole)
    for m in page.free(_RATIO):
        part, of = int(m[1]), int(m[3])
        if m[2] == "/" and 0 < part < of and _OF.match(page.text, m.end()):
            share = worded(whole, m.start(), m.end(), Decimal(part * 100) / of, "%")
            lent = Reading(frozenset(), _ratio(part, of).lends)
            page.take("figure", m.start(), m.end(), lent, quantity=share)
        else:
            page.take("figure", m.start(), m.end(), _ratio(part, of))
    left = page.text
    for amount in quantities(left, whole):
        if not amount.meanings:
            page.take("figure", amount.start, amount.end, _verbatim(left[amount.start : amount.end]))
        elif (year := _year(amount)) is not None:
            senses: frozenset[Sense] = frozenset({("year", year)})
            page.take("date", amount.start, amount.end, Reading(senses, senses), quantity=amount)
        elif amount.one and amount.bare:
            page.take("figure", amount.start, amount.end, _NOTHING, None, amount, says_nothing=True)
        else:
            page.take("figure", amount.start, amount.end, _NOTHING, amount.number_end, amount)
    for unit, spans in lexical.SPANS:
        for m in page.free(spans):
            senses = frozenset({("span", unit)})
            page.take("figure", m.start(), m.end(), Reading(senses, senses))
    for m in page.free(_LEFT):
        if _has_digit(m[0]):
            page.take("figure", m.start(), m.end(), _verbatim(m[0]))
    return tuple(sorted(page.claims, key=lambda claim: claim.start))


def _take_words(page: "_Page", whole: str) -> None:
    """Figures that are words, each read once: the longest first."""
    taken: list[tuple[int, int]] = []
    for word in lexical.words(page.text):
        if any(word.start < end and start < word.end for start, end in taken):
            continue
        taken.append((word.start, word.end))
        one = worded(whole, word.start, word.end, word.value, word.unit)
        said: Sense = ("vague", word.vague) if word.vague else ("span", word.unit)
        ordinal = word.unit == "th"
        senses: frozenset[Sense] = frozenset({said} if word.vague or (word.loose and not ordinal) else ())
        nothing = ordinal and word.loose
        page.take("figure", word.start, word.end, Reading(senses, senses), quantity=one, says_nothing=nothing)


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

    def take(
        self, kind: Kind, start: int, end: int, reading: Reading, cut_to: int | None = None,
        quantity: Quantity | None = None, *, says_nothing: bool = False, side: int = 0,
    ) -> None:  # fmt: skip
        self.claims.append(Claim(kind, start, end, cut_to or end, reading, quantity, says_nothing, side))
        self.blot(start, end)


_NOTHING: Final = Reading(frozenset(), frozenset())
_LIST_NUMBER: Final = re.compile(r"^([ \t]*)(\d{1,2})[.)][ \t]+(?=\D)", re.M)


def unlisted(text: str, dash: str = "- ") -> str:
    """A text whose list has dashes for its numbers: 1, 2, 3 in their order, and none that is the day of a month."""
    days = {found.start for found in dates(text)} if _LIST_NUMBER.search(text) else set()
    kept, at, last = [], 0, 0
    for m in _LIST_NUMBER.finditer(text):
        if int(m[2]) != last + 1 or m.start(2) in days:
            continue
        last += 1
        kept += [text[at : m.start()], m[1], dash]
        at = m.end()
    return "".join([*kept, text[at:]])


_OPAQUE: Final = re.compile(
    r"<[@#!][^<>]*>"
    r"|\b[a-z][a-z0-9+.-]{0,20}://[^\s<>|]*[^\s<>|.,;:!?)\]'\"]"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+",
    re.I,
)
# Letters, then digits: D-42, p99, ISO-27001, v1.2.3. Not EUR40, not mid-2026, and no figure behind kana.
_NAME: Final = re.compile(
    rf"(?<![\w-])(?!(?:{CODES}|kr|rs|[tk]eur)[-\d])(?!(?:mid|pre|post|sub|under|over|early|late|non|up|to|ca|rund)-)"
    rf"[^\W\d_{EAST}]+[-_]?\d(?:[^\W{EAST}]|[.-](?=\w))*",
    re.I,
)
_COUNT: Final = r"\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty"
_RATIO_IN_WORDS: Final = re.compile(
    rf"(?<![\w/:.,-])(?P<a>{_COUNT})(?P<to>-to-| to | zu | para | contra )(?P<b>{_COUNT})(?![\w/:]|[.,]\d)", re.I
)
_SAYS_RATIO: Final = re.compile(
    r"\b(?:ratios?|odds|proportions?|quotient|verhältnis\w*|rapport|proporción|proporção|razón|LTV)\b", re.I
)
_RATIO: Final = re.compile(r"(?<![\w/:.,])(\d{1,4}) ?([/:]) ?(\d{1,4})(?![\w/:]|[.,]\d)")
_OF: Final = re.compile(r" (?:of|der|des|unserer|de|del|do|da|dos|das|di)\b| d[’']", re.I)
# Whatever else has a digit in it ("2FA", "3.5k0"), with what holds it together.
_LEFT: Final = re.compile(rf"[$€£¥₹]?[^\W{BLOT}](?:[^\s{BLOT}]*[^\s\W{BLOT}])?[%×€£¥₹$]?|[^\s\w{BLOT}]")

_YEARS: Final = frozenset(range(1990, 2050)) - {2000}


def _year(amount: Quantity) -> int | None:
    """The year a bare number is most likely to be: nobody counts 2,027 of anything without a
    comma or a unit. A round 2000 is a number."""
    value = next(iter(amount.meanings))[0]
    if amount.around.sure and amount.around.counted in _PEOPLE:
        return None
    return int(value) if amount.bare and amount.digits and value in _YEARS else None


_PEOPLE: Final = frozenset({"customer", "user", "employee", "person", "order", "contract", "subscriber", "account"})


def _counted(text: str) -> int:
    return int(text) if text.isdigit() else int(next(iter(numerals(text.lower(), "en"))).value)


def _share(one: Quantity) -> Quantity | None:
    """ "14 of our 40 customers" is 35% of them, however that is said."""
    of = one.around.out_of
    parts = [value for value, unit in one.meanings if unit == ""]
    if not of.isdigit() or len(parts) != 1 or not 0 < parts[0] <= int(of):
        return None
    return replace(one, meanings=frozenset({(parts[0] * 100 / int(of), "%")}), around=replace(one.around, out_of=""))


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


def _has_digit(text: str) -> bool:
    return any(unicodedata.numeric(char, None) is not None for char in text)
