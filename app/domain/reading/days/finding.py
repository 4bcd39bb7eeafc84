"""Days inside a longer text: what is certainly written as a day, and where it stands.

A sentence is not an answer, so more is asked of its words than of a field's: "may" and "sat" are verbs in small
letters, "24/7" is no July, and a month alone needs "by" or "from" before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.domain.reading.days.grammar import parse
from app.domain.reading.days.meanings import Meaning, japanese_words, meanings, sayings
from app.domain.reading.days.specs import (
    Away,
    Beside,
    Both,
    Edge,
    Feast,
    MonthDay,
    Near,
    Numeric,
    OnWeekday,
    Several,
    Spec,
    Stretch,
)
from app.domain.reading.days.tokens import Token, tokens
from app.domain.reading.days.vocabulary import LANGUAGES, MONTHS, WEEKDAYS, words_of

_LONGEST = 12
"""Pieces of one day in a text: "no later than the Friday of the week after next"."""


@dataclass(frozen=True)
class FoundSpec:
    """text[start:end] says `spec`. `due`: a word like "by" or "until" leads to it; `side`: "before" or "after" does."""

    start: int
    end: int
    spec: Spec
    due: bool = False
    side: str = ""
    lead: int = -1
    """Where the word that leads to it begins."""
    doubted: bool = False
    """A word beside it makes it another day, or none: "not before Friday", "every Friday"."""


@lru_cache(maxsize=256)
def find_specs(text: str, loose: bool = False) -> tuple[FoundSpec, ...]:
    """Every day in a text, in order, none overlapping; the longest reading of each place. `loose`: also what may be
    none, for a text that is meant to be one day."""
    pieces = tokens(text, japanese_words())
    found = [one for language in LANGUAGES if _speaks(pieces, language) for one in _scan(text, pieces, language, loose)]
    taken: list[FoundSpec] = []
    for one in sorted(found, key=lambda one: one.start - one.end):
        if all(one.end <= other.start or other.end <= one.start for other in taken):
            taken.append(one)
    return tuple(sorted(taken, key=lambda one: one.start))


def _speaks(pieces: list[Token], language: str) -> bool:
    """Whether a text holds a word of days of this language that English lacks."""
    if language == "en":
        return True
    english = meanings(pieces, "en")
    own = meanings(pieces, language)
    return any(one is not None and one != english[at] and _names_time(one[0]) for at, one in enumerate(own))


_TIME_WORDS = frozenset(
    (*MONTHS, *WEEKDAYS, "day", "workday", "week", "month", "quarter", "half", "year", "today", "tomorrow", "end",
     "mid", "aftertomorrow", "christmas", "christmas_eve", "new_years_eve", "new_year", "by", "before", "from")
)  # fmt: skip


def _names_time(says: tuple[str, ...]) -> bool:
    return any(word in _TIME_WORDS for one in says for word in one.split(" "))


_DUE = ("by", "before")
_SHORT_MONTHS = ("may", "june", "july")
"""Written in full, as short as they are."""

_NO_END = frozenset({"", "by", "the", "of", "from", "in", "@"})
_NO_START = frozenset({"", "of", "and", "or", "to", "-", "a", "later", "ago", "now", "plus", "@"})


def _scan(text: str, pieces: list[Token], language: str, loose: bool) -> Iterator[FoundSpec]:
    known = meanings(pieces, language)
    at = 0
    while at < len(pieces):
        one = known[at]
        step = 1
        if one is not None and (one[0][0] not in _NO_START or (one[0][0] == "a" and loose)):
            for end in _ends(text, pieces, known, at):
                found = _read(text, pieces, known, at, end, language, loose)
                if found is not None:
                    yield found
                    step = end - at
                    break
        at += step


def _ends(text: str, pieces: list[Token], known: list[Meaning | None], at: int) -> list[int]:
    """Where a run of known pieces from here may end, the farthest first. A sentence's end is one."""
    ends: list[int] = []
    index = at
    while index < len(pieces) and index - at < _LONGEST and (meaning := known[index]) is not None:
        if index > at and _parted(text, pieces[index - 1], pieces[index]):
            break
        index += meaning[1]
        ends.append(index)
    return ends[::-1]


def _parted(text: str, left: Token, right: Token) -> bool:
    between = text[left.end : right.start]
    if any(sign in between for sign in ";\n()"):
        return "(" not in between and ")" not in between
    return "." in between and len(left.typed) > 4 and not left.typed.isdigit()


def _read(
    text: str, pieces: list[Token], known: list[Meaning | None], at: int, end: int, language: str, loose: bool
) -> FoundSpec | None:
    run, means = pieces[at:end], known[at:end]
    last = next((meaning for meaning in reversed(means) if meaning is not None), None)
    if last is not None and last[0][0] in _NO_END:
        return None
    for words, joined in sayings(run, means):
        spec = parse(words, joined)
        if spec is None or isinstance(spec, Beside) or (isinstance(spec, Several) and not _is_range(spec, words)):
            continue
        if not loose and isinstance(spec, Away) and spec.base and "," in text[run[0].start : run[-1].end]:
            continue
        lead = _lead(words, at, known)
        found = _Slice(text, run, words.split(" "), spec, lead, language, pieces[end] if end < len(pieces) else None)
        if not loose and not found.is_a_day():
            continue
        first = found.first(means)
        led = pieces[at - 1].start if first == 0 and at else run[0].start
        return FoundSpec(
            run[first].start,
            run[-1].end,
            spec,
            "by" in lead or "before" in lead,
            _side(lead),
            led,
            _doubted(text, pieces, at, end),
        )
    return None


def _lead(words: str, at: int, known: list[Meaning | None]) -> tuple[str, ...]:
    """The words that lead to it: those it begins with, and the one before it."""
    own = []
    for word in words.split(" "):
        if word not in ("by", "before", "after", "from", "since", "in", "within", "the", "of"):
            break
        own.append(word)
    index, before = _before(known, at)
    while before is not None and before[0][0] in ("of", "the", "") and index > 0:
        index, before = _before(known, index)
    return (*(before[0][:1] if before else ()), *own)


def _before(known: list[Meaning | None], at: int) -> tuple[int, Meaning | None]:
    """The phrase that ends right before this piece, and where it begins; None where nobody knows it."""
    for index in range(at - 1, max(-1, at - 7), -1):
        meaning = known[index]
        if meaning is not None:
            return index, meaning if index + meaning[1] == at else None
    return at - 1, None


_DOUBT = frozenset(
    """not no but than maybe perhaps probably possibly hopefully likely tentatively about around roughly approximately
    approx ca circa every each any some next nicht vielleicht etwa ungefahr wohl jeden jede fruhestens pas peut environ
    chaque vers quizas cada sobre talvez nao todo ~ earliest onwards onward ?""".split()  # noqa: SIM905
)
"""Beside a day in a sentence they make it another one, or none."""


def _doubted(text: str, pieces: list[Token], at: int, end: int) -> bool:
    """Whether such a word stands right before or behind, fillers between them aside."""
    before = [piece for piece in pieces[max(0, at - 3) : at] if text[piece.end : pieces[at].start].strip(" ") in _ASIDE]
    after = [piece for piece in pieces[end : end + 3] if text[pieces[end - 1].end : piece.start].strip(" ") in _ASIDE]
    or_so = [one.key for one in after[:2]] == ["or", "so"]
    return or_so or any(one.key in _DOUBT for one in [*before, *after])


_ASIDE = frozenset({"", "by", "on", "at", "the", "at the", "am", "in", "or"})


def _side(lead: tuple[str, ...]) -> str:
    return next((word for word in lead if word in ("before", "after")), "")


def _is_range(spec: Several, words: str) -> bool:
    """A range, what people differ on, or two numbers of one month. Whole days side by side are found one by one."""
    if spec.kind == "days":
        return bool(re.search(r"\b\d+(th)? (or|and) \d", words))
    return " and " not in words or "between" in words


@dataclass(frozen=True)
class _Slice:
    """A run of pieces that can be read, looked at as a reader of the whole sentence would."""

    text: str
    run: list[Token]
    words: list[str]
    spec: Spec
    lead: tuple[str, ...]
    language: str
    following: Token | None

    def first(self, means: list[Meaning | None]) -> int:
        """The piece it begins with: without the words that lead to it, unless they are part of what it says."""
        if isinstance(self.spec, Stretch | Edge | Away | Feast | Several):
            keep = ("in", "within", "from") if isinstance(self.spec, Away) else ()
            if isinstance(self.spec, Stretch):
                return 0
            skipped = ("by", "before", "after", "from", "since", "the", "of", "in", "")
        else:
            keep, skipped = (), ("by", "before", "after", "from", "since", "the", "of", "in", "")
        index = 0
        while index < len(self.run) - 1:
            meaning = means[index]
            says = meaning[0][0] if meaning else ""
            if says not in skipped or says in keep:
                break
            index += meaning[1] if meaning else 1
        return index

    @property
    def due(self) -> bool:
        return any(word in _DUE for word in self.lead)

    def is_a_day(self) -> bool:
        if not self._spelled():
            return False
        match self.spec:
            case Stretch():
                return self._stretch(self.spec)
            case Numeric():
                return self._numeric(self.spec)
            case OnWeekday():
                return self._weekday()
            case MonthDay():
                return self.due and not self._goes_on()
            case Near():
                return "eod" not in self.words or self.due
            case Feast():
                return bool(self.lead) and not self._goes_on()
            case Away():
                return self._away(self.spec)
            case Edge(edge="early" | "late"):
                return self.due
            case Edge():
                return self.due or len(self.run) > 1 or self.run[0].key.startswith("eo")
            case Both(spec=MonthDay()):
                return self.due or any(word.endswith("th") for word in self.words)
            case Both():
                return self._together()
            case Several(specs=(Away(base=None), *_)):
                return "in" in self.lead or "within" in self.lead
            case Several():
                return not any(isinstance(one, Stretch | MonthDay) for one in self.spec.specs) or self.due
        return True

    def _spelled(self) -> bool:
        """Months are written large in English; "may", "march" and "mar" are words otherwise."""
        return not any(piece.typed in ("may", "march", "mar") for piece in self.run)

    def _stretch(self, spec: Stretch) -> bool:
        if spec.unit == "week" and spec.number is not None:
            return True
        if spec.unit in ("quarter", "half") and spec.number is not None:
            return self.run[-1].key[:1] == "q" or self.due or spec.year is not None
        if spec.unit == "month" and spec.number is not None:
            full = any(
                len(piece.typed) > 4 or piece.key in _SHORT_MONTHS for piece in self.run if not piece.key.isdigit()
            )
            return (full or "年" in self.text) and (
                spec.year is not None or bool(set(self.lead) & {"in", "by", "before", "from", "since"})
            )
        return self.due

    def _numeric(self, spec: Numeric) -> bool:
        if self._is_figure():
            return False
        if spec.year is not None or (self.due and not spec.dotted):
            return spec.year is None or "-" not in self.run[-1].typed
        return spec.dotted and self.run[-1].typed.endswith(".") and bool(self.lead)

    def _is_figure(self) -> bool:
        return (
            self.following is not None
            and self.following.typed in "%€$£"
            and self.following.start - self.run[-1].end < 2
        )

    def _weekday(self) -> bool:
        name = self.run[-1] if self.run[-1].key in words_of(self.language) else self.run[0]
        short = any(len(piece.key) < 5 and piece.typed[:1].islower() for piece in self.run if self._is_weekday(piece))
        if self.language in ("en", "ja"):
            return not short or self.due
        abbreviated = any(len(piece.key) < 5 for piece in self.run if self._is_weekday(piece))
        return not abbreviated or (self.due and not name.typed[:1].islower())

    def _is_weekday(self, piece: Token) -> bool:
        return bool(set(re.split("[ |]", words_of(self.language).get(piece.key, ""))) & set(WEEKDAYS))

    def _away(self, spec: Away) -> bool:
        if spec.base is not None:
            return True
        if any(unit in ("hour", "minute") for _, unit in spec.parts):
            return False
        if "within" in self.lead:
            return not self._goes_on()
        return "in" in self.lead or ("later" in self.words and self.language == "ja") or "now" in self.words

    def _goes_on(self) -> bool:
        """Whether a word follows at once, as in "the 5th floor" and "within 30 days of purchase"."""
        following = self.following
        if following is None or not following.typed[:1].isalpha():
            return False
        between = self.text[self.run[-1].end : following.start]
        return between.strip() == "" and following.key not in ("so", "to", "and", "or", "at", "for", "if")

    def _together(self) -> bool:
        """A weekday behind a comma belongs to the day before it only where the two agree with one another's place."""
        last = self.run[-1]
        between = self.text[self.run[-2].end : last.start] if len(self.run) > 1 else ""
        numeric = isinstance(self.spec, Both) and isinstance(self.spec.spec, Numeric)
        return numeric or not (self._is_weekday(last) and "," in between)
