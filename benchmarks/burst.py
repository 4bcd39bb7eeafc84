"""People who are new to the bot type ``/escalate`` at once: how long each waits for an ack, and what they are told.

They come at their own pace, whether anybody keeps up or not. Replicas take them in turn, as behind a balancer.
"""

import http.client
import os
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count

from app.slack.crowded import CROWDED
from benchmarks.ack import at_rest
from benchmarks.deliveries import command, settle_in
from benchmarks.figures import Row, quantile
from benchmarks.places import Places, opened
from benchmarks.served import Served
from benchmarks.silent_slack import SilentSlack

SLACK_WAITS = 3.0
"""Seconds. Whoever has no ack by then reads Slack's own error."""


@dataclass(frozen=True)
class Burst:
    """So many people, so many of them a second, against so many replicas."""

    kind: str
    replicas: int
    people: int
    rate: int


BURSTS = (
    Burst("PostgreSQL", 3, 300, 100),
    Burst("PostgreSQL", 3, 300, 300),
    Burst("PostgreSQL", 1, 300, 100),
    Burst("PostgreSQL", 1, 300, 300),
    Burst("SQLite", 1, 300, 100),
    Burst("SQLite", 1, 300, 300),
)
QUICK = (Burst("SQLite", 1, 6, 100),)
_people = count(1)


@dataclass(frozen=True)
class Answer:
    """Seconds from the moment it was due to leave, and what came: a decision, one of our sentences, or nothing."""

    took: float
    what: str


def run(quick: bool) -> list[Row]:
    """For each burst: p50, p99 and slowest ack in milliseconds; how many were begun, told to try again, not acked."""
    rows: list[Row] = []
    places, slack = Places(), SilentSlack()
    try:
        for burst in QUICK if quick else BURSTS:
            rows += _measured(burst, places.url(burst.kind), slack)
    finally:
        slack.close()
        places.close()
    return rows


def _measured(burst: Burst, url: str, slack: SilentSlack) -> Iterator[Row]:
    with opened(url) as db:
        settle_in(db)
    with ExitStack() as stack:
        served = [stack.enter_context(Served(slack.url, url)) for _ in range(burst.replicas)]
        for one in served * 2:
            _typed(f"U{next(_people)}WARM", one.port, time.perf_counter())
        at_rest(slack, 0.3)
        load = os.getloadavg()[0]
        answers = _typing(burst, [one.port for one in served])
    waits = [one.took * 1000 for one in answers]
    told = Counter(one.what for one in answers)
    where = f"{burst.kind}, {burst.replicas} {'replicas' if burst.replicas > 1 else 'process'}"
    name = f"{burst.people} new people, {burst.rate} a second, {where} (load {load:.0f})"
    low, high = quantile(waits, 0.5), quantile(waits, 0.99)
    yield Row(f"{name}: p50, p99, slowest", f"{low:.0f}, {high:.0f}, {max(waits):.0f} ms")
    others = sum(told.values()) - told["begun"] - told["crowded"] - told["not acked"]
    said = f"{told['begun']}, {told['crowded']}, {others}, {told['not acked']}"
    yield Row("  begun, told that it is crowded, told something else, not acked in time", said)


def _typing(burst: Burst, ports: list[int]) -> list[Answer]:
    with ThreadPoolExecutor(burst.people) as pool:
        begin, waiting = time.perf_counter() + 0.2, []
        for n in range(burst.people):
            at = begin + n / burst.rate
            time.sleep(max(0.0, at - time.perf_counter()))
            waiting.append(pool.submit(_typed, f"UNEW{next(_people)}", ports[n % len(ports)], at))
        return [one.result() for one in waiting]


def _typed(user: str, port: int, at: float) -> Answer:
    delivery = command(user)
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        line.request("POST", "/slack/events", delivery.body, delivery.headers())
        answer = line.getresponse()
        said = answer.read().decode()
        took = time.perf_counter() - at
    finally:
        line.close()
    if answer.status != 200 or took > SLACK_WAITS:
        return Answer(took, "not acked")
    return Answer(took, "begun" if "is started" in said else "crowded" if CROWDED[:40] in said else "told")
