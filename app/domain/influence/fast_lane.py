"""What it costs to wait for one team: the decision's own figures, over the days that the team takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from app.domain.answers import Answers
from app.domain.influence.journeys import calendar_days
from app.domain.reading.amounts import Amount
from app.domain.triage.gates import delay_over


@dataclass(frozen=True)
class Lane:
    """``days``: working days of the team. ``cost``: of waiting for so long; ``whole``: it was told as a whole, however
    long. ``lost``: what goes with the deadline ``on``, where that falls into the wait. ``blocks``: the wait reaches
    that deadline."""

    days: float
    measured: bool
    cost: Amount | None
    whole: bool
    lost: Amount | None
    on: date | None
    blocks: bool


class SlowTeam(Protocol):
    """What is known of a team that takes its time: as it stands on its map, or as it was fixed."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def days(self) -> float | None: ...
    @property
    def measured(self) -> bool: ...


@dataclass(frozen=True)
class Fixed:
    """A team as it was when the decision was sent, whatever became of its map since."""

    id: int
    name: str
    days: float | None
    measured: bool = False


def lane(team: SlowTeam, answers: Answers, today: date) -> Lane | None:
    """None where the team has no days yet."""
    if team.days is None:
        return None
    days = calendar_days(team.days)
    costs, deadline = answers.costs, answers.deadline
    on = deadline.on if deadline and deadline.blocks and deadline.on and deadline.on >= today else None
    reached = on is not None and on <= today + timedelta(days=days)
    cost = delay_over(costs, days) if costs else None
    whole = bool(costs and costs.delay_total)
    lost = costs.lost if costs and costs.lost and reached else None
    return Lane(team.days, team.measured, cost, whole, lost, on, reached)
