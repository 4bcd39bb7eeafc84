"""How well entries answer a query: BM25, a title's words counting more than once. The same on every database."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, log, sqrt

SATURATION = 3.0
LENGTH = 0.75
"""BM25's k1 and b. Texts in which much is said gain by a higher k1 than the usual 1.2: see docs/library.md."""

TITLE = 3
"""How often a title's word counts."""


@dataclass(frozen=True)
class Shelved:
    """An entry as it is weighed: ``number`` is its decision's, ``title`` and ``body`` are tokens in their order."""

    id: int
    number: int
    title: str
    body: str


def rarity(among: float, with_it: float) -> float:
    """How much a token tells that stands in ``with_it`` of ``among`` entries: BM25's idf, never below zero."""
    return log(1 + (max(among, with_it) - with_it + 0.5) / (with_it + 0.5))


def weights(tokens: Iterable[str], rarities: Callable[[str], float]) -> dict[str, float]:
    """How much each token of a query counts: by its rarity, and by the root of how often it is asked for."""
    return {token: rarities(token) * sqrt(often) for token, often in Counter(tokens).items()}


def length_of(title: Sequence[str], body: Sequence[str]) -> int:
    """Of an entry, by its tokens."""
    return len(body) + TITLE * len(title)


def ranked(entries: Sequence[Shelved], asked: Mapping[str, float], usual: float) -> list[tuple[float, Shelved]]:
    """Best first, equal ones the newest first. ``asked``: see ``weights``. ``usual``: the length of most."""
    split = [(one, one.title.split(), one.body.split()) for one in entries]
    found = []
    for one, title, body in split:
        counts = Counter(filter(asked.__contains__, body))
        for token in title:
            counts[token] += TITLE
        damped = SATURATION * (1 - LENGTH + LENGTH * length_of(title, body) / max(usual, 1.0))
        score = fsum(
            asked[token] * counts[token] * (SATURATION + 1) / (counts[token] + damped)
            for token in asked.keys() & counts.keys()
        )
        found.append((score, one))
    return sorted(found, key=lambda pair: (-round(pair[0], 9), -pair[1].number, pair[1].id))


ALIKE = 0.45
"""The share of a sentence, by how much its tokens tell, that stands in what looks like it."""

FEW = 50
"""In a young library nothing is rare yet: it is reckoned with as many entries at least."""


def looks_like(asked: Sequence[str], one: Shelved, among: float, with_it: Mapping[str, float]) -> bool:
    """Whether an entry is about what a sentence is about: a likeness to be shown to a person, never concluded from."""
    weights = {token: rarity(max(among, FEW), with_it.get(token, 0.0)) for token in asked}
    title, body = set(one.title.split()), set(one.body.split())
    told = [token for token in weights if token in title]
    shared = fsum(weights[token] for token in told) + fsum(
        weights[token] / 2 for token in weights if token in body and token not in title
    )
    return len(told) >= 2 and shared >= ALIKE * fsum(weights.values())
