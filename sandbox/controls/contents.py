"""What `GET /sandbox` says: who and what is there, and everything that can be asked, a line each."""

from __future__ import annotations

from collections.abc import Iterable

from sandbox.controls.acts import Act
from sandbox.driver.places import Workspace
from sandbox.driver.slack import LocalSlack
from sandbox.world.kinds import Json

WHAT = "A Slack that runs here. Its page is at /; what a person can do and see there is below, as JSON."
STREAM = {"method": "GET", "path": "/sandbox/stream", "does": "Every change as it comes, as server-sent events"}


def index(slack: LocalSlack, routes: Iterable[tuple[str, str, Act]]) -> Json:
    """{"what", "page", "workspaces": [{"id", "name", "people", "channels"}],
    "routes": [{"method", "path", "does"}]}."""
    return {
        "what": WHAT,
        "page": f"{slack.url}/",
        "workspaces": [_workspace(slack, ws) for ws in slack.workspaces],
        "routes": [*({"method": method, "path": path, "does": _does(act)} for method, path, act in routes), STREAM],
    }


def _workspace(slack: LocalSlack, ws: Workspace) -> Json:
    with slack.world.locked():
        return {
            "id": ws.id,
            "name": ws.name,
            "people": [{"id": p.id, "name": p.name} for p in ws.people],
            "channels": [
                {"id": channel.id, "name": channel.name, "private": channel.kind == "group"}
                for channel in ws.state.channels.values()
                if channel.kind in ("channel", "group") and not channel.deleted
            ],
        }


def _does(act: Act) -> str:
    """The first sentence of its docstring; its name where it has none."""
    said = " ".join((act.__doc__ or act.__name__.replace("_", " ").capitalize()).split())
    return said.split(". ")[0].rstrip(".")
