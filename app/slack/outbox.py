"""Delivers what was said: after the commit, in order, at Slack's pace, once.

A row is claimed with a lease, rendered from the state as it is now, sent, and marked. A send whose fate is unknown
(the process died, the answer never came) is looked up by the key that travels with the message before it is sent again.

Each row stands alone: what fails in one of them, other than the database, ends that one's attempt and nothing else.
"""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from slack_sdk.errors import SlackApiError

from app.db import claims
from app.db.leases import Leases
from app.db.models import Outbox
from app.db.session import Database
from app.domain.errors import Busy
from app.slack.directory import Directory
from app.slack.errors import Means, NoAnswer, code_of, meaning, retry_after
from app.slack.loading import Cases
from app.slack.notice_delivery import Unknown
from app.slack.outbox_results import Results
from app.slack.outbox_rows import ERRANDS, IN_CHANNELS, KINDS, NoMore, Row, TakenOver
from app.slack.sending import Sending
from app.slack.workspaces import NotInstalled, Refreshing, Workspaces
from app.telemetry import metrics, traces
from app.telemetry.about import about
from app.telemetry.pools import InHand, Pulse

log = logging.getLogger(__name__)

PACE = 1.0
"""Seconds between two new messages in one channel (Slack: about one a second a channel)."""
UNINSTALLED = 60.0
"""Seconds until a message is looked at again for whose workspace there is no token."""
WAITED_FOR_NEWER = timedelta(days=1)
"""What this release does not know is left to a newer one for so long: then none is coming."""
GIVE_WAY = 0.025
"""Seconds that a step of a message waits for the acks in hand, at most: a person, and Slack's three seconds, go first.
"""


metrics.expect_kinds("outbox", KINDS)


class OutboxWorker:
    """One worker that delivers the outbox. Any number of them may run beside each other on one database."""

    def __init__(
        self,
        db: Database,
        workspaces: Workspaces,
        directory: Directory,
        clock: Callable[[], datetime],
        *,
        assistant: bool,
        leases: Leases | None = None,
        pace: float = PACE,
        acks: InHand | None = None,
        decisions_url: str | None = None,
    ):
        self._acks = acks or InHand()
        self.leases = leases or Leases(db, clock)
        self.db, self.directory, self.clock, self.pace = db, directory, clock, pace
        self.sending = Sending(
            db, workspaces, clock, directory=directory, assistant=assistant, holds=self._holds,
            give_way=self._give_way, decisions_url=decisions_url,
        )  # fmt: skip
        self.results = Results(db, self.leases, self.sending.notices, clock)
        self._woken = threading.Event()
        self._closing = threading.Event()
        self._turn = threading.Lock()
        """Held while it is decided whether one more message is begun."""
        self._sending: int | None = None
        self._stranded: list[int] = []
        """What was claimed when the database went away."""
        self._more = False
        """The last look found as much as it may take: there is more. What comes in meanwhile wakes us."""
        self._thread: threading.Thread | None = None
        self.pulse = Pulse()
        """Beats with every look into the outbox, and with every row that was dealt with."""

    # ── the worker ──────────────────────────────────────────────────────────────────────────────────────

    def start(self) -> None:
        self.pulse.beat()
        self._thread = threading.Thread(target=self._work, name="outbox", daemon=True)
        self._thread.start()

    def start_anew(self) -> None:
        """Begin beside a worker that hangs, or that is gone. Should it ever go on, it stops after the row it holds,
        whose lease is no longer renewed: whoever takes that row looks it up before it is sent again."""
        held = self._sending
        with suppress(Busy):
            self.leases.give_back(Outbox, but=held)
        if held is not None:
            self.leases.drop(Outbox, held)
        self.start()

    @property
    def at_work(self) -> bool:
        """Whether there is a worker; that it goes on is what the pulse tells."""
        return self._thread is not None and self._thread.is_alive()

    def wake(self) -> None:
        """Something was committed: look now."""
        self._woken.set()

    def let_go(self) -> None:
        """Take up nothing more. What is in hand and not yet on its way is given back, for others to send at once.

        Raises:
            Busy: the database is away; then the leases run out by themselves.
        """
        with self._turn:
            self._closing.set()
        self._woken.set()
        self.leases.give_back(Outbox, but=self._sending)

    def close(self, timeout: float = 10.0) -> None:
        """Finish the message in hand and stop."""
        self._closing.set()
        self._woken.set()
        if self._thread:
            self._thread.join(timeout=timeout)

    def _work(self) -> None:
        away = stumbled = ""
        while not self._over():
            self._woken.wait(timeout=1.0)
            self._woken.clear()
            self._give_way()
            try:
                while self.run_once() and self._more:
                    pass
                if away or stumbled:
                    log.info("the outbox goes on")
                away = stumbled = ""
            except Busy as error:
                if error.why != away:  # said once, not twice a second
                    log.warning("the outbox waits: %s", error.why)
                away = error.why
                time.sleep(0.5)
            except Exception as error:
                if type(error).__name__ != stumbled:  # as above: the watchdog tells for how long
                    log.exception("the outbox stumbled")
                stumbled = type(error).__name__
                time.sleep(0.5)

    def _give_way(self) -> None:
        """At every step of a message: while it is computed here, an ack would wait for the processor."""
        self._acks.let_by(GIVE_WAY)

    def _left_behind(self) -> bool:
        """Whether another worker took over while this one hung: what it had in hand is no longer its own."""
        return threading.current_thread().name == "outbox" and threading.current_thread() is not self._thread

    def _over(self) -> bool:
        return self._closing.is_set() or self._left_behind()

    def _holds(self, id: int) -> bool:
        return not self._left_behind() and self.leases.mine(Outbox, id)

    def run_once(self, limit: int = 20) -> int:
        """Deliver what is due, at most ``limit``. Returns how many rows were dealt with for good."""
        if self._over():
            return 0
        try:
            done = self._round(limit)
        except Busy:
            raise
        except Exception:
            self.pulse.failed()
            raise
        self.pulse.went_well()
        return done

    def _round(self, limit: int) -> int:
        with self.pulse.work():
            self._free_stranded()
            rows = self._claim(limit)
        later: dict[float, list[int]] = {}
        try:
            try:
                with self.pulse.work():
                    return self._deliver_all(rows, later)
            finally:
                self.results.put_back({} if self._left_behind() else later)
        except Busy:  # the database went away, or somebody held it: as soon as it is back these are free again
            self._stranded = [] if self._left_behind() else [row.id for row in rows]
            raise
        finally:  # what is left was not to be had
            for row in [] if self._left_behind() else rows:
                self.leases.drop(Outbox, row.id)

    def _free_stranded(self) -> None:
        """What is done or was put back is not touched. Of the others one may have been sent: each was an attempt, and
        is looked up before it is sent."""
        if self._stranded:
            with self.db.begin() as session:
                claims.put_off(session, self._stranded, self.leases.name, self.clock(), counted=True)
            self._stranded = []

    def _claim(self, limit: int) -> list[Row]:
        """Messages to be sent now. Where one of them can't even be read, each is read alone, and that one given up."""
        given = (self.clock(), self.leases.until(), limit, self.leases.name, self.leases.left(Outbox))
        try:
            with self.db.begin() as session:
                rows = [Row.of(one) for one in claims.claim_outbox(session, *given)]
            many = len(rows)
        except claims.UNREADABLE:
            with self.db.begin() as session:
                ids = claims.claim_ids(session, Outbox, *given)
            rows, many = [row for id in ids if (row := self._read(id)) is not None], len(ids)
        self.leases.take(Outbox, [row.id for row in rows])
        metrics.CLAIMS.labels("outbox").inc(many)
        self._more = many == limit
        return rows

    def _read(self, id: int) -> Row | None:
        try:
            with self.db.read() as session:
                found = claims.claimed(session, Outbox, id, self.leases.name)
                return Row.of(found) if found is not None else None
        except claims.UNREADABLE as error:
            metrics.FAULTS.labels("outbox").inc()
            self.results.give_up(id, "unreadable", error)
            return None

    def _deliver_all(self, rows: list[Row], later: dict[float, list[int]]) -> int:
        """Into ``later`` goes what has to wait, by how many seconds."""
        cases, done = Cases(), 0
        held: dict[tuple[str, str], float] = {}  # recipients who wait, and how long
        for row in rows:
            self.pulse.beat()
            if row.to not in held and (wait := self._pause_for(row)) > 0:
                held[row.to] = wait
            if row.to in held:
                later.setdefault(held[row.to], []).append(row.id)
                continue
            self._give_way()
            if not self.leases.mine(Outbox, row.id):
                continue
            with self._turn:
                if self._closing.is_set():
                    self.leases.give_back(Outbox)
                if self._over():
                    return done
                self._sending = row.id
            try:
                with about(workspace=row.workspace):
                    retry = self._deliver_alone(row, cases)
            finally:
                if not self._left_behind():
                    self._sending = None
            if retry is None:
                done += 1
            elif retry > 0:
                held[row.to] = retry
        return done

    def _deliver_alone(self, row: Row, cases: Cases) -> float | None:
        """As ``_deliver``; whatever is wrong with this row, those beside it and behind it go on. 0.0: it is tried again
        later, or left to a newer release, and nobody behind it waits."""
        try:
            with traces.span("outbox", str(row.args.get("trace") or ""), kind=row.kind, workspace=row.workspace):
                return self._deliver(row, cases)
        except Busy:  # the database: nothing can be told about any row
            raise
        except Unknown as unknown:
            if self.clock() - row.created_at <= WAITED_FOR_NEWER:
                self.results.leave(row, unknown)
                return 0.0
            return self.results.failed(row, unknown)
        except Exception as error:  # noqa: BLE001 — said where it is given up
            return self.results.failed(row, error)

    def _pause_for(self, row: Row) -> float:
        """Seconds until the next new message may go to this recipient. Edits are not counted."""
        last = self.sending.posting.last_post.get(row.to)
        if last is None or row.kind in ("home", "settle"):
            return 0.0
        left = last + self.pace - time.monotonic()
        if left <= 0:
            del self.sending.posting.last_post[row.to]
            return 0.0
        return left

    def _deliver(self, row: Row, cases: Cases) -> float | None:
        """Send one row. None: done for good; otherwise the seconds until it is tried again."""
        try:
            sent = self.sending.send(row, cases)
        except SlackApiError as error:
            return self._refused(row, error)
        except Refreshing:
            self.results.put_back({1.0: [row.id]})
            return 1.0
        except NoMore:
            return None
        except TakenOver:
            log.warning("outbox %s (%s) was taken over while it hung here", row.id, row.kind)
            return None
        except NotInstalled:  # goes on where it stood once the app is installed again
            self.results.put_back({UNINSTALLED: [row.id]})
            return UNINSTALLED
        except NoAnswer as error:
            log.warning("outbox %s (%s): Slack did not answer: %s", row.id, row.kind, error.how)
            return self.results.again(row, min(60.0, 2.0 ** min(row.attempts, 6) / 2))
        self._give_way()
        self.results.done(row, "sent" if sent or row.kind in ERRANDS else "moot", sent)
        metrics.OUTBOX_SECONDS.observe((self.clock() - row.created_at).total_seconds())
        return None

    def _refused(self, row: Row, error: SlackApiError) -> float | None:
        means = meaning(error)
        if means is Means.SLOWER:
            wait = retry_after(error)
            self.results.put_back({wait: [row.id]})
            return wait
        if means is Means.AGAIN:
            log.warning("outbox %s (%s): %s", row.id, row.kind, code_of(error))
            return self.results.again(row, min(60.0, 2.0 ** min(row.attempts, 6) / 2))
        if means in (Means.PLACE_GONE, Means.NOT_IN) and row.kind in IN_CHANNELS:
            self.results.place_gone(row, code_of(error), means)
        elif row.kind == "redact":
            self.results.still_shown(row)
        elif means is Means.PERSON_GONE:
            self.sending.posting.forget(row)
            self.directory.ensure(row.workspace, [row.recipient], fresh=True)
        elif means is Means.REFUSED:
            metrics.gave_up("outbox", row.kind)
            log.error("outbox %s (%s): Slack refused it: %s", row.id, row.kind, code_of(error))
        self.results.done(row, str(code_of(error)), None)
        return None
