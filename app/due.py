"""Due work: claims follow-ups with a lease, fires a few in each transaction, and drafts with the assistant.

Nothing is held in memory: what is due stands in the database, and whoever is awake takes it.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, wait
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app import drafting
from app.assistant import Assistant, AssistantDown, Nonsense
from app.db import claims, follow_ups, locks, pruning, queries
from app.db.leases import Leases
from app.db.library import shelving
from app.db.models import Decision, FollowUp
from app.db.newer_decisions import holds_newer
from app.db.session import Database
from app.domain.errors import Busy
from app.domain.memo.parts import Memo
from app.domain.message_kinds import NoticeKind
from app.domain.stored_words import ANSWERED
from app.telemetry import metrics, traces
from app.telemetry.about import about
from app.telemetry.pools import Pool, Pulse
from app.workflows import suggestions
from app.workflows.cards import show
from app.workflows.follow_ups import firing, registry
from app.workflows.follow_ups.drafts import DRAFT
from app.workflows.follow_ups.firing import Unknown
from app.workflows.follow_ups.kind import JOINED
from app.workflows.follow_ups.registry import NAMES
from app.workflows.notifying import tell
from app.workflows.one_by_one import Stuck, alone
from app.workflows.people import installs
from app.workflows.record import replaying, retention
from app.workflows.suggestions import Suggested

log = logging.getLogger(__name__)

metrics.expect_kinds("follow_up", NAMES)

MOST_ATTEMPTS = 8
WAITED_FOR_NEWER = timedelta(days=1)
"""What this release does not know is left to a newer one until it is so late: then none is coming."""
MOST_TOGETHER = 50
"""Follow-ups in one transaction, and how long it takes until it is ended."""
MOST_SECONDS = 0.05


@dataclass(frozen=True)
class Work:
    """A follow-up that was claimed: whose, and which; ``late``: seconds after its moment."""

    workspace: str
    id: int
    kind: str
    about: int | str
    """The decision; where there is none, the recipient."""
    late: float
    attempts: int

    @classmethod
    def of(cls, stored: Any, now: datetime) -> "Work":
        about, late = stored.decision_id or stored.recipient, (now - stored.due_at).total_seconds()
        return cls(stored.workspace_id, stored.id, stored.kind, about, late, stored.attempts)


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
    ):
        """``begun``: the memo as the answers begin it, which a draft rests on while nobody has saved one."""
        self.begun = begun
        self.leases = leases or Leases(db, clock)
        self._closing = threading.Event()
        self.db, self.assistant, self.clock, self.wake = db, assistant, clock, wake
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
            self._say_given_up(id)
        if ours:
            metrics.gave_up("follow_up", kind)
            log.error("follow-up %s (%s) is given up: a fault of ours", id, kind, exc_info=error)

    def _say_given_up(self, id: int) -> None:
        """Somebody waits for a draft: that none comes is said, and their card shows its buttons again."""
        try:
            with self.db.begin() as session:
                work = session.get(FollowUp, id)
                about = (work.workspace_id, work.decision_id or 0) if work else ("", 0)
                decision = queries.decision(session, *about, lock=True)
                if work is not None and decision is not None and not holds_newer(decision):
                    _tell_away(session, decision, work, FAULT, self.clock())
                    show(session, decision, self.clock())
        except Exception as error:
            log.error("that draft %s is given up could not be said", id, exc_info=error)

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
            rows = _open(session, some, self.leases.name)
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
            work = _open(session, [about], self.leases.name).get(about.id)
            if work is not None and work.done_at is None:
                self._mark(session, [(work, firing.fire(session, work, self.clock()))])

    def _mark(self, session: Session, results: list[tuple[FollowUp, firing.Result]]) -> None:
        now, done = self.clock(), list[tuple[FollowUp, str]]()
        for work, result in results:
            if isinstance(result, firing.Defer):
                _defer(session, work, result.until, now)
            else:
                done.append((work, result))
        follow_ups.finish(session, done, now)

    # ── the assistant ───────────────────────────────────────────────────────────────────────────────────

    def _draft(self, about: Work) -> None:
        """Read, ask the model outside any transaction, then leave suggestions for a person to accept. Whatever happens,
        it ends: in suggestions, or in one sentence that says why there are none."""
        now = self.clock()
        with self.db.read() as session:
            work = follow_ups.follow_up(session, about.workspace, about.id)
            decision = queries.decision(session, work.workspace_id, work.decision_id or 0) if work else None
            if work is None or decision is None or work.done_at is not None:
                return None
            if holds_newer(decision):
                raise Unknown(f"{decision.name} was {ANSWERED}")
            if not DRAFT.still_holds(session, decision, work, now):
                return self._drafted(about, None, MOVED_ON)
            asked = drafting.wanted(session, decision, work.args.get("part"), now, self.begun)
        try:
            return self._drafted(about, drafting.ask(self.assistant, asked), None)
        except AssistantDown as down:
            return self._drafted(about, None, Away(down.sentence, again=down.passing or isinstance(down, Nonsense)))
        except Busy:
            raise
        except Exception as error:
            metrics.FAULTS.labels("follow_up").inc()
            log.error("draft %s failed: a fault of ours", about.id, exc_info=error)
            return self._drafted(about, None, FAULT)

    def _drafted(self, about: Work, drafts: dict[str, Suggested] | None, away: "Away | None") -> None:
        now = self.clock()
        with self.db.begin() as session:
            work = _open(session, [about], self.leases.name).get(about.id)
            if work is None or work.done_at is not None:
                return
            work.done_at, work.result = now, "away" if away else "drafted"
            decision = queries.decision(session, work.workspace_id, work.decision_id or 0, lock=True)
            if decision is None:
                return
            new = {
                key: one for key, one in (drafts or {}).items() if one.text.strip() not in ("", one.original.strip())
            }
            for key, one in new.items():
                suggestions.suggest(session, decision, key, one, now)
            if away is None:
                if new:
                    tell(session, decision, work.recipient, NoticeKind.DRAFTED, now, count=len(new))
                else:
                    tell(session, decision, work.recipient, NoticeKind.NOTHING_DRAFTED, now)
            elif away is not MOVED_ON:
                _tell_away(session, decision, work, away, now)
            show(session, decision, now)
        self.wake()


@dataclass(frozen=True)
class Away:
    """Why there is no draft; ``again``: trying again can help."""

    sentence: str
    again: bool


FAULT = Away("Something went wrong on our side, and the log says what.", again=True)
MOVED_ON = Away("", again=False)
"""The decision is no longer at its memo: its card says where it is."""


def _tell_away(session: Session, decision: Decision, work: FollowUp, away: Away, now: datetime) -> None:
    said = {"sentence": away.sentence, "again": away.again}
    if work.args.get("part"):
        said["part"] = work.args["part"]
    tell(session, decision, work.recipient, NoticeKind.ASSISTANT_AWAY, now, **said)


def _open(session: Session, works: Sequence[Work], by: str) -> dict[int, FollowUp]:
    """These, to be done, by their ids, as far as ``by`` still holds them: SQLite gives the id of a last row that was
    deleted to the next one, which is not due yet.

    What they are about comes before them: whoever changes a decision or a plan holds it while they date work anew.
    """
    for workspace in sorted({one.workspace for one in works}):
        here = [one.about for one in works if one.workspace == workspace]
        locks.several_for_change(session, workspace, [about for about in here if isinstance(about, int)])
    for one in sorted(works, key=lambda one: (one.workspace, str(one.about))):
        if isinstance(one.about, str):
            locks.hold_plan(session, one.workspace, one.about)
    held = locks.follow_ups(session, {one.workspace for one in works}, [one.id for one in works])
    return {id: work for id, work in held.items() if work.claimed_by == by}


def together(works: Sequence[Work]) -> list[Work]:
    """Which of these share a transaction: of each decision the first, since a transaction looks at a decision once.

    Decisions come in one order for everybody who locks them, and before what locks none.
    """
    firsts: dict[tuple[str, int | str], Work] = {}
    for work in works:
        if len(firsts) == MOST_TOGETHER:
            break
        firsts.setdefault((work.workspace, work.about), work)
    return sorted(firsts.values(), key=lambda one: (isinstance(one.about, str), str(one.about).rjust(20), one.id))


def _defer(session: Session, work: FollowUp, until: datetime, now: datetime) -> None:
    """The same follow-up, later. Where one stands there already, that one does."""
    twin = follow_ups.stands_already(session, work, until)
    if twin is not None:
        if twin.done_at is None:
            twin.args = work.args  # this one was just found to be true; the other may stand for an older ask
        work.done_at, work.result = now, JOINED
        return
    work.due_at, work.claimed_until, work.claimed_by, work.attempts = until, None, None, 0
