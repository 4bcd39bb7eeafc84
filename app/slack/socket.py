"""Socket Mode: one connection to Slack that the bot opens itself, so that no public URL is needed."""

from contextlib import suppress
from socket import SHUT_RDWR

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

PING_SECONDS = 5.0
"""How often the connection is looked at. A lost one is opened again after this long at most."""


class NotConnected(Exception):
    """Slack gave an address, and nobody answered there."""


class Socket:
    """An open connection. Raises SlackApiError, OSError or NotConnected where there is none to be had."""

    def __init__(self, app: App, app_token: str, client: WebClient, *, concurrency: int) -> None:
        url = str(client.apps_connections_open(app_token=app_token)["url"])
        self._handler = SocketModeHandler(
            app, app_token, web_client=client, concurrency=concurrency, ping_interval=PING_SECONDS
        )
        self._client = self._handler.client
        self._client.wss_uri = url
        self._handler.connect()  # type: ignore[no-untyped-call]
        if not self._client.is_connected():
            self._hang_up()
            raise NotConnected()

    @property
    def connected(self) -> bool:
        return bool(self._client.is_connected())

    def close(self) -> None:
        """Take nothing more from Slack, answer what is in hand, then hang up. What was not taken, Slack sends again."""
        self._client.closed = True
        self._client.enqueue_message("")  # wakes the reader, so that it sees that it is over
        self._client.message_processor.shutdown()  # type: ignore[no-untyped-call]
        self._client.message_workers.shutdown(wait=True)
        self._hang_up()

    def _hang_up(self) -> None:
        self._client.auto_reconnect_enabled = False
        self._client.current_session_state.terminated = True
        session = self._client.current_session
        line = session.sock if session else None
        if line is not None:
            with suppress(OSError):
                line.shutdown(SHUT_RDWR)  # or the reader sits in its read for three seconds more
        self._client.disconnect()
