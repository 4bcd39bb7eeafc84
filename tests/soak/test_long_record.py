"""A record of a million entries is verified in the memory that a short one takes, and one wrong among them is named."""

import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from app.db.ledger import START, digest, facts, link, words
from app.db.models import AuditEvent, AuditHead, AuditUnlock, new_salt
from app.db.session import Database
from app.workflows.opening import ensure_workspace
from tests.databases import DatabaseUrls

ROOT = Path(__file__).resolve().parent.parent.parent
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TEAM = "T1"
ROOM = 25 * 1024
"""Kilobytes that a long record may take more than a short one: pages of the database's own cache."""


def entries(many: int) -> Iterator[dict[str, Any]]:
    """A chain as the product writes it."""
    before = START
    for seq in range(1, many + 1):
        at = NOW + timedelta(seconds=seq)
        detail = {"question": "undo", "said": f"Answer {seq}, in some words of ordinary length."}
        said = words(f"U{seq % 500:08d}", detail)
        salts = {path: new_salt() for path in said}
        digests = {path: digest(salts[path], path, value) for path, value in said.items()}
        before = link(before, seq, TEAM, None, facts(at, "answer", None, None), digests)
        yield {
            "workspace_id": TEAM, "seq": seq, "at": at, "actor": said["actor"], "what": "answer", "detail": detail,
            "seal": {"salts": salts}, "hash": before,
        }  # fmt: skip


def fill(url: str, many: int) -> None:
    db = Database(url)
    with db.begin() as session:
        ensure_workspace(session, TEAM, NOW)
    batch: list[dict[str, Any]] = []
    with db.engine.begin() as connection:
        for entry in entries(many):
            batch.append(entry)
            if len(batch) == 5000 or entry["seq"] == many:
                connection.execute(insert(AuditEvent), batch)
                last, batch = batch[-1], []
        connection.execute(insert(AuditHead).values(workspace_id=TEAM, seq=last["seq"], hash=last["hash"]))
    db.close()


def verified(url: str, tmp_path: Path) -> tuple[int, str, int, float]:
    """Of the command itself, in a process of its own: exit code, words, most memory in kilobytes, seconds."""
    out, began = tmp_path / "said", time.monotonic()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DATABASE_URL": url}
    actions = [(os.POSIX_SPAWN_OPEN, 1, str(out), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)]
    pid = os.posix_spawn(
        sys.executable, [sys.executable, "-m", "app", "verify"], environment, file_actions=actions
    )  # fmt: skip
    _, status, usage = os.wait4(pid, 0)
    memory = usage.ru_maxrss // (1024 if sys.platform == "darwin" else 1)
    return os.waitstatus_to_exitcode(status), out.read_text(), memory, time.monotonic() - began


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_a_million_entries_are_verified_in_the_memory_of_a_hundred(database_urls: DatabaseUrls, tmp_path: Path) -> None:
    many = 1_000_000
    short, long = database_urls(), database_urls()
    fill(short, 100)
    fill(long, many)
    code, said, little, _ = verified(short, tmp_path)
    assert (code, "100 entries" in said) == (0, True), said
    code, said, much, seconds = verified(long, tmp_path)
    assert (code, f"{many:,} entries" in said) == (0, True), said
    print(f"{many:,} entries: {seconds:.1f} s, {much / 1024:.0f} MB; 100 entries: {little / 1024:.0f} MB")
    assert much - little < ROOM
    db = Database(long)
    with db.engine.begin() as connection:
        connection.execute(insert(AuditUnlock).values(workspace_id=TEAM))
        connection.execute(update(AuditEvent).where(AuditEvent.seq == many // 2).values(actor="U9"))
        connection.execute(delete(AuditUnlock))
    db.close()
    code, said, _, _ = verified(long, tmp_path)
    assert code == 1
    assert f"entry {many // 2} (answer, " in said.lower()
