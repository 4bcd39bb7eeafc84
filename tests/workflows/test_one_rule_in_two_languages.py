"""What is asked of many decisions in SQL and told of one in Python is one rule: held together over random rows."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import select

from app.db import locks, queries
from app.db.models import Decision, OpenQuestion, Person, Signer
from app.db.session import Database
from app.db.who_acts_next import standings
from app.domain.answers import Answers, Attempt, Deadline, Result
from app.domain.ladder import Rung
from app.domain.lifecycle import Status
from app.domain.permissions import MAY_WAIT_FOR_REQUESTER, OWNER_ACTS, waits_for_requester
from app.domain.signing.signoff import Answer
from app.domain.who_acts_next import deadline_of, standing_of
from app.workflows.opening import ensure_workspace
from app.workflows.people.leaving import waits_for_signer

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
TEAM, PEOPLE = "T1", ["U1", "U2", "U3", "U4"]
MANY = 160


@pytest.fixture
def filled(db: Database) -> Database:
    """Decisions of every status, whose people, signers and questions are what chance makes them."""
    chance = Random(20)
    with db.begin() as session:
        ensure_workspace(session, TEAM, NOW)
        session.add_all(Person(workspace_id=TEAM, user_id=one, name=one, active=one != "U4") for one in PEOPLE)
        made = [_decision(chance, number) for number in range(1, MANY + 1)]
        session.add_all(made)
        session.flush()
        locks.several_for_change(session, TEAM, [one.id for one in made])
        for decision in made:
            session.add_all(_signer(chance, decision, user) for user in chance.sample(PEOPLE, chance.randint(0, 4)))
            session.add_all(_question(chance, decision) for _ in range(chance.randint(0, 3)))
    return db


def _decision(chance: Random, number: int) -> Decision:
    requester, owner = chance.choice(PEOPLE), chance.choice(PEOPLE)
    attempt = Attempt(Rung.MANAGER, chance.choice(list(Result)), chance.choice(PEOPLE))
    blocked = chance.choice([None, Deadline(True, "the fair", date(2026, 12, 1)), Deadline(False)])
    return Decision(
        workspace_id=TEAM, number=number, title=f"Decision {number}", status=chance.choice(list(Status)),
        requester_id=requester, owner_id=chance.choice([requester, owner]), private=chance.random() < 0.3,
        answers=Answers(tried=(attempt,), deadline=blocked), created_at=NOW, touched_at=NOW,
        look_on=chance.choice([None, date(2026, 12, 24)]), seat_to_fill=chance.choice([None, Rung.VP]),
        deadline_at=chance.choice([None, NOW + timedelta(days=3)]),
        deadline_on=chance.choice([None, date(2026, 11, 27)]),
        sent_at=NOW, decided_at=NOW, memo_version=1,
    )  # fmt: skip


def _signer(chance: Random, decision: Decision, user: str) -> Signer:
    return Signer(
        workspace_id=TEAM, decision_id=decision.id, user_id=user, rung=chance.choice([None, Rung.VP]), asked_at=NOW,
        handed_over=chance.random() < 0.3, said="", answer=chance.choice([None, None, *Answer]),
    )  # fmt: skip


def _question(chance: Random, decision: Decision) -> OpenQuestion:
    return OpenQuestion(
        workspace_id=TEAM, decision_id=decision.id, asked_by=chance.choice(PEOPLE), text="Who pays?", asked_at=NOW,
        condition=chance.random() < 0.3, answer=chance.choice([None, "We do."]),
        resolved_at=chance.choice([None, None, NOW]),
    )  # fmt: skip


def test_who_acts_next_is_the_same_asked_of_many_and_told_of_one(filled: Database) -> None:
    with filled.read() as session:
        found = list(session.scalars(select(Decision)))
        asked = standings(session, TEAM, found, "Europe/Berlin")
        told = {
            one.id: standing_of(
                one,
                one.signers,
                one.questions,
                deadline=deadline_of(one, "Europe/Berlin"),
                requester_left=one.requester_id == "U4",
            )
            for one in found
        }
    assert asked == told
    assert len({one.to_sign for one in told.values()}) > 10, "chance made many of them"


@pytest.mark.parametrize("user", PEOPLE)
def test_whatever_concerns_somebody_who_leaves_is_found_for_them(filled: Database, user: str) -> None:
    """``waiting_for`` locks before it is known what follows: it finds all that the rules of leaving can touch, of a
    sign-off exactly that, and of their own no more than what may still wait for them."""
    with filled.read() as session:
        every = {one.id: one for one in session.scalars(select(Decision))}
        signs = queries.waiting_for(session, TEAM, user, ())
        found = queries.waiting_for(session, TEAM, user, MAY_WAIT_FOR_REQUESTER)
        assert signs == {id for id, one in every.items() if waits_for_signer(one, user)}
        own = {id for id, one in every.items() if one.requester_id == user and waits_for_requester(one)}
        owned = {
            id for id, one in every.items() if one.owner_id == user != one.requester_id and one.status in OWNER_ACTS
        }
        assert signs
        assert own
        assert owned
        assert signs | own | owned <= found
        for id in found - signs - own - owned:
            one = every[id]
            assert user in (one.requester_id, one.owner_id)
            assert one.status in MAY_WAIT_FOR_REQUESTER
