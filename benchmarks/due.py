"""Finding and claiming 100 due follow-ups among a thousand and a hundred thousand that are not."""

import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from app.bootstrap import migrate
from app.db import claims
from app.db.models import FollowUp
from app.db.session import Database

NOW = datetime(2026, 11, 2, tzinfo=UTC)
SIZES = (1_000, 100_000)
ROUNDS = 9


def _claim(size: int) -> float:
    """Median milliseconds of claiming 100 due rows beside ``size`` that are dated for later."""
    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{folder}/bench.db")
        migrate(db)
        with db.begin() as session:
            session.execute(insert(FollowUp), [_row(n, NOW + timedelta(days=1, seconds=n)) for n in range(size)])
        waits = []
        for turn in range(ROUNDS):
            with db.begin() as session:
                first = size + turn * 100
                session.execute(insert(FollowUp), [_row(first + n, NOW - timedelta(seconds=n)) for n in range(100)])
            began = time.perf_counter()
            with db.begin() as session:
                claimed = claims.claim_follow_ups(session, NOW, NOW + timedelta(minutes=5), 100)
            waits.append((time.perf_counter() - began) * 1000)
            assert len(claimed) == 100
        db.close()
        return statistics.median(waits)


def _row(number: int, due_at: datetime) -> dict[str, object]:
    return {
        "workspace_id": "T1", "decision_id": None, "kind": "review", "recipient": f"U{number}", "due_at": due_at,
        "args": {}, "attempts": 0,
    }  # fmt: skip


def run() -> list[tuple[str, str]]:
    """Milliseconds at each size, and the ratio between them."""
    small, large = (_claim(size) for size in SIZES)
    return [
        (f"claiming 100 due among {SIZES[0]:,} and {SIZES[1]:,} (SQLite)", f"{small:.1f} ms, {large:.1f} ms"),
        ("  ratio", f"{large / small:.2f}"),
    ]
