"""What became of a message of the outbox: sent, tried again later, given up, or left to a newer release."""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.db import claims, outgoing, posted_cards, queries
from app.db.leases import Leases
from app.db.models import Outbox
from app.db.session import Database
from app.domain.message_kinds import NoticeKind
from app.slack.errors import Means
from app.slack.notice_delivery import NoticeDelivery, Unknown
from app.slack.outbox_rows import Row, Sent
from app.telemetry import metrics
from app.workflows import digests, monthly_insights
from app.workflows.cards import card
from app.workflows.monthly_insights import INSIGHTS, PICTURE
from app.workflows.notifying import tell

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 12
FAULT_WAITS = (2.0, 8.0, 32.0)
"""Seconds until a message is tried again that failed by a fault of ours; after the last of them it is given up. More
tries change little: what can't be drawn now can't be drawn in an hour, and the audit comes back to it in a day."""
MOST_REMEMBERED = 10_000
"""Ids of messages that were named in the log already."""
OLDEST = timedelta(days=7)
"""A message that met nothing but Slack's own trouble is given up when it is both: often tried, and this old."""


class Results:
    """Marks rows, each in a transaction of its own."""

    def __init__(self, db: Database, leases: Leases, notices: NoticeDelivery, clock: Callable[[], datetime]):
        self.db, self.leases, self.notices, self.clock = db, leases, notices, clock
        self._named: set[int] = set()
        """What was said to be left to a newer release: it comes by again and again."""

    def done(self, row: Row, result: str, sent: Sent | None) -> None:
        with self.db.begin() as session:
            if sent is not None and row.kind == "digest":
                digests.posted(session, row.workspace, sent.channel, sent.ts, sent.names, self.clock())
            if sent is None or not sent.kind or sent.as_before or row.decision is None:
                outgoing.done(session, row.workspace, row.id, row.key, self.clock(), result)
            elif sent.anew:
                self._done_anew(session, row, row.decision, result, sent)
            else:
                outgoing.done(session, row.workspace, row.id, row.key, self.clock(), result)
                posted_cards.move_card(
                    session, row.workspace, row.decision, sent.kind, row.recipient,
                    channel=sent.channel, ts=sent.ts, shown=sent.shown,
                )  # fmt: skip

    def _done_anew(self, session: Session, row: Row, decision_id: int, result: str, sent: Sent) -> None:
        """A message that did not stand there before. Between our look and now somebody may have changed the decision:
        they brought up to date what stood then, and this did not. So we take the decision before it is known that this
        one stands: whoever changes it after us finds it, whoever changed it before us has counted it on.
        ``tests/e2e/test_overtaken_messages.py`` has them meet.
        """
        decision = queries.decision(session, row.workspace, decision_id, lock=True)
        if not outgoing.done(session, row.workspace, row.id, row.key, self.clock(), result):
            return  # whoever it was for was erased meanwhile, and is remembered nowhere
        if decision is None or (sent.kind == "requester" and row.recipient != decision.requester_id):
            return  # it is gone; or somebody took it over, and whose card this was is none of its people any more
        posted_cards.remember_card(
            session, row.workspace, decision.id, sent.kind, row.recipient,
            channel=sent.channel, ts=sent.ts, shown=sent.shown,
        )  # fmt: skip
        if decision.version != sent.version:
            session.flush()
            if row.kind == "notice":
                self.notices.look_again(session, decision, row, sent.kind)
            else:
                card(session, decision, row.kind, row.recipient, self.clock())

    def failed(self, row: Row, error: Exception) -> float | None:
        """A fault of ours, not of Slack's."""
        metrics.FAULTS.labels("outbox").inc()
        log.debug("outbox %s (%s) failed", row.id, row.kind, exc_info=error)
        if row.faults >= len(FAULT_WAITS):
            self.give_up(row.id, row.kind, error)
            return None
        metrics.RETRIES.labels("outbox").inc()
        due_at = self.clock() + timedelta(seconds=FAULT_WAITS[row.faults])
        with self.db.begin() as session:
            args = {**row.args, Row.FAULTS: row.faults + 1}
            claims.put_off(session, [row.id], self.leases.name, due_at, counted=True, args=args)
        return 0.0

    def again(self, row: Row, wait: float) -> float | None:
        if row.attempts >= MOST_ATTEMPTS and self.clock() - row.created_at > OLDEST:
            self.give_up(row.id, row.kind, None)
            return None
        metrics.RETRIES.labels("outbox").inc()
        self.put_back({wait: [row.id]}, counted=True)
        return wait

    def give_up(self, id: int, kind: str, error: Exception | None) -> None:
        """Not tried again, and named once: by whoever gave it up, and while it was still theirs."""
        with self.db.begin() as session:
            ours = claims.give_up(session, Outbox, id, self.leases.name, self.clock())
        if ours:
            metrics.gave_up("outbox", kind)
            why = "a fault of ours" if error else "Slack's own trouble"
            log.error("outbox %s (%s) is given up: %s", id, kind, why, exc_info=error)

    def leave(self, row: Row, unknown: Unknown) -> None:
        if row.id not in self._named:
            if len(self._named) >= MOST_REMEMBERED:
                self._named.clear()
            self._named.add(row.id)
            metrics.LEFT.labels("outbox").inc()
            log.warning("outbox %s (%s) is left to a newer release: %s", row.id, row.kind, unknown)
        self.leases.leave(Outbox, row.id)

    def put_back(self, later: Mapping[float, Sequence[int]], *, counted: bool = False) -> None:
        """Give rows back, by the seconds until each is tried again. ``counted``: as an attempt that failed."""
        if later:
            with self.db.begin() as session:
                for wait, ids in later.items():
                    due_at = self.clock() + timedelta(seconds=wait)
                    claims.put_off(session, ids, self.leases.name, due_at, counted=counted)

    def still_shown(self, row: Row) -> None:
        """What was made private stands somewhere all the same: whoever did it hears so, and can act."""
        with self.db.begin() as session:
            decision = queries.decision(session, row.workspace, row.decision or 0)
            if decision is not None and decision.private:
                args = {"channel": row.recipient}
                tell(session, decision, decision.requester_id, NoticeKind.STILL_SHOWN, self.clock(), **args)

    def place_gone(self, row: Row, code: str, means: Means) -> None:
        """A channel takes nothing from us now. Whoever set its digest is told once; so is the requester of a decision:
        its news will come to them."""
        archived = code == "is_archived"
        with self.db.begin() as session:
            if row.kind == "digest":
                why = digests.ARCHIVED if archived else digests.RESTRICTED if "restricted" in code else digests.NOT_IN
                since = datetime.fromisoformat(str(row.args["since"]))
                digests.not_posted(session, row.workspace, row.recipient, why, since, self.clock())
                return
            if row.kind in (INSIGHTS, PICTURE):
                if archived or means is Means.PLACE_GONE:
                    monthly_insights.channel_gone(session, row.workspace, row.recipient)
                return
            why = "archived" if archived else "gone" if means is Means.PLACE_GONE else "not_in"
            decision = queries.decision(session, row.workspace, row.decision or 0)
            if decision is not None and "channel_gone" not in queries.said(session, decision):
                tell(
                    session,
                    decision,
                    decision.requester_id,
                    NoticeKind.CHANNEL_GONE,
                    self.clock(),
                    channel=row.recipient,
                    why=why,
                )
