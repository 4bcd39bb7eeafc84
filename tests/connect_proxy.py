"""A proxy as companies have them, on this machine: it passes requests on, and opens tunnels (CONNECT) where it may."""

import base64
import select
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


@dataclass
class Passed:
    """What came by, and what is let by."""

    tunnels_allowed: bool = True
    not_to: str = ""
    """A host to which no tunnel is opened."""
    password: str | None = None
    """What “user” has to give with each request; None: nobody is asked."""
    tunnels: list[str] = field(default_factory=list)  # host:port
    requests: list[str] = field(default_factory=list)  # addresses
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def proxy(*, tunnels: bool = True, not_to: str = "", password: str | None = None) -> Iterator[Passed]:
    passed = Passed(tunnels, not_to, password)
    server = _Server(("127.0.0.1", 0), _Handler)
    server.passed, passed.port = passed, server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield passed
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    passed: Passed


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def _let_in(self) -> bool:
        wanted = self.server.passed.password
        given = self.headers.get("Proxy-Authorization", "").removeprefix("Basic ")
        if wanted is None or given == base64.b64encode(f"user:{wanted}".encode()).decode():
            return True
        self.send_error(407)
        return False

    def do_CONNECT(self) -> None:
        if not self._let_in():
            return
        host, _, port = self.path.rpartition(":")
        if not self.server.passed.tunnels_allowed or host == self.server.passed.not_to:
            self.send_error(403)
            return
        self.server.passed.tunnels.append(self.path)
        with socket.create_connection((host, int(port))) as there:
            self.connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            _carry(self.connection, there)
        self.close_connection = True

    def do_POST(self) -> None:
        if not self._let_in():
            return
        self.server.passed.requests.append(urlsplit(self.path)._replace(query="").geturl())
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name: value for name, value in self.headers.items() if not name.lower().startswith("proxy-")}
        asked = urllib.request.Request(self.path, body or None, headers, method=self.command)
        straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with straight.open(asked, timeout=30) as answer:
                status, told, said = answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                status, told, said = error.code, error.headers, error.read()
        self.send_response(status)
        for name, value in told.items():
            if name.lower() not in ("transfer-encoding", "connection", "content-length", "server", "date"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    do_GET = do_POST

    def log_message(self, *_: object) -> None:
        """Quiet."""


def _carry(one: socket.socket, other: socket.socket) -> None:
    """What either says to the other, until one of them has nothing more to say."""
    with suppress(OSError):
        while True:
            for ready in select.select([one, other], [], [], 60)[0]:
                said = ready.recv(65536)
                if not said:
                    return
                (other if ready is one else one).sendall(said)
