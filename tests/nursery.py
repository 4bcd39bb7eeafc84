"""Real processes, quickly: one that has imported everything forks a child for whoever asks.

``python -m tests.nursery`` reads one JSON object a line and answers each with one. A bot of its own takes a second of
imports to start; one born here takes a few hundredths, so that two hundred can be killed in a run.
"""

import ctypes
import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PRELOADED = (
    "app.__main__", "app.commands.run", "alembic.command", "alembic.autogenerate",
    "openai", "psycopg", "sqlalchemy.dialects.postgresql.psycopg", "sqlalchemy.dialects.sqlite.pysqlite",
    "holidays", "waitress.server", "flask",
)  # fmt: skip
PR_SET_PDEATHSIG = 1


# ── the parent of them all ──────────────────────────────────────────────────────────────────────────────


def main() -> None:
    """Serve until whoever asks has gone; then nobody is left alive."""
    for name in PRELOADED:
        importlib.import_module(name)
    gc.freeze()
    print(json.dumps({"ready": True}), flush=True)
    children = set[int]()
    for line in sys.stdin:
        asked = json.loads(line)
        if "call" in asked:
            pid = os.fork()
            if pid == 0:
                _live(asked)
            children.add(pid)
            answer: dict[str, Any] = {"pid": pid}
        else:
            pid, status = os.waitpid(asked["pid"], os.WNOHANG)
            children.discard(pid)
            answer = {"code": os.waitstatus_to_exitcode(status) if pid else None}
        print(json.dumps(answer), flush=True)
    for pid in children:
        os.kill(pid, signal.SIGKILL)


def _live(asked: dict[str, Any]) -> None:
    """What a child does: its own log, its own environment, one call, and out."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    null, log = os.open(os.devnull, os.O_RDONLY), os.open(asked["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(null, 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ.update(asked["env"])
    code = 1
    try:
        module, _, name = asked["call"].partition(":")
        code = getattr(importlib.import_module(module), name)(*asked["args"]) or 0
        threading._shutdown()  # type: ignore[attr-defined]  # as the interpreter does: waits for what still works
    except SystemExit as leaving:
        code = int(leaving.code or 0)
    except BaseException:  # noqa: BLE001 — the child's whole life; its log tells
        import traceback

        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


# ── for who asks ────────────────────────────────────────────────────────────────────────────────────────


class Nursery:
    """Starts children. Use from one thread at a time, or several: each question waits for its answer."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._ask(None)

    def start(self, call: str, *args: Any, log: Path, env: dict[str, str] | None = None) -> "Child":
        """A new process that calls ``module:function`` with these arguments (JSON)."""
        asked = {"call": call, "args": args, "log": str(log), "env": env or {}}
        return Child(self, int(self._ask(asked)["pid"]), log)

    def code(self, pid: int) -> int | None:
        found = self._ask({"pid": pid})["code"]
        return None if found is None else int(found)

    def close(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(20)
        self._process.stdout.close()

    def _ask(self, asked: dict[str, Any] | None) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        with self._lock:
            if asked is not None:
                self._process.stdin.write(json.dumps(asked) + "\n")
                self._process.stdin.flush()
            found: dict[str, Any] = json.loads(self._process.stdout.readline())
            return found


@dataclass
class Child:
    """One process. ``code`` is its exit code once it has ended, −9 after a SIGKILL."""

    nursery: Nursery
    pid: int
    log: Path
    code: int | None = None

    @property
    def alive(self) -> bool:
        if self.code is None:
            self.code = self.nursery.code(self.pid)
        return self.code is None

    def send(self, number: signal.Signals) -> None:
        if self.alive:  # its parent alone reaps it, so the number is still its own
            os.kill(self.pid, number)

    def wait(self, timeout: float) -> int:
        """Its exit code. AssertionError with its log where it does not end in ``timeout`` seconds."""
        end = time.monotonic() + timeout
        while self.alive:
            assert time.monotonic() < end, f"still alive after {timeout} s:\n{self.said}"
            time.sleep(0.005)
        assert self.code is not None
        return self.code

    def kill(self) -> None:
        self.send(signal.SIGKILL)
        self.wait(20)

    @property
    def said(self) -> str:
        return self.log.read_text() if self.log.exists() else ""

    def wait_for(self, words: str, timeout: float = 30.0) -> str:
        """The first line of its log with these words."""
        end = time.monotonic() + timeout
        while True:
            found = [line for line in self.said.splitlines() if words in line]
            if found:
                return found[0]
            assert self.alive, f"ended with {self.code} and never said {words!r}:\n{self.said}"
            assert time.monotonic() < end, f"never said {words!r}:\n{self.said}"
            time.sleep(0.01)


if __name__ == "__main__":
    main()
