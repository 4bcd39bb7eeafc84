"""Finding among a hundred thousand decisions, beside the database's own full-text query over the same words in the
same run; what keeping the index costs a change; and, where ../shared has them, what is recalled of real decisions.
"""

import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from sqlalchemy import text

from app.assistant.embedding import Reader, connect_embedder
from app.db import session as sessions
from app.db.library import shelving
from app.db.library.finding import find, numbers_found
from app.db.session import Database
from app.domain.answers import Undo, UndoCost
from app.domain.library.importing import json_lines
from app.domain.library.marks import Sight
from app.domain.library.past import Past
from app.domain.library.tokens import tokens
from app.domain.triage.questions import Question
from app.due_vectors import Vectors
from app.workflows.admission import Actor
from app.workflows.library.bringing import bring
from app.workflows.opening import ensure_workspace
from app.workflows.triage import answering, intake
from benchmarks.figures import Row, quantile
from benchmarks.places import KINDS, Places, opened

NOW = datetime(2026, 11, 2, tzinfo=UTC)
TEAM = "T1"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
VOCABULARY = 30_000
QUERIES = 200


def run(quick: bool) -> list[Row]:
    places = Places()
    rows: list[Row] = []
    try:
        for kind in KINDS[:1] if quick else KINDS:
            with opened(places.url(kind)) as db:
                rows += _speed(db, kind, 200 if quick else 100_000, 10 if quick else QUERIES)
            with opened(places.url(kind)) as db:
                rows += _keeping(db, kind, 5 if quick else 200)
            if not quick and SHARED.is_dir():
                with opened(places.url(kind)) as db:
                    rows += [Row(f"{what}, {kind}", figure) for what, figure in recalled(db)]
    finally:
        places.close()
    return rows


# ── speed ───────────────────────────────────────────────────────────────────────────────────────────────


def _speed(db: Database, kind: str, size: int, many: int) -> list[Row]:
    """p50 and p95 of both sides, one query to the one and the next to the other."""
    dice = random.Random(1)
    words = [f"{dice.choice('bcdfghjklmnprst')}{dice.choice('aeiou')}{n:x}" for n in range(VOCABULARY)]
    often = list(accumulate(1 / (n + 10) for n in range(VOCABULARY)))  # as often as words are in any language

    def sentence(length: int) -> str:
        return " ".join(dice.choices(words, cum_weights=often, k=length))

    decided = date(2020, 1, 1)
    rows = [
        Past(f"line {n}", f"A{n}", sentence(8), sentence(60), "accepted", decided, decided + timedelta(days=n % 2000))
        for n in range(size)
    ]
    with db.begin() as session:
        bring(session, TEAM, rows, "operator", NOW)
    _bare_table(db)
    if not db.sqlite:
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as line:
            line.execute(text("VACUUM ANALYZE"))
    asked = [" ".join(dice.sample(dice.choice(rows).title.split(), dice.randint(1, 4))) for _ in range(many)]
    sight, ours, bare = Sight(TEAM, "U1"), list[float](), list[float]()
    for words_ in [*asked[:5], *asked]:
        began = time.perf_counter()
        with db.read() as session:
            find(session, sight, words_)
        ours.append((time.perf_counter() - began) * 1000)
        began = time.perf_counter()
        _bare(db, words_)
        bare.append((time.perf_counter() - began) * 1000)
    ours, bare = ours[5:], bare[5:]
    return [
        Row(
            f"find among {size:,} decisions, {kind}: {name} of ours, of the bare query",
            f"{a:.1f}, {b:.1f} ms, ratio {a / b:.2f}",
        )
        for name, share in (("p50", 0.5), ("p95", 0.95))
        for a, b in [(quantile(ours, share), quantile(bare, share))]
    ]  # fmt: skip


def _bare_table(db: Database) -> None:
    """The same words in a table that has nothing but a full-text index."""
    made = (
        [
            "CREATE VIRTUAL TABLE bare USING fts5(title, body)",
            "INSERT INTO bare(rowid, title, body) SELECT id, title, body FROM library_entry",
        ]
        if db.sqlite
        else [
            "CREATE TABLE bare AS SELECT id, setweight(to_tsvector('simple', title), 'A')"
            " || to_tsvector('simple', body) AS words FROM library_entry",
            "CREATE INDEX bare_words ON bare USING gin (words)",
        ]
    )
    with db.begin() as session:
        for statement in made:
            session.execute(text(statement))


def _bare(db: Database, words: str) -> Sequence[Any]:
    """The ten best by the database's own measure: FTS5's bm25, PostgreSQL's ts_rank."""
    with db.read() as session:
        asked = list(dict.fromkeys(tokens(words)))
        if db.sqlite:
            query = text("SELECT rowid FROM bare WHERE bare MATCH :asked ORDER BY rank LIMIT 10")
            return session.execute(query, {"asked": " OR ".join(f'"{one}"' for one in asked)}).all()
        query = text(
            "SELECT id FROM bare, CAST(:asked AS tsquery) AS q WHERE words @@ q"
            " ORDER BY ts_rank(words, q) DESC LIMIT 10"
        )
        return session.execute(query, {"asked": " | ".join(f"'{one}'" for one in asked)}).all()


# ── what keeping it costs ───────────────────────────────────────────────────────────────────────────────


def _keeping(db: Database, kind: str, many: int) -> list[Row]:
    """Of the time of each transaction, without HTTP and Slack around it, the share that goes into the entries."""
    kept, whole = list[float](), list[float]()
    shelve = shelving.shelve

    def timed(session: Any) -> None:
        began = time.perf_counter()
        shelve(session)
        kept.append(time.perf_counter() - began)

    with db.begin() as session:
        ensure_workspace(session, TEAM, NOW)
    actor = Actor(TEAM, "U1")
    rows = []
    sessions.shelving.shelve = timed  # type: ignore[attr-defined]
    try:
        for name, step in (("a triage begins", _begins), ("a tap", _taps)):
            kept.clear()
            whole.clear()
            for n in range(many):
                for work in step(n, actor):
                    began = time.perf_counter()
                    with db.begin() as session:
                        work(session)
                    whole.append(time.perf_counter() - began)
            share = quantile(kept, 0.5) / quantile(whole, 0.5)
            said = f"{quantile(kept, 0.5) * 1000:.2f} of {quantile(whole, 0.5) * 1000:.1f} ms, {share:.0%}"
            rows.append(Row(f"keeping the index while {name}, {kind}: p50", said))
    finally:
        sessions.shelving.shelve = shelve  # type: ignore[attr-defined]
    return rows


_started: dict[int, int] = {}


def _begins(n: int, actor: Actor) -> Iterator[Callable[[Any], object]]:
    def work(session: Any) -> None:
        _started[n] = intake.start(session, f"Shorten the return window to {n} days for members", actor, NOW).id

    yield work


def _taps(n: int, actor: Actor) -> Iterator[Callable[[Any], object]]:
    yield lambda session: answering.answer(session, _started[n], Question.UNDO, Undo.HOURS, actor, NOW)
    yield lambda session: answering.answer(session, _started[n], Question.EFFECTS, frozenset(), actor, NOW)
    yield lambda session: answering.answer(session, _started[n], Question.UNDO_COST, UndoCost.PERSON_DAY, actor, NOW)


# ── recall ──────────────────────────────────────────────────────────────────────────────────────────────

Queries = Callable[[dict[str, Any]], str]
ASKED: dict[str, Queries] = {
    "title and abstract": lambda row: f"{row['title']}\n{row['abstract']}",
    "title": lambda row: str(row["title"]),
}
ANSWERS = (("peps", "replaces"), ("peps", "cites_rejected"), ("rfcs", "replaces"))


def recalled(db: Database, first: int = 10) -> Iterator[tuple[str, str]]:
    """The share of what each real decision replaces (or cites of the earlier rejected ones) that stands among the first
    ten hits, without itself: what was asked and answered, and the recall; by words, and with the packaged model where
    it is installed."""
    teams = {"peps": "TPEPS", "rfcs": "TRFCS"}
    rows = {name: [json.loads(line) for line in (SHARED / f"{name}.jsonl").open()] for name in teams}
    for name, team in teams.items():
        with (SHARED / f"{name}.jsonl").open() as lines, db.begin() as session:
            bring(session, team, json_lines.read(lines).taken, "operator", NOW)
    yield from _recalled(db, rows, teams, first, None)
    embedder = connect_embedder(api_key=None, base_url=None, model=None)
    if embedder is not None:
        Vectors(db, embedder, lambda: NOW).read_all()
        yield from _recalled(db, rows, teams, first, Reader(embedder))


def _recalled(
    db: Database, rows: dict[str, list[dict[str, Any]]], teams: dict[str, str], first: int, reader: Reader | None
) -> Iterator[tuple[str, str]]:
    how = f" and {reader.embedder.model}" if reader is not None else ""
    for said, query in ASKED.items():
        for name, answer in ANSWERS:
            found = [
                one
                for row in rows[name]
                if (one := _recall(db, teams[name], row, query, answer, first, reader)) is not None
            ]
            yield f"recall@{first} of {name} by {said}{how}: {answer}", f"{sum(found) / len(found):.3f} of {len(found)}"


def _recall(
    db: Database, team: str, row: dict[str, Any], query: Queries, answer: str, first: int, reader: Reader | None
) -> float | None:
    earlier = answer == "cites_rejected"
    with db.read() as session:
        past = {
            number: int(id)
            for number, id in session.execute(
                text("SELECT number, imported_id FROM past_decision WHERE workspace_id = :here"), {"here": team}
            )
        }
        wanted = {one for one in row[answer] if one in past.values() and (not earlier or one < row["id"])}
        if not wanted:
            return None
        near = reader.near(query(row), 60, load=True) if reader is not None else None
        numbers = [past[number] for number in numbers_found(session, Sight(team), query(row), near=near)]
    best = [id for id in numbers if id != row["id"] and (not earlier or id < row["id"])][:first]
    return len(wanted & set(best)) / len(wanted)
