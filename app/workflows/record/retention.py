"""What is kept for how long: of a decision that closed long ago the words go, and the record goes on verifying."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.db import erasure, ledger, locks, queries
from app.db.models import AuditEvent, Decision
from app.db.newer_decisions import refuse_newer
from app.domain.lifecycle import THRESHOLD
from app.domain.memo.parts import Memo
from app.domain.people.erased import ERASED
from app.domain.triage.replay import NotReplayable, told_before, without_words
from app.domain.writing.document import Document
from app.workflows.one_by_one import alone


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
        decision = locks.for_change(session, *closed)
        assert decision
        refuse_newer(decision)
        return _forget(session, decision, now)


def _forget(session: Session, decision: Decision, now: datetime) -> str:
    with erasure.unlocked(session, decision.workspace_id):
        _without_words(decision, now)
        erasure.clear_beside(session, decision, SEEN_TO)
        found = erasure.silence_record(session, decision)
    ledger.append(
        session,
        AuditEvent(
            workspace_id=decision.workspace_id, decision_id=decision.id, at=now, actor=THRESHOLD, what=ledger.ERASE,
            detail={"as": decision.name, "entries": found.count, "digest": found.digest},
        ),
    )  # fmt: skip
    return decision.name


SEEN_TO = frozenset({
    "decision.title", "decision.override_reason", "decision.answers", "decision.verdict", "memo_version.memo",
    "signer.said", "signer.lever", "open_question.text", "open_question.answer", "open_question.closed_because",
    "look.look", "document_version.document", "dissent.text", "over_dissent.decided", "over_dissent.reasons",
    "over_dissent.evidence", "over_dissent.happened", "commitment.said", "tradeoff.shared", "tradeoff.decided",
    "tradeoff.reasons", "tradeoff.arm", "tradeoff_side.objective", "tradeoff_side.metric", "tradeoff_plan.plan",
    "tradeoff_plan.why", "tradeoff_result.results", "tradeoff_result.verdict", "tradeoff_result.corrects",
    "remark.text", "remark.answer", "sync.kept_because", "approval.name", "approval.lever",
})  # fmt: skip
"""Columns of which something stays: that there was a reason, what somebody answered, that it was right."""


def _without_words(decision: Decision, now: datetime) -> None:
    decision.forgotten_at, decision.title = now, ERASED
    decision.override_reason = ERASED if decision.override_reason else None
    decision.answers = decision.answers.without_words()
    if decision.verdict and told_before(decision.verdict):
        decision.verdict, decision.not_replayable = without_words(decision.verdict), NotReplayable.WORDS_GONE
    for memo in decision.memos:
        foretold = memo.memo.prediction
        memo.memo = Memo("", "", "", "", "", prediction=foretold.without_words() if foretold else None)
    for dissent in decision.dissents:
        dissent.text = ERASED
    for over in decision.overs:
        over.decided, over.reasons = ERASED, ERASED
        over.evidence, over.happened = ERASED if over.evidence else None, ERASED if over.happened else None
    for asked in decision.commitments:
        asked.said = ERASED if asked.said else ""
    _forget_tradeoff(decision)
    for remark in decision.remarks:
        remark.text, remark.answer = ERASED if remark.text else "", ERASED if remark.answer else None
    for sync in decision.syncs:
        sync.kept_because = ERASED if sync.kept_because else ""
    for approval in decision.approvals:
        approval.name, approval.lever = ERASED if approval.name else "", ERASED if approval.lever else ""
    for version in decision.documents:
        version.document = Document(version.document.kind)
    for signer in decision.signers:
        signer.said, signer.lever = "", ERASED if signer.lever else None
    for question in decision.questions:
        question.text, question.answer = ERASED, ERASED if question.answer else None
        question.closed_because = ERASED if question.closed_because else None
    for look in decision.looks:
        look.look = replace(look.look, happened=ERASED, learned="")


def _forget_tradeoff(decision: Decision) -> None:
    """The figures stay, under numbers instead of names: which metric and arm, as many as there were."""
    names: dict[str, str] = {"": ""}
    for version in decision.plans:
        for one in (*version.plan.arms, *(measure.name for measure in version.plan.measures)):
            names.setdefault(one, f"{ERASED} {len(names)}")

    def bare(name: str) -> str:
        return names.get(name, ERASED)

    for entry in decision.tradeoffs:
        entry.shared = ERASED if entry.shared else ""
        entry.decided, entry.reasons = (ERASED if one else None for one in (entry.decided, entry.reasons))
        entry.arm = bare(entry.arm) if entry.arm else None
    for side in decision.sides:
        side.objective, side.metric = ERASED, replace(side.metric, name=ERASED)
    for version in decision.plans:
        plan = version.plan
        measures = tuple(replace(one, name=bare(one.name)) for one in plan.measures)
        version.plan = replace(plan, arms=tuple(map(bare, plan.arms)), measures=measures, who_sees=ERASED)
        version.why = ERASED if version.why else ""
    for result in decision.results:
        rows = tuple(
            replace(one, measure=bare(one.measure), arm=bare(one.arm), source="") for one in result.results.rows
        )
        result.results = replace(result.results, rows=rows)
        verdict = result.verdict
        effects = tuple(replace(one, measure=bare(one.measure), arm=bare(one.arm)) for one in verdict.effects)
        reasons = tuple(replace(one, measure=bare(one.measure), arm=bare(one.arm)) for one in verdict.reasons)
        result.verdict = replace(verdict, effects=effects, reasons=reasons, arm=bare(verdict.arm), by=bare(verdict.by))
        result.corrects = ERASED if result.corrects else ""
