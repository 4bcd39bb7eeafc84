"""The memo: every save is a version."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.db.models import Decision, MemoVersion
from app.domain.errors import NotNow, Overtaken
from app.domain.lifecycle import WRITABLE, Status
from app.domain.memo.parts import Memo, changed_parts
from app.domain.message_kinds import NoticeKind
from app.domain.signing.standing import signing_now
from app.words.reading.days import check_reach
from app.workflows.admission import Actor, only
from app.workflows.cards import show
from app.workflows.moving import record
from app.workflows.notifying import tell
from app.workflows.opening import open_decision
from app.workflows.signing.deadline import new_deadline, remind


def save(session: Session, id: int, memo: Memo, based_on: int, actor: Actor, now: datetime) -> Decision:
    """Save the memo as a new version; a change after it was sent asks the signers again.

    Raises:
        Overtaken: another version was saved since this one was opened.
        Unreadable: a prediction for a day that is out of reach.
    """
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id], "the requester")
    if decision.status not in WRITABLE:
        raise NotNow("The memo of this decision can no longer be changed. Copy your text before you close this.")
    if decision.memo_version != based_on:
        raise Overtaken(
            f"<@{decision.memos[-1].author_id}> saved version {decision.memo_version} while you were writing. "
            "Your text is still here: press Save again to put it on top as the next version.",
            decision.memo_version,
        )
    parts = changed_parts(decision.memo, memo) if decision.memo else ("all",)
    if not parts:
        return decision
    if memo.prediction and memo.prediction.on:
        check_reach(memo.prediction.on, now.date(), "target_on")
    add_version(session, decision, memo, actor, now)
    if decision.status is not Status.DRAFTING:
        ask_again(session, decision, parts, now)
    show(session, decision, now)
    return decision


def add_version(session: Session, decision: Decision, memo: Memo, actor: Actor, now: datetime) -> None:
    decision.memo_version += 1
    decision.memos.append(
        MemoVersion(
            workspace_id=decision.workspace_id,
            decision_id=decision.id,
            number=decision.memo_version,
            memo=memo,
            author_id=actor.user,
            created_at=now,
        )
    )
    session.flush()
    record(session, decision, "memo", actor.user, now, version=decision.memo_version)


def ask_again(session: Session, decision: Decision, parts: tuple[str, ...], now: datetime) -> None:
    """Answers given to an older version no longer stand."""
    for signer in signing_now(decision.signers):
        if signer.answer is None:
            continue
        if decision.status is Status.NOT_YET and signer.answer == "not_yet":
            continue  # their condition is still open; meeting it asks them anyway
        signer.answer, signer.asked_at = None, now
        new_deadline(session, decision, signer.user_id, now)
        remind(session, decision, signer.user_id)
        tell(
            session,
            decision,
            signer.user_id,
            NoticeKind.MEMO_CHANGED,
            now,
            parts=list(parts),
            version=decision.memo_version,
        )
