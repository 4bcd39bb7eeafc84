"""Two times side by side: the world's, which can be set, and Slack's stopwatch, which cannot."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox import Clock, Limits
from sandbox.world.manifest import Manifest
from sandbox.world.model import Channel
from sandbox.world.world import World

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_a_clock_runs_from_where_it_was_set() -> None:
    real = [100.0]
    clock = Clock(NOON, monotonic=lambda: real[0])
    real[0] = 160.0
    assert clock.now() == NOON + timedelta(minutes=1)
    clock.set(NOON + timedelta(days=28))
    real[0] = 161.0
    assert clock.now() == NOON + timedelta(days=28, seconds=1)


def test_a_frozen_clock_moves_only_when_it_is_moved() -> None:
    real = [0.0]
    clock = Clock(NOON, frozen=True, monotonic=lambda: real[0])
    real[0] = 5.0
    assert clock.now() == NOON
    clock.advance(timedelta(hours=1))
    clock.run()
    real[0] = 6.0
    assert clock.now() == NOON + timedelta(hours=1, seconds=1)


def test_a_time_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware datetimes only"):
        Clock(NOON.replace(tzinfo=None))


@given(st.lists(st.integers(min_value=-10_000, max_value=10_000), max_size=30))
def test_message_times_rise_whatever_the_clock_does(jumps: list[int]) -> None:
    clock = Clock(NOON, frozen=True)
    world = World(Manifest(), clock, Limits())
    channel = Channel("C1", "T1", "c", "channel", created=0)
    stamps = []
    for seconds in jumps:
        clock.advance(timedelta(seconds=seconds))
        stamps.append(world.next_ts(channel))
    assert stamps == sorted(set(stamps), key=float)
    assert all(len(ts.split(".")[1]) == 6 for ts in stamps)
