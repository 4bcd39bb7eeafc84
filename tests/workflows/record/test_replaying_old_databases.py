"""A database that some migration left, brought up to today: each verdict comes back exactly, or says why it can't."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import JSON, Column, MetaData, String, Table, insert, inspect, select

from app.db.models import Base, Decision
from app.db.session import Database
from app.db.types import EnumOf, JsonOf
from app.domain.triage.replay import NotReplayable
from app.domain.triage.verdict import Verdict
from app.schema import migrate
from app.words.triage.replay import WHY_NOT
from app.workflows.record import replaying
from app.workflows.triage import verdicts
from tests.databases import DatabaseUrls, Servers
from tests.db.rolling import revisions, upgrade
from tests.workflows.colleagues import BY_TRIAL, FOR_A_DIRECTOR, HELD, MIA, PROMISE, TWO_WAY, Company
from tests.workflows.record.test_replaying import as_before, taken_up

FINDINGS_SINCE = "0005"
"""From here on findings are kept with what they were made of."""

Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def kept(servers: Servers) -> Iterator[dict[bool, Rows]]:
    """The rows of a company with a verdict of each kind: with findings, and as the release before them left it."""
    urls = servers.of("sqlite")
    url = urls.url()
    db = Database(url)
    company = Company(db).settle_in()
    held = company.triage(HELD)
    company.do(verdicts.ask_below, held, MIA, "Can you decide this?")
    for said in (TWO_WAY, BY_TRIAL, PROMISE, FOR_A_DIRECTOR):
        company.triage(said)
    found = {True: rows(db)}
    as_before(db, company)
    found[False] = rows(db)
    yield found
    db.close()
    urls.drop(url)


def raw(name: str, columns: set[str]) -> Table:
    """A table as it is stored, with those of its columns that are there."""
    made = []
    for column in Base.metadata.tables[name].columns:
        kind: Any = column.type
        if isinstance(kind, JsonOf | JSON):
            kind = JSON(none_as_null=True)
        elif isinstance(kind, EnumOf):
            kind = String(16)
        if column.name in columns:
            made.append(Column(column.name, kind))
    return Table(name, MetaData(), *made)


def columns_of(db: Database) -> dict[str, set[str]]:
    there = inspect(db.engine)
    return {name: {column["name"] for column in there.get_columns(name)} for name in there.get_table_names()}


def rows(db: Database) -> Rows:
    there = columns_of(db)
    with db.engine.connect() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(select(raw(table.name, here))).mappings()]
            for table in Base.metadata.sorted_tables
            if (here := there.get(table.name))
        }


def put(db: Database, kept: Rows) -> None:
    """The same rows, as far as there are tables and columns for them."""
    there = columns_of(db)
    with db.engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            here, lines = there.get(table.name), kept.get(table.name)
            if here and lines:
                narrow = [{name: value for name, value in line.items() if name in here} for line in lines]
                connection.execute(insert(raw(table.name, here)), narrow)


EVERYWHERE = [("sqlite", one) for one in revisions()]
"""What a migration leaves is the same on PostgreSQL, where the first and the last of each kind are looked at."""


@pytest.mark.parametrize(
    ("database_kind", "revision"),
    [*EVERYWHERE, *(("postgresql", one) for one in (revisions()[0], FINDINGS_SINCE))],
    indirect=["database_kind"],
)
def test_every_verdict_in_it_comes_back_exactly(
    database_urls: DatabaseUrls, kept: dict[bool, Rows], revision: str
) -> None:
    db = Database(database_urls(migrated=False))
    upgrade(db, revision)
    put(db, kept[revision >= FINDINGS_SINCE])
    migrate(db)
    company = Company(db)
    assert len(taken_up(company)) == (0 if revision >= FINDINGS_SINCE else 5)
    with db.read() as session:
        judged = list(session.scalars(select(Decision).where(Decision.verdict.is_not(None)).order_by(Decision.id)))
        assert len(judged) == 5
        assert {one.name: replaying.replayed(session, one) for one in judged} == {
            one.name: one.verdict for one in judged
        }
    db.close()


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("revision", [one for one in revisions() if one < FINDINGS_SINCE])
def test_where_the_record_does_not_tell_its_setting_it_says_that_it_can_not_be_known(
    database_urls: DatabaseUrls, kept: dict[bool, Rows], revision: str
) -> None:
    db = Database(database_urls(migrated=False))
    upgrade(db, revision)
    put(db, {**kept[False], "audit_event": [], "audit_head": []})
    migrate(db)
    taken_up(Company(db))
    with db.read() as session:
        for one in session.scalars(select(Decision)):
            found = replaying.replayed(session, one)
            assert found is NotReplayable.SETTING_UNKNOWN
            assert WHY_NOT[found] == "the day and the ladder it was judged by were not kept."
            assert isinstance(one.verdict, Verdict), "what was said then stays to be read"
    db.close()
