"""The sandbox over HTTP, under /sandbox/: everything a person can do and see, as JSON.

`ROUTES` is the whole of it (what the page alone asks for stands in `page.ROUTES`, in the same form):
method, path, and the function that answers, which gets the sandbox and the arguments (path, query
and JSON body in one) and calls what the Python driver calls. A refusal is `{"error": sentence}` with
400, an unknown id with 404. `/sandbox/stream` sends every change as server-sent events.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from sandbox.controls import building, contents, page, person
from sandbox.controls.acts import PERSON, Act, Route
from sandbox.driver.slack import LocalSlack
from sandbox.world.kinds import Json


def index(slack: LocalSlack, _args: Json) -> Json:
    """This index: who and what is there, and everything that can be asked."""
    return contents.index(slack, (*ROUTES, *page.ROUTES))


ROUTES: list[Route] = [
    ("GET", "/sandbox", index),
    ("GET", "/sandbox/state", building.state),
    ("GET", f"{PERSON}/screen", person.screen),
    ("POST", f"{PERSON}/command", person.command),
    ("POST", f"{PERSON}/say", person.say),
    ("POST", f"{PERSON}/react", person.react),
    ("POST", f"{PERSON}/click", person.click),
    ("POST", f"{PERSON}/shortcut", person.shortcut),
    ("POST", f"{PERSON}/fill", person.fill),
    ("POST", f"{PERSON}/submit", person.submit),
    ("POST", f"{PERSON}/close", person.close),
    ("POST", f"{PERSON}/click_modal", person.click_modal),
    ("POST", f"{PERSON}/home", person.open_home),
    ("POST", f"{PERSON}/click_home", person.click_home),
    ("POST", f"{PERSON}/unreact", person.unreact),
    ("POST", f"{PERSON}/pin", person.pin),
    ("POST", f"{PERSON}/share_file", person.share_file),
    ("GET", f"{PERSON}/assistant", person.assistant),
    ("POST", f"{PERSON}/open_assistant", person.open_assistant),
    ("POST", f"{PERSON}/look_at", person.look_at),
    ("POST", f"{PERSON}/rename_session", person.rename_session),
    ("POST", f"{PERSON}/stop_session", person.stop_session),
    ("POST", f"{PERSON}/run_step", person.run_step),
    ("GET", f"{PERSON}/step", person.step),
    ("POST", f"{PERSON}/open_entity", person.open_entity),
    ("GET", f"{PERSON}/flexpane", person.flexpane),
    ("POST", f"{PERSON}/deactivate", person.deactivate),
    ("POST", f"{PERSON}/reactivate", person.reactivate),
    ("POST", "/sandbox/workspaces", building.add_workspace),
    ("POST", "/sandbox/workspaces/{team}/users", building.add_user),
    ("POST", "/sandbox/workspaces/{team}/channels", building.add_channel),
    ("POST", "/sandbox/workspaces/{team}/app", building.change_app),
    ("POST", "/sandbox/channels/{channel}", building.change_channel),
    ("GET", "/sandbox/clock", building.clock),
    ("POST", "/sandbox/clock", building.clock),
    ("GET", "/sandbox/faults", building.faults),
    ("POST", "/sandbox/faults", building.add_fault),
    ("DELETE", "/sandbox/faults", building.clear_faults),
    ("POST", "/sandbox/meddle", building.meddle),
    ("GET", "/sandbox/requests", building.requests),
    ("GET", "/sandbox/deliveries", building.deliveries),
]


def add_routes(app: web.Application, slack: LocalSlack) -> None:
    for method, path, act in (*ROUTES, *page.ROUTES):
        app.router.add_route(method, path, _handler(slack, act))
    page.add_files(app, slack)
    app.router.add_get("/sandbox/", _handler(slack, index))
    app.router.add_get("/sandbox/stream", _stream(slack))


def _handler(slack: LocalSlack, act: Act) -> Callable[[web.Request], Any]:
    async def handle(request: web.Request) -> web.Response:
        origin = request.headers.get("Origin")
        if origin and urlsplit(origin).netloc != request.host:
            return web.json_response({"error": "only the sandbox's own page may ask that"}, status=403)
        args: Json = {**request.query}
        try:
            if request.can_read_body:
                args |= await request.json()
            args |= request.match_info
            # In a thread: what a person does waits for the app's ack, which this loop carries.
            return web.json_response(await asyncio.to_thread(act, slack, args))
        except KeyError as error:
            return web.json_response({"error": f"there is no {error}"}, status=404)
        except (AssertionError, ValueError, TypeError) as error:
            return web.json_response({"error": str(error)}, status=400)

    return handle


def _stream(slack: LocalSlack) -> Callable[[web.Request], Any]:
    async def stream(request: web.Request) -> web.StreamResponse:
        """Every change since `?after=` or the Last-Event-ID (a number; the latest by default), then
        each as it comes. After a number this sandbox never gave out, all it remembers."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        version = slack.world.version
        asked = request.headers.get("Last-Event-ID") or request.query.get("after")
        seen = int(asked) if asked and asked.isdigit() else version
        seen = 0 if seen > version else seen
        await response.write(b"retry: 1000\n: hello\n\n")
        while not slack.stopping:
            # Counting is cheap, looking through what is remembered is not: there is a stream a window.
            for change in slack.world.changes(seen) if slack.world.version != seen else ():
                seen = change.number
                data = json.dumps({"kind": change.kind, **change.about})
                await response.write(f"id: {seen}\ndata: {data}\n\n".encode())
            await asyncio.sleep(0.05)
        return response

    return stream
