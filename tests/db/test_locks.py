"""Two at once: one order of locks, what was locked is read afresh, and nobody changes what they only looked at."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.db import locks, queries
from app.db.models import Decision, Participant, Signer
from app.db.session import Database
from app.domain.errors import Collided, NotAllowed, NotNow
from app.domain.ladder import Rung
from app.domain.signing.signoff import Answer
from app.domain.triage.questions import Question
from app.words.errors import collided
from app.workflows import memo, moving, opening
from app.workflows.people import profiles
from app.workflows.people.profiles import Profile
from app.workflows.signing import sending as signing_sending
from app.workflows.signing import signoffs
from app.workflows.triage import answering, intake
from tests.databases import KINDS
from tests.db.test_record import problems
from tests.lock_order import Held, LockOrder, locked_by
from tests.workflows.colleagues import BEA, MEMO, MIA, PROMISE, RITA, VERA, Company

WAITS = 0.4
"""Seconds in which whoever does not wait is through."""


row_by_row = pytest.mark.parametrize("database_kind", KINDS[1:], indirect=True)
"""On SQLite whoever writes is alone: nobody commits between two looks, and there is no row to wait for."""


def beside(work: Callable[[], Any]) -> tuple[threading.Thread, list[BaseException]]:
    """Begin ``work`` beside us; what it raises is kept."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 — it belongs to whoever joins the thread
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, raised


@pytest.fixture
def company(db: Database) -> Company:
    return Company(db).settle_in()


# ── acting on what was locked ───────────────────────────────────────────────────────────────────────────


@row_by_row
def test_what_was_looked_at_before_is_read_again_when_it_is_opened_for_a_change(company: Company) -> None:
    """The interleaving: we look, somebody withdraws and commits, we open what we looked at and answer."""
    id = company.triage()
    with company.db.begin() as session:
        looked_at = queries.decision(session, company.team, id)
        company.do(signoffs.withdraw, id, "not needed")
        with pytest.raises(NotNow):
            answering.answer(session, id, Question.UNDO, PROMISE[Question.UNDO], company.actor(RITA), company.now)
        assert looked_at is not None
        assert looked_at.status.value == "withdrawn"
    assert company.moves(id)[-1] == "withdraw: triage→withdrawn"
    assert problems(company.db, company.team) == []


@row_by_row
def test_what_hangs_on_a_decision_is_read_again_with_it(company: Company) -> None:
    id = company.in_review()
    with company.db.begin() as session:
        before = queries.decision(session, company.team, id)
        assert before
        assert [signer.answer for signer in before.signers] == [None, None]
        company.sign(id, VERA)
        opened = queries.decision(session, company.team, id, lock=True)
        assert opened is before
        assert [signer.answer for signer in opened.signers] == [Answer.APPROVE, None]


@row_by_row
def test_whoever_waited_for_a_decision_sees_that_they_have_left_meanwhile(company: Company) -> None:
    """The interleaving: VERA signs and waits for the decision; whoever holds it commits that she has left."""
    id = company.in_review()
    with company.db.begin() as session:
        profiles.update(session, company.team, VERA, Profile("Vera", "UTC", active=False), company.now)
        thread, raised = beside(lambda: company.do(signoffs.sign, id, Answer.APPROVE, "", 1, by=VERA))
        thread.join(WAITS)
        assert thread.is_alive()
    thread.join(5)
    assert [type(one) for one in raised] == [NotAllowed]
    assert "sign" not in company.what(id)


@row_by_row
def test_somebody_who_is_given_a_part_while_they_leave_does_not_leave_unseen(company: Company) -> None:
    """The interleaving: VERA leaves, and waits for her row; the memo is sent to her and commits; the leaving, which
    has looked for her decisions before, is begun anew and finds the new one."""
    id = company.drafting()
    company.do(memo.save, id, MEMO, 0)
    gone = Profile("Vera", "UTC", active=False)
    with company.db.begin() as session:
        sending = signing_sending.Sending(VERA, BEA, company.now.date().replace(day=27))
        signing_sending.send(session, id, sending, company.actor(RITA), company.now)
        session.flush()
        thread, raised = beside(
            lambda: company.db.run(lambda other: profiles.update(other, company.team, VERA, gone, company.now))
        )
        thread.join(WAITS)
        assert thread.is_alive()
    thread.join(5)
    assert raised == []
    assert "signer_left" in company.what(id)


# ── the second belt ─────────────────────────────────────────────────────────────────────────────────────


def _title(session: Session, d: Decision) -> None:
    d.title = "Behind everybody's back"


def _participant(session: Session, d: Decision) -> None:
    session.add(Participant(workspace_id=d.workspace_id, decision_id=d.id, user_id="somebody"))


def _signer(session: Session, d: Decision) -> None:
    d.signers.append(
        Signer(workspace_id=d.workspace_id, decision_id=d.id, user_id=MIA, rung=Rung.VP, asked_at=d.created_at)
    )


def _gone(session: Session, d: Decision) -> None:
    session.delete(d.participants[0])


@pytest.mark.parametrize("change", [_title, _participant, _signer, _gone])
def test_nobody_changes_a_decision_that_they_only_looked_at(company: Company, change: Callable[..., None]) -> None:
    id = company.triage()

    def work(session: Session) -> None:
        d = queries.decision(session, company.team, id)
        assert d
        change(session, d)

    with pytest.raises(RuntimeError, match="was not opened for a change"):
        company.db.run(work)
    assert company.what(id) == ["start"]


@pytest.mark.parametrize("change", [_title, _participant, _signer, _gone])
def test_a_decision_counts_each_transaction_that_changes_it(company: Company, change: Callable[..., None]) -> None:
    id = company.triage()
    with company.look(id) as d:
        before = d.version
    with company.db.begin() as session:
        opened = queries.decision(session, company.team, id, lock=True)
        assert opened
        change(session, opened)
        session.flush()
        moving.record(session, opened, "name", RITA, company.now)
    with company.look(id) as d:
        assert d.version == before + 1


# ── met somebody, tried again ───────────────────────────────────────────────────────────────────────────


def test_what_met_somebody_is_begun_anew_from_its_first_look_on(db: Database) -> None:
    tries: list[int] = []

    def work(session: Session) -> str:
        tries.append(len(tries))
        if len(tries) < 3:
            raise collided()
        return "done"

    assert db.run(work) == "done"
    assert len(tries) == 3


def test_what_meets_somebody_for_ever_says_so_and_writes_nothing(company: Company) -> None:
    def work(session: Session) -> None:
        intake.start(session, "Never", company.actor(RITA), company.now)
        raise collided()

    with pytest.raises(Collided) as said:
        company.db.run(work, seconds=0.05)
    assert "nothing was saved" in said.value.sentence
    assert company.messages("requester") == []


@row_by_row
def test_a_deadlock_is_no_reason_to_say_that_the_records_are_away(db: Database) -> None:
    """Two that lock the same two rows in two orders, by hand: PostgreSQL ends one, and that one is tried again."""
    with db.begin() as session:
        for one in ("T1", "T2"):
            opening.ensure_workspace(session, one, Company(db).now)
    met = threading.Barrier(2, timeout=5)
    first = {"T1": True, "T2": True}

    def lock(one: str, other: str) -> Callable[[Session], None]:
        def work(session: Session) -> None:
            session.execute(text("SELECT id FROM workspace WHERE id = :one FOR UPDATE /* by hand */"), {"one": one})
            if first.pop(one, False):
                met.wait()
            session.execute(text("SELECT id FROM workspace WHERE id = :one FOR UPDATE /* by hand */"), {"one": other})

        return work

    thread, raised = beside(lambda: db.run(lock("T1", "T2"), seconds=5))
    db.run(lock("T2", "T1"), seconds=5)
    thread.join(5)
    assert raised == []


# ── the listener itself ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("statement", "tables"),
    [
        ("SELECT decision.id FROM decision WHERE decision.id = 1 FOR NO KEY UPDATE", ["decision"]),
        ("SELECT x FROM person WHERE y FOR SHARE", ["person"]),
        ("SELECT x FROM outbox WHERE y FOR UPDATE SKIP LOCKED", []),
        ("SELECT x FROM follow_up ORDER BY follow_up.id FOR UPDATE", ["follow_up"]),
        ("UPDATE person SET name=1 WHERE id=2", ["person"]),
        ("DELETE FROM outbox WHERE id=2", ["outbox"]),
        ("INSERT INTO follow_up (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 1", ["follow_up"]),
        ("INSERT INTO person (a) VALUES (1) ON CONFLICT DO NOTHING", []),
        ("SELECT pg_advisory_xact_lock(7468237, hashtext('T1 U1'))", ["turn"]),
        ("SELECT x FROM decision WHERE id = 1", []),
        ("UPDATE inbound SET a=1 WHERE b=2", []),
    ],
)
def test_the_listener_hears_what_a_statement_waits_for(statement: str, tables: list[str]) -> None:
    assert locked_by(statement) == tables


def test_the_listener_hears_an_order_that_is_none() -> None:
    order, held = LockOrder(), Held()
    order.heard(held, "SELECT x FROM outbox WHERE y FOR SHARE", {})
    order.heard(held, "UPDATE outbox SET a=1 WHERE b=2", {})
    assert order.broken == []
    order.heard(held, "SELECT decision.id FROM decision WHERE decision.id = 3 FOR NO KEY UPDATE", {"id": 3})
    assert len(order.broken) == 1
    order, held = LockOrder(), Held()
    for id in (3, 3, 4, 2):
        assert order.broken == []
        order.heard(held, "SELECT decision.id FROM decision FOR NO KEY UPDATE", {"id": id})
    assert len(order.broken) == 1


@row_by_row
def test_a_person_who_is_relied_on_waits_for_whoever_changes_them(company: Company) -> None:
    with company.db.begin() as session:
        assert locks.hold_person(session, company.team, VERA)
        thread, raised = beside(lambda: _rely(company))
        thread.join(WAITS)
        assert thread.is_alive()
    thread.join(5)
    assert raised == []


def _rely(company: Company) -> None:
    with company.db.begin() as session:
        opening.rely_on(session, company.team, VERA)
