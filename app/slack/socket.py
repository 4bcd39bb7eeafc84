"""Socket Mode: one connection to Slack that the bot opens itself, so that no public URL is needed."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from socket import SHUT_RDWR

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from app.slack.payloads import wrong
from app.telemetry.pools import Pool, Pulse

log = logging.getLogger(__name__)

PING_SECONDS = 5.0
"""How often the connection is looked at. A lost one is opened again after this long at most."""


class Handler(SocketModeHandler):
    """Bolt's own, but that it leaves what no Slack would send alone: no ack, and no traceback."""

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        where = wrong(req.payload)
        if where is None:
            super().handle(client, req)
        else:
            log.warning("a payload from the socket is not of a shape that Slack sends, at %r; it was left alone", where)


@contextmanager
def _unsaid(log: logging.Logger) -> Iterator[None]:
    """Nothing of a library's logger is written meanwhile."""

    def nothing(_: logging.LogRecord) -> bool:
        return False

    log.addFilter(nothing)
    try:
        yield
    finally:
        log.removeFilter(nothing)


class NotConnected(Exception):
    """Slack gave an address, and nobody answered there."""


class Socket:
    """An open connection. Raises SlackApiError, OSError or NotConnected where there is none to be had."""

    def __init__(
        self,
        app: App,
        app_token: str,
        client: WebClient,
        *,
        concurrency: int,
        ping: float = PING_SECONDS,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._web, self._token = client, app_token
        self._heard = Pulse(now)
        self._taken = Pulse(now)
        self._last_pong: tuple[str, float | None] | None = None
        url = self._address()
        self._handler = Handler(app, app_token, web_client=client, concurrency=concurrency, ping_interval=ping)
        self._client = self._handler.client
        self._client.message_workers.shutdown(wait=False)
        self._client.message_workers = self.workers = Pool("socket", concurrency)
        self._client.on_message_listeners.append(lambda _: self._heard.beat())
        self._client.wss_uri = url
        with _unsaid(self._client.logger):  # whoever opens it says in one sentence what comes of it
            self._handler.connect()  # type: ignore[no-untyped-call]
        if not self._client.is_connected():
            self._hang_up()
            raise NotConnected()

    @property
    def connected(self) -> bool:
        return bool(self._client.is_connected())

    def quiet(self) -> float:
        """Seconds since anything was heard from Slack, an answer to our ping too. To be asked every second or so.

        slack_sdk measures this by the wall clock, which can be set back, and not at all before the first answer.
        """
        session = self._client.current_session
        pong = (session.session_id, session.last_ping_pong_time) if session else None
        if pong != self._last_pong:
            self._last_pong = pong
            self._heard.beat()
        return self._heard.age()

    def untaken(self) -> float:
        """Seconds for which messages from Slack have lain here: slack_sdk takes none while it waits to reconnect."""
        if self._client.message_queue.empty():
            self._taken.beat()
        return self._taken.age()

    def reopen(self) -> None:
        """Let go of the connection, whatever it seems to be, and open another one.

        Raises:
            SlackApiError, OSError, NotConnected: there is none to be had now.
        """
        url = self._address()
        lock = self._client.connect_operation_lock
        held = lock.acquire(timeout=5)  # slack_sdk keeps it while it waits for Slack's leave to connect
        try:
            self._cut()
            self._client.wss_uri = url
            self._client.connect()
        finally:
            if held:
                lock.release()
        if not self.connected:
            raise NotConnected()

    def close(self) -> None:
        """Take nothing more from Slack, answer what is in hand, then hang up. What was not taken, Slack sends again."""
        self._client.closed = True
        self._client.enqueue_message("")  # wakes the reader, so that it sees that it is over
        self._client.message_processor.shutdown()  # type: ignore[no-untyped-call]
        self._client.message_workers.shutdown(wait=True)
        self._hang_up()

    def _address(self) -> str:
        return str(self._web.apps_connections_open(app_token=self._token)["url"])

    def _hang_up(self) -> None:
        self._client.auto_reconnect_enabled = False
        self._client.current_session_state.terminated = True
        self._cut()
        self._client.disconnect()

    def _cut(self) -> None:
        session = self._client.current_session
        line = session.sock if session else None
        if line is not None:
            with suppress(OSError):
                line.shutdown(SHUT_RDWR)  # or the reader sits in its read for three seconds more
