"""The watchdog: notices a dead socket, a tick that hangs, an outbox whose worker is gone, listeners that all wait.

It says so in `/readyz` and in the metrics, and starts anew what can be started anew inside this process. A thread can't
be killed: where a second one beside it did not help, `/healthz` fails after a while, and whoever runs the process
restarts it. That loses nothing: what was acked is in the database.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError, SlackClientError

from app.bootstrap import Bot
from app.slack.errors import code_of
from app.slack.socket import NotConnected, Socket
from app.telemetry import clocks, metrics
from app.telemetry.pools import Pulse
from app.telemetry.refusals import REFUSALS, REMOVED
from app.watch.looking import Looking

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
PARTS = ("socket", "tick", "outbox", "listeners", "clock", "signatures", "tokens")

FORGIVEN = 300.0
"""Seconds that Slack's time stamps may be from our clock: past that each delivery is refused."""
CLOCK_IS_OFF = 30.0
"""Seconds that somebody should hear of: dates and reminders are wrong by as much."""


@dataclass(frozen=True)
class Limits:
    """Seconds."""

    socket: float = 30.0
    """Nothing heard. slack_sdk itself gives up after twenty, where it notices at all."""
    tick: float = 30.0
    """No follow-up and no look finished. A slow or absent database is waited for two seconds at a time."""
    outbox: float = 90.0
    """No row finished: the longest one, a file, takes a few requests of ten seconds each."""
    listeners: float = 5.0
    """The oldest delivery waits for a thread. Slack waits for three seconds in all."""
    hopeless: float = 120.0
    """Any of these for so long: only a restart helps. Not the socket: Slack may be away."""

    @classmethod
    def for_ticks_of(cls, seconds: float) -> "Limits":
        tick = max(cls.tick, 10 * seconds)
        return cls(tick=tick, hopeless=max(cls.hopeless, 4 * tick))


@dataclass(frozen=True)
class Trouble:
    """What is wrong with a part, in a few words, and for how many seconds."""

    part: str
    said: str
    age: float
    hopeless: bool = False
    hangs: bool = True  # False: it goes on, and fails every time
    stops: bool = True
    """Whether the process can't work like this. Otherwise it can, and somebody should look."""


class Watchdog:
    """Looks at a bot every second. ``socket`` is set once there is one."""

    def __init__(self, bot: Bot, limits: Limits | None = None, now: Callable[[], float] = time.monotonic) -> None:
        self.bot = bot
        REFUSALS.forget()
        self.limits = limits or Limits.for_ticks_of(bot.settings.threshold_tick_seconds)
        self.socket: Socket | None = None
        self.looking = Looking(bot.db, bot.clock)
        self._now = now
        self._acted: dict[str, float] = {}
        self._known: frozenset[str] = frozenset()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def start(self) -> None:
        self.looking.first()
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join(timeout=1)  # it may be in the middle of a request

    # ── noticing ────────────────────────────────────────────────────────────────────────────────────────

    def troubles(self) -> list[Trouble]:
        """What is wrong right now."""
        return [one for one in self._all() if one is not None]

    def why_not_ready(self) -> str | None:
        """For `/readyz`: the first trouble that keeps it from working, in a few words."""
        return next((one.said for one in self.troubles() if one.stops), None)

    def warnings(self) -> list[str]:
        """For `/readyz`: what somebody should look at, although it works."""
        return [one.said for one in self.troubles() if not one.stops]

    def why_not_alive(self) -> str | None:
        """For `/healthz`: what only a restart helps against."""
        return next((one.said for one in self.troubles() if one.hopeless), None)

    def _all(self) -> Iterator[Trouble | None]:
        limits = self.limits
        if self.socket is not None:
            quiet = self.socket.quiet()
            if not self.socket.connected:
                yield Trouble("socket", "the socket to Slack is not connected", quiet)
            elif quiet > limits.socket:
                yield Trouble("socket", f"nothing was heard from Slack for {quiet:.0f} s", quiet)
        yield self._stalled("tick", "looking for due work", self.bot.due.pulse, limits.tick)
        if not self.bot.outbox.at_work:
            yield Trouble("outbox", "nobody sends what waits in the outbox", self.bot.outbox.pulse.age())
        yield self._stalled("outbox", "sending what waits in the outbox", self.bot.outbox.pulse, limits.outbox)
        pools = [self.bot.executor] + ([self.socket.workers] if self.socket else [])
        wait = max([pool.oldest_wait() for pool in pools] + ([self.socket.untaken()] if self.socket else []))
        if wait > limits.listeners:
            said = f"a delivery waits for a free listener for {wait:.0f} s"
            yield Trouble("listeners", said, wait, wait > limits.hopeless)
        yield self._clock()
        wrong = self.bot.app.signatures.trouble()
        if wrong and self.socket is None:  # a stranger may have sent them: being taken out of service would be worse
            yield Trouble("signatures", wrong, 0.0, stops=False)
        yield self._tokens()

    def _clock(self) -> Trouble | None:
        if self.socket is None and abs(clocks.ahead(clocks.SLACK)) > FORGIVEN:
            said = f"this machine's clock is {clocks.off(clocks.SLACK)}, and so each delivery is refused: set it right"
            return Trouble("clock", said, 0.0)
        for whose in (clocks.SLACK, clocks.DATABASE):
            if abs(clocks.ahead(whose)) > CLOCK_IS_OFF:
                return Trouble("clock", f"this machine's clock is {clocks.off(whose)}: set it right", 0.0, stops=False)
        return None

    def refused(self) -> dict[str, str]:
        """Workspace → code. One of many that removed the app is nobody's trouble."""
        return REFUSALS.standing(but=REMOVED if self.bot.settings.many_workspaces else frozenset())

    def _tokens(self) -> Trouble | None:
        many, refused = self.bot.settings.many_workspaces, self.refused()
        if not refused:
            return None
        codes = ", ".join(sorted(set(refused.values())))
        if not many:
            return Trouble("tokens", f"Slack refuses SLACK_BOT_TOKEN ({codes})", 0.0)
        whose = "the token of a workspace is" if len(refused) == 1 else f"the tokens of {len(refused)} workspaces are"
        return Trouble("tokens", f"{whose} refused ({codes}); “threshold check” names each", 0.0, stops=False)

    def _stalled(self, part: str, doing: str, pulse: Pulse, limit: float) -> Trouble | None:
        """Nothing goes on; or something does, and beside it hangs what was given up. That may hold a lock for ever."""
        if (failing := pulse.failing()) > limit:
            return Trouble(part, f"{doing} has failed for {failing:.0f} s; the log says why", failing, hangs=False)
        age, hung = pulse.age(), pulse.hung()
        hopeless = max(age, hung) > self.limits.hopeless
        if age <= limit and not hopeless:
            return None
        age = max(age, hung) if hopeless else age
        return Trouble(part, f"{doing} has hung for {age:.0f} s", age, hopeless)

    # ── recovering ──────────────────────────────────────────────────────────────────────────────────────

    def _watch(self) -> None:
        while not self._closing.wait(LOOK_SECONDS):
            try:
                self.look()
            except Exception:
                log.exception("the watchdog stumbled")

    def look(self) -> None:
        """One round: say what is new, and start anew what can be."""
        found = {one.part: one for one in self.troubles()}
        for part in sorted(found.keys() - self._known):
            log.warning("watchdog: %s", found[part].said)
        for part in sorted(self._known - found.keys()):
            log.info("watchdog: %s is well again", part)
            self._acted.pop(part, None)
        self._known = frozenset(found)
        for trouble in found.values():
            self._recover(trouble)

    def _recover(self, trouble: Trouble) -> None:
        """Each part at most once in the time that it is given to come back."""
        part = trouble.part
        waits = {"socket": self.limits.socket, "tick": self.limits.tick, "outbox": self.limits.outbox}
        if part not in waits:
            return
        if part == "socket" and trouble.age <= self.limits.socket:
            return  # slack_sdk opens a closed one again by itself
        if part in ("tick", "outbox") and not trouble.hangs:
            return  # it runs, and a second one beside it would fail as well
        if self._now() - self._acted.get(part, float("-inf")) < waits[part]:
            return
        self._acted[part] = self._now()
        if part == "tick":
            self.bot.tick_beside()
        elif part == "outbox":
            self.bot.outbox.start_anew()
        elif not self._reopen():
            return
        metrics.RECOVERIES.labels(part).inc()
        log.warning("watchdog: started the %s anew", part)

    def _reopen(self) -> bool:
        assert self.socket is not None
        try:
            self.socket.reopen()
        except SlackApiError as error:
            log.warning("watchdog: Slack gave no new socket: %s", code_of(error))
            return False
        except (OSError, ValueError, SlackClientError, NotConnected) as error:
            log.warning("watchdog: no new socket to Slack: %s", type(error).__name__)
            return False
        return True
