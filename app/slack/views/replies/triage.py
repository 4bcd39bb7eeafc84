"""Answers about a triage: it began, its card was brought up, how a message was read, which one it is for."""

from collections.abc import Sequence

from app.db.models import Decision
from app.domain.triage.questions import Question
from app.slack.ids import Act
from app.slack.views.blocks import actions, button, section
from app.slack.views.parts.answers import QUESTION_NAMES
from app.slack.views.parts.decision_line import titled
from app.slack.views.parts.way_there import way_there
from app.slack.views.scene import Message, Scene
from app.slack.views.text import block_text, inline

_MOST_TRIAGES = 6


def started_reply(what: Scene | Decision | str, link: str | None = None) -> Message:
    """A triage began; its first question waits in the direct messages. ``link`` leads there."""
    name = what if isinstance(what, str) else what.decision.name if isinstance(what, Scene) else what.name
    return _in_messages(name, "is started. Your first question waits in our conversation.", "Answer it", link)


def shown_reply(name: str, link: str | None = None) -> Message:
    """A card was brought to the bottom of the direct messages. ``link`` leads there."""
    return _in_messages(name, "is at the bottom of our conversation now.", "Open it", link)


def _in_messages(name: str, said: str, label: str, link: str | None) -> Message:
    said_ = " ".join(filter(None, [said, way_there(label, link)]))
    return Message(f"{inline(name, 40)} {said}", [section(f"*{inline(name, 40)}* {said_}")])


def understood_reply(name: str, id: int, question: Question, said: str) -> Message:
    """How a typed answer was read, and the tap that takes it back: the question is asked again."""
    text = f"{name}: I took that as *{inline(said, 300)}* ({QUESTION_NAMES[question]})."
    undo = button("That's not what I meant", Act.BACK, d=id, q=question.value)
    return Message(f"{name}: I took that as “{inline(said, 100)}”.", [section(text, undo)])


def which_triage_reply(parked_id: int, text: str, triages: Sequence[Decision], *, guest: bool = False) -> Message:
    """A message that could answer several triages: one click says which."""
    blocks = [section(f"Which decision is this for?\n{block_text(text, 900, quote=True)}")]
    blocks += [
        section(titled(decision.name, decision.title), button("This one", Act.PARKED_TO, p=parked_id, d=decision.id))
        for decision in triages[:_MOST_TRIAGES]
    ]
    if not guest:
        blocks.append(actions(button("It is a new decision", Act.PARKED_NEW, p=parked_id)))
    return Message("Which decision is this for?", blocks)
