"""Two servers to compare: the bot as ``threshold run`` starts it, and the bare Bolt app. Each a process of its own."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.deliveries import Delivery
from benchmarks.silent_slack import SECRET, TOKEN


class Served:
    """A process that answers on a port of this machine. ``ready`` says how long it took to get there, in seconds."""

    def __init__(
        self,
        api_url: str,
        database_url: str | None,
        checkout: Path | None = None,
        more: Mapping[str, str] | None = None,
    ) -> None:
        """``database_url``: the bot's; None starts the bare app. ``checkout``: whose code runs, else this one's.
        ``more``: settings beside the usual ones."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        began = time.perf_counter()
        if database_url is None:
            command = ["-m", "benchmarks.bare", api_url, str(self.port)]
        else:
            command = ["-m", "app", "run"]
        settings = {
            "SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": api_url, "PORT": str(self.port),
            "DATABASE_URL": database_url or "", "THRESHOLD_HOST": "127.0.0.1", "THRESHOLD_LOG_LEVEL": "ERROR",
        }  # fmt: skip
        inherited = {key: os.environ[key] for key in ("PATH", "HOME", "PYTHONPATH", "LANG") if key in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, *command], env={**inherited, **settings, **(more or {})}, cwd=checkout
        )
        self.pid = self._process.pid
        self._wait()
        self.ready = time.perf_counter() - began

    def _wait(self) -> None:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if self._process.poll() is not None:
                raise RuntimeError("the server ended before it was ready")
            with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as line, suppress(OSError):
                line.request("GET", "/readyz")
                if line.getresponse().status == 200:
                    return
            time.sleep(0.01)
        raise RuntimeError("the server was not ready within a minute")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(timeout=30)


class Line:
    """One connection to a server, kept open as Slack keeps its own."""

    def __init__(self, port: int) -> None:
        self.missed = 0
        """How many deliveries were answered by anything but an ack: too late, or sent back."""
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._line.connect()
        self._line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def deliver(self, delivery: Delivery) -> float:
        """Milliseconds until the answer."""
        headers = delivery.headers()
        began = time.perf_counter()
        self._line.request("POST", "/slack/events", delivery.body, headers)
        answer = self._line.getresponse()
        answer.read()
        self.missed += answer.status != 200
        return (time.perf_counter() - began) * 1000

    def close(self) -> None:
        self._line.close()
