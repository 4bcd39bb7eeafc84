"""The assistant's suggestions: asked for, kept beside what stands, and taken or left by the requester."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.db import follow_ups, queries
from app.db.models import Decision, Suggestion
from app.domain.errors import NotNow
from app.domain.lifecycle import WRITABLE, Move, Status
from app.domain.memo.parts import Memo, changed_parts
from app.domain.triage.verdict import NextStep
from app.workflows.admission import Actor, only
from app.workflows.cards import show
from app.workflows.memo import add_version, ask_again
from app.workflows.moving import move, record
from app.workflows.opening import open_decision
from app.workflows.scheduling import later


@dataclass(frozen=True)
class Suggested:
    """The assistant's words for one part, beside what stood there; which model wrote them after which instructions.

    ``cited`` has each sentence with the sources it rests on, ``dropped`` those that the check left out, and why.
    """

    original: str
    text: str
    struck: Sequence[str] = ()
    model: str = ""
    prompt: str = ""
    cited: Sequence[dict[str, Any]] = ()
    dropped: Sequence[dict[str, Any]] = ()


def ask_assistant(session: Session, id: int, part: str | None, actor: Actor, now: datetime) -> Decision:
    """Queue a draft of the whole memo, or of one part in a neutral tone. On the verdict's card it begins the memo."""
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id], "the requester")
    if decision.status is Status.TRIAGE:
        begin_memo(session, decision, actor, now)
    if decision.status not in WRITABLE:
        raise NotNow("There is no memo to draft right now.")
    if any(draft.args.get("part") == part for draft in follow_ups.still_dated(session, decision, "draft")):
        return decision  # being drafted already: a double click
    later(session, decision, "draft", actor.user, now, **({"part": part} if part else {}))
    record(session, decision, "ask_assistant", actor.user, now, part=part or "all")
    return decision


def begin_memo(session: Session, decision: Decision, actor: Actor, now: datetime) -> None:
    """From the verdict of a one-way door whose gates all passed to its memo."""
    if decision.verdict is None or decision.verdict.next_step is not NextStep.WRITE_MEMO:
        raise NotNow("The memo comes after the verdict, once every gate has passed or you gave your reason.")
    move(session, decision, Move.DRAFT, actor.user, now)


def suggest(session: Session, decision: Decision, part: str, suggested: Suggested, now: datetime) -> None:
    """Keep the assistant's words beside the original. An older suggestion for the same part gives way."""
    for old in queries.suggestions(session, decision):
        if old.part == part:
            old.settled = "replaced"
    session.add(
        Suggestion(
            workspace_id=decision.workspace_id,
            decision_id=decision.id,
            part=part,
            original=suggested.original,
            text=suggested.text,
            struck=list(suggested.struck),
            model=suggested.model or None,
            prompt=suggested.prompt or None,
            cited=list(suggested.cited) or None,
            dropped=list(suggested.dropped) or None,
            created_at=now,
        )
    )


def settle_suggestions(
    session: Session,
    id: int,
    accepted: Mapping[str, str | None],
    actor: Actor,
    now: datetime,
    *,
    standing: Callable[[Decision], Memo] | None = None,
    based_on: int | None = None,
) -> Decision:
    """Take over the accepted parts as a new version, and put the others away.

    ``accepted``: part → the words as the person edited them, None for those of the suggestion. ``standing``: the memo
    as the answers begin it, where nobody has saved one: what is not replaced stays as it stands, to the last sign.
    ``based_on``: the version that the person had before their eyes.

    Raises:
        NotNow: they are settled, the memo has closed, or a newer version stands there than the person saw.
    """
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id], "the requester")
    offered = queries.suggestions(session, decision)
    if not offered or decision.status not in WRITABLE:
        raise NotNow("These suggestions are gone: they were settled already, or the memo has closed.")
    if based_on is not None and based_on != decision.memo_version and accepted:
        raise NotNow(
            f"Version {decision.memo_version} of the memo was saved while you were choosing, so nothing was replaced. "
            "Open the suggestions again: they stand beside it."
        )
    memo = decision.memo or (standing(decision) if standing is not None else Memo())
    texts = {one.part: one.text for one in offered}
    taken: dict[str, Any] = {
        part: words if words is not None else texts[part] for part, words in accepted.items() if part in texts
    }
    for one in offered:
        one.settled = "accepted" if one.part in taken else "dismissed"
    new = replace(memo, **taken)
    if taken and (decision.memo is None or changed_parts(decision.memo, new)):
        add_version(session, decision, new, actor, now)
        if decision.status is not Status.DRAFTING:
            ask_again(session, decision, tuple(taken), now)
    show(session, decision, now)
    return decision
