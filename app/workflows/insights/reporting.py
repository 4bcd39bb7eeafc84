"""What a workspace, or a channel of it, may see of how it decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.db import insights, policies, prereads
from app.db.models import PolicyVersion
from app.domain.insights.cases import Case
from app.domain.insights.report import SOON, Report, report
from app.workflows.admission import Actor, check_keeps, members_only

KEEPERS_SEE = "see how the whole workspace decides (in a channel “/escalate insights” is for its members)"


def check_may_see(session: Session, actor: Actor, channel: str) -> None:
    """Any member in a channel; of the whole workspace (``channel`` empty) its keepers.

    Raises:
        NotAllowed: somebody else.
    """
    members_only(session, actor, "only members see how a channel decides")
    if not channel:
        check_keeps(session, actor, KEEPERS_SEE)


def insights_of(
    session: Session,
    workspace: str,
    now: datetime,
    *,
    channel: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    imported: bool = False,
    step: Callable[[int], object] = lambda _more: None,
) -> Report:
    """``since``, ``until``: of the decisions that began then, or before. ``imported``: with those that were decided
    elsewhere. ``step`` is told of the decisions read. Reads only."""
    found: Iterator[Case] = _counted(insights.cases(session, workspace, channel, imported=imported), step)
    chosen = (one for one in found if until is None or one.begun < until)
    newest: PolicyVersion | None = next(iter(policies.history(session, workspace)), None)
    found_ = report(chosen, now, since, soon=newest.policy.two_way_undo if newest else SOON)
    syncs = prereads.sync_figures(session, workspace, channel, since)
    return replace(found_, syncs=syncs if syncs.planned else None)


def _counted(cases: Iterator[Case], step: Callable[[int], object]) -> Iterator[Case]:
    for case in cases:
        step(1)
        yield case
