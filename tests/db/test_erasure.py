"""What is erased is gone, and nothing of anybody else's is."""

from sqlalchemy import func, select

from app.db.erasure import erase_workspace
from app.db.models import Base
from app.db.session import Database
from app.workflows.digests import Plan, plan_digest
from tests.workflows.colleagues import CHANNEL, Company


def rows_of(db: Database, workspace: str) -> dict[str, int]:
    found = {}
    with db.read() as session:
        for table in Base.metadata.sorted_tables:
            column = table.c.id if table.name == "workspace" else table.c.get("workspace_id")
            if column is None:
                continue
            found[table.name] = session.scalar(select(func.count()).select_from(table).where(column == workspace)) or 0
    return found


def test_a_workspace_is_erased_whole_once_and_no_other(db: Database) -> None:
    mine, other = Company(db).settle_in(), Company(db, team="T2").settle_in()
    for one in (mine, other):
        one.approved()
        one.do(plan_digest, CHANNEL, Plan(True, (0,), "09:30", "UTC"))
    before = rows_of(db, other.team)
    assert min(before[name] for name in ("decision", "memo_version", "signer", "audit_event", "outbox", "seat")) > 0
    with db.begin() as session:
        assert erase_workspace(session, mine.team) > 30
    assert set(rows_of(db, mine.team).values()) == {0}
    assert rows_of(db, other.team) == before
    with db.begin() as session:
        assert erase_workspace(session, mine.team) == 0
