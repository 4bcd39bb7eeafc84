"""The trade-off log as a file: Markdown, or CSV."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.db import roster, tradeoffs
from app.db.tradeoffs import Logged
from app.domain.tradeoffs.middle import in_the_middle
from app.domain.tradeoffs.sides import shown
from app.slack.spreadsheet import FORMULA, MARK
from app.words.tradeoffs.experiments import rule_said, size_said, verdict_said
from app.words.tradeoffs.log import Line, to_csv, to_markdown, to_rows


def log_file(session: Session, workspace: str, user: str, form: str) -> bytes:
    """What ``user`` may read of it, as ``form`` md or csv."""
    found = tradeoffs.log(session, workspace, user)
    people = roster.people(session, workspace, tradeoffs.people_in(found))
    names = {id: one.name for id, one in people.items() if one.name}
    lines = [line_of(one, names) for one in found]
    if form == "md":
        return to_markdown(lines).encode()
    rows = [tuple(FORMULA.sub(r"\1'", cell) for cell in row) for row in to_rows(lines)]
    return (MARK + to_csv(rows)).encode()


def line_of(one: Logged, names: Mapping[str, str]) -> Line:
    decision, entry = one.decision, one.decision.tradeoffs[-1]
    version = shown(decision)
    plan = version.plan if one.inside and version is not None else None
    verdict = decision.results[-1].verdict if one.inside and decision.results else None
    arms = version.plan.arms if version is not None else ()
    decided = entry.decided or ""
    middle = in_the_middle(decided, arms)
    looked = decision.looks[-1].look.happened if one.inside and decision.looks else ""
    revisit = entry.revisit_on.isoformat() if entry.revisit_on else ""
    return Line(
        opened=entry.opened_at.date(),
        name=decision.name,
        title=decision.title,
        objectives=[f"{names.get(s.user_id, s.user_id)}: {s.objective}" for s in decision.sides] if one.inside else (),
        experiment=f"{', '.join(plan.arms)}. {size_said(plan)} {rule_said(plan)}" if plan else "",
        result=verdict_said(plan, verdict, version.late) if version and plan and verdict else "",
        decided=decided,
        arm=entry.arm or "",
        tested=bool(entry.arm) and not middle,
        middle=middle,
        reasons=(entry.reasons or "") if one.inside else "",
        revisit=f"{revisit}: {looked}" if looked else revisit,
        closed=entry.closed_at.date() if entry.closed_at else None,
        late=[version.why for version in decision.plans if version.late] if one.inside else (),
    )


def holds(one: Logged, words: str) -> bool:
    """Whether every word stands in what they may read of it: outsiders find a guideline by what was decided."""
    decision, entry = one.decision, one.decision.tradeoffs[-1]
    texts = [decision.title, entry.decided or ""]
    if one.inside:
        texts += [entry.shared, entry.reasons or "", *(side.objective for side in decision.sides)]
    text = " ".join(texts).casefold()
    return all(word in text for word in words.casefold().split())
