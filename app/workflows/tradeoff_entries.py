"""An entry of the trade-off log, held, and what has to be true of it before it goes on."""

from datetime import date

from sqlalchemy.orm import Session

from app.db.models import Decision, Tradeoff
from app.domain.errors import NotNow, Unreadable
from app.domain.lifecycle import Status
from app.domain.tradeoffs.experiment import Plan
from app.domain.tradeoffs.objective_figures import Unit
from app.domain.tradeoffs.results import Results
from app.domain.tradeoffs.sides import may_argue, standing
from app.domain.triage.doors import Door
from app.words.states import STATUS_SAID
from app.workflows.admission import Actor, only
from app.workflows.opening import open_decision

_GONE = (Status.WITHDRAWN, Status.EXPIRED)


def open_argued(session: Session, id: int, actor: Actor) -> Decision:
    """The decision, held, for whoever argues in it."""
    decision = open_decision(session, actor, id)
    only(actor, *may_argue(decision))
    return decision


def entry_of(decision: Decision) -> Tradeoff:
    """The entry that goes on.

    Raises:
        NotNow: there is none, it is closed, or what it was about is.
    """
    entry = decision.tradeoff
    if entry is None:
        raise NotNow("There is no trade-off about it. “Two teams disagree…” on its card opens one.")
    if entry.closed_at is not None:
        raise NotNow("This trade-off is closed. What was decided is looked at again on its day.")
    if decision.status in _GONE:
        raise NotNow(f"{decision.name} is {STATUS_SAID[decision.status]}, so its trade-off rests.")
    return entry


def check_before_verdict(decision: Decision) -> None:
    """Raises NotNow for a decision about which no trade-off is opened any more."""
    if decision.status not in (Status.TRIAGE, Status.HELD):
        raise NotNow(
            f"{decision.name} is past its triage, so its signers or its owner decide it. A trade-off is opened before "
            "that: start another decision with “/escalate tradeoff”."
        )


def goes_back(decision: Decision) -> bool:
    """Whether closing the entry decides the decision too: nobody else has it, and it can be undone."""
    one_way = decision.verdict is not None and decision.verdict.door is Door.ONE_WAY
    return decision.status in (Status.TRIAGE, Status.HELD) and not one_way


def runs(decision: Decision, today: date) -> bool:
    """Whether everybody agreed and its first day has come: from then on it is frozen."""
    stood = standing(decision)
    return stood is not None and today >= stood.plan.starts


def agreed_plan(decision: Decision) -> Plan:
    """The experiment by which it is decided: the last version that every side agreed to."""
    stood = standing(decision)
    if stood is None:
        raise NotNow("Not everybody has agreed to the experiment, so its figures would decide nothing. First the yes.")
    return stood.plan


def check_rows(planned: Plan, results: Results) -> None:
    """Raises Unreadable for figures of what was not planned, without a source, or that can't be."""
    if not results.rows:
        raise Unreadable("Put in a line for each arm and metric.", "rows")
    for one in results.rows:
        if one.arm not in planned.arms:
            raise Unreadable(f"“{one.arm[:60]}” is no arm of it. Its arms: {', '.join(planned.arms)[:300]}.", "rows")
        measure = next((measure for measure in planned.measures if measure.name == one.measure), None)
        if measure is None:
            names = ", ".join(measure.name for measure in planned.measures)[:300]
            raise Unreadable(f"“{one.measure[:60]}” was not planned. Its metrics: {names}.", "rows")
        if not one.source.strip():
            raise Unreadable(f"Write where the figures of {one.measure[:60]} come from, as source.", "rows")
        share = measure.is_share and measure.unit is Unit.PERCENTAGE_POINTS
        if share and one.mean is not None and not 0 <= one.mean <= 1:
            raise Unreadable(
                f"{one.measure[:60]} is a share: as a mean it lies between 0 and 1, such as 0.042 for 4.2%. Or put in "
                "how many were seen, and the hits.", "rows",
            )  # fmt: skip


def missing_to_close(decision: Decision) -> list[str]:
    """What an entry of the log still lacks, in words."""
    missing = []
    if len(decision.sides) < 2:
        missing.append("the conflicting objectives")
    if standing(decision) is None:
        missing.append("an experiment that every side agreed to")
    if not decision.results:
        missing.append("its result")
    elif not decision.results[-1].verdict.final:
        missing.append("a result at its planned end")
    return missing
