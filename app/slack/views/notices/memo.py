"""Notices of the memo: it changed after somebody answered, the assistant is through with it."""

from datetime import datetime
from typing import Any

from app.domain.lifecycle import OPEN, UNDER_REVIEW, Status
from app.domain.message_kinds import NoticeKind
from app.slack.ids import Act
from app.slack.views.blocks import actions, button
from app.slack.views.notices.kinds import Args, Notice, Said, answers, by_deadline, how_it_ended
from app.slack.views.notices.signing import settles_request_to_sign
from app.slack.views.scene import Scene
from app.slack.views.text import count, listed, sentence
from app.words.memo.parts import EXTRA_PARTS, PARTS


def _settles_drafted(scene: Scene, _: int, since: datetime) -> str | None:
    if scene.decision.status in (Status.DRAFTING, *UNDER_REVIEW):
        return None if scene.suggestions else "Done: you went through the suggestions."
    return how_it_ended(scene) if scene.decision.status not in OPEN else "The memo waits until the triage is over."


def _settles_assistant_unavailable(scene: Scene, _: int, since: datetime) -> str | None:
    if scene.drafting or scene.suggestions:
        return "It was tried again."
    return how_it_ended(scene) if scene.decision.status not in OPEN else None


_PART_TITLES = {part.key: part.title for part in (*PARTS, *EXTRA_PARTS)}


# ── the memo and its sign-off ───────────────────────────────────────────────────────────────────────────


def _says_memo_changed(scene: Scene, args: Args) -> Said:
    changed = [str(part) for part in args.get("parts") or ()]
    parts = list(dict.fromkeys(_PART_TITLES.get(part, "The prediction").lower() for part in changed))
    what = "the memo" if "all" in changed or not 0 < len(parts) <= 4 else listed(parts)
    version = args.get("version") or scene.decision.memo_version
    return [
        f"*You are asked again: {what} changed after you answered.* "
        f"It is version {version} now{_please_answer(scene)}.",
        *answers(scene),
    ]


def _please_answer(scene: Scene) -> str:
    return f"; please answer{by_deadline(scene)}" if scene.decision.deadline_at else ""


def _says_assistant_unavailable(scene: Scene, args: Args) -> Said:
    why = sentence(str(args.get("sentence") or ""), 400)
    part: dict[str, Any] = {"part": str(args["part"])} if args.get("part") else {}
    again = button("Try again", Act.ASSIST, suffix=part.get("part"), d=scene.decision.id, **part)
    return [
        f"*The assistant could not draft this.* {why} Your own words are untouched.".replace("  ", " "),
        actions(*([again] if args.get("again") else []), button("Write the memo", Act.MEMO_OPEN, d=scene.decision.id)),
    ]


def _says_nothing_drafted(scene: Scene, args: Args) -> Said:
    return [
        f"*The assistant has nothing to change in the memo of {scene.decision.name}.* What it would write stands there "
        "already, or no source says it. Your own words are untouched."
    ]


def _says_drafted(scene: Scene, args: Args) -> Said:
    number = args.get("count")
    many = number if isinstance(number, int) else len(scene.suggestions)
    return [
        f"*The assistant has {count(many, 'suggestion')} for your memo.* Nothing changes until you take one.",
        actions(button("See them", Act.SUGGESTIONS_OPEN, style="primary", d=scene.decision.id)),
    ]


NOTICES = (
    Notice(NoticeKind.MEMO_CHANGED, _says_memo_changed, settles_request_to_sign),
    Notice(NoticeKind.DRAFTED, _says_drafted, _settles_drafted),
    Notice(NoticeKind.NOTHING_DRAFTED, _says_nothing_drafted, None),
    Notice(NoticeKind.ASSISTANT_AWAY, _says_assistant_unavailable, _settles_assistant_unavailable),
)
