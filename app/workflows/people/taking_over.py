"""Somebody goes on with a decision whose requester has left."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.db import auditor_queries, policies, posted_cards, queries, roster
from app.db.models import Decision
from app.domain.answers import Result
from app.domain.errors import NotAllowed, NotNow
from app.domain.lifecycle import TAKE_OVER
from app.domain.permissions import signs, waits_for_requester
from app.words.states import STATUS_SAID
from app.workflows import agenda
from app.workflows.admission import Actor, members_only
from app.workflows.cards import show
from app.workflows.follow_ups import kind, registry
from app.workflows.moving import record
from app.workflows.opening import gone_from, open_decision, rely_on
from app.workflows.requester_left import requester_is_gone
from app.workflows.triage.answering import judge
from app.workflows.triage.setting import setting_of


def take_over(session: Session, id: int, actor: Actor, now: datetime) -> Decision:
    """Become the requester in place of one who has left. The first click counts; the original stays on the record.

    Raises:
        NotAllowed: a guest, or somebody who signs it.
        NotNow: the requester is here, or somebody took it over already; or nothing is left to do.
    """
    decision = open_decision(session, actor, id)
    agenda.follow(session, decision, now)
    rely_on(session, actor.workspace, actor.user)
    members_only(session, actor, "only members take a decision over")
    gone = decision.requester_id
    if not requester_is_gone(session, decision):
        raise NotNow(_taken(session, decision, actor))
    if not waits_for_requester(decision):
        raise NotNow(f"There is nothing left to take over: this decision is {STATUS_SAID[decision.status]}.")
    ladder = roster.ladder_of(session, decision.workspace_id, decision.channel_id)
    left = gone_from(session, decision.workspace_id, ladder)
    if actor.user in signs(decision, ladder, policies.of(session, decision), left):
        raise NotAllowed("You sign this one, and nobody signs their own memo. Somebody else has to take it over.")
    decision.requester_id = actor.user
    if decision.owner_id == gone:
        decision.owner_id = actor.user
    record(session, decision, TAKE_OVER, actor.user, now, of=gone)
    agenda.calendars_anew(session, decision, now)
    _forget_own_question(session, decision, now)
    hand_on(session, decision, gone, now)
    show(session, decision, now)
    for card in posted_cards.cards(session, decision):
        if card.recipient == gone:  # nobody reads it any more, so it is not brought up to date either
            session.delete(card)
    return decision


def _forget_own_question(session: Session, decision: Decision, now: datetime) -> None:
    """Whoever was asked on the rung below and takes it over has nobody to answer to but themselves: that rung is to be
    asked anew, somebody else on it."""
    tried = decision.answers.tried or ()
    others = tuple(one for one in tried if one.who != decision.requester_id or one.result is not Result.NO_ANSWER)
    if others != tried:
        decision.answers = replace(decision.answers, tried=others)
        if decision.verdict is not None:
            judge(session, decision, setting_of(session, decision, now))


def _taken(session: Session, decision: Decision, actor: Actor) -> str:
    if decision.requester_id == actor.user:
        return "This decision is yours already; its card shows what comes next."
    if any(event.what == TAKE_OVER for event in queries.history(session, decision)):
        return f"<@{decision.requester_id}> has taken it over already. Nothing was changed."
    return f"<@{decision.requester_id}> is here and goes on with it. Nothing was changed."


def hand_on(session: Session, decision: Decision, gone: str, now: datetime) -> None:
    """What is dated for whoever left goes to who took over, and counts as told: nothing comes a second time."""
    session.flush()
    rows = auditor_queries.follow_ups_of(session, decision.workspace_id, [decision.id]).get(decision.id, [])
    for row in rows:
        if row.recipient == gone and row.result != "erased":  # that ended with whoever was erased: it is dated anew
            row.recipient = decision.requester_id
    session.flush()
    events = auditor_queries.events_of(session, decision.workspace_id, [decision.id], registry.DATING).get(
        decision.id, []
    )
    kind.date_all(session, decision, registry.owed(session, decision, kind.Known(rows, events), now))
