"""Disagree and commit: dissent, what was decided over it, everybody's yes or no, and looking at it again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.db.models import Commitment, Decision, Dissent, OverDissent, Person
from app.domain.commitments import (
    DISSENTED_IN,
    EARLIEST,
    LATEST,
    Degree,
    Pledge,
    Result,
    decider,
    fits,
    may_dissent,
    revisit_day,
)
from app.domain.errors import NotAllowed, NotNow, Unreadable
from app.domain.lifecycle import Move, Status
from app.domain.looking_back import Right
from app.domain.message_kinds import NoticeKind
from app.domain.people.working_time import hours_of
from app.domain.permissions import is_member
from app.domain.reading.days_in_forms import say_date
from app.words.reading.days import check_reach
from app.words.states import STATUS_SAID
from app.workflows.admission import Actor, members_only, only
from app.workflows.cards import show
from app.workflows.follow_ups import commitments, kind
from app.workflows.moving import move, record
from app.workflows.notifying import tell
from app.workflows.opening import ensure_person, open_decision, rely_on
from app.workflows.over_dissent import ask_decider
from app.workflows.scheduling import today_for
from app.workflows.triage import intake


def dissent(session: Session, id: int, degree: Degree, text: str, actor: Actor, now: datetime) -> Decision:
    """Differ in writing, before the decision or after it. It blocks nothing and stays.

    Raises:
        NotAllowed: the requester, about their own decision.
        Unreadable: no reason.
    """
    decision = open_decision(session, actor, id)
    if actor.user not in may_dissent(decision):
        raise NotAllowed("It is your own decision: change it, or withdraw it. Others say here where they differ.")
    if decision.status not in DISSENTED_IN:
        raise NotNow(f"There is nothing to differ from now: {decision.name} is {STATUS_SAID[decision.status]}.")
    if not text.strip():
        raise Unreadable("Write why, in your own words: whoever decides reads it as it stands.", "text")
    decision.dissent_count += 1
    decision.dissents.append(
        Dissent(
            workspace_id=decision.workspace_id, decision_id=decision.id, user_id=actor.user, degree=degree,
            text=text.strip(), at=now,
        )
    )  # fmt: skip
    session.flush()
    record(session, decision, "dissent", actor.user, now, degree=degree.value, said=text.strip())
    decides = decider(decision)
    hear = {decision.requester_id, decides, *(over.by for over in decision.overs)} - {None, actor.user}
    for user in sorted(one for one in hear if one):
        tell(session, decision, user, NoticeKind.DISSENT, now, who=actor.user, said=text.strip(), degree=degree.value)
    ask_decider(session, decision, now)
    show(session, decision, now)
    return decision


def state(session: Session, id: int, decided: str, reasons: str, on: date, actor: Actor, now: datetime) -> Decision:
    """The decider states what was decided over dissent, why, and when it is looked at again; everybody affected is
    asked whether they commit.

    Raises:
        NotAllowed: anybody but who decided it.
        NotNow: nobody has decided yet, nobody differs, or it is stated already.
        Unreadable: no decision or reasons; a day outside of four to six weeks, or off.
    """
    decision = open_decision(session, actor, id)
    by = decider(decision)
    if by is None:
        raise NotNow(f"Nobody has decided it yet: {decision.name} is {STATUS_SAID[decision.status]}.")
    only(actor, [by], "whoever decided it")
    members_only(session, actor, "only members decide")
    if not decision.dissent_count:
        raise NotNow("Nobody differs, so there is nothing to state: what was decided stands on its card.")
    if decision.overs:
        raise NotNow(f"It is stated already, on {say_date(decision.overs[-1].at.date(), now.date())}.")
    if not decided.strip():
        raise Unreadable("State in a sentence what was decided.", "decided")
    if not reasons.strip():
        raise Unreadable("Write the reasons: those who differ carry it out all the same.", "reasons")
    person = ensure_person(session, decision.workspace_id, actor.user)
    check_revisit_day(on, today_for(person, now), person)
    decision.overs.append(
        OverDissent(
            workspace_id=decision.workspace_id, decision_id=decision.id, by=actor.user, decided=decided.strip(),
            reasons=reasons.strip(), at=now, revisit_on=on,
        )
    )  # fmt: skip
    decision.revisit_on = on
    session.flush()
    record(
        session, decision, "over_dissent", actor.user, now, said=decided.strip(), reason=reasons.strip(),
        on=on.isoformat(),
    )  # fmt: skip
    _ask_everybody(session, decision, actor, now)
    kind.date_all(session, decision, [commitments.revisit(session, decision)])
    show(session, decision, now)
    return decision


def check_revisit_day(on: date, today: date, person: Person) -> None:
    """Raises Unreadable, with a day that would do, for one outside of the four to six weeks or off."""
    hours = hours_of(person)
    if fits(on, today, hours):
        return
    usual = say_date(revisit_day(today, hours), today)
    first, last = say_date(today + EARLIEST, today), say_date(today + LATEST, today)
    if today + EARLIEST <= on <= today + LATEST:
        raise Unreadable(f"{say_date(on, today)} is a day off for you. Choose a working day, such as {usual}.", "on")
    raise Unreadable(f"Choose a day from {first} to {last}: four to six weeks on, such as {usual}.", "on")


def _ask_everybody(session: Session, decision: Decision, actor: Actor, now: datetime) -> None:
    """Everybody who takes part, but for guests and whoever decided."""
    for user in sorted({one.user_id for one in decision.participants} - {actor.user}):
        if not is_member(rely_on(session, decision.workspace_id, user)):
            continue
        asked = Commitment(
            workspace_id=decision.workspace_id, decision_id=decision.id, user_id=user, asked_at=now, said=""
        )
        decision.commitments.append(asked)
        tell(session, decision, user, NoticeKind.COMMIT_ASKED, now)
        kind.date_all(session, decision, commitments.reminders(session, decision, asked))
    session.flush()


def commit(session: Session, id: int, actor: Actor, now: datetime) -> Decision:
    """“I commit”. Also by whoever could not before."""
    decision = open_decision(session, actor, id)
    asked = _asked(session, decision, actor)
    if asked.answer is Pledge.COMMIT:
        return decision
    asked.answer, asked.said, asked.until, asked.answered_at = Pledge.COMMIT, "", None, now
    record(session, decision, "commit", actor.user, now)
    show(session, decision, now)
    return decision


def cannot(session: Session, id: int, why: str, until: date, actor: Actor, now: datetime) -> Decision:
    """“I can't, because…”: it goes to the decider, with the day by which it has to be settled."""
    decision = open_decision(session, actor, id)
    asked = _asked(session, decision, actor)
    if not why.strip():
        raise Unreadable("Write what keeps you from it: whoever decided reads it.", "why")
    today = today_for(ensure_person(session, decision.workspace_id, actor.user), now)
    if until <= today:
        raise Unreadable("Choose a day that is still to come, by which it has to be settled.", "until")
    check_reach(until, today, "until")
    asked.answer, asked.said, asked.until, asked.answered_at = Pledge.CANNOT, why.strip(), until, now
    record(session, decision, "cannot_commit", actor.user, now, said=why.strip(), until=until.isoformat())
    who = commitments.who_revisits(session, decision)
    tell(
        session, decision, who, NoticeKind.CANNOT_COMMIT, now, who=actor.user, said=why.strip(), until=until.isoformat()
    )
    show(session, decision, now)
    return decision


def _asked(session: Session, decision: Decision, actor: Actor) -> Commitment:
    members_only(session, actor, "only members commit to what is decided")
    found = next((one for one in decision.commitments if one.user_id == actor.user), None)
    if found is None:
        raise NotAllowed("Nobody asked you whether you commit to this. Nothing was changed.")
    if decision.revisit_on is None:
        raise NotNow("It was looked at again since, so nobody waits for your answer any more.")
    return found


@dataclass(frozen=True)
class Revisited:
    """What was written on the day. ``right``: of each dissent, by its id; ``evidence``: what is new, before the day."""

    result: Result
    happened: str
    right: Mapping[int, Right] = field(default_factory=dict)
    evidence: str = ""


def look_again(session: Session, id: int, written: Revisited, actor: Actor, now: datetime) -> Decision:
    """Keep what was decided over dissent, change it by a new decision, or undo it. Whether each dissent was right is
    written beside it.

    Raises:
        NotAllowed: anybody but who stated it, or the requester where that person has left.
        NotNow: there is none, or it was written already.
        Unreadable: not what happened; before its day, not what is new.
    """
    decision = open_decision(session, actor, id)
    if not decision.overs or decision.revisit_on is None:
        raise NotNow("There is nothing to look at again: it was written already, or nothing was decided over dissent.")
    only(actor, [commitments.who_revisits(session, decision)], "whoever decided it")
    members_only(session, actor, "only members decide")
    if not written.happened.strip():
        raise Unreadable("Write what happened: the figure, as it turned out.", "happened")
    over = decision.overs[-1]
    early = today_for(ensure_person(session, decision.workspace_id, actor.user), now) < over.revisit_on
    if early and not written.evidence.strip():
        raise Unreadable("Before the day that was set it takes new evidence: write what nobody knew then.", "evidence")
    over.result, over.happened = written.result, written.happened.strip()
    over.evidence = written.evidence.strip() or None
    over.revisited_by, over.revisited_at = actor.user, now
    for one in decision.dissents:
        one.was_right = written.right.get(one.id)
    decision.revisit_on = None
    if written.result is Result.CHANGE:
        over.next_number = _next(session, decision, actor, now).number
    if written.result is Result.UNDO and decision.status is Status.APPROVED:
        move(session, decision, Move.DROP, actor.user, now, why=written.happened.strip())
        decision.look_on = None
    record(
        session, decision, "revisited", actor.user, now, result=written.result.value, said=over.happened,
        next=over.next_number,
    )  # fmt: skip
    asked = {one.user_id for one in decision.commitments} | {one.user_id for one in decision.dissents}
    hear = {decision.requester_id, *asked} - {actor.user}
    for user in sorted(hear):
        tell(session, decision, user, NoticeKind.REVISITED, now)
    show(session, decision, now)
    return decision


def _next(session: Session, decision: Decision, actor: Actor, now: datetime) -> Decision:
    """The decision that changes this one: it says so in its source, and is as private."""
    over = decision.overs[-1]
    said = (
        f"It changes {decision.name}, which was decided over dissent: {over.decided}\n\nWhat happened: {over.happened}"
    )
    return intake.start(
        session, f"Change {decision.name}: {decision.title}", actor, now, channel=decision.channel_id,
        private=decision.private, closed_channel=decision.closed_channel, source_text=said,
    )  # fmt: skip
