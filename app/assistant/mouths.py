"""Whose words a sentence gives: what somebody thinks or wants stays theirs. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from app.assistant.drafts import Source
from app.assistant.number_words import ENGLISH_NUMBERS
from app.assistant.vocabulary import COUNTED, STOP, alike, meaning

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CUT: Final = re.compile(r"(?<=[.!?;\n])\s+|, (?=(?:while|whereas|but|and) |I )|,? (?:while|whereas|but) ")
_MIND: Final = (
    r"thinks?|believes?|considers?|finds?|wants?|wanted|prefers?|would|likes?|trusts?|doubts?|fears?|expects?"
    r"|hopes?|supports?|opposes?"
    r"|worries|objects?|feels?|sees?|calls?|says?|said|asks?|asked|proposes?|suggests?|does(?: not|n['’]t)|tells?"
    r"|is (?:for|against)"
)
_MINDED: Final = re.compile(
    rf"^\W*(?:(?:while|whereas|but|and) )?@?(?P<who>[^\W\d_][\w'’-]*) (?:\w+ly )?(?:{_MIND})\b", re.I
)
_IDLE: Final = frozenset(meaning(word) for word in re.findall(r"[a-z]+", _MIND)) | {
    "rather",
    "find",
    "want",
    "think",
    "far",
    "too",
} - {"far"}


def _predicate(text: str, who: str) -> frozenset[str]:
    found = {
        meaning(m[0])[:5]
        for m in _WORD.finditer(text)
        if m[0].lower() not in STOP | ENGLISH_NUMBERS and meaning(m[0]) not in _IDLE and m[0].lower() != who
    }
    return frozenset(found)


def another_mouth(text: str, cited: Sequence[Source]) -> bool:
    """Whether a clause gives somebody what a source has from another, and nothing of what it has from them."""
    said = [(who, _predicate(clause, who)) for one in cited for who, clause in _clauses(one)]
    speakers = {who for who, _ in said}
    if len(speakers) < 2:
        return False
    for clause in _CUT.split(text):
        m = _MINDED.match(clause)
        if m is None or (who := m["who"].lower()) not in speakers:
            continue
        words = _predicate(clause, who)
        if any(m[0].lower() in speakers - {who} for m in _WORD.finditer(clause)):
            continue  # it says of both who wants what
        own = max((len(words & theirs) for other, theirs in said if other == who), default=0)
        others = max((len(words & theirs) for other, theirs in said if other != who), default=0)
        if others >= 2 and others > own:
            return True
    return False


def _clauses(one: Source) -> list[tuple[str, str]]:
    """The clauses of a source, each with who it is from: the writer, or who it names."""
    found = []
    for clause in _CUT.split(one.text):
        m = _MINDED.match(clause)
        who = m["who"].lower() if m else ""
        writer = (
            not m or who.startswith(("i'", "i’")) or who in ("i", "we", "it", "that", "this", "they") or who in STOP
        )
        found.append((one.label.lower() if writer else who, clause))
    return found


_NO_NAME: Final = re.compile(r"(?:ing|ly|tion|ment|ness|ity|ance|ence|ers|ors|ees|ists)$", re.I)
_BEGINS: Final = re.compile(
    r"^(?P<who>[A-Z][^\W\d_]{2,}) (?P<next>[^\W\d_]+)(?: (?P<then>[^\W\d_]+))?(?: (?P<last>[^\W\d_]+))?"
)


def begins_with_stranger(text: str, known: frozenset[str]) -> bool:
    """Whether a sentence puts a name nobody wrote in the place of what its sources say the same of."""
    m = _BEGINS.match(text)
    if m is None or m["who"].isupper() or _NO_NAME.search(m["who"]):
        return False
    low = m["who"].lower()
    if (
        low in known
        or low in STOP
        or low in COUNTED
        or any(alike(meaning(low), meaning(word)) for word in known if word[:3] == low[:3])
    ):
        return False
    if m["next"].lower() in ("from", "at"):
        return (m["then"] or "").lower() in known
    then = [word.lower() for word in (m["next"], m["then"], m["last"]) if word]
    return len(then) > 1 and all(word in known for word in then)
