"""Rate limits by tier: a bucket a method and workspace, and one a channel for messages."""

from __future__ import annotations

import math
from collections.abc import Callable

from sandbox.world.settings import Limits

TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
"""Tier → requests a minute, per method and workspace. Tier 5 (special) has no bucket here."""

READING = frozenset({"conversations.history", "conversations.replies"})
OUTSIDE_PAGE = 15
"""What apps that are distributed outside Slack's marketplace read at once, and that once a minute
(docs.slack.dev, "Rate limits")."""


class Rates:
    def __init__(self, limits: Limits, monotonic: Callable[[], float]) -> None:
        self._limits = limits
        self._monotonic = monotonic
        self._buckets: dict[tuple[str, str], tuple[float, float]] = {}

    def check(self, method: str, team_id: str, tier: int) -> int:
        """0 to go ahead, else the seconds to wait (Slack's Retry-After)."""
        if self._limits.outside and method in READING:
            return self._take((method, team_id), capacity=1 / self._limits.rate_scale, a_second=1 / 60)
        a_minute = TIERS.get(tier)
        if a_minute is None:
            return 0
        return self._take((method, team_id), capacity=a_minute, a_second=a_minute / 60)

    def check_post(self, channel_id: str) -> int:
        return self._take(("chat.postMessage", channel_id), capacity=self._limits.message_burst, a_second=1)

    def _take(self, key: tuple[str, str], capacity: float, a_second: float) -> int:
        if not self._limits.rates:
            return 0
        capacity *= self._limits.rate_scale
        a_second *= self._limits.rate_scale
        now = self._monotonic()
        level, at = self._buckets.get(key, (capacity, now))
        level = min(capacity, level + (now - at) * a_second)
        if level >= 1:
            self._buckets[key] = (level - 1, now)
            return 0
        self._buckets[key] = (level, now)
        return max(1, math.ceil((1 - level) / a_second))
