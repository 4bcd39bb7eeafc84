"""Acks go first: whoever has time waits until none is in hand, and not for ever."""

import threading

from app.telemetry.pools import InHand


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
