"""The demo's company, with the nine weeks that it has behind it: every verdict comes back as it is kept."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from app.db.models import Decision
from demo import seeds
from tests.e2e.house import BriskStage, Houses, begun, settled
from tests.stories.conftest import comes_back

TODAY = datetime(2026, 11, 30, 16, tzinfo=UTC)


@pytest.fixture
def stage(houses: Houses) -> Iterator[BriskStage]:
    """On SQLite alone: what is worked out is the same everywhere, and the stories are told on both."""
    yield from begun(houses.of("sqlite"))


def test_every_verdict_of_the_companys_past_is_worked_out_again_as_it_is_kept(stage: BriskStage) -> None:
    began = seeds.last_morning(TODAY)
    stage.clock.set(seeds.start_of_history(began))
    seeds.live_through(stage, settled(stage), began)
    with stage.bot.db.read() as session:
        judged = session.scalar(select(func.count()).select_from(Decision).where(Decision.verdict.is_not(None))) or 0
    assert judged >= 8, "it has a past"
    assert comes_back(stage) == []
