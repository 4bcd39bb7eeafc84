"""Where a race begins: a decision in some state, with its people, its cards in Slack, and the clock at some moment.

Set up once through the workflows, in this process; kept as rows and messages, and put back for every try.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.db import queries
from app.db.models import Card, Decision, FollowUp, Journey, Outbox, Parked, Person, PolicyProposal, Proposal
from app.domain.answers import Answers
from app.domain.ladder import BAR_RAISER
from app.domain.triage.questions import Question
from app.workflows import digests, looking_back, suggestions
from app.workflows.admission import Actor
from app.workflows.opening import join
from app.workflows.people import ladders, profiles, reading, showing_proposals
from app.workflows.signing import delegation, open_questions, readers
from app.workflows.suggestions import Suggested
from app.workflows.triage import answering, intake, verdicts
from tests.access.kinds import GUS, NAN, RON, ROSE, WAYS, State, settle_people, team_on_the_map
from tests.races import rows
from tests.races.alone import Alone
from tests.races.deliveries import ANSWERS_THE_LAST, Facts
from tests.races.rows import Rows
from tests.races.world import Said, World
from tests.workflows.colleagues import (
    BEA,
    CHANNEL,
    DANA,
    EVE,
    FOR_A_MANAGER,
    HELD,
    MEMO,
    MIA,
    MONDAY,
    OTTO,
    PROMISE,
    RITA,
    TWO_WAY,
    VERA,
    Company,
)

UNNAMED = "in triage, without its sentence"
SEATED = {"manager": [MIA], "director": [DANA], "vp": [VERA, EVE, RON], BAR_RAISER: [BEA, EVE, RON]}
"""More than one in the seats that sign, so that each of them can hand over."""

MEMO_AHEAD = "one-way, its memo not begun"
TWO_WAY_BUT_ONE = "in triage, two-way but for one answer"
ONE_WAY_BUT_ONE = "in triage, held but for one answer"
QUESTION = "with its signers, and a question"
QUESTION_LATE = "with its signers, and a question whose time is up"
HANDED = "with its signers, one in another's place"
HELD_BELOW = "held, with somebody asked who can decide it"
REVISIT = "declined, with a day to look again"
GONE = {
    state: f"{state}, its requester gone" for state in (State.DRAFTING, State.IN_REVIEW, State.APPROVED)
}  # whoever takes part may take it over

LEAD = timedelta(seconds=2)
"""How long before its moment a race with the clock begins."""


@dataclass(frozen=True)
class Start:
    """One beginning."""

    state: str
    private: bool
    moment: datetime
    """What the clock shows when the race begins."""
    rows: Rows
    said: Said
    gone: frozenset[str]
    facts: Facts
    due: datetime | None = None
    """When the follow-up comes due that the race is about."""


def _held_but_one(company: Company) -> int:
    return company.triage({key: one for key, one in HELD.items() if key is not Question.TRIED})


def _two_way_but_one(company: Company) -> int:
    return company.triage({key: one for key, one in TWO_WAY.items() if key is not Question.UNDO_COST})


def _unnamed(company: Company) -> int:
    d = company.do(intake.start, "", channel=CHANNEL)
    assert isinstance(d.id, int)
    return d.id


def _memo_ahead(company: Company) -> int:
    """All answers but the last at once, as ``Company.drafting`` gives them."""
    id = company.triage()
    *others, last = [question for question in PROMISE if question is not Question.COMMITMENT]
    with company.db.begin() as session:
        d = queries.decision(session, company.team, id, lock=True)
        assert d
        d.answers = Answers(**{question.value: PROMISE[question] for question in others})
        answering.answer(session, id, last, PROMISE[last], company.actor(RITA), company.now)
    return id


def _question(company: Company) -> int:
    id = company.in_review()
    company.do(open_questions.ask, id, "Has Legal read it?", by=VERA)
    return id


def _handed(company: Company) -> int:
    id = company.in_review()
    company.do(delegation.hand_over, id, DANA, by=VERA)
    return id


def _held_below(company: Company) -> int:
    """A manager asks another one."""
    company.do(ladders.seat, CHANNEL, {"manager": [MIA, RITA]}, by=company.keeper)
    id = company.triage(FOR_A_MANAGER)
    company.do(verdicts.ask_below, id, MIA, "Can you decide this?")
    return id


def _revisit(company: Company) -> int:
    id = WAYS[State.DECLINED](company)
    company.do(looking_back.disagree_and_commit, id, company.now.date() + timedelta(days=30))
    return id


def _overdue(company: Company) -> int:
    return company.in_review()


def _drafting(company: Company) -> int:
    id = WAYS[State.DRAFTING](company)
    with company.db.begin() as session:
        d = queries.decision(session, company.team, id, lock=True)
        assert d
        suggestions.suggest(session, d, "data", Suggested(MEMO.data, "4% came back."), company.now)
    return id


BEGUN: dict[str, Callable[[Company], int]] = {
    UNNAMED: _unnamed,
    TWO_WAY_BUT_ONE: _two_way_but_one,
    ONE_WAY_BUT_ONE: _held_but_one,
    **{state.value: way for state, way in WAYS.items() if state is not State.TRIAGE},
    State.DRAFTING: _drafting,
    State.OVERDUE: _overdue,
    MEMO_AHEAD: _memo_ahead,
    HELD_BELOW: _held_below,
    QUESTION: _question,
    QUESTION_LATE: _question,
    HANDED: _handed,
    REVISIT: _revisit,
    **{name: WAYS[state] for state, name in GONE.items()},
}
"""State → how a decision comes there."""

FOLLOWS = {State.OVERDUE.value: "deadline_passed", QUESTION_LATE: "question_late"}
"""State → what came due since then."""


class Starts:
    """The beginnings of one run, each made when it is first asked for."""

    def __init__(self, world: World, alone: Alone) -> None:
        self.world, self.alone = world, alone
        self._made: dict[tuple[str, bool, str], Start | None] = {}
        self._kinds: dict[str, list[str]] = {}

    def at(self, state: str, *, private: bool = False, due: str = "") -> Start | None:
        """``due``: the kind of the follow-up that is about to come due. None where none of that kind ever does."""
        key = (state, private, due)
        if key not in self._made:
            self._made[key] = self._make(state, private, due)
        return self._made[key]

    def _make(self, state: str, private: bool, due: str) -> Start | None:
        world, alone = self.world, self.alone
        world.here_again()
        world.put_back({})
        world.set(MONDAY)
        alone.begin({})
        company = settle_people(Company(alone.db, team=world.ws.id).settle_in())
        company.do(ladders.seat, CHANNEL, SEATED, by=company.keeper)
        self._know_everybody(company)
        if due == "digest":
            plan = digests.Plan(True, (0, 1, 2, 3, 4), "16:00", "UTC")
            company.do(digests.plan_digest, CHANNEL, plan)
        id = BEGUN[state](company)
        self._everybody_on(company, id, state, private=private)
        alone.pump()
        if state in FOLLOWS:
            self._travel(FOLLOWS[state], through=True)
        if state in GONE.values():
            self._requester_goes(company)
            alone.pump()
        moment = None
        if due:
            moment = self._travel(due)
            if moment is None:
                return None
        begins = moment - LEAD if moment else (world.now() + timedelta(minutes=2)).replace(second=0, microsecond=0)
        return Start(
            state, private, begins, rows.dump(alone.db), world.said(),
            frozenset({RITA} if state in GONE.values() else ()), self._facts(id), moment,
        )  # fmt: skip

    def _know_everybody(self, company: Company) -> None:
        """They were looked up, three of them keep their Home open, a message waits to be taken up, and the keeper has
        what was proposed."""
        with company.db.begin() as session:
            showing_proposals.hand_out_proposals(session, company.team, [company.keeper], company.now)
            session.execute(update(Parked).values(text=ANSWERS_THE_LAST))
            session.execute(update(Person).values(looked_up_at=company.now + timedelta(days=365)))
            session.execute(update(Person).where(Person.user_id.in_([RITA, VERA, OTTO])).values(home_opened=True))

    def _everybody_on(self, company: Company, id: int, state: str, *, private: bool) -> None:
        """An owner, a reader and a guest, and what a race may need beside the decision itself."""
        if state == State.IN_REVIEW:
            company.do(reading.ask_to_read, id, CHANNEL, by=NAN)
        company.do(readers.add_reader, id, ROSE)
        with company.db.begin() as session:
            d = queries.decision(session, company.team, id, lock=True)
            assert d
            d.owner_id, d.private = (RITA if state in GONE.values() else OTTO), private
            join(session, d, OTTO)
            readers.add_reader(session, id, GUS, Actor(company.team, RITA), company.now)

    def _requester_goes(self, company: Company) -> None:
        self.world.leave(RITA)
        with company.db.begin() as session:
            gone = profiles.Profile("Rita", "UTC", active=False)
            profiles.update(session, company.team, RITA, gone, self.world.now())

    def _travel(self, kind: str, *, through: bool = False, most: timedelta = timedelta(days=120)) -> datetime | None:
        """On to the moment at which a follow-up of this kind comes due, everything before it done. ``through``: that
        one too."""
        end = self.world.now() + most
        while (coming := self._next()) is not None and coming[0] <= end:
            at, kinds = coming
            if kind in kinds and not through:
                return at
            self.world.set(at + timedelta(seconds=1))
            self.alone.pump()
            if kind in kinds:
                return at
        return None

    def _next(self) -> tuple[datetime, set[str]] | None:
        """When something comes due next, and of what kinds."""
        with self.alone.db.read() as session:
            at = session.scalar(select(func.min(FollowUp.due_at)).where(FollowUp.done_at.is_(None)))
            if at is None:
                return None
            waits = FollowUp.done_at.is_(None), FollowUp.due_at == at
            return at, set(session.scalars(select(FollowUp.kind).where(*waits)))

    def kinds(self, state: str) -> list[str]:
        """The follow-ups that come due by themselves where nobody does anything, the first of each kind."""
        if state not in self._kinds:
            assert self.at(state) is not None
            self.put(self._made[state, False, ""])
            found, end = list[str](), self.world.now() + timedelta(days=60)
            while (coming := self._next()) is not None and coming[0] <= end:
                found += sorted(coming[1] - set(found))
                self.world.set(coming[0] + timedelta(seconds=1))
                self.alone.fire()
            self._kinds[state] = [*found, "digest"]
        return self._kinds[state]

    def put(self, start: Start | None) -> None:
        """The world, and the database of whoever plays alone, as they were then."""
        assert start is not None
        self.world.here_again()
        for user in start.gone:
            self.world.leave(user)
        self.world.put_back(start.said)
        self.alone.begin(start.rows)
        self.world.set(start.moment)

    def _facts(self, id: int) -> Facts:
        with self.alone.db.read() as session:
            d = session.scalars(select(Decision).where(Decision.id == id)).one()
            parked = session.scalars(select(Parked.id)).first() or 0
            proposal = session.scalars(select(Proposal.id)).first() or 0
            of_policy = session.scalars(select(PolicyProposal.id)).first() or 0
            thread = session.scalars(
                select(Card.ts).where(Card.decision_id == id, Card.kind == "requester", Card.recipient == RITA)
            ).first()
            question = max((one.id for one in d.questions), default=0)
            remark, comment = [*(one.id for one in d.remarks), 0, 0][:2]
            journey = session.scalars(select(Journey.id).order_by(Journey.id)).first() or 0
            team, nameless = team_on_the_map(session) or 0, team_on_the_map(session, lever=False) or 0
            return Facts(
                id, d.number, d.memo_version, question, remark, comment, parked, proposal, of_policy, journey, team,
                nameless, thread or "",
            )  # fmt: skip


def waiting(session: Session, now: datetime) -> int:
    """How much is still to be sent, or is due."""
    unsent = select(func.count(Outbox.id)).where(Outbox.done_at.is_(None))
    due = select(func.count(FollowUp.id)).where(FollowUp.done_at.is_(None), FollowUp.due_at <= now)
    return (session.scalar(unsent) or 0) + (session.scalar(due) or 0)
