"""Finds what should have happened and didn't, and does it: work that is not dated, cards that never came or lag behind,
digests without a next day, what was given up or is held for ever.

What should be there follows from the rules that the workflows date by (``app.workflows.follow_ups.registry``) and from
the cards that they show. Nothing is missing in a healthy database: whatever is found was lost, by a fault of ours or by
hand. A look takes no lock; what it finds is looked at again under the decision's lock, and mended in one
transaction, so that any number of replicas may audit beside each other and nobody gets anything twice.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.orm import Session

from app.db import auditor_queries, claims, locks, outgoing, posted_cards, queries
from app.db.models import Card, Decision, FollowUp
from app.db.newer_decisions import holds_newer
from app.db.session import Database
from app.domain.answers import Result
from app.domain.errors import Busy
from app.domain.lifecycle import Status
from app.domain.message_kinds import NOTICE
from app.telemetry import metrics
from app.workflows import admission, cards, notifying
from app.workflows.digests import date_digest
from app.workflows.follow_ups import registry
from app.workflows.follow_ups.kind import GIVEN_UP, Dated, Known, date_all
from app.workflows.follow_ups.registry import AGAIN_AFTER
from app.workflows.monthly_insights import date_monthly

log = logging.getLogger(__name__)

BATCH = 200
"""Decisions that are looked at together."""

FAULT = "fault"
"""What a finding is about that says: this could not even be looked at."""

LONGEST_HOLD = timedelta(hours=1)
"""Longer than any lease, and than any pause that Slack asks for."""

KEPT_FOR = timedelta(days=30)
"""A message that was given up is worth another attempt while it is younger."""

EDITED = frozenset({"requester", "owner", "signer", "asked", "reader", "status"})
"""Cards that follow their decision."""

IsOutdated = Callable[[Session, Decision, Card, datetime], bool]
Mend = Callable[[], None]


@dataclass(frozen=True)
class Finding:
    """One thing that should be there and isn't. ``what``: follow_up · card · digest · message · lease · fault."""

    workspace: str
    about: str  # D-42, or a channel's id
    what: str
    said: str

    def __str__(self) -> str:
        return f"{self.workspace} {self.about}: {self.said}."


class Auditor:
    """``is_outdated``: whether a card in Slack is behind its decision; it takes whoever knows how cards look."""

    def __init__(self, db: Database, clock: Callable[[], datetime], wake: Callable[[], None], is_outdated: IsOutdated):
        self.db, self.clock, self.wake, self.is_outdated = db, clock, wake, is_outdated
        self._named: set[str] = set()
        """What could not be looked at, and was named with its traceback: the next hour finds it again."""

    def hourly(self) -> None:
        """Audit and mend, unless another replica has done so in this hour of the clock."""
        now = self.clock()
        try:
            with self.db.begin() as session:
                if not admission.first_time(session, "", f"audit {now:%Y-%m-%dT%H}", now):
                    return
            for one in self.run():
                (metrics.FAULTS.labels("audit") if one.what == FAULT else metrics.MENDED.labels(one.what)).inc()
        except Busy as error:
            log.warning("the audit waits for the next hour: %s", error.why)

    def to_look_at(self) -> int:
        """How many decisions a run looks at."""
        with self.db.read() as session:
            known = auditor_queries.workspaces(session)
            return sum(auditor_queries.how_many(session, workspace, registry.OWING) for workspace in known)

    def run(self, *, mend: bool = True, step: Callable[[int], object] = lambda _more: None) -> list[Finding]:
        """Everything that is missing. With ``mend`` it is there afterwards. ``step`` is told of
        the decisions looked at.

        Raises:
            Busy: the database is away.
        """
        with self.db.read() as session:
            workspaces = auditor_queries.workspaces(session)
        found = list[Finding]()
        for workspace in workspaces:
            found += self._alone(workspace, "its digests and leases", partial(self._around, workspace, mend))
            found += self._alone(workspace, "its decisions", partial(self._decisions, workspace, mend, step))
        for one in found:
            if one.what != FAULT:
                log.warning("audit: %s", one)
        if found and mend:
            self.wake()
        return found

    def _alone(self, workspace: str, about: str, step: Callable[[], Iterable[Finding]]) -> list[Finding]:
        """What a step finds. One that fails is named, once in the log, and ends no other."""
        try:
            return list(step())
        except Busy:
            raise
        except Exception:
            if (whose := f"{workspace} {about}") not in self._named:
                self._named.add(whose)
                log.exception("audit: %s could not be looked at", whose)
            return [Finding(workspace, about, FAULT, "could not be looked at; the log says why")]

    def _around(self, workspace: str, mend: bool) -> Iterator[Finding]:
        """What belongs to no decision: leases that nobody can hold, digests without a next day."""
        now = self.clock()
        with self.db.read() as session:
            held = auditor_queries.held_too_long(session, workspace, now + LONGEST_HOLD)
            plans = [plan.channel_id for plan in auditor_queries.plans_without_a_date(session, workspace)]
            monthly = [plan.channel_id for plan in auditor_queries.monthly_without_a_date(session, workspace)]
        if held:
            said = f"{held} {'is' if held == 1 else 'are'} held until a moment that no lease reaches"
            yield Finding(workspace, "outbox and follow-ups", "lease", said)
        for channel in plans:
            yield Finding(workspace, channel, "digest", "its digest is on, and has no next day")
        for channel in monthly:
            yield Finding(workspace, channel, "digest", "its monthly insights are on, and have no next day")
        if mend and (held or plans or monthly):
            with self.db.begin() as session:
                for channel in sorted({*plans, *monthly}):
                    plan = locks.hold_plan(session, workspace, channel)
                    if plan is not None and plan.on and channel in plans:  # still, now that nobody else changes it
                        date_digest(session, plan, now)
                    if plan is not None and plan.monthly:
                        date_monthly(session, plan, now)
                auditor_queries.let_go(session, workspace, now + LONGEST_HOLD, now)

    def _decisions(self, workspace: str, mend: bool, told: Callable[[int], object]) -> Iterator[Finding]:
        last = 0
        while True:
            with self.db.read() as session:
                names = auditor_queries.names_after(session, workspace, registry.OWING, last, BATCH)
            for id, findings in self._lacking(workspace, names):
                step = partial(self._mend, workspace, id)
                yield from self._alone(workspace, names[id], step) if mend else findings
            told(len(names))
            if len(names) < BATCH:
                return
            last = max(names)

    def _lacking(self, workspace: str, names: Mapping[int, str]) -> Iterator[tuple[int, list[Finding]]]:
        """Which of these lack something, and what. Where one of them fails, each is looked at alone."""
        try:
            yield from self._found(workspace, names).items()
            return
        except Busy:
            raise
        except Exception as error:  # noqa: BLE001 — said of the one that it comes from
            log.info("the audit looks at each by itself: %s", type(error).__name__)
        for id, name in names.items():
            found = self._alone(workspace, name, partial(self._found_in, workspace, id))
            if found:
                yield id, found

    def _found(self, workspace: str, ids: Iterable[int]) -> dict[int, list[Finding]]:
        now = self.clock()
        with self.db.read() as session:
            decisions = auditor_queries.decisions(session, workspace, registry.OWING, ids)
            return {
                decision.id: [one for one, _ in ones]
                for decision, ones in self._look(session, workspace, decisions, now)
            }

    def _found_in(self, workspace: str, id: int) -> list[Finding]:
        return self._found(workspace, [id]).get(id, [])

    def _mend(self, workspace: str, id: int) -> list[Finding]:
        """The same look under the decision's lock: what somebody else did meanwhile is not done again."""
        now = self.clock()
        with self.db.begin() as session:
            decision = queries.decision(session, workspace, id, lock=True)
            if decision is None or not (decision.status in registry.OWING or decision.revisit_on):
                return []
            found = [one for _, ones in self._look(session, workspace, [decision], now) for one in ones]
            for _, mend in found:
                mend()
        return [one for one, _ in found]

    # ── what is missing ─────────────────────────────────────────────────────────────────────────────────

    def _look(
        self, session: Session, workspace: str, decisions: Sequence[Decision], now: datetime
    ) -> Iterator[tuple[Decision, list[tuple[Finding, Mend]]]]:
        """Decisions that lack something, with what they lack and how it is mended."""
        ids = [decision.id for decision in decisions]
        rows = auditor_queries.follow_ups_of(session, workspace, ids)
        events = auditor_queries.events_of(session, workspace, ids, registry.DATING)
        shown = auditor_queries.cards_of(session, workspace, ids)
        messages = auditor_queries.messages_of(session, workspace, ids)
        for decision in decisions:
            if holds_newer(decision):  # a newer release knows what is missing there
                continue
            about = {key[1:]: one for key, one in messages.items() if key[0] == decision.id}
            found = [
                *_undated(session, decision, Known(rows.get(decision.id, ()), events.get(decision.id, ())), now),
                *_unshown(session, decision, shown.get(decision.id, ()), about, now),
                *self._behind(session, decision, shown.get(decision.id, ()), about, now),
            ]
            if any(GIVEN_UP in one.results for one in about.values()):
                found += _given_up(session, decision, now)
            if found:
                yield decision, found

    def _behind(
        self, session: Session, decision: Decision, shown: Sequence[Card], about: "Messages", now: datetime
    ) -> Iterator[tuple[Finding, Mend]]:
        """Cards that nobody brought up to date since the decision was touched, and that would look otherwise now."""
        for one in shown:
            notice = one.kind.startswith(NOTICE)
            kind = "settle" if notice else one.kind
            sent = about.get((kind, one.recipient), auditor_queries.NONE)
            whole = one.shown != posted_cards.IN_PART
            fresh = sent.waiting or (whole and sent.last_done is not None and sent.last_done >= decision.touched_at)
            if fresh or not (notice or kind in EDITED) or not self.is_outdated(session, decision, one, now):
                continue
            said = f"the {'notice' if notice else kind + ' card'} for {one.recipient} shows an older state"
            yield _finding(decision, "card", said), _card(session, decision, kind, one.recipient, now)


Messages = dict[tuple[str, str], auditor_queries.Messages]
"""By (kind, recipient)."""


def _finding(decision: Decision, what: str, said: str) -> Finding:
    return Finding(decision.workspace_id, decision.name, what, said)


def _undated(session: Session, decision: Decision, known: Known, now: datetime) -> Iterator[tuple[Finding, Mend]]:
    for one in registry.owed(session, decision, known, now):
        said = f"{one.kind} for {one.recipient} is not dated; it belongs on {one.due_at:%Y-%m-%d %H:%M} UTC"
        yield _finding(decision, "follow_up", said), _date(session, decision, known, one)


def _date(session: Session, decision: Decision, known: Known, one: Dated) -> Mend:
    """Date it; what failed at that very moment gets its attempts back instead."""

    def mend() -> None:
        failed = [row for row in known.of(one.kind, one.recipient) if _is(row, one) and row.result == GIVEN_UP]
        for row in failed:
            row.done_at, row.result, row.attempts, row.claimed_until, row.args = None, None, 0, None, one.args
        if not failed:
            date_all(session, decision, [one])

    return mend


def _is(row: FollowUp, one: Dated) -> bool:
    return row.due_at == one.due_at


def _unshown(
    session: Session, decision: Decision, shown: Sequence[Card], about: Messages, now: datetime
) -> Iterator[tuple[Finding, Mend]]:
    """Cards that never came, or whose place was forgotten. One that Slack refused is not pressed on anybody."""
    stands = {(card.kind, card.recipient) for card in shown}
    for kind, recipient in [
        *cards.cards_of(session, decision, [(one.kind, one.recipient) for one in shown]),
        *_asked(session, decision),
    ]:
        sent = about.get((kind, recipient), auditor_queries.NONE)
        if (kind, recipient) in stands or sent.waiting:
            continue
        if "sent" in sent.results:
            said = f"where the {kind} card for {recipient} stands was forgotten"
            yield _finding(decision, "card", said), _card(session, decision, kind, recipient, now, lost=True)
        elif sent.last_done is None or (sent.results <= {GIVEN_UP} and sent.last_done < now - AGAIN_AFTER):
            said = f"the {kind} card for {recipient} never came"
            yield (
                _finding(decision, "card", said),
                _card(session, decision, kind, recipient, now, lost=sent.last_done is not None),
            )


def _asked(session: Session, decision: Decision) -> list[tuple[str, str]]:
    """Whoever has the question of the rung below, from us."""
    if decision.status is not Status.HELD:
        return []
    waiting = {one.who for one in decision.answers.tried or () if one.who and one.result is Result.NO_ANSWER}
    asked = [str(e.detail.get("person")) for e in queries.history(session, decision) if e.what == "ask_below"]
    return [("asked", who) for who in dict.fromkeys(asked) if who in waiting]


def _card(
    session: Session, decision: Decision, kind: str, recipient: str, now: datetime, *, lost: bool = False
) -> Mend:
    def mend() -> None:
        if (kind, recipient) not in outgoing.waiting_about(session, decision):
            notifying.send(
                session, decision.workspace_id, kind, recipient, now, decision, **({"lost": True} if lost else {})
            )

    return mend


def _given_up(session: Session, decision: Decision, now: datetime) -> Iterator[tuple[Finding, Mend]]:
    """What Slack would not take for a week, and may take now. It is looked up first: it may have arrived after all."""
    for row in auditor_queries.given_up(
        session, decision.workspace_id, [decision.id], now - AGAIN_AFTER, now - KEPT_FOR
    ):

        def mend(id: int = row.id) -> None:
            claims.revive(session, decision.workspace_id, id, now)

        yield _finding(decision, "message", f"a message to {row.recipient} was given up"), mend
