"""The HTTP side: Slack's events where a public URL exists, what an orchestrator asks, and the figures for Prometheus.

A body that can't be read is refused before anything looks at it (400), then what is not signed by Slack (401).
Every refusal is JSON with one sentence.
"""

import json
import logging
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from flask import Flask, Response, jsonify, request
from slack_bolt import App, BoltRequest
from slack_bolt.adapter.flask.handler import to_bolt_request, to_flask_response
from slack_bolt.request.internals import build_context
from waitress.adjustments import Adjustments
from waitress.wasyncore import close_all, dispatcher
from werkzeug.exceptions import HTTPException

from app.slack.http_threads import IDLE_SECONDS, Server, most_connections
from app.slack.payloads import wrong
from app.telemetry import metrics

if TYPE_CHECKING:
    from app.slack.installing import Flow

log = logging.getLogger(__name__)

LARGEST_BODY = 2_000_000
"""Bytes. A view of 250 KB comes back with what was typed, form-encoded: about a megabyte at worst."""

Ready = Callable[[], str | None]
"""Why this process can't work right now, in a few words; None when it can."""


def well() -> None:
    """Nothing is wrong, and nobody looks."""


def web_app(
    app: App | None,
    ready: Ready,
    *,
    alive: Ready = well,
    warnings: Callable[[], list[str]] = list,
    figures: Callable[[], bytes] = metrics.page,
    way_in: "Flow | None" = None,
) -> Flask:
    """`GET /healthz`, `/readyz`, `/metrics`, with a Bolt app `POST /slack/events`, with a way in the pages to install.

    ``alive``: why only a restart helps; None as long as this process can help itself.
    ``warnings``: what somebody should look at, although it works; in `/readyz` beside its 200.
    ``figures``: Prometheus' text format.
    """
    flask = Flask("threshold")
    flask.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    flask.json.compact = True  # type: ignore[attr-defined]

    @flask.get("/healthz")
    def healthz() -> Response:
        why = alive()
        return jsonify(ok=True) if why is None else _refuse(503, why)

    @flask.get("/readyz")
    def readyz() -> Response:
        why, said = ready(), warnings()
        if why is not None:
            return _refuse(503, why)
        return jsonify(ok=True, warnings=said) if said else jsonify(ok=True)

    @flask.get("/metrics")
    def shown() -> Response:
        return Response(figures(), content_type=metrics.CONTENT_TYPE)

    @flask.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        said = {413: f"The body is larger than {LARGEST_BODY:,} bytes."}
        return _refuse(error.code or 500, said.get(error.code or 500, error.name))

    if app is not None:
        flask.post("/slack/events")(_events(app))
    if way_in is not None:
        from app.slack.installing import add_routes  # one workspace is up sooner without

        add_routes(flask, way_in)
    return flask


def _events(app: App) -> Callable[[], Response]:
    def slack_events() -> Response:
        if not readable(request.get_data(), request.mimetype):
            return _refuse(400, "The body is not what Slack sends.")
        try:
            delivery = _whole(to_bolt_request(request))
        except (AttributeError, KeyError, TypeError, ValueError):  # JSON of a shape no payload has
            return _refuse(400, "The body is not what Slack sends.")
        if wrong(delivery.body) is not None:
            return _refuse(400, "The body is not what Slack sends.")
        if not _signable(delivery):
            return _refuse(401, "The signature is not one of Slack's.")
        return to_flask_response(app.dispatch(delivery))

    return slack_events


def _whole(delivery: BoltRequest) -> BoltRequest:
    """Bolt takes a command for empty where its text speaks of a “payload”: read the form again."""
    if not delivery.body:
        delivery.body = dict(parse_qsl(delivery.raw_body, keep_blank_values=True))
        build_context(delivery.context, delivery.body)
    return delivery


def _signable(delivery: BoltRequest) -> bool:
    """Whether the headers can be compared at all: a stamp of another kind, or foreign signs, would raise in Bolt."""
    stamp = "".join(delivery.headers.get("x-slack-request-timestamp", ["0"]))
    signed = "".join(delivery.headers.get("x-slack-signature", [""]))
    return stamp.isascii() and stamp.isdigit() and len(stamp) < 20 and signed.isascii()


def readable(body: bytes, mimetype: str) -> bool:
    """Whether a body is one that Slack could have sent: a JSON object, or a form whose payload is one.

    Bolt parses before it checks the signature, and would answer a stranger's nonsense with a traceback.
    """
    try:
        text = body.decode()
        if mimetype == "application/json" or text.startswith("{"):
            return isinstance(json.loads(text), dict)
        form = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=200))
        return bool(form) and ("payload" not in form or isinstance(json.loads(form["payload"]), dict))
    except (ValueError, RecursionError):
        return False


def _refuse(status: int, why: str) -> Response:
    answer = jsonify(ok=False, error=why)
    answer.status_code = status
    return answer


class Door:
    """A web server in a thread of its own. Raises OSError where the port can't be had."""

    def __init__(self, app: Flask, host: str, port: int, threads: int, connections: int | None = None) -> None:
        """``connections``: how many may be open at once; as many as the process may have, where none are named."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        taken = socket.create_server((host, port), family=family)
        adj = Adjustments(
            ident="",
            max_request_body_size=16 * LARGEST_BODY,  # read and refused in words; past this the line is cut
            channel_timeout=IDLE_SECONDS,
            cleanup_interval=IDLE_SECONDS // 6,
            connection_limit=connections or most_connections(),
            asyncore_use_poll=True,  # select knows no file past the 1,024th
            log_socket_errors=False,
            sockets=[taken],
        )
        self._server: Any = Server(app.wsgi_app, taken, adj, threads)
        self.port: int = taken.getsockname()[1]
        self._thread = threading.Thread(target=self._server.run, name="http", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self, timeout: float = 10.0) -> None:
        """Take no new connection, let what is in hand be answered (at most ``timeout`` seconds), and stop."""
        self._in_loop(lambda: dispatcher.close(self._server))
        end = time.monotonic() + timeout
        while self._busy() and time.monotonic() < end:
            time.sleep(0.02)
        self._server.task_dispatcher.shutdown(timeout=1)
        with suppress(OSError):  # a connection that came at that very moment made waitress close all by itself
            self._in_loop(lambda: close_all(self._server._map))
        self._thread.join(timeout=2)

    def _in_loop(self, do: Callable[[], object]) -> None:
        """Sockets belong to the server's own thread."""
        self._server.trigger.pull_trigger(do)

    def _busy(self) -> bool:
        return any(c.requests or c.total_outbufs_len for c in list(self._server.active_channels.values()))
