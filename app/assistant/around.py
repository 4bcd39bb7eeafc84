"""What stands around a quantity: what is counted, per what, which way it moved, and how it is bounded. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final

from app.assistant.changes import change_of, changes, exactly, level, more_or_less, of_before, replaced, whole_of
from app.assistant.counted import counted, eastern_counted
from app.assistant.pers import counted_by, pers, said_by
from app.assistant.vocabulary import (
    AT_LEAST,
    AT_MOST,
    DOWN,
    EAST_DOWN,
    EAST_UP,
    IN_THE_BLACK,
    IN_THE_RED,
    LOSS,
    MISTAKE,
    PROFIT,
    UP,
    WAITING,
    meaning,
)

_EAST: Final = re.compile("[\u3005\u3040-\u30ff\u3400-\u9fff]")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CLAUSE: Final = re.compile(
    r"(?<=[;!?。！？；\n])|(?<=[.:])(?=\s)|(?<=,)(?=\s)|(?<=、)"
    r"|(?= (?:and(?! a half)|but|while|whereas|und|aber|während|mais|tandis|pero|mientras|mas|enquanto)\s)"
)
_SENTENCE: Final = re.compile(r"(?<=[!?。！？\n])|(?<=\.)(?=\s+[^\W\d_a-z]|\s*$)")


@dataclass(frozen=True)
class Surroundings:
    """`counted` is what is counted, "" where nothing was said; `sure` whether that is certainly the thing counted.
    `words` are all words of its clause, `per` what it is per, `sentence_per` what its sentence counts by."""

    counted: str = ""
    sure: bool = False
    modifiers: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    per: frozenset[str] = frozenset()
    sentence_per: frozenset[str] = frozenset()
    movement: int = 0
    balance: int = 0
    out_of: str = ""
    """The whole that it is so many of: "40" in "3 of 40"."""
    elided: str = ""
    """What is counted by the figure before it in its sentence, where nothing stands behind its own: "we asked 8"."""
    elided_of: str = ""
    elided_unit: str = ""
    elided_money: str = ""
    change: str = ""
    """ "by" or "to": what something changed by, or to."""
    changes: bool = False
    """Whether its clause speaks of a change at all."""
    replaced: bool = False
    before: bool = False
    """What was: "instead of 4", in a sentence that speaks of it."""
    level: bool = False
    """Said to be this: "the price is €20"."""
    exactly: bool = False
    whole: int = 0
    """+1 for all of so many, -1 for a part of them."""
    topic: str = ""
    """Whether its clause speaks of waiting or of a mistake; "" for neither or both."""


NOWHERE: Final = Surroundings()


_CONDITION: Final = ("if ", "should ", "when ", "wenn ", "falls ", "si ", "se ", "als ")
"""A sentence that begins so is about what it names there, to its end."""
_HOMOGRAPHS: Final = frozenset({"pays"})
"""An English verb more often than a noun of another language."""


@dataclass(frozen=True)
class Clause:
    """A part of a sentence that one statement fits in."""

    start: int
    text: str
    sentence: str

    @cached_property
    def words(self) -> frozenset[str]:
        found = {meaning(m[0]) for m in _WORD.finditer(self.text) if m[0].lower() not in _HOMOGRAPHS}
        return frozenset(found | eastern_counted(self.text))

    @cached_property
    def all_words(self) -> frozenset[str]:
        """Those of its sentence: a share says of what elsewhere in it."""
        return frozenset(meaning(m[0]) for m in _WORD.finditer(self.sentence)) | self.words

    @cached_property
    def every(self) -> frozenset[str]:
        """What the clause says it of, each time."""
        return said_by(self.text)

    @cached_property
    def topic(self) -> str:
        """Of its clause; where that names neither, of the label before a colon."""
        label, colon, _ = self.sentence.partition(": ")
        for text in (self.text, label if colon and self.text not in label else ""):
            found = [name for name, words in (("waiting", WAITING), ("mistake", MISTAKE)) if words.search(text)]
            if found:
                return found[0] if len(found) == 1 else ""
        return _topic_of(self.sentence) if self.sentence[:8].lower().startswith(_CONDITION) else ""

    @cached_property
    def pers(self) -> frozenset[str]:
        """What its sentence counts by."""
        return counted_by(self.sentence)

    @cached_property
    def movements(self) -> list[tuple[int, int, int]]:
        return _marks(self.text, UP, DOWN, EAST_UP, EAST_DOWN)

    @cached_property
    def balances(self) -> list[tuple[int, int, int]]:
        return _marks(self.text, PROFIT, LOSS, IN_THE_BLACK, IN_THE_RED)

    @cached_property
    def balance_of_label(self) -> int:
        """Of "What waiting costs" before a colon, where the clause itself says neither."""
        label, colon, _ = self.sentence.partition(": ")
        if not colon or self.balances or self.text.strip(": ") in label:
            return 0
        sides = {side for _, _, side in _marks(label, PROFIT, LOSS, IN_THE_BLACK, IN_THE_RED)}
        return sides.pop() if len(sides) == 1 else 0

    def around(
        self, text: str, start: int, number_end: int, end: int, *, money: bool, percent: bool, language: str | None
    ) -> Surroundings:
        noun, sure, modifiers = ("", False, frozenset[str]()) if money else counted(text, end, start, language, percent)
        after = text[end : end + 80]
        return Surroundings(
            noun, sure, modifiers, self.all_words if percent else self.words,
            pers(text, start, after) | self.every, self.pers,
            more_or_less(after) or _nearest(self.movements, start - self.start),
            _nearest(self.balances, start - self.start) or self.balance_of_label,
            _out_of(after), change=change_of(text, start, end, self.text), exactly=exactly(text, start),
            changes=changes(self.sentence), level=level(text, start),
            replaced=replaced(text, start), before=of_before(self.sentence),
            whole=whole_of(text, start), topic=self.topic,
        )  # fmt: skip


@lru_cache(maxsize=256)
def _topic_of(sentence: str) -> str:
    said = [name for name, words in (("waiting", WAITING), ("mistake", MISTAKE)) if words.search(sentence)]
    return said[0] if len(said) == 1 else ""


@lru_cache(maxsize=64)
def clauses(text: str) -> list[Clause]:
    """A text in clauses, in order."""
    found: list[Clause] = []
    at = 0
    for sentence in _cut(_SENTENCE, text):
        inner = at
        for clause in _cut(_CLAUSE, sentence):
            found.append(Clause(inner, clause, sentence))
            inner += len(clause)
        at += len(sentence)
    return found or [Clause(0, text, text)]


_SMALL: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SMALL_OF_OTHERS: Final = {
    "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11,
    "zwölf": 12, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "douze": 12,
    "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "doce": 12,
    "dois": 2, "três": 3, "quatro": 4, "sete": 7, "oito": 8, "nove": 9, "dez": 10, "doze": 12,
}  # fmt: skip
_OUT_OF: Final = re.compile(
    r"(?: [^\W\d_]{4,})? (?:out )?(?:of|von|sur|de|di) (?:the |our |all |unseren |nos |nuestros )?"
    rf"(\d[\d,.]*\d|\d|(?:{'|'.join([*_SMALL, *_SMALL_OF_OTHERS])})\b)"
)


def _out_of(after: str) -> str:
    m = _OUT_OF.match(after)
    if m is None:
        return ""
    if m[1] in _SMALL_OF_OTHERS:
        return str(_SMALL_OF_OTHERS[m[1]])
    return str(_SMALL.index(m[1]) + 1) if m[1] in _SMALL else re.sub(r"[.,]", "", m[1])


def _cut(pattern: re.Pattern[str], text: str) -> list[str]:
    cuts = [0, *sorted({m.start() for m in pattern.finditer(text)} - {0}), len(text)]
    return [text[a:b] for a, b in pairwise(cuts) if b > a]


_BEHIND: Final = re.compile(
    r"(?P<plus>\+(?!\w))|(?:[ ][^\W\d_]+){0,2}?[ ](?:(?P<least>(?:or|and) (?:more|above|over|up|older|longer|higher"
    r"|later)"
    r"|(?:oder|und) (?:mehr|älter|länger|höher)|ou plus|[oy] más|ou mais|o più|of meer"
    r"|minimum|at least|mindestens|au moins|como mínimo|no mínimo)"
    r"|(?:or|and) (?:less|fewer|below|under|younger|shorter|lower)|oder (?:weniger|jünger|kürzer)|ou moins|o menos"
    r"|ou menos|o meno|of minder|max(?:imum|imal|\b\.?)|at (?:the )?most|tops|höchstens|au (?:plus|maximum)"
    r"|como máximo|no máximo|al massimo)(?![-\w])(?! (?:than|als|que|di|dan|of|\d))",
    re.I,
)
_DENIED: Final = re.compile(r"(?:n['’]t|\b(?:not|cannot|never|nicht|pas|no|não))\b[^.,;]{0,24}$", re.I)


def bound_of(text: str, start: int, end: int, *, time: bool = False) -> int:
    """-1 where a figure is said to be the most, +1 where it is said to be the least; "not more than" turns it.

    `time`: it is a span of time, of which "over" is no bound.
    """
    before, after = text[max(0, start - 56) : start], text[end : end + 6]
    if after.startswith(("以上", "超", "を超え")):
        return 1
    if after.startswith(("以下", "未満", "以内")):
        return -1
    if behind := _BEHIND.match(text, end):
        return 1 if behind["least"] or behind["plus"] else -1
    if not _SAYS.search(before):
        return 0
    least, most = AT_LEAST.search(before), AT_MOST.search(before)
    if least and time and least[0].strip().lower() in ("over", "über"):
        least = None
    if least is None and most is None:
        return 0
    began = min(one.start() for one in (least, most) if one is not None)
    bound = 1 if least is not None and least.start() == began else -1
    return -bound if _DENIED.search(before[:began]) else bound


_SAYS: Final = re.compile(r"[^\W\d_]{2}|[<>≤≥]")
NEAR: Final = 300
"""Characters on either side in which a word is near a figure."""


def _marks(
    clause: str, plus: frozenset[str], minus: frozenset[str], plus_said: re.Pattern[str], minus_said: re.Pattern[str]
) -> list[tuple[int, int, int]]:
    """Start, end and side of each word of one of two sides."""
    found = []
    for m in _WORD.finditer(clause):
        low = m[0].lower()
        if low in plus or low in minus:
            found.append((m.start(), m.end(), 1 if low in plus else -1))
    for pattern, side in ((plus_said, 1), (minus_said, -1)):
        found += [(m.start(), m.end(), side) for m in pattern.finditer(clause)]
    return sorted(found)


def _nearest(marks: list[tuple[int, int, int]], at: int) -> int:
    """+1 or -1 by the word nearest to a place in its clause; 0 where neither is near."""
    if not marks:
        return 0
    middle = bisect_right(marks, (at, at, 1))
    # Those beside it are the nearest, whatever else the clause has.
    beside = [
        (abs((end if end <= at else start) - at), side) for start, end, side in marks[max(0, middle - 2) : middle + 2]
    ]
    return min((one for one in beside if one[0] <= NEAR), default=(0, 0))[1]
