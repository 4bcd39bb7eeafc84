"""What the rungs below answered, in their own words, or as the requester wrote it down for them."""

import re

from app.domain.answers import Attempt, Result
from app.domain.triage.below import OWN_ANSWERS
from app.slack.views.blocks import Block, section
from app.slack.views.parts.decision import on_day
from app.slack.views.scene import Scene
from app.slack.views.text import block_text, inline, mention
from app.words.ladder import rung_said
from app.words.triage.answers import RESULT_GIVEN

_SENT = re.compile(r"asked on \d{4}-\d\d-\d\d\Z")
"""The note that stands where the question was sent from here."""


def answered_below(scene: Scene) -> list[Attempt]:
    """Who was asked on a lower rung, and has an answer that is known."""
    return [one for one in scene.decision.answers.tried or () if one.result is not Result.NOT_ASKED and one.who]


def written_for(scene: Scene, attempt: Attempt) -> bool:
    """Whether the requester wrote the answer down on somebody's behalf."""
    own = any(event.actor == attempt.who and event.what in OWN_ANSWERS for event in scene.history)
    return attempt.result is not Result.NO_ANSWER and not attempt.said.strip() and not own


def told_below(scene: Scene, lead: str = "*Who was asked below*") -> list[Block]:
    """Who was asked, what came of it, where that can be read, and their words; nothing where nobody was asked."""
    told = answered_below(scene)
    return [section("\n".join([lead, *(_line(scene, one) for one in told)]))] if told else []


def _line(scene: Scene, one: Attempt) -> str:
    who = f"{mention(one.who)} ({rung_said(one.rung)})"
    note = "" if _SENT.fullmatch(one.note.strip()) else inline(one.note, 200)
    asked = next(
        (e.at for e in reversed(scene.history) if e.what == "ask_below" and e.detail.get("person") == one.who), None
    )
    on = f", asked on {on_day(scene, asked)}" if asked else ""
    line = f"{who} {RESULT_GIVEN[one.result]}"
    if written_for(scene, one):
        by = "you" if scene.viewer == scene.decision.requester_id else mention(scene.decision.requester_id)
        return f"•  {line}, as {by} wrote it down{f': {note}' if note else '.'}"
    where = f" ({note})" if note else ""
    said = f":\n{block_text(one.said, 450, quote=True)}" if one.said.strip() else "."
    return f"•  {line}{on}{where}{said}"
