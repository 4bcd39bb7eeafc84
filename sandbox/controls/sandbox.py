"""The sandbox as it is used: the local Slack with its page and its controls."""

from __future__ import annotations

from aiohttp import web

from sandbox.controls.routes import add_routes
from sandbox.driver.slack import LocalSlack


class Sandbox(LocalSlack):
    """A Slack on this machine, with a page at `/` and everything the driver does under `/sandbox`."""

    def _extend(self, app: web.Application) -> None:
        add_routes(app, self)
