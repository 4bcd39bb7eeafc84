"""Of a decision that closed long ago the words go, the bare record stays, and it still verifies."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import exporting
from app.db.models import AuditEvent
from app.db.verifying import Record, verify
from app.domain.errors import NotFound
from app.domain.looking_back import Look, LookBack, Right
from app.domain.signing.signoff import Answer
from app.workflows import looking_back
from app.workflows.record.retention import forget_closed
from app.workflows.signing import signoffs
from app.workflows.triage import verdicts
from tests.workflows.colleagues import HELD, VERA, Company, open_numbered
from tests.workflows.record.test_erasing import everything

KEEP = timedelta(days=365)


@pytest.fixture
def old(company: Company) -> Company:
    """D-1 declined, D-2 reviewed, D-3 withdrawn after an override, D-4 approved and never shipped, D-5 open."""
    company.sign(company.in_review(), VERA, Answer.DECLINE, "The figures are from one region.")
    shipped, third = company.approved(), company.triage(HELD)
    company.do(verdicts.go_on_anyway, third, "The board wants it in March.")
    company.do(signoffs.withdraw, third, "The board changed its mind.")
    company.approved()
    company.triage(HELD)
    company.do(looking_back.shipped, shipped, company.now.date())
    company.later(days=28)
    company.do(looking_back.look_back, shipped, LookBack(Look.REVIEW, Right.YES, "5% came back in January."))
    return company


def forgotten(company: Company) -> list[str]:
    """Everything that is due to be forgotten, one transaction each."""
    names = list[str]()
    while True:
        with company.db.begin() as session:
            name = forget_closed(session, company.now, KEEP)
        if name is None:
            return names
        names.append(name)


def sound(company: Company) -> bool:
    with company.db.read(steady=True) as session:
        return list(verify(session, company.team, Record())) == []


def test_the_words_of_what_closed_long_ago_go_once_and_what_is_not_over_stays(old: Company) -> None:
    old.later(days=364 - 28)
    assert forgotten(old) == []
    old.later(days=1)
    assert sorted(forgotten(old)) == ["D-1", "D-3"]
    old.later(days=28)
    assert forgotten(old) == ["D-2"]
    assert forgotten(old) == []
    left = everything(old.db, old.team)
    for words in ("one region", "5% came back in January", "in March", "changed its mind"):
        assert words not in left
    assert sound(old)
    with old.db.read() as session:
        assert exporting.numbers(session, old.team, range(1, 9)) == {4, 5}
    with pytest.raises(NotFound):
        open_numbered(old, 1, VERA)
    assert open_numbered(old, 4, VERA).title == "Extend the return window"


def test_who_did_what_and_when_stays_on_the_record(old: Company) -> None:
    def entries() -> list[tuple[object, ...]]:
        with old.db.read() as session:
            found = session.scalars(select(AuditEvent).order_by(AuditEvent.seq)).all()
        return [(one.seq, one.at, one.actor, one.what, one.before, one.after) for one in found]

    before = entries()
    old.later(days=400)
    forgotten(old)
    after = entries()
    assert after[: len(before)] == before
    assert [one[3] for one in after[len(before) :]] == ["erase"] * 3


def test_replicas_that_clean_up_at_once_forget_each_decision_once(old: Company) -> None:
    old.later(days=400)
    names: list[str] = []
    threads = [threading.Thread(target=lambda: names.extend(forgotten(old))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted([*names, *forgotten(old)]) == ["D-1", "D-2", "D-3"]
    assert sound(old)
