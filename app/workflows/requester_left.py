"""A decision whose requester has left: who may take it over, and who hears of it.

Whoever signs never takes it over. Nobody signs their own memo, so their seat would fall empty, and a decision that
nobody signs is never decided. They let somebody read along instead, who may."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from app.db import policies, roster
from app.db.models import Decision, Person
from app.domain.ladder import RUNGS, Ladder, Rung
from app.domain.lifecycle import OPEN, UNDER_REVIEW, Status
from app.domain.message_kinds import NoticeKind
from app.domain.policy.policy import Policy
from app.domain.signing.signoff import needs_bar_raiser
from app.domain.signing.standing import signing_now
from app.workflows.admission import is_member
from app.workflows.notifying import tell
from app.workflows.opening import ensure_person, join

OWNERS = frozenset({Status.DEFLECTED, Status.APPROVED, Status.IMPLEMENTED})
"""Here the owner acts: mostly the requester, but somebody else's decision waits for nobody who left."""


MAY_WAIT = OPEN | OWNERS | {Status.DECLINED}


def waits_for_requester(decision: Decision) -> bool:
    """Whether something is still to come that only its requester can do."""
    if decision.status in OWNERS:
        return decision.owner_id == decision.requester_id
    return decision.status in OPEN or (decision.status is Status.DECLINED and decision.look_on is not None)


def signs(decision: Decision, ladder: Ladder, policy: Policy) -> set[str]:
    """Who signs it; before it was sent, whoever will have to, being the only one in a seat that signs."""
    if decision.sent_at is not None:
        return {signer.user_id for signer in signing_now(decision.signers)}
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
        tell(session, decision, user, NoticeKind.REQUESTER_LEFT, now, who=decision.requester_id)
    if decision.status in UNDER_REVIEW or not asked:
        standing = {signer.user_id for signer in signing_now(decision.signers)}
        for person in here:
            if person.user_id in standing and is_member(person):
                tell(
                    session,
                    decision,
                    person.user_id,
                    NoticeKind.REQUESTER_LEFT_SIGNER,
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
