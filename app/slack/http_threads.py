"""The web server's threads and connections. Whoever asks how we are has a way of their own, whatever else hangs."""

import errno
import logging
import socket
import time
from typing import Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from app.telemetry import metrics
from app.telemetry.arrival import arrived

log = logging.getLogger(__name__)

HEALTH = ("/healthz", "/readyz", "/metrics")

HEALTH_THREADS = 2
MOST_CONNECTIONS = 1000
"""Open at the same time, as far as the process may open so many files. Past it, the idlest one is closed."""
KEPT_BACK = 100
"""Files that are not for connections: the database, Slack, the log."""
IDLE_SECONDS = 60
"""A connection on which nothing was said for so long is closed."""
PAUSE = 0.5
"""Seconds without a new connection, after the system gave none."""


class Arrived:
    """A request, and when it came in: what waits for a thread has waited since then."""

    def __init__(self, channel: HTTPChannel) -> None:
        self.channel, self.at = channel, time.monotonic()

    def service(self) -> None:
        with arrived(self.at):
            self.channel.service()

    def cancel(self) -> None:
        self.channel.cancel()


class Lanes:
    """waitress' dispatcher of tasks, twice: one for Slack, one for those who ask how we are."""

    def __init__(self, threads: int) -> None:
        self._slack: Any = ThreadedTaskDispatcher()
        self._health: Any = ThreadedTaskDispatcher()
        self._slack.set_thread_count(threads)
        self._health.set_thread_count(HEALTH_THREADS)

    def add_task(self, channel: HTTPChannel) -> None:
        path = getattr(channel.requests[0], "path", "") if channel.requests else ""
        lane = self._health if path in HEALTH else self._slack
        lane.add_task(Arrived(channel))

    def shutdown(self, cancel_pending: bool = True, timeout: int = 5) -> bool:
        self._health.shutdown(cancel_pending, timeout)
        return bool(self._slack.shutdown(cancel_pending, timeout))


Waitress: Any = TcpWSGIServer
"""Its stubs know neither the map of connections nor another dispatcher."""


class Server(Waitress):  # type: ignore[misc]
    """waitress' own, which at its limit takes nobody any more for a minute or two, and spins where files run out."""

    _not_before = 0.0
    _said_at = float("-inf")

    def __init__(self, app: Any, taken: socket.socket, adj: Adjustments, threads: int) -> None:
        super().__init__(
            app,
            _sock=taken,
            dispatcher=Lanes(threads),
            adj=adj,
            bind_socket=False,
            sockinfo=(taken.family, taken.type, taken.proto, taken.getsockname()),
        )

    def readable(self) -> bool:
        if time.monotonic() < self._not_before:
            return False
        if self.accepting and len(self._map) >= self.adj.connection_limit:
            self._make_room("limit", f"{self.adj.connection_limit} connections are open, which is the limit")
            if len(self._map) >= self.adj.connection_limit:  # all of them are at work
                self._not_before = time.monotonic() + PAUSE
                return False
        return bool(super().readable())

    def accept(self) -> Any:
        try:
            return super().accept()
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE):
                self._make_room("files", "no more files may be opened (see “ulimit -n”)")
                self._not_before = time.monotonic() + PAUSE
                return None
            raise

    def _make_room(self, short_of: str, why: str) -> None:
        """Close the connection that has been idle for longest. Counted; said once a minute at most."""
        metrics.NO_ROOM.labels(short_of).inc()
        if time.monotonic() - self._said_at > 60:
            self._said_at = time.monotonic()
            log.warning("%s: those that say nothing are closed", why)
        idle = [one for one in list(self.active_channels.values()) if not one.requests and not one.total_outbufs_len]
        if idle:
            min(idle, key=lambda one: one.last_activity).handle_close()


def most_connections() -> int:
    """As many as we want, or as the process may open files for."""
    try:
        import resource
    except ImportError:  # not a Unix
        return MOST_CONNECTIONS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + KEPT_BACK
    if soft != resource.RLIM_INFINITY and soft < wanted:
        more = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (more, hard))
        soft = more
    return MOST_CONNECTIONS if soft == resource.RLIM_INFINITY else max(10, min(MOST_CONNECTIONS, soft - KEPT_BACK))
