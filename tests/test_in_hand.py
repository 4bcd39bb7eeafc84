"""Acks go first: whoever has time waits until none is in hand, and not for ever."""

import threading
import time
from contextlib import ExitStack

from app.telemetry.pools import A_CROWD, LET_BY_AT_MOST, InHand


def test_with_nothing_in_hand_nobody_waits() -> None:
    InHand().let_by(3600)


def test_what_can_wait_goes_on_once_the_last_ack_is_out() -> None:
    acks, went_on = InHand(), threading.Event()

    def later() -> None:
        acks.let_by(3600)
        went_on.set()

    with acks.one():
        with acks.one():
            waiting = threading.Thread(target=later)
            waiting.start()
        assert not went_on.wait(0.05)
    waiting.join(60)
    assert went_on.is_set()


def test_a_listener_that_hangs_holds_nothing_up_for_long() -> None:
    acks = InHand()
    with acks.one():
        acks.let_by(0.01)


def test_a_crowd_is_let_by_for_longer_and_not_for_good() -> None:
    acks = InHand()
    with ExitStack() as crowd:
        for _ in range(A_CROWD):
            crowd.enter_context(acks.one())
        began = time.monotonic()
        acks.let_by(0.001)
        assert time.monotonic() - began >= LET_BY_AT_MOST
        acks.let_by(0.001)  # the crowd is still there: what it may take is used up


def test_a_crowd_that_thins_out_is_let_by_no_longer() -> None:
    acks, went_on = InHand(), threading.Event()
    with ExitStack() as crowd:
        for _ in range(A_CROWD - 1):
            crowd.enter_context(acks.one())
        with acks.one():

            def later() -> None:
                acks.let_by(0.001)
                went_on.set()

            waiting = threading.Thread(target=later)
            waiting.start()
        assert went_on.wait(60)
        waiting.join()
