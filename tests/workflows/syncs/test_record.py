"""What was said before a sync, in the record: sealed, erased with a person, forgotten with a decision, and moved."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.commands.export import record
from app.db import archive, exporting
from app.db.erasure import erase_workspace
from app.db.models import Remark, Sync
from app.db.verifying import Record, verify
from app.domain.syncs.life import SyncState
from app.workflows.record.erasing import erase_person
from app.workflows.record.retention import forget_closed
from app.workflows.signing import signoffs
from app.workflows.syncs import remarks
from tests.workflows.colleagues import DANA, RITA, VERA, Company
from tests.workflows.syncs.test_prereads import approves, asks, sent, state

pytestmark = pytest.mark.by_hand


def stands(company: Company) -> list[str]:
    with company.db.read(steady=True) as session:
        return list(verify(session, company.team, Record()))


def test_it_is_sealed_moved_erased_and_forgotten_with_the_rest(company: Company) -> None:
    id = sent(company, DANA, VERA)
    question = asks(company, id, DANA, "Who pays for January?")
    company.do(remarks.answer, id, question, "Retail pays, says Dana.", by=VERA)
    assert stands(company) == []
    with company.db.read(steady=True) as session:
        lines = list(archive.write(session, company.team, "0016"))
    archive.check(lines)
    company.drafting()  # of another one nothing was said
    with company.db.read(steady=True) as session:
        exported = [record(one) for one in exporting.decisions(session, company.team) if not isinstance(one, int)]
    assert [len(one["comments"]) for one in exported] == [1, 0]
    assert exported[0]["comments"][0]["answer"] == "Retail pays, says Dana."
    assert (len(exported[0]["syncs"]), len(exported[0]["pre_read_by"])) == (1, 2)
    with company.db.engine.begin() as line:
        line.execute(Remark.__table__.update().values(text="Nothing."))  # type: ignore[attr-defined]
        line.execute(Sync.__table__.update().values(minutes=60))  # type: ignore[attr-defined]
    assert stands(company) == [
        "D-1: sync 1 was changed behind the record's back.",
        "D-1: comment 1 was changed behind the record's back.",
    ]
    with company.db.begin() as session:
        erase_workspace(session, company.team)
    with company.db.begin() as session:
        archive.put_back(session, company.team, lines)
    assert stands(company) == []
    with company.db.begin() as session:
        erase_person(session, company.team, DANA, company.now)
    with company.look(id) as d:
        assert "January" not in str([(one.text, one.answer) for one in d.remarks])
        assert DANA not in str([(one.user_id, one.answered_by) for one in d.remarks])
        assert DANA not in [one.user_id for one in d.sync_readers]
    assert stands(company) == []
    approves(company, id, VERA)
    assert state(company, id)[0] is SyncState.PLANNED, "the question stands, without its words"
    company.do(remarks.resolve, id, question, by=RITA)
    assert state(company, id)[0] is SyncState.CANCELLED
    company.do(signoffs.withdraw, id, "No more.")
    company.later(days=500)
    with company.db.begin() as session:
        assert forget_closed(session, company.now, timedelta(days=365)) == "D-1"
    with company.db.read() as session:
        said = session.scalars(select(Remark).where(Remark.workspace_id == company.team)).all()
        assert "Retail pays" not in str([(one.text, one.answer) for one in said])
    assert stands(company) == []
