"""A trade-off as its cards and notices meet it: planned and told by its figures, or closed by a guideline."""

from datetime import datetime, timedelta
from typing import Any

from app.db.models import Decision, Tradeoff, TradeoffPlan, TradeoffResult, TradeoffSide
from app.domain.tradeoffs.objective_types import Metric
from app.domain.tradeoffs.objectives import read_objective
from app.domain.tradeoffs.verdict import Outcome, judge
from tests.workflows.tradeoffs.argued import SIDES, figures, slots


def argue(d: Decision, users: tuple[str, str], now: datetime, **closed: Any) -> Decision:
    """``d`` with two sides, an experiment they agreed to that was changed while it ran, and its verdict."""
    its: dict[str, Any] = {"workspace_id": d.workspace_id, "decision_id": d.id}
    begun = now - timedelta(weeks=30)
    plan = slots(begun.date())
    d.tradeoff_version = 4
    d.tradeoffs = [Tradeoff(id=1, **its, shared="worth of a visit", opened_by=users[0], opened_at=begun, **closed)]
    d.tradeoffs[0].agreed_at = begun
    d.sides = []
    for at, (user, side) in enumerate(zip(users, SIDES, strict=True), 1):
        metric = read_objective(side.objective, now.date())
        assert isinstance(metric, Metric)
        agreed = {"agreed_version": 2 if at == 1 else 1, "agreed_at": begun}
        d.sides.append(TradeoffSide(id=at, **its, user_id=user, objective=side.objective, metric=metric, **agreed))
    d.plans = [
        TradeoffPlan(id=1, **its, number=1, plan=plan, author_id=users[0], at=begun, late=False, why=""),
        TradeoffPlan(id=2, **its, number=2, plan=plan, author_id=users[0], at=begun, late=True, why="A holiday."),
    ]
    results = figures(plan)
    verdict = judge(plan, results)
    d.results = [
        TradeoffResult(
            id=1, **its, number=1, results=results, verdict=verdict, author_id=users[0], at=begun, corrects="Swapped."
        )
    ]  # fmt: skip
    return d


def closed_by(user: str, now: datetime) -> dict[str, Any]:
    return {
        "decided": "We take 1.5 slots.", "reasons": "Nobody loses face.", "arm": None, "outcome": Outcome.THIS_ARM,
        "closed_by": user, "closed_at": now, "revisit_on": now.date() + timedelta(weeks=5),
    }  # fmt: skip
