"""Trade-offs in the record: sealed, erased with a person, forgotten with a decision, moved as they are."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.db import archive
from app.db.erasure import erase_workspace
from app.db.models import AuditEvent, Tradeoff, TradeoffPlan, TradeoffResult, TradeoffSide
from app.db.verifying import Record, verify
from app.domain.looking_back import Look, LookBack, Right
from app.workflows import looking_back, tradeoffs
from app.workflows.record.erasing import erase_person
from app.workflows.record.retention import forget_closed
from tests.workflows.colleagues import DANA, RITA, Company
from tests.workflows.tradeoffs.argued import guideline, told

pytestmark = pytest.mark.by_hand


def stands(company: Company) -> list[str]:
    with company.db.read(steady=True) as session:
        return list(verify(session, company.team, Record()))


def recorded(company: Company) -> str:
    """Every word of the record."""
    with company.db.read() as session:
        return str(list(session.scalars(select(AuditEvent.detail).where(AuditEvent.workspace_id == company.team))))


def test_it_is_sealed_moved_erased_and_forgotten(company: Company) -> None:
    id = told(company)
    company.do(tradeoffs.close, id, guideline(company))
    assert stands(company) == []
    with company.db.read(steady=True) as session:
        lines = list(archive.write(session, company.team, "0017"))
    archive.check(lines)
    with company.db.begin() as session:
        erase_workspace(session, company.team)
    with company.db.begin() as session:
        archive.put_back(session, company.team, lines)
    assert stands(company) == []
    with company.look(id) as d:
        assert d.tradeoff
        assert (d.tradeoff.arm, len(d.sides), len(d.plans), len(d.results)) == ("1 slot", 2, 1, 1)
    with company.db.begin() as session:
        erase_person(session, company.team, DANA, company.now)
    with company.look(id) as d:
        assert DANA not in str([(one.user_id, one.objective) for one in d.sides])
        assert "checkout conversion above" not in str([one.objective for one in d.sides]), "they said it as a person"
        assert "ad revenue per visit by 2%" in str([one.objective for one in d.sides])
    assert "checkout conversion above" not in recorded(company)
    assert stands(company) == []
    company.do(looking_back.look_back, id, LookBack(Look.LEARNING, Right.YES, "It held.", "", "One slot."), by=RITA)
    company.later(days=900)
    with company.db.begin() as session:
        assert forget_closed(session, company.now, timedelta(days=365)) == "D-1"
    with company.db.read() as session:
        rows = [
            one
            for model in (Tradeoff, TradeoffSide, TradeoffPlan, TradeoffResult)
            for one in session.scalars(select(model).where(model.workspace_id == company.team))
        ]
        said = str([{name: value for name, value in vars(one).items() if name[0] != "_"} for one in rows])
    for words in ("slot", "revenue", "conversion", "dashboard", "product page"):
        assert words not in said.lower()
        assert words not in recorded(company).lower()
    assert stands(company) == []


def test_what_is_changed_behind_the_records_back_is_seen(company: Company) -> None:
    told(company)
    with company.db.engine.begin() as line:
        line.execute(update(TradeoffSide).values(objective="Launch ads"))
        line.execute(update(TradeoffPlan).values(late=True))
        line.execute(update(TradeoffResult).values(corrects="Nothing"))
        line.execute(update(Tradeoff).values(shared="clicks"))
    said = " ".join(stands(company))
    for name in ("side 1 of", "version 1 of its experiment", "result 1 of", "its entry of the trade-off log"):
        assert name in said
