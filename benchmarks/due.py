"""Finding and doing 1,000 due pieces of work among many that are not, beside two job queues; and a long backlog."""

import pickle
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta

from apscheduler.job import Job
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import create_engine, insert, make_url, select

from app.assistant import NoAssistant
from app.db import locks
from app.db.models import FollowUp
from app.db.session import Database
from app.due import Due
from app.workflows.follow_ups import firing
from benchmarks import queue
from benchmarks.figures import Row, quantile
from benchmarks.places import KINDS, Places, opened

CHUNK = 20_000
_ran = threading.Semaphore(0)
_waiting = threading.Lock()
_undone: list[int] = []
_database: list[Database] = []
"""What APScheduler's jobs find at hand: a job in its store carries no connection."""


def run(quick: bool) -> list[Row]:
    """Seconds at each size and the ratio between the ends; lateness in a backlog."""
    due, sizes, backlog = (20, (100, 1_000), 100) if quick else (1_000, (1_000, 100_000, 1_000_000), 50_000)
    rows: list[Row] = []
    places = Places()
    try:
        for kind in KINDS[:1] if quick else KINDS:
            ours = [_threshold(places.url(kind), due, size) for size in sizes]
            rows.append(_said(f"Threshold, {kind}", due, sizes, ours))
            for working, what in ((False, "jobs that do nothing"), (True, "the same work in each job")):
                theirs = [_apscheduler(places, kind, due, size, working=working) for size in sizes]
                rows.append(_said(f"APScheduler 3, its SQLAlchemy store, {kind}, {what}", due, sizes, theirs))
                rows.append(Row("  its time to ours, at the largest", f"{theirs[-1] / ours[-1]:.1f}"))
            if kind == "PostgreSQL" or (quick and len(KINDS) > 1):
                queued = [queue.drain(places.url("PostgreSQL", migrated=False), due, size) for size in sizes]
                rows.append(_said("Procrastinate, PostgreSQL", due, sizes, queued))
            rows += _backlog(places.url(kind), kind, backlog)
    finally:
        places.close()
    return rows


def _said(name: str, due: int, sizes: tuple[int, ...], took: list[float]) -> Row:
    among = ", ".join(f"{size:,}" for size in sizes)
    figures = ", ".join(f"{one:.2f} s" for one in took)
    return Row(f"{name}: {due:,} due among {among}", f"{figures}; last to first {took[-1] / took[0]:.2f}")


# ── ours ────────────────────────────────────────────────────────────────────────────────────────────────


def _threshold(url: str, due: int, among: int) -> float:
    """Seconds in which ``due`` follow-ups are claimed and fired, a few in each transaction."""
    now = datetime.now(UTC)
    with opened(url) as db:
        _fill(db, 0, among, now + timedelta(days=1))
        _fill(db, among, due, now - timedelta(minutes=1))
        worker = Due(db, NoAssistant(), lambda: datetime.now(UTC), lambda: None)
        began = time.perf_counter()
        fired = 0
        while found := worker.run_once():
            fired += found
        took = time.perf_counter() - began
        worker.let_go()
        if fired != due:
            raise RuntimeError(f"{fired} of {due} were done")
        return took


def _fill(db: Database, first: int, many: int, due_at: datetime) -> None:
    """Digests of channels that have no plan any more: found moot when they fire, so that little else is measured."""
    rows: list[dict[str, object]] = [
        {
            "workspace_id": "T1", "decision_id": None, "kind": "digest", "recipient": f"C{n}",
            "due_at": due_at + timedelta(milliseconds=n - first), "args": {}, "attempts": 0,
        }
        for n in range(first, first + many)
    ]  # fmt: skip
    with db.engine.begin() as connection:
        for start in range(0, many, CHUNK):
            connection.execute(insert(FollowUp.__table__), rows[start : start + CHUNK])  # type: ignore[arg-type]
    if db.sqlite:
        with closing(sqlite3.connect(str(db.engine.url.database))) as line:
            line.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # or whoever commits next would pay for what was filled in
    else:
        with db.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.exec_driver_sql("ANALYZE follow_up")


def _backlog(url: str, kind: str, many: int) -> list[Row]:
    """How late each of a backlog is done, and one that falls due meanwhile."""
    now = datetime.now(UTC)
    with opened(url) as db:
        _fill(db, 0, many, now - timedelta(hours=1))
        worker = Due(db, NoAssistant(), lambda: datetime.now(UTC), lambda: None)
        began = time.perf_counter()
        ends: list[float] = []
        added, adding = 0.0, 0.0
        while found := worker.run_once():
            ends += [time.perf_counter() - began] * found
            if not adding and len(ends) >= many // 2:
                added = time.perf_counter()
                _fill(db, many, 1, datetime.now(UTC))
                adding = time.perf_counter() - added
        late = began + ends[-1] - added
        worker.let_go()
        with db.read() as session:
            left = session.scalars(select(FollowUp.id).where(FollowUp.done_at.is_(None)).limit(1)).first()
        if left is not None:
            raise RuntimeError("something is left")
    took = ends[-1]
    return [
        Row(
            f"a backlog of {many:,}, {kind}: lateness while it drains",
            f"p50 {quantile(ends, 0.5):.1f} s, p99 {quantile(ends, 0.99):.1f} s; {many / took:.0f} a second",
        ),
        Row("  one added halfway: adding it, and how late it is", f"{adding * 1000:.0f} ms, {late:.1f} s"),
    ]


# ── APScheduler ─────────────────────────────────────────────────────────────────────────────────────────


def tick() -> None:
    """The work of a job that does nothing."""
    _ran.release()


def work() -> None:
    """What ours does of a follow-up: looks in a transaction of its own whether it is still to be done, and marks it."""
    with _waiting:
        one = _undone.pop()
    with _database[0].begin() as session:
        row = locks.follow_ups(session, ["T1"], [one]).get(one)
        if row is not None and row.done_at is None:
            row.result, row.done_at = str(firing.fire(session, row, datetime.now(UTC))), datetime.now(UTC)
    _ran.release()


def _apscheduler(places: Places, kind: str, due: int, among: int, *, working: bool) -> float:
    """Seconds from the start of a scheduler until its ``due`` jobs have run. Its store is a database of its own."""
    store = places.url(kind, migrated=False)
    if not working:
        return _run_jobs(store, due, among, tick)
    with opened(places.url(kind)) as db:
        _fill(db, 0, due, datetime.now(UTC) - timedelta(minutes=1))
        with db.read() as session:
            _undone[:] = session.scalars(select(FollowUp.id))
        _database[:] = [db]
        return _run_jobs(store, due, among, work)


def _run_jobs(url: str, due: int, among: int, task: Callable[[], None]) -> float:
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    engine = create_engine(address)
    store = SQLAlchemyJobStore(engine=engine)
    scheduler = BackgroundScheduler(timezone=UTC, jobstores={"default": store})
    scheduler.start(paused=True)
    soon = datetime.now(UTC) + timedelta(days=1)
    options = {"misfire_grace_time": None, "max_instances": due}
    job: Job = scheduler.add_job(task, "date", run_date=soon, id="first", **options)
    state = pickle.dumps(job.__getstate__(), pickle.HIGHEST_PROTOCOL)
    scheduler.remove_job("first")
    with engine.begin() as connection:
        for start in range(0, among, CHUNK):
            connection.execute(
                store.jobs_t.insert(),
                [
                    {"id": f"later {n}", "next_run_time": soon.timestamp() + n, "job_state": state}
                    for n in range(start, min(among, start + CHUNK))
                ],
            )
    past = datetime.now(UTC) - timedelta(minutes=1)
    for n in range(due):
        scheduler.add_job(task, "date", run_date=past, id=f"due {n}", **options)
    began = time.perf_counter()
    scheduler.resume()
    for _ in range(due):
        if not _ran.acquire(timeout=300):
            raise RuntimeError("a job never ran")
    took = time.perf_counter() - began
    scheduler.shutdown(wait=False)
    engine.dispose()
    return took
