"""Notices of an answer beyond its first word: who meets a condition, who answers otherwise, a title that changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.db.models import Decision, OpenQuestion
from app.domain.lifecycle import UNDER_REVIEW, Status
from app.domain.message_kinds import NoticeKind
from app.domain.signing.signoff import Answer
from app.slack.ids import Act
from app.slack.views.blocks import actions, button
from app.slack.views.notices.kinds import (
    Args,
    Notice,
    Said,
    card_button,
    how_it_ended,
    on_that_day,
    people_said,
    quoted,
    read_button,
    you_or_mention,
)
from app.slack.views.scene import Scene
from app.slack.views.text import block_text, day, inline, mention
from app.words.signing.answers import ANSWERS


def _named_condition(decision: Decision, args: Mapping[str, Any]) -> int | None:
    return int(args["q"]) if "q" in args else None


def _condition(scene: Scene, id: object) -> OpenQuestion | None:
    return next((one for one in scene.decision.questions if one.id == id), None)


def _settles_condition(scene: Scene, id: int, since: datetime) -> str | None:
    row = _condition(scene, id)
    if scene.decision.status not in UNDER_REVIEW:
        return how_it_ended(scene)
    if row is not None and row.answer:
        return (
            f"Done: {you_or_mention(scene, row.answered_by)} said{on_that_day(scene, row.answered_at)} that it is met."
        )
    open_still = scene.decision.status is Status.NOT_YET and row is not None and row.resolved_at is None
    return None if open_still else "That condition is settled."


def _by(scene: Scene, row: OpenQuestion | None) -> str:
    return f" by {day(row.met_by, scene.today)}" if row is not None and row.met_by else ""


def _says_condition(scene: Scene, args: Args) -> Said:
    row = _condition(scene, args.get("q"))
    who = mention(row.asked_by) if row else "A signer"
    text = f"\n{block_text(row.text, 600, quote=True)}" if row else ""
    return [
        f"*{who} says: yes, if…* You meet the condition{_by(scene, row)}, and then {who} is asked again.{text}",
        actions(button("The condition is met…", Act.CONDITION_OPEN, d=scene.decision.id), read_button(scene)),
    ]


def _reminds_of_condition(scene: Scene, args: Args) -> Said:
    row = _condition(scene, args.get("q"))
    text = f"\n{block_text(row.text, 600, quote=True)}" if row else ""
    due = f"The day for it is {day(row.met_by, scene.today)}." if row is not None and row.met_by else ""
    return [
        f"*Is the condition met?* {due} Nothing is approved before.{text}",
        actions(button("The condition is met…", Act.CONDITION_OPEN, d=scene.decision.id), read_button(scene)),
    ]


def _says_condition_done(scene: Scene, args: Args) -> Said:
    return [
        f"*{people_said(args)} says that the condition is met.* Your signer is asked again; you need do nothing."
        f"{quoted(args)}"
    ]


def _answer_said(value: object) -> str:
    found = next((words for answer, words in ANSWERS.items() if answer == value), None)
    return found.said if found else "otherwise"


def _says_answer_changed(scene: Scene, args: Args) -> Said:
    was, now_ = _answer_said(args.get("was")), _answer_said(args.get("answer"))
    said = f"*{people_said(args)} changed their answer:* {now_}; before, {was}."
    why = str(args.get("why") or "").strip()
    because = f"\n*Why*\n{block_text(why, 500, quote=True)}" if why else ""
    if scene.viewer != scene.decision.requester_id:
        return [f"{said}{because}", actions(read_button(scene), card_button(scene))]
    row = [card_button(scene)]
    if args.get("answer") == Answer.NOT_YET and scene.decision.status is Status.NOT_YET:
        row.insert(0, button("The condition is met…", Act.CONDITION_OPEN, d=scene.decision.id))
    return [f"{said}{quoted(args, 500)}{because}", actions(*row)]


def _says_renamed(scene: Scene, args: Args) -> Said:
    was = inline(str(args.get("was") or ""), 200)
    return [
        f"*{mention(scene.decision.requester_id)} changed the title.* It was “{was}”.{quoted(args, 500)}",
        actions(read_button(scene), card_button(scene)),
    ]


NOTICES = (
    Notice(NoticeKind.CONDITION_YOURS, _says_condition, _settles_condition, about=_named_condition),
    Notice(NoticeKind.CONDITION_DUE, _reminds_of_condition, _settles_condition, about=_named_condition),
    Notice(NoticeKind.CONDITION_DONE, _says_condition_done, settles=None),
    Notice(NoticeKind.ANSWER_CHANGED, _says_answer_changed, settles=None),
    Notice(NoticeKind.RENAMED, _says_renamed, settles=None),
)
