"""The sandbox over HTTP, under /sandbox/: everything a person can do and see, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from sandbox.slack import Sandbox


def add_routes(app: web.Application, slack: Sandbox) -> None:
    async def state(_request: web.Request) -> web.Response:
        return web.json_response({"url": slack.url, "sockets": slack.sockets})

    app.router.add_get("/sandbox/state", state)
