"""No reader of people's text takes longer than the text does: eight times as much takes about eight times as long.

A ratio of two measurements of this thread's own time, and with room: what grows with the square takes 64 times as long.
"""

import logging

import pytest

from app.telemetry import logs
from benchmarks.reading import A_LINE, LINES, UNITS, microseconds, readers, seconds, shaped

SMALL, LARGE = 500, 4_000
WORTH_MEASURING = 0.004
"""Seconds. Shorter ones say more about the clock."""
AT_MOST = 24.0


@pytest.mark.parametrize("name", readers())
def test_eight_times_the_text_takes_about_eight_times_as_long(name: str) -> None:
    read = readers()[name]
    small, large = (SMALL // 4, LARGE // 4) if name == "memo checks" else (SMALL, LARGE)  # which reads seven parts
    read("Once, so that what is done but once is done.")
    for shape, piece in UNITS.items():
        if seconds(read, shaped(piece, large)) < WORTH_MEASURING:
            continue
        found: list[float] = []
        while not found or (found[-1] > AT_MOST and len(found) < 2):
            found.append(seconds(read, shaped(piece, large)) / max(seconds(read, shaped(piece, small)), 1e-5))
        if found[-1] > AT_MOST:
            found.append(seconds(read, shaped(piece, 2 * large)) / seconds(read, shaped(piece, large)) * 8)
        assert min(found) < AT_MOST, f"{shape}: {found}"


def test_there_are_forty_four_shapes() -> None:
    assert len(UNITS) == 44


def test_the_filter_costs_a_line_no_more_than_some_times_what_writing_it_does() -> None:
    """50 µs on two slow cores, where Python's own formatter takes five for a line that it fills in."""
    record = logging.LogRecord("app", logging.INFO, "", 0, "%s %s %s", ("x" * 60, "y" * 60, "z" * 60), None)
    writes = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    plain = microseconds(lambda _: writes.format(record), "")
    costs = {name: microseconds(logs.struck, shaped(piece, A_LINE)) / plain for name, piece in LINES.items()}
    assert max(costs.values()) < 10, costs


@pytest.mark.parametrize(
    "line",
    [
        "postgresql://ana:hush@db/t", "no-answer https://hooks.slack.com/services/hush", "x,amqp+tls://a:hush@b",
        "1https://u:hush@h/", "wss://wss.slack.com/link?ticket=hush", "(https://files.slack.com/hush)",
        "http://a/http://b?hush", "xhttp://http://http://u:hush@h",
    ],
)  # fmt: skip
def test_an_address_that_holds_a_secret_is_struck_wherever_it_stands(line: str) -> None:
    assert "hush" not in logs.struck(f"asked {line} in vain")
    assert logs.struck(f"asked {line} in vain").endswith(("in vain", ") in vain"))


def test_an_address_without_a_secret_stays() -> None:
    assert logs.struck("asked https://slack.com/api/ in vain") == "asked https://slack.com/api/ in vain"
