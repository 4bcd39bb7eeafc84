"""When a listener raises: Slack hears that it was not done, the log hears why, nobody's words are logged."""

import logging
from collections.abc import Callable
from typing import Any

from slack_bolt import App, BoltResponse
from slack_bolt.listener.custom_listener import CustomListener

from app.domain.errors import Busy

log = logging.getLogger(__name__)


def guard(app: App) -> None:
    """Make every listener of ``app`` honest: what failed is not acked. Called once, after they are registered.

    Bolt acks an event before its listener runs, whatever the listener does; then an event that met a dead database
    would be lost. Our listeners ack themselves, after the commit.
    """
    for listener in app._listeners:
        listener.auto_acknowledgement = False
        if isinstance(listener, CustomListener):
            listener.ack_function = _acked_once(listener.ack_function)
    app.error(answer)


def _acked_once(run: Callable[..., BoltResponse | None]) -> Callable[..., BoltResponse | None]:
    """Keep an ack: Bolt takes it back when the listener raises afterwards, and Slack is told nothing at all."""

    def once(**given: Any) -> BoltResponse | None:
        try:
            return run(**given)
        except Exception as error:
            ack = given.get("ack")
            if ack is None or ack.response is None:
                raise
            return answer(error, None)

    return once


def answer(error: Exception, response: BoltResponse | None) -> BoltResponse | None:
    """503 while the database is away, so that Slack delivers again; 500 for a fault of ours.

    ``response`` is None where the delivery was acked before: then there is nothing left to say.
    """
    if isinstance(error, Busy):
        log.warning("%s; Slack is asked to deliver again", error.why)
        status = 503
    else:
        log.error("a listener failed", exc_info=error)
        status = 500
    return BoltResponse(status=status) if response is not None else None
