"""People who go on commanding three replicas while something is wrong with their database, and the account of it."""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from sqlalchemy import func, or_, select

from app.db import verifying
from app.db.database_errors import UNSURE
from app.db.models import Decision, FollowUp, Outbox, Workspace
from app.db.session import Database
from app.settings import Settings
from demo.stage import MANIFEST
from sandbox import Limits, Person, Sandbox
from tests.nursery import Child, Nursery

POLITE = "nothing was saved"
"""In each of the sentences that say that it was not done."""


@dataclass(frozen=True)
class Answer:
    """What somebody was told about the decision they began, and after how many seconds."""

    title: str
    acked: bool
    said: str
    took: float

    @property
    def started(self) -> bool:
        return self.acked and "is started" in self.said

    @property
    def unsure(self) -> bool:
        return not self.acked or UNSURE in self.said


@dataclass
class Load:
    """``url``: what the replicas are given. ``direct``: where the account is looked up, whatever happened to that."""

    nursery: Nursery
    folder: Path
    url: str
    direct: str
    replicas: int = 3
    people: int = 6
    answers: list[Answer] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    @contextmanager
    def running(self) -> Iterator["Load"]:
        limits = Limits(rates=False, retry_delays=(1.0,) * 40)
        with Sandbox(MANIFEST, limits=limits) as self.slack:
            ws = self.slack.workspace("Acme")
            self._people = [ws.add_user(f"Person {n}") for n in range(self.people)]
            self._writers = [ws.add_user(f"Writer {n}") for n in range(3)]
            self._room = ws.add_channel("ops", self._people)
            self._ws = ws
            given = {
                "SLACK_BOT_TOKEN": ws.bot_token, "SLACK_APP_TOKEN": self.slack.app_token,
                "SLACK_API_URL": self.slack.api_url, "DATABASE_URL": self.url, "PORT": "0",
                "THRESHOLD_HOST": "127.0.0.1", "THRESHOLD_TICK_SECONDS": "0.5",
            }  # fmt: skip
            env = dict.fromkeys((name.upper() for name in Settings.model_fields), "") | given
            bots: list[Child] = []
            try:
                for n in range(self.replicas):
                    log = self.folder / f"replica-{n}"
                    bots.append(self.nursery.start("app.__main__:main", ["run"], log=log, env=env))
                self.slack.wait_for(lambda: self.slack.sockets == self.replicas, 60, what="every replica")
                yield self
            finally:
                for bot in bots:
                    bot.kill()

    @contextmanager
    def busy(self, pause: float = 0.1) -> Iterator[None]:
        """Everybody commands, again and again."""
        over = threading.Event()
        threads = [threading.Thread(target=self._go_on, args=(one, over, pause)) for one in self._people]
        for one in threads:
            one.start()
        try:
            yield
        finally:
            over.set()
            for one in threads:
                one.join()

    def _go_on(self, person: Person, over: threading.Event, pause: float) -> None:
        while not over.wait(random.uniform(pause / 2, pause * 1.5)):
            self.commands(person)

    def commands(self, person: Person) -> Answer:
        title = f"Move warehouse {len(self.answers)} of {person.name} {time.monotonic_ns()}"
        began = time.monotonic()
        reply = person.command("/escalate", title, self._room)
        told = Answer(title, reply.acked, reply.text + str(reply.blocks), time.monotonic() - began)
        self.answers.append(told)
        return told

    def write(self) -> None:
        """Some, new to the bot, write to it in words, once. What it could not take, Slack brings again."""
        for person in self._writers:
            self.messages.append(f"Change the logo of {person.name}")
            person.say(self.messages[-1])

    def recovers(self, within: float = 30.0) -> float:
        """Wait until everybody is served again. Seconds that took."""
        began = time.monotonic()
        for person in self._people:
            served = partial(self._served, person)
            self.slack.wait_for(served, within, what="to be served again")
        return time.monotonic() - began

    def _served(self, person: Person) -> bool:
        return self.commands(person).started

    def account(self) -> None:
        """Nothing lost, nothing doubled, and everybody was told what is so."""
        with_db = Database(self.direct)
        try:
            self.slack.wait_for(lambda: self._rests(with_db), 60, what="all that is owed")
            self._check(with_db)
        finally:
            with_db.close()

    def _rests(self, db: Database) -> bool:
        with db.read() as session:
            unsent = session.scalar(select(func.count(Outbox.id)).where(Outbox.done_at.is_(None)))
            late = or_(FollowUp.claimed_until.is_not(None), FollowUp.due_at <= func.now())
            due = session.scalar(select(func.count(FollowUp.id)).where(FollowUp.done_at.is_(None), late))
            known = set(session.scalars(select(Decision.title)))
        return not unsent and not due and known >= set(self.messages)

    def _check(self, db: Database) -> None:
        with db.read(steady=True) as session:
            titles = Counter(session.scalars(select(Decision.title)))
            results = Counter(session.scalars(select(Outbox.result)))
            numbers = sorted(session.scalars(select(Decision.number)))
            following = session.scalar(select(Workspace.next_number))
            wrong = list(verifying.verify(session, self._ws.id, verifying.Record()))
        assert set(titles.values()) == {1}, "nothing is doubled"
        assert numbers == list(range(1, len(numbers) + 1))
        assert following == len(numbers) + 1
        assert wrong == []
        assert set(results) <= {"sent", "moot"}
        posted = Counter(str(m.metadata) for room in self._ws.rooms for m in room.messages if m.metadata)
        assert set(posted.values()) == {1}, "each message once"
        shown = str([m.blocks for room in self._ws.rooms for m in room.messages])
        assert [title for title in titles if title not in shown] == [], "everybody sees what they began"
        for told in self.answers:
            if told.started:
                assert titles[told.title] == 1, f"lost: {told}"
            elif not told.unsure:
                assert titles[told.title] == 0, f"done behind their back: {told}"
                assert POLITE in told.said, told

    def figures(self) -> str:
        count = Counter(
            "started" if one.started else "unacked" if not one.acked else "told" for one in list(self.answers)
        )
        return f"{dict(count)}, slowest {max(one.took for one in self.answers):.2f} s"
