"""Everything that races need, up once for many tries."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.databases import Servers
from tests.nursery import Nursery
from tests.races.alone import Alone
from tests.races.orders import Orders
from tests.races.pairs import Meetings
from tests.races.replicas import replicas
from tests.races.runner import Runner
from tests.races.starts import Starts
from tests.races.world import World


@dataclass
class Town:
    """One Slack, and a runner for each kind of database that was asked for."""

    world: World
    meetings: Meetings
    runners: dict[str, Runner]


@contextmanager
def town(servers: Servers, nursery: Nursery, kinds: tuple[str, ...]) -> Iterator[Town]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="races-")))
        world = stack.enter_context(World(folder))
        alone = Alone(world, folder)
        stack.callback(alone.close)
        starts = Starts(world, alone)
        orders = Orders(world, alone, starts)
        runners = {}
        for kind in kinds:
            there = stack.enter_context(replicas(kind, servers.of(kind), world, nursery))
            runners[kind] = Runner(world, starts, there, orders)
        yield Town(world, Meetings(starts), runners)
