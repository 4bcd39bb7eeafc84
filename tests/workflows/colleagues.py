"""A small company for the workflow tests: people, a ladder, a clock that is an argument, and short ways to a state."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app.db import locks, queries
from app.db.models import AuditEvent, Decision, FollowUp, Outbox, Person, Seat
from app.db.session import Database
from app.domain.answers import (
    Answers,
    Attempt,
    Commitment,
    Costs,
    Deadline,
    Effect,
    Likelihood,
    Result,
    Trial,
    Undo,
    UndoCost,
)
from app.domain.ladder import BAR_RAISER, Rung
from app.domain.memo.parts import Memo, Prediction
from app.domain.reading.amounts import Amount, Rate
from app.domain.signing.signoff import Answer
from app.domain.triage.questions import Question
from app.workflows import memo, opening
from app.workflows.admission import Actor
from app.workflows.follow_ups import firing
from app.workflows.people import ladders
from app.workflows.signing import sending, signoffs
from app.workflows.triage import answering, intake, verdicts

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
TEAM = "T1"
CHANNEL = "C1"
ADA = "UADA"
"""Owns the workspace in Slack, and takes part in nothing."""

RITA, OTTO, MIA, DANA, VERA, BEA, PAT, EVE = "URITA", "UOTTO", "UMIA", "UDANA", "UVERA", "UBEA", "UPAT", "UEVE"
"""Requester, owner; manager, director, VP, bar raiser of the channel's ladder; a peer; a colleague outside of it.
Dana is Vera's deputy, and Eve is Bea's."""


def called(user: str) -> str:
    """How somebody is called: Rita, for her id in Slack."""
    return user.removeprefix("U").title()


MEMO = Memo(
    decision="Customers may return a holiday gift until 15 January instead of for 30 days.",
    one_way="Once it is announced to customers, taking it back would break a public promise.",
    data="4% of orders came back in January (source: returns dashboard).",
    inaction="From 1 Dec every day of waiting costs $200k.",
    ask="Vera approves the new policy by 27 Nov, so that it is announced on 1 Dec.",
    prediction=Prediction("January returns", "4%", "6%", date(2027, 1, 31)),
)

Said = dict[Question, Any]

TWO_WAY: Said = {
    Question.UNDO: Undo.HOURS,
    Question.EFFECTS: frozenset[Effect](),
    Question.UNDO_COST: UndoCost.PERSON_DAY,
}
BY_TRIAL: Said = {
    **TWO_WAY,
    Question.UNDO: Undo.WEEKS,
    Question.TRIAL: Trial(True, "three slots", "revenue a slot", date(2026, 12, 18)),
}
PROMISE: Said = {
    Question.UNDO: Undo.MONTHS,
    Question.EFFECTS: frozenset({Effect.PROMISE}),
    Question.TRIAL: Trial(False),
    Question.DEADLINE: Deadline(True, "the holiday returns", date(2026, 12, 1)),
    Question.COSTS: Costs(
        Likelihood.POSSIBLE, Rate(Amount(Decimal(200_000), "USD"), "day"), Amount(Decimal(3_500_000), "USD")
    ),
    Question.TRIED: (Attempt(Rung.PEER, Result.CANNOT_DECIDE, PAT), Attempt(Rung.MANAGER, Result.CANNOT_DECIDE, MIA)),
    Question.COMMITMENT: Commitment(False),
}
"""The return policy: every gate passes, a VP and a bar raiser sign."""

HELD: Said = {**PROMISE, Question.TRIED: (Attempt(Rung.PEER, Result.CANNOT_DECIDE, PAT),)}
"""The manager was not asked."""

SMALL = Costs(Likelihood.UNLIKELY, Rate(Amount(Decimal(20_000), "USD"), "day"), Amount(Decimal(20_000), "USD"))
FOR_A_DIRECTOR: Said = {
    **PROMISE, Question.UNDO: Undo.NEVER, Question.UNDO_COST: UndoCost.TEAM_SPRINT, Question.COSTS: SMALL,
    Question.EFFECTS: frozenset({Effect.DATA_GONE}),
    Question.TRIED: (Attempt(Rung.DIRECTOR, Result.NOT_ASKED),),
}  # fmt: skip
FOR_A_MANAGER: Said = {
    **FOR_A_DIRECTOR, Question.UNDO: Undo.MONTHS, Question.EFFECTS: frozenset({Effect.CONTRACT}),
    Question.TRIED: (Attempt(Rung.MANAGER, Result.NOT_ASKED),),
    Question.COSTS: replace(SMALL, mistake=Amount(Decimal(5_000), "USD")),
}  # fmt: skip
"""What the rung below may decide: a director beside a director, a manager beside a manager."""


@dataclass
class Company:
    """One workspace on one database. Each verb is one transaction; ``now`` only moves where a test says so."""

    db: Database
    team: str = TEAM
    keeper: str = ADA  # owner of the workspace in Slack
    now: datetime = MONDAY
    zones: dict[str, str] = field(default_factory=dict)

    def settle_in(self) -> "Company":
        with self.db.begin() as session:
            opening.ensure_workspace(session, self.team, self.now)
            session.add_all(
                Person(workspace_id=self.team, user_id=user, name=called(user), tz=self.zones.get(user, "UTC"))
                for user in (RITA, OTTO, MIA, DANA, VERA, BEA, PAT, EVE)
            )
            session.add(Person(workspace_id=self.team, user_id=ADA, name="Ada", tz="UTC", admin=True))
            session.flush()
            seats = {"manager": [MIA], "director": [DANA], "vp": [VERA], BAR_RAISER: [BEA]}
            ladders.seat(session, CHANNEL, seats, self.actor(ADA), self.now)
            for seat in session.scalars(select(Seat).where(Seat.workspace_id == self.team)):
                seat.deputy_id = {VERA: DANA, BEA: EVE}.get(seat.user_id)
        return self

    def actor(self, user: str) -> Actor:
        return Actor(self.team, user)

    def do(self, verb: Callable[..., Any], *args: Any, by: str = RITA, **named: Any) -> Any:
        """One verb in one transaction: (session, *args, actor, now)."""
        with self.db.begin() as session:
            return verb(session, *args, self.actor(by), self.now, **named)

    def later(self, **delta: float) -> datetime:
        self.now += timedelta(**delta)
        return self.now

    # ── ways to a state ─────────────────────────────────────────────────────────────────────────────────

    def triage(self, said: Said | None = None, **named: Any) -> int:
        d = self.do(intake.start, "Extend the return window", **{"channel": CHANNEL, **named})
        assert isinstance(d.id, int)
        self.answer(d.id, said or {})
        return d.id

    def answer(self, id: int, said: Said) -> None:
        """Answer what is asked, in that order, as far as ``said`` goes; each by itself, as people do."""
        while (question := self.question(id)) in said:
            assert question
            self.do(answering.answer, id, question, said[question])

    def question(self, id: int) -> Question | None:
        with self.db.read() as session:
            d = queries.decision(session, self.team, id)
            assert d
            return answering.current_question(session, d, self.now) if d.verdict is None else None

    def drafting(self, **named: Any) -> int:
        """By a shorter way: all answers but the last are given at once."""
        id = self.triage(**named)
        *others, last = [question for question in PROMISE if question is not Question.COMMITMENT]
        with self.db.begin() as session:
            d = queries.decision(session, self.team, id, lock=True)
            assert d
            d.answers = Answers(**{question.value: PROMISE[question] for question in others})
            answering.answer(session, id, last, PROMISE[last], self.actor(RITA), self.now)
        self.do(verdicts.start_memo, id)
        return id

    def in_review(self, decide_by: date = date(2026, 11, 27), **named: Any) -> int:
        id = self.drafting(**named)
        self.do(memo.save, id, MEMO, 0)
        self.do(sending.send, id, sending.Sending(VERA, BEA, decide_by, late=True))
        return id

    def sign(
        self, id: int, by: str, answer: Answer = Answer.APPROVE, said: str = "", version: int | None = None
    ) -> None:
        with self.look(id) as d:
            current = d.memo_version
        self.do(signoffs.sign, id, answer, said, version or current, by=by)

    def approved(self, **named: Any) -> int:
        id = self.in_review(**named)
        self.sign(id, VERA)
        self.sign(id, BEA)
        return id

    # ── looking ─────────────────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def look(self, id: int) -> Iterator[Decision]:
        with self.db.read() as session:
            d = queries.decision(session, self.team, id)
            assert d
            yield d

    def status(self, id: int) -> str:
        with self.look(id) as d:
            return str(d.status)

    def history(self, id: int) -> list[AuditEvent]:
        with self.db.read() as session:
            d = queries.decision(session, self.team, id)
            assert d
            return list(queries.history(session, d))

    def moves(self, id: int) -> list[str]:
        """What moved it, as ``move: before→after``."""
        return [f"{one.what}: {one.before}→{one.after}" for one in self.history(id) if one.before]

    def what(self, id: int) -> list[str]:
        return [one.what for one in self.history(id)]

    def said(self, to: str) -> list[str]:
        """The notices to somebody, by the name of their sentence, in order."""
        with self.db.read() as session:
            rows = session.scalars(
                select(Outbox)
                .where(Outbox.workspace_id == self.team, Outbox.kind == "notice", Outbox.recipient == to)
                .order_by(Outbox.id)
            )
            return [str(row.args["say"]) for row in rows]

    def messages(self, kind: str) -> list[Outbox]:
        with self.db.read() as session:
            rows = session.scalars(
                select(Outbox).where(Outbox.workspace_id == self.team, Outbox.kind == kind).order_by(Outbox.id)
            )
            return list(rows)

    def dated(self, kind: str, *, to: str | None = None, pending: bool = True) -> list[FollowUp]:
        """Follow-ups of a kind that still stand, oldest first."""
        query = select(FollowUp).where(FollowUp.workspace_id == self.team, FollowUp.kind == kind)
        if pending:
            query = query.where(FollowUp.done_at.is_(None))
        if to is not None:
            query = query.where(FollowUp.recipient == to)
        with self.db.read() as session:
            return list(session.scalars(query.order_by(FollowUp.due_at, FollowUp.id)))

    # ── time ────────────────────────────────────────────────────────────────────────────────────────────

    def fire(self, work: FollowUp, at: datetime | None = None) -> str | firing.Defer:
        """Let one follow-up come due, as the due work does: fired, and then done or deferred."""
        self.now = max(self.now, at or work.due_at)
        with self.db.begin() as session:
            locks.several_for_change(session, self.team, [work.decision_id] if work.decision_id else [])
            if work.kind == "digest":
                locks.hold_plan(session, self.team, work.recipient)
            row = locks.follow_ups(session, [self.team], [work.id])[work.id]
            result = firing.fire(session, row, self.now)
            if isinstance(result, firing.Defer):
                row.due_at = result.until
            else:
                row.done_at, row.result = self.now, result
        return result

    def fire_all(self, kinds: Sequence[str] = (), until: datetime | None = None) -> list[tuple[str, str, str]]:
        """Everything that comes due until a moment, in order, at its moment: (kind, recipient, result)."""
        end, log = until or self.now, list[tuple[str, str, str]]()
        for _ in range(300):
            with self.db.read() as session:
                query = select(FollowUp).where(
                    FollowUp.workspace_id == self.team, FollowUp.done_at.is_(None), FollowUp.due_at <= end
                )
                query = query.where(FollowUp.kind.in_(kinds)) if kinds else query
                work = session.scalar(query.order_by(FollowUp.due_at, FollowUp.id).limit(1))
            if work is None:
                self.now = max(self.now, end)
                return log
            result = self.fire(work)
            if isinstance(result, str):
                log.append((work.kind, work.recipient, result))
        raise AssertionError("the same work comes due for ever")


def open_numbered(company: Company, number: int, by: str) -> Decision:
    """Open a decision by the number that people say."""
    with company.db.read() as session:
        return opening.open_numbered(session, company.actor(by), number)
