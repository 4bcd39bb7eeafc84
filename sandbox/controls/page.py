"""The page at `/`: a Slack in the browser. Its files, and the routes it asks beside those of `routes`.

Everything the page shows comes from here and everything it does goes through here, so that a window
holds what its person may see and nothing else. No page of ours runs a script that is not a file of
ours: the policy below forbids the rest, whatever a message contains.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from importlib import resources

from aiohttp import web

from sandbox.controls import wall, window
from sandbox.controls.acts import PERSON, Route
from sandbox.driver.slack import LocalSlack
from sandbox.driver.time_machine import target
from sandbox.show.emoji import EMOJI
from sandbox.world.kinds import Json

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
"""Shown in the page. Any other file is handed over for download, never opened here."""


def people(slack: LocalSlack, _args: Json) -> list[Json]:
    """Everybody one can be, by workspace."""
    now = slack.clock.now()
    return [
        {
            "id": ws.id,
            "name": ws.name,
            "people": [
                {
                    "id": p.id,
                    "name": p.name,
                    "title": p.state.title,
                    "tz": p.state.tz,
                    "offset": p.state.tz_offset(now),
                    "deleted": p.state.deleted,
                }
                for p in ws.people
            ],
        }
        for ws in slack.workspaces
    ]


def emoji(_slack: LocalSlack, _args: Json) -> Json:
    """The names of emoji and their signs."""
    return dict(EMOJI)


def tour(slack: LocalSlack, _args: Json) -> list[Json]:
    """The steps of the guided tour."""
    return slack.tour


def when(slack: LocalSlack, args: Json) -> Json:
    """What time it is, whether it is moving, and what comes next."""
    coming = slack.upcoming(int(args.get("limit") or 8))
    return {
        "now": slack.clock.now().isoformat(),
        "frozen": slack.clock.frozen,
        "moving": slack.moving.locked(),
        "upcoming": [asdict(row) | {"at": row.at.isoformat()} for row in coming],
    }


def travel(slack: LocalSlack, args: Json) -> Json:
    """Travel by `jump` (see time_machine.JUMPS; `working_day` too) or `to` (ISO), in the zone `tz`."""
    known = {key: str(args[key]) for key in ("jump", "to", "tz") if args.get(key)}
    slack.travel(target(slack.clock.now(), **known))
    return when(slack, {})


ROUTES: list[Route] = [
    ("GET", "/sandbox/everybody", people),
    ("GET", "/sandbox/emoji", emoji),
    ("GET", "/sandbox/tour", tour),
    ("GET", "/sandbox/time", when),
    ("POST", "/sandbox/time", travel),
    ("GET", "/sandbox/wall", wall.rows),
    ("GET", "/sandbox/wall/{number}", wall.entry),
    ("GET", f"{PERSON}/window", window.window),
    ("POST", f"{PERSON}/read", window.read),
    ("POST", f"{PERSON}/act", window.act),
    ("POST", f"{PERSON}/submit_view", window.submit),
    ("POST", f"{PERSON}/suggest", window.suggest),
    ("POST", f"{PERSON}/upload", window.upload),
    ("POST", f"{PERSON}/join", window.join),
    ("POST", f"{PERSON}/direct", window.direct),
]


def add_files(app: web.Application, slack: LocalSlack) -> None:
    app.router.add_get("/", _page)
    app.router.add_get("/page/{name:[a-z_./]+}", _page)
    app.router.add_get(f"{PERSON}/files/{{file}}", _file(slack))


async def _page(request: web.Request) -> web.Response:
    name = request.match_info.get("name", "index.html")
    kind = TYPES.get(name.rpartition(".")[2])
    file = resources.files("sandbox").joinpath("page", name)
    if kind is None or ".." in name or not file.is_file():
        return web.Response(status=404, text="There is no such page. The Slack of this sandbox is at /")
    return web.Response(body=file.read_bytes(), content_type=kind, charset="utf-8", headers=HEADERS)


def _file(slack: LocalSlack) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def file(request: web.Request) -> web.Response:
        """A file that was shared where the person can see it."""
        upload = slack.world.uploads.get(request.match_info["file"])
        try:
            person = slack.person(request.match_info["user"])
            seen = upload is not None and any(map(person.may_see, upload.channels))
        except KeyError:
            seen = False
        if upload is None or not seen or upload.deleted or upload.content is None:
            return web.Response(status=404, text="There is no such file here.")
        guessed = mimetypes.guess_type(upload.name)[0]
        kind = guessed if guessed in PICTURES else "application/octet-stream"
        headers = HEADERS | {"Content-Security-Policy": "default-src 'none'; sandbox"}
        if kind not in PICTURES or "download" in request.query:
            name = "".join(c if c.isalnum() or c in "._- " else "_" for c in upload.name)
            headers["Content-Disposition"] = f'attachment; filename="{name.encode("ascii", "replace").decode()}"'
        return web.Response(body=upload.content, content_type=kind, headers=headers)

    return file
