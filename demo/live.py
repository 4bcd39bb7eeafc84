"""The demo that stays up: page, company and bot on one clock, and a time machine that moves all of them."""

import logging
import threading
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.db import follow_ups
from app.db.models import Decision, FollowUp
from app.domain.errors import ThresholdError
from app.domain.lifecycle import OPEN, Status
from app.workflows.follow_ups.registry import KINDS
from demo import company, seeds, tour
from demo.company import Company
from demo.stage import Stage
from sandbox.driver.time_machine import Upcoming

log = logging.getLogger(__name__)

BEAT = 0.05
"""Seconds between two looks for something to deliver."""

WHY: dict[str, str] = {
    "left_alone": "reminds of what was left alone",
    "expire": "ends what nobody touched for 30 days",
    "asked_reminder": "reminds of the question to the rung below",
    "remind_halfway": "reminds a signer, halfway",
    "remind_day_before": "reminds a signer, a working day before",
    "remind_deadline": "reminds a signer, in the morning of the day",
    "deadline_passed": "says that the deadline passed, and offers the next rung",
    "told_late": "tells a signer that the deadline passed",
    "condition_due": "asks whether the condition is met, on its day",
    "customer_deadline": "says that the customer’s deadline comes, or that it is gone",
    "tell_deadline": "tells whoever acts of the customer’s deadline",
    "date_passed": "brings the cards up to date, once their day is over",
    "ask_shipped": "asks whether it has shipped",
    "review": "asks for the review, four weeks after it shipped",
    "learning_check": "asks for the learning check",
    "revisit": "looks again at a no",
    "digest": "posts the digest of open decisions",
    "draft": "asks the assistant for a draft",
}
"""Each kind of follow-up, as the strip says it."""


class Live:
    """A stage whose bot works by itself: a heart looks for due work; travelling holds its breath meanwhile."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.cast: Company
        self._moving = threading.RLock()
        self._stopped = threading.Event()
        self._heart = threading.Thread(target=self._beat, name="heart", daemon=True)

    def open(self) -> None:
        """Found the company: from here on the page can be looked at."""
        self.began = seeds.last_morning(datetime.now(UTC))
        self.stage.clock.set(seeds.start_of_history(self.began))
        self.cast = company.found(self.stage)
        self.stage.slack.time_machine = self

    def catch_up(self) -> None:
        """Let it live until today, in the sight of whoever looks; then begin to beat."""
        slack = self.stage.slack
        with slack.moving:
            slack.world.changed("clock", moving=True)
            waiting = seeds.live_through(self.stage, self.cast, self.began)
        slack.world.changed("clock", moving=False)
        slack.tour = tour.steps(self.cast, waiting)
        self._heart.start()

    def stop(self) -> None:
        self._stopped.set()
        if self._heart.ident:
            self._heart.join(timeout=10)

    def _beat(self) -> None:
        while not self._stopped.wait(BEAT):
            if not self._moving.acquire(blocking=False):
                continue
            try:
                while self.stage.bot.due.run_once() or self.stage.bot.outbox.run_once():
                    pass
            except ThresholdError as error:
                log.warning("the heart missed a beat: %s", error.sentence)
            finally:
                self._moving.release()

    # ── what the page's time bar asks ───────────────────────────────────────────────────────────────────

    def travel(self, to: datetime) -> None:
        """Move both clocks; what falls due on the way happens in order."""
        with self._moving:
            self.stage.travel(to)

    def upcoming(self, limit: int) -> list[Upcoming]:
        """What the bot has dated next: when, what and why, for whom."""
        with self.stage.bot.db.read() as session:
            rows = follow_ups.next_follow_ups(session, self.stage.ws.id, limit * 4)
            decisions = {d.id: d for d in follow_ups.decisions_of(session, rows)}
            now = self.stage.clock.now()
            real = [row for row in rows if _will_happen(session, row, decisions.get(row.decision_id or 0), now)]
        return [_upcoming(row, decisions.get(row.decision_id or 0), self.cast.names) for row in real[:limit]]


def _will_happen(session: Session, row: FollowUp, d: Decision | None, now: datetime) -> bool:
    """Whether it would still be said, as things stand: a decided decision reminds nobody."""
    if d is None or row.kind in ("left_alone", "expire"):  # these look at how long nobody touched it
        return d is None or d.status in OPEN - {Status.IN_REVIEW}
    return KINDS[row.kind].still_holds(session, d, row, now) is True


def _upcoming(row: FollowUp, d: Decision | None, people: Mapping[str, str]) -> Upcoming:
    about = f"{d.name}: " if d else ""
    who = people.get(row.recipient, row.recipient)
    return Upcoming(row.due_at, f"{about}{WHY.get(row.kind, row.kind)}", f"#{who}" if row.kind == "digest" else who)
