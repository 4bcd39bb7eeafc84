"""What the answers add up to is done: approved, declined, two-way, or it waits for a condition."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.db import policies
from app.db.models import Decision
from app.domain.lifecycle import Move, Status
from app.domain.looking_back import learning_check_on
from app.domain.message_kinds import NoticeKind
from app.domain.signing.signoff import Given, Outcome, outcome
from app.domain.signing.standing import open_questions, signing_now
from app.domain.triage.doors import Door
from app.workflows.admission import Actor
from app.workflows.follow_ups import kind, looking_back
from app.workflows.moving import move
from app.workflows.notifying import tell
from app.workflows.opening import ensure_person
from app.workflows.over_dissent import ask_decider
from app.workflows.scheduling import today_for
from app.workflows.triage.verdicts import give_back


def follow_outcome(session: Session, decision: Decision, actor: Actor, now: datetime) -> None:
    given = [Given(signer.user_id, signer.answer) for signer in signing_now(decision.signers)]
    result = outcome(given, open_questions=len(open_questions(decision.questions)))
    if result is Outcome.APPROVED:
        approve(session, decision, actor, now)
        tell(session, decision, decision.requester_id, NoticeKind.APPROVED, now)
    elif result is Outcome.DECLINED:
        move(session, decision, Move.DECLINE, actor.user, now)
        decision.decided_at = now
    elif result is Outcome.TWO_WAY:
        move(session, decision, Move.CALL_TWO_WAY, actor.user, now)
        today = today_for(ensure_person(session, decision.workspace_id, decision.requester_id), now)
        decision.door = Door.TWO_WAY
        memo = decision.memo
        metric = (
            memo.prediction.metric if memo and memo.prediction and memo.prediction.metric else "what the owner watches"
        )
        give_back(
            session,
            decision,
            decision.requester_id,
            metric,
            learning_check_on(today, policies.of(session, decision)),
            now,
        )
    elif result is Outcome.NOT_YET and decision.status is Status.IN_REVIEW:
        move(session, decision, Move.ASK_CONDITION, actor.user, now)
        decision.seat_to_fill = None
    if result in (Outcome.APPROVED, Outcome.DECLINED):  # what goes back to its team asks its owner there
        ask_decider(session, decision, now)


def approve(session: Session, decision: Decision, actor: Actor, now: datetime) -> None:
    """Everybody has approved, and no question is open: from here on its owner is asked whether it has shipped."""
    move(session, decision, Move.APPROVE, actor.user, now)
    decision.decided_at, decision.seat_to_fill = now, None
    kind.date_all(session, decision, [looking_back.ask_shipped(session, decision, now)])
