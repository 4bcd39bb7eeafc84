"""Which token speaks for a workspace. Whoever talks to Slack asks here for the client of the workspace at hand."""

from collections.abc import Mapping
from typing import Any, Protocol

from slack_sdk import WebClient

from app.domain.errors import Busy, ThresholdError

PATIENT, BRISK = 10, 2
"""Seconds until a call is given up: for what waits in the outbox, and for what a listener asks before its ack."""


class NotInstalled(ThresholdError):
    """No token speaks for this workspace: nobody installed the app there, or somebody removed it."""

    def __init__(self) -> None:
        super().__init__("Threshold isn't installed in this workspace. An admin can add it again.")


class Refreshing(Busy):
    """The token has run out, and its successor is being fetched, or could not be had just now."""

    def __init__(self) -> None:
        super().__init__(
            "Slack and I are renewing my key just now. Please try again in a minute.", "a new token is due"
        )


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

    def refresh_due(self) -> None:
        """Renew the tokens that run out soon, so that nobody who needs one waits."""
        ...


class OneWorkspace:
    """The token of the settings speaks for whichever workspace is at hand: there is but one."""

    def __init__(self, client: WebClient, brisk: WebClient) -> None:
        self._patient, self._brisk = client, brisk

    def client(self, workspace: str, *, timeout: int = PATIENT) -> WebClient:
        return self._brisk if timeout <= BRISK else self._patient

    def refresh_due(self) -> None:
        """A token that somebody copied into the settings is theirs to renew."""


# ── whose delivery it is ────────────────────────────────────────────────────────────────────────────────


def workspace_of(body: Mapping[str, Any]) -> str | None:
    """The workspace (``T…``) that a delivery belongs to; None where it names none.

    An org (``E…``) is never it. Where one install serves a whole org, Slack leaves ``team`` empty in what a person
    clicks, and the workspace is the one they acted in: ``user.team_id``, or the view's. In an event it is the outer
    ``team_id``. A form that was opened from another workspace (a shared channel) belongs to the one it was opened by.

    Source: Slack's interaction payloads and Events API, “org-ready apps”.
    """
    view, team, user = body.get("view"), body.get("team"), body.get("user")
    granted = body.get("authorizations")
    first = granted[0] if isinstance(granted, list) and granted else None
    named = (
        _in(view, "app_installed_team_id"),
        _in(team, "id"),
        _in(first, "team_id"),
        body.get("team_id"),
        body.get("context_team_id"),
        _in(user, "team_id"),
        _in(view, "team_id"),
    )
    return next((one for one in named if isinstance(one, str) and one and not one.startswith("E")), None)


def enterprise_of(body: Mapping[str, Any]) -> str | None:
    """The org (``E…``) that a delivery names, if it names one."""
    granted = body.get("authorizations")
    first = granted[0] if isinstance(granted, list) and granted else None
    named = (
        _in(body.get("enterprise"), "id"),
        _in(first, "enterprise_id"),
        body.get("enterprise_id"),
        body.get("context_enterprise_id"),
        _in(body.get("team"), "enterprise_id"),
    )
    return next((one for one in named if isinstance(one, str) and one), None)


def is_org_wide(body: Mapping[str, Any]) -> bool:
    """Whether it came by an install that serves a whole org."""
    granted = body.get("authorizations")
    if isinstance(granted, list) and granted:
        return _in(granted[0], "is_enterprise_install") is True
    return body.get("is_enterprise_install") in (True, "true")


def _in(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, Mapping) else None
