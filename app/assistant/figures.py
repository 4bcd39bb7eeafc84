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

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from app.assistant import lexical
from app.assistant.claims import MARKERS, Claim, claims
from app.assistant.contrasts import contradicts, other_event
from app.assistant.corrections import taken_back
from app.assistant.date_readings import Sense
from app.assistant.lists import enumerating, unlisted
from app.assistant.quantities import Quantity
from app.assistant.quantity_covers import says_no_more
from app.assistant.rivals import MANY, Place, outdone, places
from app.assistant.vocabulary import alike


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
        texts = [unlisted(source, "") for source in sources]
        each = [_meant(text) for text in texts]
        found = [claim for one in each for claim in one]
        self.texts = tuple(texts)
        self.places = places(each)
        self.senses = frozenset(sense for claim in found for sense in claim.reading.lends)
        said = [claim.quantity for claim in found if claim.quantity is not None]
        self.quantities = [*said, *(share for one in said if (share := _share(one)) is not None)]
        self.pers = {unit for one in self.quantities for unit in one.around.per | one.around.sentence_per}
        self.sides = [(claim.reading.lends, claim.side) for claim in found if claim.kind == "date"]
        self.zones = [(claim.reading.lends, claim.zone) for claim in found if claim.zone]
        self.years = {sense[1] for sense in self.senses if sense[0] == "year"}

    def lets(self, claim: Claim) -> bool:
        """Whether a source says this, or more than this."""
        if claim.says_nothing:
            return True
        if claim.zone and not any(zone == claim.zone and lends & claim.reading.claims for lends, zone in self.zones):
            return False
        if claim.quantity is None or claim.reading.claims:
            if all(self._says(sense) for sense in claim.reading.claims) and self._vaguely(claim):
                return not self._turned(claim) and not self._contradicted(claim)
            spans = claim.quantity is not None and all(sense[0] == "span" for sense in claim.reading.claims)
            return spans and any(says_no_more(claim.quantity, one) for one in self.quantities if claim.quantity)
        if any(says_no_more(claim.quantity, one) for one in self.quantities):
            return not self._contradicted(claim)
        return self._ordinal(claim.quantity)

    def _matching(self, claim: Claim) -> list[Place]:
        """Where the sources say it."""
        if claim.quantity is not None and not claim.reading.claims:
            quantity = claim.quantity
            return [one for one in self.places if one.claim.quantity and says_no_more(quantity, one.claim.quantity)]
        return [one for one in self.places if claim.reading.claims <= one.claim.reading.lends]

    def _contradicted(self, claim: Claim) -> bool:
        """Whether all that say it call it something else: median for mean."""
        matching = self._matching(claim)
        if any(_copied(claim, one) for one in matching):
            return False
        if claim.kind == "date" and matching and self.others(matching):
            return all(other_event(claim.clause, one.claim.clause) for one in matching)
        return bool(matching) and all(contradicts(claim.clause, one.claim.clause, self.texts) for one in matching)

    def others(self, matching: Sequence[Place]) -> bool:
        """Whether the sources name other days than these, that it may be taken for."""
        kinds = {(one.kind, one.text) for one in matching}
        return any((one.kind, one.text) in kinds and one not in matching for one in self.places)

    def belongs(self, claim: Claim, draft: Sequence[Claim]) -> bool:
        """Whether its words in the draft are not those of another figure of the sources."""
        if len(draft) > MANY:
            return True
        matching = self._matching(claim)
        return any(_copied(claim, one) for one in matching) or not outdone(claim, draft, matching, self.places)

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
            case ("calendar year", int(year)):
                fiscal = any(sense[0] == "fiscal year" for sense in self.senses)
                return not fiscal and self._says(("year", year))
            case ("ratio", int(part), int(of)) if 0 < part < of:
                return any((Decimal(part * 100) / of, "%") in one.meanings for one in self.quantities)
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


def _copied(claim: Claim, place: Place) -> bool:
    """Whether a draft has it in its source's own words."""
    theirs = place.claim.clause
    return claim.clause is not None and theirs is not None and claim.clause.text == theirs.text


def _meant(text: str) -> list[Claim]:
    """A source's figures without those that it takes back itself."""
    found = claims(text)
    gone = taken_back(text, found)
    return [one for i, one in enumerate(found) if i not in gone]


@lru_cache(maxsize=512)
def _lent(sources: tuple[str, ...]) -> Lent:
    """Kept for a while: each sentence of a draft is held against the same sources."""
    return Lent(sources)


def strike(text: str, sources: Iterable[str]) -> Struck:
    """`text` with every figure and date marked that stands in none of the sources."""
    lent, text = _lent(tuple(sources)), unlisted(text)
    struck: dict[str, None] = {}
    # Again until all that is left stands: what was part of a longer figure may be read anew.
    while failing := _failing(text, lent):
        struck |= dict.fromkeys(text[claim.start : claim.end] for claim in failing)
        kept, at = [], 0
        for claim in failing:
            kept += [text[at : claim.start], MARKERS[claim.kind]]
            at = claim.cut_to
        text = "".join([*kept, text[at:]])
    return Struck(text, tuple(struck))


def _failing(text: str, lent: Lent) -> list[Claim]:
    counting = enumerating(text)
    found = claims(text)
    by_sentence: dict[str, list[Claim]] = {}
    for one in found:
        by_sentence.setdefault(one.clause.sentence if one.clause else "", []).append(one)
    return [
        one
        for one in found
        if one.start not in counting
        and not (lent.lets(one) and lent.belongs(one, by_sentence[one.clause.sentence if one.clause else ""]))
    ]


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


def _share(one: Quantity) -> Quantity | None:
    """ "14 of our 40 customers" is 35% of them, however that is said."""
    of = one.around.out_of
    parts = [value for value, unit in one.meanings if unit == ""]
    if not of.isdigit() or len(parts) != 1 or not 0 < parts[0] <= int(of):
        return None
    return replace(one, meanings=frozenset({(parts[0] * 100 / int(of), "%")}), around=replace(one.around, out_of=""))
