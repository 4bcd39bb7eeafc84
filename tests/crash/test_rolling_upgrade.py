"""A release is rolled out while the one before works: its migration runs under it, and it may even be started anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.schema import Schema, migrate, schema_of
from tests.crash.test_stop import WAIT, House, stopped
from tests.databases import DatabaseUrls
from tests.db import rolling
from tests.db.test_rolling import EXPANDING
from tests.nursery import Nursery


@pytest.fixture
def house(nursery: Nursery, database_urls: DatabaseUrls, tmp_path: Path) -> Iterator[House]:
    """On a database that nobody else gets afterwards: its schema becomes another one."""
    found = House(nursery, database_urls(migrated=False), tmp_path)
    migrate(found.db)
    yield found
    found.close()


def test_the_old_version_works_on_through_the_new_ones_migration(house: House, tmp_path: Path) -> None:
    """The bot knows nothing of revision 9001, which a later release brought: to it, that is the future."""
    later = rolling.scripts(tmp_path, _9001=EXPANDING, _9002='op.drop_table("novelty")')
    old, sam = house.start(), house.sam
    assert sam.command("/escalate", "Move the warehouse", house.retail).acked
    shows(house, "Question 1")
    rolling.upgrade(house.db, "9001", later)
    assert schema_of(house.db) is Schema.AHEAD
    card = sam.latest()
    assert card is not None
    assert sam.click(card, "answer:hours").acked
    shows(house, "Question 2")
    again = house.start()
    assert "this version works with it until it is replaced" in again.said
    stopped(old)
    card = sam.latest()
    assert card is not None
    assert sam.click(card, "answer:none").acked
    shows(house, "Question 3")
    assert len(sam.sees()) == 1, "the one card, edited in place all the while"
    rolling.upgrade(house.db, "9002", later)
    refused = house.nursery.start("tests.crash.bot:run", {}, log=tmp_path / "refused", env=house.given(0))
    assert refused.wait(WAIT) == 1
    assert refused.said.strip().endswith("Run that version, or restore the database from before.")


def shows(house: House, words: str) -> None:
    house.slack.wait_for(lambda: words in str([m.blocks for m in house.sam.sees()]), timeout=WAIT, what=words)
