"""Every kind of person there is, and a decision on which all of them stand at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from app.db import queries, roster
from app.db.models import Decision, Parked, PastDecision, Person, PolicyProposal, Proposal, Signer
from app.domain.answers import Attempt, Result
from app.domain.commitments import Degree
from app.domain.ladder import Rung
from app.domain.library.past import PastStatus
from app.domain.signing.signoff import Answer
from app.domain.writing.document import Document, Quote, Section, section_fingerprint, with_prose
from app.domain.writing.document import Kind as DocumentKind
from app.workflows import commitments, looking_back, memo, suggestions, writing
from app.workflows.admission import Actor
from app.workflows.opening import join
from app.workflows.people import reading
from app.workflows.signing import open_questions
from app.workflows.suggestions import Suggested
from app.workflows.triage import verdicts
from tests.workflows.colleagues import (
    ADA,
    BEA,
    CHANNEL,
    DANA,
    EVE,
    HELD,
    MEMO,
    MIA,
    OTTO,
    RITA,
    TWO_WAY,
    VERA,
    Company,
    called,
)


class Kind(StrEnum):
    REQUESTER = "requester"
    OWNER = "owner"
    SIGNER = "signer"
    HANDED_OVER = "signer who handed over"
    REPLACED = "signer who was replaced"
    DELEGATE = "delegate"
    ASKED = "asked on the rung below"
    READER = "added reader"
    GUEST_READER = "guest, added as a reader"
    KEEPER = "keeper"
    COLLEAGUE = "colleague"
    GUEST = "guest"
    STRANGER = "somebody of another company, in a shared channel"
    ELSEWHERE = "somebody of another workspace, with its ids forged"
    SWITCHED_OFF = "switched-off account of somebody who might"
    APP = "app"


FAY, RON, ROSE, GUS, GUY, NAN = "UFAY", "URON", "UROSE", "UGUS", "UGUY", "UNAN"
USER: dict[Kind, str] = {
    Kind.REQUESTER: RITA,
    Kind.OWNER: OTTO,
    Kind.SIGNER: VERA,
    Kind.HANDED_OVER: FAY,
    Kind.REPLACED: RON,
    Kind.DELEGATE: DANA,
    Kind.ASKED: MIA,
    Kind.READER: ROSE,
    Kind.GUEST_READER: GUS,
    Kind.KEEPER: ADA,
    Kind.COLLEAGUE: EVE,
    Kind.GUEST: GUY,
}
"""Who plays it. The kinds that are left are somebody who might, but for one thing: see ``attempt``."""

TAKE_PART = frozenset(USER) - {Kind.KEEPER, Kind.COLLEAGUE, Kind.GUEST}
GUESTS = frozenset({Kind.GUEST, Kind.GUEST_READER})
NEVER = frozenset({Kind.STRANGER, Kind.ELSEWHERE, Kind.SWITCHED_OFF, Kind.APP})
MEMBERS = frozenset(USER) - GUESTS


class State(StrEnum):
    """How far the decision has come when somebody tries."""

    TRIAGE = "in triage"
    TWO_WAY = "two-way, not yet handed back"
    DEFLECTED = "handed back to its owner"
    HELD = "held, with the rung below asked"
    DRAFTING = "with its memo being written"
    IN_REVIEW = "with its signers"
    OVERDUE = "with its signers, past its deadline"
    NOT_YET = "with a condition"
    APPROVED = "approved"
    IMPLEMENTED = "shipped"
    DECLINED = "declined"
    DISSENTED = "decided over dissent, not stated yet"
    STATED = "decided over dissent, and stated"


def reach(company: Company, state: State, *, private: bool = False) -> int:
    """A decision in this state, with everybody on it. Returns its id."""
    id = WAYS[State.DISSENTED if state is State.STATED else state](company)  # stated once all of them take part
    if state is State.IN_REVIEW:
        company.do(reading.ask_to_read, id, CHANNEL, by=NAN)
    with company.db.begin() as session:
        d = queries.decision(session, company.team, id, lock=True)
        assert d
        d.private, d.owner_id = private, OTTO
        for kind in TAKE_PART:
            join(session, d, USER[kind])
        standing = {s.user_id for s in d.signers}
        for user, of, over in ((VERA, None, False), (FAY, None, True), (DANA, FAY, False), (RON, None, True)):
            if user not in standing:
                d.signers.append(
                    Signer(
                        workspace_id=company.team, decision_id=id, user_id=user, rung=Rung.VP, delegate_of=of,
                        handed_over=over, asked_at=company.now, said="",
                    )
                )  # fmt: skip
        tried = [one for one in d.answers.tried or () if one.who != MIA]
        d.answers = replace(d.answers, tried=(*tried, Attempt(Rung.MANAGER, Result.NO_ANSWER, MIA)))
        session.flush()
        if state is State.STATED:
            commitments.state(session, id, *_stated(company), company.actor(VERA), company.now)
        if state is State.OVERDUE:
            d.seat_to_fill = Rung.VP
        if state in (State.IN_REVIEW, State.NOT_YET):
            open_questions.ask(session, id, "Has Legal read it?", Actor(company.team, VERA), company.now)
        if state is State.DRAFTING:
            suggestions.suggest(session, d, "data", Suggested(MEMO.data, "4% came back."), company.now)
    return id


LEADER = Quote("Gifts come back in eight seconds.", "the VP of Retail", VERA)


def _write(session: Session, id: int, actor: Actor, now: datetime) -> None:
    """A press release with a version, more written since, and a leader who was asked for her name."""
    writing.begin(session, id, DocumentKind.PRESS_RELEASE, actor, now)
    for section, put in (
        (Section.OPENING, lambda one: with_prose(one, Section.OPENING, "Shoppers send a gift back from their phone.")),
        (Section.QUOTES, lambda one: replace(one, leader=LEADER)),
    ):
        writing.save_section(session, id, section, put, section_fingerprint(Document(), section), actor, now)
    writing.publish(session, id, actor, now)
    put_on = lambda one: with_prose(one, Section.PROBLEM, "They wait.")  # noqa: E731
    writing.save_section(
        session, id, Section.PROBLEM, put_on, section_fingerprint(Document(), Section.PROBLEM), actor, now
    )


def _in_review(company: Company, answer: Answer | None = None) -> int:
    id = company.in_review()
    if answer is not None:
        company.sign(id, VERA, answer, "Yes, if Legal has read it.")
    if answer is Answer.APPROVE:
        company.sign(id, BEA)
    return id


def _deflected(company: Company) -> int:
    id = company.triage(TWO_WAY)
    company.do(verdicts.deflect, id, verdicts.Deflection(OTTO, "returns"))
    return id


def _held(company: Company) -> int:
    id = company.triage(HELD)
    company.do(verdicts.ask_below, id, MIA, "Can you decide this?")
    return id


def _drafting(company: Company) -> int:
    id = company.drafting()
    company.do(memo.save, id, MEMO, 0)
    with company.db.begin() as session:
        _write(session, id, company.actor(RITA), company.now)
    return id


def _dissented(company: Company) -> int:
    """Whoever was asked below differs, and it is approved all the same."""
    id = company.in_review()
    company.do(commitments.dissent, id, Degree.DISAGREE, "January differs.", by=MIA)
    company.sign(id, VERA)
    company.sign(id, BEA)
    return id


def _stated(company: Company) -> tuple[str, str, date]:
    return "We ship it.", "The promise.", company.now.date() + timedelta(weeks=5)


def _decided_over(company: Company) -> int:
    id = _dissented(company)
    company.do(commitments.state, id, *_stated(company), by=VERA)
    return id


def _implemented(company: Company) -> int:
    id = _in_review(company, Answer.APPROVE)
    company.do(looking_back.shipped, id, company.now.date())
    return id


WAYS: dict[State, Callable[[Company], int]] = {
    State.TRIAGE: lambda company: company.triage(),
    State.TWO_WAY: lambda company: company.triage(TWO_WAY),
    State.DEFLECTED: _deflected,
    State.HELD: _held,
    State.DRAFTING: _drafting,
    State.IN_REVIEW: _in_review,
    State.OVERDUE: _in_review,
    State.NOT_YET: lambda company: _in_review(company, Answer.NOT_YET),
    State.APPROVED: lambda company: _in_review(company, Answer.APPROVE),
    State.IMPLEMENTED: _implemented,
    State.DECLINED: lambda company: _in_review(company, Answer.DECLINE),
    State.DISSENTED: _dissented,
    State.STATED: _decided_over,
}


def settle_people(company: Company) -> Company:
    """Everybody beyond the small company: former signers, readers, guests."""
    with company.db.begin() as session:
        session.add_all(
            Person(
                workspace_id=company.team, user_id=user, name=called(user), tz="UTC", guest=user in (GUS, GUY),
                looked_up_at=company.now + timedelta(days=365),
            )
            for user in (FAY, RON, ROSE, GUS, GUY, NAN)
        )  # fmt: skip
        session.add(
            Proposal(
                workspace_id=company.team, channel_id="", seats={"peer": [OTTO]}, by=RITA, at=company.now, places={}
            )
        )
        session.add(
            PastDecision(
                workspace_id=company.team, number=900, imported_id="ADR-1", title="Extend the return window", text="",
                status=PastStatus.ACCEPTED, said_status="accepted", replaces=[], imported_at=company.now,
            )
        )  # fmt: skip
        session.add(
            PolicyProposal(
                workspace_id=company.team, version=1, change={"wait_days": 10}, by=RITA, at=company.now, places={}
            )
        )
        session.add(Parked(workspace_id=company.team, user_id=RITA, text="Move it", at=company.now, used=False))
    return company


def stand_in(session: Session, company: Company, kind: Kind, might: Kind) -> Actor:
    """Who acts, for every kind. Those who never may are ``might``, somebody who may, but for one thing."""
    user = USER.get(kind) or USER[might]
    person = roster.person(session, company.team, user)
    assert person
    if kind is Kind.SWITCHED_OFF:
        person.active = False
    if kind is Kind.APP:
        person.bot = True
    session.flush()
    team = "T2" if kind is Kind.ELSEWHERE else company.team
    return Actor(team, user, outside=kind is Kind.STRANGER)


def in_hand(session: Session, id: int) -> Decision:
    d = session.get(Decision, id)
    assert d
    return d
