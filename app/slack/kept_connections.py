"""Connections to Slack that are kept from one request to the next.

slack_sdk makes a new one for each request (through urllib): a message of the outbox then pays for a handshake, two
round trips and some milliseconds of a core, before it says a word. Through a proxy it goes on doing so: what a proxy
wants to hear is told by the settings of the environment, which urllib reads as everybody expects.
"""

import socket
import threading
import time
from functools import cache
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, getproxies, proxy_bypass

IDLE_SECONDS = 20.0
"""A connection that nobody used for so long is not used again: what stands between us and Slack may have forgotten it
without a word, and a message would wait on it for an answer that never comes."""
KEPT = 16
"""As many as threads may ask at once; who comes on top makes one that is closed afterwards."""


def direct(url: str) -> bool:
    """Whether no proxy of the environment stands on the way to that address."""
    parts = urlsplit(url)
    return parts.scheme not in getproxies() or bool(proxy_bypass(parts.hostname or ""))


class Connections:
    """Some, kept open. Safe for threads."""

    def __init__(self) -> None:
        import urllib3  # when first asked: a command that asks Slack nothing starts without
        from urllib3.connection import HTTPConnection

        alive = (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        self._pool = urllib3.PoolManager(
            maxsize=KEPT, retries=False, socket_options=[*HTTPConnection.default_socket_options, alive]
        )
        self._used = time.monotonic()
        self._lock = threading.Lock()

    def send(self, request: Request, timeout: float) -> dict[str, Any]:
        """``status``, ``headers`` and the ``body`` as text; a status that refuses raises nothing.

        Raises:
            OSError, HTTPException: what the network did. Whether the request arrived is unknown.
            ValueError: the address is none, or the answer no text.
        """
        import urllib3

        body = request.data if isinstance(request.data, bytes) else None
        with self._lock:
            if time.monotonic() - self._used > IDLE_SECONDS:
                self._pool.clear()
            self._used = time.monotonic()
        try:
            answer = self._pool.request(
                request.get_method(), request.full_url, body=body, headers=dict(request.header_items()), timeout=timeout
            )
        except urllib3.exceptions.HTTPError as error:
            raise _what_happened(error) from error
        return {"status": answer.status, "headers": dict(answer.headers), "body": answer.data.decode("utf-8")}

    def close(self) -> None:
        """Let all of them go."""
        self._pool.clear()


def _what_happened(error: BaseException) -> OSError | HTTPException | ValueError:
    """The error of the network behind one of urllib3's, whose own are no OSErrors."""
    import urllib3

    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, OSError | HTTPException):
            return seen
        behind = next((one for one in seen.args if isinstance(one, BaseException)), None)
        seen = behind or seen.__cause__ or seen.__context__
    if isinstance(error, urllib3.exceptions.TimeoutError):
        return TimeoutError(str(error))
    return ValueError(str(error)) if isinstance(error, urllib3.exceptions.LocationValueError) else OSError(str(error))


@cache
def connections() -> Connections:
    """Those of this process: all workspaces ask the same Slack."""
    return Connections()
