"""kill −9 at any step and any moment, one replica and three: the town's account is as if nobody had died.

A short run of what `make soak` does two hundred times. The seed and every death stand in a failure's message.
"""

from pathlib import Path

import pytest

from tests.crash.account import Account, account, wrongs
from tests.crash.days import Days, short
from tests.crash.town import Town
from tests.databases import KINDS, Servers
from tests.nursery import Nursery


@pytest.fixture(scope="module")
def undisturbed(nursery: Nursery, servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Account:
    """The same days, and nobody dies."""
    url = servers.of("sqlite").url()
    with Town(nursery, url, tmp_path_factory.mktemp("undisturbed"), seed=0, replicas=1, kills=0) as town:
        short(Days(town), 1)
        assert wrongs(town) == []
        assert town.died == []
        return account(town)


@pytest.mark.parametrize(("kind", "replicas"), [*zip(KINDS, (1, 3), strict=False)])
def test_whoever_dies_whenever_all_is_said_and_done_once(
    nursery: Nursery, servers: Servers, tmp_path: Path, undisturbed: Account, kind: str, replicas: int
) -> None:
    url = servers.of(kind).url()
    with Town(nursery, url, tmp_path, seed=20261123 + replicas, replicas=replicas, kills=4, longest_life=0.8) as town:
        short(Days(town), 1)
        town.all_died()
        assert wrongs(town) == [], town.picture()
        assert account(town) == undisturbed, town.picture()
    servers.of(kind).drop(url)
