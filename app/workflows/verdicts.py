"""What follows from a verdict: deflect, ask the rung below, go on with a reason, or start the memo."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.db import policies, queries
from app.db.models import Decision
from app.domain.answers import Attempt, Result
from app.domain.calendar import zone
from app.domain.dates import check_reach
from app.domain.errors import NotAllowed, NotNow, Unreadable
from app.domain.ladder import RUNGS, Rung
from app.domain.lifecycle import Move, Status
from app.domain.reading import count_words
from app.domain.reviews import learning_check_on
from app.domain.triage import Door, NextStep
from app.words.triage import question_for_below
from app.workflows import dating
from app.workflows.common import (
    THRESHOLD,
    Actor,
    card,
    ensure_person,
    is_member,
    join,
    members_only,
    move,
    only,
    open_decision,
    record,
    rely_on,
    setting_of,
    show,
    tell,
    today_for,
    working_day,
)
from app.workflows.triage import conclude, judge


@dataclass(frozen=True)
class Deflection:
    """How a two-way door goes back: who decides, by what it is judged, when the team looks."""

    owner: str
    metric: str
    look_on: date | None = None  # two weeks from now, or the end of the trial


def deflect(session: Session, id: int, deflection: Deflection, actor: Actor, now: datetime) -> Decision:
    """Hand a two-way door back to its owner, with a metric and a dated learning check. No leader hears of it.

    Raises:
        Unreadable: no metric, or a date that has passed.
        NotNow: the verdict is not two-way, or this was done already.
    """
    d = open_decision(session, actor, id)
    only(actor, [d.requester_id], "the requester")
    if d.verdict is None or d.verdict.door is not Door.TWO_WAY:
        raise NotNow("Only a two-way door goes back to its team this way.")
    today = today_for(ensure_person(session, d.workspace_id, d.requester_id), now)
    if deflection.look_on and deflection.look_on <= today:
        raise Unreadable("The learning check needs a day that is still to come.", "look_on")
    if deflection.look_on:
        check_reach(deflection.look_on, today, "look_on")
    if not deflection.metric.strip():
        raise Unreadable(
            "Name one thing that will show whether it was right: a metric, or what you will watch.", "metric"
        )
    owner = rely_on(session, d.workspace_id, deflection.owner)
    if not is_member(owner):
        raise Unreadable(f"<@{owner.user_id}> can't decide it. Choose a member of this workspace.", "owner")
    move(session, d, Move.DEFLECT, actor.user, now, owner=deflection.owner)
    trial_ends = d.answers.trial.ends if d.answers.trial and d.answers.trial.possible else None
    look_on = deflection.look_on or (trial_ends if trial_ends and trial_ends > today else None)
    give_back(
        session,
        d,
        deflection.owner,
        deflection.metric.strip(),
        look_on or learning_check_on(today, policies.of(session, d)),
        now,
    )
    show(session, d, now)
    return d


def give_back(session: Session, d: Decision, owner: str, metric: str, look_on: date, now: datetime) -> None:
    """The record of a decision that its owner takes: metric, day of the learning check, and the follow-up."""
    person = rely_on(session, d.workspace_id, owner)
    day = working_day(person, look_on)  # the card and the reminder name the same day
    d.owner_id, d.metric, d.look_on, d.decided_at = owner, metric, day, now
    join(session, d, owner)
    dating.date_all(session, d, [dating.look(session, d, "learning_check")])


def go_on_anyway(session: Session, id: int, reason: str, actor: Actor, now: datetime) -> Decision:
    """Pass a failed gate with a written reason. Signers see it, and it is counted."""
    d = open_decision(session, actor, id)
    only(actor, [d.requester_id], "the requester")
    if count_words(reason) < 3:
        raise Unreadable("Write a sentence that your signers will read: why go on although the gate failed?", "reason")
    move(session, d, Move.OVERRIDE, actor.user, now, reason=reason.strip())
    d.override_reason = reason.strip()
    show(session, d, now)
    return d


def start_memo(session: Session, id: int, actor: Actor, now: datetime) -> Decision:
    """Begin the memo of a one-way door whose gates all passed. Doing it twice changes nothing."""
    d = open_decision(session, actor, id)
    only(actor, [d.requester_id], "the requester")
    if d.status is Status.DRAFTING:
        return d
    if d.verdict is None or d.verdict.next_step is not NextStep.WRITE_MEMO:
        raise NotNow("The memo comes after the verdict, once every gate has passed or you gave your reason.")
    move(session, d, Move.DRAFT, actor.user, now)
    show(session, d, now)
    return d


# ── the question to the rung below ──────────────────────────────────────────────────────────────────────


def ask_below(session: Session, id: int, person: str, text: str, actor: Actor, now: datetime) -> Decision:
    """Send the question that Threshold wrote to somebody on the rung below."""
    d = open_decision(session, actor, id)
    only(actor, [d.requester_id], "the requester")
    rung = _below(d)
    if person == d.requester_id:
        raise Unreadable("Ask somebody else: the rung below is there to be asked.", "person")
    asked = rely_on(session, d.workspace_id, person)
    if not is_member(asked):
        raise Unreadable(f"<@{person}> can't answer. Choose a member of this workspace.", "person")
    waits = any(one.who == person and one.result is Result.NO_ANSWER for one in d.answers.tried or ())
    sent = [e for e in queries.history(session, d) if e.what == "ask_below" and e.detail.get("person") == person]
    if waits and sent:  # the requester may also have asked by themselves; then it was not sent yet
        raise NotNow(f"<@{person}> has that question already. Their answer will show up here.")
    join(session, d, person)
    _note_attempt(d, Attempt(rung, Result.NO_ANSWER, who=person, note=f"asked on {now.date().isoformat()}"))
    record(session, d, "ask_below", actor.user, now, rung=rung.value, person=person, text=text.strip())
    judge(session, d, setting_of(session, d, now))
    dating.date_all(session, d, [dating.asked_reminder(session, d, person, now)])
    card(session, d, "asked", person, now)
    show(session, d, now)
    return d


def answer_below(session: Session, id: int, can_decide: bool, said: str, actor: Actor, now: datetime) -> Decision:
    """The rung below answers: it decides, and the climb ends here; or it can't, and the verdict is worked out anew."""
    d = open_decision(session, actor, id)
    asked = [one for one in d.answers.tried or () if one.who == actor.user]
    if not asked:
        raise NotAllowed("That question went to somebody else. Nothing was changed.")
    if d.status is not Status.HELD:
        raise NotNow("This decision has moved on; your answer is no longer needed. Thank you.")
    attempt = next((one for one in asked if one.result is Result.NO_ANSWER), None)
    if attempt is None:
        raise NotNow("You answered that question already. Nothing was changed.")
    if can_decide:
        rely_on(session, d.workspace_id, actor.user)
        members_only(session, actor, "only members decide")
        record(session, d, "decides_below", actor.user, now, rung=attempt.rung.value, said=said)
        move(session, d, Move.RECONSIDER, THRESHOLD, now)
        move(session, d, Move.DEFLECT, actor.user, now, owner=actor.user, rung=attempt.rung.value)
        person = ensure_person(session, d.workspace_id, actor.user)
        look_on = learning_check_on(now.astimezone(zone(person.tz)).date(), policies.of(session, d))
        give_back(session, d, actor.user, said.strip() or "what the owner decides, in writing", look_on, now)
        tell(session, d, d.requester_id, "below_decides", now, who=actor.user)
        show(session, d, now)
        return d
    _note_attempt(d, replace(attempt, result=Result.CANNOT_DECIDE, said=said.strip()))
    record(session, d, "cannot_decide", actor.user, now, rung=attempt.rung.value, said=said)
    move(session, d, Move.RECONSIDER, THRESHOLD, now)
    conclude(session, d, now)
    tell(session, d, d.requester_id, "below_cannot", now, who=actor.user, said=said.strip())
    return d


def question_below(session: Session, d: Decision, now: datetime) -> tuple[Rung, str]:
    """The rung to be asked, and the question in words, ready to send."""
    up = d.verdict.rung if d.verdict else None
    return _below(d), question_for_below(d.title, d.answers, setting_of(session, d, now), up)


def _below(d: Decision) -> Rung:
    if d.status is not Status.HELD or d.verdict is None or d.verdict.below is None:
        raise NotNow("There is nobody to ask below right now: this decision is not held.")
    return d.verdict.below


def _note_attempt(d: Decision, attempt: Attempt) -> None:
    others = [one for one in d.answers.tried or () if one.rung is not attempt.rung]
    tried = sorted([*others, attempt], key=lambda one: RUNGS.index(one.rung))
    d.answers = replace(d.answers, tried=tuple(tried))
