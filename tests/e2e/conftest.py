"""The real bot on a local Slack: a stage of each kind, and a company on it that is founded anew for every test."""

from collections.abc import Iterator

import pytest

from tests.e2e.house import BriskStage, Houses, Tale, Two, begun, settled


@pytest.fixture
def stage(houses: Houses, database_kind: str) -> Iterator[BriskStage]:
    """Slack over a socket, the bot on SQLite and on PostgreSQL. Whatever the bot sent, Slack accepted."""
    yield from begun(houses.of(database_kind))


@pytest.fixture
def told(stage: BriskStage) -> Tale:
    """A story about to be told on both databases."""
    return Tale(stage, settled(stage))


@pytest.fixture
def lite(houses: Houses) -> Iterator[BriskStage]:
    """As ``stage``, on SQLite alone: for what no database can change."""
    yield from begun(houses.of("sqlite"))


@pytest.fixture
def shown(lite: BriskStage) -> Tale:
    """As ``told``, on SQLite alone."""
    return Tale(lite, settled(lite))


@pytest.fixture
def posted(houses: Houses) -> Iterator[BriskStage]:
    """As ``lite``, over signed HTTP instead of a socket."""
    yield from begun(houses.of("sqlite", http=True))


@pytest.fixture
def two(houses: Houses) -> Iterator[Two]:
    """Two workspaces that installed one bot, which has no token but theirs. On SQLite."""
    for stage in begun(houses.of("sqlite", http=True, many=True)):
        yield Two.on(stage)
