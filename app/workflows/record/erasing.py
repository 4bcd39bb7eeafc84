"""Taking a person out for good: who they were leaves, what was decided stays, and the record still verifies.

What leaves: their id and their name, wherever they stand; what they said as a person (the words of a sign-off, a
question, an answer, their part of a thread); their profile, their seats, their cards, all that is dated for them.
What stays: the decision with its title, answers, memo, reasons and looks back; that somebody approved or declined it,
and when. They are called “someone who has left”.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.db import erasure, ledger, locks, queries, roster
from app.db.library import shelving
from app.db.models import AuditEvent, Decision, Person
from app.db.newer_decisions import refuse_newer
from app.domain.errors import NotFound
from app.domain.lifecycle import OPEN, THRESHOLD, Move
from app.domain.message_kinds import NoticeKind
from app.domain.people.erased import ERASED, SOMEONE, Scrub, pseudonym
from app.domain.signing.standing import still_to_answer
from app.words.errors import collided
from app.workflows import requester_left
from app.workflows.cards import show
from app.workflows.moving import move, record
from app.workflows.notifying import tell
from app.workflows.opening import ensure_workspace
from app.workflows.people.ladders import record_ladder
from app.workflows.people.leaving import waits_for_signer

HAS_LEFT = "Its requester has left."


@dataclass(frozen=True)
class Erased:
    """What an erasure did."""

    as_: str
    decisions: int
    withdrawn: int
    entries: int
    lines: tuple[tuple[str, str], ...] = ()
    """Each line of a text that held one of their names, as it was and as it is: once, wherever it stands."""


def erase_person(session: Session, workspace: str, user: str, now: datetime, also: tuple[str, ...] = ()) -> Erased:
    """Erase somebody. ``also``: further spellings of their name. Once more finds what came since.

    Raises:
        NotFound: nobody by that id was ever met in this workspace.
        NotNow: a newer release wrote of them what this one does not know; that one can take them out.
        Collided: they were given another part while this was on its way. Tried again, it is seen.
    """
    ensure_workspace(session, workspace, now)
    erasure.hold_parked(session, workspace, user)
    about = erasure.decisions_about(session, workspace, user)
    decisions = locks.several_for_change(session, workspace, about, forgotten=True)
    for decision in decisions:
        refuse_newer(decision)
    locks.hold_workspace(session, workspace)  # one erasure at a time: each gives the next pseudonym
    known = locks.hold_person(session, workspace, user)
    # From here on nobody gives them a part in anything: whoever was about to, relies on them and waits for us.
    if not erasure.decisions_about(session, workspace, user) <= about:
        raise collided()
    erasure.hold_beside(session, workspace, user)
    if known is None and not decisions and not erasure.entries_about(session, workspace, user):
        raise NotFound(f"Nobody by the id {user} was met in {workspace}. Nothing was changed.")
    scrub = Scrub(user, pseudonym(roster.gone(session, workspace) + 1), [known.name if known else "", *also])
    past_about = erasure.past_about(session, workspace, scrub)
    withdrawn = _end_their_work(session, workspace, user, decisions, now)
    erasure.said_by_them(session, workspace, user)
    erasure.sweep(session, workspace, scrub)  # other rows before the record, as everybody takes them
    ledger.seal(session)  # what has just happened is written; now it is taken out of all that is written
    ledger.lock_head(session, workspace)
    with erasure.unlocked(session, workspace):
        for decision in decisions:
            _scrub(session, decision, scrub)
        erasure.said_by_them(session, workspace, user)
        erasure.sweep(session, workspace, scrub, [decision.id for decision in decisions])
        if erasure.stands_still(session, workspace, scrub):
            raise collided()
        found = erasure.scrub_record(session, workspace, scrub)
    _rename(session, workspace, known, scrub)
    for decision in decisions:
        detail: dict[str, Any] = {"as": scrub.as_}
        _append(session, workspace, decision.id, "forget", detail, now)
    for decision in decisions:
        shelving.shelve_anew(session, decision)
    for row in past_about:
        session.refresh(row)  # its words were swept behind its back
    shelving.shelve_past(session, past_about)
    detail = {"as": scrub.as_, "entries": found.count, "digest": found.digest}
    _append(session, workspace, None, ledger.ERASE, detail, now)
    for decision in decisions:
        show(session, decision, now)
    return Erased(scrub.as_, len(decisions), withdrawn, found.count, tuple(dict.fromkeys(scrub.changed)))


def _append(
    session: Session, workspace: str, decision: int | None, what: str, detail: dict[str, Any], now: datetime
) -> None:
    ledger.append(
        session,
        AuditEvent(workspace_id=workspace, decision_id=decision, at=now, actor=THRESHOLD, what=what, detail=detail),
    )


def _end_their_work(session: Session, workspace: str, user: str, decisions: Sequence[Decision], now: datetime) -> int:
    """Nothing waits for them any more. Returns how many decisions were withdrawn."""
    for channel, rung, before in erasure.seats_of(session, workspace, user):
        after = [one for one in before if one != user]
        record_ladder(session, workspace, channel, rung, before, after, THRESHOLD, now)
    erasure.off_maps(session, workspace, user)
    erasure.stop_work(session, workspace, user, now)
    withdrawn = 0
    for decision in decisions:
        if decision.requester_id == user and decision.status in OPEN:
            asked = [signer.user_id for signer in still_to_answer(decision.signers) if signer.user_id != user]
            move(session, decision, Move.WITHDRAW, THRESHOLD, now, why=HAS_LEFT)
            decision.decided_at = now
            withdrawn += 1
            for signer in asked:
                tell(session, decision, signer, NoticeKind.WITHDRAWN, now, said=HAS_LEFT)
        elif waits_for_signer(decision, user):
            record(session, decision, "signer_left", THRESHOLD, now)
            tell(session, decision, decision.requester_id, NoticeKind.SIGNER_LEFT, now, who=user)
        elif decision.requester_id == user and "requester_left" not in queries.said(session, decision):
            requester_left.offer(session, decision, now)  # else it was said when their account ended
    return withdrawn


def _scrub(session: Session, decision: Decision, scrub: Scrub) -> None:
    """Take out of a decision what they said as a person. Their id and name are swept out of all that is left."""
    decision.source_text = scrub.thread(decision.source_text) if decision.source_text else decision.source_text
    if any(one.get("user") == scrub.user for one in decision.source_messages or ()):
        decision.source_messages = [
            {**one, "user": "", "who": SOMEONE, "text": ERASED} if one.get("user") == scrub.user else one
            for one in decision.source_messages or ()
        ]
    if any(one.who == scrub.user for one in decision.answers.tried or ()):
        tried = tuple(
            replace(one, said="", note="") if one.who == scrub.user else one for one in decision.answers.tried or ()
        )
        decision.answers = replace(decision.answers, tried=tried)
    decision.ladder = decision.ladder and decision.ladder.without(scrub.user)
    decision.judged_in = decision.judged_in and replace(
        decision.judged_in, ladder=decision.judged_in.ladder.without(scrub.user)
    )
    for signer in decision.signers:
        signer.said = "" if signer.user_id == scrub.user else signer.said
    for dissent in decision.dissents:
        dissent.text = ERASED if dissent.user_id == scrub.user else dissent.text
    for asked in decision.commitments:
        asked.said = ERASED if asked.user_id == scrub.user and asked.said else asked.said
    for side in decision.sides:
        side.objective = ERASED if side.user_id == scrub.user else side.objective
    for remark in decision.remarks:
        remark.text = ERASED if remark.user_id == scrub.user and remark.text else remark.text
        remark.answer = ERASED if remark.answered_by == scrub.user and remark.answer else remark.answer
    for question in decision.questions:
        question.text = ERASED if question.asked_by == scrub.user else question.text
        question.answer = ERASED if question.answered_by == scrub.user else question.answer


def _rename(session: Session, workspace: str, known: Person | None, scrub: Scrub) -> None:
    """Their profile goes; nobody takes its place."""
    if known is not None:
        session.delete(known)
    session.add(
        Person(
            workspace_id=workspace, user_id=scrub.as_, name=SOMEONE, tz="UTC", active=False, guest=False, bot=False,
            muted=True, home_opened=False,
        )
    )  # fmt: skip
    session.flush()
