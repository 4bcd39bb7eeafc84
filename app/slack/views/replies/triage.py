"""Answers about a triage: it began, its card was brought up, how a message was read, which one it is for."""

from collections.abc import Sequence

from app.db.models import Decision
from app.domain.triage.questions import Question
from app.slack.ids import Act
from app.slack.views.blocks import actions, button, context, section
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


def shown_reply(name: str, link: str | None = None, step: str = "") -> Message:
    """A card was brought to the bottom of the direct messages. ``link`` leads there; ``step``: who acts next."""
    shown = _in_messages(name, "is at the bottom of our conversation now.", "Open it", link)
    return Message(f"{shown.text} {step}".rstrip(), [*shown.blocks, context(f"→ {step}")]) if step else shown


def _in_messages(name: str, said: str, label: str, link: str | None) -> Message:
    said_ = " ".join(filter(None, [said, way_there(label, link)]))
    return Message(f"{inline(name, 40)} {said}", [section(f"*{inline(name, 40)}* {said_}")])


def understood_reply(name: str, id: int, question: Question, said: str) -> Message:
    """How a typed answer was read, and the tap that takes it back: the question is asked again."""
    text = f"{name}: I took that as *{inline(said, 300)}* ({QUESTION_NAMES[question]})."
    undo = button("That's not what I meant", Act.BACK, d=id, q=question.value)
    return Message(f"{name}: I took that as “{inline(said, 100)}”.", [section(text, undo)])


def named_reply(name: str, title: str) -> Message:
    """A typed sentence became the title of a decision."""
    said = f"{inline(name, 40)} is called “{inline(title, 300)}”. Its first question is on the card above."
    return Message(said, [section(said)])


def settled_prompt(text: str, taken_as: int | None) -> Message:
    """The line in place of a question which decision a message is for: where it went, or that it goes nowhere now."""
    quoted = f"“{inline(text, 100)}”"
    if taken_as is not None:
        said = f"{quoted}: you took that for D-{taken_as}."
    else:
        said = f"{quoted}: the decisions that it could be for have moved on. Write it again if it still counts."
    return Message(said, [context(said)])


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
