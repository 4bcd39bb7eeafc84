"""What was found by words and what is alike in meaning, in one order: by the places they have in each, since a score
of the one says nothing beside a score of the other (reciprocal rank fusion)."""

from collections.abc import Sequence

FIRST = 40
"""The first place counts 1/40, the next 1/41, …: so that being found by both goes before being first by one."""

LIKENESS = 0.5
"""How much a place by likeness counts beside the same place by words. Likeness takes opposites for the same."""


def fused(by_words: Sequence[int], by_likeness: Sequence[int]) -> list[int]:
    """Numbers, best first; equal ones the newest first."""
    scores: dict[int, float] = {}
    for weight, found in ((1.0, by_words), (LIKENESS, by_likeness)):
        for place, number in enumerate(found):
            scores[number] = scores.get(number, 0.0) + weight / (FIRST + place)
    return sorted(scores, key=lambda number: (-round(scores[number], 9), -number))
