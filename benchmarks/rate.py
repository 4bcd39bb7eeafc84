"""How many workspaces at Slack's ceiling one process holds: events come when they come, whether it keeps up or not."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle

from benchmarks.ack import SILENT, at_rest
from benchmarks.deliveries import PEOPLE, Delivery, command, reviews, settle_in, team_names, triages
from benchmarks.figures import Row, quantile
from benchmarks.places import KINDS, Places, opened
from benchmarks.served import Line, Served
from benchmarks.silent_slack import SilentSlack

CEILING = 30_000 / 3600
"""Events a second that Slack delivers for one workspace at most."""
BOUND = 300.0
"""Milliseconds: what nine hundred and ninety of a thousand acks must not exceed."""
LINES = 24
EVENTS = 200
"""So many at least: of fewer, one in a hundred is simply the slowest."""


def run(quick: bool) -> list[Row]:
    """For each number of workspaces, half commands and half clicks in triages and sign-offs: p50 and p99 of the ack."""
    steps = (1,) if quick else (1, 2, 4, 6, 8, 12)
    rows: list[Row] = []
    places, slack = Places(), SilentSlack()
    try:
        for kind in KINDS[:1] if quick else KINDS:
            held = 0
            for workspaces in steps:
                seconds = 1.0 if quick else max(8.0, EVENTS / (workspaces * CEILING))
                waits = _offer(places.url(kind), slack, workspaces, seconds, 0.05 if quick else SILENT)
                low, high = quantile(waits, 0.5), quantile(waits, 0.99)
                rows.append(
                    Row(
                        f"{workspaces} at {CEILING:.1f} events a second, {kind}: {workspaces * CEILING:.0f} a second",
                        f"p50 {low:.0f} ms, p99 {high:.0f} ms",
                    )
                )
                if high >= BOUND:
                    break
                held = workspaces
            rows.append(Row(f"workspaces at their ceiling with p99 under {BOUND:.0f} ms, {kind}", str(held)))
    finally:
        slack.close()
        places.close()
    return rows


def _offer(url: str, slack: SilentSlack, workspaces: int, seconds: float, silent: float) -> list[float]:
    """Milliseconds from the moment an event was due to leave until its ack."""
    many = int(workspaces * CEILING * seconds)
    teams = team_names(workspaces)
    with opened(url) as db:
        settle_in(db, workspaces)
        each = many // 4 // workspaces + 1
        clicks = cycle([make(db, each, team) for team in teams for make in (triages, reviews)])
        deliveries = list(_mixed(many, teams, clicks))
    with Served(slack.url, url) as ours, ThreadPoolExecutor(LINES) as pool:
        here, lines = threading.local(), list[Line]()

        def deliver(delivery: Delivery, at: float) -> float:
            if not hasattr(here, "line"):
                here.line = Line(ours.port)
                lines.append(here.line)
            here.line.deliver(delivery)
            return (time.perf_counter() - at) * 1000

        list(pool.map(lambda user: deliver(command(user), time.perf_counter()), [f"U{n}" for n in range(LINES)]))
        at_rest(slack, silent)  # what those led to is not measured
        begin = time.perf_counter() + 0.1
        waiting = []
        for n, delivery in enumerate(deliveries):
            at = begin + n / (workspaces * CEILING)
            time.sleep(max(0.0, at - time.perf_counter()))
            waiting.append(pool.submit(deliver, delivery, at))
        waits = [one.result() for one in waiting]
        for line in lines:
            line.close()
        return waits


def _mixed(many: int, teams: list[str], clicks: Iterator[Iterator[Delivery]]) -> Iterator[Delivery]:
    for n in range(many):
        clicked = next(next(clicks), None) if n % 2 else None
        yield clicked or command(f"U{n % PEOPLE}", teams[n % len(teams)])
