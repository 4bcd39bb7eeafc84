"""Two hundred deaths a run, at any step and any moment, on both databases: nothing lost, nothing twice.

``THRESHOLD_TEST_SEED`` repeats a run: the same deaths are planned in the same order. The seed is printed.
"""

import os
import random
from collections import Counter
from pathlib import Path

import pytest

from tests.crash.account import Account, account, wrongs
from tests.crash.days import Days, whole
from tests.crash.town import Town
from tests.databases import KINDS, Servers
from tests.nursery import Nursery

DEATHS = 200


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("replicas", [1, 3])
@pytest.mark.parametrize("kind", KINDS)
def test_two_hundred_deaths(
    nursery: Nursery, servers: Servers, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, replicas: int
) -> None:
    seed = int(os.environ.get("THRESHOLD_TEST_SEED") or random.randrange(10**9))
    deaths = int(os.environ.get("THRESHOLD_TEST_DEATHS") or DEATHS)
    with capsys.disabled():
        print(f"\n{kind}, {replicas} replicas, {deaths} deaths: THRESHOLD_TEST_SEED={seed}", flush=True)
    url = servers.of(kind).url()
    with Town(nursery, url, tmp_path, seed, replicas, deaths) as town:
        days, rounds = Days(town), 0
        days.settle_in()
        while len(town.died) < deaths:
            rounds += 1
            whole(days, rounds)
            assert wrongs(town) == [], town.picture()
        town.all_died()
        whole(days, rounds + 1)  # and nobody dies any more
        assert wrongs(town) == [], town.picture()
        found = account(town)
        told = _by_round(found)
        assert all(told[number] == told[rounds + 1] for number in range(1, rounds + 1)), town.picture()
        seen = sum(len(keys) for keys in town.posts.values())
    with capsys.disabled():
        steps = Counter(one.partition("'point': '")[2].partition("'")[0] or "any moment" for one in town.died)
        print(
            f"{len(town.died)} deaths in {rounds} rounds, {seen} messages posted once each; {dict(steps)}", flush=True
        )
    servers.of(kind).drop(url)


def _by_round(found: Account) -> dict[int, tuple[Counter[tuple[str, ...]], ...]]:
    """The account of each round by itself, its number taken out of its titles."""
    numbers = {int(title.rsplit(" ", 1)[1]) for title in found.history if title}

    def of(number: int, lines: Counter[tuple[str, ...]]) -> Counter[tuple[str, ...]]:
        mine = Counter[tuple[str, ...]]()
        for line, times in lines.items():
            if any(one.endswith(f" {number}") for one in line):
                mine[tuple(one.removesuffix(f" {number}") for one in line)] += times
        return mine

    def moves(number: int) -> Counter[tuple[str, ...]]:
        return Counter(
            (title.rsplit(" ", 1)[0], str(place), *line)
            for title, lines in found.history.items()
            if title.endswith(f" {number}")
            for place, line in enumerate(lines)
        )

    return {number: (moves(number), of(number, found.notices), of(number, found.follow_ups)) for number in numbers}
