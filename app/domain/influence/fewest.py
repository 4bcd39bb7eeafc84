"""The fewest people who give every yes that is needed: exact, and the same each time.

Of the sets with the fewest people the one that answers soonest counts (its slowest person tells how soon), then the one
on whom the least waits already, then the one whose people were named first. Two of the yeses may have to come from two
people: nobody reads it as bar raiser beside themselves.

Taking the person who gives most yeses first, and so on, asks too many people now and then. Here all sets are searched
that could be better: a yes that the fewest can give is given next, what is left is kept from being searched twice, and
a bound cuts off what can't be reached with the people left.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Able:
    """Somebody who can give some of the yeses.

    ``gives``: their numbers, from 0 on. ``days``: working days until an answer of theirs is expected. ``waiting``: how
    much waits for them already.
    """

    user: str
    gives: frozenset[int]
    days: float = 0.0
    waiting: int = 0


Apart = tuple[int, int] | None
"""Two yeses that two people give."""


def ungiven(able: Iterable[Able], needs: int, apart: Apart = None) -> frozenset[int]:
    """The yeses that nobody can give; of two that two people give, the second where one alone could give both."""
    people = list(able)
    missing = {need for need in range(needs) if not any(need in one.gives for one in people)}
    if apart is not None and not missing & set(apart) and not _two_give(people, apart):
        missing.add(apart[1])
    return frozenset(missing)


def _two_give(people: Sequence[Able], apart: tuple[int, int]) -> bool:
    first, second = apart
    givers = {one.user for one in people if first in one.gives} | {one.user for one in people if second in one.gives}
    return len(givers) > 1


def fewest(able: Sequence[Able], needs: int, apart: Apart = None) -> tuple[Able, ...] | None:
    """The set, in the order in which its people were named; None where a yes can't be given by anybody.

    ``needs``: how many yeses there are. ``able``: each person once.
    """
    if ungiven(able, needs, apart):
        return None
    if not needs:
        return ()
    search = _Search(able, needs, apart)
    size = search.size()
    soonest = max(min(one.days for one in able if need in one.gives) for need in range(needs))
    days = sorted({one.days for one in able if one.days >= soonest})
    low, high = 0, len(days) - 1
    while low < high:  # the fewest days with which so few people are enough
        middle = (low + high) // 2
        if search.within(size, search.answering_in(days[middle])):
            high = middle
        else:
            low = middle + 1
    chosen = search.cheapest(size, search.answering_in(days[low]))
    return tuple(able[at] for at in sorted(chosen))


class _Search:
    """People are bits in one order, yeses in another: a yes that few can give has a low bit, and is given first."""

    def __init__(self, able: Sequence[Able], needs: int, apart: Apart) -> None:
        self.able = able
        many = {need: sum(need in one.gives for one in able) for need in range(needs)}
        bit = {need: 1 << at for at, need in enumerate(sorted(range(needs), key=lambda need: (many[need], need)))}
        self.full = (1 << needs) - 1
        self.gives = [sum(bit[need] for need in one.gives) for one in able]
        self.apart = (bit[apart[0]], bit[apart[1]]) if apart else None
        self.all = _undominated(self.able, self.gives, range(len(able)), self.apart)

    def answering_in(self, days: float) -> Sequence[int]:
        within = [at for at, one in enumerate(self.able) if one.days <= days]
        return _undominated(self.able, self.gives, within, self.apart)

    def size(self) -> int:
        """How many people it takes."""
        cover, begun = self._cover(self.all)
        return next(size for size in range(cover.least, len(self.able) + 1) if cover.within(begun, size))

    def within(self, size: int, people: Sequence[int]) -> bool:
        """Whether so many of these people are enough."""
        cover, begun = self._cover(people)
        return cover.within(begun, size)

    def _cover(self, people: Sequence[int]) -> tuple[_Cover, Sequence[tuple[int, int]]]:
        gives = [self.gives[at] for at in people]
        return _Cover(gives, self.full), self._begun(gives)

    def _begun(self, gives: Sequence[int]) -> Sequence[tuple[int, int]]:
        """(what is still missing, by how many people it was begun): with nobody, or with each two who read apart. What
        is nearly done comes first."""
        if self.apart is None:
            return [(self.full, 0)]
        first, second = self.apart
        firsts, seconds = ([at for at, one in enumerate(gives) if one & need] for need in (first, second))
        found = {self.full & ~(gives[a] | gives[b]) for a in firsts for b in seconds if a != b}
        return [(missing, 2) for missing in sorted(found, key=lambda one: (one.bit_count(), one))]

    def cheapest(self, size: int, people: Sequence[int]) -> tuple[int, ...]:
        """Of the sets of so many of these people, the one on whom least waits, then the one that was named first."""
        last = len(self.able)
        # One number for both: a set of the same size is named first where the sum of these powers is larger.
        costs = {at: (self.able[at].waiting << (last + 1)) - (1 << (last - at)) for at in people}
        by_cost = sorted(people, key=lambda at: costs[at])
        cover = _Cheapest([self.gives[at] for at in by_cost], [costs[at] for at in by_cost], self.full)
        best: tuple[int, tuple[int, ...]] | None = None
        for chosen in self._begun_by([self.gives[at] for at in by_cost]):
            missing = self.full
            for at in chosen:
                missing &= ~self.gives[by_cost[at]]
            cost = sum(costs[by_cost[at]] for at in chosen)
            rest = cover.best(missing, size - len(chosen))
            if rest is not None and (best is None or cost + rest[0] < best[0]):
                best = cost + rest[0], (*chosen, *rest[1])
        assert best is not None
        return tuple(by_cost[at] for at in best[1])

    def _begun_by(self, gives: Sequence[int]) -> Iterable[tuple[int, ...]]:
        if self.apart is None:
            return [()]
        first, second = self.apart
        firsts, seconds = ([at for at, one in enumerate(gives) if one & need] for need in (first, second))
        return {(min(a, b), max(a, b)) for a in firsts for b in seconds if a != b}


def _undominated(
    able: Sequence[Able], gives: Sequence[int], people: Iterable[int], apart: tuple[int, int] | None
) -> list[int]:
    """Without those in whose place somebody else is never worse: who gives as much, as soon, with as little waiting,
    and was named before. Where one of two who read apart is to be given, it takes two such people."""
    both = apart[0] | apart[1] if apart else 0
    kept: list[int] = []
    for at in people:
        mine, one, spare = gives[at], able[at], 2 if gives[at] & both else 1
        for other in kept:
            if mine & ~gives[other] == 0 and able[other].days <= one.days and able[other].waiting <= one.waiting:
                spare -= 1
                if not spare:
                    break
        else:
            kept.append(at)
    return kept


class _Bound:
    """How many people it takes at the least: each yes counts as its share of the largest gift that it is part of."""

    def __init__(self, gives: Sequence[int], full: int) -> None:
        shares = []
        for at in range(full.bit_length()):
            most = max((one.bit_count() for one in gives if one >> at & 1), default=1)
            shares.append(1 / most)
        self.half = (len(shares) + 1) // 2
        self.below = (1 << self.half) - 1
        self.low, self.high = _sums(shares[: self.half]), _sums(shares[self.half :])

    def of(self, missing: int) -> float:
        return self.low[missing & self.below] + self.high[missing >> self.half]


def _sums(shares: Sequence[float]) -> list[float]:
    """The sum of each set of these, by its bits."""
    sums = [0.0]
    for share in shares:
        sums += [before + share for before in sums]
    return sums


_HAIR = 1e-9
"""Shares that come to a whole by rule may come out a hair above it."""


class _Cover:
    """Whether what is missing can be given by so many."""

    def __init__(self, gives: Sequence[int], full: int) -> None:
        self.by_need = [
            sorted({one for one in gives if one >> at & 1}, key=int.bit_count, reverse=True)
            for at in range(full.bit_length())
        ]
        self.bound = _Bound(gives, full)
        self.failed: dict[int, int] = {}
        self.least = max(1, math.ceil(self.bound.of(full) - _HAIR))

    def within(self, begun: Iterable[tuple[int, int]], size: int) -> bool:
        return any(self._given(missing, size - used) for missing, used in begun if used <= size)

    def _given(self, missing: int, left: int) -> bool:
        if not missing:
            return True
        if self.failed.get(missing, 0) >= left or self.bound.of(missing) > left + _HAIR:
            return False
        need = (missing & -missing).bit_length() - 1
        seen = set[int]()
        for gift in self.by_need[need]:
            rest = missing & ~gift
            if rest not in seen:
                seen.add(rest)
                if self._given(rest, left - 1):
                    return True
        self.failed[missing] = left
        return False


class _Cheapest:
    """The cheapest way to give what is missing by exactly so many. ``costs`` grow with the people's order."""

    def __init__(self, gives: Sequence[int], costs: Sequence[int], full: int) -> None:
        self.gives, self.costs = gives, costs
        self.by_need = [[at for at, one in enumerate(gives) if one >> need & 1] for need in range(full.bit_length())]
        self.bound = _Bound(gives, full)
        self.known: dict[tuple[int, int], tuple[int, tuple[int, ...]] | None] = {}

    def best(self, missing: int, left: int) -> tuple[int, tuple[int, ...]] | None:
        """None where so many are not enough."""
        if not missing:
            return (0, ()) if left >= 0 else None
        if self.bound.of(missing) > left + _HAIR:
            return None
        key = (missing, left)
        if key in self.known:
            return self.known[key]
        need = (missing & -missing).bit_length() - 1
        found: tuple[int, tuple[int, ...]] | None = None
        seen = set[int]()
        for at in self.by_need[need]:
            rest = missing & ~self.gives[at]
            if rest in seen:  # somebody cheaper leaves the same
                continue
            seen.add(rest)
            after = self.best(rest, left - 1)
            if after is not None and (found is None or self.costs[at] + after[0] < found[0]):
                found = self.costs[at] + after[0], (at, *after[1])
        self.known[key] = found
        return found


def days_of(asked: Iterable[Able]) -> float:
    """Until the last of them is expected to have answered, where all are asked at once."""
    return max((one.days for one in asked), default=0.0)
