"""Disagree and commit: the forms."""

from app.domain.commitments import Degree, Result, revisit_day
from app.domain.looking_back import Right
from app.domain.people.calendar import WorkingHours
from app.domain.people.working_time import hours_of
from app.slack.ids import Modal
from app.slack.views.blocks import (
    Block,
    context,
    datepicker,
    divider,
    input_,
    modal,
    radio,
    section,
    select,
    text_input,
)
from app.slack.views.parts.commitments import dissent_said
from app.slack.views.parts.decision_line import titled
from app.slack.views.parts.looking_back import promises
from app.slack.views.parts.memo import prediction_line
from app.slack.views.scene import Scene
from app.slack.views.text import block_text, day, inline
from app.words.commitments import DEGREES, RESULT_OFFERED
from app.words.looking_back import RIGHT_SAID

_MOST = 10
"""Dissents in a form."""


def dissent_modal(scene: Scene) -> Block:
    decision = scene.decision
    blocks = [
        section(f"{titled(decision.name, decision.title, 300)}\nIt blocks nothing, and it is never hidden."),
        input_(
            "degree",
            "How far?",
            radio([(words.offered, one.value) for one, words in DEGREES.items()], Degree.DISAGREE.value),
        ),
        input_(
            "text",
            "Why, in your own words?",
            text_input(multiline=True, placeholder="The pilot ran in a week without returns; January won't be."),
            hint="Whoever decides reads it as it stands; later it stands beside what happened.",
        ),
    ]
    return modal(Modal.DISSENT, "I see it differently", blocks, submit="Say so", d=decision.id)


def state_modal(scene: Scene) -> Block:
    """What was decided over dissent, why, and when it is looked at again."""
    decision = scene.decision
    person = scene.people.get(scene.viewer)
    hours = hours_of(person) if person is not None else WorkingHours(scene.tz)
    blocks = [
        section(titled(decision.name, decision.title, 300)),
        *(section(dissent_said(scene, one, 1500)) for one in decision.dissents[-_MOST:]),
        divider(),
        input_(
            "decided", "What is decided?", text_input(multiline=True, placeholder="We ship the 14-day window on 7 Dec.")
        ),
        input_(
            "reasons",
            "The reasons",
            text_input(multiline=True, placeholder="What tipped it, and what you take from those who differ."),
            hint="A short memo: everybody affected reads it, and is asked whether they commit.",
        ),
        input_(
            "on",
            "When do we look again?",
            datepicker(revisit_day(scene.today, hours)),
            hint="Four to six weeks on, a working day.",
        ),
    ]
    return modal(Modal.STATE, "Decided over dissent", blocks, submit="State it", d=decision.id)


def cannot_modal(scene: Scene) -> Block:
    decision = scene.decision
    blocks = [
        section(titled(decision.name, decision.title, 300)),
        input_("why", "I can't, because…", text_input(multiline=True), hint="It goes to whoever decided."),
        input_("until", "By when does it have to be settled?", datepicker(None, "Choose a day")),
    ]
    return modal(Modal.CANNOT, "I can't commit", blocks, submit="Send it", d=decision.id)


def again_modal(scene: Scene) -> Block:
    """The dissent verbatim beside the prediction, and what happened below."""
    decision = scene.decision
    over = decision.overs[-1]
    early = scene.today < over.revisit_on
    blocks = [
        section(
            f"{titled(decision.name, decision.title, 300)}\n*Decided*\n{block_text(over.decided, 1200, quote=True)}"
        )
    ]
    blocks += _predicted(scene)
    for one in decision.dissents[-_MOST:]:
        blocks += [
            section(dissent_said(scene, one, 2600)),
            input_(
                f"right_{one.id}",
                "Knowing what we know now, was that right?",
                select(
                    [(RIGHT_SAID[right].split(",")[0].capitalize(), right.value) for right in Right], None, "Choose"
                ),
                optional=True,
            ),
        ]
    blocks += [
        divider(),
        input_("happened", "What happened?", text_input(multiline=True, placeholder="The figure as it turned out")),
        input_(
            "result",
            "What follows?",
            radio([(said, one.value) for one, said in RESULT_OFFERED.items()], Result.KEEP.value),
        ),
    ]
    if early:
        blocks.append(
            input_(
                "evidence",
                "What is new?",
                text_input(multiline=True, placeholder="What nobody knew when it was decided"),
                hint=f"The day is {day(over.revisit_on, scene.today)}. Before it, it takes new evidence.",
            )
        )
    blocks.append(context("Nobody is ranked: what was right is written about the decision, to learn from."))
    return modal(Modal.AGAIN, "Look at it again", blocks, submit="Write it down", d=decision.id)


def _predicted(scene: Scene) -> list[Block]:
    memo = scene.decision.memo
    held_to = (memo.prediction if memo else None, *promises(scene))
    lines = [line for one in held_to if (line := prediction_line(scene, one))]
    if scene.decision.metric and not lines:
        lines = [inline(scene.decision.metric, 300)]
    return [section("\n".join(["*Predicted*", *dict.fromkeys(lines)]))] if lines else []
