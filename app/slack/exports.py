"""One decision as Markdown: the memo, and the record behind it."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.db import queries, roster
from app.db.models import Commitment, Decision
from app.db.tradeoffs import Logged
from app.domain.commitments import Pledge
from app.domain.influence.asking import For
from app.domain.lifecycle import TAKE_OVER
from app.domain.memo.parts import Memo
from app.domain.stored_words import ANSWERED
from app.domain.syncs.life import RemarkKind, SyncState
from app.domain.writing.document import predictions
from app.slack.loading import load_scene
from app.slack.tradeoff_log import line_of
from app.slack.views.parts.next_step import next_act
from app.words.commitments import DEGREES
from app.words.commitments import RESULT_SAID as REVISIT_SAID
from app.words.ladder import rung_said
from app.words.looking_back import RIGHT_SAID
from app.words.memo.parts import to_markdown
from app.words.signing.answers import ANSWER_SAID
from app.words.states import STATUS_SAID
from app.words.syncs import PART_SAID, off_said
from app.words.triage.answers import RESULT_SAID
from app.words.triage.verdict import Background, say
from app.words.who_acts_next import next_step
from app.words.writing.sections import KIND_SAID


def _next_step(session: Session, decision: Decision, names: Mapping[str, str], now: datetime) -> str | None:
    """Who acts next, in the sentence that every card says; None once nobody has to."""
    scene = load_scene(session, decision, decision.requester_id, now)
    if scene.newer:
        return None
    step = next_act(scene)
    return None if step.act is None else next_step(step, scene.today, lambda user: names.get(user, user))


def _dissent(decision: Decision, name: Callable[[str], str]) -> list[tuple[str, str]]:
    """Who differs, verbatim; what was decided over it, who commits, and what came of looking again."""
    meta = []
    for one in decision.dissents:
        words = DEGREES[one.degree].says if one.degree in DEGREES else ANSWERED
        right = f" Looking back: {RIGHT_SAID[one.was_right]}." if one.was_right in RIGHT_SAID else ""
        meta.append((f"Dissent, {one.at.date().isoformat()}", f"{name(one.user_id)} {words}: {one.text}{right}"))
    for over in decision.overs:
        meta.append((f"Decided over dissent, {over.at.date().isoformat()}", f"{name(over.by)}: {over.decided}"))
        meta.append(("Because", over.reasons))
        meta += [("Commitment", _pledge_said(asked, name(asked.user_id))) for asked in decision.commitments]
        if over.result is None:
            meta.append(("Looked at again on", over.revisit_on.isoformat()))
        else:
            next_ = f" (D-{over.next_number})" if over.next_number else ""
            meta.append(("Looked at again", f"{REVISIT_SAID.get(over.result, ANSWERED)}{next_}. {over.happened}"))
        meta += [("New evidence", over.evidence)] if over.evidence else []
    return meta


def _tradeoff(decision: Decision, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """The trade-off about it: objectives, experiment, result, what was decided."""
    if decision.tradeoff is None:
        return []
    line = line_of(Logged(decision, inside=True), names)
    meta = [("Objective", said) for said in line.objectives]
    parts = (("Experiment", line.experiment), ("Its result", line.result), ("Guideline", line.decided))
    meta += [(title, said) for title, said in (*parts, ("Because", line.reasons)) if said]
    return meta + [("Changed while it ran", why) for why in line.late]


def _pledge_said(asked: Commitment, who: str) -> str:
    if asked.answer is None:
        return f"{who}: no answer"
    until = f" (to be settled by {asked.until.isoformat()})" if asked.until else ""
    return f"{who} commits" if asked.answer is Pledge.COMMIT else f"{who} can't: {asked.said}{until}"


def _syncs(decision: Decision, name: Callable[[str], str]) -> list[tuple[str, str]]:
    """What was said about it in writing, whole, and what became of each sync."""
    meta = []
    for one in decision.remarks:
        part = f", about {PART_SAID[one.part]}" if one.part in PART_SAID else ""
        day = one.at.date().isoformat()
        if one.kind is RemarkKind.APPROVAL:
            meta.append((f"Approved in writing, {day}", f"{name(one.user_id)}: version {one.version}"))
            continue
        question = one.kind is RemarkKind.QUESTION
        stands = f" — {name(one.answered_by or '')} answered: {one.answer}" if one.answer else ""
        settled = (" — resolved" if one.resolved_at else " — not settled") if question else ""
        title = "Open question" if question and not one.resolved_at else "Question" if question else "Comment"
        said = f"{name(one.user_id)} (version {one.version}{part}): {one.text}{stands}{settled}"
        meta.append((f"{title}, {day}", said))
    for sync in decision.syncs:
        people = sync.minutes_back // sync.minutes if sync.minutes_back else 0
        became = {
            SyncState.PLANNED: "planned",
            SyncState.STARTED: "going on",
            SyncState.OVER: "held",
            SyncState.CANCELLED: off_said(sync.off, sync.minutes_back, people),
        }.get(sync.state, ANSWERED)
        meta.append((f"Sync, {sync.starts_at:%Y-%m-%d %H:%M} UTC", became))
    return meta


def markdown(session: Session, decision: Decision, now: datetime) -> str:
    """The memo as it stands, who signed what, the reasons behind it, and what came of it."""
    users = {
        decision.requester_id,
        decision.owner_id,
        *(signer.user_id for signer in decision.signers),
        *(look.by for look in decision.looks),
        *(one.user_id for one in decision.dissents),
        *(one.user_id for one in decision.commitments),
        *(user for one in decision.remarks for user in (one.user_id, one.answered_by) if user),
        *(over.by for over in decision.overs),
        *(side.user_id for side in decision.sides),
        *(user for row in decision.approvals for user in (row.user_id, row.in_place_of) if user),
    }
    taken = [event for event in queries.history(session, decision) if event.what == TAKE_OVER]
    users |= {str(user) for event in taken for user in (event.actor, event.detail.get("of"))}
    users |= {one.who for one in decision.answers.tried or () if one.who}
    users |= {user for one in decision.questions for user in (one.asked_by, one.meets) if user}
    names = {u: p.name or u for u, p in roster.people(session, decision.workspace_id, users).items()}

    def name(user: str) -> str:
        return names.get(user, user)

    meta = [
        ("Status", STATUS_SAID.get(decision.status, ANSWERED)),
        ("Requester", name(decision.requester_id)),
        ("Owner", name(decision.owner_id)),
    ]
    meta += [("Taken over", f"{name(e.actor)} from {name(e.detail['of'])}, {e.at.date().isoformat()}") for e in taken]
    if (step := _next_step(session, decision, names, now)) is not None:
        meta.insert(1, ("Next", step))
    if decision.rung:
        meta.append(("Rung", rung_said(decision.rung)))
    if decision.deadline_at:
        meta.append(("Asked by", (decision.deadline_on or decision.deadline_at.date()).isoformat()))
    if decision.memo_version:
        meta.append(("Memo version", str(decision.memo_version)))
    if decision.override_reason:
        meta.append(("Went on although a gate failed", decision.override_reason))
    if decision.verdict:
        background = Background(decision.answers, now.date(), names)
        meta += [("Why", say(why, background)) for why in decision.verdict.why]
        for gate in decision.verdict.gates:
            meta.append(("Gate passed" if gate.passed else "Gate failed", say(gate.finding, background)))
    for one in decision.answers.tried or ():
        if one.who and one.result != "not_asked":
            told = f"{name(one.who)}: {RESULT_SAID.get(one.result, ANSWERED)}. {one.said or one.note}".strip()
            meta.append((f"Asked below, {rung_said(one.rung)}", told))
    for signer in decision.signers:
        state = (
            "handed over"
            if signer.handed_over
            else ANSWER_SAID.get(signer.answer, ANSWERED)
            if signer.answer
            else "not answered yet"
        )
        when = f" on {signer.answered_at.date().isoformat()}" if signer.answered_at and signer.answer else ""
        delegate = f" for {name(signer.delegate_of)}" if signer.delegate_of else ""
        meta.append(
            (f"Sign-off, {signer.role}", f"{name(signer.user_id)}{delegate}: {state}{when}. {signer.said}".strip())
        )
    for question in decision.questions:
        stands = question.answer or ("resolved" if question.resolved_at else "open")
        meets = f" ({name(question.meets)} meets it)" if question.meets and question.condition else ""
        meta.append(("Condition" if question.condition else "Question", f"{question.text}{meets} — {stands}"))
        if question.closed_because:
            meta.append((f"Closed by {name(question.closed_by or '')}", question.closed_because))
    if decision.metric:
        meta.append(("Judged by", decision.metric))
    if decision.shipped_on:
        meta.append(("Shipped", decision.shipped_on.isoformat()))
    for look in decision.looks:
        if look.look.chose.strip():
            meta.append(("Chosen", look.look.chose))
        meta.append((f"{look.look.look.value.capitalize()}, {look.at.date().isoformat()}", look.look.happened))
        meta.append(("Was it right", f"{RIGHT_SAID.get(look.look.right, ANSWERED)}. {look.look.learned}".strip()))
    meta += _syncs(decision, name)
    meta += _dissent(decision, name)
    meta += _tradeoff(decision, names)
    for row in decision.approvals:
        if row.kind is For.LEVER:
            of = f", in place of {name(row.in_place_of)}" if row.in_place_of else ""
            of += ", and said yes by asking" if row.user_id == decision.requester_id else ""
            meta.append((f"Lever, {row.name}", f"{row.lever} ({name(row.user_id)} decides{of})"))
    for number, promise in enumerate(predictions(decision.document) if decision.document else (), 1):
        said = " → ".join(filter(None, [promise.baseline, promise.target]))
        meta.append(
            (f"Promised outcome {number}", f"{promise.metric}: {said}{f' by {promise.on}' if promise.on else ''}")
        )
    if decision.document:
        kind = KIND_SAID.get(decision.document.kind, ANSWERED)
        meta.append((kind.capitalize(), f"version {decision.document_version}"))
    meta.append(("Exported", now.date().isoformat()))
    return to_markdown(
        decision.memo or Memo("", "", "", "", ""), title=decision.title, number=decision.number, meta=meta
    )
