"""What a source took back itself: "sorry, it is 18; 16 was wrong". Pure."""

import re
from collections.abc import Sequence
from typing import Final

from app.assistant.claims import Claim

_TAKES_BACK: Final = re.compile(
    r"\b(?:correction|i meant|i mean|make that|scratch that|typo|my mistake|i misread|i misspoke|should (?:be|read"
    r"|have been)"
    r"|actually it(?:['’]s| is| was)|korrektur|berichtigung|ich meinte|tippfehler|vielmehr|erratum|rectificatif"
    r"|je voulais dire"
    r"|corrección|quise decir|quería decir|errata|perdón|correção|quis dizer|queria dizer|correzione|volevo dire"
    r"|errata corrige"
    r"|correctie|ik bedoelde)\b|訂正|間違え|更正",
    re.I,
)
_WRONG: Final = re.compile(
    r"^[^.!?\n]{0,24}?\b(?:was|is|were) (?:wrong|a typo|outdated|incorrect|a mistake)\b|^[^.!?\n]{0,16}? war falsch\b",
    re.I,
)
_NOT: Final = re.compile(
    r"(?:,| and| und)? ?\b(?:not|instead of|rather than|nicht|statt|et non|pas|y no|en vez de|e não|non|niet) $", re.I
)


def taken_back(text: str, claims: Sequence[Claim]) -> set[int]:
    """Which of a text's figures, by their place in `claims`, it takes back itself."""
    gone: set[int] = set()
    if not (_TAKES_BACK.search(text) or " wrong" in text or " falsch" in text):
        return gone
    for i, one in enumerate(claims):
        if one.quantity is None or one.clause is None:
            continue
        if _WRONG.match(text[one.end : one.end + 48]):
            gone.add(i)
            continue
        begins = one.clause.start
        said = max((m.end() for m in _TAKES_BACK.finditer(text, max(0, begins - 24), one.start)), default=None)
        if said is None or (i and claims[i - 1].start >= said):
            continue  # only the first figure behind the words is put in another's place
        if _NOT.search(text[max(0, one.start - 24) : one.start]):
            gone.add(i)
            continue
        before = next((j for j in range(i - 1, -1, -1) if _of_a_kind(claims[j], one)), None)
        if before is not None:
            gone.add(before)
    return gone


def _of_a_kind(one: Claim, other: Claim) -> bool:
    if one.quantity is None or other.quantity is None or one.quantity.meanings == other.quantity.meanings:
        return False
    units = [{unit for _, unit in each.quantity.meanings} for each in (one, other) if each.quantity]
    mine, theirs = one.quantity.around.counted, other.quantity.around.counted
    same = units[0] == units[1] or other.quantity.bare
    return (
        same
        and one.quantity.currency == (other.quantity.currency or one.quantity.currency)
        and (not theirs or mine == theirs)
    )
