"""The whole state of the local Slack behind one lock, and the news of every change to it."""

from __future__ import annotations

import secrets
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.world.clock import Clock
from sandbox.world.faults import Faults
from sandbox.world.kinds import Json
from sandbox.world.log import Log
from sandbox.world.manifest import Manifest
from sandbox.world.model import APP_ID, Channel, Org, ResponseUrl, Team, Trigger, Upload, User
from sandbox.world.rates import Rates
from sandbox.world.settings import Limits

KEPT = 20_000
"""Triggers and response_urls remembered; the oldest are forgotten first."""
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Change:
    """One piece of news: a number that only grows, what happened, and to what."""

    number: int
    kind: str
    about: Json


class World:
    """Everything in it is read and changed under `locked()`."""

    def __init__(self, manifest: Manifest, clock: Clock, limits: Limits) -> None:
        self.manifest = manifest
        self.clock = clock
        self.limits = limits
        self.rates = Rates(limits, clock.monotonic)
        self.faults = Faults()
        self.log = Log()
        self.app_id = APP_ID
        self.client_id = "1000000001.2000000002"
        self.client_secret = "sandbox-client-secret"
        self.signing_secret = "sandbox-signing-secret"
        self.verification_token = "sandbox-verification-token"
        self.app_token = f"xapp-1-{APP_ID}-1-sandbox"
        self.base_url = ""
        self.teams: dict[str, Team] = {}
        self.orgs: dict[str, Org] = {}
        self.tokens: dict[str, str] = {}
        """Bot token → id of the team or org."""
        self.expires: dict[str, datetime] = {}
        self.refreshes: dict[str, str] = {}
        """Refresh token → id of the team or org."""
        self.redirect_url = ""
        """Where consent leads when the app names no `redirect_uri`."""
        self.revoked: set[str] = set()
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.uploads: dict[str, Upload] = {}
        self.codes: dict[str, tuple[str, str]] = {}
        """OAuth code → (id of the team or org, redirect_uri)"""
        self.tickets: set[str] = set()
        self.action_tokens: set[str] = set()
        """Given out with what people said to an agent; assistant.search.context asks for one."""
        self.acts: list[tuple[str, str, str]] = []
        """Every thing a person did: (user id, kind, what)."""
        self.deliver: Callable[[str, Json], None] = lambda _name, _body: None
        self._condition = threading.Condition(threading.RLock())
        self._serials: dict[str, int] = {}
        self._version = 0
        self._changes: deque[Change] = deque(maxlen=2000)

    @contextmanager
    def locked(self) -> Iterator[None]:
        with self._condition:
            yield

    def changed(self, kind: str, **about: Any) -> None:
        """Tell everybody who waits that something is different now."""
        with self._condition:
            self._version += 1
            self._changes.append(Change(self._version, kind, about))
            self._condition.notify_all()

    @property
    def version(self) -> int:
        with self._condition:
            return self._version

    def changes(self, after: int = 0) -> list[Change]:
        with self._condition:
            return [change for change in self._changes if change.number > after]

    def wait_for_change(self, since: int, timeout: float) -> None:
        with self._condition:
            self._condition.wait_for(lambda: self._version != since, timeout)

    def new_id(self, prefix: str) -> str:
        """`U0000000A`: numbered from 10 per prefix, so that a log reads the same every run."""
        with self._condition:
            number = self._serials.get(prefix, 9) + 1
            self._serials[prefix] = number
        digits = ""
        while number:
            number, rest = divmod(number, 36)
            digits = _DIGITS[rest] + digits
        return prefix + digits.rjust(8, "0")

    def now_ts(self) -> str:
        return f"{self.clock.now().timestamp():.6f}"

    def next_ts(self, channel: Channel) -> str:
        """Unique and rising in its channel, even where the clock was set back."""
        micros = int(self.clock.now().timestamp() * 1_000_000)
        if channel.last_ts:
            whole, fraction = channel.last_ts.split(".")
            micros = max(micros, int(whole) * 1_000_000 + int(fraction) + 1)
        channel.last_ts = f"{micros // 1_000_000}.{micros % 1_000_000:06d}"
        return channel.last_ts

    def new_trigger(self, team: Team, user_id: str, view_id: str = "", channel_id: str = "") -> str:
        left, right = secrets.randbelow(10**12), secrets.randbelow(10**11)
        trigger = Trigger(
            id=f"{left}.{right}.{secrets.token_hex(16)}",
            team_id=team.id,
            user_id=user_id,
            born=self.clock.monotonic(),
            view_id=view_id,
            channel_id=channel_id,
        )
        with self._condition:
            self.triggers[trigger.id] = trigger
            _forget(self.triggers)
        return trigger.id

    def new_action_token(self) -> str:
        token = f"{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        with self._condition:
            self.action_tokens.add(token)
        return token

    def new_response_url(self, team: Team, channel: Channel, user_id: str, message_ts: str = "") -> str:
        key = f"{team.id}/{secrets.randbelow(10**13)}/{secrets.token_hex(12)}"
        with self._condition:
            self.response_urls[key] = ResponseUrl(key, team.id, channel.id, user_id, self.clock.now(), message_ts)
            _forget(self.response_urls)
        return f"{self.base_url}/response/{key}"

    def team_of(self, token: str, args: Json) -> Team | None:
        """The team a token speaks for; an org's, the team that what is asked about belongs to."""
        id = self.tokens.get(token, "")
        if id not in self.orgs:
            return self.teams.get(id)
        teams = [team for team in self.teams.values() if team.org is self.orgs[id]]
        trigger = self.triggers.get(str(args.get("trigger_id") or ""))
        named = {str(args.get(name) or "") for name in ("channel", "channel_id", "user", "user_id", "users", "team_id")}
        named |= {trigger.team_id} if trigger else set()
        hit = [team for team in teams if team.id in named or named & {*team.channels, *team.users}]
        return next(iter(hit or teams), None)

    def expired(self, token: str) -> bool:
        ends = self.expires.get(token)
        return ends is not None and ends <= self.clock.now()

    def user(self, user_id: str) -> User | None:
        for team in self.teams.values():
            if user_id in team.users:
                return team.users[user_id]
        return None

    def act(self, user_id: str, kind: str, what: str) -> None:
        with self._condition:
            self.acts.append((user_id, kind, what))
        self.changed("act", user=user_id, act=kind, what=what)


def _forget(kept: dict[str, Any]) -> None:
    while len(kept) > KEPT:
        del kept[next(iter(kept))]
