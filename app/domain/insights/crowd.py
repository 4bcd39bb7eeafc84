"""No figure about fewer than three people: who is in a figure is counted, and where too few are it is kept back.

A figure kept back could be worked out from the others and their sum. So those kept back together are of three people
at least: where they would not be, the smallest of the others is kept back too.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

FEWEST_PEOPLE = 3

Key = TypeVar("Key", bound=Hashable)


def is_crowd(people: Iterable[str]) -> bool:
    return len(set(people)) >= FEWEST_PEOPLE


def kept_back(cells: Mapping[Key, Iterable[str]]) -> frozenset[Key]:
    """The cells that may not be told; a cell without anybody is about nobody, and tells nothing."""
    people = {key: frozenset(who) for key, who in cells.items()}
    filled = {key: who for key, who in people.items() if who}
    back = {key for key, who in filled.items() if not is_crowd(who)}
    rest = sorted((key for key in filled if key not in back), key=lambda key: (len(filled[key]), repr(key)))
    while back and rest and not is_crowd(one for key in back for one in filled[key]):
        back.add(rest.pop(0))
    return frozenset(back)
