"""Which of the newer blocks a workspace takes. Slack says so when one is sent; a refusal is remembered until a restart.

Nobody loses anything by it: what a workspace refuses is sent as it was before there were such blocks.
"""

import logging
import threading
from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from slack_sdk.errors import SlackApiError

from app.slack.errors import code_of

log = logging.getLogger(__name__)
T = TypeVar("T")


class Newer(StrEnum):
    """What Slack learned in 2026. Clients from before show the message's text in its place."""

    ALERT = "alert"
    CONTAINER = "container"
    TABLE = "data_table"
    ENTITY = "entity"
    CHART = "data_visualization"


REFUSED = frozenset(
    {"invalid_arguments", "invalid_attachments", "invalid_blocks", "invalid_blocks_format", "invalid_metadata_format",
     "invalid_metadata_schema"}
)  # fmt: skip
"""Slack's codes for what it does not know, among other faults. What is at fault for another reason is refused again as
it was before, and then that counts."""


class Accepted:
    """What Slack said of each kind, by workspace."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, Newer], bool] = {}
        self._lock = threading.Lock()

    def takes(self, workspace: str, kind: Newer) -> bool | None:
        """None while nobody knows."""
        with self._lock:
            return self._said.get((workspace, kind))

    def note(self, workspace: str, kind: Newer, takes: bool) -> None:
        with self._lock:
            known = self._said.get((workspace, kind))
            self._said[(workspace, kind)] = takes
        if known is not takes and not takes:
            log.info("this workspace takes no %s: it is shown as before", kind.value)

    def forget(self, workspace: str) -> None:
        """An app that comes back asks anew."""
        with self._lock:
            for kind in Newer:
                self._said.pop((workspace, kind), None)

    def send(self, workspace: str, kind: Newer, send: Callable[[bool], T]) -> T:
        """``send(True)`` with the newer kind; ``send(False)`` where it is refused, and from then on.

        Raises:
            SlackApiError: it was refused as it was before, too, or for another reason.
        """
        if self.takes(workspace, kind) is False:
            return send(False)
        try:
            sent = send(True)
        except SlackApiError as error:
            if code_of(error) not in REFUSED:
                raise
            sent = send(False)
            self.note(workspace, kind, False)
            return sent
        self.note(workspace, kind, True)
        return sent
