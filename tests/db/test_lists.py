"""A digest and Home ask a handful of questions and read a handful of rows, however much is open."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from app.db import locks
from app.db.models import Decision, DigestPlan, Participant, Person, Signer, Workspace
from app.db.session import Database
from app.domain.answers import Answers, Deadline
from app.domain.ladder import Rung
from app.domain.lifecycle import Status
from app.slack.loading import load_digest, load_home
from app.slack.views.digest import MOST_LINES, digest_message
from app.slack.views.home import MOST_ROWS, home_view
from app.slack.views.scene import DigestScene
from tests.db.test_claims import statements
from tests.db.test_session import NOW

MANY = 60
DAY = timedelta(days=1)


def fill(db: Database, many: int = MANY, **changed: Any) -> None:
    """Decisions of U1, each waiting for U2 and U3; every fourth is overdue, every fourth due soon, half undated."""
    deadlines = (NOW - 2 * DAY, NOW + 2 * DAY, NOW + 30 * DAY, None)
    rows = [
        {
            "workspace_id": "T1", "number": n, "title": f"Decision {n}", "status": Status.IN_REVIEW,
            "requester_id": "U1", "owner_id": "U1", "private": False, "channel_id": "C1", "answers": Answers(),
            "memo_version": 0, "created_at": NOW - n * DAY, "touched_at": NOW, "deadline_at": deadlines[n % 4],
            **changed,
        }
        for n in range(1, many + 1)
    ]  # fmt: skip
    with db.begin() as session:
        session.add(Workspace(id="T1", next_number=many + 1, created_at=NOW))
        session.flush()
        session.add(DigestPlan(workspace_id="T1", channel_id="C1", days=[0], at="09:00", tz="UTC", set_by="U1"))
        session.add_all(Person(workspace_id="T1", user_id=f"U{n}", name=f"Person {n}", tz="UTC") for n in (1, 2, 3))
        ids = session.scalars(insert(Decision).returning(Decision.id), rows).all()
        locks.several_for_change(session, "T1", ids)
        for id in ids:
            who = {"workspace_id": "T1", "decision_id": id}
            session.add_all(Participant(**who, user_id=f"U{n}") for n in (1, 2, 3))
            session.add_all(Signer(**who, user_id=f"U{n}", rung=Rung.VP, asked_at=NOW) for n in (2, 3))


def asked(db: Database, run: Callable[[], object]) -> int:
    return sum("SELECT" in sql for sql, _ in statements(db.engine, run))


def digest_now(db: Database, at: datetime = NOW) -> DigestScene:
    with db.read() as session:
        found = load_digest(session, "T1", "C1", NOW - 7 * DAY, at)
        assert found is not None
        return found


@pytest.mark.parametrize("many", [1, MANY])
def test_a_digest_asks_three_questions_whatever_its_size(db: Database, many: int) -> None:
    fill(db, many)
    assert asked(db, lambda: digest_now(db)) == 3


@pytest.mark.parametrize("many", [1, MANY])
def test_home_asks_three_questions_whatever_its_size(db: Database, many: int) -> None:
    fill(db, many)

    def look() -> None:
        with db.read() as session:
            home_view(load_home(session, "T1", "U1", NOW))

    assert asked(db, look) == 3


def test_a_digest_names_the_most_urgent_and_counts_them_all(db: Database) -> None:
    fill(db)
    found = digest_now(db)
    named = [*found.overdue, *found.this_week, *found.waiting]
    assert len(named) == MOST_LINES
    assert found.totals == (15, 15, 30)
    assert len(found.overdue) == 15, "whatever is overdue comes before what is not"
    assert [line.name for line in found.overdue[:2]] == ["D-60", "D-56"], "of one day, what was raised first"
    assert named[0].step.who == ("U2", "U3")
    assert found.names["U3"] == "Person 3"
    assert "60 open decisions, 15 overdue" in digest_message(found).text


def test_what_is_late_before_anybody_was_asked_is_counted_where_it_stands(db: Database) -> None:
    """Its day is the customer's, and stands in its answers alone."""
    late = Answers(deadline=Deadline(True, "the holiday sales", NOW.date() - DAY))
    fill(db, 3, deadline_at=None, answers=late, status=Status.HELD)
    found = digest_now(db)
    assert len(found.overdue) == 3
    assert found.totals == (3, 0, 0)
    assert "3 open decisions, 3 overdue" in digest_message(found).text


def test_a_digest_counts_by_the_channels_own_day(db: Database) -> None:
    """Due at one in the morning of Monday in Berlin: on Sunday still, where the channel reads its digest."""
    fill(db, 1, deadline_at=datetime.fromisoformat("2026-11-23T00:30+00:00"))
    assert digest_now(db, datetime.fromisoformat("2026-11-23T09:00+00:00")).totals == (0, 1, 0)
    with db.begin() as session:
        session.get_one(DigestPlan, ("T1", "C1")).tz = "America/New_York"
    assert digest_now(db, datetime.fromisoformat("2026-11-23T09:00+00:00")).totals == (1, 0, 0)


def test_home_shows_the_first_of_each_list_and_how_long_it_is(db: Database) -> None:
    fill(db)
    with db.read() as session:
        signer, requester = (load_home(session, "T1", user, NOW) for user in ("U2", "U1"))
    assert (len(signer.waiting), signer.totals) == (MOST_ROWS, (MANY, 0, 0))
    assert (len(requester.mine), requester.totals) == (MOST_ROWS, (0, MANY, 0))
    assert [d.deadline_at for d in requester.mine[:15]] == [NOW - 2 * DAY] * 15, "the oldest deadline first"
    assert set(requester.standings[requester.mine[0].id].to_sign) == {"U2", "U3"}
    assert "and 44 more" in str(home_view(signer))


def test_home_shows_what_is_to_look_back_on_the_next_one_first(db: Database) -> None:
    fill(db, 2, status=Status.APPROVED, look_on=NOW.date())
    with db.begin() as session:
        first = session.scalars(select(Decision.id).where(Decision.number == 1)).one()
        (later,) = locks.several_for_change(session, "T1", [first])
        later.look_on = NOW.date() + DAY
    with db.read() as session:
        found = load_home(session, "T1", "U1", NOW)
        assert ([d.number for d in found.looks], found.totals) == ([2, 1], (0, 0, 2))
