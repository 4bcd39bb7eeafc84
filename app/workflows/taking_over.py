"""A decision whose requester has left: who hears of it, and who takes it over.

Whoever signs never takes it over. Nobody signs their own memo, so their seat would fall empty, and a decision that
nobody signs is never decided. They let somebody read along instead, who may.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from app.db import auditing, policies, posted, queries, roster
from app.db.models import Decision, Person
from app.domain.errors import NotAllowed, NotNow
from app.domain.ladder import RUNGS, Ladder, Rung
from app.domain.lifecycle import OPEN, SAID, Status
from app.domain.policy import Policy
from app.domain.signoff import needs_bar_raiser
from app.workflows import dating
from app.workflows.common import (
    Actor,
    ensure_person,
    is_member,
    join,
    members_only,
    open_decision,
    record,
    rely_on,
    show,
    tell,
)

TAKE_OVER = "take_over"
OWNERS = frozenset({Status.DEFLECTED, Status.APPROVED, Status.IMPLEMENTED})
"""Here the owner acts: mostly the requester, but somebody else's decision waits for nobody who left."""
MAY_WAIT = OPEN | OWNERS | {Status.DECLINED}
UNDER_REVIEW = (Status.IN_REVIEW, Status.NOT_YET)


def waits_for_requester(decision: Decision) -> bool:
    """Whether something is still to come that only its requester can do."""
    if decision.status in OWNERS:
        return decision.owner_id == decision.requester_id
    return decision.status in OPEN or (decision.status is Status.DECLINED and decision.look_on is not None)


def signs(decision: Decision, ladder: Ladder, policy: Policy) -> set[str]:
    """Who signs it; before it was sent, whoever will have to, being the only one in a seat that signs."""
    if decision.sent_at is not None:
        return {s.user_id for s in decision.signers if not s.handed_over}
    seats = [ladder.seats.get(decision.rung, ()) if decision.rung else ()]
    if decision.rung and needs_bar_raiser(decision.rung, decision.answers, policy):
        seats.append(ladder.bar_raisers)
    return {seat[0] for seat in seats if len(seat) == 1}


def may_take_over(decision: Decision, person: Person | None, ladder: Ladder, policy: Policy) -> bool:
    """Whether this person could go on with it, going by who they are here."""
    if person is None or person.user_id == decision.requester_id:
        return False
    return is_member(person) and person.user_id not in signs(decision, ladder, policy)


def offer(session: Session, decision: Decision, now: datetime) -> None:
    """Its requester has left: whoever may take it over is offered to, and those who sign it hear who was asked.

    Of a private decision, and of a triage that nobody has heard of, only those who take part are told. Otherwise the
    requester's manager is asked too, as far as the ladder names one: often nobody else but the signers takes part.
    """
    if not waits_for_requester(decision):
        return
    ladder, policy = (
        roster.ladder_of(session, decision.workspace_id, decision.channel_id),
        policies.of(session, decision),
    )
    here = [ensure_person(session, decision.workspace_id, p.user_id) for p in decision.participants]
    asked = [person.user_id for person in here if may_take_over(decision, person, ladder, policy)]
    manager = (
        None
        if decision.private or decision.status is Status.TRIAGE
        else next(_managers(session, decision, ladder, policy), None)
    )
    if manager and manager not in asked:
        join(session, decision, manager)
        asked.append(manager)
    for user in asked:
        tell(session, decision, user, "requester_left", now, who=decision.requester_id)
    if decision.status in UNDER_REVIEW or not asked:
        standing = {s.user_id for s in decision.signers if not s.handed_over}
        for person in here:
            if person.user_id in standing and is_member(person):
                tell(
                    session,
                    decision,
                    person.user_id,
                    "requester_left_signer",
                    now,
                    who=decision.requester_id,
                    asked=asked,
                )


def _managers(session: Session, decision: Decision, ladder: Ladder, policy: Policy) -> Iterator[str]:
    """Who sits nearest above the requester and does not sign it, no higher than it climbs; else a peer."""
    own = ladder.rung_of(decision.requester_id) or Rung.PEER
    for rung in (*(rung for rung in RUNGS if own < rung <= (decision.rung or Rung.MANAGER)), Rung.PEER):
        for user in ladder.seats.get(rung, ()):
            if may_take_over(decision, ensure_person(session, decision.workspace_id, user), ladder, policy):
                yield user


def requester_is_gone(session: Session, decision: Decision) -> bool:
    person = roster.person(session, decision.workspace_id, decision.requester_id)
    return person is not None and not person.active


def take_over(session: Session, id: int, actor: Actor, now: datetime) -> Decision:
    """Become the requester in place of one who has left. The first click counts; the original stays on the record.

    Raises:
        NotAllowed: a guest, or somebody who signs it.
        NotNow: the requester is here, or somebody took it over already; or nothing is left to do.
    """
    decision = open_decision(session, actor, id)
    rely_on(session, actor.workspace, actor.user)
    members_only(session, actor, "only members take a decision over")
    gone = decision.requester_id
    if not requester_is_gone(session, decision):
        raise NotNow(_taken(session, decision, actor))
    if not waits_for_requester(decision):
        raise NotNow(f"There is nothing left to take over: this decision is {SAID[decision.status]}.")
    if actor.user in signs(
        decision, roster.ladder_of(session, decision.workspace_id, decision.channel_id), policies.of(session, decision)
    ):
        raise NotAllowed("You sign this one, and nobody signs their own memo. Somebody else has to take it over.")
    decision.requester_id = actor.user
    if decision.owner_id == gone:
        decision.owner_id = actor.user
    record(session, decision, TAKE_OVER, actor.user, now, of=gone)
    _hand_on(session, decision, gone, now)
    show(session, decision, now)
    for card in posted.cards(session, decision):
        if card.recipient == gone:  # nobody reads it any more, so it is not brought up to date either
            session.delete(card)
    return decision


def _taken(session: Session, decision: Decision, actor: Actor) -> str:
    if decision.requester_id == actor.user:
        return "This decision is yours already; its card shows what comes next."
    if any(event.what == TAKE_OVER for event in queries.history(session, decision)):
        return f"<@{decision.requester_id}> has taken it over already. Nothing was changed."
    return f"<@{decision.requester_id}> is here and goes on with it. Nothing was changed."


def _hand_on(session: Session, decision: Decision, gone: str, now: datetime) -> None:
    """What is dated for whoever left goes to who took over, and counts as told: nothing comes a second time."""
    session.flush()
    rows = auditing.follow_ups_of(session, decision.workspace_id, [decision.id]).get(decision.id, [])
    for row in rows:
        if row.recipient == gone and row.result != "erased":  # that ended with whoever was erased: it is dated anew
            row.recipient = decision.requester_id
    session.flush()
    events = auditing.events_of(session, decision.workspace_id, [decision.id], dating.DATING).get(decision.id, [])
    dating.date_all(session, decision, dating.owed(session, decision, dating.Known(rows, events), now))
