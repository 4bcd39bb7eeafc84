"""Those who would wait for one row of the database wait in their process, and hear in time that they came in vain."""

import threading
import time

import pytest

from app.domain.errors import Busy
from app.slack.crowded import LAST_CALL
from app.slack.turns import Turns
from app.telemetry.arrival import arrived


def test_those_of_one_workspace_go_one_behind_the_other_and_others_beside_them() -> None:
    turns, inside, most = Turns(), list[str](), list[int]()
    go = threading.Barrier(6)

    def work(number: int) -> None:
        go.wait()
        with turns.of("T1"):
            inside.append("T1")
            most.append(inside.count("T1"))
            with turns.of(f"T2-{number}"):  # another workspace's is free
                pass
            inside.remove("T1")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert most == [1] * 6


def test_whoever_would_come_too_late_is_told_and_takes_nobody_elses_turn() -> None:
    turns, came = Turns(), time.monotonic() - LAST_CALL - 1
    with turns.of("T1"), arrived(came), pytest.raises(Busy) as told, turns.of("T1"):
        raise AssertionError("it was somebody else's turn")
    assert "try again in a few seconds" in told.value.sentence
    with arrived(came), turns.of("T1"):
        pass  # free: nobody has to wait for it


def test_a_turn_ends_with_an_error_too_and_nothing_is_remembered() -> None:
    turns = Turns()
    with pytest.raises(RuntimeError), turns.of("T1"):
        raise RuntimeError
    with turns.of("T1"):
        pass
    assert turns.names() == []
