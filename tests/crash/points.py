"""Where a bot dies. The product knows nothing of this: the test's own process wraps its steps from outside.

Each name stands for a step; the process kills itself with SIGKILL the n-th time it gets there.
"""

import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from sqlalchemy.engine.default import DefaultDialect

from app.bootstrap import Bot
from app.db import claims
from app.db.leases import Leases
from app.slack.outbox_results import Results
from app.workflows.follow_ups import digest, firing

POINTS = {
    "Slack delivered": 4,
    "before a commit": 24,
    "after a commit": 24,
    "before an ack": 4,
    "after an ack": 4,
    "before a post": 3,
    "after a post": 3,
    "before an edit": 4,
    "after an edit": 4,
    "before a file is shown": 1,
    "after a file is shown": 1,
    "in the middle of a claim": 6,
    "after a claim": 6,
    "before a message is marked": 6,
    "in the middle of a follow-up": 2,
    "in the middle of a digest": 1,
}
"""A step → up to its how many-th time it may be, so that all of them come up in a short life."""

POSTS = frozenset({"chat.postMessage"})
FILES = frozenset({"files.completeUploadExternal"})
READS = frozenset({"auth.test", "apps.connections.open", "users.info", "conversations.history", "conversations.open"})


def arm(plan: dict[str, Any]) -> None:
    """``{"point": name, "hit": n}`` at a step, ``{"after": seconds}`` of being up, ``{"starting": seconds}`` after its
    birth: whichever comes first of those that are given."""
    if "starting" in plan:
        _in(plan["starting"])
    if "after" in plan:
        start = Bot.start

        def started(bot: Bot) -> None:
            start(bot)
            _in(plan["after"])

        Bot.start = started  # type: ignore[method-assign, assignment]
    if "point" in plan:
        Fuse(plan["point"], plan["hit"]).lay()


def _in(seconds: float) -> None:
    timer = threading.Timer(seconds, die)
    timer.daemon = True
    timer.start()


def die() -> None:
    """No goodbye, no last commit."""
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60)


class Fuse:
    def __init__(self, point: str, hit: int) -> None:
        self._point, self._left, self._lock = point, hit, threading.Lock()

    def reached(self, point: str) -> None:
        if point != self._point:
            return
        with self._lock:
            self._left -= 1
            if self._left == 0:
                die()

    def lay(self) -> None:
        self._around(App, "dispatch", before="Slack delivered")
        self._around(DefaultDialect, "do_commit", before="before a commit", after="after a commit")
        self._around(BaseSocketModeClient, "send_socket_mode_response", before="before an ack", after="after an ack")
        self._around(claims, "_lease", after="in the middle of a claim")
        self._around(Leases, "take", after="after a claim")
        self._around(Results, "done", before="before a message is marked")
        self._around(firing, "fire", after="in the middle of a follow-up")
        self._around(digest, "date_digest", after="in the middle of a digest")
        self._around_calls()

    def _around(self, owner: Any, name: str, *, before: str = "", after: str = "") -> None:
        run: Callable[..., Any] = getattr(owner, name)

        def wrapped(*args: Any, **named: Any) -> Any:
            self.reached(before)
            found = run(*args, **named)
            self.reached(after)
            return found

        setattr(owner, name, wrapped)

    def _around_calls(self) -> None:
        run = WebClient.api_call

        def api_call(client: WebClient, api_method: str, **named: Any) -> Any:
            kind = "post" if api_method in POSTS else "edit"
            what = "a file is shown" if api_method in FILES else f"{'a' if kind == 'post' else 'an'} {kind}"
            counted = api_method not in READS
            if counted:
                self.reached(f"before {what}")
            found = run(client, api_method, **named)
            if counted:
                self.reached(f"after {what}")
            return found

        WebClient.api_call = api_call  # type: ignore[method-assign, assignment]
