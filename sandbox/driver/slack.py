"""The local Slack itself: start it, make workspaces, set its clock, tell it to misbehave, wait."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from aiohttp import web

from sandbox.api import oauth
from sandbox.deliveries.courier import Courier
from sandbox.deliveries.server import Server
from sandbox.driver.people import Person
from sandbox.driver.places import Grid, Workspace
from sandbox.driver.time_machine import ClockAlone, TimeMachine, Upcoming
from sandbox.limits import load_manifest
from sandbox.world.clock import Clock
from sandbox.world.faults import Faults
from sandbox.world.kinds import Json
from sandbox.world.log import Delivery, Request
from sandbox.world.model import Org, Team, User
from sandbox.world.settings import Limits
from sandbox.world.world import World

T = TypeVar("T")
POLL = 0.05
"""Seconds after which a wait looks again, for what changes outside the sandbox."""


class LocalSlack:
    """A Slack on this machine. Use it as a context manager, or `start()` and `stop()` it.

    manifest  a path, the parsed document, or None: then everything is allowed
    clock     a Clock of your own, else one that starts now and runs
    port      0 for a free one
    """

    def __init__(
        self,
        manifest: str | Path | Json | None = None,
        clock: Clock | None = None,
        limits: Limits | None = None,
        port: int = 0,
        host: str = "127.0.0.1",
    ) -> None:
        self.clock = clock or Clock()
        limits = limits or Limits()
        checked = load_manifest(manifest, check=limits.payloads)
        self.world = World(checked, self.clock, limits)
        self.courier = Courier(self.world)
        self._server = Server(self.world, self.courier)
        self._port = port
        self._host = host
        self.time_machine: TimeMachine | None = None
        """What moves time for the page; without one the clock alone moves."""
        self.moving = threading.Lock()
        """Held while time moves."""
        self._tour: list[Json] = []

    def start(self) -> Self:
        self._server.start(self._port, self._host, self._extend)
        return self

    def _extend(self, app: web.Application) -> None:
        """More routes for the server, before it begins to listen."""

    def stop(self) -> None:
        self._server.stop()

    @property
    def tour(self) -> list[Json]:
        """Steps the page leads a newcomer through: see page/js/tour.js. Set it at any time."""
        return self._tour

    @tour.setter
    def tour(self, steps: list[Json]) -> None:
        self._tour = steps
        self.world.changed("tour")

    @property
    def stopping(self) -> bool:
        return self._server.stopping

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    # How an app finds it

    @property
    def url(self) -> str:
        return self.world.base_url

    @property
    def api_url(self) -> str:
        """For SLACK_API_URL, or `WebClient(base_url=…)`."""
        return f"{self.world.base_url}/api/"

    @property
    def app_token(self) -> str:
        return self.world.app_token

    @property
    def signing_secret(self) -> str:
        return self.world.signing_secret

    @property
    def client_id(self) -> str:
        return self.world.client_id

    @property
    def client_secret(self) -> str:
        return self.world.client_secret

    def send_events_to(self, url: str) -> None:
        """Deliver by signed HTTP to this URL while no socket is open; empty to stop."""
        self.courier.url = url
        self.courier.retry_now()

    def redirect_to(self, url: str) -> None:
        """Where the consent page leads when the app names no `redirect_uri`: the first of the app's own list."""
        self.world.redirect_url = url

    def verify_events_url(self) -> bool:
        """Ask the app's URL to prove itself, as Slack does before it sends anything there."""
        return bool(self.courier.run(self.courier.challenge()))

    # What is in it

    def grid(self, name: str) -> Grid:
        """The org of that name; made on first use, and nothing installed in it."""
        world = self.world
        with world.locked():
            for org in world.orgs.values():
                if org.name == name:
                    return Grid(self.world, org)
            org = Org(id=world.new_id("E"), name=name)
            world.orgs[org.id] = org
            return Grid(self.world, org)

    def workspace(self, name: str, *, installed: bool = True, org: Grid | None = None) -> Workspace:
        """The workspace of that name; made on first use, with the app installed, in an org if one is given."""
        world = self.world
        with world.locked():
            for team in world.teams.values():
                if team.name == name:
                    return Workspace(self.world, self.courier, team)
            team = Team(
                id=world.new_id("T"),
                name=name,
                domain=re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "team",
                scopes=world.manifest.bot_scopes,
                installed=installed,
                org=org.state if org else None,
            )
            bot = User(
                id=world.new_id("U"),
                team_id=team.id,
                name=re.sub(r"[^a-z0-9]+", "", world.manifest.name.lower()) or "app",
                real_name=world.manifest.name,
                email="",
                is_bot=True,
                bot_id=world.new_id("B"),
            )
            team.users[bot.id] = bot
            team.bot_user_id, team.bot_id = bot.id, bot.bot_id
            world.teams[team.id] = team
            world.changed("team", team=team.id)
            if installed:
                oauth.install(world, team)
            return Workspace(self.world, self.courier, team)

    @property
    def workspaces(self) -> list[Workspace]:
        with self.world.locked():
            return [Workspace(self.world, self.courier, team) for team in self.world.teams.values()]

    def person(self, user_id: str) -> Person:
        """Anybody, in whichever workspace. KeyError for an id nobody has."""
        for ws in self.workspaces:
            if user_id in ws.state.users:
                return ws.person(user_id)
        raise KeyError(user_id)

    def workspace_of(self, person: Person) -> Workspace:
        return Workspace(self.world, self.courier, self.world.teams[person.state.team_id])

    # Time

    def _machine(self) -> TimeMachine:
        return self.time_machine or ClockAlone(self.world, self.wait_for)

    def upcoming(self, limit: int) -> list[Upcoming]:
        """The next things to happen, the earliest first."""
        return self._machine().upcoming(limit)

    def travel(self, to: datetime) -> None:
        """Move time to `to` (aware), one traveller at a time. ValueError while somebody else is on the way."""
        if not self.moving.acquire(blocking=False):
            raise ValueError("Time is moving already. Wait until it stands.")
        try:
            self.world.changed("clock", moving=True)
            self._machine().travel(to)
        finally:
            self.moving.release()
            self.world.changed("clock", moving=False)

    # What happened in it

    @property
    def faults(self) -> Faults:
        return self.world.faults

    def requests(self, method: str | None = None) -> list[Request]:
        return self.world.log.requests(method)

    def deliveries(self, kind: str | None = None, name: str | None = None) -> list[Delivery]:
        """kind: events_api, slash_commands or interactive; name: the event, command or action."""
        return self.world.log.deliveries(kind, name)

    def count_interactions(self, person: Person) -> int:
        """Commands, messages, shortcuts, clicks, submits and closings: what she had to do."""
        with self.world.locked():
            counted = ("command", "message", "shortcut", "click", "submit", "close")
            return sum(1 for who, kind, _ in self.world.acts if who == person.id and kind in counted)

    @property
    def sockets(self) -> int:
        return len(self.courier.sockets)

    # Meddling and waiting

    def close_sockets(self, *, warn: bool = False) -> None:
        """Cut every socket; with `warn` ask the app to reconnect instead, as Slack does."""
        self.courier.run(self.courier.close_sockets(warn=warn))

    def silence_sockets(self) -> None:
        """Every open socket stays open and says nothing any more, not even to a ping."""
        self.courier.run(self.courier.silence_sockets())

    def expire_triggers(self) -> None:
        """Every trigger_id given out so far is too old now."""
        with self.world.locked():
            for trigger in self.world.triggers.values():
                trigger.born = float("-inf")

    def retry_now(self) -> None:
        """Send at once what waits for its next attempt."""
        self.courier.retry_now()

    def wait_for(self, condition: Callable[[], T | None], timeout: float = 5.0, what: str = "") -> T:
        """The first true value of `condition`. AssertionError, with a picture, after `timeout` s."""
        end = time.monotonic() + timeout
        while True:
            seen = self.world.version
            value = condition()
            if value:
                return value
            left = end - time.monotonic()
            if left <= 0:
                raise AssertionError(f"waited {timeout} s for {what or 'it'}\n{self.picture()}")
            self.world.wait_for_change(seen, min(left, POLL))

    def settle(self, timeout: float = 5.0, calm: float = 0.1) -> None:
        """Wait until nothing is under way: no delivery, no request, for `calm` seconds."""
        end = time.monotonic() + timeout
        quiet_since = time.monotonic()
        version = self.world.version
        while time.monotonic() - quiet_since < calm:
            if time.monotonic() > end:
                raise AssertionError(f"not calm after {timeout} s\n{self.picture()}")
            self.world.wait_for_change(version, min(0.02, calm / 2))
            moved = self.world.version != version
            if moved or self.courier.busy or self._server.in_flight:
                quiet_since, version = time.monotonic(), self.world.version

    def picture(self) -> str:
        """What everybody has on screen and what was said last, for a failing test to print."""
        lines = [f"{self.sockets} sockets, events to {self.courier.url or 'nowhere else'}"]
        with self.world.locked():
            for team in self.world.teams.values():
                for user in team.users.values():
                    stack = [team.views[v].title for v in team.stacks.get(user.id, [])]
                    told = team.alerts.get(user.id, [])
                    if stack or told:
                        lines.append(f"{user.real_name}: modals {stack}, told {told}")
                for channel in team.channels.values():
                    last = list(channel.messages.values())[-2:]
                    lines += [f"#{channel.name} {m.ts}: {m.shown[:120]!r}" for m in last]
        lines += [f"{r.method} → {r.response.get('error') or 'ok'} {r.fault}" for r in self.requests()[-8:]]
        lines += [
            f"{d.kind} {d.name} attempt {d.attempt}: {'acked' if d.acked else d.error or 'under way'}"
            for d in self.deliveries()[-8:]
        ]
        return "\n".join(lines)
