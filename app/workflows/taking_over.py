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


def waits_for_requester(d: Decision) -> bool:
    """Whether something is still to come that only its requester can do."""
    if d.status in OWNERS:
        return d.owner_id == d.requester_id
    return d.status in OPEN or (d.status is Status.DECLINED and d.look_on is not None)


def signs(d: Decision, ladder: Ladder, policy: Policy) -> set[str]:
    """Who signs it; before it was sent, whoever will have to, being the only one in a seat that signs."""
    if d.sent_at is not None:
        return {s.user_id for s in d.signers if not s.handed_over}
    seats = [ladder.seats.get(d.rung, ()) if d.rung else ()]
    if d.rung and needs_bar_raiser(d.rung, d.answers, policy):
        seats.append(ladder.bar_raisers)
    return {seat[0] for seat in seats if len(seat) == 1}


def may_take_over(d: Decision, person: Person | None, ladder: Ladder, policy: Policy) -> bool:
    """Whether this person could go on with it, going by who they are here."""
    if person is None or person.user_id == d.requester_id:
        return False
    return is_member(person) and person.user_id not in signs(d, ladder, policy)


def offer(session: Session, d: Decision, now: datetime) -> None:
    """Its requester has left: whoever may take it over is offered to, and those who sign it hear who was asked.

    Of a private decision, and of a triage that nobody has heard of, only those who take part are told. Otherwise the
    requester's manager is asked too, as far as the ladder names one: often nobody else but the signers takes part.
    """
    if not waits_for_requester(d):
        return
    ladder, policy = roster.ladder_of(session, d.workspace_id, d.channel_id), policies.of(session, d)
    here = [ensure_person(session, d.workspace_id, p.user_id) for p in d.participants]
    asked = [person.user_id for person in here if may_take_over(d, person, ladder, policy)]
    manager = None if d.private or d.status is Status.TRIAGE else next(_managers(session, d, ladder, policy), None)
    if manager and manager not in asked:
        join(session, d, manager)
        asked.append(manager)
    for user in asked:
        tell(session, d, user, "requester_left", now, who=d.requester_id)
    if d.status in UNDER_REVIEW or not asked:
        standing = {s.user_id for s in d.signers if not s.handed_over}
        for person in here:
            if person.user_id in standing and is_member(person):
                tell(session, d, person.user_id, "requester_left_signer", now, who=d.requester_id, asked=asked)


def _managers(session: Session, d: Decision, ladder: Ladder, policy: Policy) -> Iterator[str]:
    """Who sits nearest above the requester and does not sign it, no higher than it climbs; else a peer."""
    own = ladder.rung_of(d.requester_id) or Rung.PEER
    for rung in (*(rung for rung in RUNGS if own < rung <= (d.rung or Rung.MANAGER)), Rung.PEER):
        for user in ladder.seats.get(rung, ()):
            if may_take_over(d, ensure_person(session, d.workspace_id, user), ladder, policy):
                yield user


def requester_is_gone(session: Session, d: Decision) -> bool:
    person = roster.person(session, d.workspace_id, d.requester_id)
    return person is not None and not person.active


def take_over(session: Session, id: int, actor: Actor, now: datetime) -> Decision:
    """Become the requester in place of one who has left. The first click counts; the original stays on the record.

    Raises:
        NotAllowed: a guest, or somebody who signs it.
        NotNow: the requester is here, or somebody took it over already; or nothing is left to do.
    """
    d = open_decision(session, actor, id)
    rely_on(session, actor.workspace, actor.user)
    members_only(session, actor, "only members take a decision over")
    gone = d.requester_id
    if not requester_is_gone(session, d):
        raise NotNow(_taken(session, d, actor))
    if not waits_for_requester(d):
        raise NotNow(f"There is nothing left to take over: this decision is {SAID[d.status]}.")
    if actor.user in signs(d, roster.ladder_of(session, d.workspace_id, d.channel_id), policies.of(session, d)):
        raise NotAllowed("You sign this one, and nobody signs their own memo. Somebody else has to take it over.")
    d.requester_id = actor.user
    if d.owner_id == gone:
        d.owner_id = actor.user
    record(session, d, TAKE_OVER, actor.user, now, of=gone)
    _hand_on(session, d, gone, now)
    show(session, d, now)
    for card in posted.cards(session, d):
        if card.recipient == gone:  # nobody reads it any more, so it is not brought up to date either
            session.delete(card)
    return d


def _taken(session: Session, d: Decision, actor: Actor) -> str:
    if d.requester_id == actor.user:
        return "This decision is yours already; its card shows what comes next."
    if any(event.what == TAKE_OVER for event in queries.history(session, d)):
        return f"<@{d.requester_id}> has taken it over already. Nothing was changed."
    return f"<@{d.requester_id}> is here and goes on with it. Nothing was changed."


def _hand_on(session: Session, d: Decision, gone: str, now: datetime) -> None:
    """What is dated for whoever left goes to who took over, and counts as told: nothing comes a second time."""
    session.flush()
    rows = auditing.follow_ups_of(session, d.workspace_id, [d.id]).get(d.id, [])
    for row in rows:
        if row.recipient == gone and row.result != "erased":  # that ended with whoever was erased: it is dated anew
            row.recipient = d.requester_id
    session.flush()
    events = auditing.events_of(session, d.workspace_id, [d.id], dating.DATING).get(d.id, [])
    dating.date_all(session, d, dating.owed(session, d, dating.Known(rows, events), now))
