"""A stage for each story: the real bot on both databases, over Socket Mode, and for two stories over signed HTTP."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from app.db.models import Decision
from app.workflows.record.replaying import replayed
from demo import company
from demo.stage import Stage
from demo.stories import Telling
from tests.databases import DatabaseUrls
from tests.e2e.house import Houses, Tale, begun, settled


@pytest.fixture
def told(houses: Houses, database_kind: str) -> Iterator[Telling]:
    """A company on a Monday morning, over Socket Mode, with somebody ready to tell a story."""
    for stage in begun(houses.of(database_kind)):
        yield Tale(stage, settled(stage))
        assert comes_back(stage) == [], "every verdict of a story is worked out again as it is kept"


def comes_back(stage: Stage) -> list[str]:
    """The decisions whose stored verdict comes out otherwise, or not at all."""
    with stage.bot.db.read() as session:
        kept = session.scalars(select(Decision).where(Decision.verdict.is_not(None)))
        return [one.name for one in kept if replayed(session, one) != one.verdict]


@pytest.fixture
def told_over_http(database_urls: DatabaseUrls) -> Iterator[Telling]:
    """The same, where Slack posts signed requests, on a stage as the demo opens it."""
    with Stage(database_url=database_urls(), http=True) as stage:
        yield Telling(stage, company.found(stage))
        assert comes_back(stage) == []
