"""Carries events and interactions to the app: over a socket if one is open, else signed HTTP.

An event that is not acked in time, or refused, is sent again up to three times with its retry
number and reason. Commands and interactions are sent once: the person sees that they failed.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import json
import random
import time
import uuid
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from sandbox.world.faults import Fault
from sandbox.world.kinds import Json
from sandbox.world.log import Delivery
from sandbox.world.settings import SLACK_RETRY_DELAYS
from sandbox.world.world import World

Kind = Literal["events_api", "slash_commands", "interactive"]
NOBODY = "no_connection"


@dataclass
class Socket:
    """One open Socket Mode connection and the envelopes it has not acked."""

    id: str
    ws: web.WebSocketResponse
    waiting: dict[str, asyncio.Future[Json]] = field(default_factory=dict)
    silent: bool = False


@dataclass(frozen=True)
class Answer:
    """acked, how long it took, and what the ack carried; else `error` names Slack's reason."""

    acked: bool
    ms: float
    body: Json
    error: str = ""
    again: bool = True
    """False where the app asked for no further attempts."""


class Courier:
    def __init__(self, world: World) -> None:
        self._world = world
        self._loop: asyncio.AbstractEventLoop | None = None
        self._http: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._poke = asyncio.Event()
        self._held: list[asyncio.Event] = []
        self._retiring: list[Socket] = []
        self._generation = 0
        self.sockets: dict[str, Socket] = {}
        self.url = ""
        self.busy = 0
        """First attempts under way. What is tried again may take minutes: `settle` does not wait."""

    # Life

    async def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._http = aiohttp.ClientSession()
        self._world.deliver = self.event
        self._world.clock.on_change(self._poke_soon)

    async def stop(self) -> None:
        self._world.deliver = lambda _name, _body: None
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.close_sockets()
        if self._http is not None:
            await self._http.close()

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run on the sandbox's own loop and wait, from any other thread."""
        assert self._loop is not None
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _poke_soon(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        self._poke.set()
        self._poke = asyncio.Event()

    # Sockets

    async def accept(self, ws: web.WebSocketResponse) -> None:
        """Serve one socket until it closes."""
        socket = Socket(uuid.uuid4().hex, ws)
        self.sockets[socket.id] = socket
        await ws.send_str(json.dumps(self._hello()))
        self._world.changed("socket_opened", sockets=len(self.sockets))
        self._wake()
        for old in self._retiring:  # its successor is here
            self._spawn(old.ws.close())
        self._retiring.clear()
        try:
            async for frame in ws:
                if socket.silent:
                    continue
                if frame.type == aiohttp.WSMsgType.PING:
                    await ws.pong(frame.data)
                elif frame.type == aiohttp.WSMsgType.TEXT:
                    self._read(socket, frame.data)
        finally:
            self._drop(socket)

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.sockets),
            "debug_info": {"host": "sandbox", "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._world.app_id},
        }

    def _read(self, socket: Socket, text: str) -> None:
        try:
            ack = json.loads(text)
        except ValueError:
            return
        waiting = socket.waiting.pop(str(ack.get("envelope_id")), None)
        if waiting is not None and not waiting.done():
            payload = ack.get("payload")
            waiting.set_result(payload if isinstance(payload, dict) else {})

    def _drop(self, socket: Socket) -> None:
        self.sockets.pop(socket.id, None)
        for waiting in socket.waiting.values():
            if not waiting.done():
                waiting.set_exception(ConnectionResetError("the socket was closed"))
        socket.waiting.clear()
        self._world.changed("socket_closed", sockets=len(self.sockets))

    async def ping(self) -> None:
        """Oftener than Slack does: a client that blocks in its read can be closed at once.

        As Slack's, a ping says something: after an empty one slack_sdk waits for more bytes and
        holds back what came before it.
        """
        for socket in [*self.sockets.values(), *self._retiring]:
            with contextlib.suppress(ConnectionError):
                await socket.ws.ping(b"Ping from sandbox")

    async def silence_sockets(self) -> None:
        """Neither close nor answer: as when a line in between died and nobody said so."""
        for socket in list(self.sockets.values()):
            self._drop(socket)
            socket.silent = True

    async def close_sockets(self, *, warn: bool = False) -> None:
        """Cut every socket. With `warn` the app is asked first to come back on a new one."""
        for socket in list(self.sockets.values()):
            if warn:
                await socket.ws.send_str(json.dumps({"type": "disconnect", "reason": "refresh_requested"}))
                self._retiring.append(self.sockets.pop(socket.id))
            else:
                self._drop(socket)
                await socket.ws.close()

    # Sending

    def event(self, name: str, body: Json) -> None:
        """Take an event for delivery; from any thread, in the order of the calls."""
        if self._loop is None or self._loop.is_closed():
            return
        frozen = json.loads(json.dumps(body))
        self._loop.call_soon_threadsafe(lambda: self._spawn(self._see_through(name, frozen)))

    async def _see_through(self, name: str, body: Json) -> None:
        channel = body["event"].get("channel")
        fault = self._world.faults.for_delivery(name, channel if isinstance(channel, str) else "")
        try:
            self.busy += 1
            try:
                await self._hold_back(fault)
            finally:
                self.busy -= 1
            copies = 2 if fault and fault.kind == "duplicate" else 1
            await asyncio.gather(*(self._with_retries(name, body, fault) for _ in range(copies)))
        finally:
            self._world.changed("delivered", event=name)

    async def _hold_back(self, fault: Fault | None) -> None:
        if fault is None:
            return
        if fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
        elif fault.kind == "reorder":
            turn = asyncio.Event()
            self._held.append(turn)
            try:
                await asyncio.wait_for(turn.wait(), fault.seconds or 1.0)
            except TimeoutError:
                self._held.remove(turn)
        elif fault.kind == "close_sockets":
            await self.close_sockets()

    async def _with_retries(self, name: str, body: Json, fault: Fault | None) -> None:
        reason = ""
        for attempt in range(len(self._world.limits.retry_delays) + 1):
            losing = fault if attempt == 0 else None
            answer = await self._attempt("events_api", name, body, attempt, reason, losing)
            if answer.acked or not answer.again:
                return
            reason = answer.error
            if attempt < len(self._world.limits.retry_delays):
                await self._pause(attempt, nobody=reason == NOBODY)

    async def _pause(self, attempt: int, *, nobody: bool) -> None:
        """Wait for the next attempt: real time, the sandbox's clock, or somebody to talk to."""
        delay = self._world.limits.retry_delays[attempt]
        if nobody:
            delay = max(delay, SLACK_RETRY_DELAYS[min(attempt + 1, 2)])
        due = self._world.clock.now() + timedelta(seconds=delay)
        end = time.monotonic() + delay
        generation = self._generation
        while (left := end - time.monotonic()) > 0:
            try:
                await asyncio.wait_for(self._poke.wait(), left)
            except TimeoutError:
                return
            if self._generation != generation or self._world.clock.now() >= due:
                return
            if nobody and (self.sockets or self.url):
                return

    def retry_now(self) -> None:
        """Let every event that waits for its next attempt go at once."""
        self._generation += 1
        self._poke_soon()

    async def ask(self, kind: Kind, name: str, payload: Json, channel: str = "") -> Answer:
        """Send a command or an interaction, once, and hear what the app says."""
        fault = self._world.faults.for_delivery(kind, channel)
        self.busy += 1
        try:
            await self._hold_back(fault)
            frozen = json.loads(json.dumps(payload))
            if fault and fault.kind == "duplicate":
                self._spawn(self._attempt(kind, name, frozen, 0, "", None))
            return await self._attempt(kind, name, frozen, 0, "", fault)
        finally:
            self.busy -= 1

    async def _attempt(
        self, kind: Kind, name: str, payload: Json, attempt: int, reason: str, fault: Fault | None
    ) -> Answer:
        via = "socket" if self.sockets else "http" if self.url else "none"
        record = self._world.log.delivery(
            Delivery(
                number=self._world.log.number(),
                at=self._world.clock.now(),
                kind=kind,
                name=name,
                payload=payload,
                via=via,
                attempt=attempt,
                retry_reason=reason,
                fault=fault.kind if fault else "",
            )
        )
        began = time.monotonic()
        self.busy += attempt == 0
        try:
            answer = await self._carry(kind, payload, attempt, reason, record)
        finally:
            self.busy -= attempt == 0
            self._release()
        if fault and fault.kind == "lose_ack" and answer.acked:
            answer = Answer(False, answer.ms, {}, "timeout")
        record.acked, record.ack_ms = answer.acked, (time.monotonic() - began) * 1000
        record.ack_body, record.error, record.done = answer.body or None, answer.error, True
        self._world.changed("delivery", number=record.number, acked=answer.acked)
        return Answer(answer.acked, record.ack_ms, answer.body, answer.error, answer.again)

    async def _carry(self, kind: Kind, payload: Json, attempt: int, reason: str, record: Delivery) -> Answer:
        if record.via == "none":
            return Answer(False, 0.0, {}, NOBODY)
        if record.via == "socket":
            return await self._over_socket(kind, payload, attempt, reason)
        return await self._over_http(kind, payload, attempt, reason, record)

    async def challenge(self) -> bool:
        """url_verification: the app must answer with the challenge it was sent."""
        assert self._http is not None
        word = uuid.uuid4().hex
        token = self._world.verification_token
        body = json.dumps({"type": "url_verification", "token": token, "challenge": word})
        headers = {"Content-Type": "application/json", **signature(self._world.signing_secret, body)}
        timeout = aiohttp.ClientTimeout(total=self._world.limits.ack_seconds)
        try:
            async with self._http.post(self.url, data=body, headers=headers, timeout=timeout) as reply:
                return reply.status == 200 and word in await reply.text()
        except (OSError, aiohttp.ClientError):
            return False

    def _release(self) -> None:
        """What was held back to come after this one may go now."""
        for turn in self._held:
            turn.set()
        self._held.clear()

    async def _over_socket(self, kind: Kind, payload: Json, attempt: int, reason: str) -> Answer:
        socket = random.choice(list(self.sockets.values()))
        envelope: Json = {
            "envelope_id": str(uuid.uuid4()),
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": attempt, "retry_reason": reason}
        waiting: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        socket.waiting[envelope["envelope_id"]] = waiting
        try:
            await socket.ws.send_str(json.dumps(envelope))
            body = await asyncio.wait_for(waiting, self._world.limits.ack_seconds)
        except TimeoutError:
            return Answer(False, 0.0, {}, "timeout")
        except (ConnectionError, aiohttp.ClientError):
            return Answer(False, 0.0, {}, "connection_failed")
        finally:
            socket.waiting.pop(envelope["envelope_id"], None)
        return Answer(True, 0.0, body)

    async def _over_http(self, kind: Kind, payload: Json, attempt: int, reason: str, record: Delivery) -> Answer:
        assert self._http is not None
        content_type, body = _encode(kind, payload)
        headers = {"Content-Type": content_type, **signature(self._world.signing_secret, body)}
        if attempt:
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason}
        timeout = aiohttp.ClientTimeout(total=self._world.limits.ack_seconds)
        try:
            request = self._http.post(self.url, data=body, headers=headers, timeout=timeout, allow_redirects=False)
            async with request as response:
                text = await response.text()
                record.status = response.status
                again = response.headers.get("X-Slack-No-Retry") != "1"
        except TimeoutError:
            return Answer(False, 0.0, {}, "http_timeout")
        except (OSError, aiohttp.ClientError):
            return Answer(False, 0.0, {}, "connection_failed")
        if not 200 <= record.status < 300:
            return Answer(False, 0.0, {}, "http_error", again)
        return Answer(True, 0.0, _decode(text))


def _encode(kind: Kind, payload: Json) -> tuple[str, str]:
    if kind == "events_api":
        return "application/json", json.dumps(payload)
    fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return "application/x-www-form-urlencoded", urlencode(fields)


def _decode(text: str) -> Json:
    if not text.strip():
        return {}
    try:
        body = json.loads(text)
    except ValueError:
        return {"text": text}
    return body if isinstance(body, dict) else {"text": text}


def signature(secret: str, body: str) -> dict[str, str]:
    """The headers that prove a request comes from here. Signed in real time: apps check it."""
    stamp = str(int(time.time()))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256)
    return {
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={digest.hexdigest()}",
    }
