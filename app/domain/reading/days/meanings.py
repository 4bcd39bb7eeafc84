"""What the words of a day mean, in each language, and what a run of them says."""

import itertools
from collections.abc import Iterator
from functools import cache

from app.domain.reading.days.tokens import Token
from app.domain.reading.days.vocabulary import words_of

_MOST_ALTERNATIVES = 8


@cache
def japanese_words() -> tuple[str, ...]:
    return tuple(
        sorted((word for word in words_of("ja") if word[0] >= "\u3000" or word == "〜"), key=len, reverse=True)
    )


Meaning = tuple[tuple[str, ...], int]
"""What a piece, or a phrase of several, says in one language (alternatives), and how many pieces it takes."""


def meanings(pieces: list[Token], language: str) -> list[Meaning | None]:
    """For each piece what the phrase that begins there says; None for what nobody knows, or what a phrase has taken."""
    known, longest = words_of(language), _longest_from(language)
    found: list[Meaning | None] = [None] * len(pieces)
    index = 0
    while index < len(pieces):
        one, size = _meaning(pieces, index, known, longest.get(pieces[index].key, 1))
        if one is not None:
            found[index] = (one, size)
        index += size
    return found


@cache
def _longest_from(language: str) -> dict[str, int]:
    """How many words the longest phrase has that begins with a word."""
    longest: dict[str, int] = {}
    for phrase in words_of(language):
        first = phrase.split(" ", 1)[0]
        longest[first] = max(longest.get(first, 1), phrase.count(" ") + 1)
    return longest


def _meaning(
    pieces: list[Token], at: int, known: dict[str, str], longest: int
) -> tuple[tuple[str, ...] | None, int]:  # fmt: skip
    for size in range(min(longest, len(pieces) - at), 0, -1):
        run = pieces[at : at + size]
        if size > 1 and any(piece.says and not piece.key.isdigit() for piece in run):
            continue
        phrase = " ".join(piece.key for piece in run)
        if phrase in known:
            says = known[phrase]
            options = tuple(says.split("|")) if "|" in says else (says,)
            return (*options, *run[0].says) if size == 1 else options, size
    return (pieces[at].says or None), 1


def sayings(pieces: list[Token], found: list[Meaning | None]) -> Iterator[tuple[str, frozenset[int]]]:
    """What the pieces say in the grammar's words, each alternative once, with the words that a hyphen joins."""
    options: list[tuple[str, ...]] = []
    hyphens: list[bool] = []
    index = 0
    while index < len(pieces):
        meaning = found[index]
        if meaning is None:
            return
        options.append(meaning[0])
        hyphens.append(pieces[index].joined)
        index += meaning[1]
    for choice in itertools.islice(itertools.product(*options), _MOST_ALTERNATIVES):
        words: list[str] = []
        joined: set[int] = set()
        for says, hyphen in zip(choice, hyphens, strict=True):
            parts = says.split(" ") if says else []
            if hyphen and parts and words:
                joined.add(len(words))
            words += parts
        if words:
            yield " ".join(words), frozenset(joined)
