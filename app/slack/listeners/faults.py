"""When a listener raises: Slack hears that it was not done, the log hears why, nobody's words are logged."""

import json
import logging
import threading
from collections.abc import Callable
from typing import Any

from slack_bolt import App, BoltResponse
from slack_bolt.listener.custom_listener import CustomListener
from slack_sdk import WebClient

from app.domain.errors import Busy
from app.slack.listeners.responses import ack_errors, tell
from app.slack.views.replies.sentences import refused_reply

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
            return answer(error, None, {})

    return once


def answer(error: Exception, response: BoltResponse | None, body: dict[str, Any]) -> BoltResponse | None:
    """While the database is away a person reads its sentence, and Slack is asked to deliver an event again (503).
    500 for a fault of ours.

    ``response`` is None where the delivery was acked before: then there is nothing left to say.
    """
    if isinstance(error, Busy):
        log.warning("%s; Slack is asked to deliver again", error.why)
        said = told(error, body) if response is not None else None
        if said is not None:
            return said
        status = 503
    else:
        log.error("a listener failed", exc_info=error)
        status = 500
    return BoltResponse(status=status) if response is not None else None


def told(error: Busy, body: dict[str, Any]) -> BoltResponse | None:
    """The sentence, as an answer to whatever a person did; None where nobody waits for one.

    Mostly a listener says it. Where each workspace has its own token, the database is asked for it before any listener
    runs: so it is said without one, in place of a command's or a form's answer.
    """
    if "command" in body:
        message = refused_reply(error.sentence, None)
        return _json(text=message.text, blocks=message.blocks, response_type="ephemeral")
    view = body.get("view")
    if body.get("type") == "view_submission" and isinstance(view, dict):
        answered: dict[str, Any] = {}
        ack_errors(answered.update, view, [(None, error.sentence)])  # type: ignore[arg-type]
        return _json(**answered)
    if body.get("type") in ("block_actions", "message_action") and body.get("response_url"):
        # Beside the ack, which is due: the address needs no token of ours.
        said = (body, WebClient(), refused_reply(error.sentence, None))
        threading.Thread(target=tell, args=said, name="told", daemon=True).start()
        return BoltResponse(status=200)
    return None


def _json(**said: Any) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(said), headers={"Content-Type": "application/json"})
