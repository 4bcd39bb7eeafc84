"""Two people at the same moment, through real processes: the end is that of one of the two orders, and nothing else.

The same thirty are drawn in every run, so that what fails is the change at hand; ``THRESHOLD_TEST_SEED`` draws others,
and ``python -m tests.races`` plays any pair as often as one likes.
"""

import os
import random
from collections.abc import Iterator

import pytest

from tests.databases import KINDS, Servers
from tests.nursery import Nursery
from tests.races.moves import Pair
from tests.races.pairs import NAMED, Meetings, dice_of, drawn
from tests.races.runner import Outcome, Runner
from tests.races.town import Town, town

DRAWN = 30
TRIES = {"postgresql": 10, "sqlite": 3}
NAMED_TRIES = 60


@pytest.fixture(scope="module")
def races(servers: Servers, nursery: Nursery) -> Iterator[Town]:
    """Three replicas on PostgreSQL, two on SQLite, and one Slack."""
    with town(servers, nursery, KINDS) as found:
        yield found


@pytest.fixture
def seed() -> int:
    return int(os.environ.get("THRESHOLD_TEST_SEED") or 11)


@pytest.mark.timeout(400)
def test_thirty_drawn_pairs_end_as_one_of_their_orders_does(races: Town, seed: int) -> None:
    said = []
    for number, pair in enumerate(drawn(races.meetings, seed, DRAWN)):
        kind = KINDS[number % len(KINDS)]
        outcome = races.runners[kind].play(pair, dice_of(seed, pair, kind, 0))
        if outcome is not None and not outcome.well:
            again = f"python -m tests.races --pairs drawn --tries {DRAWN} --seed {seed} --only {number + 1} --verbose"
            said.append(f"{told(outcome, kind)}\n  repeat: {again}")
    assert not said, "\n\n".join(said)


@pytest.mark.soak
@pytest.mark.timeout(6 * 3600)
@pytest.mark.parametrize("kind", KINDS)
def test_what_once_went_wrong_ends_well_sixty_times(
    races: Town, seed: int, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        print(f"\n{len(NAMED)} pairs, {NAMED_TRIES} tries each, {kind}: THRESHOLD_TEST_SEED={seed}", flush=True)
    assert played(races.runners[kind], [pair for pair in NAMED for _ in range(NAMED_TRIES)], seed) == []


@pytest.mark.soak
@pytest.mark.timeout(12 * 3600)
@pytest.mark.parametrize("kind", KINDS)
def test_every_two_that_can_meet_end_as_one_of_their_orders_does(
    races: Town, seed: int, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    pairs = every(races.meetings, seed, TRIES[kind])
    with capsys.disabled():
        print(f"\n{len(pairs)} tries, {kind}: THRESHOLD_TEST_SEED={seed}", flush=True)
    assert played(races.runners[kind], pairs, seed) == []


def every(meetings: Meetings, seed: int, tries: int) -> list[Pair]:
    """Every two that can meet, so often, each time in a state that is drawn."""
    dice = random.Random(seed)
    return [
        meetings.drawn_in(dice.choice(states), one, other, dice)
        for one, other, states in meetings.every()
        for _ in range(tries)
    ]


def played(runner: Runner, pairs: list[Pair], seed: int) -> list[str]:
    """What went wrong."""
    kind = runner.replicas.kind
    outcomes = (runner.play(pair, dice_of(seed, pair, kind, number)) for number, pair in enumerate(pairs))
    return [told(one, kind) for one in outcomes if one is not None and not one.well]


def told(outcome: Outcome, kind: str) -> str:
    return "\n  ".join([f"{outcome.pair.key} on {kind}:", *outcome.wrong, *outcome.notes])
