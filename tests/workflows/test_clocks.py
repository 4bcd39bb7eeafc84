"""Clocks that jump, and replicas whose clocks disagree: each follow-up once, none lost."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from app.assistant import NoAssistant
from app.db.session import Database
from app.due import Due
from tests.databases import KINDS
from tests.workflows.colleagues import BEA, RITA, VERA, Company

END = datetime(2026, 12, 1, tzinfo=UTC)
STEP = timedelta(hours=4)


def walk(company: Company, replicas: int, off: Callable[[int, datetime], timedelta]) -> dict[str, list[str]]:
    """Look for due work every few hours until the end; ``off``: how wrong a replica's clock is. Who heard what."""
    company.in_review()

    def clock(replica: int) -> datetime:
        return company.now + off(replica, company.now)

    dues = [Due(company.db, NoAssistant(), partial(clock, n), lambda: None) for n in range(replicas)]
    while company.now < END:
        for due in dues:
            while due.run_once():
                pass
        company.now += STEP
    for due in dues:
        due.let_go()
    return {user: company.said(user) for user in (RITA, VERA, BEA)}


def right(_: int, __: datetime) -> timedelta:
    return timedelta(0)


def jumps_back(_: int, now: datetime) -> timedelta:
    """An hour back, from the Wednesday on, at the very moment at which half of the time is left."""
    return timedelta(hours=-1) if now >= datetime(2026, 11, 25, 14, tzinfo=UTC) else timedelta(0)


def jumps_ahead(_: int, now: datetime) -> timedelta:
    """An hour ahead, and back again a day later."""
    ahead = datetime(2026, 11, 25, 8, tzinfo=UTC) <= now < datetime(2026, 11, 26, 8, tzinfo=UTC)
    return timedelta(hours=1) if ahead else timedelta(0)


def swings(_: int, now: datetime) -> timedelta:
    """An hour back and forth, all the time."""
    return timedelta(hours=-1) if now.hour % 8 < 4 else timedelta(0)


def disagree(replica: int, _: datetime) -> timedelta:
    return timedelta(minutes=7 * replica - 7)


@pytest.mark.parametrize(
    ("database_kind", "replicas", "off"),
    [("sqlite", 1, jumps_back), ("sqlite", 1, jumps_ahead), ("sqlite", 1, swings)]
    + [(kind, 3, disagree) for kind in KINDS],
    indirect=["database_kind"],
)
def test_everybody_hears_everything_once_whatever_the_clock_does(
    db: Database, replicas: int, off: Callable[[int, datetime], timedelta]
) -> None:
    expected = walk(Company(db).settle_in(), 1, right)
    assert expected[VERA] == ["remind", "remind", "remind", "blocked_soon", "deadline_passed_signer"]
    assert walk(Company(db, team="T2").settle_in(), replicas, off) == expected
