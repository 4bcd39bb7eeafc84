"""A hundred thousand verdicts worked out again, by the policy of then and by another one: seconds, and memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from app.db.models import Decision, PolicyVersion, Workspace
from app.db.session import Database
from app.domain.lifecycle import Status
from app.domain.policy.policy import SHIPPED_POLICY
from app.domain.simulation.life import live
from benchmarks.figures import Row
from benchmarks.places import KINDS, Places, opened

MANY, FEW = 100_000, 400
AT = datetime(2026, 11, 2, tzinfo=UTC)
OTHER = '[lowest_by_effect]\npromise = "director"\npeople = "director"\n[two_way]\nundo = ["hours"]\n'
BATCH = 5000


def run(quick: bool) -> list[Row]:
    """Each in a process of its own, as an operator runs it."""
    rows, places = [], Places()
    try:
        for kind in KINDS[:1] if quick else KINDS:
            size, url = FEW if quick else MANY, places.url(kind)
            with opened(url) as db:
                fill(db, size)
            for policy in (None, OTHER):
                said = "and by another policy" if policy else "as they are kept"
                rows.append(Row(f"replay of {size:,} verdicts {said}, {kind}", measured(url, policy)))
    finally:
        places.close()
    return rows


def fill(db: Database, size: int) -> None:
    """A company's decisions with their answers, settings and verdicts, again and again until there are enough."""
    people = min(1500, size)
    lived = list(live(people, 365, 1, date(2025, 1, 1)))
    with db.begin() as session:
        session.execute(insert(Workspace).values(id="T1", next_number=size + 1, created_at=AT))
        first = {"workspace_id": "T1", "version": 1, "at": AT, "by": "threshold", "policy": SHIPPED_POLICY}
        session.execute(insert(PolicyVersion).values(first))
        for begin in range(0, size, BATCH):
            session.execute(insert(Decision), [
                {
                    "workspace_id": "T1", "number": number + 1, "title": "Something", "status": Status.APPROVED,
                    "door": one.verdict.door, "rung": one.verdict.rung, "requester_id": f"U{number % 997}",
                    "owner_id": f"U{number % 991}", "private": False, "answers": one.answers, "verdict": one.verdict,
                    "judged_in": one.setting, "policy_version": 1, "memo_version": 0, "version": 0,
                    "created_at": AT - timedelta(minutes=size - number), "touched_at": AT, "salt": "0" * 32,
                }
                for number in range(begin, min(size, begin + BATCH))
                for one in [lived[number % len(lived)]]
            ])  # fmt: skip


def measured(url: str, policy: str | None) -> str:
    """Wall seconds and the most that the process and its helper held together (memory that they share counted once)."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "app", "replay", "--json"]
        if policy is not None:
            file = Path(folder) / "other.toml"
            file.write_text(policy, encoding="utf-8")
            command += ["--policy", str(file)]
        began = time.monotonic()
        with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "DATABASE_URL": url}) as process:
            most = 0.0
            while process.poll() is None:
                most = max(most, held(process.pid))
                time.sleep(0.1)
            took = time.monotonic() - began
            if process.returncode:
                raise RuntimeError(f"the replay ended with {process.returncode}")
    return f"{took:.1f} s, {most:.0f} MB"


def held(pid: int) -> float:
    """Megabytes, proportionally, of a process and all that it started."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:  # it has ended
        return 0.0
    own = next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0) / 1024
    return own + sum(held(int(child)) for child in children)
