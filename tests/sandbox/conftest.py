"""A sandbox, a real Bolt app on it, and an ear that answers as a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Limits, Person, Room, Sandbox, Workspace

Json = dict[str, Any]
Connect = Callable[..., App]


HURRIED = Limits(rates=False, ack_seconds=0.4)
"""For tests about acks that never come; a busy machine needs Slack's own three seconds."""


@pytest.fixture
def limits() -> Limits:
    """Parametrize `limits` to run a test under others."""
    return Limits(rates=False)


@pytest.fixture
def slack(limits: Limits) -> Iterator[Sandbox]:
    with Sandbox(limits=limits) as running:
        yield running


@pytest.fixture
def acme(slack: Sandbox) -> Workspace:
    return slack.workspace("Acme")


@pytest.fixture
def ana(acme: Workspace) -> Person:
    return acme.add_user("Ana", tz="America/New_York")


@pytest.fixture
def checkout(acme: Workspace, ana: Person) -> Room:
    return acme.add_channel("checkout", [ana])


@pytest.fixture
def client(slack: Sandbox, acme: Workspace) -> WebClient:
    """The app's own Web API client."""
    return WebClient(acme.bot_token, base_url=slack.api_url, timeout=5)


def refusal(call: Callable[[], Any]) -> Json:
    """The answer of a call that Slack refuses."""
    with pytest.raises(SlackApiError) as caught:
        call()
    body: Json = caught.value.response.data
    return body


def error(call: Callable[[], Any]) -> str:
    return str(refusal(call)["error"])


# A Bolt app over Socket Mode


@pytest.fixture
def connect(slack: Sandbox, acme: Workspace) -> Iterator[Connect]:
    """`connect(register)` starts a Bolt app over Socket Mode; `register(app)` adds listeners."""
    handlers: list[SocketModeHandler] = []

    def start(register: Callable[[App], Any]) -> App:
        client = WebClient(token=acme.bot_token, base_url=slack.api_url)
        app = App(client=client, signing_secret=slack.signing_secret)
        register(app)
        handler = SocketModeHandler(app, slack.app_token)
        handler.connect()  # type: ignore[no-untyped-call]
        handlers.append(handler)
        slack.wait_for(lambda: slack.sockets >= len(handlers))
        return app

    yield start
    for handler in handlers:
        hang_up(slack, handler)


def hang_up(slack: Sandbox, handler: SocketModeHandler) -> None:
    """Close a handler without the seconds slack_sdk waits for its own threads to look up."""
    client = handler.client
    client.auto_reconnect_enabled = False
    slack.close_sockets()
    slack.wait_for(lambda: not client.is_connected(), what="the client to notice")
    client.closed = True
    client.enqueue_message("bye")
    handler.close()  # type: ignore[no-untyped-call]


# An app that is nothing but an ear


class Ear:
    """An HTTP endpoint that hears what Slack sends and answers as told.

    `answer(heard)` gives (status, body); `heard` has kind, payload and lower-case headers.
    """

    def __init__(self) -> None:
        self.heard: list[Json] = []
        self.answer: Callable[[Json], tuple[int, str]] = lambda _heard: (200, "")
        self.headers: dict[str, str] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/slack/events"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        ear = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                heard: Json = {
                    "headers": {k.lower(): v for k, v in self.headers.items()},
                    "body": body,
                    "payload": _payload(body),
                }
                ear.heard.append(heard)
                status, answer = ear.answer(heard)
                try:
                    self.send_response(status)
                    for name, value in ear.headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(answer.encode())))
                    self.end_headers()
                    self.wfile.write(answer.encode())
                except OSError:
                    return  # Slack hung up before the answer came

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing: a test prints what it needs."""

        return Handler

    def payloads(self, kind: str) -> list[Json]:
        """Payloads of that `type`, or events of that type, in the order heard."""
        rows = [heard["payload"] for heard in self.heard]
        return [p for p in rows if kind in (p.get("type"), p.get("event", {}).get("type"))]


def _payload(body: str) -> Json:
    loaded: Json
    if body.startswith("{"):
        loaded = json.loads(body)
        return loaded
    form: Json = dict(parse_qsl(body, keep_blank_values=True))
    loaded = json.loads(form["payload"]) if "payload" in form else {"type": "command", **form}
    return loaded


@pytest.fixture
def ear(slack: Sandbox) -> Iterator[Ear]:
    """The app of these tests, over HTTP."""
    listening = Ear()
    slack.send_events_to(listening.url)
    yield listening
    listening.stop()


# Blocks


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(label: str, action_id: str, value: str = "", **more: Any) -> Json:
    body: Json = {"type": "button", "text": plain(label), "action_id": action_id, **more}
    return body | ({"value": value} if value else {})


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def field(label: str, block_id: str, element: Json, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"action_id": "answer", **element},
        **more,
    }


def option(text: str, value: str) -> Json:
    return {"text": plain(text), "value": value}


def modal(*blocks: Json, title: str = "Ask", **more: Any) -> Json:
    body: Json = {"type": "modal", "title": plain(title), "blocks": list(blocks)}
    if any(block["type"] == "input" for block in blocks):
        body["submit"] = plain("Send")
    return body | more


TEXT: Json = {"type": "plain_text_input"}
DOORS: Json = {
    "type": "static_select",
    "options": [option("Two-way", "two"), option("One-way", "one")],
}
