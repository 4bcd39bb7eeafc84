"""A trade-off between teams: opened with their objectives, agreed to as an experiment, told by its figures, closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.db.models import Decision, Tradeoff, TradeoffPlan, TradeoffResult, TradeoffSide
from app.domain.errors import NotNow, Overtaken, Unreadable, gathered
from app.domain.lifecycle import Move, Status
from app.domain.message_kinds import NoticeKind
from app.domain.permissions import is_member
from app.domain.reading.days_in_forms import say_date
from app.domain.tradeoffs.experiment import LONGEST, Plan
from app.domain.tradeoffs.objective_types import Metric, Missing
from app.domain.tradeoffs.objectives import read_objective
from app.domain.tradeoffs.results import Results
from app.domain.tradeoffs.sides import may_argue, speaks, standing
from app.domain.tradeoffs.verdict import Outcome, judge
from app.words.reading.days import check_reach
from app.words.tradeoffs.objectives import MISSING_SAID
from app.workflows.admission import Actor, members_only, only
from app.workflows.cards import show
from app.workflows.commitments import decide_over
from app.workflows.follow_ups import kind, tradeoffs
from app.workflows.moving import move, record
from app.workflows.notifying import send, tell
from app.workflows.opening import ensure_person, join, open_decision, rely_on
from app.workflows.scheduling import today_for
from app.workflows.tradeoff_entries import (
    agreed_plan,
    check_before_verdict,
    check_rows,
    entry_of,
    goes_back,
    missing_to_close,
    open_argued,
    runs,
)
from app.workflows.triage.intake import close_prompts
from app.workflows.triage.verdicts import give_back

LEARNED_AFTER = timedelta(days=7)


@dataclass(frozen=True)
class SideWritten:
    """A team as the form has it. ``field``: where its objective stands, for a refusal."""

    user: str
    objective: str
    field: str = "objective_1"


def open_tradeoff(
    session: Session, id: int, sides: Sequence[SideWritten], shared: str, actor: Actor, now: datetime
) -> Decision:
    """Two or more teams disagree: each with who speaks for it and its objective. Again, until they agreed, it changes
    them, and every side is asked anew.

    Raises:
        NotNow: it is decided or written about already, or the experiment runs.
        Unreadable: fewer than two sides; somebody twice, or who can't decide; an objective that is none.
    """
    decision = open_decision(session, actor, id)
    members_only(session, actor, "only members open a trade-off")
    only(actor, *may_argue(decision))
    check_before_verdict(decision)
    entry = decision.tradeoff
    if entry is not None and entry.agreed_at is not None:
        raise NotNow("Everybody agreed already, so the objectives stand. What changes in the experiment is marked.")
    read = _read(session, decision, sides, actor, now)
    if entry is None:
        entry = Tradeoff(
            workspace_id=decision.workspace_id, decision_id=decision.id, opened_by=actor.user, opened_at=now, shared=""
        )
        decision.tradeoffs.append(entry)
    entry.shared = shared.strip()
    decision.tradeoff_version += 1
    kept = {one.user_id: one for one in decision.sides}
    for user in kept.keys() - {side.user for side, _ in read}:
        decision.sides.remove(kept[user])
        session.delete(kept[user])
    for side, metric in read:
        row = kept.get(side.user)
        if row is None:
            row = TradeoffSide(workspace_id=decision.workspace_id, decision_id=decision.id, user_id=side.user)
            row.objective, row.metric = side.objective.strip(), metric
            decision.sides.append(row)
        row.objective, row.metric, row.agreed_version, row.agreed_at = side.objective.strip(), metric, None, None
        join(session, decision, side.user)
    session.flush()
    record(session, decision, "tradeoff", actor.user, now, sides=[side.user for side, _ in read])
    for user in sorted({side.user for side, _ in read} - {actor.user}):
        tell(session, decision, user, NoticeKind.TRADEOFF_OPENED, now, who=actor.user)
    show(session, decision, now)
    return decision


def _read(
    session: Session, decision: Decision, sides: Sequence[SideWritten], actor: Actor, now: datetime
) -> list[tuple[SideWritten, Metric]]:
    if len(sides) < 2:
        raise Unreadable("A trade-off has at least two sides: choose who speaks for the other team.", "speaker_2")
    if len({one.user for one in sides}) < len(sides):
        raise Unreadable("Each side has somebody else who speaks for it.", "speaker_2")
    today = today_for(ensure_person(session, decision.workspace_id, actor.user), now)
    found = []
    with gathered() as wrong:
        for one in sides:
            if not is_member(rely_on(session, decision.workspace_id, one.user)):
                said = f"<@{one.user}> can't speak for a team here. Choose a member of this workspace."
                wrong.add(said, one.field.replace("objective", "speaker"))
            metric = read_objective(one.objective, today)
            if isinstance(metric, Missing):
                wrong.add(MISSING_SAID[metric], one.field)
            else:
                found.append((one, metric))
    return found


# ── the experiment ──────────────────────────────────────────────────────────────────────────────────────


def plan(session: Session, id: int, planned: Plan, why: str, actor: Actor, now: datetime) -> Decision:
    """Write down the experiment, and ask every side to agree. Whoever writes it agrees to it. Once it runs, what was
    agreed counts until every side has agreed to the change.

    Raises:
        NotNow: there is no trade-off, or it has a verdict already.
        Unreadable: days that have passed; once it runs, not why it is changed, or another first day.
    """
    decision = open_argued(session, id, actor)
    entry = entry_of(decision)
    members_only(session, actor, "only members plan an experiment")
    if decision.results and decision.results[-1].verdict.final:
        raise NotNow("It has its verdict already. Another experiment is another trade-off: “/escalate tradeoff”.")
    today = today_for(ensure_person(session, decision.workspace_id, actor.user), now)
    stood = standing(decision)
    late = runs(decision, today)
    if late and not why.strip():
        raise Unreadable("It runs already, and was frozen. Write why it changes: it stays marked.", "why")
    if late and stood is not None and planned.starts != stood.plan.starts:
        began = say_date(stood.plan.starts, today)
        raise Unreadable(f"It has run since {began}: its first day stays. Change what comes after it.", "starts")
    if not late and planned.starts < today:
        raise Unreadable("Choose a first day that is still to come: everybody agrees before it starts.", "starts")
    if planned.ends <= planned.starts or planned.ends - planned.starts > LONGEST:
        raise Unreadable("The last day comes after the first, and within a year.", "ends")
    check_reach(planned.ends, today, "ends")
    number = len(decision.plans) + 1
    decision.plans.append(
        TradeoffPlan(
            workspace_id=decision.workspace_id, decision_id=decision.id, number=number, plan=planned,
            author_id=actor.user, at=now, late=late, why=why.strip() if late else "",
        )
    )  # fmt: skip
    decision.tradeoff_version += 1
    for side in decision.sides:
        if side.user_id == actor.user:
            side.agreed_version, side.agreed_at = number, now
        elif late and stood is not None:
            # What all of them agreed to counts on, until all have agreed to this; a yes to a change between is void.
            side.agreed_version = stood.number
        else:
            side.agreed_version, side.agreed_at = None, None
    if not late:
        entry.agreed_at, decision.tradeoff_until = None, planned.ends
    session.flush()
    record(
        session, decision, "tradeoff_plan", actor.user, now, number=number, late=late, why=why.strip() if late else ""
    )
    for side in decision.sides:
        if side.user_id != actor.user:
            tell(session, decision, side.user_id, NoticeKind.TRADEOFF_ASKED, now, who=actor.user, late=late)
    _note_agreed(session, decision, entry, now)
    show(session, decision, now)
    return decision


def sides_read(session: Session, id: int, actor: Actor) -> Decision:
    """The decision with its sides, held for the plan that is about to be written."""
    decision = open_argued(session, id, actor)
    entry_of(decision)
    return decision


def agree(session: Session, id: int, version: int, actor: Actor, now: datetime) -> Decision:
    """“We agree to it”, for one's side. Twice changes nothing.

    Raises:
        NotNow: there is none, it has its verdict, or its first day passed before every side agreed.
        Overtaken: the plan was changed since they saw it.
    """
    decision = open_argued(session, id, actor)
    entry = entry_of(decision)
    members_only(session, actor, "only members agree to an experiment")
    side = speaks(decision.sides, actor.user)
    if side is None:
        only(actor, [one.user_id for one in decision.sides], "whoever speaks for a side")
        return decision
    if not decision.plans:
        raise NotNow("There is no experiment to agree to yet.")
    if version != decision.plans[-1].number:
        raise Overtaken(
            "The experiment was changed since you saw it. Its card has what it is now.", decision.plans[-1].number
        )
    if side.agreed_version == version:
        return decision
    if decision.results and decision.results[-1].verdict.final:
        raise NotNow("It has its verdict already, by what every side had agreed to. Nothing changes in it any more.")
    asked = decision.plans[-1]
    today = today_for(ensure_person(session, decision.workspace_id, actor.user), now)
    if not asked.late and asked.plan.starts < today:
        raise NotNow("Its first day has passed before every side agreed. Plan it with a first day still to come.")
    side.agreed_version, side.agreed_at = version, now
    record(session, decision, "tradeoff_agree", actor.user, now, number=version)
    _note_agreed(session, decision, entry, now)
    show(session, decision, now)
    return decision


def _note_agreed(session: Session, decision: Decision, entry: Tradeoff, now: datetime) -> None:
    """Once the last side has agreed to what was written last, it stands: its end is dated, and everybody hears."""
    last = decision.plans[-1]
    if standing(decision) is not last:
        return
    entry.agreed_at = now
    decision.tradeoff_until = last.plan.ends
    session.flush()
    kind.date_all(session, decision, [tradeoffs.ended(session, decision)])
    for user in sorted({side.user_id for side in decision.sides} | {decision.requester_id}):
        tell(session, decision, user, NoticeKind.TRADEOFF_AGREED, now, late=last.late)


def put_results(session: Session, id: int, results: Results, corrects: str, actor: Actor, now: datetime) -> Decision:
    """What the arms showed so far. Once there was a verdict, only what was mistyped is mended, for the same days.

    Raises:
        NotNow: not everybody agreed, it has not begun, or it is closed.
        Unreadable: days to come, no figures, arms or metrics that were not planned; further days after a verdict.
    """
    decision = open_argued(session, id, actor)
    entry_of(decision)
    members_only(session, actor, "only members put in results")
    today = today_for(ensure_person(session, decision.workspace_id, actor.user), now)
    planned = agreed_plan(decision)
    if results.until < planned.starts:
        raise Unreadable(f"It starts on {say_date(planned.starts, today)}: figures of before are none of it.", "until")
    if results.until > today:
        raise Unreadable("Choose the last day that the figures count, today at the latest.", "until")
    check_rows(planned, results)
    # Only the last one counts: once an interim look that was mistyped is mended, the experiment goes on.
    final = decision.results[-1] if decision.results and decision.results[-1].verdict.final else None
    if final is not None and results.until != final.results.until:
        day = say_date(final.results.until, today)
        raise Unreadable(
            f"It had its verdict for the days until {day}. What was mistyped can be mended for the same days; figures "
            "of further days would be a second look.", "until",
        )  # fmt: skip
    if final is not None and not corrects.strip():
        raise Unreadable("It has a verdict already. Write what was mistyped: it stays marked.", "corrects")
    number = len(decision.results) + 1
    verdict = judge(planned, results)
    decision.results.append(
        TradeoffResult(
            workspace_id=decision.workspace_id, decision_id=decision.id, number=number, results=results,
            verdict=verdict, author_id=actor.user, at=now, corrects=corrects.strip() if final else "",
        )
    )  # fmt: skip
    decision.tradeoff_version += 1
    session.flush()
    record(session, decision, "tradeoff_result", actor.user, now, number=number, outcome=verdict.outcome.value)
    if final is not None and not verdict.final:
        kind.date_all(session, decision, [tradeoffs.ended(session, decision)])
    if verdict.final:
        for user in sorted({side.user_id for side in decision.sides} | {decision.requester_id}):
            tell(session, decision, user, NoticeKind.TRADEOFF_RESULT, now, number=number)
            send(session, decision.workspace_id, "tradeoff_chart", user, now, decision)
    show(session, decision, now)
    return decision


# ── what is decided ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Closing:
    """``arm``: empty for what no arm tested; ``reasons``: where the figures did not tell."""

    decided: str
    arm: str
    reasons: str
    revisit_on: date


def close(session: Session, id: int, closing: Closing, actor: Actor, now: datetime) -> Decision:
    """Close the entry: what is decided, by which result, and when it is looked at again. Where the figures did not
    tell, it is decided all the same, with its reasons, and everybody is asked whether they commit. A decision that is
    not past its triage, and no one-way door, goes back to its owner by it; of any other it is evidence.

    Raises:
        NotAllowed: anybody but the requester.
        NotNow: an experiment, a result or a verdict is missing.
        Unreadable: no decision; no reasons where it takes them; a day that does not fit.
    """
    decision = open_argued(session, id, actor)
    entry = entry_of(decision)
    only(actor, [decision.requester_id], "the requester")
    members_only(session, actor, "only members decide")
    if missing := missing_to_close(decision):
        raise NotNow(f"The entry can't close yet. Still missing: {', '.join(missing)}.")
    planned, verdict = agreed_plan(decision), decision.results[-1].verdict
    if not closing.decided.strip():
        raise Unreadable("State in a sentence what is decided, as a guideline that others can go by.", "decided")
    if closing.arm and closing.arm not in planned.arms:
        raise Unreadable("Choose one of the arms, or that none of them tested it.", "arm")
    over = verdict.outcome is Outcome.INCONCLUSIVE or closing.arm != verdict.arm
    if over and not closing.reasons.strip():
        raise Unreadable("The figures don't say this by themselves. Write why it is decided so.", "reasons")
    person = ensure_person(session, decision.workspace_id, actor.user)
    today = today_for(person, now)
    if closing.revisit_on <= today:
        raise Unreadable("Choose a day to look again that is still to come.", "revisit")
    check_reach(closing.revisit_on, today, "revisit")
    entry.decided, entry.arm, entry.outcome = closing.decided.strip(), closing.arm or None, verdict.outcome
    entry.reasons = closing.reasons.strip() or None
    entry.closed_by, entry.closed_at, entry.revisit_on = actor.user, now, closing.revisit_on
    decision.tradeoff_version += 1
    decision.tradeoff_until = None
    back = goes_back(decision)
    if back:
        _give_back(session, decision, verdict.by or planned.deciding[0].name, closing.revisit_on, over, actor, now)
    session.flush()
    record(
        session, decision, "tradeoff_closed", actor.user, now, said=entry.decided, outcome=verdict.outcome.value,
        reason=entry.reasons or "",
    )  # fmt: skip
    if over and not decision.overs:
        _commit_to_it(session, decision, closing, actor, now)
    elif not back:  # signers or its owner have it: the guideline is evidence beside it, and is looked at on its own day
        kind.date_all(session, decision, [tradeoffs.guideline(session, decision)])
    for user in sorted({side.user_id for side in decision.sides} - {actor.user}):
        tell(session, decision, user, NoticeKind.TRADEOFF_CLOSED, now, who=actor.user)
    show(session, decision, now)
    return decision


def _give_back(
    session: Session, decision: Decision, metric: str, revisit_on: date, over: bool, actor: Actor, now: datetime
) -> None:
    """The decision goes back to its owner. Where it was decided over what the figures left open, that is looked at
    first, and what it taught a week later."""
    if decision.status is Status.HELD:
        move(session, decision, Move.RECONSIDER, actor.user, now)
    move(session, decision, Move.DEFLECT, actor.user, now, owner=decision.owner_id)
    close_prompts(session, decision, now)
    look_on = revisit_on + (LEARNED_AFTER if over else timedelta(0))
    give_back(session, decision, decision.owner_id, metric, look_on, now)


def _commit_to_it(session: Session, decision: Decision, closing: Closing, actor: Actor, now: datetime) -> None:
    try:
        decide_over(session, decision, closing.decided, closing.reasons, closing.revisit_on, actor, now)
    except Unreadable as error:
        raise Unreadable(error.sentence, "revisit") from None
