"""Due work: claims follow-ups with a lease, fires a few in each transaction, and lets the assistant draft.

Nothing is held in memory: what is due stands in the database, and whoever is awake takes it.
"""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app import drafting
from app.assistant import Assistant
from app.assistant.embedding import Embedder
from app.db import claims, follow_ups, locks, pruning
from app.db.leases import Leases
from app.db.library import shelving
from app.db.models import FollowUp
from app.db.session import Database
from app.domain.errors import Busy
from app.domain.memo.parts import Memo
from app.due_drafts import Drafts
from app.due_vectors import Vectors
from app.due_work import Work, open_claimed, put_off, together
from app.telemetry import metrics, traces
from app.telemetry.about import about
from app.telemetry.pools import Pool, Pulse
from app.workflows.follow_ups import firing, registry
from app.workflows.follow_ups.firing import Unknown
from app.workflows.follow_ups.registry import NAMES
from app.workflows.one_by_one import Stuck, alone
from app.workflows.people import installs
from app.workflows.record import replaying, retention

log = logging.getLogger(__name__)

metrics.expect_kinds("follow_up", NAMES)

MOST_ATTEMPTS = 8
WAITED_FOR_NEWER = timedelta(days=1)
"""What this release does not know is left to a newer one until it is so late: then none is coming."""
MOST_SECONDS = 0.05
"""Until a transaction of several follow-ups is ended."""


UNSHELVED = 50
"""Decisions that are put into the library in one go."""


class Due:
    """Finds what is due and does it. Any number of these may run beside each other on one database."""

    def __init__(
        self,
        db: Database,
        assistant: Assistant,
        clock: Callable[[], datetime],
        wake: Callable[[], None],
        leases: Leases | None = None,
        begun: drafting.Begun = lambda session, decision, now: Memo(),
        embedder: Embedder | None = None,
    ):
        """``begun``: the memo as the answers begin it, which a draft rests on while nobody has saved one.
        ``embedder``: reads the library, where there is one."""
        self.leases = leases or Leases(db, clock)
        self.drafts = Drafts(db, assistant, clock, self.leases, begun)
        self.vectors = Vectors(db, embedder, clock) if embedder is not None else None
        self._closing = threading.Event()
        self.db, self.clock, self.wake = db, clock, wake
        self._drafters = Pool("drafter", 2)
        self.pulse = Pulse()
        """Beats with every look, and with every follow-up that was dealt with."""
        self._drafts: list[Future[None]] = []
        self._stuck: dict[type, list[Any]] = {int: [], str: []}
        """Ids of decisions, and of workspaces, whose cleaning up failed."""
        self._named: set[int] = set()
        """What was said to be left to a newer release: it comes by again and again."""

    def run_once(self, limit: int = 100) -> int:
        """Do what is due now, at most ``limit``. Returns how many were taken up."""
        if self._closing.is_set():
            return 0
        claimed = self._claim(limit)
        self.leases.take(FollowUp, [work.id for work in claimed])
        metrics.CLAIMS.labels("follow_up").inc(len(claimed))
        for work in claimed:
            if work.attempts == 1:
                metrics.FOLLOW_UP_LATE_SECONDS.observe(work.late)
        for work in (one for one in claimed if one.kind == "draft"):
            self._begin_draft(work)
        left = [one for one in claimed if one.kind != "draft"]
        while left and not self._closing.is_set():
            self.pulse.beat()
            left = self._fire_some(left)
        if self._closing.is_set():
            self.leases.give_back(FollowUp)
        if claimed:
            self.wake()
        return len(claimed)

    def _claim(self, limit: int) -> list[Work]:
        """What is due now. Where one of the rows can't even be read, each is read alone, and that one given up."""
        now = self.clock()
        given = (now, self.leases.until(), limit, self.leases.name, self.leases.left(FollowUp))
        try:
            with self.db.begin() as session:
                return [Work.of(work, now) for work in claims.claim_follow_ups(session, *given)]
        except claims.UNREADABLE:
            with self.db.begin() as session:
                ids = claims.claim_ids(session, FollowUp, *given)
        found = list[Work]()
        for id in ids:
            try:
                with self.db.read() as session:
                    row = claims.claimed(session, FollowUp, id, self.leases.name)
                    found += [Work.of(row, now)] if row is not None else []
            except claims.UNREADABLE as error:
                self._give_up(id, "unreadable", error)
        return found

    def erase_once(self, after: timedelta) -> bool:
        """Erase one workspace that removed the app ``after`` ago or earlier. Returns whether there was one."""
        if self._closing.is_set():
            return False
        try:
            with self.db.begin() as session:
                erased = installs.erase_forgotten(session, self.clock(), after, self._stuck[str])
        except Stuck as stuck:
            return self._pass_over(stuck, "erased")
        if erased:
            log.info("erased %s, which removed the app %s days ago", erased, after.days)
        return erased is not None

    def forget_once(self, keep: timedelta) -> bool:
        """Take the words out of one decision that closed ``keep`` ago or earlier. Returns whether there was one."""
        if self._closing.is_set():
            return False
        try:
            with self.db.begin() as session:
                forgotten = retention.forget_closed(session, self.clock(), keep, self._stuck[int])
        except Stuck as stuck:
            return self._pass_over(stuck, "forgotten")
        if forgotten:
            log.info("%s was kept for %s days: its words are gone", forgotten, keep.days)
        return forgotten is not None

    def take_up_once(self) -> bool:
        """Find what one verdict of an earlier release was made of. Returns whether there was one."""
        if self._closing.is_set():
            return False
        try:
            with self.db.begin() as session:
                return replaying.take_up_told(session, self.clock(), self._stuck[int]) is not None
        except Stuck as stuck:
            return self._pass_over(stuck, "taken up")

    def shelve_once(self) -> bool:
        """Make the entries of a few decisions that have none: from before there was a library, or by the release
        before. Returns whether there were any."""
        if self._closing.is_set():
            return False
        with self.db.read() as session:
            missing = shelving.unshelved(session, UNSHELVED, self._stuck[int])
        for workspace, id in missing:
            try:
                with self.db.begin() as session, alone(id):
                    decision = locks.for_change(session, workspace, id)
                    if decision is not None:
                        shelving.shelve_anew(session, decision)
            except Stuck as stuck:
                self._pass_over(stuck, "put into the library")
        return bool(missing)

    def read_new(self) -> None:
        """Have the model read what was written lately."""
        if self.vectors is not None and not self._closing.is_set() and self.vectors.read_new():
            self.wake()

    def read_all(self) -> bool:
        """Have the model read what it has not read yet, all of it. Done at once."""
        if self.vectors is not None and not self._closing.is_set():
            self.vectors.read_all()
        return False

    def _pass_over(self, stuck: Stuck, what: str) -> bool:
        """It waits until this process is started anew; the others have their turn."""
        self._stuck[type(stuck.whose)].append(stuck.whose)
        metrics.FAULTS.labels("clean_up").inc()
        log.error("%s can't be %s: a fault of ours", stuck.whose, what, exc_info=stuck)
        return True

    def tidy_once(self) -> bool:
        """Let go of a few hundred rows that have served their time. Returns whether there were any."""
        if self._closing.is_set():
            return False
        with self.db.begin() as session:
            return pruning.prune(session, self.clock(), registry.OWING) > 0

    def _begin_draft(self, about: Work) -> None:
        self._drafts = [one for one in self._drafts if not one.done()]
        with suppress(RuntimeError):  # told to stop this very moment: it is given back
            self._drafts.append(self._drafters.submit(self._guarded, self._draft, about))

    def _draft(self, about: Work) -> None:
        self.drafts.draft(about)
        self.wake()

    def drain(self, timeout: float = 60.0) -> None:
        """Wait for the drafts that are being written, at most ``timeout`` seconds."""
        wait(self._drafts, timeout=timeout)

    @property
    def drafting(self) -> bool:
        """Whether the model is being asked for something."""
        return any(not one.done() for one in self._drafts)

    def let_go(self) -> None:
        """Take up nothing more. What was claimed and is not done is given back, a draft that is being written too.

        Raises:
            Busy: the database is away; then the leases run out by themselves.
        """
        self._closing.set()
        if self.vectors is not None:
            self.vectors.closing = True
        self._drafters.shutdown(wait=False, cancel_futures=True)
        self.leases.give_back(FollowUp)

    def _guarded(self, step: Callable[[Work], None], work: Work) -> None:
        """One follow-up that fails must not stop the others; it is tried again later, and given up at last."""
        with about(workspace=work.workspace), traces.span("follow-up", kind=work.kind, workspace=work.workspace):
            try:
                step(work)
            except Busy as error:
                log.warning("follow-up %s (%s) waits: %s", work.id, work.kind, error.why)
                self._after(work, lambda: self._postpone(work, 1, counted=False))
            except Unknown as error:
                unknown = error
                self._after(work, lambda: self._leave(work, unknown))
            except Exception as error:  # noqa: BLE001 — said where it is given up
                failure = error
                self._after(work, lambda: self._failed(work, failure))
            finally:
                self.leases.drop(FollowUp, work.id)

    def _after(self, work: Work, step: Callable[[], None]) -> None:
        try:
            step()
        except Busy:
            log.warning("follow-up %s keeps its lease until the database is back", work.id)

    def _postpone(self, work: Work, seconds: float, *, counted: bool) -> None:
        """Uncounted where it was no fault of this one's. Nothing of it is read: that may be what failed."""
        free_at = self.clock() + timedelta(seconds=seconds)
        with self.db.begin() as session:
            claims.again_later(session, work.id, self.leases.name, free_at, counted=counted)

    def _failed(self, work: Work, error: Exception) -> None:
        """A fault of ours: tried again, later and later, and given up at last, named once."""
        metrics.FAULTS.labels("follow_up").inc()
        log.debug("follow-up %s (%s) failed", work.id, work.kind, exc_info=error)
        if work.attempts < MOST_ATTEMPTS:
            metrics.RETRIES.labels("follow_up").inc()
            self._postpone(work, 2**work.attempts, counted=True)
            return
        self._give_up(work.id, work.kind, error)

    def _give_up(self, id: int, kind: str, error: Exception) -> None:
        with self.db.begin() as session:
            ours = claims.give_up(session, FollowUp, id, self.leases.name, self.clock())
        if ours and kind == "draft":
            self.drafts.say_given_up(id)
        if ours:
            metrics.gave_up("follow_up", kind)
            log.error("follow-up %s (%s) is given up: a fault of ours", id, kind, exc_info=error)

    def _leave(self, work: Work, unknown: Unknown) -> None:
        """To a newer release, which wrote what this one does not know, for as long as one may still come."""
        if work.late > WAITED_FOR_NEWER.total_seconds():
            self._failed(work, unknown)
            return
        if work.id not in self._named:
            self._named.add(work.id)
            metrics.LEFT.labels("follow_up").inc()
            log.warning("follow-up %s (%s) is left to a newer release: %s", work.id, work.kind, unknown)
        self.leases.leave(FollowUp, work.id)

    def _fire_some(self, works: list[Work]) -> list[Work]:
        """Do the first few together, so that they share a commit; what is left is returned. All of them are done and
        marked, or none is: then each is tried in a transaction of its own, and only the one at fault fails."""
        some = together(works)
        left = [work for work in works if work not in some]
        if len(some) > 1:
            try:
                done = self._fire_together(some)
            except Exception as error:  # noqa: BLE001 — said where it happens again, alone
                log.info("%s follow-ups are done one by one: %s", len(some), type(error).__name__)
            else:
                for work in done:
                    self.leases.drop(FollowUp, work.id)
                return [work for work in some if work not in done] + left
        for work in some:
            self.pulse.beat()
            if self._closing.is_set():
                break
            self._guarded(self._fire, work)
        return left

    def _fire_together(self, some: list[Work]) -> list[Work]:
        """One transaction, of ``MOST_SECONDS`` or little more: acks wait for what it has locked. Returns the done."""
        done, end = list[Work](), time.monotonic() + MOST_SECONDS
        results: list[tuple[FollowUp, firing.Result]] = []
        with self.db.begin() as session:
            rows = open_claimed(session, some, self.leases.name)
            for one in some:
                row = rows.get(one.id)
                with about(workspace=one.workspace), traces.span("follow-up", kind=one.kind, workspace=one.workspace):
                    if row is not None and row.done_at is None:
                        results.append((row, firing.fire(session, row, self.clock())))
                done.append(one)
                if time.monotonic() > end or self._closing.is_set():
                    break
            self._mark(session, results)
        return done

    def _fire(self, about: Work) -> None:
        with self.db.begin() as session:
            work = open_claimed(session, [about], self.leases.name).get(about.id)
            if work is not None and work.done_at is None:
                self._mark(session, [(work, firing.fire(session, work, self.clock()))])

    def _mark(self, session: Session, results: list[tuple[FollowUp, firing.Result]]) -> None:
        now, done = self.clock(), list[tuple[FollowUp, str]]()
        for work, result in results:
            if isinstance(result, firing.Defer):
                put_off(session, work, result.until, now)
            else:
                done.append((work, result))
        follow_ups.finish(session, done, now)
