"""Two teams that disagree about ad slots, as far as a test needs them to have come."""

from dataclasses import replace
from datetime import date, timedelta

from app.domain.tradeoffs.experiment import Measure, Plan, ends_on, needed
from app.domain.tradeoffs.objective_figures import Unit
from app.domain.tradeoffs.results import Observed, Results
from app.workflows import tradeoffs
from app.workflows.tradeoffs import Closing, SideWritten
from tests.workflows.colleagues import DANA, MIA, OTTO, RITA, Company

REVENUE = Measure("ad revenue per visit", True, Unit.PERCENT, 0.05, 0.2, matters=2.0)
CONVERSION = Measure("conversion", True, Unit.PERCENTAGE_POINTS, 0.04, may_lose=0.1)
ARMS = ("0 slots", "1 slot", "2 slots", "3 slots")
SIDES = [
    SideWritten(MIA, "Increase ad revenue per visit by 2%", "objective_1"),
    SideWritten(DANA, "Keep checkout conversion above 4%", "objective_2"),
]
SOURCE = "experiment dashboard"


def slots(today: date, a_day: float = 60_000) -> Plan:
    """Revenue decides, and nobody may lose more than a tenth of a point of conversion."""
    size = needed(len(ARMS), (REVENUE, CONVERSION))
    starts = today + timedelta(days=1)
    return Plan(ARMS, (REVENUE, CONVERSION), "all", starts, ends_on(starts, len(ARMS), size, a_day), a_day, size)


def figures(plan: Plan, until: date | None = None, **lost: float) -> Results:
    """The seed's case: one slot brings 2% more revenue and loses under a tenth of a point of conversion; each further
    slot a little more revenue, and conversion beyond what anybody may lose."""
    seen = 4 * plan.needed
    rows = []
    for at, arm in enumerate(plan.arms):
        revenue = 0.05 * (1 + (0, 0.02, 0.026, 0.029)[at])
        conversion = 0.04 - (0, 0.0003, 0.004, 0.008)[at]
        rows.append(Observed("ad revenue per visit", arm, SOURCE, seen, mean=revenue, spread=0.2))
        rows.append(Observed("conversion", arm, SOURCE, seen, hits=round(seen * conversion)))
    return Results(tuple(rows), until or plan.ends)


def alike(plan: Plan) -> Results:
    """No arm differs."""
    found = figures(plan)
    first = {one.measure: one for one in found.rows if one.arm == plan.arms[0]}
    return replace(found, rows=tuple(replace(first[one.measure], arm=one.arm) for one in found.rows))


def opened(company: Company) -> int:
    id = company.triage()
    company.do(tradeoffs.open_tradeoff, id, SIDES, "revenue per visit", by=RITA)
    return id


def planned(company: Company) -> int:
    id = opened(company)
    company.do(tradeoffs.plan, id, slots(company.now.date()), "", by=RITA)
    return id


def agreed(company: Company) -> int:
    id = planned(company)
    for side in (MIA, DANA):
        company.do(tradeoffs.agree, id, 1, by=side)
    return id


def ended(company: Company) -> int:
    """Everybody agreed, and its last day is over."""
    id = agreed(company)
    with company.look(id) as d:
        ends = d.plans[-1].plan.ends
    company.now += timedelta(days=(ends - company.now.date()).days + 1)
    return id


def told(company: Company) -> int:
    """It has its verdict: one slot."""
    id = ended(company)
    with company.look(id) as d:
        plan = d.plans[-1].plan
    company.do(tradeoffs.put_results, id, figures(plan), "", by=MIA)
    return id


def guideline(company: Company, arm: str = "1 slot", reasons: str = "", decided: str = "") -> Closing:
    on = company.now.date() + timedelta(days=35)
    return Closing(decided or "Product pages have one ad slot.", arm, reasons, on)


__all__ = ["OTTO", "agreed", "alike", "ended", "figures", "guideline", "opened", "planned", "slots", "told"]
