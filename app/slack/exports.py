"""One decision as Markdown: the memo, and the record behind it."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.db import queries, roster
from app.db.models import Decision
from app.domain.lifecycle import SAID
from app.domain.memo import Memo, to_markdown
from app.domain.newer import ANSWERED
from app.domain.reviews import RIGHT_SAID
from app.domain.signoff import ANSWER_SAID
from app.words.answers import RESULT_SAID
from app.words.triage import Background, say
from app.workflows.taking_over import TAKE_OVER


def markdown(session: Session, d: Decision, now: datetime) -> str:
    """The memo as it stands, who signed what, the reasons behind it, and what came of it."""
    users = {d.requester_id, d.owner_id, *(s.user_id for s in d.signers), *(look.by for look in d.looks)}
    taken = [event for event in queries.history(session, d) if event.what == TAKE_OVER]
    users |= {str(user) for event in taken for user in (event.actor, event.detail.get("of"))}
    users |= {one.who for one in d.answers.tried or () if one.who}
    names = {u: p.name or u for u, p in roster.people(session, d.workspace_id, users).items()}

    def name(user: str) -> str:
        return names.get(user, user)

    meta = [("Status", SAID.get(d.status, ANSWERED)), ("Requester", name(d.requester_id)), ("Owner", name(d.owner_id))]
    meta += [("Taken over", f"{name(e.actor)} from {name(e.detail['of'])}, {e.at.date().isoformat()}") for e in taken]
    if d.rung:
        meta.append(("Rung", d.rung.said))
    if d.deadline_at:
        meta.append(("Asked by", (d.deadline_on or d.deadline_at.date()).isoformat()))
    if d.memo_version:
        meta.append(("Memo version", str(d.memo_version)))
    if d.override_reason:
        meta.append(("Went on although a gate failed", d.override_reason))
    if d.verdict:
        background = Background(d.answers, now.date(), names)
        meta += [("Why", say(why, background)) for why in d.verdict.why]
        for gate in d.verdict.gates:
            meta.append(("Gate passed" if gate.passed else "Gate failed", say(gate.finding, background)))
    for one in d.answers.tried or ():
        if one.who and one.said.strip():
            meta.append(
                (
                    f"Asked below, {one.rung.said}",
                    f"{name(one.who)}: {RESULT_SAID.get(one.result, ANSWERED)}. {one.said}",
                )
            )
    for s in d.signers:
        state = (
            "handed over" if s.handed_over else ANSWER_SAID.get(s.answer, ANSWERED) if s.answer else "not answered yet"
        )
        when = f" on {s.answered_at.date().isoformat()}" if s.answered_at and s.answer else ""
        delegate = f" for {name(s.delegate_of)}" if s.delegate_of else ""
        meta.append((f"Sign-off, {s.role}", f"{name(s.user_id)}{delegate}: {state}{when}. {s.said}".strip()))
    for question in d.questions:
        meta.append(
            ("Condition" if question.condition else "Question", f"{question.text} — {question.answer or 'open'}")
        )
    if d.metric:
        meta.append(("Judged by", d.metric))
    if d.shipped_on:
        meta.append(("Shipped", d.shipped_on.isoformat()))
    for look in d.looks:
        meta.append((f"{look.look.look.value.capitalize()}, {look.at.date().isoformat()}", look.look.happened))
        meta.append(("Was it right", f"{RIGHT_SAID.get(look.look.right, ANSWERED)}. {look.look.learned}".strip()))
    meta.append(("Exported", now.date().isoformat()))
    return to_markdown(d.memo or Memo("", "", "", "", ""), title=d.title, number=d.number, meta=meta)
