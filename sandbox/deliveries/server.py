"""The HTTP and WebSocket side: Web API, Socket Mode, response_url, uploads, OAuth."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from aiohttp import BasicAuth, web

from sandbox import limits
from sandbox.api import assistants, chat, files, responses
from sandbox.api.oauth import with_query
from sandbox.api.table import METHODS, answer
from sandbox.deliveries.courier import Courier
from sandbox.world.errors import SlackError
from sandbox.world.faults import Fault
from sandbox.world.kinds import Json
from sandbox.world.log import Request
from sandbox.world.world import World

UNDONE = {"server_error": 500, "timeout_before": 500, "closed": 500, "unavailable": 503, "internal_error": 200}
"""Faults that strike before the work, with the status the log keeps."""

BIGGEST_BODY = 64 * 1024 * 1024


class Server:
    """Runs in a thread of its own with its own loop, so that plain code can use it."""

    def __init__(self, world: World, courier: Courier) -> None:
        self._world = world
        self._courier = courier
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)
        self._stopping = asyncio.Event()
        self._started = threading.Event()
        self._failure: OSError | None = None
        self.in_flight = 0

    def start(self, port: int, host: str, more: Callable[[web.Application], None]) -> int:
        """The port it listens on (a free one for 0). OSError where the port is taken."""
        self._address = (host, port)
        self._more = more
        self._thread.start()
        self._started.wait()
        if self._failure is not None:
            self._thread.join()
            raise self._failure
        return self._address[1]

    def stop(self) -> None:
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join()

    @property
    def stopping(self) -> bool:
        return self._stopping.is_set()

    def _run(self) -> None:
        # The runner cancels what is left at the end: somebody may still wait for an ack.
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        # Everybody who waits for an ack holds a thread; a few must not keep the windows from being drawn.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(32, thread_name_prefix="sandbox"))
        app = web.Application(client_max_size=BIGGEST_BODY)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/link/", self._link)
        app.router.add_get("/link", self._link)
        app.router.add_post("/response/{key:.+}", self._response_url)
        app.router.add_post("/upload/{file}", self._upload)
        app.router.add_get("/files/{file}/{name}", self._file)
        app.router.add_get("/oauth/v2/authorize", self._authorize)
        self._more(app)
        runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await runner.setup()
        try:
            site = web.TCPSite(runner, *self._address)
            await site.start()
            self._address = runner.addresses[0][:2]
            host, port = self._address
            self._world.base_url = f"http://{host}:{port}"
            await self._courier.start()
        except OSError as error:
            self._failure = error
            await runner.cleanup()
            self._started.set()
            return
        self._started.set()
        ticking = asyncio.create_task(self._tick())
        await self._stopping.wait()
        ticking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await ticking
        await self._courier.stop()
        await runner.cleanup()

    async def _tick(self) -> None:
        """Scheduled messages go out as the clock passes them; sockets are pinged."""
        while True:
            with self._world.locked():
                chat.post_due(self._world)
                assistants.end_old(self._world)
            await self._courier.ping()
            await asyncio.sleep(0.1)

    # Web API

    async def _api(self, request: web.Request) -> web.StreamResponse:
        began = time.monotonic()
        self.in_flight += 1
        try:
            method = request.match_info["method"]
            try:
                token, args = await read_call(request)
            except SlackError as error:
                return self._answered(method, "", {}, 200, error.body(), began, None)
            fault = self._world.faults.for_request(method, str(args.get("channel") or ""))
            return await self._faulty(request, method, token, args, fault, began)
        finally:
            self.in_flight -= 1

    async def _faulty(
        self,
        request: web.Request,
        method: str,
        token: str,
        args: Json,
        fault: Fault | None,
        began: float,
    ) -> web.StreamResponse:
        kind = fault.kind if fault else ""
        if fault and kind == "slow":
            await asyncio.sleep(fault.seconds)
        if kind == "close_sockets":
            await self._courier.close_sockets()
        if fault and kind == "ratelimited":
            refused: Json = {"ok": False, "error": "ratelimited", "retry_after": fault.retry_after}
            return self._answered(method, token, args, 429, refused, began, fault)
        if kind in UNDONE:
            body: Json = {"ok": False, "error": kind} if kind == "internal_error" else {}
            done = self._answered(method, token, args, UNDONE[kind], body, began, fault)
        else:
            status, body = self._call(method, token, args)
            if kind == "fatal_error":
                body = {"ok": False, "error": kind}
            done = self._answered(method, token, args, status, body, began, fault)
        if fault and (kind.startswith("timeout") or kind == "closed"):
            return await self._hang(request, fault)
        if kind.startswith("server_error"):
            return web.Response(status=500, text="Internal Server Error")
        if kind == "unavailable":
            return web.Response(status=503, text="Service Unavailable")
        if kind == "corrupt":
            return web.Response(text=json.dumps(body)[:-5], content_type="application/json")
        if kind == "half_answer":
            return await self._break_off(request, json.dumps(body).encode())
        return done

    def _call(self, method: str, token: str, args: Json) -> tuple[int, Json]:
        with self._world.locked():
            try:
                return 200, {"ok": True, **answer(self._world, method, token, args)}
            except SlackError as error:
                return (429 if error.code == "ratelimited" else 200), error.body()

    def _answered(
        self,
        method: str,
        token: str,
        args: Json,
        status: int,
        body: Json,
        began: float,
        fault: Fault | None,
    ) -> web.Response:
        view = args.get("view")
        blocks = view.get("blocks") if isinstance(view, dict) else args.get("blocks")
        text = args.get("text")
        figures: dict[str, int] = {}
        if isinstance(blocks, list) or isinstance(text, str):
            near = limits.near(
                text=text if isinstance(text, str) else "",
                blocks=blocks if isinstance(blocks, list) else None,
                view=isinstance(view, dict),
            )
            figures = {"blocks": near.blocks, "characters": near.characters}
            figures |= {"largest": near.largest_length, "percent": int(near.share * 100)}
        self._world.log.request(
            Request(
                number=self._world.log.number(),
                at=self._world.clock.now(),
                team=of.id if (of := self._world.team_of(token, args)) else "",
                method=method,
                args=args,
                status=status,
                response=body,
                ms=(time.monotonic() - began) * 1000,
                fault=fault.kind if fault else "",
                figures=figures,
            )
        )
        self._world.changed("request", method=method, ok=body.get("ok", False))
        headers = {"X-OAuth-Scopes": ""}
        team = self._world.team_of(token, args)
        if team is not None and team.scopes is not None:
            headers["X-OAuth-Scopes"] = ",".join(sorted(team.scopes))
        if status == 429:
            headers["Retry-After"] = str(body.pop("retry_after", 1))
        return web.json_response(body, status=status, headers=headers)

    async def _hang(self, request: web.Request, fault: Fault) -> web.Response:
        """Say nothing; cut the line after a while (at once for `closed`), when the caller has gone, or at the end."""
        if fault.kind != "closed":
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), fault.seconds or None)
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=504)

    async def _break_off(self, request: web.Request, body: bytes) -> web.StreamResponse:
        """Announce a whole answer, send half of it, and cut the line."""
        answer = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": str(len(body))})
        await answer.prepare(request)
        await answer.write(body[: len(body) // 2])
        if request.transport is not None:
            request.transport.close()  # what was written goes out first
        return answer

    # Socket Mode

    async def _link(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        with self._world.locked():
            known = ticket in self._world.tickets
            self._world.tickets.discard(ticket)
        if not known:
            return web.Response(status=404, text="the ticket was used before, or never given out")
        ws = web.WebSocketResponse(timeout=1.0, autoping=False)  # no heartbeat either: see Courier.ping
        await ws.prepare(request)
        if len(self._courier.sockets) >= self._world.limits.max_sockets:
            await ws.send_str(json.dumps({"type": "disconnect", "reason": "too_many_websockets"}))
            await ws.close()
            return ws
        await self._courier.accept(ws)
        return ws

    # The rest of what an app talks to

    async def _response_url(self, request: web.Request) -> web.Response:
        try:
            body = await request.json()
        except ValueError:
            return web.json_response({"ok": False, "error": "invalid_payload"}, status=400)
        with self._world.locked():
            try:
                responses.use(self._world, request.match_info["key"], body)
            except SlackError as error:
                status = 404 if error.code in ("used_url", "expired_url", "no_such_url") else 400
                return web.json_response(error.body(), status=status)
        return web.Response(text="ok")

    async def _upload(self, request: web.Request) -> web.Response:
        if request.content_type.startswith("multipart/"):
            form = await request.post()
            parts = [part for part in form.values() if isinstance(part, web.FileField)]
            content = parts[0].file.read() if parts else b""
        else:
            content = await request.read()
        with self._world.locked():
            taken = files.receive(self._world, request.match_info["file"], content)
        if not taken:
            return web.Response(status=400, text="not the file that was announced")
        return web.Response(text=f"OK - {len(content)}")

    async def _file(self, request: web.Request) -> web.Response:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        with self._world.locked():
            upload = self._world.uploads.get(request.match_info["file"])
            team = self._world.team_of(token, {})
            mine = upload is not None and team is not None and upload.team_id == team.id
        if upload is None or not mine or upload.deleted:
            return web.Response(status=404 if mine else 403)
        return web.Response(body=upload.content or b"", content_type="application/octet-stream")

    async def _authorize(self, request: web.Request) -> web.Response:
        """The consent page, answered at once for the team or org in `team` (or the first team there is).

        With `answer=deny` the person says no.
        """
        asked = request.query
        with self._world.locked():
            id = asked.get("team") or next(iter(self._world.teams), "")
            if asked.get("client_id") != self._world.client_id:
                return web.Response(status=400, text="invalid_client_id")
            if id not in self._world.teams and id not in self._world.orgs:
                return web.Response(status=400, text="invalid_team")
            redirect = self._redirect(asked.get("redirect_uri", ""))
            if not redirect:
                return web.Response(status=400, text="redirect_uri did not match any configured URIs")
            if asked.get("answer") == "deny":
                refused = {"error": "access_denied", "state": asked.get("state", "")}
                raise web.HTTPFound(with_query(redirect, refused))
            code = self._world.new_id("code")
            self._world.codes[code] = (id, asked.get("redirect_uri", ""))
            wanted = set(asked["scope"].split(",")) if asked.get("scope") else None
            for team in self._world.teams.values():
                if wanted and (team.id == id or (team.org and team.org.id == id)):
                    team.scopes = wanted
        answered = {"code": code, "state": asked.get("state", "")}
        raise web.HTTPFound(with_query(redirect, answered))

    def _redirect(self, asked: str) -> str:
        """Where consent leads: the app's first address unless it asks for another that begins with one of its own.
        Empty where it leads nowhere."""
        world = self._world
        own = [url for url in (world.redirect_url, *(world.manifest.redirect_urls or [])) if url]
        if not asked:
            return own[0] if own else ""
        return asked if not own or any(same_place(asked, url) for url in own) else ""


def same_place(asked: str, configured: str) -> bool:
    """Whether an address is a configured one, or lies below it: same host, a path that begins with its path."""
    mine, theirs = urlsplit(configured), urlsplit(asked)
    root = mine.path.rstrip("/")
    below = theirs.path == mine.path or theirs.path.startswith(f"{root}/")
    return (mine.scheme, mine.netloc) == (theirs.scheme, theirs.netloc) and below


async def read_call(request: web.Request) -> tuple[str, Json]:
    """The token and the arguments of a Web API call. SlackError for a body that cannot be read."""
    args: Json = dict(request.query)
    if request.method == "POST" and request.can_read_body:
        kind = request.content_type
        if kind == "application/json":
            args |= _json_args(await request.text(), request.match_info["method"])
        elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
            args |= {k: v for k, v in (await request.post()).items() if isinstance(v, str)}
    authorization = request.headers.get("Authorization", "")
    token = args.pop("token", "") or ""
    if authorization.lower().startswith("bearer "):
        token = authorization[7:].strip()
    elif authorization.lower().startswith("basic "):
        basic = BasicAuth.decode(authorization)
        args = {"client_id": basic.login, "client_secret": basic.password, **args}
    for name in ("view", "blocks", "attachments", "metadata", "files"):
        if isinstance(args.get(name), str):
            with contextlib.suppress(ValueError):  # the handler says what is wrong with it
                args[name] = json.loads(args[name])
    return str(token), args


def _json_args(text: str, method: str) -> Json:
    try:
        body = json.loads(text or "{}")
    except ValueError as error:
        raise SlackError("invalid_json") from error
    if not isinstance(body, dict):
        raise SlackError("json_not_object")
    known = METHODS.get(method)
    return body if known is None or known.json else {}
