"""Every figure and date of a text, read into what it says. Pure.

Each digit belongs to one of them; what is read once is blotted out, so that it is not read again as something less.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal

from app.assistant import lexical
from app.assistant.around import Clause, clauses
from app.assistant.date_readings import Reading, Sense
from app.assistant.dates import BLOT, dates
from app.assistant.digits import clear
from app.assistant.number_words import numerals
from app.assistant.quantities import Quantity, quantities, worded
from app.assistant.quantity_patterns import CODES, EAST
from app.assistant.sides import side_of

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
    zone: str = ""
    """Of a time of day: the zone that it is said in."""
    clause: Clause | None = None
    """The part of a sentence that it stands in."""


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
    for m in page.free(_ALWAYS):
        page.take("figure", m.start(), m.end(), _ratio(24, 7))
    for m in page.free(_PERCENTILE):
        page.take("figure", m.start(), m.end(), _verbatim(f"p{m['nth'] or m['nth2']}"))
    for m in page.free(_SCORE):
        score: Sense = ("score", Decimal(m["score"].replace(",", ".")), int(m["of"]))
        page.take("figure", m.start(), m.end(), Reading(frozenset({score}), frozenset({score})))
    for found in dates(page.text):
        side, zone = side_of(whole, found.start), zone_of(whole, found.end)
        page.take("date", found.start, found.end, found.reading, side=side, zone=zone)
    for m in page.free(_RATIO_IN_WORDS):
        falls = m["b"].lower() in ("1", "one") and not _FROM.search(whole[max(0, m.start() - 12) : m.start()])
        if (
            m["to"] == "-to-"
            or (falls and m["to"] == " to ")
            or _SAYS_RATIO.search(whole[max(0, m.start() - 40) : m.end() + 40])
        ):
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
            quantity = worded(whole, m.start(), m.end(), Decimal(part * 100) / of, "%") if 0 < part < of else None
            page.take("figure", m.start(), m.end(), _ratio(part, of), quantity=quantity if m[2] == "/" else None)
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
    return tuple(_in_clauses(sorted(page.claims, key=lambda claim: claim.start), clear(whole)))


def _in_clauses(found: list[Claim], text: str) -> list[Claim]:
    page = clauses(text)
    starts = [one.start for one in page]
    return [replace(one, clause=page[max(0, bisect_right(starts, one.start) - 1)]) for one in found]


def _take_words(page: "_Page", whole: str) -> None:
    """Figures that are words, each read once: the longest first."""
    taken: list[tuple[int, int]] = []
    for word in lexical.words(page.text):
        if any(word.start < end and start < word.end for start, end in taken):
            continue
        taken.append((word.start, word.end))
        one = worded(whole, word.start, word.end, word.value, word.unit.replace("both", ""))
        said: Sense = ("vague", word.vague) if word.vague else ("span", word.unit)
        ordinal = word.unit == "th"
        senses: frozenset[Sense] = frozenset({said} if word.vague or (word.loose and not ordinal) else ())
        nothing = (ordinal and word.loose) or word.unit == "both"
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
        quantity: Quantity | None = None, *, says_nothing: bool = False, side: int = 0, zone: str = "",
    ) -> None:  # fmt: skip
        self.claims.append(Claim(kind, start, end, cut_to or end, reading, quantity, says_nothing, side, zone))
        self.blot(start, end)


_NOTHING: Final = Reading(frozenset(), frozenset())
_ALWAYS: Final = re.compile(
    r"\b24 (?:hours|stunden|heures|horas|ore|uur) (?:a|per|each|every|am|pro|sur|par|al|por|ao|su|per) (?:day|tag"
    r"|24|jour"
    r"|día|dia|giorno|dag),? (?:and |und |et |y |e |en )?(?:seven|7|sieben|sept|los siete|los 7|siete|sete|sette|zeven)"
    r" (?:days|tagen?|jours|días|dias|giorni|dagen) (?:a|per|each|every|in der|pro|die|sur|par|a la|por|da|su)"
    r" ?(?:week|woche|7|sept|semaine|semana|settimana)\b",
    re.I,
)
_PERCENTILE: Final = re.compile(
    r"\b(?P<nth>\d\d(?:\.\d)?)(?:st|nd|rd|th|\.|e|º|°)?[ -](?:percentile|perzentil|centile|percentiel)\b"
    r"|\b(?:percentile?|percentil|perzentil) (?P<nth2>\d\d)\b",
    re.I,
)
_SCORE: Final = re.compile(
    r"(?<![\w.,/])(?P<score>\d\d?[.,]\d{1,2}) ?(?:/| out of | of | von | sur | de | di | su | op | på )"
    r"(?P<of>5|10|20|100)(?![\w.,]\d|\w|%)",
    re.I,
)
_FROM: Final = re.compile(r"\b(?:from|between|of) $", re.I)
_ZONE: Final = re.compile(
    r"(?:\s?[–-]\s?\d{1,2}(?:[:.]\d\d)?)?(?:\s?[ap]\.?m\.?| uhr)?\s?\(?(?P<zone>UTC|GMT|CES?T|ME[SZ]Z?|MEZ"
    r"|[ECMP][SD]?T|BST"
    r"|WES?T|EES?T|[JK]ST|IST|SGT|HKT|AE[SD]T|NZ[SD]T|MSK|BRT|Z)\b(?![-'’])(?:\s?(?P<off>[+-]\d\d?))?"
)
_ZONES: Final = {"MEZ": "CET", "MESZ": "CEST", "GMT": "UTC", "Z": "UTC"}


def zone_of(text: str, end: int) -> str:
    """The zone behind a time of day, or behind the end of the span that it begins; "" where none is written."""
    m = _ZONE.match(text, end)
    return _ZONES.get(m["zone"], m["zone"]) + (m["off"] or "") if m else ""


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
