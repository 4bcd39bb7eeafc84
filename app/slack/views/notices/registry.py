"""Every notice by its kind: what it says, and the line that takes its place once nothing is left to do about it.

A notice with buttons is remembered under a kind, ``n:<say>`` or ``n:<say>:<id>`` where several may stand side by side
(two questions, two conditions); the id is that of the row it asks about.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.domain.message_kinds import NOTICE
from app.slack.views.blocks import context, section
from app.slack.views.notices import (
    answers,
    commitments,
    customers_deadline,
    digests,
    influence,
    looking_back,
    memo,
    open_questions,
    people,
    signing,
    syncs,
    tradeoffs,
    triage,
    writing,
)
from app.slack.views.notices.kinds import Args, Notice
from app.slack.views.parts.newer_release import in_newer_version
from app.slack.views.scene import Message, Scene
from app.slack.views.text import inline

CHAPTERS = (
    triage, memo, writing, syncs, signing, open_questions, answers, customers_deadline, influence, commitments,
    tradeoffs, looking_back, people, digests,
)  # fmt: skip

NOTICES: Mapping[str, Notice] = {one.kind: one for chapter in CHAPTERS for one in chapter.NOTICES}

ASKED_AGAIN = "Asked again below."
LONGEST_KIND = 40
"""Characters of a card's kind."""


def remembered_as(say: str, scene: Scene, args: Mapping[str, Any]) -> str | None:
    """Under which kind a notice is remembered; None for one that asks for nothing."""
    notice = known_notice(say)
    if notice is None or notice.settles is None:
        return None
    id = notice.about(scene.decision, args) if notice.about else None
    return f"{NOTICE}{say}{f':{id}' if id else ''}"[:LONGEST_KIND]


def settled_notice(kind: str, scene: Scene, since: datetime) -> Message | None:
    """The line that takes a notice's place; None while it still asks. ``since``: when it was written."""
    say, _, id = kind.removeprefix(NOTICE).partition(":")
    notice = known_notice(say)
    if notice is None or notice.settles is None:
        return None
    said = notice.settles(scene, int(id) if id.isdigit() else 0, since)
    return settled_line(scene, said) if said else None


def known_notice(say: str) -> Notice | None:
    """By its stored name; None for one that a newer release sends."""
    return NOTICES.get(say)


def settled_line(scene: Scene, said: str) -> Message:
    decision = scene.decision
    title = f" {inline(decision.title, 150)}" if decision.title else ""
    return Message(f"{decision.name}: {said}", [context(f"*{decision.name}*{title}: {said}")])


def render_notice(say: str, scene: Scene, args: Args) -> Message:
    """The notice named ``say``. ``args`` is what the workflow sent along; raises KeyError for an unknown name."""
    try:
        said, *rest = NOTICES[say].says(scene, args)
    except Exception:
        if scene.newer and say in NOTICES:  # it is about what this release does not know
            return in_newer_version(scene, title=True)
        raise
    decision = scene.decision
    about = f"*{decision.name}* {inline(decision.title, 200)}" if decision.title else f"*{decision.name}*"
    first = said.split("\n")[0]
    return Message(f"{decision.name}: {_without_bold(first)}", [section(f"{said}\n{about}"), *rest])


def _without_bold(text: str) -> str:
    """Without bold, for a notification."""
    return text.replace("*", "")
