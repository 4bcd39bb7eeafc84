"""A local Slack whose tokens run out, and the part of the bot that installs go through, on both databases."""

from collections.abc import Iterator

import pytest

from app.db.session import Database
from tests.workspaces.office import Office


@pytest.fixture
def office(db: Database) -> Iterator[Office]:
    with Office.opened(db) as office:
        yield office
