"""What a test may loosen. The defaults are Slack's own figures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Seconds are real seconds.

    rates           enforce the rate tiers and 1 message a second a channel
    rate_scale      2.0 allows twice as much of everything
    message_burst   messages a channel takes at once before the 1 a second holds
    payloads        check every payload against Slack's limits
    ack_seconds     a delivery without an ack by then has failed
    trigger_seconds life of a trigger_id
    retry_delays    pauses before the second, third and fourth attempt of an event. Slack waits
                    0 s, 60 s and 300 s; a test would rather not.
    outside         the app is distributed outside Slack's marketplace: conversations.history and .replies once a
                    minute, 15 objects at a time
    max_sockets     connections an app may hold
    """

    rates: bool = True
    rate_scale: float = 1.0
    message_burst: int = 4
    payloads: bool = True
    ack_seconds: float = 3.0
    trigger_seconds: float = 3.0
    retry_delays: tuple[float, ...] = (0.05, 0.2, 0.5)
    outside: bool = False
    max_sockets: int = 10


SLACK_RETRY_DELAYS = (0.0, 60.0, 300.0)
