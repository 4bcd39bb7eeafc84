"""Chance in a simulated company: the same from a seed, on every machine.

Planted shares are kept as the company goes along, not only in the long run: of any stretch of cases as many are so as
the share says, give or take one. What is found can then be held against what was planted, and what is left to luck is
what a real look at a company has to bear too: whom it sees, and until when.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")

_BLOCK = 50
"""Calls in which a share is kept, in an order that chance gives: two things that are planted have nothing to do with
each other."""


class Share:
    """True for so large a share of the calls."""

    def __init__(self, share: float, chance: Random) -> None:
        self._share, self._chance, self._owed, self._block = share, chance, chance.random(), list[bool]()

    def next(self) -> bool:
        if not self._block:
            self._owed += self._share * _BLOCK
            hits = int(self._owed)
            self._owed -= hits
            self._block = _shuffled([at < hits for at in range(_BLOCK)], self._chance)
        return self._block.pop()


class Spread:
    """Numbers from 0 to 1, in no order, that lie evenly in any stretch of them."""

    def __init__(self, chance: Random) -> None:
        self._chance, self._block = chance, list[int]()

    def next(self) -> float:
        if not self._block:
            self._block = _shuffled(list(range(_BLOCK)), self._chance)
        return (self._block.pop() + self._chance.random()) / _BLOCK


def _shuffled(values: list[T], chance: Random) -> list[T]:
    """By one call a value, whatever the version of Python."""
    for at in range(len(values) - 1, 0, -1):
        other = int(chance.random() * (at + 1))
        values[at], values[other] = values[other], values[at]
    return values


def one_of(chance: Random, choices: Sequence[T]) -> T:
    """As ``Random.choice``, by one call whatever the number of choices, so that a seed stays what it was."""
    return choices[int(chance.random() * len(choices))]
