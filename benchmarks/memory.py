"""From the start of a process until it is ready, and the memory that it holds: idle, halfway, and after many events."""

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count

from benchmarks.deliveries import PEOPLE, command, settle_in, triages
from benchmarks.figures import Row, cpu_of, resident
from benchmarks.places import Places, opened
from benchmarks.served import Line, Served
from benchmarks.silent_slack import SilentSlack

LINES = 4
NEW = 50
"""One event in so many starts a decision; the others are clicks in a triage, most of them too late to change it."""


EVENTS = 100_000


def run(quick: bool, events: int = EVENTS) -> list[Row]:
    """Seconds and megabytes, SQLite."""
    events = 100 if quick else events
    places, slack = Places(), SilentSlack()
    try:
        url = places.url("SQLite")
        with opened(url) as db:
            settle_in(db)
            clicks = list(triages(db, 20 if quick else 2_000))
        starts = []
        for _ in range(0 if quick else 4):
            with Served(slack.url, url) as ours:
                starts.append((ours.ready, cpu_of(ours.pid)))
        with Served(slack.url, url) as ours:
            starts.append((ours.ready, cpu_of(ours.pid)))
            time.sleep(0.1 if quick else 3.0)
            idle = resident(ours.pid)
            numbers = count()

            def some(many: int) -> None:
                line = Line(ours.port)
                for _ in range(many):
                    n = next(numbers)
                    line.deliver(command(f"U{n % PEOPLE}") if n % NEW == 0 else clicks[n % len(clicks)])
                line.close()

            def half() -> float:
                with ThreadPoolExecutor(LINES) as pool:
                    list(pool.map(some, [events // 2 // LINES] * LINES))
                return resident(ours.pid)

            first, second = half(), half()
    finally:
        slack.close()
        places.close()
    ready, spent = min(starts)
    return [
        Row("start to ready, the best of five; CPU of that", f"{ready:.2f} s, {spent:.2f} s"),
        Row("resident memory, idle", f"{idle:.0f} MB"),
        Row(f"  after {events // 2:,} events, after {events:,}", f"{first:.0f} MB, {second:.0f} MB"),
    ]
