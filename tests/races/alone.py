"""The same code in this process, on a database of its own, and nobody beside it: what each order of two acts gives."""

from concurrent.futures import Future, wait
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.bootstrap import build
from app.db.models import FollowUp
from app.schema import migrate
from app.settings import Settings
from app.slack.http import web_app
from tests.races import rows
from tests.races.deliveries import Answer, Body
from tests.races.rows import Rows
from tests.races.world import World


class Alone:
    """A bot that does nothing by itself. Everything goes through signed deliveries, as in a process of its own."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world = world
        settings = Settings(
            slack_bot_token=SecretStr(world.ws.bot_token),
            slack_signing_secret=SecretStr(world.slack.signing_secret),
            slack_api_url=world.slack.api_url,
            database_url=f"sqlite:///{folder / 'alone.db'}",
        )
        self.settings = settings
        self.bot = build(settings, clock=world.now, pace=0.0)
        self.db = self.bot.db
        migrate(self.db)
        self._client = web_app(self.bot.app, lambda: None).test_client()
        self._work: list[Future[Any]] = []
        submit = self.bot.executor.submit

        def noted(step: Any, *args: Any, **named: Any) -> Future[Any]:
            self._work.append(submit(step, *args, **named))
            return self._work[-1]

        vars(self.bot.executor)["submit"] = noted

    def close(self) -> None:
        self.bot.stop()

    def begin(self, all_: Rows) -> None:
        rows.put(self.db, all_)

    def send(self, body: Body) -> Answer:
        headers, text = body.signed(self.world.slack.signing_secret)
        answer = self._client.post("/slack/events", data=text.encode(), headers=headers)
        wait(self._work, timeout=20)
        self._work.clear()
        return Answer(answer.status_code, answer.get_data(as_text=True), 0.0)

    def fire(self) -> None:
        """All that is due by now."""
        while self.bot.due.run_once():
            pass
        self.bot.due.drain()

    def due_together(self, at: datetime) -> int:
        with self.db.read() as session:
            return len(self._due(session, at))

    def fire_some(self, which: int) -> int:
        """Of what is due now those whose bit is set in ``which``. How many are due."""
        now = self.world.now()
        with self.db.begin() as session:
            due = self._due(session, now)
            held = [id for number, id in enumerate(due) if not which >> number & 1]
            if held and which:
                until = now + timedelta(days=1)
                session.execute(update(FollowUp).where(FollowUp.id.in_(held)).values(claimed_until=until))
        if which:
            self.bot.due.run_once()
            self.bot.due.drain()
        with self.db.begin() as session:
            session.execute(update(FollowUp).where(FollowUp.id.in_(held)).values(claimed_until=None))
        return len(due)

    def _due(self, session: Session, at: datetime) -> list[int]:
        waits = FollowUp.done_at.is_(None), FollowUp.due_at <= at
        return list(session.scalars(select(FollowUp.id).where(*waits).order_by(FollowUp.id)))

    def deliver(self) -> None:
        for _ in range(50):
            if not self.bot.outbox.run_once(100):
                return
        raise AssertionError("the outbox never comes to its end")

    def pump(self) -> None:
        """Fire and deliver, until nothing is left."""
        for _ in range(50):
            fired = self.bot.due.run_once()
            self.bot.due.drain()
            if not self.bot.outbox.run_once(100) and not fired:
                return
        raise AssertionError("the bot never comes to rest")
