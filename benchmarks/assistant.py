"""Acks while six drafts are asked for at once, beside acks while none is, in one run; and what helps without a model.

The model stands behind a socket and answers after a while, so what is measured is what a draft costs the bot: reading
110 messages, holding fifteen sentences against them, writing suggestions and cards. Blocks with drafts and without take
turns, and a ratio is the median of theirs: whatever else the machine does, it does to both.
"""

import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from statistics import median
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db import queries
from app.db.models import Decision, FollowUp, MemoVersion
from app.db.session import Database
from app.domain.answers import Attempt, Costs, Deadline, Effect, Likelihood, Result, Trial, Undo
from app.domain.ladder import Rung
from app.domain.lifecycle import Status
from app.domain.memo.parts import Memo
from app.domain.reading.amounts import Amount, Rate
from app.domain.triage.questions import Question
from app.slack.loading import load_whole_scene
from app.slack.views.modals.helping import help_modal
from app.workflows.admission import Actor
from app.workflows.scheduling import later
from app.workflows.triage import answering, intake
from benchmarks.deliveries import PEOPLE, command, reviews, settle_in
from benchmarks.figures import Row, quantile
from benchmarks.places import KINDS, Places, opened
from benchmarks.served import Line, Served
from benchmarks.silent_slack import TEAM, SilentSlack

DRAFTS = 6
MESSAGES = 110
ANSWERS_AFTER = 0.3
"""Seconds that the model takes."""
PAUSE = 0.02
"""Seconds between two acks."""
GIVEN_UP = 60.0
"""Seconds after which drafts that are not there are none."""

_GIVEN: tuple[tuple[Question, Any], ...] = (
    (Question.UNDO, Undo.MONTHS),
    (Question.EFFECTS, frozenset({Effect.PROMISE})),
    (Question.TRIAL, Trial(False)),
    (Question.DEADLINE, Deadline(True, "the holiday peak", date(2099, 11, 27))),
    (
        Question.COSTS,
        Costs(
            Likelihood.UNLIKELY,
            delay=Rate(Amount(Decimal(67_000), "USD"), "week"),
            mistake=Amount(Decimal(1_000_000), "USD"),
        ),
    ),
    (Question.TRIED, (Attempt(Rung.PEER, Result.CANNOT_DECIDE), Attempt(Rung.MANAGER, Result.CANNOT_DECIDE))),
)
_MEMO = Memo("We tighten the policy.", "It is a promise.", "4% (source: dashboard).", "$9 a day.", "Approve it.")


def run(quick: bool) -> list[Row]:
    """p50 and p99 of an ack without and with drafts, and the ratio; milliseconds of the help that asks no model."""
    rounds, acks, many = (1, 10, 20) if quick else (6, 80, 1_000)
    places, slack, model = Places(), SilentSlack(), Model()
    rows: list[Row] = []
    try:
        for kind in KINDS[:1] if quick else KINDS:
            url = places.url(kind)
            with opened(url) as db:
                settle_in(db)
                with Served(slack.url, url, more={"OPENAI_BASE_URL": model.url}) as bot:
                    rows += _acks(db, kind, Line(bot.port), model, rounds, acks)
                rows += _help(db, kind, many)
    finally:
        model.close()
        slack.close()
        places.close()
    return rows


class Model:
    """An OpenAI-compatible server that drafts fifteen sentences out of what it is sent."""

    def __init__(self) -> None:
        outer = self
        self.asked = 0
        self._lock = threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with outer._lock:
                    outer.asked += 1
                time.sleep(ANSWERS_AFTER)
                body = json.dumps(_completion(asked)).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                """Nobody reads it."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _completion(asked: dict[str, Any]) -> dict[str, Any]:
    block = str(asked["messages"][-1]["content"]).split("<sources>\n")[1].split("\n</sources>")[0]
    said = [one for one in json.loads(block) if one["kind"] == "thread"]
    sentences = iter([{"text": one["text"].split(". ")[0] + ".", "sources": [one["id"]]} for one in said[-15:]])
    memo = {part: list(islice(sentences, 3)) for part in _PARTS}
    message = {"role": "assistant", "content": json.dumps(memo)}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return {"id": "1", "object": "chat.completion", "created": 1, "model": "bench", "choices": [choice]}


_PARTS = ("decision", "one_way", "data", "inaction", "ask")


def _thread() -> list[dict[str, str]]:
    return [
        {
            "user": f"U{n % PEOPLE}", "who": f"Person {n % PEOPLE}", "link": f"https://bench.slack.com/archives/C1/p{n}",
            "text": f"We measured team {n}: {n % 80 + 11}% of customers returned a device in October, and each week"
            f" until {n % 27 + 1} December costs us €{n % 70 + 12}k. Support asked for it twice.",
        }
        for n in range(MESSAGES)
    ]  # fmt: skip


def _memos(db: Database, many: int) -> list[int]:
    """Decisions that are at their memo, each from a full thread."""
    now, found = datetime.now(UTC), []
    with db.begin() as session:
        for n in range(many):
            user = f"U{n % PEOPLE}"
            d = intake.start(session, f"Tighten the return policy {n}", Actor(TEAM, user), now)
            for question, value in _GIVEN:
                answering.answer(session, d.id, question, value, Actor(TEAM, user), now)
            d.source_messages, d.source_text, d.status, d.memo_version = _thread(), "the thread", Status.DRAFTING, 1
            row = {"workspace_id": TEAM, "decision_id": d.id}
            session.add(MemoVersion(**row, number=1, memo=_MEMO, author_id=user, created_at=now))
            found.append(d.id)
    return found


def _ask(session: Session, decisions: list[int]) -> None:
    now = datetime.now(UTC)
    for id in decisions:
        decision = queries.decision(session, TEAM, id, lock=True)
        if decision is not None:
            later(session, decision, "draft", decision.requester_id, now)


def _undone(db: Database) -> int:
    with db.read() as session:
        drafts = select(func.count()).where(FollowUp.kind == "draft", FollowUp.done_at.is_(None))
        return int(session.execute(drafts).scalar_one())


def _acks(db: Database, kind: str, line: Line, model: Model, rounds: int, acks: int) -> list[Row]:
    memos: Iterator[int] = iter(_memos(db, rounds * DRAFTS))
    users = [f"U{n % PEOPLE}" for n in range(acks)]
    for user in users[:10]:
        line.deliver(command(user))
    found: dict[bool, list[list[float]]] = {False: [], True: []}
    missed, began = line.missed, model.asked
    for turn in range(rounds):
        for drafting in (False, True) if turn % 2 else (True, False):
            if drafting:
                with db.begin() as session:
                    _ask(session, list(islice(memos, DRAFTS)))
            found[drafting].append([_waited(line, user) for user in users])
            end = time.monotonic() + GIVEN_UP
            while _undone(db) and time.monotonic() < end:
                time.sleep(0.05)
    drafted, left = model.asked - began, _undone(db)
    line.close()
    rows = []
    for share in (0.5, 0.99):
        without, during = ([quantile(one, share) for one in found[drafting]] for drafting in (False, True))
        ratios = [b / a for a, b in zip(without, during, strict=True)]
        rows.append(
            Row(
                f"{kind}: p{share * 100:g} of an ack, no draft and {DRAFTS} at once",
                f"{median(without):.1f} ms, {median(during):.1f} ms, ratio {median(ratios):.2f}"
                f" (rounds {min(ratios):.2f} to {max(ratios):.2f})",
            )
        )
    rows.append(Row(f"{kind}: drafts made, given up, acks missed", f"{drafted - left}, {left}, {line.missed - missed}"))
    return rows


def _waited(line: Line, user: str) -> float:
    time.sleep(PAUSE)
    return line.deliver(command(user))


def _help(db: Database, kind: str, many: int) -> list[Row]:
    """What is missing, what a bar raiser would ask, one page and a pre-mortem's start, in one form."""
    ids = _memos(db, 10)
    for _ in reviews(db, many):
        pass
    took = []
    for id in ids * 3:
        began = time.perf_counter()
        with db.read() as session:
            decision = queries.decision(session, TEAM, id)
            assert decision is not None
            help_modal(load_whole_scene(session, decision, decision.requester_id, datetime.now(UTC)))
        took.append((time.perf_counter() - began) * 1000)
    with db.read() as session:
        among = int(session.execute(select(func.count()).select_from(Decision)).scalar_one())
    return [
        Row(
            f"{kind}: help without a model, among {among:,} decisions: p50, most",
            f"{median(took):.0f} ms, {max(took):.0f} ms",
        )
    ]
