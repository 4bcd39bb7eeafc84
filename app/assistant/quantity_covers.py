"""Whether one quantity says no more than another. Pure.

A draft may leave out a currency, a unit or what is counted, where nothing else is put in its place. It may not leave
out per what, a minus or a bound's side, and it may not add any of them.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from app.assistant.around import Surroundings
from app.assistant.nouns import NOUNS, PEOPLE
from app.assistant.quantities import Quantity
from app.assistant.vocabulary import SAME, STOP, alike
from app.domain.reading.money_words import FAMILIES

CENTS: Final = ("USD", "EUR", "AUD", "CAD", "NZD", "SGD", "HKD", "ZAR")
"""Money of which a hundredth is a cent."""


def says_no_more(draft: Quantity, source: Quantity) -> bool:
    """Whether a source's quantity lets a draft say this one."""
    if draft.said == source.said or (
        (source.around.elided_unit or source.around.elided_money) and says_no_more(draft, _in_full(source))
    ):
        return True
    return (
        _values(draft, source)
        and _money(draft, source)
        and _per(draft.around, source.around)
        and _side(draft, source)
        and _counted(draft, source)
        and _ends(draft, source)
    )


def _in_full(one: Quantity) -> Quantity:
    """With the unit and the currency that it left to the figure before it."""
    around = replace(one.around, elided_unit="", elided_money="", counted="")
    meanings = frozenset((value, around_unit or one.around.elided_unit) for value, around_unit in one.meanings)
    return replace(one, meanings=meanings, currency=one.around.elided_money or None, bare=False, around=around)


def _values(draft: Quantity, source: Quantity) -> bool:
    """All that a draft may mean has to be meant by the source; of what a source leaves open nothing is picked."""
    if not draft.meanings or not source.meanings:
        return False
    mine, theirs = _exact(draft), _exact(source)
    if _open(source) and mine != theirs:
        return False
    bare = {
        value for value, unit in theirs | source.meanings if unit not in ("%", "points", "pp", "bp", "x", "th", "割")
    }
    return all(
        one in theirs or _points(one, theirs) or (one[1] == "" and _goes_alone(draft, source) and one[0] in bare)
        for one in mine
    )


def _points(one: tuple[Decimal, str], theirs: set[tuple[Decimal, str]]) -> bool:
    """ "4 points" says less than "4 percentage points", and "20 degrees" than 20 °C."""
    if one[1] == "°":
        return bool({(one[0], "°c"), (one[0], "°f")} & theirs)
    return one[1] == "pt" and (one[0] * 100, "points") in theirs


def _open(source: Quantity) -> bool:
    """Digits that have two readings, and nothing tells which."""
    return len({value for value, _ in source.meanings}) > 1 and len({unit for _, unit in source.meanings}) == 1


def _goes_alone(draft: Quantity, source: Quantity) -> bool:
    """A bare number may stand for one with a unit, as long as it counts nothing else."""
    return not (draft.around.counted or draft.currency)


def _exact(one: Quantity) -> set[tuple[Decimal, str]]:
    found = set()
    for value, unit in one.meanings:
        base, times = SAME.get(unit, (unit, 1))
        found.add((value * times, base))
    return found


def _money(draft: Quantity, source: Quantity) -> bool:
    if draft.currency is None:
        if source.currency is None:
            return True
        return not draft.around.counted and not any(unit for _, unit in draft.meanings)
    if source.currency is None:
        return False
    if draft.currency == source.currency:
        return True
    shared = CENTS if draft.currency == "¢" else FAMILIES.get(draft.currency, ())
    return source.currency in shared or (source.currency, draft.currency) == ("¥", "JPY")


def _per(draft: Surroundings, source: Surroundings) -> bool:
    added, left_out = draft.per - source.per, source.per - draft.per
    return added <= source.sentence_per and left_out <= draft.sentence_per


def _side(draft: Quantity, source: Quantity) -> bool:
    mine, theirs = draft.around, source.around
    if mine.exactly and (source.bound or source.range_end) and not theirs.exactly:
        return False
    if mine.whole > 0 > theirs.whole:
        return False
    if mine.change and theirs.change and mine.change != theirs.change:
        return False
    if (
        mine.change == "by"
        and not theirs.change
        and not source.sign
        and (not theirs.changes or (theirs.level and not theirs.movement))
    ):
        return False
    if theirs.replaced and not mine.replaced and not mine.before:
        return False
    if theirs.change == "by" and mine.level and not mine.changes and not mine.change:
        return False
    if theirs.whole < 0 == mine.whole and not mine.out_of and _predicate(mine) & _predicate(theirs):
        return False  # "five pumps failed", of "two of the five pumps failed"
    if mine.out_of and mine.out_of not in (theirs.out_of, theirs.elided_of):
        return False
    if mine.topic and theirs.topic and mine.topic != theirs.topic:
        return False
    if draft.bound and draft.bound not in (source.bound, -source.range_end):
        return False
    for way in ("movement", "balance"):
        if _way(draft, way) * _way(source, way) < 0:
            return False
    if source.sign == draft.sign:
        return True
    if source.sign < 0:
        return draft.sign == 0 and _falls(mine)
    if draft.sign < 0:
        return source.sign == 0 and _falls(theirs)
    if draft.sign > 0:
        return theirs.movement > 0 or theirs.balance > 0
    return mine.movement >= 0 and mine.balance >= 0


def _predicate(around: Surroundings) -> frozenset[str]:
    """What is said in its clause, without what it counts."""
    return frozenset(word for word in around.words if len(word) > 2 and word not in STOP and word != around.counted)


def _ends(draft: Quantity, source: Quantity) -> bool:
    """ "120 to 180" is not of "120 to 150 come, and 180 fit in": the ends of a range belong together."""
    if draft.range_end == source.range_end and draft.mate and source.mate:
        return bool(draft.mate & source.mate) or draft.meanings == frozenset() or _units(draft) != _units(source)
    return True


def _units(one: Quantity) -> set[str]:
    return {unit for _, unit in one.meanings}


def _way(one: Quantity, way: str) -> int:
    """Up or down: a minus turns it, as in "growth of -12%"."""
    said: int = getattr(one.around, way)
    return -abs(said) if one.sign < 0 else said


def _falls(around: Surroundings) -> bool:
    return around.movement < 0 or around.balance < 0


def _untold(mine: Surroundings, theirs: Surroundings) -> bool:
    """Two nouns that no table has, of two languages: nothing tells them apart."""
    known = {mine.counted, theirs.counted} & _NOUNS
    return not known and not (mine.words & theirs.words) - STOP


def _people(mine: Surroundings, theirs: Surroundings) -> bool:
    """ "22 people enrolled" are 22 participants, and "two people to hire" are two hires."""
    if theirs.counted == "person":
        return mine.counted in theirs.words and mine.counted not in _NOUNS
    return mine.counted == "person" and (theirs.counted or theirs.elided) in PEOPLE


_NOUNS: Final = frozenset(NOUNS)


def _counted(draft: Quantity, source: Quantity) -> bool:
    mine, theirs = draft.around, source.around
    if not mine.counted:
        # "complaints rose to 300" is not "tickets rose to 300", wherever the noun stands.
        nouns, others = mine.words & _NOUNS, theirs.words & _NOUNS
        other_language = not (mine.words & theirs.words) - STOP
        return not nouns or not others or bool(nouns & others) or other_language
    unit = any(unit not in ("", "%", "x", "th") for _, unit in draft.meanings)
    if unit:
        return True  # "3 days of testing": the unit is what is counted
    if mine.sure and theirs.sure:
        if not alike(mine.counted, theirs.counted) and not _people(mine, theirs) and not _untold(mine, theirs):
            return False
    elif mine.sure and not theirs.counted:
        return mine.counted in theirs.words or _people(mine, theirs) or alike(mine.counted, theirs.elided or "-")
    elif not mine.sure or not theirs.sure:
        known = theirs.words | {theirs.counted}
        if mine.sure and not any(alike(mine.counted, one) for one in known):
            return False
    return all(any(alike(one, word) for word in theirs.words) for one in mine.modifiers)
