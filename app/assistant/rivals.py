"""Which of a source's figures a draft's words belong to. Pure.

"10 days to Norway and 4 to Denmark" lets a draft say 4 days, and not "4 days to Norway": where the words around a
draft's figure are those of another figure of the same kind, and none are its own, it is that other's place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.assistant.claims import Claim
from app.assistant.counted import eastern_counted
from app.assistant.nouns import NOUNS
from app.assistant.number_words import ENGLISH_NUMBERS
from app.assistant.vocabulary import DOWN, LONG_UNITS, PER_TIME, SAME, STOP, UNITS, UP, meaning

_TOKEN: Final = re.compile(r"[^\W\d_]+\d+[\w.-]*\w|[^\W\d_]+\d+|(?:19|20)\d\d(?![\d.,])|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_JOINS: Final = re.compile(r"[()|/•]| (?:et|y|e|en|sowie|and|und|ou|o|or|oder|versus|vs\.?|→) |[、，と]")
_SINCE: Final = re.compile(
    r"\b(?:since|than in|compared (?:to|with)|seit|depuis|desde|dal|sinds)\b(?: (?:the|last|in|dem|der))? [^\W\d_]+",
    re.I,
)
"""What a figure is held against is not what it is of."""
_NEAR: Final = 240
"""Characters on either side in which a word is near a figure."""
MANY: Final = 60
"""Figures of a sentence, or of a kind in a text, above which it is a table rather than a statement."""
_NOTHING: Final = frozenset(
    """will would about around roughly nearly almost currently total per percent figure number amount level plan
    than them they get gets got go goes went come came make made take takes took say says said keep stay stays still
    one two first second third next last current we our year month week day""".split()  # noqa: SIM905
)
_IDLE: Final = frozenset(
    {meaning(word) for word in STOP | _NOTHING | UP | DOWN | frozenset(UNITS) | frozenset(PER_TIME)}
    | {meaning(part) for unit in LONG_UNITS for part in unit.split()}
    | ENGLISH_NUMBERS
) - {"night"}
_TIMES: Final = frozenset({"time", "months"})


@dataclass(frozen=True)
class Place:
    """A source's figure: of which kind, what it says, and the words that are around it."""

    claim: Claim
    kind: str
    said: frozenset[object]
    words: frozenset[str]
    names: frozenset[str]
    head: frozenset[str]
    """Those of its words that stand before it."""
    sentence: str
    text: int


def places(texts: Iterable[Sequence[Claim]]) -> list[Place]:
    """The figures of some texts, each with its place."""
    found: dict[tuple[object, ...], Place] = {}
    for number, claims in enumerate(texts):
        kinds = _kinds(claims)
        among = Counter((one.clause.sentence, kind) for one, kind in zip(claims, kinds, strict=True) if one.clause)
        for one, kind in zip(claims, kinds, strict=True):
            if one.clause is None or not kind:
                continue
            words, names = _around(one, alone=among[one.clause.sentence, kind] == 1)
            piece, begins, at = _piece(one)
            head = _words(piece[:at], begins)[0] & words
            place = Place(one, kind, _said(one), words, names, head, one.clause.sentence, number)
            found.setdefault((kind, place.said, words, head, place.sentence, number), place)
    return list(found.values())


def _kinds(claims: Sequence[Claim]) -> list[str]:
    """Of which kind each is; in "60 days, they asked for 30" the second is of the first one's."""
    found: list[str] = []
    last = ("", "")
    for one in claims:
        kind = _kind(one) if one.clause is not None else ""
        if one.clause is not None and kind:
            alone = one.quantity is not None and not one.quantity.around.sure
            if kind == "count " and alone and last[0] == one.clause.sentence:
                kind = last[1]
            last = (one.clause.sentence, kind)
        found.append(kind)
    return found


def outdone(mine: Claim, draft: Sequence[Claim], matching: Sequence[Place], others: Sequence[Place]) -> bool:
    """Whether a draft's figure stands among the words of other figures, and of none of those that let it stand.

    `matching` are the places that say what it says, `others` all of them.
    """
    if mine.clause is None or not matching or mine.says_nothing:
        return False
    kind = _kind(mine)
    beside = [one for one in draft if one.clause is not None and one.clause.sentence == mine.clause.sentence]
    if len(beside) > MANY:
        return False
    alone = sum(_kind(one) == kind for one in beside) == 1
    words, names = _around(mine, alone=alone)
    if not words:
        return False
    every = mine.quantity is not None and mine.quantity.around.whole > 0
    near = {value for one in beside if _piece(one)[0] == _piece(mine)[0] for value in _said(one)}
    return all(
        _beaten(words, names, one, [other for other in others if _may_rival(one, other)][:MANY], near, every)
        for one in matching[:MANY]
    )


def _may_rival(one: Place, other: Place) -> bool:
    return other.text == one.text and other.kind == one.kind and not other.said & one.said


def _beaten(
    words: frozenset[str], names: frozenset[str], own: Place, others: Sequence[Place], near: set[object], every: bool
) -> bool:
    for other in others:
        if other.said & near:
            continue
        same = own.sentence == other.sentence
        # "6 on days and 11 on nights": what stands before the first of them is said of both.
        mine = own.words - other.words - (own.head if same and not other.head else frozenset())
        theirs = other.words - own.words - (other.head if same and not own.head else frozenset())
        if not theirs:
            continue
        lost, won = _shared(words, theirs), _shared(words, mine)
        if same and every and lost:
            return True
        named = words & other.names & theirs
        alike_named = {one.said for one in others if one.sentence == other.sentence and words & one.names - own.words}
        if named and not words & own.names & mine and (same or len(named) > max(1, len(won))) and len(alike_named) < 2:
            return True
        if same and not won and len(lost) >= (1 if mine or own.head else 2):
            return True
        if same and lost == theirs and len(lost) > len(won):
            return True
    return False


def _shared(words: frozenset[str], own: frozenset[str]) -> frozenset[str]:
    """Those of a figure's own words that the draft has, in whatever form."""
    heads = {word[:4] for word in words}
    return frozenset(word for word in own if word in words or (len(word) > 4 and word[:4] in heads))


def _kind(one: Claim) -> str:
    """What may be taken for one another: two sums of money, two shares, two days."""
    if one.quantity is not None and not one.reading.claims:
        if one.quantity.currency is not None:
            return "money"
        unit = next(iter(sorted(unit for _, unit in one.quantity.meanings)), "")
        base = SAME.get(unit, (unit, 1))[0]
        return "time" if base in _TIMES else f"count {base}" if one.quantity.meanings else ""
    senses = {str(sense[0]) for sense in one.reading.claims}
    return senses.pop() if len(senses) == 1 and senses <= {"day", "month", "weekday", "time", "period", "week"} else ""


def _said(one: Claim) -> frozenset[object]:
    if one.reading.claims or one.quantity is None:
        return frozenset(one.reading.claims)
    return frozenset(value for value, _ in one.quantity.meanings)


def _piece(one: Claim) -> tuple[str, bool, int]:
    """The part of its clause that a figure stands in, whether a sentence begins with it, and where it is there."""
    assert one.clause is not None
    first = max(0, one.start - one.clause.start - _NEAR)
    text = one.clause.text[first : first + 2 * _NEAR]
    at = max(0, one.start - one.clause.start) - first
    cuts = [m.span() for m in _JOINS.finditer(text) if not m.start() <= at < m.end()]
    start = max((end for _, end in cuts if end <= at), default=0)
    stop = min((begin for begin, _ in cuts if begin >= at + one.end - one.start), default=len(text))
    begins = not start and one.clause.sentence.startswith(text[:24])
    return text[start:stop], begins, at - start


def _around(one: Claim, *, alone: bool) -> tuple[frozenset[str], frozenset[str]]:
    assert one.clause is not None
    words, names = _words(*((one.clause.sentence, True) if alone else _piece(one)[:2]))
    counted = {one.quantity.around.counted} if one.quantity is not None else set()
    return words - counted, names - counted


@lru_cache(maxsize=2048)
def _words(text: str, begins: bool) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a text that carry what it says, and those of them that are names."""
    text = _SINCE.sub(" ", text)
    words, names = set(eastern_counted(text)), set[str]()
    for m in _TOKEN.finditer(text):
        number = m[0][-1].isdigit()
        named = m[0][0].isupper() and (m.start() > 1 or not begins)
        word = m[0].lower() if number else meaning(m[0])
        if not (named and m[0].lower() in STOP) and (word in _IDLE or m[0].lower() in STOP):
            continue
        if len(m[0]) < 3 and not (number or (len(m[0]) == 1 and named)):
            continue
        words.add(word)
        if named or number:
            names.add(word)
    return frozenset(words), frozenset(names - frozenset(NOUNS))
