"""The record: chained in the transaction that moved something, and whatever is done to it afterwards is found."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.db import queries
from app.db.models import (
    AuditEvent,
    AuditHead,
    AuditUnlock,
    Base,
    Decision,
    MemoVersion,
    OpenQuestion,
    Signer,
)
from app.db.session import Database
from app.db.verifying import Record, verify
from app.domain.lifecycle import Status
from app.domain.signing.signoff import Answer
from app.workflows import memo
from app.workflows.admission import Actor
from app.workflows.moving import record
from app.workflows.opening import open_decision
from app.workflows.people import ladders
from app.workflows.signing import delegation, open_questions, signoffs
from tests.databases import Servers
from tests.workflows.colleagues import BEA, CHANNEL, EVE, MEMO, RITA, VERA, Company

SLOW = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


def written(db: Database) -> Company:
    """With a decision that went through questions, a condition, two memo versions, a delegate and a yes."""
    found = Company(db).settle_in()
    id = found.in_review()
    found.do(open_questions.ask, id, "And the stores?", by=BEA)
    with found.look(id) as d:
        question = d.questions[0].id
    found.do(open_questions.reply, id, question, "They take them back too.")
    found.do(open_questions.resolve, id, question, by=BEA)
    found.sign(id, VERA, Answer.NOT_YET, "Yes, if Legal has read it.")
    found.do(memo.save, id, replace(MEMO, inaction="From 1 Dec every day of waiting costs $210k."), 1)
    found.do(signoffs.meet_condition, id, "Legal has read it.")
    found.do(delegation.hand_over, id, EVE, by=BEA)
    found.sign(id, VERA)
    found.sign(id, EVE)
    assert found.status(id) == "approved"
    found.triage()
    return found


@pytest.fixture
def company(db: Database) -> Company:
    """A record that the test goes on writing."""
    return written(db)


@pytest.fixture(scope="module")
def archive(servers: Servers) -> Iterator[Callable[[str], Company]]:
    """The same on a database of each kind, once for the whole module."""
    made: dict[str, tuple[str, Company]] = {}

    def of(kind: str) -> Company:
        if kind not in made:
            url = servers.of(kind).url()
            made[kind] = url, written(servers.opened(url))
        return made[kind][1]

    yield of
    for kind, (url, company) in made.items():
        company.db.close()
        servers.of(kind).drop(url)


@pytest.fixture
def kept(archive: Callable[[str], Company], database_kind: str) -> Iterator[Company]:
    """A record that the test leaves as it was."""
    found = archive(database_kind)
    before = ids(found.db, AuditEvent)
    yield found
    assert ids(found.db, AuditEvent) == before
    assert problems(found.db, found.team) == []


def problems(db: Database, workspace: str, expect: tuple[int, str] | None = None) -> list[str]:
    with db.read(steady=True) as session:
        return list(verify(session, workspace, Record(), expect))


@contextmanager
def tampered(db: Database, workspace: str) -> Iterator[Connection]:
    """A connection that may change the record behind the product's back; everything is taken back at the end."""
    with db.engine.connect() as connection, connection.begin() as transaction:
        connection.execute(insert(AuditUnlock).values(workspace_id=workspace))
        yield connection
        transaction.rollback()


def said_of(connection: Connection, workspace: str) -> list[str]:
    with Session(connection, join_transaction_mode="create_savepoint") as session:
        return list(verify(session, workspace, Record()))


def ids(db: Database, table: type[Base]) -> list[int]:
    with db.read() as session:
        return sorted(session.scalars(select(column(table, "id"))))


def column(table: type[Base], name: str) -> InstrumentedAttribute[Any]:
    found = getattr(table, name)
    assert isinstance(found, InstrumentedAttribute)
    return found


# ── what is written verifies ────────────────────────────────────────────────────────────────────────────


def test_every_entry_is_numbered_and_chained_and_the_whole_verifies(kept: Company) -> None:
    with kept.db.read() as session:
        entries = session.scalars(select(AuditEvent).order_by(AuditEvent.seq)).all()
        head = session.get_one(AuditHead, kept.team)
    assert [one.seq for one in entries] == list(range(1, len(entries) + 1))
    assert len({one.hash for one in entries}) == len(entries)
    assert (head.seq, head.hash) == (len(entries), entries[-1].hash)
    assert problems(kept.db, kept.team) == []


def test_workspaces_have_chains_of_their_own(company: Company) -> None:
    other = Company(company.db, team="T2").settle_in()
    other.approved()
    assert problems(company.db, "T2") == []
    with tampered(company.db, company.team) as connection:
        connection.execute(delete(AuditEvent).where(AuditEvent.workspace_id == company.team))
        assert said_of(connection, "T2") == []
        assert said_of(connection, company.team) != []


def test_what_changes_without_a_word_writes_an_entry_by_itself(company: Company) -> None:
    with company.db.begin() as session:
        found = session.scalars(select(Decision.id).where(Decision.status == Status.TRIAGE)).one()
        d = queries.decision(session, company.team, found, lock=True)
        assert d
        d.private = True
    assert company.what(d.id)[-1] == "change"
    assert problems(company.db, company.team) == []


def test_a_transaction_that_fails_leaves_no_entry(kept: Company) -> None:
    before = ids(kept.db, AuditEvent)
    with pytest.raises(RuntimeError), kept.db.begin() as session:  # noqa: PT012 — it fails after its last word
        d = open_decision(session, Actor(kept.team, RITA), ids(kept.db, Decision)[0])
        record(session, d, "answer", RITA, kept.now, question="undo")
        raise RuntimeError
    assert ids(kept.db, AuditEvent) == before
    assert problems(kept.db, kept.team) == []


def test_many_at_once_make_one_chain(db: Database) -> None:
    company = Company(db).settle_in()
    decisions = [company.triage() for _ in range(4)]
    failed: list[BaseException] = []

    def work(id: int) -> None:
        try:
            for _ in range(5):
                with db.begin() as session:
                    record(session, open_decision(session, company.actor(RITA), id), "answer", RITA, company.now)
        except BaseException as error:  # noqa: BLE001 — told by the test itself
            failed.append(error)

    threads = [threading.Thread(target=work, args=(id,)) for id in decisions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert problems(db, company.team) == []
    assert sum(company.what(id).count("answer") for id in decisions) == 20


# ── the database itself refuses ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("table", [AuditEvent, MemoVersion])
def test_the_database_refuses_to_change_or_delete_what_is_written_once(kept: Company, table: type[Base]) -> None:
    for statement in (update(table).values(workspace_id="T9"), delete(table)):
        with pytest.raises(DBAPIError, match="append-only"), kept.db.begin() as session:
            session.execute(statement)
    assert problems(kept.db, kept.team) == []


# ── tampering ───────────────────────────────────────────────────────────────────────────────────────────


def other_than(value: Any) -> Any:
    """A value of the same kind that is not this one."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1_000
    if isinstance(value, str):
        return value[:-1] + ("b" if value.endswith("a") else "a")
    if isinstance(value, dict):
        inner = {key: other_than(one) for key, one in value.items()}
        return inner if inner != value else {**value, "more": 1}
    if isinstance(value, list):
        return [*value, "more"]
    return "some" if value is None else type(value).min.replace(year=2020, tzinfo=getattr(value, "tzinfo", None))


COLUMNS = ("workspace_id", "seq", "at", "actor", "what", "before", "after", "detail", "seal", "hash")


@given(st.data())
@SLOW
def test_any_column_that_is_changed_is_found(kept: Company, data: st.DataObject) -> None:
    id = data.draw(st.sampled_from(ids(kept.db, AuditEvent)))
    name = data.draw(st.sampled_from(COLUMNS))
    with tampered(kept.db, kept.team) as connection:
        old = connection.scalar(select(column(AuditEvent, name)).where(AuditEvent.id == id))
        connection.execute(update(AuditEvent).where(AuditEvent.id == id).values({name: other_than(old)}))
        assert said_of(connection, kept.team) != []


@given(st.data())
@SLOW
def test_a_missing_a_swapped_a_doubled_and_a_moved_entry_are_found(kept: Company, data: st.DataObject) -> None:
    first, second = data.draw(st.lists(st.sampled_from(ids(kept.db, AuditEvent)), min_size=2, max_size=2, unique=True))
    how = data.draw(st.sampled_from(["delete", "swap", "cut", "double", "move"]))
    table = AuditEvent
    with tampered(kept.db, kept.team) as connection:
        row = connection.execute(select(table.__table__).where(table.id == first)).mappings().one()
        last = connection.scalar(select(AuditHead.seq)) or 0
        if how == "delete":
            connection.execute(delete(table).where(table.id == first))
        elif how == "cut":
            connection.execute(delete(table).where(table.id >= first))
        elif how == "swap":
            there = connection.scalar(select(table.seq).where(table.id == second))
            for id, seq in ((first, -1), (second, row["seq"]), (first, there)):
                connection.execute(update(table).where(table.id == id).values(seq=seq))
        elif how == "double":
            connection.execute(insert(table).values({**row, "id": 10_000, "seq": last + 1}))
        else:
            connection.execute(update(table).where(table.id == first).values(seq=last + 1))
        assert said_of(connection, kept.team) != []


HELD_FAST = [
    (Decision, "status", "withdrawn"),
    (Decision, "title", "Something else"),
    (Decision, "override_reason", "I wanted to"),
    (MemoVersion, "author_id", EVE),
    (MemoVersion, "memo", replace(MEMO, ask="Nobody needs to approve.")),
    (Signer, "answer", "decline"),
    (Signer, "said", "I never liked it"),
    (Signer, "user_id", RITA),
    (OpenQuestion, "text", "Fine with me"),
    (OpenQuestion, "resolved_at", None),
]


@pytest.mark.parametrize(("table", "name", "value"), HELD_FAST, ids=lambda one: getattr(one, "__name__", str(one)))
def test_a_row_that_was_changed_behind_its_back_is_named(
    kept: Company, table: type[Base], name: str, value: Any
) -> None:
    id = column(table, "id")
    with tampered(kept.db, kept.team) as connection:
        connection.execute(update(table).where(id == ids(kept.db, table)[0]).values({name: value}))
        (said,) = said_of(connection, kept.team)
    assert said.startswith("D-1: ")
    assert said.endswith("was changed behind the record's back.")


@pytest.mark.parametrize("table", [Signer, MemoVersion, OpenQuestion])
def test_a_row_that_was_taken_away_is_named(kept: Company, table: type[Base]) -> None:
    last = ids(kept.db, table)[-1]
    with tampered(kept.db, kept.team) as connection:
        connection.execute(delete(table).where(column(table, "id") == last))
        (said,) = said_of(connection, kept.team)
    assert said.startswith("D-1: ")
    assert said.endswith("is missing.")


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE decision SET status = 'maybe' WHERE number = 1", "D-1: its title, its state, its dates or its people"),
        ("UPDATE memo_version SET memo = '[1]'", "D-1: something of it can't be read any more"),
        ("UPDATE audit_event SET seal = '[1]' WHERE seq > 7", "was changed, and its seal too."),
        ("UPDATE audit_event SET detail = '[1]' WHERE seq > 7", "was changed, and its seal too."),
    ],
)
def test_what_can_not_even_be_read_is_said_too(kept: Company, statement: str, says: str) -> None:
    with tampered(kept.db, kept.team) as connection:
        connection.execute(text(statement))
        assert says in said_of(connection, kept.team)[0]


def test_a_row_that_was_added_is_named(kept: Company) -> None:
    with tampered(kept.db, kept.team) as connection:
        connection.execute(
            insert(OpenQuestion).values(
                workspace_id=kept.team, decision_id=ids(kept.db, Decision)[0], asked_by=EVE, condition=False,
                text="Was I asked?", asked_at=kept.now,
            )
        )  # fmt: skip
        assert said_of(connection, kept.team)[0] == "D-1: question 3 was added behind the record's back."


def test_who_rewrites_all_of_it_does_not_get_past_what_was_noted_elsewhere(company: Company) -> None:
    found = Record()
    with company.db.read(steady=True) as session:
        assert list(verify(session, company.team, found)) == []
    company.do(ladders.seat, CHANNEL, {"vp": [EVE]}, by=company.keeper)
    assert problems(company.db, company.team, (found.entries, found.head)) == []
    (said,) = problems(company.db, company.team, (found.entries, "0" * 64))
    assert "is not the one that was noted" in said
    (cut,) = problems(company.db, company.team, (found.entries + 100, found.head))
    assert "was noted" in cut
