"""Follow-ups that fall due together share a transaction: all of them are done and marked in it, or each on its own."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, event, select
from sqlalchemy.orm import Session

import app.due
from app.assistant import NoAssistant
from app.db.models import FollowUp
from app.db.session import Database
from app.due import Due
from app.due_work import MOST_TOGETHER, Work, together
from app.workflows.follow_ups import firing
from app.workflows.notifying import send
from tests.workflows.colleagues import Company

MANY = 30


@pytest.fixture
def company(db: Database) -> Company:
    company = Company(db).settle_in()
    with db.begin() as session:
        session.add_all(
            FollowUp(
                workspace_id="T1", kind="digest", recipient=f"C{n}", due_at=company.now - timedelta(minutes=1), args={},
                attempts=0,
            )
            for n in range(MANY)
        )  # fmt: skip
    return company


def look(company: Company) -> None:
    due = Due(company.db, NoAssistant(), lambda: company.now, lambda: None)
    due.run_once()
    due.let_go()


def results(company: Company) -> dict[str, str | None]:
    with company.db.read() as session:
        rows = session.execute(select(FollowUp.recipient, FollowUp.result).where(FollowUp.kind == "digest"))
        return {row.recipient: row.result for row in rows}


def test_follow_ups_that_are_due_together_share_their_commits(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.due, "MOST_SECONDS", 600.0)  # however slow the machine that this runs on
    commits = list[Connection]()

    def committed(connection: Connection) -> None:
        commits.append(connection)

    event.listen(company.db.engine, "commit", committed)
    look(company)
    event.remove(company.db.engine, "commit", committed)
    assert set(results(company).values()) == {"moot"}
    assert len(commits) < MANY / 2


def test_one_that_fails_takes_no_other_with_it_and_nothing_is_said_twice(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    fire = firing.fire

    def stumbles(session: Session, work: FollowUp, now: object) -> firing.Result:
        if work.recipient == "C7":
            raise RuntimeError("a fault of ours")
        send(session, "T1", "home", work.recipient, company.now)
        return fire(session, work, company.now)

    monkeypatch.setattr(firing, "fire", stumbles)
    look(company)
    done = results(company)
    assert done.pop("C7") is None
    assert set(done.values()) == {"moot"}
    assert Counter(row.recipient for row in company.messages("home")) == Counter(done.keys())


@given(st.lists(st.one_of(st.integers(1, 60), st.sampled_from(["C1", "C2", "U1"])), max_size=150))
def test_a_transaction_looks_at_a_decision_once_and_takes_the_oldest_first(abouts: list[int | str]) -> None:
    works = [Work("T1", n, "review", one, 0.0, 1) for n, one in enumerate(abouts)]
    taken = together(works)
    assert len({one.about for one in taken}) == len(taken) == min(MOST_TOGETHER, len(set(abouts)))
    assert all(one.id == abouts.index(one.about) for one in taken)
    decisions = [one.about for one in taken if isinstance(one.about, int)]
    assert decisions == sorted(decisions)
    assert [one.about for one in taken[: len(decisions)]] == decisions
