"""Notices of an open question: asked, answered, still waiting, late, closed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.db.models import Decision, OpenQuestion
from app.domain.lifecycle import UNDER_REVIEW
from app.domain.message_kinds import NoticeKind
from app.slack.ids import Act
from app.slack.views.blocks import actions, button
from app.slack.views.notices.kinds import (
    Args,
    Notice,
    Said,
    by_deadline,
    card_button,
    how_it_ended,
    last_id,
    on_that_day,
    people_said,
    quoted,
    read_button,
    snooze_select,
    you_or_mention,
)
from app.slack.views.scene import Scene
from app.slack.views.text import block_text, mention


def _question_id(decision: Decision, args: Mapping[str, Any]) -> int | None:
    return last_id(
        question for question in decision.questions if not question.condition and question.text == args.get("said")
    )


def _answered_question_id(decision: Decision, args: Mapping[str, Any]) -> int | None:
    return last_id(
        question for question in decision.questions if not question.condition and question.answer == args.get("said")
    )


def _named_question(decision: Decision, args: Mapping[str, Any]) -> int | None:
    return int(args["q"]) if "q" in args else None


def question_of(scene: Scene, id: int) -> OpenQuestion | None:
    return next((question for question in scene.decision.questions if question.id == id), None)


def _settles_question_asked(scene: Scene, id: int, since: datetime) -> str | None:
    row = question_of(scene, id)
    if row is not None and row.answer:
        return f"Answered{on_that_day(scene, row.answered_at)}, by {you_or_mention(scene, row.answered_by)}."
    if row is None or row.resolved_at is not None:
        return "Resolved."
    return None if scene.decision.status in UNDER_REVIEW else how_it_ended(scene)


def _settles_question_answered(scene: Scene, id: int, since: datetime) -> str | None:
    row = question_of(scene, id)
    if row is None or row.resolved_at is not None:
        return f"Resolved{on_that_day(scene, row.resolved_at if row else None)}."
    return None if scene.decision.status in UNDER_REVIEW else how_it_ended(scene)


def _says_question_asked(scene: Scene, args: Args) -> Said:
    asked = [
        question
        for question in scene.decision.questions
        if not question.condition and question.resolved_at is None and question.text == args.get("said")
    ]
    answer = button("Answer…", Act.REPLY_OPEN, d=scene.decision.id, q=asked[-1].id) if asked else card_button(scene)
    return [
        f"*{people_said(args)} asks you a question.* It blocks approval until they call it resolved.{quoted(args)}",
        actions(answer, read_button(scene)),
    ]


def _says_question_answered(scene: Scene, args: Args) -> Said:
    done = [
        question
        for question in scene.decision.questions
        if question.answer == args.get("said") and question.resolved_at is None and not question.condition
    ]
    resolve = button("Resolved", Act.RESOLVE, d=scene.decision.id, q=done[-1].id) if done else card_button(scene)
    return [
        f"*{people_said(args)} answered your question.* You say whether that resolves it.{quoted(args)}",
        actions(resolve, read_button(scene)),
    ]


def _asked_row(scene: Scene, args: Args) -> OpenQuestion | None:
    return next((question for question in scene.decision.questions if question.id == args.get("q")), None)


def _asked_text(scene: Scene, args: Args) -> str:
    found = _asked_row(scene, args)
    return f"\n{block_text(found.text, 600, quote=True)}" if found else ""


def _says_question_waits(scene: Scene, args: Args) -> Said:
    found = _asked_row(scene, args)
    by = f" The answers are asked for{by_deadline(scene)}." if scene.decision.deadline_at else ""
    if found is None or not found.answer:
        who = mention(found.asked_by) if found else "A signer"
        answer = button("Answer…", Act.REPLY_OPEN, d=scene.decision.id, q=args.get("q") or 0)
        return [
            f"*{who} still waits for your answer, and nothing is approved before.*{by}{_asked_text(scene, args)}",
            actions(answer, read_button(scene), snooze_select(scene)),
        ]
    resolve = button("Resolved", Act.RESOLVE, d=scene.decision.id, q=found.id)
    return [
        f"*Your question was answered, and still blocks approval.* Is it resolved?{by}{_asked_text(scene, args)}",
        actions(resolve, read_button(scene), snooze_select(scene)),
    ]


def _says_question_late(scene: Scene, args: Args) -> Said:
    found = _asked_row(scene, args)
    if scene.viewer == scene.decision.requester_id:
        who = mention(found.asked_by) if found else "Whoever asked"
        answered = bool(found and found.answer)
        said = f"{who} has not said whether your answer resolves it" if answered else "A question still has no answer"
        return [
            f"*{said}.* You are next: {'close it' if answered else 'answer it, or close it'} with a reason that your "
            f"signers read.{_asked_text(scene, args)}",
            actions(
                None if answered else button("Answer…", Act.REPLY_OPEN, d=scene.decision.id, q=args.get("q") or 0),
                button("Close it…", Act.CLOSE_QUESTION_OPEN, d=scene.decision.id, q=args.get("q") or 0),
            ),
        ]
    asker = mention(scene.decision.requester_id)
    return [
        f"*Your question is still open, and from now on {asker} may close it with a reason.*{_asked_text(scene, args)}",
        actions(
            button("Resolved", Act.RESOLVE, d=scene.decision.id, q=args.get("q") or 0)
            if found and found.answer
            else None,
            read_button(scene),
        ),
    ]


def _says_question_closed(scene: Scene, args: Args) -> Said:
    found = _asked_row(scene, args)
    whose = "your question" if found and found.asked_by == scene.viewer else "an open question"
    return [
        f"*{people_said(args)} closed {whose}, since its time was up.*{_asked_text(scene, args)}\n*Why*{quoted(args)}",
        actions(read_button(scene), card_button(scene)),
    ]


NOTICES = (
    Notice(NoticeKind.QUESTION, _says_question_asked, _settles_question_asked, about=_question_id),
    Notice(NoticeKind.ANSWERED, _says_question_answered, _settles_question_answered, about=_answered_question_id),
    Notice(NoticeKind.QUESTION_WAITS, _says_question_waits, _settles_question_answered, about=_named_question),
    Notice(NoticeKind.QUESTION_LATE, _says_question_late, _settles_question_answered, about=_named_question),
    Notice(NoticeKind.QUESTION_CLOSED, _says_question_closed, settles=None),
)
