"""The figures of the business: counted rightly, and told by the rule of three alone."""

import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from app.db import business_figures as counted
from app.db.business_figures import BAR_RAISER, Standing, standing
from app.db.models import Decision, Signer, Workspace
from app.db.session import Database
from app.domain.ladder import Rung
from app.domain.lifecycle import OPEN, Status
from app.domain.signing.signoff import Answer
from app.watch.business_figures import EVERY, Counting
from app.words.errors import busy

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def people_of(cells: dict[str, list[tuple[int, str]]]) -> dict[str, int]:
    """Decisions of each cell that stands for three of them, and of three people."""
    found = {name: (len({id for id, _ in rows}), len({who for _, who in rows})) for name, rows in cells.items()}
    return {name: many for name, (many, people) in found.items() if min(many, people) >= 3}


@pytest.mark.by_hand
@pytest.mark.parametrize("seed", range(6))
def test_a_figure_stands_for_three_decisions_of_three_people_or_is_not_told(db: Database, seed: int) -> None:
    dice = random.Random(seed)
    states, rungs, late = defaultdict(list), defaultdict(list), defaultdict(list)
    with db.begin() as session:
        for id, gone in (("T1", None), ("T2", None), ("T3", NOW)):
            session.add(Workspace(id=id, next_number=1, created_at=NOW, uninstalled_at=gone))
        session.flush()
        for number in range(dice.choice((4, 12, 60))):
            workspace, asker = dice.choice(("T1", "T1", "T2", "T3")), f"U{dice.randrange(5)}"
            status, private = dice.choice(list(Status)), dice.random() < 0.2
            deadline = dice.choice((None, NOW - timedelta(days=1), NOW + timedelta(days=1)))
            d = Decision(
                workspace_id=workspace, number=number, status=status, requester_id=asker, owner_id=asker,
                private=private, created_at=NOW, touched_at=NOW, deadline_at=deadline,
            )  # fmt: skip
            session.add(d)
            session.flush()
            counts = not private and workspace != "T3"
            if counts and status in OPEN:
                states[str(status)].append((d.id, asker))
                if deadline is not None and deadline < NOW:
                    late["late"].append((d.id, asker))
            for _ in range(dice.randrange(3)):
                rung, user = dice.choice((None, *Rung)), f"U{dice.randrange(5)}"
                answer, over = dice.choice((None, None, Answer.APPROVE)), dice.random() < 0.2
                session.add(
                    Signer(workspace_id=workspace, decision_id=d.id, user_id=user, rung=rung, asked_at=NOW,
                           answer=answer, handed_over=over)
                )  # fmt: skip
                if counts and status is Status.IN_REVIEW and answer is None and not over:
                    rungs[str(rung) if rung else BAR_RAISER].append((d.id, user))
        session.flush()
        found = standing(session, NOW)
    assert found.open == people_of(states)
    assert found.waiting == people_of(rungs)
    assert found.overdue == people_of(late).get("late")
    assert all(many >= 3 for many in (*found.open.values(), *found.waiting.values()))


@pytest.fixture
def counting(db: Database) -> Iterator[tuple[Counting, Callable[[float], None]]]:
    """And what lets so many seconds pass for it."""
    clock = [0.0]

    def later(seconds: float) -> None:
        clock[0] += seconds

    one = Counting(db, lambda: NOW, lambda: clock[0])
    yield one, later
    one.finish()


def test_the_business_is_counted_once_a_minute_and_nobody_waits_for_it(
    counting: tuple[Counting, Callable[[float], None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, later = counting
    go, asked = threading.Event(), list[int]()

    def slow(*_: object) -> Standing:
        asked.append(1)
        go.wait(30)
        return Standing({"triage": 3 + len(asked)}, {}, None)

    monkeypatch.setattr("app.watch.business_figures.standing", slow)
    assert one.last() == Standing(), "nothing was counted yet"
    later(EVERY + 1)
    began = time.monotonic()
    assert one.last() == Standing(), "one count hangs, and no second one begins"
    assert time.monotonic() - began < 5
    go.set()
    one.finish()
    assert one.last().open == {"triage": 4}
    one.finish()
    later(EVERY - 1)
    assert one.last().open == {"triage": 5}
    one.finish()
    assert len(asked) == 2


def test_figures_of_a_database_that_is_away_are_not_told(
    counting: tuple[Counting, Callable[[float], None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, later = counting
    monkeypatch.setattr("app.watch.business_figures.standing", lambda *_: Standing({"triage": 9}, {}, 4))
    one.last()
    one.finish()
    assert one.last().overdue == 4

    def away(*_: object) -> Standing:
        raise busy()

    monkeypatch.setattr("app.watch.business_figures.standing", away)
    later(EVERY)
    one.last()
    one.finish()
    assert one.last() == Standing()


def test_three_is_the_least() -> None:
    assert counted.AT_LEAST == 3
