"""A company whose bot is killed all the time: a Slack, one database, replicas that die and come back, one clock."""

import json
import random
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import func, or_, select, update

from app.db.claims import TABLES
from app.db.models import FollowUp, Outbox
from app.db.session import Database
from demo.stage import MANIFEST
from sandbox import Clock, Limits, Message, Person, Room, Sandbox
from sandbox.world.forms import elements
from tests.crash.bot import SharedClock
from tests.crash.points import POINTS
from tests.nursery import Child, Nursery

START = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)
"""A Monday morning in New York."""

LONGEST_WAIT = 60.0
"""Seconds for anything to happen at all, on a machine that has much else to do."""

T = TypeVar("T")


@dataclass
class Replica:
    """One place in which a bot runs; who dies is followed by the next."""

    number: int
    child: Child | None = None
    name: str = ""
    born: int = 0


@dataclass
class Town:
    """Use as a context manager. ``kills``: how many deaths are planned; with none left, whoever lives stays alive."""

    nursery: Nursery
    database_url: str
    folder: Path
    seed: int
    replicas: int
    kills: int
    longest_life: float = 3.0
    """Seconds after which whoever never got to its step dies anyway."""
    died: list[str] = field(default_factory=list)
    _plans: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __enter__(self) -> "Town":
        self.random = random.Random(self.seed)
        self._moved = SharedClock(self.folder / "clock")
        self._moved.set(START)
        self.clock = Clock(START)
        limits = Limits(rates=False, ack_seconds=20, trigger_seconds=20, retry_delays=(0.1, 0.2, 0.4, 0.8, 1.6, 3.2))
        self.slack = Sandbox(manifest=MANIFEST, clock=self.clock, limits=limits).start()
        self.ws = self.slack.workspace("Acme")
        self.db = Database(self.database_url)
        self.posts: dict[str, set[str]] = defaultdict(set)
        self.refused: Counter[str] = Counter()
        self.rows: dict[int, Outbox] = {}
        """Every message that was ever written: the bot itself forgets them after some weeks."""
        self.works: dict[int, FollowUp] = {}
        self._seen = 0
        self._stopping = threading.Event()
        self._places = [Replica(number) for number in range(self.replicas)]
        self._keeper = threading.Thread(target=self._keep, name="keeper", daemon=True)
        self._keeper.start()
        self.wait_for(lambda: self.slack.sockets == self.replicas, "every replica")
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._keeper.join(LONGEST_WAIT)
        for place in self._places:
            if place.child:
                place.child.kill()
        self.db.close()
        self.slack.stop()

    # ── who lives, who dies ─────────────────────────────────────────────────────────────────────────────

    def _keep(self) -> None:
        """Bring back whoever died. What it held is free at once, as after the seconds that a lease lasts."""
        while not self._stopping.wait(0.01):
            for place in self._places:
                if place.child is not None and place.child.alive:
                    continue
                if place.child is not None:
                    self._bury(place, place.child)
                self._bear(place)

    def _bear(self, place: Replica) -> None:
        place.born += 1
        place.name = f"r{place.number}-{place.born}"
        plan: dict[str, Any] = {"name": place.name, "clock": str(self.folder / "clock")}
        plan |= self._doom() if len(self.died) + self._doomed() < self.kills else {}
        place.child = self.nursery.start(
            "tests.crash.bot:run", plan, log=self.folder / f"{place.name}.log", env=self.environment
        )
        self._plans[place.name] = {k: plan[k] for k in ("point", "hit", "after", "starting") if k in plan}

    def _bury(self, place: Replica, dead: Child) -> None:
        plan = self._plans.pop(place.name, {})
        assert plan, f"{place.name} had nothing to die of, and ended with {dead.code}:\n{dead.said}"
        assert dead.code == -9, f"{place.name} ended by itself with {dead.code}:\n{dead.said}"
        self.died.append(f"{place.name}: {plan}")
        past = self.now() - timedelta(seconds=1)
        with self.db.begin() as session:
            for table in TABLES:
                session.execute(
                    update(table)
                    .where(table.claimed_by == place.name, table.done_at.is_(None))
                    .values(claimed_until=past)
                    .execution_options(synchronize_session=False)
                )

    def _doomed(self) -> int:
        return sum(1 for plan in self._plans.values() if plan)

    def _doom(self) -> dict[str, Any]:
        """The next death: at a step, or at any moment."""
        dice = self.random.random()
        if dice < 0.05:
            return {"starting": round(self.random.uniform(0.0, 0.3), 3), "after": self.longest_life}
        if dice < 0.3:
            return {"after": round(self.random.uniform(0.0, self.longest_life), 3)}
        point = self.random.choice(list(POINTS))
        return {"point": point, "hit": self.random.randint(1, POINTS[point]), "after": self.longest_life}

    def all_died(self) -> None:
        """Wait until every death that was planned has come, and all of them are up again."""
        self.wait_for(lambda: len(self.died) >= self.kills, "the last death")
        self.rest()

    @property
    def environment(self) -> dict[str, str]:
        return {
            "SLACK_BOT_TOKEN": self.ws.bot_token,
            "SLACK_APP_TOKEN": self.slack.app_token,
            "SLACK_API_URL": self.slack.api_url,
            "DATABASE_URL": self.database_url,
            "PORT": "0",
            "THRESHOLD_HOST": "127.0.0.1",
            "THRESHOLD_TICK_SECONDS": "0.05",
        }

    # ── time ────────────────────────────────────────────────────────────────────────────────────────────

    def now(self) -> datetime:
        return self.clock.now()

    def at(self, day: int, hour: int = 14) -> datetime:
        """A moment of the story, in UTC; day 0 is its Monday."""
        return START.replace(hour=hour) + timedelta(days=day)

    def travel(self, to: datetime) -> None:
        """Move all clocks, stopping wherever something is due on the way."""
        self.rest()
        while (due := self._next_due()) is not None and due <= to:
            self._set(max(due, self.now()))
            self.rest()
        self._set(max(to, self.now()))
        self.rest()

    def _set(self, moment: datetime) -> None:
        self.clock.set(moment)
        self._moved.set(moment)

    def _next_due(self) -> datetime | None:
        with self.db.read() as session:
            return session.scalar(select(func.min(FollowUp.due_at)).where(FollowUp.done_at.is_(None)))

    def rest(self) -> None:
        """Wait until all that is due is done and delivered."""
        self.wait_for(lambda: not self.owed(), "everything due to be done")
        self.note()

    def owed(self) -> int:
        with self.db.read() as session:
            waiting = select(func.count(Outbox.id)).where(Outbox.done_at.is_(None))
            due = select(func.count(FollowUp.id)).where(
                FollowUp.done_at.is_(None), or_(FollowUp.due_at <= self.now(), FollowUp.claimed_until >= self.now())
            )
            return (session.scalar(waiting) or 0) + (session.scalar(due) or 0)

    def wait_for(self, condition: Callable[[], T | None], what: str, timeout: float = LONGEST_WAIT) -> T:
        end = time.monotonic() + timeout
        while not (found := condition()):
            assert time.monotonic() < end, f"waited for {what}\n{self.picture()}"
            assert self._keeper.is_alive() or self._stopping.is_set(), f"the keeper fell\n{self.picture()}"
            time.sleep(0.01)
        return found

    def picture(self) -> str:
        logs = "\n".join(f"{p.name}:\n{p.child.said[-1500:]}" for p in self._places if p.child)
        return f"seed {self.seed}; died {self.died[-6:]}\n{self.slack.picture()}\n{logs}"

    # ── what Slack saw ──────────────────────────────────────────────────────────────────────────────────

    def note(self) -> None:
        """Remember what was posted and done since the last look: Slack's own log forgets, and so does the bot."""
        with self.db.read() as session:
            new = select(Outbox).where(Outbox.id >= _first_open(self.rows))
            self.rows |= {row.id: row for row in session.scalars(new)}
            done = select(FollowUp).where(FollowUp.id >= _first_open(self.works))
            self.works |= {work.id: work for work in session.scalars(done)}
        for request in self.slack.requests():
            if request.number <= self._seen:
                continue
            self._seen = request.number
            if request.method == "chat.postMessage" and request.ok:
                self.posts[json.dumps(request.args.get("metadata"))].add(str(request.response["ts"]))
            if not request.ok:
                self.refused[f"{request.method}: {request.error}"] += 1

    # ── what people do ──────────────────────────────────────────────────────────────────────────────────

    def does(self, what: str, act: Callable[[], bool], done: Callable[[], object]) -> None:
        """Somebody does it until it is done. Acked and not done is a move that was lost."""
        end = time.monotonic() + LONGEST_WAIT
        while not done():
            assert time.monotonic() < end, f"nobody got through with {what}\n{self.picture()}"
            if act():
                assert done(), f"acked and lost: {what}\n{self.picture()}"
                return
            time.sleep(0.15)  # a commit under way when its process died may still come through

    def offers(
        self, person: Person, what: str, title: str, about: str = "", room: Room | None = None
    ) -> tuple[Message, str] | None:
        """The newest message in front of somebody about this decision that offers ``what``, and the whole name of the
        button, whose value says ``about``. None where there is none."""
        for message in reversed(person.sees(room)):
            if title not in str(message.blocks):
                continue
            for element in elements(message.all_blocks()):
                named = element.action_id == what or element.action_id.partition(":")[0] == what
                if named and about in str(element.body.get("value")):
                    return message, element.action_id
        return None

    def taps(
        self, person: Person, what: str, title: str, fill: Mapping[str, object] | None = None, about: str = ""
    ) -> bool:
        """Press it on the newest card. Whether the bot acked."""
        message, action = self.wait_for(
            lambda: self.offers(person, what, title, about), f"{what} {about} in front of {person.name}"
        )
        return person.click(message, action, fill=fill, stale=True).acked

    def fills(self, person: Person, what: str, title: str, values: Mapping[str, object]) -> bool:
        """Open a form, fill it in, submit it. A form that does not open, or is not taken, is closed: not acked."""
        taken = False
        if self.taps(person, what, title):
            taken = self.submits(person, values)
        if person.modal is not None:
            person.close_modal(everything=True)
        return taken

    def submits(self, person: Person, values: Mapping[str, object]) -> bool:
        """Fill in the form that opens now, if one does, and submit it. Whether it was taken."""
        end = time.monotonic() + 3
        while (view := person.modal) is None and time.monotonic() < end:
            time.sleep(0.01)
        if view is None or not view.body.get("submit"):
            return False
        done = person.submit(values)
        return done.acked and not done.errors and done.closed


def _first_open(known: Mapping[int, Outbox | FollowUp]) -> int:
    """From which id on something may have changed since it was read."""
    return min((id for id, one in known.items() if one.done_at is None), default=max(known, default=0) + 1)
