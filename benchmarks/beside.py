"""Acks of this build beside those of another checkout, in one run: ``python -m benchmarks ack --beside FOLDER``.

Each build prepares a database of its own with its own code. One delivery goes to the one, the next to the other, so
whatever else the machine does, it does to both. Each route is walked in rounds; a ratio is the median of theirs.
"""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.ack import ROUTES, SILENT, at_rest
from benchmarks.deliveries import Delivery
from benchmarks.figures import Row, cpu_of, quantile
from benchmarks.places import KINDS, Places
from benchmarks.served import Line, Served
from benchmarks.silent_slack import SilentSlack

HERE = Path(__file__).resolve().parent.parent
ROUNDS = 5
WARM = 10

_PREPARE = """
import json, sys
try:
    from app.schema import migrate
except ImportError:
    from app.bootstrap import migrate
from app.db.session import Database
db = Database(sys.argv[1])
migrate(db)
from benchmarks.ack import ROUTES
from benchmarks.deliveries import settle_in
settle_in(db)
many = int(sys.argv[2])
print(json.dumps({name: [one.body for one in make(db, many)] for name, make in ROUTES.items()}))
"""
"""Run by the build that is measured, with its own rooms: all that was there in the first release with benchmarks
(``migrate`` under its old name, too)."""


@dataclass
class Side:
    """One build: where its deliveries come from, and how long each waited in milliseconds."""

    served: Served
    bodies: dict[str, list[str]]
    waits: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.line = Line(self.served.port)

    def deliver(self, route: str) -> None:
        self.waits.append(self.line.deliver(Delivery(self.bodies[route].pop())))


def run(other: Path, quick: bool) -> list[Row]:
    """For each route and database: p50 and p99 of the other build and of this one, and the ratio."""
    rounds, each = (1, 10) if quick else (ROUNDS, 400)
    places, slack = Places(), SilentSlack()
    rows: list[Row] = []
    try:
        for kind in KINDS[:1] if quick else KINDS:
            urls = [places.url(kind, migrated=False) for _ in range(2)]
            folders = (other.resolve(), HERE)
            bodies = [_prepare(*one, rounds * each + WARM) for one in zip(folders, urls, strict=True)]
            with Served(slack.url, urls[0], folders[0]) as theirs, Served(slack.url, urls[1], HERE) as ours:
                sides = Side(theirs, bodies[0]), Side(ours, bodies[1])
                for route in ROUTES:
                    rows += _compare(f"{route}, {kind}", route, slack, sides, rounds, each, 0.05 if quick else SILENT)
    finally:
        slack.close()
        places.close()
    return rows


def _prepare(folder: Path, url: str, many: int) -> dict[str, list[str]]:
    """Migrate and fill the database at ``url`` with the code in ``folder``; the bodies of each route's deliveries."""
    said = subprocess.run(
        [sys.executable, "-c", _PREPARE, url, str(many)], cwd=folder, check=True, capture_output=True, text=True
    )
    found: dict[str, list[str]] = json.loads(said.stdout.splitlines()[-1])
    return found


def _compare(
    name: str, route: str, slack: SilentSlack, sides: tuple[Side, Side], rounds: int, each: int, silent: float
) -> list[Row]:
    for _ in range(WARM):
        for side in sides:
            side.deliver(route)
    lows: list[list[float]] = []
    highs: list[list[float]] = []
    spent = [cpu_of(side.served.pid) for side in sides]
    for turn in range(rounds):
        for side in sides:
            side.waits.clear()
        for number in range(each):
            for side in sides if (turn + number) % 2 else sides[::-1]:
                side.deliver(route)
        at_rest(slack, silent)
        lows.append([quantile(side.waits, 0.5) for side in sides])
        highs.append([quantile(side.waits, 0.99) for side in sides])
    cpu = [(cpu_of(side.served.pid) - before) / rounds / each for side, before in zip(sides, spent, strict=True)]
    return [
        _row(f"{name}: p50 there, here", lows),
        _row(f"{name}: p99 there, here", highs),
        Row(f"{name}: ms of a core an event there, here", f"{cpu[0] * 1000:.1f}, {cpu[1] * 1000:.1f}"),
    ]


def _row(what: str, found: list[list[float]]) -> Row:
    theirs, ours = (median(one[n] for one in found) for n in (0, 1))
    ratios = sorted(one[1] / one[0] for one in found)
    return Row(
        what, f"{theirs:.1f} ms, {ours:.1f} ms, ratio {median(ratios):.2f} (rounds {ratios[0]:.2f} to {ratios[-1]:.2f})"
    )
