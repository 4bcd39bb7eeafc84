"""What is kept for how long: of a decision that closed long ago the words go, and the record goes on verifying."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.db import erasure, ledger, locks, queries
from app.db.models import AuditEvent, Decision
from app.db.newer import refuse_newer
from app.domain.gone import ERASED
from app.domain.memo import Memo
from app.domain.replay import NotReplayable, told_before, without_words
from app.workflows.alone import alone
from app.workflows.common import THRESHOLD


def forget_closed(session: Session, now: datetime, keep: timedelta, but: Collection[int] = ()) -> str | None:
    """Take the words out of one decision that closed ``keep`` ago or earlier. Returns its name; None: there is none.

    What stays is the bare record: its number, who moved it, who answered what, and when; the answers and the findings
    of its verdict, in figures, days and rungs. Replicas that look at the same time take different ones: each is
    forgotten once.

    Raises:
        Stuck: it can't be done with this one; the next look passes it over by ``but``.
    """
    closed = queries.long_closed(session, now - keep, but)
    if closed is None:
        return None
    with alone(closed[1]):
        d = locks.for_change(session, *closed)
        assert d
        refuse_newer(d)
        return _forget(session, d, now)


def _forget(session: Session, d: Decision, now: datetime) -> str:
    with erasure.unlocked(session, d.workspace_id):
        _without_words(d, now)
        erasure.clear_beside(session, d, SEEN_TO)
        found = erasure.silence_record(session, d)
    ledger.append(
        session,
        AuditEvent(
            workspace_id=d.workspace_id, decision_id=d.id, at=now, actor=THRESHOLD, what=ledger.ERASE,
            detail={"as": d.name, "entries": found.count, "digest": found.digest},
        ),
    )  # fmt: skip
    return d.name


SEEN_TO = frozenset({
    "decision.title", "decision.override_reason", "decision.answers", "decision.verdict", "memo_version.memo",
    "signer.said", "open_question.text", "open_question.answer", "look.look",
})  # fmt: skip
"""Columns of which something stays: that there was a reason, what somebody answered, that it was right."""


def _without_words(d: Decision, now: datetime) -> None:
    d.forgotten_at, d.title = now, ERASED
    d.override_reason = ERASED if d.override_reason else None
    d.answers = d.answers.without_words()
    if d.verdict and told_before(d.verdict):
        d.verdict, d.not_replayable = without_words(d.verdict), NotReplayable.WORDS_GONE
    for memo in d.memos:
        memo.memo = Memo("", "", "", "", "")
    for signer in d.signers:
        signer.said = ""
    for question in d.questions:
        question.text, question.answer = ERASED, ERASED if question.answer else None
    for look in d.looks:
        look.look = replace(look.look, happened=ERASED, learned="")
