"""Whatever is pressed, by whomever: nothing is refused, left unacked, logged as a fault or sent twice."""

import logging
import random

import pytest

from demo import company
from demo.stage import PATIENT
from tests.databases import KINDS, DatabaseUrls
from tests.e2e.house import BriskStage
from tests.soak.monkey import Monkey


def let_loose(url: str, seed: int, steps: int, caplog: pytest.LogCaptureFixture) -> Monkey:
    """A monkey on a stage for ``steps`` acts; its seed is printed with what it did when something is wrong."""
    with BriskStage(database_url=url, limits=PATIENT) as stage, caplog.at_level(logging.ERROR):
        monkey = Monkey(stage, company.found(stage), random.Random(seed))
        monkey.begin()
        for _ in range(steps):
            monkey.act()
        stage.pump()
        faults = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
        missing = [str(one) for one in stage.bot.auditor.run(mend=False)]
        wrong = monkey.wrongs() + faults + missing
        assert wrong == [], f"seed {seed}\n" + "\n".join(monkey.did[-60:])
        return monkey


@pytest.mark.parametrize(("database_kind", "seed"), [*zip(KINDS, (1, 2), strict=False)], indirect=["database_kind"])
def test_whatever_is_pressed_nothing_is_refused_lost_or_doubled(
    database_urls: DatabaseUrls, seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    monkey = let_loose(database_urls(), seed, 80, caplog)
    assert len(monkey.counted) > 5, "the monkey hardly moved"


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(100, 120))
def test_the_same_for_a_long_time(database_urls: DatabaseUrls, seed: int, caplog: pytest.LogCaptureFixture) -> None:
    let_loose(database_urls(), seed, 1000, caplog)
