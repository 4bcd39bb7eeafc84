"""How long a person waits for an ack, and what an event costs a core, beside a Bolt app that does nothing but ack.

Both stand behind the same server, and one delivery goes to the one, the next to the other: whatever else the machine
does, it does to both.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from app.db.session import Database
from benchmarks.deliveries import PEOPLE, Delivery, command, reviews, settle_in, triages
from benchmarks.figures import Row, cpu_of, quantile
from benchmarks.places import KINDS, Places, opened
from benchmarks.served import Line, Served
from benchmarks.silent_slack import SilentSlack

WARM = 5
AT_REST = 15.0
"""Seconds that the bot is given to send what it owes, before its CPU time is read."""
SILENT = 0.6
"""Seconds without a call after which it owes nothing more."""


@dataclass
class Side:
    """One of the two that are compared."""

    served: Served
    waits: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.line = Line(self.served.port)

    def deliver(self, delivery: Delivery) -> None:
        self.waits.append(self.line.deliver(delivery))


def commands(_: Database, many: int) -> Iterator[Delivery]:
    return (command(f"U{n % PEOPLE}") for n in range(many))


ROUTES: dict[str, Callable[[Database, int], Iterator[Delivery]]] = {
    "/escalate": commands,
    "a triage click": triages,
    "a sign-off click": reviews,
}


def run(quick: bool) -> list[Row]:
    """p50 and p99 of each in milliseconds, the ratio, and events a second a core with all that follows an event."""
    rounds = 20 if quick else 400
    places, slack = Places(), SilentSlack()
    rows: list[Row] = []
    try:
        for kind in KINDS[:1] if quick else KINDS:
            url = places.url(kind)
            with opened(url) as db, Served(slack.url, None) as bare, Served(slack.url, url) as ours:
                settle_in(db)
                for name, make in ROUTES.items():
                    deliveries = list(make(db, rounds + WARM))
                    silent = 0.05 if quick else SILENT
                    rows += _compare(f"{name}, {kind}", slack, (bare, ours), deliveries, rounds, silent)
    finally:
        slack.close()
        places.close()
    return rows


def _compare(
    name: str,
    slack: SilentSlack,
    both: tuple[Served, Served],
    deliveries: list[Delivery],
    rounds: int,
    silent: float,
) -> list[Row]:
    sides = Side(both[0]), Side(both[1])
    for delivery in deliveries[:WARM]:
        for side in sides:
            side.deliver(delivery)
    for side in sides:
        side.waits.clear()
    spent = [cpu_of(side.served.pid) for side in sides]
    for delivery in deliveries[WARM:]:
        for side in sides:
            side.deliver(delivery)
    at_rest(slack, silent)
    costs = [(cpu_of(side.served.pid) - before) / rounds for side, before in zip(sides, spent, strict=True)]
    missed = [side.line.missed for side in sides]
    for side in sides:
        side.line.close()
    low, high = ([quantile(side.waits, share) for side in sides] for share in (0.5, 0.99))
    return [
        Row(f"{name}: p50 bare, Threshold", f"{low[0]:.1f} ms, {low[1]:.1f} ms, ratio {low[1] / low[0]:.2f}"),
        Row(f"{name}: p99 bare, Threshold", f"{high[0]:.1f} ms, {high[1]:.1f} ms, ratio {high[1] / high[0]:.2f}"),
        Row(f"{name}: events a second per core, all that follows included", _per_core(costs)),
        *([Row(f"{name}: not acked, bare and Threshold", f"{missed[0]}, {missed[1]}")] if any(missed) else []),
    ]


def _per_core(costs: list[float]) -> str:
    return ", ".join(f"{1 / cost:.0f}" if cost > 0 else "too few to say" for cost in costs)


def at_rest(slack: SilentSlack, silent: float) -> None:
    """Wait until nothing was asked of Slack for ``silent`` seconds: the messages are out."""
    end, calls = time.monotonic() + AT_REST, -1
    while calls != slack.calls and time.monotonic() < end:
        calls = slack.calls
        time.sleep(silent)
