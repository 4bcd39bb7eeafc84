"""A channel's digest over a hundred and ten thousand open decisions: queries and milliseconds."""

import tempfile
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event, insert

from app.bootstrap import migrate
from app.db.models import Decision, Workspace
from app.db.session import Database
from app.domain.answers import Answers
from app.domain.lifecycle import Status
from app.slack import scenes
from app.slack.views import digest

NOW = datetime(2026, 11, 2, tzinfo=UTC)
SIZES = (100, 10_000)


def _digest(size: int) -> tuple[float, int]:
    """Milliseconds and queries of one digest over ``size`` open decisions."""
    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{folder}/bench.db")
        migrate(db)
        with db.begin() as session:
            session.add(Workspace(id="T1", next_number=size + 1, created_at=NOW))
            session.flush()
            session.execute(insert(Decision), [_row(n) for n in range(1, size + 1)])
        asked: list[str] = []

        def count(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if statement.startswith("SELECT"):
                asked.append(statement)

        event.listen(db.engine, "before_cursor_execute", count)
        began = time.perf_counter()
        with db.read() as session:
            found = scenes.digest_of(session, "T1", "C1", NOW - timedelta(days=7), NOW)
            assert found is not None
            digest.render(found)
        wait = (time.perf_counter() - began) * 1000
        db.close()
        return wait, len(asked)


def _row(number: int) -> dict[str, object]:
    return {
        "workspace_id": "T1", "number": number, "title": f"Decision {number}", "status": Status.DRAFTING,
        "requester_id": "U1", "owner_id": "U1", "private": False, "channel_id": "C1", "answers": Answers(),
        "memo_version": 0, "created_at": NOW, "touched_at": NOW,
    }  # fmt: skip


def run() -> list[tuple[str, str]]:
    """Milliseconds and queries at each size."""
    rows = []
    for size in SIZES:
        wait, asked = _digest(size)
        rows.append((f"a digest over {size:,} open decisions", f"{wait:.0f} ms, {asked} queries"))
    return rows
