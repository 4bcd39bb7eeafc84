"""The Slack of all races: one workspace, the people of the access table, what stands in front of them, and one clock.

Every replica of every database talks to this one. Ids are the same in every run, so that what was set up once can be
put back for the next try, on any database.
"""

import copy
import hashlib
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.slack.views.scene import Message as Drawn
from demo.stage import MANIFEST
from sandbox import Clock, Limits, Person, Sandbox
from sandbox.world.model import Channel, Message
from tests.access.kinds import FAY, GUS, GUY, NAN, RON, ROSE
from tests.crash.bot import SharedClock
from tests.workflows.colleagues import ADA, BEA, CHANNEL, DANA, EVE, MIA, MONDAY, OTTO, PAT, RITA, VERA, called

EVERYBODY = (ADA, RITA, OTTO, MIA, DANA, VERA, BEA, PAT, EVE, FAY, RON, ROSE, GUS, GUY, NAN)

Said = dict[str, dict[str, Message]]
"""Channel → ts → message."""


class World:
    """Use as a context manager. ``folder``: where the clock stands, which all processes share."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._shared = SharedClock(folder / "clock")
        self._shared.set(MONDAY)
        self.clock = Clock(MONDAY)
        limits = Limits(rates=False, ack_seconds=20, trigger_seconds=60)
        self.slack = Sandbox(manifest=MANIFEST, clock=self.clock, limits=limits)
        self._seen = 0

    def __enter__(self) -> "World":
        self.slack.start()
        self.ws = self.slack.workspace("Acme")
        people = [self._settle(user) for user in EVERYBODY]
        with self.slack.world.locked():
            room = self.ws.add_channel("retail", members=people).state
            del self.ws.state.channels[room.id]
            room.id = CHANNEL
            self.ws.state.channels[CHANNEL] = room
        for person in people:
            person.dm()
        self.slack.world.deliver = lambda _name, _body: None  # what happens here is delivered by the races alone
        return self

    def __exit__(self, *_: object) -> None:
        self.slack.stop()

    def _settle(self, user: str) -> Person:
        person = self.ws.add_user(called(user), guest=user in (GUS, GUY))
        del self.ws.state.users[person.id]
        person.state.id = person.id = user
        self.ws.state.users[user] = person.state
        return person

    # ── time ────────────────────────────────────────────────────────────────────────────────────────────

    def now(self) -> datetime:
        return self._shared()

    def set(self, moment: datetime) -> None:
        """All clocks, forwards or backwards; they run on from there."""
        self.clock.set(moment)
        self._shared.set(moment)

    def ahead(self, moment: datetime) -> float:
        """Seconds until the clock shows ``moment``."""
        return (moment - self.now()) / timedelta(seconds=1)

    # ── people ──────────────────────────────────────────────────────────────────────────────────────────

    def leave(self, user: str, *, gone: bool = True) -> None:
        """Their account is switched off, or on again. Nobody is told of it."""
        with self.slack.world.locked():
            self.ws.state.users[user].deleted = gone

    def here_again(self) -> None:
        for user in EVERYBODY:
            self.leave(user, gone=False)

    def dm(self, user: str) -> Channel:
        return self.ws.person(user).dm().state

    # ── what stands there ───────────────────────────────────────────────────────────────────────────────

    def said(self) -> Said:
        """A copy of all that stands in the workspace."""
        with self.slack.world.locked():
            return {id: copy.deepcopy(one.messages) for id, one in self.ws.state.channels.items()}

    def put_back(self, said: Said) -> None:
        """Let stand what stood then, and nothing else."""
        with self.slack.world.locked():
            for id, one in self.ws.state.channels.items():
                one.messages = copy.deepcopy(said.get(id, {}))
                one.gone.clear()
                one.last_ts = max(one.messages, default="")
            self.ws.state.sent.clear()
            self.ws.state.views.clear()
            self.ws.state.stacks.clear()
            self.ws.state.homes.clear()
            self.ws.state.alerts.clear()
        self._seen = max((one.number for one in self.slack.requests()), default=0)

    def shown_at(self, channel: str, ts: str) -> str | None:
        """The digest of what stands there, as the outbox would count it; None where nothing stands."""
        with self.slack.world.locked():
            room = self.ws.state.channels.get(channel)
            message = room.messages.get(ts) if room else None
            return None if message is None else as_drawn(message.text, message.blocks)

    def refused(self) -> list[str]:
        """What Slack would not take, but for what a race makes harmless: a window that has closed."""
        asked = [one for one in self.slack.requests() if one.number > self._seen]
        return sorted({f"{r.method}: {r.error}" for r in asked if not r.ok and r.error not in HARMLESS})


HARMLESS = frozenset(
    {"message_not_found", "exchanged_trigger_id", "expired_trigger_id", "user_disabled", "is_archived"}
)
"""A card that was taken away by somebody else; whoever has left can't be written to any more."""


def as_drawn(text: str, blocks: list[dict[str, Any]]) -> str:
    """What is shown, short, without what Slack adds by itself: a block_id where the app gave none."""
    plain = [{key: one for key, one in block.items() if key != "block_id"} for block in blocks]
    return hashlib.sha256(json.dumps([text, plain], sort_keys=True).encode()).hexdigest()


def drawn(message: Drawn) -> str:
    """As ``as_drawn``, of what the product would draw now."""
    return as_drawn(message.text, message.blocks)
