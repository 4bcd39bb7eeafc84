"""A decision whose requester has left: who may take it over, and who hears of it.

Whoever signs never takes it over. Nobody signs their own memo, so their seat would fall empty, and a decision that
nobody signs is never decided. They let somebody read along instead, who may."""

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from app.db import policies, roster
from app.db.models import Decision
from app.domain.ladder import RUNGS, Ladder, Rung
from app.domain.lifecycle import UNDER_REVIEW, Status
from app.domain.message_kinds import NoticeKind
from app.domain.permissions import is_member, may_take_over, waits_for_requester
from app.domain.policy.policy import Policy
from app.domain.signing.standing import signing_now
from app.workflows.notifying import tell
from app.workflows.opening import ensure_person, gone_from, join


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
    left = gone_from(session, decision.workspace_id, ladder)
    here = [ensure_person(session, decision.workspace_id, p.user_id) for p in decision.participants]
    asked = [person.user_id for person in here if may_take_over(decision, person, ladder, policy, left)]
    manager = (
        None
        if decision.private or decision.status is Status.TRIAGE
        else next(_managers(session, decision, ladder, policy, left), None)
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


def _managers(
    session: Session, decision: Decision, ladder: Ladder, policy: Policy, left: Collection[str]
) -> Iterator[str]:
    """Who sits nearest above the requester and does not sign it, no higher than it climbs; else a peer."""
    own = ladder.rung_of(decision.requester_id) or Rung.PEER
    for rung in (*(rung for rung in RUNGS if own < rung <= (decision.rung or Rung.MANAGER)), Rung.PEER):
        for user in ladder.seats.get(rung, ()):
            if may_take_over(decision, ensure_person(session, decision.workspace_id, user), ladder, policy, left):
                yield user


def requester_is_gone(session: Session, decision: Decision) -> bool:
    person = roster.person(session, decision.workspace_id, decision.requester_id)
    return person is not None and not person.active
