"""What came of it: it shipped, it was dropped, it is looked at again."""

from datetime import date

from app.db.models import Decision
from app.domain.answers import Undo
from app.domain.looking_back import Look, Right, Undone, review_on
from app.domain.memo.parts import Prediction
from app.domain.reading.days_in_forms import say_date
from app.domain.signing.signoff import Answer
from app.domain.writing.document import predictions
from app.slack.ids import Modal
from app.slack.views.blocks import (
    Block,
    context,
    datepicker,
    fields,
    input_,
    modal,
    mrkdwn,
    radio,
    section,
    select,
    text_input,
)
from app.slack.views.parts.decision_line import titled
from app.slack.views.parts.looking_back import promises, target_ahead
from app.slack.views.scene import Scene
from app.slack.views.text import block_text, count, day, inline, mention
from app.words.looking_back import RIGHT_SAID, UNDONE_SAID
from app.words.memo.predictions import between_said, how_sure, sure_said
from app.words.triage.answers import UNDO_SAID


def drop_modal(scene: Scene) -> Block:
    decision = scene.decision
    blocks = [
        section(
            f"{titled(decision.name, decision.title, 300)}\nIt was approved and will not be done. The record says why."
        ),
        input_("why", "Why was it dropped?", text_input(multiline=True, placeholder="The market moved before we did.")),
    ]
    return modal(Modal.DROP, "It was dropped", blocks, submit="Close it", close="Keep it", d=decision.id)


def look_modal(scene: Scene, look: Look) -> Block:
    """Look back: what was expected on top, what happened below."""
    decision = scene.decision
    title, asks, right = _LOOKS[look]
    promised = promises(scene) if look is not Look.REVISIT else ()
    blocks = [
        section(titled(decision.name, decision.title, 300)),
        *_expected_blocks(decision, look, scene.today),
        *([context(ahead)] if look is Look.REVIEW and (ahead := target_ahead(scene).strip()) else []),
        *(
            [
                input_(
                    "chose",
                    "What did you choose?",
                    text_input(multiline=True, placeholder="We kept the short text, for the app only."),
                    hint="In a sentence: whoever stands before the same door reads it first.",
                )
            ]
            if look is Look.LEARNING
            else []
        ),
        *(_came_of(number, one, scene.today) for number, one in enumerate(promised, 1)),
        input_(
            "happened",
            "What else happened?" if promised else asks,
            text_input(multiline=True, placeholder="The figure as it turned out, and what else happened"),
            optional=bool(promised),
        ),
        *_typed_blocks(decision, look),
        input_("right", right, radio([(_capital(RIGHT_SAID[one]), one.value) for one in Right])),
        input_(
            "learned",
            "What did you learn?",
            text_input(multiline=True, placeholder="What you would tell a team that stands before the same door"),
            optional=True,
        ),
        context("Nobody is marked. The difference is the lesson."),
    ]
    return modal(Modal.LOOK, title, blocks, submit="Close the loop", d=decision.id, look=look.value)


def _typed_blocks(decision: Decision, look: Look) -> list[Block]:
    """What is answered by a tap or a figure, so that it can be counted: nobody has to."""
    if look is Look.REVISIT:
        return []
    prediction = decision.memo.prediction if decision.memo and look is Look.REVIEW else None
    blocks: list[Block] = []
    if prediction and prediction.probability is not None:
        asks = f"Was the target reached? You were {sure_said(prediction)} sure."
        blocks.append(input_("reached", asks, radio([("Yes", "yes"), ("No", "no")]), optional=True))
    if prediction and prediction.low is not None and prediction.high is not None:
        hint = f"You were 80% sure of {between_said(prediction)}."
        figure = text_input(placeholder="12.5", max_length=60)
        blocks.append(input_("actual", "The figure, as it turned out", figure, hint=hint, optional=True))
    undone = radio([(UNDONE_SAID[one], one.value) for one in Undone])
    took = select(
        [(_capital(UNDO_SAID[one]), one.value) for one in Undo if one is not Undo.NEVER], placeholder="Hours, days, …"
    )
    return [
        *blocks,
        input_("undone", "Did you have to undo it?", undone, optional=True),
        input_("undo_took", "How long did that really take?", took, hint="Where you had to.", optional=True),
    ]


_LOOKS = {
    Look.LEARNING: ("Learning check", "What happened?", "Was it the right call, knowing what you know now?"),
    Look.REVIEW: ("Review", "What came of it?", "Was it the right call, knowing what you know now?"),
    Look.REVISIT: ("Revisit", "What happened since the no?", "Was the no right, knowing what you know now?"),
}


def _came_of(number: int, promised: Prediction, today: date) -> Block:
    """The review holds it to each of its outcomes."""
    said = " → ".join(filter(None, [promised.baseline, promised.target]))
    by = f", by {say_date(promised.on, today)}" if promised.on else ""
    return input_(
        f"came_{number}",
        f"{promised.metric[:200]}: what came of it?",
        text_input(placeholder="The figure as it stands now"),
        hint=f"Promised: {said}{by}",
        optional=True,
    )


def _expected_blocks(decision: Decision, look: Look, today: date) -> list[Block]:
    prediction = decision.memo.prediction if decision.memo else None
    if look is Look.LEARNING:
        return [section(f"*To be judged by*\n{inline(decision.metric or '', 600) or 'what the owner watches'}")]
    if look is Look.REVIEW:
        shipped_ = [context(f"Shipped on {day(decision.shipped_on, today)}.")] if decision.shipped_on else []
        if prediction is None and decision.document and predictions(decision.document):
            return shipped_
        if prediction is None:
            return [section("The memo held no prediction, so there is nothing to hold it against."), *shipped_]
        cells = fields(*_prediction_cells(prediction, today)) | {"text": mrkdwn("*What you predicted*")}
        return [cells, *shipped_]
    said = [signer for signer in decision.signers if signer.answer is Answer.DECLINE and signer.said.strip()]
    return [
        section(f"{mention(signer.user_id)} said\n{block_text(signer.said, 1500, quote=True)}") for signer in said[-3:]
    ]


def _prediction_cells(prediction: Prediction, today: date) -> list[str]:
    cells = [("Metric", prediction.metric), ("Then", prediction.baseline), ("Target", prediction.target)]
    shown = [f"*{label}*\n{inline(text, 500) or 'not named'}" for label, text in cells]
    sure = [f"*How sure*\n{how_sure(prediction)}"] if prediction.is_typed else []
    return [*shown, f"*On*\n{day(prediction.on, today) if prediction.on else 'no day named'}", *sure]


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def revisit_modal(scene: Scene) -> Block:
    """After a no: commit to it, and look again on a day; the one that stands, while it is to come."""
    decision = scene.decision
    stands = decision.look_on if decision.look_on and decision.look_on > scene.today else None
    blocks = [
        section(
            f"{titled(decision.name, decision.title, 300)}\nYou go along with the no, and look at it again on a day."
        ),
        input_(
            "on",
            "When do you look again?",
            datepicker(stands or review_on(scene.today, scene.policy)),
            hint="You are asked what happened, and whether the no was right.",
        ),
    ]
    return modal(Modal.REVISIT, "Disagree and commit", blocks, submit="Commit", d=decision.id)


def shipped_modal(scene: Scene) -> Block:
    decision, span = scene.decision, _weeks_or_days(scene.policy.review_days)
    blocks = [
        section(titled(decision.name, decision.title, 300)),
        input_(
            "on",
            "When did it ship?",
            datepicker(decision.shipped_on or scene.today),
            hint=f"The review comes {span} after that day and holds the prediction against what happened.",
        ),
    ]
    return modal(Modal.SHIPPED, "It has shipped", blocks, submit="Date the review", d=decision.id)


def _weeks_or_days(days: int) -> str:
    return count(days // 7, "week") if days % 7 == 0 else count(days, "day")
