"""One stage a database and a wire for the whole session: opening and closing a socket costs a second, a new company
and an emptied database a tenth of that. People and channels are new in every test: nobody sees another's messages."""

import asyncio
import copy
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

from app.slack.directory import profile_of
from app.workflows.admission import Actor
from app.workflows.people import ladders, profiles
from demo.company import Company, hire
from demo.stage import START, Stage
from demo.stories import Telling
from sandbox import Limits
from sandbox.world.objects import user_json
from tests.databases import EMPTIED, Servers


class BriskStage(Stage):
    """A stage that need not guess when the bot has come to rest: it sees the bot's listeners at work."""

    def boot(self) -> None:
        super().boot()
        self._work: list[Future[Any]] = []
        submit = self.bot.executor.submit

        def noted(step: Callable[..., Any], *args: Any, **named: Any) -> Future[Any]:
            future = submit(step, *args, **named)
            self._work.append(future)
            return future

        vars(self.bot.executor)["submit"] = noted

    def calm(self) -> None:
        """Wait for what is under way: deliveries, requests, listeners."""
        for _ in range(2):
            self.slack.courier.run(asyncio.sleep(0))  # what was said just now is on its way after this
            self.slack.settle(timeout=15, calm=0.004)
            self.listened()

    def listened(self) -> None:
        """Wait for the listeners: what they do after their ack too."""
        wait(self._work, timeout=15)
        self._work[:] = [one for one in self._work if not one.done()]

    def pump(self) -> None:
        for _ in range(200):
            self.calm()
            fired = self.bot.due.run_once()
            self.bot.due.drain()
            if not fired and not self.bot.outbox.run_once(100) and not self._due_now():
                return
        raise AssertionError("the bot never comes to rest: something dates itself anew for the same moment")

    def refused(self) -> list[str]:
        """Every request of the bot that Slack refused, but for faults and what the test is about (``meant``)."""
        asked = [r for r in self.slack.requests() if r.number > self.seen]
        return [
            said for r in asked if not r.ok and not r.fault and (said := f"{r.method}: {r.error}") not in self.meant
        ]

    def begin(self) -> None:
        """An empty database, the first Monday afternoon, and nothing that misbehaves."""
        self.slack.faults.clear()
        self.calm()
        self.bot.db.close()
        _empty(self.database_url)
        self.clock.set(START)
        self.meant: set[str] = set()
        if self.many:
            self.install(self.ws)
        self.seen = max((r.number for r in self.slack.requests()), default=0)


class Houses:
    """The stages of one session, each opened when it is first asked for."""

    def __init__(self, servers: Servers) -> None:
        self._servers = servers
        self._open: dict[tuple[str, bool, bool], BriskStage] = {}

    def of(self, kind: str, *, http: bool = False, many: bool = False) -> BriskStage:
        if (kind, http, many) not in self._open:
            stage = BriskStage(
                database_url=self._servers.of(kind).url(),
                http=http,
                many=many,
                limits=Limits(rates=False, retry_delays=(0.02, 0.05, 0.1)),
            )
            stage.__enter__()
            self._open[kind, http, many] = stage
        return self._open[kind, http, many]

    def close(self) -> None:
        for stage in self._open.values():
            stage.__exit__(None, None, None)


def begun(stage: BriskStage) -> Iterator[BriskStage]:
    """A stage for one test. Whatever the bot sent, Slack accepted."""
    stage.begin()
    yield stage
    stage.slack.faults.clear()
    stage.calm()
    assert stage.refused() == []


def settled(stage: BriskStage) -> Company:
    """As the demo founds its company, without the clicks: who was looked up and who sits where is written at once."""
    company, ws, now = hire(stage.ws), stage.ws, stage.clock.now()
    users = stage.slack.world.teams[ws.id].users
    with stage.bot.db.begin() as session:
        for person in {one.id: one for seat in company.ladder.values() for one in seat}.values():
            profile = profile_of(user_json(users[person.id], now), ws.id)
            profiles.update(session, ws.id, person.id, profile, now)
        seats = {rung: [person.id for person in seat] for rung, seat in company.ladder.items()}
        ladders.seat(session, "", seats, Actor(ws.id, company.dana.id), now)
        for person, deputy in ((company.vera, company.omar), (company.kenji, company.lea)):
            ladders.name_deputy(session, deputy.id, Actor(ws.id, person.id), now)
    return company


@dataclass
class Tale(Telling):
    """A story told on a brisk stage."""

    stage: BriskStage


@dataclass
class Two:
    """Two companies in two workspaces on one bot, with the same people, channels and numbers by name."""

    here: Tale
    there: Tale

    @classmethod
    def on(cls, stage: BriskStage) -> "Two":
        beside = copy.copy(stage)
        beside.ws = stage.add_workspace("Globex")
        return cls(Tale(stage, settled(stage)), Tale(beside, settled(beside)))


def _empty(url: str) -> None:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        plain = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(EMPTIED)
        return
    file = Path(str(parsed.database))
    for one in (file.with_name(file.name + "-wal"), file.with_name(file.name + "-shm")):
        one.unlink(missing_ok=True)
    shutil.copyfile(file.with_name("template.db"), file)
