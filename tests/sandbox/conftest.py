"""A sandbox and a real Bolt app on it, over Socket Mode."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from sandbox import Limits, Sandbox, Workspace

Connect = Callable[..., App]


def hang_up(slack: Sandbox, handler: SocketModeHandler) -> None:
    """Close a handler without the seconds slack_sdk waits for its own threads to look up."""
    client = handler.client
    client.auto_reconnect_enabled = False
    client.closed = True
    client.enqueue_message("bye")
    slack.close_sockets()
    handler.close()  # type: ignore[no-untyped-call]


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox(limits=Limits(rates=False)) as running:
        yield running


@pytest.fixture
def acme(slack: Sandbox) -> Workspace:
    return slack.workspace("Acme")


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
