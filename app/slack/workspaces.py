"""Which token speaks for a workspace. Whoever talks to Slack asks here for the client of the workspace at hand."""

from typing import Protocol

from slack_sdk import WebClient

from app.domain.errors import Busy, ThresholdError

PATIENT, BRISK = 10, 2
"""Seconds until a call is given up: for what waits in the outbox, and for what a listener asks before its ack."""


class NotInstalled(ThresholdError):
    """No token speaks for this workspace: nobody installed the app there, or somebody removed it."""

    def __init__(self) -> None:
        super().__init__("Threshold isn't installed in this workspace. An admin can add it again.")


class Refreshing(Busy):
    """The token has run out, and its successor is being fetched by somebody beside us."""


class Workspaces(Protocol):
    """The clients, by workspace id (``T…``)."""

    def client(self, workspace: str, *, timeout: int = PATIENT) -> WebClient:
        """A client that may speak there; its calls are given up after ``timeout`` seconds and never retried.

        Raises:
            NotInstalled: there is no token.
            Refreshing: not at this moment; try again in a second.
            Busy: the database, which holds the tokens, is away.
        """
        ...


class OneWorkspace:
    """The token of the settings speaks for whichever workspace is at hand: there is but one."""

    def __init__(self, client: WebClient, brisk: WebClient) -> None:
        self._patient, self._brisk = client, brisk

    def client(self, workspace: str, *, timeout: int = PATIENT) -> WebClient:
        return self._brisk if timeout <= BRISK else self._patient
