"""Workspaces whose token Slack refuses, or that can't be opened: for as long as that is news.

Held in memory and forgotten when the token works again. Whoever wants names asks `threshold check`.
"""

import threading
import time
from collections.abc import Callable

NEWS = 3600.0
"""Seconds. What waits for a better token is tried again at least that often; where the app was removed nothing is."""

REMOVED = frozenset({"token_revoked", "account_inactive"})
"""What a workspace that removed the app looks like a moment before it says so."""

CODES = frozenset({"invalid_auth", "not_authed", "token_expired", "missing_scope", "wrong_key"}) | REMOVED


class Refusals:
    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now, self._lock = now, threading.Lock()
        self._found: dict[str, tuple[str, float]] = {}

    def forget(self) -> None:
        """Nothing is known: a bot begins."""
        with self._lock:
            self._found = {}

    def note(self, workspace: str, code: str) -> None:
        """A request for this workspace was refused with this code; one that says nothing of the token is left out."""
        if code in CODES:
            with self._lock:
                self._found[workspace] = (code, self._now())

    def works(self, workspace: str) -> None:
        """A request for this workspace went through."""
        if workspace in self._found:
            with self._lock:
                self._found.pop(workspace, None)

    def standing(self, *, but: frozenset[str] = frozenset()) -> dict[str, str]:
        """Workspace → code, of those refused within the hour; ``but``: codes that do not count."""
        old = self._now() - NEWS
        with self._lock:
            self._found = {id: found for id, found in self._found.items() if found[1] > old or found[0] in REMOVED}
            return {id: code for id, (code, _) in self._found.items() if code not in but}


REFUSALS = Refusals()
"""This process'."""
