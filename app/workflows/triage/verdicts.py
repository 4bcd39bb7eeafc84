"""What follows from a verdict: deflect, ask the rung below, go on with a reason, or start the memo."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.db import policies, queries
from app.db.models import Decision
from app.domain.answers import Attempt, Result
from app.domain.errors import NotNow, Unreadable
from app.domain.ladder import RUNGS, Rung
from app.domain.lifecycle import Move, Status
from app.domain.looking_back import learning_check_on
from app.domain.memo.evidence import count_words
from app.domain.permissions import is_member
from app.domain.triage.doors import Door
from app.domain.triage.verdict import NextStep
from app.words.reading.days import check_reach
from app.words.triage.verdict import question_for_below
from app.workflows.admission import Actor, only
from app.workflows.cards import card, show
from app.workflows.follow_ups import asked_below, date_passed, kind, looking_back
from app.workflows.moving import move, record
from app.workflows.opening import ensure_person, join, open_decision, rely_on
from app.workflows.over_dissent import ask_decider
from app.workflows.scheduling import today_for, working_day
from app.workflows.triage.answering import judge
from app.workflows.triage.intake import close_prompts
from app.workflows.triage.setting import setting_of


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
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id], "the requester")
    if decision.verdict is None or decision.verdict.door is not Door.TWO_WAY:
        raise NotNow("Only a two-way door goes back to its team this way.")
    today = today_for(ensure_person(session, decision.workspace_id, decision.requester_id), now)
    if deflection.look_on and deflection.look_on <= today:
        raise Unreadable("The learning check needs a day that is still to come.", "look_on")
    if deflection.look_on:
        check_reach(deflection.look_on, today, "look_on")
    if not deflection.metric.strip():
        raise Unreadable(
            "Name one thing that will show whether it was right: a metric, or what you will watch.", "metric"
        )
    owner = rely_on(session, decision.workspace_id, deflection.owner)
    if not is_member(owner):
        raise Unreadable(f"<@{owner.user_id}> can't decide it. Choose a member of this workspace.", "owner")
    move(session, decision, Move.DEFLECT, actor.user, now, owner=deflection.owner)
    close_prompts(session, decision, now)
    trial_ends = decision.answers.trial.ends if decision.answers.trial and decision.answers.trial.possible else None
    look_on = deflection.look_on or (trial_ends if trial_ends and trial_ends > today else None)
    give_back(
        session,
        decision,
        deflection.owner,
        deflection.metric.strip(),
        look_on or learning_check_on(today, policies.of(session, decision)),
        now,
    )
    show(session, decision, now)
    return decision


def give_back(session: Session, decision: Decision, owner: str, metric: str, look_on: date, now: datetime) -> None:
    """The record of a decision that its owner takes: metric, day of the learning check, and the follow-up."""
    person = rely_on(session, decision.workspace_id, owner)
    day = working_day(person, look_on)  # the card and the reminder name the same day
    decision.owner_id, decision.metric, decision.look_on, decision.decided_at = owner, metric, day, now
    join(session, decision, owner)
    learning = looking_back.look(session, decision, "learning_check")
    kind.date_all(session, decision, [learning, *date_passed.passing(session, decision, now)])
    ask_decider(session, decision, now)


def go_on_anyway(session: Session, id: int, reason: str, actor: Actor, now: datetime) -> Decision:
    """Pass a failed gate with a written reason. Signers see it, and it is counted."""
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id], "the requester")
    if count_words(reason) < 3:
        raise Unreadable("Write a sentence that your signers will read: why go on although the gate failed?", "reason")
    move(session, decision, Move.OVERRIDE, actor.user, now, reason=reason.strip())
    decision.override_reason = reason.strip()
    show(session, decision, now)
    return decision


def start_memo(session: Session, id: int, actor: Actor, now: datetime) -> Decision:
    """Begin the memo of a one-way door whose gates all passed. Doing it twice changes nothing."""
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id], "the requester")
    if decision.status is Status.DRAFTING:
        return decision
    if decision.verdict is None or decision.verdict.next_step is not NextStep.WRITE_MEMO:
        raise NotNow("The memo comes after the verdict, once every gate has passed or you gave your reason.")
    move(session, decision, Move.DRAFT, actor.user, now)
    close_prompts(session, decision, now)
    show(session, decision, now)
    return decision


# ── the question to the rung below ──────────────────────────────────────────────────────────────────────


def ask_below(session: Session, id: int, person: str, text: str, actor: Actor, now: datetime) -> Decision:
    """Send the question that Threshold wrote to somebody on the rung below."""
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id], "the requester")
    rung = _below(decision)
    if person == decision.requester_id:
        raise Unreadable("Ask somebody else: the rung below is there to be asked.", "person")
    asked = rely_on(session, decision.workspace_id, person)
    if not is_member(asked):
        raise Unreadable(f"<@{person}> can't answer. Choose a member of this workspace.", "person")
    waits = any(one.who == person and one.result is Result.NO_ANSWER for one in decision.answers.tried or ())
    sent = [e for e in queries.history(session, decision) if e.what == "ask_below" and e.detail.get("person") == person]
    if waits and sent:  # the requester may also have asked by themselves; then it was not sent yet
        raise NotNow(f"<@{person}> has that question already. Their answer will show up here.")
    join(session, decision, person)
    before = decision.answers.attempt(rung)  # where and when they were asked before stays, if it was they
    kept = before.note if before and before.who == person else ""
    note = kept or f"asked on {now.date().isoformat()}"
    note_attempt(decision, Attempt(rung, Result.NO_ANSWER, who=person, note=note))
    record(session, decision, "ask_below", actor.user, now, rung=rung.value, person=person, text=text.strip())
    judge(session, decision, setting_of(session, decision, now))
    kind.date_all(session, decision, [asked_below.asked_reminder(session, decision, person, now)])
    card(session, decision, "asked", person, now)
    show(session, decision, now)
    return decision


def question_below(session: Session, decision: Decision, now: datetime) -> tuple[Rung, str]:
    """The rung to be asked, and the question in words, ready to send."""
    below, up = _below(decision), decision.verdict.rung if decision.verdict else None
    setting, policy = setting_of(session, decision, now), policies.of(session, decision)
    return below, question_for_below(decision.title, decision.answers, setting, below, up, policy)


def _below(decision: Decision) -> Rung:
    if decision.status is not Status.HELD or decision.verdict is None or decision.verdict.below is None:
        raise NotNow("There is nobody to ask below right now: this decision is not held.")
    return decision.verdict.below


def note_attempt(decision: Decision, attempt: Attempt) -> None:
    """Keep what came of asking a rung, in place of what was known of it."""
    others = [one for one in decision.answers.tried or () if one.rung is not attempt.rung]
    tried = sorted([*others, attempt], key=lambda one: RUNGS.index(one.rung))
    decision.answers = replace(decision.answers, tried=tuple(tried))
