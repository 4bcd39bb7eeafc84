"""Every figure that `GET /metrics` shows of this process. Labels name kinds and codes: no workspace, no person.

Counting is adding to a number in memory. What stands in the database is asked for when somebody looks (`app.watch`).
"""

from collections.abc import Iterable

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.registry import Collector

disable_created_metrics()  # type: ignore[no-untyped-call]

CONTENT_TYPE = CONTENT_TYPE_LATEST

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)

KINDS = ("command", "action", "view", "shortcut", "event", "other")

DELIVERIES = Counter(
    "threshold_deliveries",
    "Deliveries from Slack, by kind and the HTTP status they were answered with.",
    ("kind", "status"),
    registry=REGISTRY,
)
TOO_LATE = Counter(
    "threshold_too_late",
    "Deliveries that were not done, since Slack had given them up when their turn came, by kind.",
    ("kind",),
    registry=REGISTRY,
)
UNSIGNED = Counter(
    "threshold_unsigned",
    "Deliveries that were refused, by why: secret (signed with another one), stamp (signed too long ago), none.",
    ("why",),
    registry=REGISTRY,
)
NO_ROOM = Counter(
    "threshold_no_room",
    "Connections for which an idle one was closed, or that had to wait, by what there was too little of: limit, files.",
    ("short_of",),
    registry=REGISTRY,
)
CLOCK_AHEAD = Gauge(
    "threshold_clock_ahead_seconds",
    "How far this machine's clock is ahead of another one, in seconds.",
    ("of",),
    registry=REGISTRY,
)
ACK_SECONDS = Histogram(
    "threshold_ack_seconds",
    "From taking up a delivery to its ack, in seconds. Slack waits for three.",
    ("kind",),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 3.0),
    registry=REGISTRY,
)
CLAIMS = Counter("threshold_claims", "Rows taken under a lease.", ("of",), registry=REGISTRY)
RETRIES = Counter("threshold_retries", "Rows put back, to be tried again.", ("of",), registry=REGISTRY)
GIVEN_UP = Counter("threshold_given_up", "Rows that will not be tried again.", ("of", "kind"), registry=REGISTRY)
FAULTS = Counter("threshold_faults", "Attempts that failed by a fault of ours.", ("of",), registry=REGISTRY)
EVENTS_WITHHELD = Counter(
    "threshold_events_withheld",
    "Minutes in which Slack held back events of a workspace, of which there were too many (app_rate_limited).",
    registry=REGISTRY,
)
LEFT = Counter(
    "threshold_left_to_newer",
    "Rows that hold what this release does not know, left to a newer one.",
    ("of",),
    registry=REGISTRY,
)
OUTBOX_SECONDS = Histogram(
    "threshold_outbox_seconds",
    "From writing a message to Slack having it, in seconds.",
    buckets=(0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0, 300.0, 3600.0),
    registry=REGISTRY,
)
FOLLOW_UP_LATE_SECONDS = Histogram(
    "threshold_follow_up_late_seconds",
    "How late a follow-up was taken up, in seconds.",
    buckets=(1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 3600.0),
    registry=REGISTRY,
)
SLACK_CALLS = Counter(
    "threshold_slack_calls",
    "Requests to Slack, by method and code: ok, Slack's error code, http_5xx, or no_answer.",
    ("method", "code"),
    registry=REGISTRY,
)
SLACK_SECONDS = Histogram(
    "threshold_slack_seconds",
    "How long Slack took to answer, in seconds.",
    ("method",),
    buckets=(0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
    registry=REGISTRY,
)
MODEL_CALLS = Counter(
    "threshold_model_calls",
    "Requests to the model, by outcome: ok, or what was wrong.",
    ("outcome",),
    registry=REGISTRY,
)
MODEL_SECONDS = Histogram(
    "threshold_model_seconds",
    "How long the model took to answer, in seconds.",
    buckets=(0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 30.0),
    registry=REGISTRY,
)
DATABASE_ERRORS = Counter(
    "threshold_database_errors",
    "Transactions that failed, by why: away (silent, or locked too long), full, read_only, not_allowed, damaged, "
    "fault, or collided (two met, and one was begun anew).",
    ("why",),
    registry=REGISTRY,
)
TICK_SECONDS = Histogram(
    "threshold_tick_seconds",
    "How long one look for due work took, in seconds.",
    buckets=(0.01, 0.05, 0.25, 1.0, 5.0, 30.0, 120.0),
    registry=REGISTRY,
)
RECOVERIES = Counter("threshold_recoveries", "What the watchdog started anew.", ("part",), registry=REGISTRY)
MENDED = Counter("threshold_mended", "What the audit found missing, and did.", ("what",), registry=REGISTRY)
BUILD = Info("threshold_build", "What runs: version, the commit it was built from, schema, Python.", registry=REGISTRY)

# What can be alarmed on is there from the start: a rate of something that was never counted is no figure.
for _kind in KINDS:
    ACK_SECONDS.labels(_kind)
    TOO_LATE.labels(_kind)
for _short_of in ("limit", "files"):
    NO_ROOM.labels(_short_of)
for _why in ("secret", "stamp", "none"):
    UNSIGNED.labels(_why)
for _of in ("outbox", "follow_up"):
    for _counter in (CLAIMS, RETRIES, FAULTS, LEFT):
        _counter.labels(_of)
for _of in ("audit", "clean_up"):
    FAULTS.labels(_of)
for _why in ("away", "full", "read_only", "damaged", "not_allowed", "collided", "fault"):
    DATABASE_ERRORS.labels(_why)
for _outcome in ("ok", "Unreachable", "TooSlow", "RateLimited", "Loading", "Failing", "Garbled", "Rejected"):
    MODEL_CALLS.labels(_outcome)
for _what in ("follow_up", "card", "digest", "message", "lease"):
    MENDED.labels(_what)
for _part in ("socket", "tick", "outbox"):
    RECOVERIES.labels(_part)


_known: dict[str, frozenset[str]] = {}
OTHER = "other"
"""The kind, in a label, of what has a kind that nobody here knows."""


def expect_kinds(of: str, kinds: Iterable[str]) -> None:
    """Which kinds of rows there are; whatever else stands in the database is counted as another."""
    _known[of] = frozenset(kinds)
    for kind in (*sorted(_known[of]), OTHER):
        GIVEN_UP.labels(of, kind)


def gave_up(of: str, kind: str) -> None:
    """Count a row that will not be tried again."""
    GIVEN_UP.labels(of, kind if kind in _known.get(of, ()) else OTHER).inc()


def say_build(facts: dict[str, str]) -> None:
    """What ``threshold_build_info`` says, by label."""
    BUILD.info(facts)


def page(*more: Collector) -> bytes:
    """Prometheus' text format: every figure of this process, and what ``more`` finds out now."""
    asked = CollectorRegistry()
    for collector in more:
        asked.register(collector)
    return generate_latest(REGISTRY) + generate_latest(asked)
