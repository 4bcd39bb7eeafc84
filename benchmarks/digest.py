"""A channel's digest and somebody's Home over a hundred and ten thousand open decisions: queries, time, memory."""

import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.db.models import Decision, Participant, Person, Signer, Workspace
from app.db.session import Database
from app.domain.answers import Answers
from app.domain.ladder import Rung
from app.domain.lifecycle import Status
from app.slack.loading import load_digest, load_home
from app.slack.views.digest import digest_message
from app.slack.views.home import home_view
from benchmarks.figures import Row
from benchmarks.places import KINDS, Counted, Places, opened

NOW = datetime(2026, 11, 2, tzinfo=UTC)
DEADLINES = (NOW - timedelta(days=2), NOW + timedelta(days=2), NOW + timedelta(days=30), None)


def run(quick: bool) -> list[Row]:
    """Queries, milliseconds (the better of two) and megabytes at the peak, at each size."""
    rows, places = [], Places()
    try:
        for kind in KINDS[:1] if quick else KINDS:
            for size in (20, 200) if quick else (100, 10_000):
                with opened(places.url(kind)) as db:
                    _fill(db, size)
                    for name, look in LOOKS.items():
                        rows.append(Row(f"{name} over {size:,} open decisions, {kind}", _measured(db, look)))
    finally:
        places.close()
    return rows


def _digest(session: Session) -> None:
    found = load_digest(session, "T1", "C1", NOW - timedelta(days=7), NOW)
    assert found is not None
    digest_message(found)


def _home(session: Session) -> None:
    home_view(load_home(session, "T1", "U1", NOW))


LOOKS: dict[str, Callable[[Session], None]] = {"a digest": _digest, "Home of their requester": _home}


def _measured(db: Database, look: Callable[[Session], None]) -> str:
    waits = []
    for _ in range(3):
        with Counted(db) as counted:
            began = time.perf_counter()
            with db.read() as session:
                look(session)
            waits.append((time.perf_counter() - began) * 1000)
    tracemalloc.start()
    with db.read() as session:
        look(session)
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return f"{counted.queries} queries, {min(waits):.0f} ms, {peak:.1f} MB"


def _fill(db: Database, size: int) -> None:
    with db.begin() as session:
        session.add(Workspace(id="T1", next_number=size + 1, created_at=NOW))
        session.flush()
        session.add_all(Person(workspace_id="T1", user_id=f"U{n}", name=f"Person {n}", tz="UTC") for n in (1, 2))
    with db.engine.begin() as connection:
        connection.execute(insert(Decision.__table__), [_row(n) for n in range(1, size + 1)])  # type: ignore[arg-type]
        who = [{"workspace_id": "T1", "decision_id": n} for n in range(1, size + 1)]
        signs = {"user_id": "U2", "rung": Rung.VP, "handed_over": False, "asked_at": NOW, "said": "", "salt": ""}
        connection.execute(insert(Participant.__table__), [{**one, "user_id": "U1"} for one in who])  # type: ignore[arg-type]
        connection.execute(insert(Signer.__table__), [{**one, **signs} for one in who])  # type: ignore[arg-type]
    if not db.sqlite:
        with db.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.exec_driver_sql("ANALYZE")


def _row(number: int) -> dict[str, Any]:
    return {
        "id": number, "workspace_id": "T1", "number": number, "title": f"Decision {number}",
        "status": Status.IN_REVIEW, "requester_id": "U1", "owner_id": "U1", "private": False, "channel_id": "C1",
        "answers": Answers(), "memo_version": 0, "created_at": NOW, "touched_at": NOW, "salt": "",
        "deadline_at": DEADLINES[number % len(DEADLINES)],
    }  # fmt: skip
