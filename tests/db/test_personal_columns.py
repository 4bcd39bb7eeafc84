"""An erasure and the end of keeping find what people wrote by the tables' own columns: a new one is covered at once."""

from collections.abc import Iterator

import pytest
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    text,
)

from app.db import erasure, locks
from app.db.models import Base
from app.db.personal_columns import NOBODY, WHO, holds_people, holds_words, unknown_names
from app.db.session import Database
from app.db.types import EnumOf, JsonOf, UtcDateTime
from app.db.verifying import Record, verify
from app.domain.people.erased import SOMEONE, Scrub
from app.schema import migrate
from app.workflows.record.retention import SEEN_TO
from tests.databases import DatabaseUrls
from tests.workflows.colleagues import VERA, Company

pytestmark = pytest.mark.by_hand

SCRUB = Scrub(VERA, "left-1", ["Vera Marlow"])


@pytest.fixture
def company(database_urls: DatabaseUrls) -> Iterator[Company]:
    """On a database that nobody else gets afterwards: its tables become others."""
    db = Database(database_urls(migrated=False))
    migrate(db)
    yield Company(db).settle_in()
    db.close()


def of_tomorrow(db: Database) -> MetaData:
    """Our tables as a later release may have them: each with two more columns, and one more table."""
    later = MetaData()
    for table in Base.metadata.sorted_tables:
        copy = table.to_metadata(later)
        copy.append_column(Column("nickname", Text))
        copy.append_column(Column("notes", JSON(none_as_null=True)))
    Table(
        "novelty",
        later,
        Column("id", Integer, primary_key=True),
        Column("workspace_id", String(32)),
        Column("decision_id", BigInteger),
        Column("words", Text, nullable=False),
        Column("more", JSON, nullable=False),
    )
    with db.engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN nickname TEXT"))
            connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN notes JSON"))
        later.tables["novelty"].create(connection)
    return later


def written_everywhere(company: Company, id: int) -> list[str]:
    """Into every new column of every row. Returns the tables that have rows."""
    notes = f'{{"by": "{VERA}", "{VERA}": ["Vera Marlow said so"]}}'
    filled = []
    with company.db.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO novelty (id, workspace_id, decision_id, words, more) VALUES (1, :w, :d, :said, :notes)"
                if company.db.sqlite
                else "INSERT INTO novelty VALUES (1, :w, :d, :said, CAST(:notes AS JSON))"
            ),
            {"w": company.team, "d": id, "said": "Vera Marlow wrote this", "notes": notes},
        )
        connection.execute(text("INSERT INTO audit_unlock (workspace_id) VALUES (:w)"), {"w": company.team})
        for table in Base.metadata.sorted_tables:
            done = connection.execute(
                text(f"UPDATE {table.name} SET nickname = :said, notes = CAST(:notes AS JSON)")
                if not company.db.sqlite
                else text(f"UPDATE {table.name} SET nickname = :said, notes = :notes"),
                {"said": f"<@{VERA}> as Vera Marlow", "notes": notes},
            )
            filled += [table.name] if done.rowcount and table.name != "audit_unlock" else []
        connection.execute(text("DELETE FROM audit_unlock"))
    return filled


def found_in(company: Company, words: str) -> set[str]:
    """Where something still stands in a new column, raw."""
    found = set()
    with company.db.engine.connect() as connection:
        names = [*(table.name for table in Base.metadata.sorted_tables), "novelty"]
        for name in names:
            columns = ("words", "more") if name == "novelty" else ("nickname", "notes")
            for row in connection.execute(text(f"SELECT {', '.join(columns)} FROM {name}")):
                found |= {f"{name}.{column}" for column, value in zip(columns, row, strict=True) if words in str(value)}
    return found


def test_a_new_column_of_any_table_and_a_new_table_are_covered_by_an_erasure(company: Company) -> None:
    id = company.in_review()
    later = of_tomorrow(company.db)
    filled = written_everywhere(company, id)
    assert {"decision", "signer", "memo_version", "outbox", "follow_up", "audit_event", "person"} <= set(filled)
    assert len(found_in(company, VERA)) == 2 * len(filled) + 1, "the words of the new table name her, and not by her id"
    with company.db.begin() as session, erasure.unlocked(session, company.team):
        assert locks.for_change(session, company.team, id)
        erasure.sweep(session, company.team, SCRUB, [id], later)
    assert found_in(company, VERA) == set()
    assert found_in(company, "Marlow") == set()
    assert {"novelty.words", "novelty.more", "signer.nickname", "audit_event.notes"} <= found_in(company, SOMEONE)


def test_a_new_column_and_a_new_table_lose_their_words_when_a_decision_is_forgotten(company: Company) -> None:
    id, other = company.in_review(), company.in_review()
    later = of_tomorrow(company.db)
    written_everywhere(company, id)
    kept = found_in(company, "Marlow")
    with company.db.begin() as session, erasure.unlocked(session, company.team):
        d = locks.for_change(session, company.team, id)
        assert d
        erasure.clear_beside(session, d, SEEN_TO, later)
    with company.db.engine.connect() as connection:
        for name in ("decision", "signer", "memo_version", "participant", "audit_event", "follow_up"):
            key = "id" if name == "decision" else "decision_id"
            of = text(f"SELECT {key}, nickname, notes FROM {name} WHERE {key} IS NOT NULL")
            for about, nickname, notes in connection.execute(of):
                assert (nickname is None and notes is None) is (about == id), name
        assert connection.execute(text("SELECT words FROM novelty")).scalar_one() == ""
    assert "decision.nickname" in kept
    assert "decision.nickname" in found_in(company, "Marlow"), "the other decision keeps its words"
    with company.look(other) as d:
        assert d.memo is not None


def test_what_is_excepted_stands_in_a_table_and_has_a_reason() -> None:
    assert list(unknown_names(Base.metadata)) == []
    assert [name for name, why in {**NOBODY, **WHO}.items() if len(why) < 6] == []
    assert list(unknown_names(MetaData())) == sorted({*NOBODY, *WHO})


def test_a_column_of_a_new_kind_is_neither_covered_nor_excepted_until_somebody_decides() -> None:
    """Text and JSON are covered, and what can hold neither a word nor an id is of one of these kinds."""
    wordless = (EnumOf, Integer, BigInteger, Float, Boolean, Date, DateTime, UtcDateTime)
    kinds = {
        f"{table.name}.{column.name}": column.type
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if not isinstance(column.type, String | JSON | JsonOf)
    }
    # What words mean is emptied by a trigger, in the statement that changes them (workflows/library/test_meaning.py).
    assert [name for name, kind in kinds.items() if not isinstance(kind, wordless)] == ["library_vector.vector"]
    for table in Base.metadata.sorted_tables:
        assert {column.name for column in holds_words(table)} <= {column.name for column in holds_people(table)}


def test_what_was_written_while_somebody_was_taken_out_is_seen(company: Company) -> None:
    id = company.in_review()
    with company.db.begin() as session:
        assert erasure.stands_still(session, company.team, SCRUB)
        assert not erasure.stands_still(session, company.team, Scrub("ver", "left-1")), "part of another id"
    with company.db.read(steady=True) as session:
        assert list(verify(session, company.team, Record())) == []
    assert id
